"""What prose and figures promise, and what every notebook must keep."""

import ast
import base64
import dataclasses
import io
import os
import re
import statistics
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import matplotlib
import nbformat
import numpy
import pytest
from PIL import Image, ImageChops

matplotlib.use("agg")
from utils import charts, figures, mime, prose, verdicts
from utils.checks import Interval

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def page(archive):
    prose.begin(archive, version="0", claims=["C01"])


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("About 50,000 stood there.", ["50,000"]),
        ("On 12 November 2024 and in August 2024, C01 in paragraph 2 held.", []),
        ("Since 2022 there were 3 of them.", ["3"]),
        ("H17 and P03 to P05 of other folders held in 2 ways.", ["2"]),
    ],
)
def test_loose_numerals(text, loose):
    assert [word.rstrip(".") for word in prose.loose_numerals(text)] == loose


def test_a_sentence_takes_bound_values_only():
    with pytest.raises(ValueError):
        prose.say("There were 50,000 of them.")
    with pytest.raises(TypeError):
        prose.say("There were {many}.", many=50000)
    with pytest.raises(KeyError, match="no value in the sentence for 'many'; there is none"):
        prose.say("There were {many}.")
    with pytest.raises(KeyError, match="for 'many'; did you mean man"):
        prose.say("There were {many}.", man=prose.words("two", rows=[]))
    with pytest.raises(KeyError, match="no row or table 'S9999'; did you mean"):
        prose.number(1, "persons", rows=["S9999"])
    with pytest.raises(KeyError, match="did you mean isw_area"):
        prose.credit(["isw_aera"])
    with pytest.raises(TypeError, match="the archive comes first; 'data' is str"):
        prose.begin("data", version="1", claims=[])


@pytest.mark.parametrize("value", [15.0, 14.9999999999999, 3e12 + 1e-3, -0.9999999999999])
def test_a_stored_value_that_is_whole_has_no_point(monkeypatch, value):
    displayed = []
    monkeypatch.setattr(prose.sentence, "display", lambda *told: displayed.append(told))
    prose.say("About {it}.", it=prose.number(value, rows=()))
    assert isinstance(displayed[0][2][mime.SENTENCE_MIME]["parts"][1]["value"], int)


@pytest.mark.parametrize("value", [0.8630887124441817, 57.726190476190474, 1234567.0, 1e-7 / 3])
def test_a_stored_value_does_not_depend_on_the_processor(monkeypatch, value):
    displayed = []
    monkeypatch.setattr("utils.prose.sentence.display", lambda *shown: displayed.append(shown))
    for last in (value, float(numpy.nextafter(value, 2 * value))):
        prose.say(
            "{it}, {both}.", it=prose.number(last, rows=[]), both=prose.bound_range(0, last, "", rows=[])
        )
    assert displayed[0] == displayed[1]
    assert displayed[0][2][mime.SENTENCE_MIME]["parts"][0]["value"] == pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-58.2, 12.0, "a fall of 58 km² to a rise of 12 km²"),
        (-5800, -1200, "a fall of 1,200 to 5,800 km²"),
        (-3, 0, "a fall of 3.0 km² to no change"),
        (0, 0, "0 to 0 km²"),
    ],
)
def test_a_range_may_lie_below_zero(archive, low, high, text):
    seen = verdicts.verdict(archive, archive.claim("C01"))
    below = dataclasses.replace(seen, interval=Interval(low, high, "km²"))
    assert prose.of(below, "range").text == text


def test_a_verdict_in_a_sentence_binds_its_evidence(archive):
    seen = verdicts.verdict(archive, archive.claim("C01"))
    assert prose.of(seen, "share").rows == seen.evidence
    assert prose.of(seen, "share").value == seen.probability
    low, high = prose.of(seen, "range").value
    assert (low, high) == pytest.approx((seen.interval.low, seen.interval.high), rel=1e-8)
    # Two digits of the upper end: some sixty thousand are told to the nearest thousand.
    assert re.fullmatch(r"\d\d,000 to \d\d,000 persons", prose.of(seen, "range").text)
    silent = verdicts.verdict(archive.as_of(date(2024, 8, 1)), archive.claim("C01"))
    missing = {"share": "no probability", "likelihood": "without a likelihood", "range": "no range"}
    assert {name: prose.of(silent, name).value for name in missing} == missing
    with pytest.raises(KeyError, match="no value of a verdict 'likelyhood'; did you mean likelihood"):
        prose.of(seen, "likelyhood")


def test_a_bound_is_an_arrow_and_a_repeated_telling_is_drawn_once(archive):
    _, axes = figures.new()
    rows = [archive.rows[name] for name in ("S019", "S187", "S022", "S034")]
    charts.timeline(axes, archive, rows)
    ranges, points = axes.collections
    # S019 and S187 are one telling, S022 is a bound, S034 a range with its middle.
    assert [line.get_marker() for line in axes.lines] == ["$\\downarrow$"]
    assert len(points.get_offsets()) == 2 and len(ranges.get_segments()) == 1


def test_a_finding_without_an_estimate_cannot_be_drawn(archive):
    silent = verdicts.verdict(archive.as_of(date(2024, 8, 1)), archive.claim("C01"))
    with pytest.raises(ValueError, match="no estimate"):
        charts.finding_range("Nobody", silent.findings[0])


def test_a_sentence_is_escaped(capsys):
    prose.say("It was {what}.", what=prose.words("<script>", rows=[]))
    assert "<script>" not in capsys.readouterr().out.split("text/html")[1].split("application")[0]


def drawing(value=2.0, label="a", limit=3.0, colour="red"):
    figure, axes = figures.new()
    axes.bar(["x", label], [1.0, value], color=colour)
    axes.plot([0, 1], [1, value])
    axes.set_ylim(0, limit)
    axes.annotate("Start", (0, 1))
    return figures.fingerprint(figure)


def test_the_fingerprint_follows_what_is_drawn():
    prints = {drawing(), drawing(value=2.001), drawing(label="b"), drawing(limit=3.1), drawing(colour="blue")}
    assert len(prints) == 5
    assert drawing() == drawing(value=2.0 + 1e-12)


ELSEWHERE = """
from datetime import date
from utils import figures
figure, axes = figures.new()
axes.plot([date(2024, 11, 10), date(2024, 11, 12)], [0.1 + 0.2, 1 / 3])
axes.bar([date(2024, 11, 11)], [1e-9])
figures.mark_day(axes, date(2024, 11, 12), "the article")
axes.legend(["a line"])
figure.canvas.draw()
print(figures.fingerprint(figure))
"""


@pytest.mark.long
def test_the_fingerprint_is_the_same_on_another_machine():
    places = (
        {"TZ": "Asia/Seoul", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "1", "MPLBACKEND": "svg"},
        {"TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "2", "MPLBACKEND": "agg"},
    )
    prints = [
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            cwd=ROOT,
            env={**os.environ, **place},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for place in places
    ]
    assert prints[0] == prints[1] and len(prints[0].strip()) == 16


@pytest.mark.parametrize("alt", ["", "picture.png", "short."])
def test_a_figure_needs_an_alt_text(alt):
    figure, _ = figures.new()
    with pytest.raises(ValueError):
        figures.show(figure, title="A title that states the finding", alt=alt, sources=[])


@pytest.mark.long
def test_a_picture_is_what_matplotlib_saves_in_fewer_colours(monkeypatch):
    displayed, saved = [], io.BytesIO()
    monkeypatch.setattr("IPython.display.display", lambda *content, **options: displayed.extend(content))
    # Before it is made narrow.
    monkeypatch.setattr(figures, "narrow", lambda figure: saved.write(drawn(figure)))
    figure, axes = figures.new(2, height=5, sharex=True)
    axes[0].plot([date(2024, 11, 10), date(2024, 11, 12)], [1, 2], label="a line")
    axes[0].legend()
    axes[1].imshow([[0.1, 0.5], [0.7, 0.9]], aspect="auto")
    alt = "A line that rises over a grid of four cells."
    figures.show(figure, title="A title that states the finding", alt=alt, sources=[])
    shown = Image.open(io.BytesIO(base64.b64decode(displayed[0]["image/png"])))
    assert (shown.mode, round(shown.info["dpi"][0])) == ("P", 180)
    other = ImageChops.difference(shown.convert("RGB"), Image.open(saved).convert("RGB"))
    # No colour is another one for the eye.
    assert max(high for _, high in other.getextrema()) < 40


def drawn(figure):
    """The figure as matplotlib saves it, with the title that it had."""
    for words in figure.texts:
        words.set(visible=True, in_layout=True)
    content = io.BytesIO()
    figure.savefig(content, dpi=180)
    return content.getvalue()


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def test_a_notebook_is_run_in_order_and_says_its_version(notebook):
    code = cells(notebook, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert f'version="{notebook.metadata["fifty_thousand"]["version"]}"' in code[1].source
    assert str(ROOT) not in nbformat.writes(notebook)


def test_a_notebook_keeps_the_budget(notebook):
    code, text = cells(notebook, "code"), cells(notebook, "markdown")
    # Statements, not lines: how a formatter breaks a call says nothing about how much a cell does.
    lengths = [sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(cell.source))) for cell in code]
    led = sum(
        before.cell_type == "markdown" and cell.cell_type == "code"
        for before, cell in pairwise(notebook.cells)
    )
    words = sum(len(re.findall(r"[\w'-]+", cell.source)) for cell in text)
    assert 15 <= len(code) <= 28
    assert statistics.median(lengths) <= 3 and max(lengths) <= 12
    assert led / len(code) >= 0.75
    assert 600 <= words <= 1500


def test_a_notebook_has_the_skeleton(notebook):
    headings = re.findall(
        r"^#+ .*", "\n".join(cell.source for cell in cells(notebook, "markdown")), re.MULTILINE
    )
    assert headings[0].startswith("# ")
    assert headings[1:4] == ["## The claim", "## What would make it true?", "## The answer"]
    assert headings[-3:] == [
        "## Uncertainty, and what would flip it",
        "## What this does not show",
        "## Sources",
    ]
    questions = headings[4:-3]
    assert len(questions) >= 3 and all(heading.endswith("?") for heading in questions)


def test_a_notebook_states_no_number_by_hand(notebook):
    loose = [prose.loose_numerals(cell.source) for cell in cells(notebook, "markdown")]
    assert [numbers for numbers in loose if numbers] == []


def test_a_notebook_checks_each_of_its_claims(notebook):
    """By a sentence bound to the data or by what must hold; what no longer does is told, and stops nobody."""
    code = [ast.parse(cell.source) for cell in cells(notebook, "code")]
    nodes = [node for tree in code for node in ast.walk(tree)]
    begun = next(
        node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "prose.begin"
    )
    claims = next(keyword.value for keyword in begun.keywords if keyword.arg == "claims")
    calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    held, said = calls.count("prose.holds"), calls.count("prose.say")
    assert held and held + said >= len(claims.elts)
    assert not [node for node in nodes if isinstance(node, ast.Assert | ast.Raise)]


def test_a_stored_page_has_no_note(notebook):
    told = [
        output.data.get("text/plain", "")
        for cell in cells(notebook, "code")
        for output in cell.outputs
        if "data" in output
    ]
    assert told and not [text for text in told if text.startswith(prose.CHANGED)]


def test_every_figure_says_for_which_picture_its_words_were_written(notebook):
    for cell in cells(notebook, "code"):
        prints = re.findall(r"Fingerprint: (\w+)", str(cell.outputs))
        assert re.findall(r'written_for="(\w+)"', cell.source) == prints


def test_a_notebook_imports_the_house_and_the_picture_libraries_only(notebook):
    nodes = [node for cell in cells(notebook, "code") for node in ast.walk(ast.parse(cell.source))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= {"utils", "pandas", "matplotlib", "seaborn"}


def test_every_picture_has_an_alt_text_and_a_fingerprint(notebook):
    for cell in cells(notebook, "code"):
        pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        told = "".join(output.data.get("text/plain", "") for output in cell.outputs if "data" in output)
        assert told.count("Fingerprint: ") == len(pictures)
        for output in pictures:
            assert len(output.metadata["image/png"]["alt"]) >= 20
