"""What a sentence and a table of a notebook show without an extension, a script or a style."""

import dataclasses
import re
from datetime import date

import pandas
import pytest
from markup import Markup

from utils import mime, prose
from utils.prose import cards


@pytest.fixture
def shown(archive, monkeypatch) -> list[dict]:
    """The data of what is displayed from now on."""
    found = []
    prose.begin(archive, version="0", claims=[])
    monkeypatch.setattr("IPython.display.display", lambda data, *, raw: found.append(data))
    return found


def told(archive, *bounds: prose.Bound) -> str:
    html = cards.folded(archive, bounds)
    read = Markup(html)
    assert read.unmatched == []
    assert {tag for tag, _ in read.elements} <= {"details", "summary", "p", "ul", "li", "a", "strong"}
    assert {name for _, attributes in read.elements for name in attributes} <= {"href"}
    return html


def test_numbers_on_the_same_rows_share_one_list(archive, shown):
    first, second = archive.statements[0].id, archive.statements[1].id
    many = [prose.number(value, "persons", rows=[first]) for value in (1, 2)]
    html = told(archive, *many, prose.number(3, "km2", rows=[second]), many[0])
    assert html.count("<ul>") == 2 and html.count("<details>") == 1
    assert html.count("<strong>1 persons</strong>") == 1
    assert html.index("1 persons") < html.index("2 persons") < html.index(f">{first}<") < html.index("3 km²")


@pytest.mark.parametrize(("many", "left"), [(1, None), (8, None), (9, "and 1 more"), (30, "and 22 more")])
def test_the_rows_beyond_some_are_counted(archive, shown, many, left):
    rows = archive.statements[:many]
    html = told(archive, prose.count(rows, "row"))
    assert html.count("<li>") == min(many, 8) + (left is not None)
    assert re.findall(r"<li>(and [^<]+)</li>", html) == ([left] if left else [])


def test_a_row_is_told_by_teller_day_figure_and_page(archive, shown):
    row = next(one for one in reversed(archive.statements) if one.value and one.url and "&" not in one.url)
    html = told(archive, prose.number(1, rows=[row]))
    (line,) = re.findall(r"<li>(.*?)</li>", html)
    assert line.startswith(f'<a href="{row.url}">{row.id}</a> ')
    assert f"{row.published.day} " in line and str(row.published.year) in line
    assert f"{row.value:,.10g}" in line
    assert f"Licence of the rows: {archive.article.licence.name}" in html


def test_events_tables_and_what_has_no_row_are_told(archive, shown):
    event = archive.events[0]
    made = next(name for name in archive.tables.declared if archive.tables.maker(name))
    maker = archive.tables.maker(made)
    html = told(archive, prose.number(1, rows=[event]), prose.number(2, "persons", rows=[made]))
    assert event.id in html and f"https://github.com/{maker.repository}" in html
    bare = told(archive, prose.number(2, rows=[]))
    assert "set by the claims file or the calendar" in bare and "Licence" not in bare
    assert "Licence of the rows" not in told(archive, prose.number(2, rows=[made]))
    assert told(archive) == ""


def test_what_a_folder_says_is_escaped(archive, shown):
    row = archive.statements[0]
    spoilt = dataclasses.replace(
        archive,
        sources={
            **archive.sources,
            row.source: archive.sources[row.source].model_copy(update={"name": "<img src=x>"}),
        },
    )
    html = told(spoilt, prose.words("<b>", rows=[row]))
    assert "&lt;img src=x&gt;" in html and "&lt;b&gt;" in html


def test_a_sentence_is_followed_by_its_card_and_kept_as_it_was(archive, shown):
    rows = archive.statements[:2]
    prose.say("There are {many}.", many=prose.count(rows, "row"))
    (data,) = shown
    assert data["text/plain"] == "There are 2 rows."
    assert data["text/html"].startswith(
        '<p>There are <span title="exact; 2 rows or tables">2 rows</span>.</p>'
    )
    assert data["text/html"].endswith("</details>")
    (_, part, _) = data[mime.SENTENCE_MIME]["parts"]
    assert part == {"text": "2 rows", "value": 2, "unit": "rows", "rounding": "exact", "rows": part["rows"]}
    prose.say("There are none.")
    assert shown[1]["text/html"] == "<p>There are none.</p>"


def test_words_stand_at_the_left_and_numbers_at_the_right(shown):
    frame = pandas.DataFrame(
        {
            "teller": ["a", None, "long name"],
            "day": [date(2024, 11, 12)] * 3,
            "persons": [1, 20, 3000],
            "mixed": [1, "none", 2],
        }
    )
    prose.table(frame, caption="Who", rows=[])
    (data,) = shown
    sides = re.findall(r"<td([^>]*)>", data["text/html"])
    left, right = ' style="text-align:left"', ' class="number"'
    assert sides == [left, left, right, right, left, left, right, left, left, left, right, right]
    assert re.findall(r'<th scope="col"([^>]*)>', data["text/html"]) == [left, left, "", ""]
    lines = data["text/plain"].splitlines()
    assert lines[1].startswith("Teller     Day") and lines[2].startswith("a          12 Nov 2024")
    ends = {line.index("1", 24) if "3,000" not in line else line.index("3,000") + 4 for line in lines[2:5:2]}
    assert len(ends) == 1 and not [line for line in lines if line != line.rstrip()]


def test_a_table_without_rows_says_so(shown):
    prose.table(pandas.DataFrame({"teller": []}), caption="Who", rows=[])
    assert shown[0]["text/plain"] == "Who\nNo rows." and ">No rows.</td>" in shown[0]["text/html"]
