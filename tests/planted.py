"""Changes for the worse that somebody could make or overlook, and the test that must catch each.

    python tests/planted.py

puts each into a copy of the project, runs the tests named beside it, and counts which changes are caught;
`make planted` writes that into `docs/planted.json`. In the copy as it is, the same tests must pass.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["CHANGES", "RECORD", "ROOT", "Change", "copied", "failing", "put", "record"]

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "docs" / "planted.json"
PARTS = ("utils", "tests", "data", "docs", "notebooks", "examples")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
# What pytest ends with when a test has failed, and when all have passed.
FAILED, PASSED = 1, 0
# Only what the project's own options need, as the others take a second to load.
PLUGINS = ("-p", "no:cacheprovider", "-p", "xdist.plugin", "-p", "nbval.plugin")
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Change:
    """What a reader would see of it; in which file which text becomes which; the tests that must fail."""

    seen: str
    file: str
    old: str
    new: str
    test: str


LEDGER = "tests/test_laws.py::test_the_ledger_is_the_one_that_was_reviewed"
TROOPS = "notebooks/01_fifty_thousand.ipynb"
OWN_QUESTION = "notebooks/explore/own_question.ipynb"
ROW_S030 = "S030,ru_troops_kursk,40000,,,2024-09-13,2024-09-13,2024-09-13,day"

CHANGES = (
    # What is said
    Change("a value of a row", "data/statements.csv", ROW_S030, ROW_S030.replace("40000", "41000"), LEDGER),
    Change("a day of a row", "data/statements.csv", ROW_S030, ROW_S030.replace("13,day", "14,day"), TROOPS),
    Change(
        "rows of the month not yet public on the day",
        "utils/archive.py",
        "rows[: bisect_right(rows, day,",
        "rows[: bisect_right(rows, day.replace(day=1),",
        LEDGER,
    ),
    Change(
        "a label from another probability on",
        "utils/joining.py",
        "SUPPORT_FROM = ENOUGH",
        "SUPPORT_FROM = ENOUGH - 0.05",
        "tests/test_verdicts.py",
    ),
    Change(
        "losses that are added to a force",
        "utils/checks/balance.py",
        'parts["recruits"] - parts["casualties"]',
        'parts["recruits"] + parts["casualties"]',
        "tests/test_balance.py",
    ),
    Change(
        "a probability off by one per cent",
        "utils/words/chances.py",
        "number(value * 100)",
        "number(value * 101)",
        "tests/test_words.py",
    ),
    Change(
        "a bound told as a number",
        "utils/words/numbers.py",
        "(high + 1) % 1000 == 0",
        "(high + 1) % 1000 == 1",
        "tests/test_words.py",
    ),
    Change(
        "a rise without its sign",
        "utils/words/numbers.py",
        'return f"+{text}" if value > 0',
        'return f"-{text}" if value > 0',
        "tests/test_words.py",
    ),
    Change(
        "one of many in the singular",
        "utils/words/names.py",
        "forms.get(spoken.LANGUAGE.locale.plural_form(many), several)",
        "forms.get(spoken.LANGUAGE.locale.plural_form(many - 1), several)",
        "tests/test_words.py",
    ),
    Change(
        "an asker's yes for no",
        "utils/exports/averitec.py",
        '{"answer": "Yes" if says else "No"',
        '{"answer": "No" if says else "Yes"',
        "tests/test_averitec.py::test_a_witness_says_yes_or_no_to_the_question",
    ),
    Change(
        "a rating upside down",
        "utils/exports/claimreview.py",
        "{REFUTED: 1, CONFLICTING: 3, SUPPORTED: 5}",
        "{REFUTED: 5, CONFLICTING: 3, SUPPORTED: 1}",
        "tests/test_claimreview.py::test_the_rating_scale",
    ),
    # What is drawn
    Change(
        "two parties with each other's colours",
        "utils/figures/theme.py",
        '"ua": "#0072B2",\n    "ru": "#D55E00"',
        '"ua": "#D55E00",\n    "ru": "#0072B2"',
        "tests/test_drawn_as_meant.py::test_a_party_has_the_colour_that_a_colour_blind_reader_knows_it_by",
    ),
    Change(
        "Refuted in the colour of Supported",
        "utils/figures/labels.py",
        'REFUTED: LabelColour("#9c3300"',
        'REFUTED: LabelColour("#0b5d3f"',
        "tests/test_drawn_as_meant.py::test_no_two_labels_that_decide_share_a_colour",
    ),
    Change(
        "a legend with its colours swapped",
        "utils/charts/units.py",
        "color=CLOCK_COLOURS[clock], label=clock)",
        'color=CLOCK_COLOURS["then" if clock == "today" else "today"], label=clock)',
        "tests/test_drawn_as_meant.py::test_the_two_clocks_are_keyed_as_they_are_drawn",
    ),
    Change(
        "a key with another party's name",
        "utils/charts/parts.py",
        "label=archive.article.parties[party].name)",
        "label=archive.article.parties[min(told)].name)",
        "tests/test_drawn_as_meant.py::test_a_key_names_each_colour_by_its_party",
    ),
    Change(
        "the first point dropped",
        "utils/charts/statements.py",
        "row.high): row for row in reversed(rows)}",
        "row.high): row for row in reversed(rows[1:])}",
        "tests/test_drawn_as_meant.py::test_every_telling_is_a_point_wherever_its_row_stands",
    ),
    Change(
        "two series with each other's colours",
        "utils/charts/politics.py",
        '{"United States": PARTY_COLOURS["us"], "Europe": PARTY_COLOURS["nato"]}',
        '{"United States": PARTY_COLOURS["nato"], "Europe": PARTY_COLOURS["us"]}',
        "tests/test_drawn_as_meant.py::test_a_curve_has_the_colour_of_its_side_and_of_its_name",
    ),
    Change(
        "bars from other than zero",
        "utils/charts/politics.py",
        "axes.set_ylim(0, top)",
        "axes.set_ylim(top / 3, top)",
        "tests/test_drawn_as_meant.py::test_bars_and_areas_stand_on_zero",
    ),
    Change(
        "an axis of area from other than zero",
        "utils/charts/ground.py",
        "axes.set_ylim(0, 1.12 * area.wide.max())",
        "axes.set_ylim(area.wide.max() / 3, 1.12 * area.wide.max())",
        "tests/test_drawn_as_meant.py::test_bars_and_areas_stand_on_zero",
    ),
    Change(
        "who gained ground turned round",
        "utils/charts/ground.py",
        'party_colour("ua" if change > 0 else "ru")',
        'party_colour("ru" if change > 0 else "ua")',
        "tests/test_drawn_as_meant.py::test_a_week_has_the_colour_of_who_gained",
    ),
    Change(
        "a denial that looks like an affirmation",
        "utils/charts/forecasts.py",
        "testimony.says(row) is False",
        "testimony.says(row) is True",
        "tests/test_charts_forecasts.py",
    ),
    Change(
        "another mark for a label on the card",
        "utils/report/card.py",
        'SUPPORTED: ("o", "full"),\n    REFUTED: ("X", "full")',
        'SUPPORTED: ("X", "full"),\n    REFUTED: ("o", "full")',
        "tests/test_drawn_as_meant.py::test_the_marks_of_the_card_are_those_of_the_board",
    ),
    Change(
        "a user's matplotlibrc",
        "utils/kernels/settings.py",
        '        "MATPLOTLIBRC": str(MATPLOTLIBRC),\n',
        "",
        "tests/test_settings.py::test_what_draws_beside_the_kernels_has_their_settings_meanwhile",
    ),
    # What stands beside it
    Change(
        "the alt text of another figure",
        OWN_QUESTION,
        'with the day of the article.",\n       "credit"',
        'with the day of an election.",\n       "credit"',
        OWN_QUESTION,
    ),
    Change(
        "a number in a stored sentence",
        OWN_QUESTION,
        "own, as of 12 November 2024: Not enough evidence (69 %)",
        "own, as of 12 November 2024: Not enough evidence (68 %)",
        OWN_QUESTION,
    ),
    Change(
        "a credit lost",
        "utils/prose/credits.py",
        'for teller in re.split(r"; ", credit_of(row).teller):',
        'for teller in re.split(r"; ", credit_of(row).teller)[1:]:',
        "tests/test_drawn_as_meant.py::test_a_credit_names_every_teller",
    ),
    Change(
        "a source dropped from a card",
        "utils/prose/cards.py",
        "for name in rows[:SHOWN]]",
        "for name in rows[1:SHOWN]]",
        "tests/test_cards.py",
    ),
    Change(
        "a link to the page of another row",
        "utils/prose/cards.py",
        'archives.figure(archive, row))\n        return f"{_link(name, row.url)}',
        'archives.figure(archive, row))\n        return f"{_link(name, archive.statements[0].url)}',
        "tests/test_cards.py",
    ),
    Change(
        "rows in another order than that of publication",
        "utils/prose/credits.py",
        "key=lambda credit: (credit.published or date.min, credit.name)",
        "key=lambda credit: credit.name",
        "tests/test_drawn_as_meant.py::test_the_rows_of_a_page_are_listed_by_day_each_with_its_own_teller_and_page",
    ),
    Change(
        "a use that a row does not have",
        "utils/report/statements_page.py",
        "(used if row in evidence else seen)",
        "(seen if row in evidence else used)",
        "tests/test_drawn_as_meant.py::test_a_row_is_used_by_the_claims_that_rest_on_it",
    ),
    Change(
        "a mark on the next day",
        "utils/report/replay_page.py",
        "(day - article.history_from).days) for day, words in days]",
        "(day - article.history_from).days + 1) for day, words in days]",
        "tests/test_drawn_as_meant.py::test_marked_days_stand_at_their_day",
    ),
    Change(
        "a column with its meaning for a unit",
        "utils/takeaway/text.py",
        '"schema:unitText": column.unit',
        '"schema:unitText": column.meaning',
        "tests/test_takeaway.py",
    ),
    # What is counted
    Change(
        "an event that is told twice counts twice",
        "utils/incidents/counting.py",
        'return spellings.bits(found, "when", "where", *(',
        'return spellings.bits(found, "cell", "when", "where", *(',
        "tests/test_incidents.py::test_generated_events_are_counted_as_one_by_one",
    ),
    Change(
        "the day of another time zone",
        "utils/incidents/moments.py",
        "utc + _offset(utc, mapping.counted_in",
        "utc - _offset(utc, mapping.counted_in",
        "tests/test_incidents.py::test_days_are_those_of_the_zone_also_where_clocks_change",
    ),
)


def copied(folder: Path) -> Path:
    """A copy of the project as it stands, without what was built."""
    folder.mkdir(exist_ok=True)
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for path in ROOT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy2(path, folder / path.name)
    return folder


@contextmanager
def put(change: Change, folder: Path) -> Iterator[None]:
    """The change in a copy of the project, meanwhile; ValueError where its text does not stand there once."""
    path = folder / change.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(change.old) != 1:
        raise ValueError(f"{change.file} has {sound.count(change.old)} times {change.old!r}")
    path.write_text(sound.replace(change.old, change.new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(sound, encoding="utf-8")


def failing(tests: Iterable[str], folder: Path) -> tuple[str, float]:
    """What some tests print in a copy where one fails, else nothing, and the processor's seconds.

    RuntimeError where they cannot be run.
    """
    before = os.times()
    call = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-n", "0", *PLUGINS, *tests]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**kept, **ALONE, "PYTHONPATH": str(folder)}
    run = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if run.returncode not in (FAILED, PASSED):
        raise RuntimeError(f"{' '.join(call)} ended with {run.returncode}:\n{run.stdout[-2000:]}{run.stderr}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return run.stdout if run.returncode == FAILED else "", round(used, 1)


def record(changes: Iterable[Change]) -> dict[str, Any]:
    """Put in each change and tell which are caught, by what, and what that cost.

    SystemExit where one of the tests fails without any change.
    """
    changes, found = list(changes), []
    with TemporaryDirectory(prefix="planted-") as name:
        folder = copied(Path(name))
        # Compiled once; a file that is changed is known by its content.
        compileall.compile_dir(folder, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
        told, _ = failing(dict.fromkeys(change.test for change in changes), folder)
        if told:
            raise SystemExit(f"a test fails without any change:\n{told[-3000:]}")
        for change in changes:
            with put(change, folder):
                told, seconds = failing([change.test], folder)
            found.append({"seen": change.seen, "test": change.test, "caught": bool(told), "seconds": seconds})
            print("caught" if told else "MISSED", f"{seconds:6} s  {change.seen}", flush=True)
    return {"planted": len(found), "caught": sum(one["caught"] for one in found), "changes": found}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--only", default="", help="changes whose words have this in them")
    asked.add_argument("--write", type=Path, help="a file for the record")
    given = asked.parse_args()
    result = record(change for change in CHANGES if given.only in change.seen)
    print(f"{result['caught']} of {result['planted']} planted changes are caught")
    if given.write:
        given.write.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.exit(0 if result["caught"] == result["planted"] else 1)
