"""Laws of the whole ledger: no party is special, no day knows the next, and no verdict changes unseen."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import golden
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import robustness, verdicts
from utils.archive import DATA, Archive
from utils.evidence import vintages
from utils.evidence.schema import Statement
from utils.evidence.vintages import Tables
from utils.verdicts import Verdict


def test_the_ledger_is_the_one_that_was_reviewed(archive):
    """After a change that is meant: `python tests/golden.py`, and show the difference in review."""
    assert golden.ledger(archive) == golden.read()


def renamed(archive: Archive, names: dict[str, str], *, flags: bool) -> Archive:
    """Parties under other names in sources and datasets; with `flags`, in the article too."""
    parties = {names[name]: party for name, party in archive.article.parties.items()}
    others = Tables(DATA)
    others._frames = archive.tables._frames
    vars(others)["datasets"] = {
        name: one.model_copy(update={"party": names[one.party]})
        for name, one in archive.tables.datasets.items()
    }
    return replace(
        archive,
        article=archive.article.model_copy(update={"parties": parties}) if flags else archive.article,
        sources={
            name: one.model_copy(update={"party": names[one.party], "co_party": names.get(one.co_party)})
            for name, one in archive.sources.items()
        },
        tables=others,
    )


def permutations(names: list[str]) -> list[dict[str, str]]:
    shuffled = [random.Random(seed).sample(names, len(names)) for seed in range(4)]
    unknown = [f"party-{place}" for place in range(len(names), 0, -1)]
    return [dict(zip(names, other, strict=True)) for other in (sorted(names)[::-1], *shuffled, unknown)]


def without_witnesses(archive: Archive) -> dict[str, list[Verdict]]:
    """The verdicts on both clocks but for the records of the witnesses, which name parties by their ids."""
    return {
        clock: [
            replace(one, findings=tuple(replace(finding, witnesses=()) for finding in one.findings))
            for one in verdicts.ledger(seen)
        ]
        for clock, seen in golden.clocks(archive).items()
    }


@pytest.mark.campaign
def test_a_party_by_another_name_gets_the_same_verdicts(archive):
    reviewed = without_witnesses(archive)
    for names in permutations(list(archive.article.parties)):
        other = renamed(archive, names, flags=True)
        assert without_witnesses(other) == reviewed


@pytest.mark.campaign
def test_the_two_sides_in_each_others_place_get_the_same_verdicts(archive):
    same = {name: name for name in archive.article.parties}
    mirrored = renamed(archive, {**same, "ua": "ru", "ru": "ua"}, flags=False)
    assert mirrored.sources["zelensky"].party == "ru"
    assert golden.ledger(mirrored) == golden.ledger(archive)
    for name in ("C08", "C11", "C15"):
        assert robustness.robustness(mirrored, archive.claim(name)) == robustness.robustness(
            archive, archive.claim(name)
        )


@pytest.mark.long
def test_who_fights_in_the_war_does_matter(archive):
    """The control of the two tests above: another change of parties is seen."""
    same = {name: name for name in archive.article.parties}
    assert golden.ledger(renamed(archive, {**same, "ua": "us", "us": "ua"}, flags=False)) != golden.ledger(
        archive
    )


LATER = st.integers(1, 400)
CHANGES = st.fixed_dictionaries(
    {
        "value": st.none() | st.floats(0, 1e6),
        "stance": st.sampled_from(["affirms", "denies", "unconfirmed"]),
        "access": st.sampled_from(["official", "anonymous", "count", "model"]),
        "status": st.sampled_from(["sound", "sound", "sound", "garbled"]),
    }
)


def asked_quantities(archive: Archive) -> list[str]:
    return sorted(
        {name for claim in archive.claims for check in claim.built for name in check.quantities_used()}
    )


@st.composite
def statements(draw, archive: Archive, day: date) -> Statement:
    """Anything that anybody might say of what the checks ask, after the day."""
    published = day + timedelta(days=draw(LATER))
    meant = published - timedelta(days=draw(st.integers(0, 500)))
    number = draw(st.integers(0, 10**6))
    # Often a known origin or outlet: a relay of what was said long before.
    origin = draw(st.sampled_from([row.origin for row in archive.statements]) | st.just(f"new-{number}"))
    cells = {
        "id": f"Z{number}",
        "quantity": draw(st.sampled_from(asked_quantities(archive))),
        "source": draw(st.sampled_from(sorted(archive.sources))),
        "outlet": draw(st.sampled_from(["New outlet", *(row.outlet for row in archive.statements)])),
        "origin": origin,
        "valid_from": meant,
        "valid_to": meant,
        "published": published,
        "low": None,
        "high": None,
        **draw(CHANGES),
    }
    return archive.rows["S019"].model_copy(update=cells)


def with_future(archive: Archive, day: date, added: list[Statement], factor: float) -> Archive:
    """The archive with more statements, and with tables whose rows are others from the day on."""
    future = Tables(DATA)
    at = pandas.Timestamp(day)
    for name in ("area_by_oblast", "isw_area"):
        frame, published, lag = archive.tables._frame(name)
        frame = frame.copy()
        frame.loc[published > at, "area_km2"] *= factor
        more = frame[published > at].assign(date=lambda rows: rows["date"] + pandas.Timedelta(days=900))
        frame = pandas.concat([frame, more], ignore_index=True)
        future._frames[name] = (frame, vintages._published(frame, archive.tables.declared[name], lag), lag)
    frame, published, lag = archive.tables._frame("unit_postings")
    frame = frame.copy()
    frame.loc[published > at, "oblast"] = "Kursk"
    goes_on = (frame["last_seen"] >= at - lag) & (published <= at)
    frame.loc[goes_on, "last_seen"] = at - lag + pandas.Timedelta(days=int(factor * 10))
    future._frames["unit_postings"] = (
        frame,
        vintages._published(frame, archive.tables.declared["unit_postings"], lag),
        lag,
    )
    by_publication = sorted((*archive.statements, *added), key=lambda row: (row.published, row.id))
    return replace(archive, statements=tuple(by_publication), tables=future)


DAYS = st.dates(date(2024, 8, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def known(archive):
    """The ledger, and the robustness of a claim, of a day, each computed once."""
    ledger = cache(lambda day: verdicts.ledger(archive.as_of(day)))
    robust = cache(lambda day, name: robustness.robustness(archive.as_of(day), archive.claim(name)))
    return ledger, robust


@pytest.mark.campaign
@settings(max_examples=40, deadline=None)
@given(data=st.data(), day=DAYS, factor=st.floats(0, 50))
def test_what_comes_later_changes_nothing_that_was_known_before(archive, known, data, day, factor):
    ledger, _ = known
    added = data.draw(st.lists(statements(archive, day), max_size=5, unique_by=lambda row: row.id))
    more = with_future(archive, day, added, factor)
    assert verdicts.ledger(more.as_of(day)) == ledger(day)


@pytest.mark.campaign
@settings(max_examples=10, deadline=None)
@given(
    data=st.data(),
    day=DAYS,
    factor=st.floats(0, 50),
    name=st.sampled_from(["C05", "C08", "C11", "C13", "C15"]),
)
def test_what_comes_later_changes_no_robustness(archive, known, data, day, factor, name):
    _, robust = known
    added = data.draw(st.lists(statements(archive, day), max_size=5, unique_by=lambda row: row.id))
    more = with_future(archive, day, added, factor)
    assert robustness.robustness(more.as_of(day), archive.claim(name)) == robust(day, name)


def test_what_comes_later_does_change_what_is_known_then(archive):
    """The control: the same rows are seen on a later day."""
    day = date(2024, 11, 12)
    more = with_future(archive, day, [], 3.0)
    later = date(2025, 3, 1)
    assert verdicts.ledger(more.as_of(later)) != verdicts.ledger(archive.as_of(later))
