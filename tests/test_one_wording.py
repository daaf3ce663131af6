"""One value has one wording: what terminal, prose, report, charts and exports print of both articles."""

import calendar
import importlib
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import matplotlib
import pytest
from folders import SECOND

matplotlib.use("agg")
import printers

from utils import answers, prose, results, verdicts, words
from utils.archive import Archive
from utils.checks import Interval
from utils.report import render

pytestmark = pytest.mark.campaign

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"first": ROOT / "data", "second": SECOND}
# Who prints each value. A printer that is missing here or there is a test that looks at nothing.
OF_CLAIMS = {
    "answer": {"front page", "claim page", "verdicts.json", "claimreview"},
    # AVeriTeC's label, for other programs.
    "label": {"prose", "verdicts.json", "averitec", "averitec_today", "claimreview"},
    # The readers' label, which says what kind of conflict it is.
    "told": {
        *("terminal", "prose", "claim page", "history", "board", "verdicts.json"),
        *("front page, then", "front page, now", "day by day"),
    },
    "probability": {
        *("terminal", "prose", "claim page", "history", "board"),
        *("front page, then", "front page, now", "day by day"),
    },
    "likelihood": {
        *("terminal", "prose", "claim page", "verdicts.json"),
        *("front page, then", "front page, now", "day by day"),
    },
    "day": {"terminal", "prose", "claim page"},
    "last known": {"claim page", "board", "averitec_today", "claimreview"},
    "range": {"prose", "claim page"},
    "tellers": {"terminal", "prose", "front page", "claim page", "verdicts.json"},
    "confidence": {"terminal", "prose", "claim page", "verdicts.json"},
    "reason": {"terminal", "verdicts.json"},
    "robustness": {"claim page"},
    "kept": {"firmness", "verdicts.json"},
    "flip": {"claim page", "verdicts.json"},
}
OF_STATEMENTS = {
    "figure": {"statements", "claim page", "averitec", "echo", "numbers"},
    "day": {"statements", "claim page", "averitec"},
    "unit": {"statements", "averitec"},
}


class Printed:
    """An article with its verdicts, and what is printed of it."""

    def __init__(self, folder: Path, both=None) -> None:
        self.folder, self.archive = folder, Archive.read(folder)
        self.both = both or {
            claim.id: verdicts.two_clocks(self.archive, claim) for claim in self.archive.claims
        }
        self.leaning = printers.leanings(self.archive, self.both)

    def judge_no_more(self, monkeypatch) -> None:
        """Have the terminal print the verdicts and the robustness that there are."""
        clocks = {pair[clock].as_of: clock for pair in self.both.values() for clock in (0, 1)}
        ledger = {clock: tuple(pair[clock] for pair in self.both.values()) for clock in (0, 1)}
        leaning = {clock: {name: pair[clock] for name, pair in self.leaning.items()} for clock in (0, 1)}
        monkeypatch.setattr(verdicts, "ledger", lambda seen: ledger[clocks[seen.clock]])
        monkeypatch.setattr(results, "leanings", lambda seen: leaning[clocks[seen.clock]])

    def claims(self, work: Path, capsys, monkeypatch) -> list[printers.Told]:
        """What every printer says of every claim."""
        # So wide that the terminal breaks no cell.
        monkeypatch.setenv("COLUMNS", "9000")
        printed = []
        for more in (("--as-of", self.archive.article.published.isoformat()), ()):
            assert printers.terminal(self.folder, *more) == 0
            printed.append(capsys.readouterr().out)
        return list(printers.of_claims(self.folder, self.archive, self.both, self.leaning, work, printed))


@pytest.fixture(scope="module", params=FOLDERS)
def article(request) -> Printed:
    return Printed(FOLDERS[request.param])


@pytest.fixture(scope="module")
def second() -> Printed:
    return Printed(FOLDERS["second"])


def short(text: str) -> str:
    """A text with every month in three letters: a day is written whole or short, where there is no room."""
    return re.sub(r"\b(" + "|".join(calendar.month_name[1:]) + r")\b", lambda month: month[0][:3], text)


def differences(told: list[printers.Told]) -> list[str]:
    """The values of which two printers say different words."""
    said = defaultdict(lambda: defaultdict(set))
    for one in told:
        said[one.of, one.value][short(one.words)].add(one.printer)
    return [f"{of} {value}: {dict(words)}" for (of, value), words in said.items() if len(words) > 1]


def who_prints(told: list[printers.Told]) -> dict[str, set[str]]:
    found = defaultdict(set)
    for one in told:
        found[one.value].add(one.printer)
    return dict(found)


def test_all_printers_say_the_same_of_every_claim(article, tmp_path, capsys, monkeypatch):
    told = article.claims(tmp_path, capsys, monkeypatch)
    assert differences(told) == []
    # On the front page the day of the article has a label, and maybe a likelihood, only where it was another.
    moved = [
        article.both[name][0].probability is not None
        for name, (then, now) in answers.both(article.archive, article.both, article.leaning).items()
        if (then.label_in_words, then.readings) != (now.label_in_words, now.readings)
    ]
    shown = {"told": bool(moved), "probability": any(moved), "likelihood": any(moved)}
    expected = {
        value: known if shown.get(value, True) else known - {"front page, then"}
        for value, known in OF_CLAIMS.items()
    }
    assert who_prints(told) == expected
    for claim in article.archive.claims:
        for clock in printers.CLOCKS:
            assert {"told", "day"} <= {one.value for one in told if one.of == (claim.id, clock)}


def test_the_words_are_those_of_the_value(article, tmp_path, capsys, monkeypatch):
    """By another way than the printers': the numbers in the words are those of the verdict."""
    verdict_of = {
        (claim, clock): verdict
        for claim, pair in article.both.items()
        for clock, verdict in zip(printers.CLOCKS, pair, strict=True)
    }
    probabilities = 0
    for one in article.claims(tmp_path, capsys, monkeypatch):
        verdict = verdict_of[one.of]
        if one.value == "probability":
            number = float(re.search(r"\d+", one.words)[0])
            assert abs(number - 100 * verdict.probability) <= 0.5 + 1e-9 or "than" in one.words
            assert ("than" in one.words) == (not 0.01 <= verdict.probability <= 0.99)
            probabilities += 1
        if one.value in ("day", "last known"):
            day = verdict.as_of if one.value == "day" else verdict.last_known
            assert short(one.words) == f"{day.day} {calendar.month_abbr[day.month]} {day.year}"
    assert probabilities > 20


@pytest.mark.parametrize(
    ("probability", "ends"),
    [
        (0.0, (0.0, 0.0)),
        (1.0, (-58.2, 12.0)),
        (0.004, (-5_800.0, -1_200.0)),
        (0.9961, (1.2e-9, 3.4e-9)),
        (0.45, (1e12, 2.34e15)),
        (0.005, (-0.04, 10.0)),
    ],
)
def test_all_printers_say_the_same_of_values_at_the_ends(
    probability, ends, second, tmp_path, capsys, monkeypatch
):
    altered = {
        name: tuple(
            one
            if one.probability is None
            else replace(
                one,
                probability=probability,
                likelihood=words.likelihood(probability),
                interval=Interval(*ends, "km2"),
                tellers=1234,
            )
            for one in pair
        )
        for name, pair in second.both.items()
    }
    made = Printed(second.folder, altered)
    made.judge_no_more(monkeypatch)
    told = made.claims(tmp_path, capsys, monkeypatch)
    assert differences(told) == []
    assert {"probability", "likelihood", "range", "tellers"} <= who_prints(told).keys()
    assert "1,234" in {one.words for one in told if one.value == "tellers"}


def test_all_printers_say_the_same_of_every_statement(article, tmp_path, capsys, monkeypatch):
    article.claims(tmp_path, capsys, monkeypatch)
    told = list(printers.of_statements(article.archive, article.both, tmp_path))
    downloaded = [one for one in told if one.printer == "statements.csv"]
    printed = [one for one in told if one.printer != "statements.csv" and one.words != "no number"]
    assert differences(printed) == []
    assert {name: found for name, found in who_prints(printed).items() if name in OF_STATEMENTS} == {
        name: found for name, found in OF_STATEMENTS.items()
    }
    assert {one.of[0] for one in printed} == {row.id for row in article.archive.statements}
    for one in downloaded:
        # A data folder takes what its own download has.
        value = getattr(article.archive.rows[one.of[0]], one.value)
        assert re.fullmatch(r"(-?\d+(\.\d*[1-9])?)?", one.words)
        assert one.words == "" if value is None else float(one.words) == value


def by_hand(probability: float) -> str:
    return f"{probability:.0%}"


def in_digits(day, *, short: bool = False) -> str:
    return f"{day:%d/%m/%Y}"


def or_more(value, low, high) -> str:
    return f"{value or low or high or 0:,.0f} or more"


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("room", "name", "wording", "value"),
    [
        ("utils.words", "truth", lambda p: f"likely to be true ({by_hand(p)})", "probability"),
        ("utils.words", "percent", by_hand, "probability"),
        ("utils.charts.ledger", "percent", by_hand, "probability"),
        ("utils.report.render", "_unbroken", lambda text: text.replace("(", "(about "), "probability"),
        ("utils.words", "chances", lambda low, high: by_hand(low), "probability"),
        ("utils.prose.bound", "written_day", in_digits, "day"),
        ("utils.words", "written_day", in_digits, "day"),
        ("utils.report.render", "written_day", in_digits, "day"),
        ("utils.charts.ledger", "written_day", in_digits, "last known"),
        ("utils.exports.explanations", "written_day", in_digits, "last known"),
        (
            "utils.report.render",
            "interval",
            lambda ends: f"{ends.low:g} to {ends.high:g} {ends.unit}",
            "range",
        ),
        (
            "utils.prose.bound",
            "_range",
            lambda verdict, ends: prose.bound_range(ends.low, ends.high, ends.unit, rows=[]),
            "range",
        ),
        ("utils.words", "number", lambda value, places=0: f"{value:05.{places}f}", "tellers"),
        ("utils.exports.averitec", "bounded", or_more, "figure"),
        ("utils.charts.echo", "bounded", or_more, "figure"),
        ("utils.charts.north_koreans", "bounded", or_more, "figure"),
        ("utils.words", "bounded", or_more, "figure"),
        ("utils.exports.averitec", "in_unit", lambda text, of: f"{text} {of}(s)", "unit"),
        ("utils.exports.averitec", "written_day", in_digits, "day"),
    ],
)
def test_a_printer_with_words_of_its_own_is_found(
    room, name, wording, value, second, tmp_path, capsys, monkeypatch
):
    second.judge_no_more(monkeypatch)
    monkeypatch.setattr(importlib.import_module(room), name, wording)
    # The filters of the templates are bound once, and a template looks for them each time it is filled.
    filters = render._environment().filters
    filters |= render._filters()
    try:
        told = second.claims(tmp_path, capsys, monkeypatch)
        told += printers.of_statements(second.archive, second.both, tmp_path)
    finally:
        monkeypatch.undo()
        filters |= render._filters()
    printed = [one for one in told if one.words != "no number"]
    assert any(f") {value}: " in one for one in differences(printed))
