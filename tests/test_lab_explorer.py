"""The explorer in a real JupyterLab: moved by keyboard, reset, a row added, read in the dark, saved."""

import json

import pytest
from test_lab import lab, page  # noqa: F401 - fixtures

from utils.mime import WIDGET_MIME

NAME = "explore/explorer.ipynb"
KERNEL = "window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel"
CODE = ".jp-Notebook .widget-textarea textarea"


@pytest.fixture(scope="module")
def opened(lab, page):  # noqa: F811 - the fixtures of the same names
    """The page with the explorer's cell run, and the notebook's file."""
    address, project = lab.address, lab.project
    page.goto(f"{address}/lab/workspaces/explore/tree/notebooks/{NAME}?token=open")
    page.wait_for_selector(".jp-Notebook")
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    page.wait_for_selector("text=The labels of all claims")
    assert page.locator(CODE).count() == 0  # What is stored has no controls.
    page.evaluate(
        """async () => {
          const content = window.jupyterapp.shell.currentWidget.content;
          content.activeCellIndex = 1;
          await window.jupyterapp.commands.execute('notebook:run-cell');
        }"""
    )
    page.wait_for_selector(CODE)
    return page, project / "notebooks" / NAME


def code(tab) -> str:
    return tab.locator(CODE).input_value()


def awaited(tab, words: str) -> str:
    """The code of the view, once it has these words."""
    tab.wait_for_function(f"words => document.querySelector('{CODE}').value.includes(words)", arg=words)
    return code(tab)


def test_it_is_moved_with_the_keyboard_and_reset(opened):
    tab, _ = opened
    first = code(tab)
    answer = tab.locator(".jp-Notebook .widget-html-content p b").first
    assert answer.inner_text().startswith("C01, as of ")
    tolerance = tab.get_by_label("tolerance")
    tolerance.fill("0.1")
    tolerance.press("Enter")
    awaited(tab, "'tolerance': 0.1")
    tab.get_by_role("button", name="Day of the article").press("Enter")
    awaited(tab, "2024-11-12")
    tab.wait_for_function("() => document.body.innerText.includes('C01, as of 12 November 2024')")
    tab.get_by_role("button", name="Who is heard").press("Enter")
    side = tab.get_by_label("Ukraine", exact=True)
    side.wait_for(state="visible")
    side.focus()
    tab.keyboard.press("Space")
    awaited(tab, "sides=")
    tab.get_by_role("button", name="Reset").press("Enter")
    tab.wait_for_function(f"first => document.querySelector('{CODE}').value === first", arg=first)
    assert side.is_checked()


def test_what_controls_say_is_heard_in_order(opened):
    """Over a subshell a number could come after the press that sends it."""
    tab, _ = opened
    assert tab.evaluate(f"() => {KERNEL}.commsOverSubshells") == "disabled"


def test_a_row_is_added_and_a_wrong_one_told(opened):
    tab, _ = opened
    tab.get_by_role("button", name="A row of one's own").press("Enter")
    number = tab.get_by_label("Number", exact=True)
    number.wait_for(state="visible")
    number.fill("a lot")
    number.press("Tab")
    tab.get_by_role("button", name="Add the row").press("Enter")
    tab.wait_for_selector(".jp-Notebook [role=alert]")
    assert "a lot" in tab.locator(".jp-Notebook [role=alert]").first.inner_text()
    number.fill("20000")
    number.press("Tab")
    tab.get_by_role("button", name="Add the row").press("Enter")
    assert "'value': '20000'" in awaited(tab, "rows=")
    tab.wait_for_selector(".jp-Notebook [role=alert]", state="detached")
    tab.get_by_role("button", name="Take the last row back").press("Enter")
    tab.wait_for_function(f"() => !document.querySelector('{CODE}').value.includes('rows=')")


def contrast(tab, selector: str) -> float:
    """How far the words of an element stand out from what lies behind them, as WCAG counts it."""
    return tab.evaluate(
        """selector => {
          const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
          const light = colour => numbers(colour).slice(0, 3).map(one => one / 255)
            .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
            .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
          const element = document.querySelector(selector);
          let behind = element;
          while (behind && (numbers(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) {
            behind = behind.parentElement;
          }
          const paper = getComputedStyle(behind).backgroundColor;
          const both = [light(getComputedStyle(element).color), light(paper)];
          return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        }""",
        selector,
    )


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_it_is_read_on_dark_and_on_light_paper(opened, theme):
    tab, _ = opened
    tab.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    tab.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    for part in ("p", "svg", "td", "code"):
        assert contrast(tab, f".jp-Notebook .widget-html-content {part}") >= 4.5


def test_what_is_saved_is_plain(opened):
    tab, path = opened
    tab.evaluate("async () => { await window.jupyterapp.shell.currentWidget.context.save(); }")
    stored = json.loads(path.read_text(encoding="utf-8"))
    (output,) = stored["cells"][1]["outputs"]
    assert {*output["data"]} == {"text/html", "text/plain"} and WIDGET_MIME not in path.read_text()
    assert "widgets" not in stored["metadata"]
