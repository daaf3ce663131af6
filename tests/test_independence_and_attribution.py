"""Independent figures and statements on hand-made data, with answers worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from utils import verdicts
from utils.archive import Archive
from utils.checks import attribution, independence, relaying
from utils.checks.attribution import AttributionCheck
from utils.checks.independence import IndependenceCheck
from utils.evidence import problems
from utils.sentences.values import Reason


def row(archive, name, **cells):
    """A sound row of a single day that states nothing but its stance, changed."""
    day = cells.get("valid_from", date(2024, 9, 1))
    plain = {"id": name, "origin": name, "outlet": name, "value": None, "low": None, "high": None}
    plain |= {"valid_from": day, "valid_to": day, "published": day, "stance": "affirms", "status": "sound"}
    return archive.rows["S199"].model_copy(update={**plain, **cells})


def shown(archive, day, *rows):
    known = tuple(sorted(rows, key=lambda row: (row.published, row.id)))
    return replace(archive, statements=known).as_of(day)


def figure(archive, name, source="isw", **cells):
    plain = {"quantity": "ua_held_area_kursk_km2", "source": source, "value": 800.0, "stance": None}
    return row(archive, name, **{**plain, "access": "count", **cells})


TODAY = date(2025, 6, 30)


def judged_figures(archive, *rows, clock=date(2024, 11, 12), **changes):
    plain = {"method": "independence", "counts": ["ua_held_area_kursk_km2"]}
    days = {"since": "2024-08-06", "until": "2024-11-12"}
    asked = IndependenceCheck.model_validate({**plain, **days, **changes})
    small = shown(archive, clock, *rows)
    return independence.check(small, small.claim("C08"), asked)


def test_every_further_figure_halves_the_chance_that_nothing_can_be_verified(archive):
    figures = [figure(archive, source, source) for source in ("isw", "nis", "us_dod")]
    for count in (1, 2, 3):
        finding = judged_figures(archive, *figures[:count])
        assert finding.probability == pytest.approx(0.5**count)
        assert finding.outside_tellers == finding.counted_tellers == count
    assert (finding.interval.low, finding.interval.high) == pytest.approx((0.5**6, 0.5**1.5))
    assert verdicts.label(finding) == verdicts.REFUTED
    assert judged_figures(archive, *figures, shared_share=0.9).probability == pytest.approx(0.729)
    assert "3 tellers" in finding.sentence and "South Korea" in finding.sentence


@pytest.mark.parametrize(
    "cells",
    [
        {"source": "syrskyi"},
        {"source": "deepstate"},
        {"access": "official"},
        {"status": "garbled"},
        {"value": None, "stance": "affirms"},
        {"valid_from": date(2024, 8, 1)},
    ],
    ids=["a warring party", "close to one", "not countable", "garbled", "no figure", "another time"],
)
def test_what_is_no_independent_figure(archive, cells):
    finding = judged_figures(archive, figure(archive, "A", **cells))
    assert finding.probability == 1 and finding.enough and finding.evidence == ()
    assert verdicts.label(finding) == verdicts.SUPPORTED


def test_without_any_row_nothing_can_be_said_of_independence(archive):
    finding = judged_figures(archive)
    assert finding.probability is None and not finding.enough


def test_a_teller_and_an_origin_count_once(archive):
    again = [figure(archive, "A"), figure(archive, "B")]
    repeated = figure(archive, "C", "nis", origin="A")
    assert judged_figures(archive, *again, repeated).evidence == ("A",)


def test_what_was_published_later_did_not_verify_it_then(archive):
    figures = [figure(archive, "A"), figure(archive, "B", "nis"), figure(archive, "C", "us_dod")]
    figures[1] = figures[1].model_copy(update={"published": date(2024, 11, 12)})
    figures[2] = figures[2].model_copy(update={"published": date(2024, 11, 13)})
    then, today = (judged_figures(archive, *figures, clock=day) for day in (date(2024, 11, 12), TODAY))
    assert then.probability == today.probability == 0.25
    assert then.sentence == today.sentence and "by 12 November 2024" in today.sentence
    assert today.evidence == ("A", "B") and today.unused == {"C": Reason.LATER}
    # What was public by a day that is over stays so, however old it is.
    assert today.speaks_until is None
    earlier = judged_figures(archive, *figures, clock=TODAY, by="2024-11-11")
    assert earlier.evidence == ("A",) and "by 11 November 2024" in earlier.sentence


def test_what_only_came_later_is_no_evidence_of_then(archive):
    late = figure(archive, "A", published=date(2024, 11, 20))
    finding = judged_figures(archive, late, clock=TODAY)
    assert finding.probability is None and not finding.enough


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(st.integers(-60, 60), min_size=1, max_size=6),
    sources=st.permutations(["isw", "nis", "us_dod", "uk_mod", "kluge", "syrskyi"]),
)
def test_no_row_published_after_the_day_changes_the_answer(archive, days, sources):
    asked_of = archive.article.published
    figures = [
        figure(archive, source, source, published=asked_of + timedelta(days=after))
        for source, after in zip(sources, days, strict=False)
    ]
    then, today = (judged_figures(archive, *figures, clock=day) for day in (asked_of, TODAY))
    assert (then.probability, then.evidence, then.sentence) == (
        today.probability,
        today.evidence,
        today.sentence,
    )


def resting(archive, **on):
    """The archive with sources that work on the figures of others."""
    changed = {
        name: archive.sources[name].model_copy(update={"derived_from": other}) for name, other in on.items()
    }
    return replace(archive, sources={**archive.sources, **changed})


def test_whoever_works_on_anothers_figures_is_no_check_of_its_own(archive):
    figures = [figure(archive, name, name) for name in ("us_dod", "isw", "nis")]
    assert judged_figures(archive, *figures).probability == 0.125
    told = judged_figures(resting(archive, us_dod="isw"), *figures)
    # The one on whom the other rests speaks, also where it was published later.
    assert told.probability == 0.25 and told.evidence == ("isw", "nis")
    assert told.unused == {"us_dod": Reason.DERIVED}
    one = judged_figures(resting(archive, us_dod="isw", isw="nis"), *figures)
    assert one.probability == 0.5 and one.evidence == ("nis",)
    # Without the other's own figure, one of them stands for it.
    assert judged_figures(resting(archive, us_dod="nis", isw="nis"), *figures[:2]).evidence == ("isw",)


def test_whoever_works_on_a_warring_partys_map_is_no_outsider(archive):
    told = judged_figures(resting(archive, nis="deepstate"), figure(archive, "A", "nis"))
    assert told.probability == 1 and told.unused == {"A": Reason.PARTIAL}
    assert judged_figures(archive, figure(archive, "A", "nis")).probability == 0.5


def test_what_counts_as_a_check_can_be_chosen(archive):
    rows = [figure(archive, "A", "syrskyi"), figure(archive, "B", "nis", access="official")]
    assert judged_figures(archive, *rows, access=["official"]).evidence == ("B",)
    assert judged_figures(archive, *rows, belligerents=True).evidence == ("A",)


def statement_asked(**changes):
    plain = {"method": "attribution", "speaker": "Zelensky", "sources": ["zelensky"], "stance": "affirms"}
    plain |= {"quantities": ["nk_losses_acknowledged_by_ua"], "since": "2024-11-07", "until": "2024-11-12"}
    return AttributionCheck.model_validate({**plain, **changes})


def telling(archive, name, day=date(2024, 11, 7), **cells):
    plain = {"quantity": "nk_losses_acknowledged_by_ua", "source": "zelensky", "valid_from": day}
    return row(archive, name, **{**plain, **cells})


def judged_statement(archive, *rows, **changes):
    small = shown(archive, date(2024, 12, 31), *rows)
    return attribution.check(small, small.claim("C09"), statement_asked(**changes))


def test_outlets_that_have_the_speaker_say_so_weigh_as_the_harmonic_sum(archive):
    alone = judged_statement(archive, telling(archive, "A"))
    assert alone.probability == pytest.approx(4 / 5)
    assert not alone.enough and verdicts.label(alone) == verdicts.NOT_ENOUGH
    two = judged_statement(archive, telling(archive, "A"), telling(archive, "B"))
    assert two.probability == pytest.approx(8 / 9)  # the second outlet doubles the odds of four to one
    assert two.enough and (two.evidence, two.direction) == (("A", "B"), "for")
    assert (two.interval.low, two.interval.high) == pytest.approx(
        (2**1.5 / (1 + 2**1.5), 8**1.5 / (1 + 8**1.5))
    )


def test_an_outlet_counts_once(archive):
    rows = [telling(archive, name, outlet="one paper") for name in "ABC"]
    assert judged_statement(archive, *rows).evidence == ("A",)


def test_a_denial_by_the_same_speaker_divides_the_odds(archive):
    rows = [telling(archive, "A"), telling(archive, "B"), telling(archive, "C", stance="denies")]
    finding = judged_statement(archive, *rows)
    assert finding.probability == pytest.approx(2 / 3)
    assert finding.opposed and verdicts.label(finding) == verdicts.CONFLICTING
    turned = judged_statement(archive, *rows, stance="denies")
    assert turned.probability == pytest.approx(1 / 3) and turned.direction == "against"


@pytest.mark.parametrize(
    "cells",
    [
        {"source": "syrskyi"},
        {"quantity": "nk_killed"},
        {"stance": "unconfirmed"},
        {"status": "doubtful"},
        {"day": date(2024, 11, 13)},
    ],
    ids=["another speaker", "another quantity", "neither way", "doubtful", "another time"],
)
def test_what_is_no_statement_of_the_speaker(archive, cells):
    finding = judged_statement(archive, telling(archive, "A", **cells))
    assert finding.probability is None and not finding.enough


def test_a_statement_counts_by_the_day_it_is_meant_for_or_printed(archive):
    early, late = date(2024, 11, 1), date(2024, 11, 20)
    printed = telling(archive, "A", early, published=date(2024, 11, 8))
    meant = telling(archive, "B", published=late)
    neither = telling(archive, "C", early, published=late)
    assert judged_statement(archive, printed, meant, neither).evidence == ("A", "B")


def test_a_figure_is_judged_as_before(archive):
    claim = archive.claim("C02")
    finding = attribution.check(archive, claim, claim.parameters("attribution"))
    weight = relaying.effective_witnesses(len(finding.evidence))
    assert finding.probability == pytest.approx(1 / (1 + 4.0**-weight))


@pytest.mark.parametrize(
    ("model", "cells"),
    [
        (AttributionCheck, {"speaker": "X"}),
        (AttributionCheck, {"speaker": "X", "origin": "x"}),
        (AttributionCheck, {"speaker": "X", "origin": "x", "value": 1, "stance": "affirms"}),
        (AttributionCheck, {"speaker": "X", "sources": ["a"], "quantities": ["b"], "stance": "affirms"}),
        (IndependenceCheck, {"counts": ["a"], "since": "2024-11-02", "until": "2024-11-01"}),
        (IndependenceCheck, {"counts": [], "since": "2024-11-01", "until": "2024-11-02"}),
    ],
)
def test_wrong_parameters_are_refused(model, cells):
    with pytest.raises(ValidationError):
        model.model_validate({"method": model.__name__.removesuffix("Check").lower(), **cells})


@pytest.mark.parametrize(
    "cells",
    [
        {"since": "2024-11-13"},
        {"origin": "x", "value": 1},
        {"stance": "unconfirmed"},
        {"sources": []},
    ],
)
def test_a_half_named_statement_is_refused(cells):
    with pytest.raises(ValidationError):
        statement_asked(**cells)


def test_an_unknown_speaker_is_named_with_its_line(folder):
    check = "{method: attribution, speaker: X, sources: [nobody], quantities: [nk_killed], stance: affirms,"
    text = (folder / "claims.yaml").read_text("utf-8")
    head = text.index("checks:", text.index("id: C14"))
    tail = text.index("\n  - id: C15", head)
    days = " since: 2024-11-01, until: 2024-11-12}"
    (folder / "claims.yaml").write_text(
        f"{text[:head]}checks:\n      - {check}{days}\n{text[tail:]}", encoding="utf-8"
    )
    with pytest.raises(problems.DataError, match=r"nobody.*the id of a known source"):
        Archive.read(folder)


def speech(archive, *rows, **changes):
    """What is found of a speech in which somebody is said to have counted 12,000."""
    small = shown(archive, date(2024, 12, 31), *rows)
    plain = {"method": "attribution", "speaker": "the speaker", "origin": "SPEECH", "value": 12_000}
    return attribution.check(small, small.claim("C09"), AttributionCheck.model_validate({**plain, **changes}))


def of_speech(archive, name, quantity, value, **cells):
    plain = {"quantity": quantity, "value": value, "origin": "SPEECH", "source": "zelensky", "stance": None}
    return row(archive, name, **{**plain, **cells})


def test_an_outlet_that_printed_another_figure_of_the_speech_is_not_charged(archive):
    rows = [
        of_speech(archive, "A", "nk_killed", 12_000),
        of_speech(archive, "B", "nk_killed", 12_000),
        of_speech(archive, "C", "nk_casualties", 900),
        of_speech(archive, "D", "nk_killed", 11_000),
    ]
    finding = speech(archive, *rows)
    assert "2 give the figure as claimed, 1 changed it" in finding.sentence
    assert finding.evidence == ("A", "B")
    assert finding.unused == {"C": Reason.OTHER_FIGURE, "D": Reason.NOT_AS_CLAIMED}


def test_a_later_row_of_an_outlet_is_read_where_the_first_is_of_something_else(archive):
    rows = [
        of_speech(archive, "A", "nk_casualties", 900, outlet="one paper"),
        of_speech(archive, "B", "nk_killed", 12_000, outlet="one paper"),
        of_speech(archive, "C", "nk_killed", 12_000),
    ]
    assert speech(archive, *rows).evidence == ("B", "C")


def test_the_figure_may_be_told_by_its_quantity(archive):
    """Where the same number was said of two things, the claim says which."""
    rows = [
        of_speech(archive, "A", "nk_killed", 12_000),
        of_speech(archive, "B", "nk_casualties", 12_000),
        of_speech(archive, "C", "nk_killed", 12_000),
    ]
    assert speech(archive, *rows).evidence == ("A", "B", "C")
    assert speech(archive, *rows, quantities=["nk_killed"]).evidence == ("A", "C")
    assert "none gives" not in speech(archive, *rows, quantities=["nk_casualties"]).sentence


def test_a_figure_that_was_turned_into_something_else_is_told(archive):
    rows = [
        of_speech(archive, "A", "nk_killed", 12_000),
        of_speech(archive, "B", "nk_casualties", 12_000, status="garbled"),
    ]
    assert "1 changed it" in speech(archive, *rows).sentence
