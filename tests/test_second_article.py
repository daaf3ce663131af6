"""A second, invented article runs through every method: nothing of the first one is baked into the engine."""

import json
import re
from datetime import date, timedelta

import pytest
from folders import ROOT, SECOND, append

from utils import history, robustness, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks import METHODS
from utils.evidence import tables
from utils.words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED

# The answers for which the evidence was invented: on the day of the article, and today.
DESIGNED = {
    "P01": (NOT_ENOUGH, NOT_ENOUGH),  # within a fifth: what all tellers share alone is coarser than that
    "P02": (SUPPORTED, SUPPORTED),
    "P03": (NOT_ENOUGH, SUPPORTED),
    "P04": (CONFLICTING, CONFLICTING),  # those who deny it do not speak of the last six days
    "P05": (REFUTED, REFUTED),
    "P06": (SUPPORTED, SUPPORTED),
    "P07": (CONFLICTING, CONFLICTING),
    "P08": (NOT_ENOUGH, CONFLICTING),
    "P09": (REFUTED, REFUTED),
    "P10": (REFUTED, SUPPORTED),
    "P11": (SUPPORTED, SUPPORTED),
    "P12": (CONFLICTING, CONFLICTING),
    "P13": (NOT_ENOUGH, NOT_ENOUGH),
    "P14": (SUPPORTED, SUPPORTED),
    "P15": (REFUTED, REFUTED),
    "P16": (SUPPORTED, SUPPORTED),
    "P17": (REFUTED, REFUTED),
    "P18": (SUPPORTED, SUPPORTED),
    "P19": (NOT_ENOUGH, NOT_ENOUGH),  # a share within a twentieth is finer than anybody can tell
    "P20": (REFUTED, REFUTED),
    "P21": (SUPPORTED, SUPPORTED),
    "P22": (REFUTED, REFUTED),
}


@pytest.mark.parametrize("name", DESIGNED)
def test_a_claim_gets_the_label_that_was_designed(second, name):
    assert tuple(one.label for one in verdicts.two_clocks(second, second.claim(name))) == DESIGNED[name]


def test_every_claim_method_and_label_is_there(second):
    assert {claim.id for claim in second.claims} == set(DESIGNED)
    assert {check.method for claim in second.claims for check in claim.built} == set(METHODS)
    assert all(claim.is_checked for claim in second.claims)
    assert {label for labels in DESIGNED.values() for label in labels} == {*verdicts.LABELS} - {
        verdicts.NOT_CHECKED
    }


def test_readings_that_differ_and_conditions_of_which_one_fails(second):
    wide, narrow = verdicts.verdict(second, second.claim("P07")).readings
    assert (wide.label, narrow.label) == (REFUTED, SUPPORTED)
    (reading,) = verdicts.verdict(second, second.claim("P08")).readings
    assert [one.label for one in reading.conditions] == [SUPPORTED, REFUTED]


def test_denials_that_cover_some_of_the_days(second):
    """Three to one for it on two days, against 5, 5 and 9 to one for 12, 13 and 14 of twenty days.

    Where it was if it was: a twentieth on each day, and one more on the two days of the guild. By days 1 to
    12 that is 2.6 over 225, then a twentieth over 45 and one over 9, and six twentieths that nobody denies.
    """
    (finding,) = verdicts.verdict(second, second.claim("P04")).findings
    odds = 2.6 / 225 + 0.05 / 45 + 0.05 / 9 + 0.3
    assert finding.probability == pytest.approx(odds / (1 + odds))
    assert "speak of 14 of the 20 days that are asked about" in finding.sentence
    # Two for and two against, all of one day: 15 to one, less what the denials take of that day.
    (finding,) = verdicts.verdict(second, second.claim("P12")).findings
    odds = 15 * ((0.05 + 2 + 4) / 15 + 0.95) / 7
    assert finding.probability == pytest.approx(odds / (1 + odds))


def test_a_number_that_is_coarser_than_the_claim(second):
    """What all tellers share alone leaves less than 0.8 within a fifth, and far less within a twentieth."""
    for name in ("P01", "P19"):
        (finding,) = verdicts.verdict(second, second.claim(name)).findings
        assert finding.judgement == "coarser" and "coarser than the claim" in finding.sentence


def test_relays_are_one_witness(second):
    finding = verdicts.verdict(second, second.claim("P13")).findings[0]
    assert len(finding.considered) == 3 and len(finding.tellers) == 1


def test_a_forecast_is_judged_by_its_record_and_then_by_what_came(second):
    claim = second.claim("P10")
    before, after = (verdicts.verdict(second.as_of(date(2031, 6, day)), claim) for day in (9, 10))
    assert before.probability == pytest.approx(0.5 / 4) and before.label == REFUTED
    assert after.label == SUPPORTED and "T034" in after.evidence


def test_a_verdict_on_old_evidence_is_last_known(second):
    then, today = verdicts.two_clocks(second, second.claim("P01"))
    assert then.last_known is None and today.last_known == date(2031, 6, 10)
    horizon = date(2031, 6, 10) + timedelta(days=second.quantities["passengers_stranded"].horizon_days)
    assert verdicts.verdict(second.as_of(horizon), second.claim("P01")).last_known is None
    late = verdicts.verdict(second.as_of(horizon + timedelta(days=1)), second.claim("P01"))
    assert late.last_known == date(2031, 6, 10)


@pytest.mark.long
def test_the_commands_take_the_folder(capsys):
    assert main(["check", "--data", str(SECOND)]) == 0
    assert f"{len(DESIGNED)} claims" in capsys.readouterr().out
    assert main(["verdicts", "--data", str(SECOND), "--as-of", "2031-05-20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["verdicts"]
    assert {one["claim"]: one["label"] for one in told} == {name: DESIGNED[name][0] for name in DESIGNED}


@pytest.mark.campaign
def test_the_exports_and_robustness_take_the_folder(second, tmp_path, capsys):
    assert main(["export", "--data", str(SECOND), "--out", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))
    assert all(name in json.dumps(told) for name in DESIGNED)
    tried = robustness.ledger(second)
    assert set(tried) == set(DESIGNED)
    assert all(one.label == DESIGNED[name][1] and one.worlds for name, one in tried.items())


@pytest.mark.long
def test_history_agrees_with_verdicts_computed_afresh(second):
    days = history.histories(second)
    first, last = second.article.history_from, second.clock
    turning = {change.day for name in days for change in history.changes(days[name])}
    sampled = {first + timedelta(days=step) for step in range(0, (last - first).days, 29)}
    around = {day + timedelta(days=step) for day in turning for step in (-1, 0)}
    for day in sorted({*sampled, *around, last}):
        seen = second.as_of(day)
        for claim in second.claims:
            assert days[claim.id][(day - first).days] == verdicts.verdict(seen, claim), (day, claim.id)


def test_what_is_published_after_the_clock_changes_nothing_before(second, copy):
    clock = second.article.published
    late = clock + timedelta(days=1)
    for number, quantity in enumerate(second.quantities):
        told = {"id": f"L{number}", "quantity": quantity, "valid_from": "2031-05-16"}
        told |= {"stance": "denies"} if second.quantities[quantity].unit == "none" else {"value": 900}
        told |= {"valid_to": "2031-05-18", "published": late, "dating": "day", "source": "tide_watch"}
        told |= {"outlet": "Late News", "origin": f"LATE-{number}", "access": "count", "status": "sound"}
        columns = (copy / "statements.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        append(copy / "statements.csv", [told.get(name, "") for name in columns])
    # The register is two days late: from 19 May on, no day of it was public on the clock.
    for name in ("crossings", "lorry_queue"):
        path = copy / "tables" / f"{name}.csv"
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            header + "".join(line for line in lines if line[:10] < "2031-05-19"), encoding="utf-8"
        )
    append(copy / "tables" / "crossings.csv", (clock, "Ostrand", 499), (clock, "Tolvar", 499))
    append(copy / "tables" / "lorry_queue.csv", (clock, 90_000))
    append(copy / "tables" / "pilot_posts.csv", ("Pilot group 99", "Tolvar", clock, late))
    other = Archive.read(copy)
    assert tables.check(copy) == []
    for name in ("crossings", "lorry_queue", "pilot_posts"):
        assert other.as_of(clock).table(name).equals(second.as_of(clock).table(name)), name
    assert verdicts.ledger(other.as_of(clock)) == verdicts.ledger(second.as_of(clock))
    assert verdicts.ledger(other) != verdicts.ledger(second)


ENGINE = [
    path
    for path in sorted((ROOT / "utils").rglob("*.py"))
    if path.relative_to(ROOT / "utils").parts[0] not in {"upstream", "report", "charts", "figures", "essays"}
]


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_does_not_name_the_first_article(path):
    words = re.findall(r"(?i)kursk|russia|ukrain|korea|zelensky|trump", path.read_text(encoding="utf-8"))
    assert words == []


def test_the_engine_is_not_empty():
    assert {"archive", "schema", "claims", "parameters", "verdicts", "history", "transfer"} <= {
        path.stem for path in ENGINE
    }
