"""A figure of a month, quarter or year is a witness for that one alone, and the sentence names it."""

from datetime import date

import pytest
from folders import SECOND

from utils.archive import Archive
from utils.checks import quantity
from utils.checks.claimed import QuantityCheck
from utils.checks.quantity import METHOD
from utils.evidence.periods import Grain, first_day, last_day, whole
from utils.evidence.spans import of_another_period, period
from utils.sentences.values import Reason
from utils.words import written_period

ON = date(2031, 4, 16)


@pytest.fixture(scope="module")
def strait():
    return Archive.read(SECOND)


def told(strait, about, grain: Grain, *figures: tuple[str, float]):
    """The archive with what some tell of the pilots hired in a period, or of what stands in the halls."""
    first, last = first_day(about, grain), last_day(about, grain)
    plain = strait.statements[0].model_dump()
    return [
        {
            **plain,
            "id": f"X{first:%y%m}{at}{grain[0]}",
            "origin": f"X-{first}-{at}-{grain}",
            "source": source,
            "value": value,
            "valid_from": first,
            "valid_to": last,
            "published": date(2031, 5, 19),
        }
        for at, (source, value) in enumerate(figures)
    ]


def asked(counts: str, **more) -> QuantityCheck:
    given = {"method": "quantity", "value": 40, "tolerance": 0.2, "on": ON, "counts": [counts]}
    return QuantityCheck.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("grain", "this", "other", "name"),
    [("month", "2031-04", "2031-03", "April 2031"), ("quarter", "2031-Q1", "2030-Q4", "Q1 2031")],
)
def test_the_period_before_is_no_witness_and_this_one_has_its_name(strait, grain, this, other, name):
    sources = [*strait.sources][:4]
    counts, on = "pilots_hired", last_day(this, grain)
    own = told(strait, this, grain, *((one, 40 + at) for at, one in enumerate(sources[:2])))
    before = told(strait, other, grain, *((one, 400.0) for one in sources[2:4]))
    rows = [{**row, "quantity": counts} for row in (*own, *before)]
    archive = strait.without(*(row.id for row in strait.about(counts))).with_rows(*rows)
    finding = quantity.check(archive, archive.claims[0], asked(counts, on=on))
    alone = quantity.check(
        archive.without(*(row["id"] for row in before)), archive.claims[0], asked(counts, on=on)
    )
    assert set(finding.evidence) == {row["id"] for row in own}
    assert {finding.unused[row["id"]] for row in before} == {Reason.OTHER_DAYS}
    assert (finding.probability, finding.estimate) == (alone.probability, alone.estimate)
    assert f"the number for {name} at" in finding.sentence
    assert METHOD.question(asked(counts, on=on), archive).endswith(f"how many persons in {name}?")


def test_what_stands_on_some_days_wanders_on_to_others(strait):
    """A stock of a whole month is a vague day, and still tells of the month after."""
    (row, *_) = told(strait, "2031-03", "month", ("al_ports", 8000.0))
    archive = strait.with_rows({**row, "quantity": "passengers_in_halls"})
    check = asked("passengers_in_halls")
    assert row["id"] in quantity.check(archive, archive.claims[0], check).considered
    assert any(one.row.id == row["id"] for one in quantity.witnesses(archive, check))
    assert period(archive, ["passengers_in_halls"], date(2031, 3, 9)) is None


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2024-02-01", "2024-02-29", "month"),
        ("2023-02-01", "2023-02-27", None),
        ("2024-10-01", "2024-12-31", "quarter"),
        ("2024-02-01", "2024-04-30", None),
        ("2024-01-01", "2024-12-31", "year"),
        ("2024-01-01", "2024-10-31", None),
        ("2024-01-01", "2024-01-01", None),
    ],
)
def test_a_whole_period_has_its_first_day_and_its_last(first, last, grain):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert whole(*days) == grain


@pytest.mark.parametrize(
    ("grain", "words"),
    [("year", "2031"), ("quarter", "Q2 2031"), ("month", "April 2031"), (None, "16 April 2031")],
)
def test_a_period_in_words(grain, words):
    assert written_period(ON, grain) == words


def test_a_figure_of_some_days_is_of_no_other_period(strait):
    row = next(row for row in strait.statements if whole(row.valid_from, row.valid_to) is None)
    assert not of_another_period(row, "rate", date(1999, 1, 1))
