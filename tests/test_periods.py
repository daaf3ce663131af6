"""Tables of months, quarters and years: a trend over them, worked out by hand, and known at their ends."""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import frictionless
import pytest
from folders import SECOND

from utils import verdicts
from utils.archive import Archive
from utils.checks import trend
from utils.checks.trend import TrendCheck
from utils.evidence import tables
from utils.evidence.periods import Grain, first_day, last_day, last_days
from utils.evidence.problems import DataError
from utils.evidence.schema import Quantity
from utils.robustness import choices

REQUIRED = {"required": True}
COLUMNS: Mapping[str, Mapping[str, object]] = {
    "month": {"type": "yearmonth", "constraints": REQUIRED},
    "quarter": {"type": "string", "constraints": {**REQUIRED, "pattern": "^[0-9]{4}-Q[1-4]$"}},
    "year": {"type": "year", "constraints": REQUIRED},
}


def cells(grain: Grain) -> list[str]:
    """The periods of 1995 to 2030, as a table has them."""
    years = range(1995, 2031)
    if grain == "year":
        return [str(year) for year in years]
    if grain == "quarter":
        return [f"{year}-Q{part}" for year in years for part in range(1, 5)]
    return [f"{year}-{part:02d}" for year in years for part in range(1, 13)]


def folder_of(tmp_path: Path, column: str, about: list[str], values: list[float], **more: object) -> Path:
    """The invented folder with one claim, on a series of these periods that a register shows."""
    folder = Path(shutil.copytree(SECOND, tmp_path / "copy"))
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (own,) = (one for one in package["resources"] if one["path"] == "tables/lorry_queue.csv")
    given = {"type": "date", "constraints": REQUIRED} if more else COLUMNS[column]
    rate = {"name": "rate", "type": "number", "unit": "°C"}
    own["schema"] = {"fields": [{"name": column, **given}, rate], "primaryKey": [column]}
    package["resources"] = [own | {"day": column, **more}, *package["resources"][2:]]
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "tables" / "crossings.csv").unlink()
    rows = "".join(f"{one},{value}\n" for one, value in zip(about, values, strict=True))
    (folder / "tables" / "lorry_queue.csv").write_text(f"{column},rate\n{rows}", encoding="utf-8")
    article = (folder / "claims.yaml").read_text(encoding="utf-8")
    head, kept = article.index("  - id: P06"), article.index("  - id: P07")
    claim = article[head:kept].replace("value: lorries", "value: rate").replace("2031-", "2020-")
    (folder / "claims.yaml").write_text(f"claims:\n{claim}", encoding="utf-8")
    events = re.sub(r"P\d\d", "P06", (folder / "events.csv").read_text(encoding="utf-8"))
    (folder / "events.csv").write_text(events.replace("P06 P06", "P06"), encoding="utf-8")
    return folder


def asked(**changes: object) -> TrendCheck:
    plain = {
        "method": "trend",
        "table": "lorry_queue",
        "value": "rate",
        "since": "2010-01-01",
        "until": "2019-12-31",
        "direction": "up",
    }
    return TrendCheck.model_validate({**plain, **changes})


@pytest.mark.parametrize(("grain", "steps"), [("month", 120), ("quarter", 40), ("year", 10)])
def test_a_line_has_its_slope_by_its_own_periods(tmp_path, grain, steps):
    about = cells(grain)
    archive = Archive.read(folder_of(tmp_path, grain, about, [0.25 * at - 9 for at in range(len(about))]))
    finding = trend.check(archive, archive.claim("P06"), asked())
    assert finding.estimate == pytest.approx(0.25) and finding.probability == pytest.approx(1.0)
    assert finding.interval.unit == f"°C a {grain}"
    assert f"grew by 0.25 °C a {grain} on average (give or take 0.00 °C)" in finding.sentence
    seen = trend.series(archive, asked())["all"]
    assert ((seen.index >= "2010-01-01") & (seen.index <= "2019-12-31")).sum() == steps


@pytest.mark.parametrize("grain", COLUMNS)
def test_a_turn_has_its_size_and_its_placebos(tmp_path, grain):
    about = cells(grain)
    turned = sum(first_day(_about(one), grain) < date(2015, 1, 1) for one in about)
    values = [0.1 * ((at * 7) % 5) + 3 * max(0, at - turned + 1) for at in range(len(about))]
    archive = Archive.read(folder_of(tmp_path, grain, about, values))
    check = asked(since="2009-12-01", turn="2014-12-31", least_weeks=3, quiet_days=40)
    finding = trend.check(archive, archive.claim("P06"), check)
    assert finding.estimate == pytest.approx(3, abs=0.2) and finding.probability > 0.9
    word = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}[grain]
    assert f"the {word} change of" in finding.sentence
    step = trend.step_of(archive, "lorry_queue")
    series = trend.series(archive, check)["all"]
    own = trend.turn(series, check, check.turn, step)
    assert own.weekly == pytest.approx(finding.estimate)
    assert len(trend.placebos(series, check, step)) > 10


def _about(cell: str) -> str | int:
    return int(cell) if len(cell) == 4 else cell


def test_a_placebo_is_the_turn_of_another_month(tmp_path):
    about = cells("month")
    archive = Archive.read(
        folder_of(tmp_path, "month", about, [(at * 7 % 11) ** 1.5 for at in range(len(about))])
    )
    check = asked(since="2027-08-01", turn="2028-12-31", until="2030-12-31")
    step = trend.step_of(archive, "lorry_queue")
    series = trend.series(archive, check)["all"]
    # The first of them stands where a window of the claim's length fits at the start of the series.
    own = step.closed(check.turn) - step.opened(check.since)
    month = step.opened(date(1995, 1, 1)) + own
    at = last_day(f"{month // 12}-{month % 12 + 1:02d}", "month")
    moved = check.model_copy(
        update={
            "since": first_day("1995-01", "month"),
            "turn": at,
            "until": last_day(f"{(month + 24) // 12}-{(month + 24) % 12 + 1:02d}", "month"),
        }
    )
    assert trend.placebos(series, check, step)[0] == pytest.approx(trend.turn(series, moved, at, step).weekly)


@pytest.mark.parametrize("grain", COLUMNS)
def test_a_period_is_known_at_its_end_and_not_before(tmp_path, grain):
    about = cells(grain)
    archive = Archive.read(folder_of(tmp_path, grain, about, [1.0] * len(about)))
    ends = last_day(_about(about[-1]), grain)
    known = ends + timedelta(days=2)  # the register is two days late
    assert len(archive.as_of(known).table("lorry_queue")) == len(about)
    assert len(archive.as_of(known - timedelta(days=1)).table("lorry_queue")) == len(about) - 1


@pytest.mark.parametrize("end", [first_day, last_day])
@pytest.mark.parametrize("grain", COLUMNS)
def test_dates_may_stand_for_periods(tmp_path, grain, end):
    about = [str(end(_about(one), grain)) for one in cells(grain)]
    values = [0.25 * at for at in range(len(about))]
    folder = folder_of(tmp_path, "date", about, values, grain=grain)
    archive = Archive.read(folder)
    finding = trend.check(archive, archive.claim("P06"), asked())
    assert finding.estimate == pytest.approx(0.25) and finding.interval.unit == f"°C a {grain}"
    known = date(2030, 12, 31) + timedelta(days=2)
    assert len(archive.as_of(known - timedelta(days=1)).table("lorry_queue")) == len(about) - 1
    assert [one.label for one in verdicts.two_clocks(archive, archive.claim("P06"))]


def test_a_day_within_a_month_is_refused_where_days_stand_for_months(tmp_path):
    folder = folder_of(tmp_path, "date", ["2020-01-01", "2020-02-15"], [1, 2], grain="month")
    assert [str(problem) for problem in tables.check(folder)] == [
        "lorry_queue.csv:3 date: '2020-02-15', expected the first or the last day of its month"
    ]


def test_a_grain_is_for_days_alone(tmp_path):
    folder = folder_of(tmp_path, "month", ["2020-01"], [1])
    path = folder / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"day": "month"', '"day": "month", "grain": "year"')
    )
    (told,) = tables.check(folder)[:1]
    assert "grain: 'year', expected no grain" in str(told)


@pytest.mark.parametrize(
    ("column", "wrong"), [("month", "2020-13"), ("quarter", "2020-Q5"), ("year", "1200")]
)
def test_what_is_no_period_is_refused(tmp_path, column, wrong):
    folder = folder_of(tmp_path, column, [wrong], [1])
    assert any(repr(wrong) in str(problem) for problem in tables.check(folder))


def test_a_table_without_time_is_refused_with_what_it_lacks(tmp_path):
    folder = folder_of(tmp_path, "month", cells("month"), [1.0] * len(cells("month")))
    path = folder / "datapackage.json"
    text = (
        path.read_text(encoding="utf-8")
        .replace('"yearmonth"', '"string"')
        .replace('"day": "month"', '"a": 1')
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="a table over time; its description names in `day`"):
        Archive.read(folder)


@pytest.mark.parametrize("grain", COLUMNS)
def test_the_description_stays_a_frictionless_package(tmp_path, grain):
    folder = folder_of(tmp_path, grain, cells(grain), [1.0] * len(cells(grain)))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [
        {name: value for name, value in one.items() if name not in ("bytes", "hash")}
        for one in package["resources"][:1]
    ]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    report = frictionless.validate(folder / "datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_last_days_of_all_kinds():
    assert [str(day.date()) for day in last_days(["2024-02", "2023-02"], "month")] == [
        "2024-02-29",
        "2023-02-28",
    ]
    assert str(last_days(["2024-Q1"], "quarter")[0].date()) == "2024-03-31"
    assert str(last_days([2024], "year")[0].date()) == "2024-12-31"


SIGNED = [
    *(("°C", "Mean of July"), ("USD", "Result"), ("GBP/year", "Result"), ("percentage points", "Lead")),
    *(("persons/year", "Net migration"), ("percent", "Growth of output"), ("°C", "Anomaly of July")),
    ("mm", "Deviation of the rain from its mean"),
]
UNSIGNED = [("persons", "Bonnet makers"), ("fraction", "Change of mind"), ("km2", "Area"), ("C", "Grades")]


@pytest.mark.parametrize(("unit", "label"), SIGNED)
def test_what_may_fall_below_zero_says_so_by_its_unit_or_label(unit, label):
    assert list(below_zero(unit, label)) == []


@pytest.mark.parametrize(("unit", "label"), UNSIGNED)
def test_what_is_counted_is_never_negative_and_the_message_says_what_would_make_it_so(unit, label):
    ((field, value, told),) = below_zero(unit, label)
    assert (field, value) == ("value", "-2") and told.startswith(
        f"no negative number of {unit}; what may fall"
    )


def below_zero(unit: str, label: str):
    """The problems of two below zero of a quantity."""
    row = Archive.read(SECOND).statements[0].model_copy(update={"value": -2.0, "low": None, "high": None})
    quantity = Quantity(
        id="own", unit=unit, tense="forecast", kind="other", horizon_days=None, label=label, definition="All."
    )
    return row.problems(quantity)


WORDS = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}


@pytest.mark.parametrize("grain", COLUMNS)
def test_one_value_a_period_is_no_sum_and_several_are(tmp_path, grain):
    """A table of levels at a station, and the same with two rows a period in parts of their own."""
    about = cells(grain)
    folder = folder_of(tmp_path, grain, about, [float(at % 7) for at in range(len(about))])
    check = asked(sums="amounts", turn="2014-12-31", since="2005-01-01")
    archive = Archive.read(folder)
    finding = trend.check(archive, archive.claim("P06"), check)
    assert f"the {WORDS[grain]} value of" in finding.sentence and " sum of" not in finding.sentence
    assert f"Was the {WORDS[grain]} value of" in trend.METHOD.question(check, archive)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    own = next(one for one in package["resources"] if one["path"] == "tables/lorry_queue.csv")
    own["schema"]["fields"].append({"name": "gate", "type": "string", "constraints": REQUIRED})
    own["schema"]["primaryKey"].append("gate")
    path.write_text(json.dumps(package), encoding="utf-8")
    rows = "".join(f"{one},{at % 7},{gate}\n" for at, one in enumerate(about) for gate in ("east", "west"))
    (folder / "tables" / "lorry_queue.csv").write_text(f"{grain},rate,gate\n{rows}", encoding="utf-8")
    both = Archive.read(folder)
    assert f"Was the {WORDS[grain]} sum of" in trend.METHOD.question(check, both)
    for one in ({"where": {"gate": ["west"]}}, {"by": "gate"}):
        said = trend.METHOD.question(asked(**{**check.model_dump(), **one}), both)
        assert f"Was the {WORDS[grain]} value of" in said


@pytest.mark.parametrize(
    ("grain", "since", "until"),
    [
        ("month", ["2009-12-01", "2010-02-01", "2009-11-01"], ["2019-11-30", "2020-01-31", "2020-02-29"]),
        ("quarter", ["2009-10-01", "2010-04-01", "2009-07-01"], ["2019-09-30", "2020-03-31", "2020-06-30"]),
        ("year", ["2009-01-01", "2011-01-01", "2008-01-01"], ["2018-12-31", "2020-12-31", "2021-12-31"]),
    ],
)
def test_another_window_is_shifted_by_whole_periods_of_its_table(tmp_path, grain, since, until):
    about = cells(grain)
    archive = Archive.read(folder_of(tmp_path, grain, about, [float(at) for at in range(len(about))]))
    found = choices.alternatives(archive, asked())
    assert [str(one["since"]) for one in found["since"]] == since
    assert [str(one["until"]) for one in found["until"]] == until


def test_a_table_by_the_day_is_shifted_by_weeks(tmp_path):
    days = [str(date(2009, 1, 1) + timedelta(days=day)) for day in range(4100)]
    archive = Archive.read(folder_of(tmp_path, "date", days, [float(at) for at in range(4100)], span="day"))
    found = choices.alternatives(archive, asked())
    assert [str(one["until"]) for one in found["until"]] == ["2019-12-24", "2020-01-07", "2020-01-14"]
    check = asked(sums="amounts", turn="2014-12-31")
    assert "Was the weekly sum of" in trend.METHOD.question(check, archive)
