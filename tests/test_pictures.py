"""Pictures of notebooks in the report: figures with their captions, any other as it is, broken ones named."""

import struct
import zlib
from pathlib import Path

import matplotlib
import nbclient
import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from IPython.display import Image as Shown
from prepared import CAPTION, FIGURE, GIF, JPEG, PNG, WEBP, Prepared, drawn, notebook, text

matplotlib.use("agg")
from utils import mime
from utils.report import outputs, pictured

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "ending", "content"),
    [
        ({"image/png": text(PNG)}, "png", PNG),
        ({"image/png": [text(PNG)[:40] + "\n", text(PNG)[40:]], "text/plain": "<Figure>"}, "png", PNG),
        ({"image/jpeg": text(JPEG)}, "jpg", JPEG),
        ({"image/gif": text(GIF), "text/html": "<b>other</b>"}, "gif", GIF),
        ({"image/webp": text(WEBP)}, "webp", WEBP),
        ({"image/svg+xml": SVG, "image/png": text(PNG)}, "svg", SVG.encode()),
        ({"image/svg+xml": [SVG[:9], SVG[9:]]}, "svg", SVG.encode()),
        # Browsers go by what the bytes are, and so does the ending.
        ({"image/jpeg": text(PNG)}, "png", PNG),
        ({"image/png": text(GIF)}, "gif", GIF),
        # A form that cannot be shown leaves it to the next one.
        ({"image/svg+xml": "<svg", "image/png": text(PNG)}, "png", PNG),
        ({"image/png": "abc", "image/jpeg": text(JPEG)}, "jpg", JPEG),
    ],
)
@pytest.mark.parametrize("kind", ["display_data", "execute_result"])
def test_a_picture_that_came_another_way_is_shown_plainly(archive, tmp_path, data, ending, content, kind):
    more = {"execution_count": 1} if kind == "execute_result" else {}
    before = nbformat.v4.new_output("stream", text="before\nFingerprint: of nobody\n")
    made = [before, *(nbformat.v4.new_output(kind, dict(data), **more) for _ in range(2))]
    cells = [nbformat.v4.new_markdown_cell("# Words"), nbformat.v4.new_code_cell("1", outputs=made)]
    whole = {"00_a.ipynb": nbformat.v4.new_notebook(cells=cells)}
    figures, pictures = outputs.prepare(archive, whole, tmp_path / "notebooks", tmp_path / "extra")
    assert figures == [] and [(one.notebook, one.cell) for one in pictures] == [("00_a", 2)] * 2
    assert {(tmp_path / "extra" / one.path).read_bytes() for one in pictures} == {content}
    assert len({one.path for one in pictures}) == 2 and pictures[0].path.endswith(f".{ending}")
    shown = nbformat.read(tmp_path / "notebooks" / "00_a.ipynb", as_version=4).cells[1].outputs
    assert shown[0].text.startswith("before")
    for output, picture in zip(shown[1:], pictures, strict=True):
        assert output.data.keys() == {"text/html"}
        assert f'src="../{picture.path}"' in output.data["text/html"]
        assert "cell 2; it has no description" in output.data["text/html"]
        assert "<script" not in output.data["text/html"]


def test_an_svg_of_a_page_becomes_one_of_a_file(archive, tmp_path):
    bare = '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="4"><svg/></svg>'
    (picture,) = Prepared(archive, tmp_path, notebook([{"image/svg+xml": bare}])).pictures
    content = (tmp_path / "extra" / picture.path).read_text(encoding="utf-8")
    assert content == bare.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"image/png": "abc"}, "its image/png is no base64"),
        ({"image/png": "ä"}, "its image/png is no base64"),
        ({"image/png": ""}, "its image/png holds no PNG, WEBP, JPEG, GIF"),
        ({"image/png": text(PNG[: len(PNG) // 2])}, "its image/png is broken"),
        ({"image/png": text(PNG[:20])}, "its image/png is broken"),
        ({"image/jpeg": text(JPEG[: len(JPEG) // 2])}, "its image/jpeg is broken"),
        ({"image/gif": text(GIF[: len(GIF) // 2])}, "its image/gif is broken"),
        ({"image/jpeg": text(drawn("BMP"))}, "its image/jpeg holds no"),
        ({"image/gif": text(b"<html>not found</html>")}, "its image/gif holds no"),
        ({"image/svg+xml": "<svg><g></svg>"}, "its image/svg+xml is no XML"),
        ({"image/svg+xml": ""}, "its image/svg+xml is no XML"),
        ({"image/svg+xml": "\ud800"}, "its image/svg+xml is no XML"),
        ({"image/svg+xml": '<?xml version="1.0" encoding="nowhere"?><svg/>'}, "its image/svg+xml is no XML"),
        ({"image/svg+xml": "<html/>"}, "its image/svg+xml holds 'html' and no svg"),
        ({"image/png": "abc", "image/gif": "abc"}, "its image/png is no base64; its image/gif is no base64"),
    ],
)
def test_in_the_place_of_a_picture_that_cannot_be_shown_stands_why(archive, tmp_path, data, why):
    made = Prepared(archive, tmp_path, notebook([data, {"image/png": text(PNG)}]))
    broken, sound = made.pictures
    assert broken.told.startswith(f"00_a, cell 2: a picture that cannot be shown: {why}")
    assert "\n" not in broken.told and sound.fault is None
    assert "cannot be shown" in made.html[0] and "<img" not in made.html[0] and "<img" in made.html[1]
    assert [path.name for path in (tmp_path / "extra" / "figures").iterdir()] == [Path(sound.path).name]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([PNG, JPEG, GIF, WEBP, SVG.encode()]),
    st.integers(0, 5000),
    st.binary(max_size=6),
    st.booleans(),
)
def test_no_damage_to_a_picture_is_more_than_a_fault(content, place, other, cut):
    place = place % len(content)
    spoiled = content[:place] + other + (b"" if cut else content[place + len(other) :])
    is_svg = content.startswith(b"<svg")
    told = spoiled.decode("utf-8", "surrogateescape") if is_svg else text(spoiled)
    try:
        pictured._decoded(told, "image/svg+xml" if is_svg else "image/png")
    except mime.OutputError as error:
        assert str(error).startswith("its image/")


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def test_a_picture_too_large_to_be_one_is_a_fault():
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")
    with pytest.raises(mime.OutputError, match="its image/png is broken"):
        pictured._decoded(text(bomb), "image/png")


# What an author says of a picture -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content", "alt", "kept"),
    [
        ("png", PNG, 'Two <b>lines</b> that "cross".', 'Two <b>lines</b> that "cross".'),
        ("jpeg", JPEG, "  A street. ", "A street."),
        ("gif", GIF, "A map that moves.", "A map that moves."),
        ("png", PNG, " ", None),
        ("png", PNG, None, None),
    ],
)
def test_the_alt_text_of_an_author_is_kept(archive, tmp_path, kind, content, alt, kept):
    data, metadata = DisplayFormatter().format(Shown(data=content, format=kind, alt=alt, width=200))
    assert f"image/{kind}" in data
    made = Prepared(
        archive, tmp_path, notebook([{**data, f"image/{kind}": text(content)}], metadata=metadata)
    )
    (picture,) = made.pictures
    assert picture.alt == kept
    shown = "Picture 1 of the notebook 00_a, in cell 2; it has no description." if kept is None else kept
    escaped = shown.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert f'alt="{escaped}"' in made.html[0]
    assert picture.told == (
        "00_a, cell 2: a picture without title and "
        + ("alt text" if kept is None else "credit")
        + " (figures.show gives it both)"
    )


@pytest.mark.parametrize("metadata", [{"image/png": "no mapping"}, {"image/png": {"alt": 5}}, {"alt": "x"}])
def test_metadata_of_another_shape_is_no_alt_text(archive, tmp_path, metadata):
    made = notebook([{"image/png": text(PNG)}], metadata=metadata)
    assert Prepared(archive, tmp_path, made).pictures[0].alt is None


# Outputs of our own -------------------------------------------------------------------------------------


def without(name: str) -> dict:
    return {key: value for key, value in CAPTION.items() if key != name}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({mime.FIGURE_MIME: CAPTION}, "a figure without its picture, image/png"),
        ({mime.FIGURE_MIME: CAPTION, "image/jpeg": text(JPEG)}, "a figure without its picture, image/png"),
        ({**FIGURE, "image/png": "abc"}, "its image/png is no base64"),
        ({**FIGURE, "image/png": text(PNG[:99])}, "its image/png is broken"),
        ({**FIGURE, "image/png": text(JPEG)}, "a figure whose image/png is another kind of picture, jpg"),
        ({**FIGURE, mime.FIGURE_MIME: None}, "is no caption, but None"),
        ({**FIGURE, mime.FIGURE_MIME: "A title"}, "is no caption, but 'A title'"),
        ({**FIGURE, mime.FIGURE_MIME: [CAPTION]}, "is no caption, but [{"),
        ({**FIGURE, mime.FIGURE_MIME: {}}, "without a text as its title, alt, credit, fingerprint, table"),
        ({**FIGURE, mime.FIGURE_MIME: without("alt")}, "a figure without a text as its alt"),
        ({**FIGURE, mime.FIGURE_MIME: without("table")}, "a figure without a text as its table"),
        ({**FIGURE, mime.FIGURE_MIME: {**CAPTION, "table": ["x"]}}, "a figure without a text as its table"),
        ({**FIGURE, mime.FIGURE_MIME: {**CAPTION, "table": "a\rb\n"}}, "a figure whose table is no CSV"),
        ({mime.SENTENCE_MIME: {}}, "a sentence without its parts"),
        ({mime.SENTENCE_MIME: {"parts": "x"}}, "a sentence without its parts"),
        ({mime.SENTENCE_MIME: "{"}, "a sentence that is no JSON"),
        ({mime.SENTENCE_MIME: {"parts": [5]}}, "a part that is no text and no bound value, but 5"),
        ({mime.SENTENCE_MIME: {"parts": [{"text": "5"}]}}, "a part that is no text and no bound value"),
    ],
)
def test_an_output_that_is_not_what_it_says_is_told_by_notebook_and_cell(archive, tmp_path, data, why):
    with pytest.raises(mime.OutputError) as told:
        Prepared(archive, tmp_path, notebook([FIGURE], [FIGURE, data]), name="[red]x")
    assert str(told.value).startswith("[red]x.ipynb, cell 3: ") and why in str(told.value)
    assert len(str(told.value)) < 200 and "\n" not in str(told.value)


def test_every_wrong_output_of_every_notebook_has_a_line(archive, tmp_path):
    wrong = {mime.FIGURE_MIME: CAPTION}
    made = {"01_b.ipynb": notebook([wrong], [FIGURE], [wrong]), "02_c.ipynb": notebook([wrong])}
    with pytest.raises(mime.OutputError) as told:
        outputs.prepare(archive, made, tmp_path / "notebooks", tmp_path / "extra")
    places = [line.partition(":")[0] for line in str(told.value).splitlines()]
    assert places == ["01_b.ipynb, cell 2", "01_b.ipynb, cell 4", "02_c.ipynb, cell 2"]


def test_a_sentence_of_another_archive_is_refused(archive, tmp_path):
    bound = {"text": "5", "value": 5, "unit": "", "rounding": "exact"}
    known = {mime.SENTENCE_MIME: {"parts": ["There are ", {**bound, "rows": [archive.statements[0].id]}]}}
    assert "There are" in Prepared(archive, tmp_path, notebook([known])).html[0]
    foreign = {mime.SENTENCE_MIME: {"parts": [{**bound, "rows": [archive.statements[0].id, "X001"]}]}}
    with pytest.raises(
        mime.OutputError, match="a sentence on X001: no row and no table of the report's data"
    ):
        Prepared(archive, tmp_path, notebook([foreign]))


def test_only_what_is_given_is_written_again(archive, tmp_path):
    def titled(*titles: str) -> nbformat.NotebookNode:
        return notebook([{**FIGURE, mime.FIGURE_MIME: {**CAPTION, "title": title}} for title in titles])

    folder, extra = tmp_path / "notebooks", tmp_path / "extra"
    both = {"00_a.ipynb": titled("One", "Two"), "01_b.ipynb": titled("Three")}
    first, _ = outputs.prepare(archive, both, folder, extra)
    assert [figure.title for figure in first] == ["One", "Two", "Three"]
    kept = (folder / "01_b.ipynb").read_bytes()
    again, _ = outputs.prepare(archive, {"00_a.ipynb": titled("Another")}, folder, extra)
    assert [figure.title for figure in again] == ["Another", "Three"] and again[1] == first[2]
    assert (folder / "01_b.ipynb").read_bytes() == kept
    # The picture and the table of the second figure are gone.
    names = {path.name for path in (extra / "figures").iterdir()}
    assert names == {f"{one}.{kind}" for one in ("00_a-1", "01_b-1") for kind in ("png", "csv")}


def test_a_plot_of_pandas_or_pyplot_is_a_picture_of_the_report(archive, tmp_path, kernel_name):
    code = ["import pandas, matplotlib.pyplot as pyplot", "pandas.Series([1, 3, 2]).plot()"]
    code += ["pyplot.plot([1, 2]); pyplot.show(); pyplot.plot([2, 1]); pyplot.show()"]
    cells = [nbformat.v4.new_code_cell(one) for one in code]
    book = nbclient.execute(nbformat.v4.new_notebook(cells=cells), kernel_name=kernel_name)
    _, pictures = outputs.prepare(archive, {"00_a.ipynb": book}, tmp_path / "notebooks", tmp_path / "extra")
    assert [(one.cell, one.fault) for one in pictures] == [(2, None), (3, None), (3, None)]
