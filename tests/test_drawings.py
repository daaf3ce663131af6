"""Figures as they are drawn and told: in JupyterLab, in the report, on a telephone, and as a table."""

import csv
import re
from datetime import date
from pathlib import Path

import matplotlib
import nbformat
import pytest
from matplotlib.text import Text
from prepared import FIGURE, JPEG, PNG, Prepared, drawn, notebook, text

matplotlib.use("agg")
from utils import figures, mime, prose
from utils.figures import screens, vector
from utils.figures.drawn import as_csv

# A figure in JupyterLab and in the report ---------------------------------------------------------------

# What JupyterLab shows of an output that it trusts, by the ranks of its renderers.
RANKS = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "text/plain")


@pytest.fixture
def displayed(archive, monkeypatch) -> list[tuple[dict, dict]]:
    """Data and metadata of what `figures.show` gives for a line."""
    found = []
    keep = lambda data, *, metadata=None, raw: found.append((data, metadata or {}))  # noqa: E731
    prose.begin(archive, version="0", claims=[])
    monkeypatch.setattr("IPython.display.display", keep)
    figure, axes = figures.new()
    axes.plot([1, 2], [3, 4])
    alt = "A line that rises <from> three to four."
    figures.show(figure, title="A title that states the finding", alt=alt, sources=archive.statements[:1])
    return found


def test_in_jupyterlab_the_picture_and_its_credit_are_seen(displayed):
    shown = [next(one for one in RANKS if one in data) for data, _ in displayed]
    assert shown == ["image/png", "text/html"]
    caption, line = displayed[0][0][mime.FIGURE_MIME], displayed[1][0]["text/html"]
    assert caption["credit"].startswith("Sources: ") and caption["credit"] in line
    assert caption["fingerprint"] in line and "rises &lt;from&gt; three" in line


def test_in_the_report_a_figure_says_everything_once(archive, tmp_path, displayed):
    outputs_ = [nbformat.v4.new_output("display_data", data, metadata=more) for data, more in displayed]
    cells = [nbformat.v4.new_markdown_cell("# A"), nbformat.v4.new_code_cell("1", outputs=outputs_)]
    made = Prepared(archive, tmp_path, nbformat.v4.new_notebook(cells=cells))
    (html,), (figure,) = made.html, made.figures
    caption = displayed[0][0][mime.FIGURE_MIME]
    assert html.count(f'<p class="figure-title">{figure.title}</p>') == html.count(figure.credit) == 1
    assert html.count(f'"../{figure.path}"') == 1 and caption["fingerprint"] not in html
    # Both drawings say what they show; a screen shows one of them.
    assert html.count('role="img" aria-label="A line that rises &lt;from&gt; three to four."') == 2
    assert html.count('class="drawing wide"') == html.count('class="drawing narrow"') == 1
    assert made.pictures == [] and set(figure.files) == {figure.path, figure.table}
    file = (tmp_path / "extra" / figure.path).read_text(encoding="utf-8")
    assert f"<title>{figure.title}</title>" in file and "Sources: " in file


# Drawings -----------------------------------------------------------------------------------------------

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">'
SOUND = (
    f'{HEAD}<defs><path id="s0" d="M0 0H5"/></defs><use href="#s0" x="1"/><text x="2">3 &amp; 4</text></svg>'
)


def drawn_figure(archive, folder: Path, wide: object, narrow: object = SOUND) -> Prepared:
    metadata = {mime.FIGURE_MIME: {"wide": wide, "narrow": narrow}}
    return Prepared(archive, folder, notebook([FIGURE], [FIGURE], metadata=metadata))


def test_what_a_drawing_refers_to_is_in_it_and_no_name_stands_twice_on_a_page(archive, tmp_path):
    page = "".join(drawn_figure(archive, tmp_path, SOUND).html)
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names)) == 4
    assert sorted(names) == sorted(re.findall(r'href="#([^"]+)"', page))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="data:image/png;base64,AA"/>',
        "<foreignObject/>",
        '<style>p{color:red}</style><path d="M0 0"/>',
        '<a href="#s0"/>',
        '<path onclick="alert(1)"/>',
        '<path style="fill:red"/>',
        '<use href="http://198.51.100.7/a.svg#b"/>',
        '<path fill="url(http://198.51.100.7/a.svg#b)"/>',
        '<path fill="URL( //198.51.100.7/a )"/>',
        '<text class="hidden">5</text>',
        '<x:path xmlns:x="http://198.51.100.7/"/>',
    ],
)
@pytest.mark.parametrize("place", ["wide", "narrow"])
def test_a_drawing_holds_shapes_and_words_alone(archive, tmp_path, inside, place):
    drawings = {"wide": SOUND, "narrow": SOUND, place: f"{HEAD}{inside}</svg>"}
    with pytest.raises(mime.OutputError, match=r"00_a\.ipynb, cell 2: a figure whose drawing"):
        drawn_figure(archive, tmp_path, **drawings)


@pytest.mark.parametrize(
    "wide", ["<svg", "<html/>", '<svg xmlns="http://www.w3.org/2000/svg"/>', 5, None, text(JPEG), "abc"]
)
def test_a_drawing_that_is_none_is_told(archive, tmp_path, wide):
    with pytest.raises(mime.OutputError, match=r"00_a\.ipynb, cell 2: "):
        drawn_figure(archive, tmp_path, wide)


def test_a_figure_that_is_lighter_as_a_picture_has_one_for_each_screen(archive, tmp_path):
    other = drawn("PNG", (20, 40))
    made = drawn_figure(archive, tmp_path, text(PNG), text(other))
    first = made.figures[0]
    assert [Path(one).name for one in first.files] == ["00_a-1-wide.png", "00_a-1-narrow.png", "00_a-1.csv"]
    assert (tmp_path / "extra" / first.files[1]).read_bytes() == other
    assert (
        made.html[0].count('alt="A grey disc."') == 2 and 'src="../figures/00_a-1-narrow.png"' in made.html[0]
    )


def test_a_drawing_has_real_words_its_own_names_and_the_same_bytes_each_time(displayed):
    def again() -> dict[str, str]:
        figure, axes = figures.new()
        axes.plot([1, 2], [3, 4], "o-")
        axes.set_title("A title of the axes", loc="left")
        found = {"wide": vector.svg(figure)}
        screens.narrow(figure)
        return {**found, "narrow": vector.svg(figure)}

    first, second = again(), again()
    assert first == second
    for one in first.values():
        assert ">A title of the axes</text>" in one and "style=" not in one and "date" not in one.lower()
    assert set(displayed[0][1][mime.FIGURE_MIME]) == {"wide", "narrow"}


def test_words_of_a_narrow_drawing_are_large_enough_on_a_telephone_and_inside():
    figure, axes = figures.new()
    names = ["A name of a row that is much too long for the side", "Another that is as long as that one was"]
    axes.barh([0, 1], [3, 5], height=0.5, label="a kind of bar")
    axes.set_yticks([0, 1], names, fontsize=7)
    axes.annotate(
        "words at the right end of all", (5, 1), xytext=(3, 0), textcoords="offset points", fontsize=6
    )
    axes.legend(loc="lower right", fontsize=7)
    screens.narrow(figure)
    told = [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]
    # 328 of 360 pixels are the page's.
    assert min(one.get_fontsize() for one in told) * 328 / (72 * screens.WIDTH) >= 11
    assert {" ".join(one.get_text().split()) for one in axes.texts} >= set(names)
    for one in axes.texts:
        box = one.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1


def test_a_figure_tells_its_points_bars_bands_and_words():
    figure, (above, below) = figures.new(2)
    above.plot([date(2024, 11, 10), date(2024, 11, 12)], [1.0, 2.5], label="count")
    above.fill_between([date(2024, 11, 10), date(2024, 11, 12)], [0, 1], [2, 3])
    figures.mark_day(above, date(2024, 11, 12), "the article")
    below.barh(["one", "other"], [3.0, 4.0])
    below.set_title("Below")
    before = figures.fingerprint(figure)
    rows = list(csv.DictReader(as_csv(figure).splitlines()))
    assert figures.fingerprint(figure) == before
    told = [
        tuple(row[name] for name in ("panel", "kind", "name", "x", "y", "low", "high", "text"))
        for row in rows
    ]
    assert ("1", "point", "count", "2024-11-12", "2.5", "", "", "") in told
    assert ("1", "band", "", "2024-11-10", "", "0", "2", "") in told
    assert ("1", "mark", "", "2024-11-12", "", "", "", "") in told
    assert ("1", "words", "", "2024-11-12", "", "", "", "the article") in told
    assert ("Below", "bar", "", "", "other", "0", "4", "") in told
