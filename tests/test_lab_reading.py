"""What JupyterLab shows of outputs that it does not trust: cards, tables and figures, light and dark.

Its sanitizer is the strictest that the HTML of an output meets.
"""

from collections.abc import Iterator

import matplotlib
import nbformat
import pandas
import pytest
from playwright.sync_api import Locator, Page
from test_lab import KERNEL, lab, page  # noqa: F401 - fixtures

matplotlib.use("agg")
from utils import figures, prose

NAME = "notebooks/read.ipynb"
ALT = 'A line that rises <from> "three" to four.'
THEMES = ("JupyterLab Light", "JupyterLab Dark")
CARD, FIGURE = ".jp-Notebook details:has(ul)", ".jp-Notebook .fifty-thousand-figures img"
READ = 4.5  # times as light as its ground, as WCAG asks of words
LIGHT = """const light = (colour) => [...colour].slice(0, 3).map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);"""
# Of a picture as it is seen: how light its ground is, and of its inks the one that differs most from it.
PICTURE = f"""async (image) => {{
  {LIGHT}
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const pen = canvas.getContext('2d');
  pen.filter = getComputedStyle(image).filter;
  pen.drawImage(image, 0, 0);
  const {{ data }} = pen.getImageData(0, 0, canvas.width, canvas.height);
  const ground = light(data);
  let ink = ground;
  for (let at = 0; at < data.length; at += 4) {{
    const here = light(data.subarray(at, at + 3));
    ink = Math.abs(here - ground) > Math.abs(ink - ground) ? here : ink;
  }}
  return [ground, ink];
}}"""
# Of words: how light what lies behind them is, and how light they are.
WORDS = f"""(element) => {{
  {LIGHT}
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  let behind = element;
  while ((numbers(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) {{
    behind = behind.parentElement;
  }}
  return [getComputedStyle(behind).backgroundColor, getComputedStyle(element).color].map(numbers).map(light);
}}"""


@pytest.fixture(scope="module")
def told(archive) -> list[nbformat.NotebookNode]:
    """The outputs of a sentence, of a table and of a figure."""
    found = []

    def keep(data: dict, *, metadata: dict | None = None, raw: bool) -> None:
        found.append(nbformat.v4.new_output("display_data", data, metadata=metadata or {}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", keep)
        prose.begin(archive, version="0", claims=[])
        prose.say("There are {many}.", many=prose.count(archive.statements, "row"))
        frame = pandas.DataFrame({"teller": ["a", "b"], "persons": [1, 2000]})
        prose.table(frame, caption="Who says how many", rows=[])
        figure, axes = figures.new()
        axes.plot([1, 2], [3, 4])
        figures.show(figure, title="A title that states the finding", alt=ALT, sources=archive.statements[:1])
    return found


@pytest.fixture(scope="module", params=THEMES)
def opened(request, lab, page, told) -> Iterator[Page]:  # noqa: F811 - the fixtures of the same names
    """A page with a notebook of these outputs, in a theme."""
    cell = nbformat.v4.new_code_cell("1", outputs=told, execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), lab.project / NAME)
    lab.open(page, NAME)
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", request.param
    )
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=request.param)
    yield page
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", THEMES[0])
    page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")


def contrast(part: Locator, measure: str) -> float:
    ground, ink = part.evaluate(measure)
    return (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05)


def test_a_card_opens_below_its_sentence(opened, archive):
    card = opened.locator(CARD)
    rows, summary = card.locator("li"), card.locator("summary")
    assert not rows.first.is_visible()
    summary.focus()
    opened.keyboard.press("Enter")
    rows.first.wait_for(state="visible")
    first = archive.statements[0]
    assert rows.first.locator("a").get_attribute("href") == first.url
    assert rows.count() == 9 and f"{len(archive.statements) - 8} more" in rows.last.inner_text()
    assert archive.article.licence.name in card.inner_text()
    for part in (summary, rows.last, rows.first.locator("a"), card.locator("strong")):
        assert contrast(part, WORDS) >= READ


def test_words_of_a_table_begin_at_the_left_and_numbers_end_at_the_right(opened):
    table = opened.locator(".jp-Notebook table")
    sides = table.locator("th, tbody tr:first-child td").evaluate_all(
        "every => every.map(one => getComputedStyle(one).textAlign)"
    )
    assert sides == ["left", "right", "left", "right"]
    assert contrast(table.locator("td").first, WORDS) >= READ


def test_a_figure_is_told_to_those_who_listen_and_read_in_both_themes(opened):
    figure = opened.locator(FIGURE)
    assert opened.locator(".jp-Notebook img").count() == 1 and figure.get_attribute("alt") == ALT
    assert contrast(figure, PICTURE) >= READ
    # Its ground is as light or dark as the page.
    paper, _ = opened.locator(".jp-Notebook caption").evaluate(WORDS)
    assert abs(figure.evaluate(PICTURE)[0] - paper) < 0.05


def test_the_line_below_a_figure_gives_its_credit_once(opened):
    assert opened.locator(".jp-Notebook").inner_text().count("Sources: ") == 1
    assert not opened.get_by_text("this fingerprint").is_visible()
