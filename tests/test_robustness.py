"""The worlds of a claim are those that the module describes, and a flip is the nearest that flips."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cost import usual_from_cold
from scipy.optimize import brentq

from utils import robustness, verdicts
from utils.archive import Archive
from utils.checks import METHODS, quantity
from utils.evidence.claims import Claim
from utils.robustness import choices

pytestmark = pytest.mark.campaign
SECONDS = 10
EXAMPLE = Path(__file__).parents[1] / "examples" / "record_heat"


def checks(archive):
    return [(claim, check) for claim in archive.claims for check in claim.built]


def with_checks(archive, *raw) -> Claim:
    plain = archive.claim("C15").model_dump(mode="json")
    return Claim.model_validate({**plain, "checks": raw})


CALL = {
    "method": "occurrence",
    "says": "it was so",
    "counts": ["trump_zelensky_call"],
    "since": "2024-11-05",
    "until": "2024-11-12",
}
OTHER = {**CALL, "counts": ["trump_putin_call"]}
TREND = {
    "method": "trend",
    "table": "area_by_oblast",
    "value": "area_km2",
    "where": {"oblast": ["Kursk"], "status": ["ukrainian_held"]},
    "since": "2024-10-01",
    "until": "2024-11-12",
    "direction": "down",
}


def counted(archive, claim):
    """How many worlds there are of each kind."""
    kinds = {}
    for world in robustness.worlds(archive, claim):
        check, choice, _ = world.what[0]
        kind = f"{len(world.what)} of {check}" if check else choice
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def test_the_worlds_of_one_check_are_all_single_changes_and_all_pairs(archive):
    # Three ways to read letters, two crowdings, two priors, and one other way each to treat the warring
    # parties, the days and the standing: 10, and of their pairs (10² - 3² - 2² - 2² - 1 - 1 - 1) / 2 = 40.
    origins = verdicts.verdict(archive, with_checks(archive, CALL)).tellers
    assert counted(archive, with_checks(archive, CALL)) == {
        "1 of occurrence": 10,
        "2 of occurrence": 40,
        "without origin": origins,
    }


def test_lines_and_warring_parties_are_worlds_only_where_there_are_several(archive):
    first, second = {**CALL, "name": "a"}, {**OTHER, "name": "b"}
    lines = counted(archive, with_checks(archive, first, second))
    assert lines["without check"] == 2 and lines["interested parties in all checks"] == 1
    apart = with_checks(archive, {**first, "condition": "x"}, {**second, "condition": "y"})
    assert "without check" not in counted(archive, apart)
    read = with_checks(archive, {**first, "reading": "x"}, {**second, "reading": "y"})
    assert "without check" not in counted(archive, read)


def test_choices_that_do_not_fit_together_are_no_worlds(archive):
    claim = with_checks(archive, {**TREND, "since": "2024-11-01", "least_weeks": 2})
    worlds = [{name: new[name] for _, name, new in world.what} for world in robustness.worlds(archive, claim)]
    late, early = {"since": date(2024, 11, 8)}, {"until": date(2024, 11, 5)}
    with pytest.raises(ValueError, match="since before until"):
        claim.vary("trend", **late, **early)
    assert late in worlds and early in worlds and late | early not in worlds
    # since, until and memory have 3, 3 and 2 others; of the pairs one does not fit.
    assert len(worlds) == 8 + (9 - 1) + 6 + 6


def test_a_world_is_the_claim_judged_with_its_choices(archive):
    seen = archive.as_of(archive.article.published)
    for name in ("C04", "C11", "C13"):
        claim = seen.claim(name)
        for world in robustness.worlds(seen, claim)[::40]:
            if world.what[0][0] is None:
                continue
            varied = claim.vary(
                world.what[0][0], **{key: value for _, _, new in world.what for key, value in new.items()}
            )
            afresh = verdicts.verdict(seen, varied)
            assert world.labels[None] == afresh.label
            assert {one.reading: one.label for one in afresh.readings if one.reading} == {
                reading: label for reading, label in world.labels.items() if reading
            }


def test_leaving_out_an_origin_or_a_line_or_the_warring_parties(archive):
    claim = archive.claim("C11")
    alone = {
        (choice, new): world.labels
        for world in robustness.worlds(archive, claim)
        if len(world.what) == 1
        for check, choice, new in world.what
        if check is None
    }
    verdict = verdicts.verdict(archive, claim)
    used = {row for finding in verdict.findings for row in finding.evidence}
    origins = {archive.statement(row).origin for row in used}
    assert {new for choice, new in alone if choice == "without origin"} == origins
    for origin in sorted(origins)[::6]:
        left = tuple(row for row in archive.statements if row.origin != origin)
        assert (
            alone["without origin", origin][None]
            == verdicts.verdict(replace(archive, statements=left), claim).label
        )
    silent = {new for choice, new in alone if choice == "without check"}
    assert "units_moved" in silent and "recruits_and_losses" not in silent
    for name in silent:
        left = claim.model_copy(update={"checks": tuple(one for one in claim.checks if one.key != name)})
        assert alone["without check", name][None] == verdicts.verdict(archive, left).label
    other = claim
    for check in claim.built:
        if "belligerents" in type(check).model_fields:
            other = other.vary(check.key, belligerents=not check.belligerents)
    assert (
        alone["interested parties in all checks", "switched"][None] == verdicts.verdict(archive, other).label
    )


def test_the_share_is_that_of_the_worlds_that_keep_the_label(archive):
    for name in ("C01", "C05", "C16"):
        claim = archive.claim(name)
        found, worlds = robustness.robustness(archive, claim), robustness.worlds(archive, claim)
        label = verdicts.verdict(archive, claim).label
        assert (found.label, found.worlds) == (label, len(worlds))
        assert found.share == sum(world.labels[None] == label for world in worlds) / len(worlds)
        assert [flip.size for flip in found.flips] == sorted(flip.size for flip in found.flips)
        assert found.smallest is (found.flips[0] if found.flips else None)


def test_readings_have_a_robustness_of_their_own(archive):
    claim = archive.claim("C05")
    found, worlds = robustness.robustness(archive, claim), robustness.worlds(archive, claim)
    readings = verdicts.verdict(archive, claim).readings
    assert [(one.reading, one.label) for one in found.readings] == [
        (one.reading, one.label) for one in readings
    ]
    for one in found.readings:
        assert one.kept == sum(world.labels[one.reading] == one.label for world in worlds)
    assert robustness.robustness(archive, archive.claim("C01")).readings == ()


def test_halving_finds_the_tolerance_at_which_the_label_flips(archive):
    """A claim that is just supported, with a tolerance of a tenth more than the least that is enough."""
    exact = archive.claim("C01")
    check = exact.parameters("quantity")
    answer = quantity.answers(archive, check)[0].answer
    threshold = brentq(
        lambda tolerance: (
            answer.within(check.value * (1 - tolerance), check.value * (1 + tolerance))
            - verdicts.SUPPORT_FROM
        ),
        check.tolerance,
        0.99,
    )
    claim = exact.vary("quantity", tolerance=1.1 * threshold)
    check = claim.parameters("quantity")
    assert verdicts.verdict(archive, claim).label == verdicts.SUPPORTED
    flip = next(flip for flip in robustness.robustness(archive, claim).flips if flip.choice == "tolerance")
    step = abs(check.tolerance - 0.75 * check.tolerance) / 2**robustness.HALVINGS
    assert threshold - step <= flip.new <= threshold
    assert flip.size == pytest.approx((check.tolerance - flip.new) / check.tolerance)
    assert verdicts.verdict(archive, claim.vary("quantity", tolerance=flip.new)).label == flip.label


def test_every_flip_flips(archive):
    for name in ("C01", "C05", "C11", "C13", "C16"):
        claim = archive.claim(name)
        found = robustness.robustness(archive, claim)
        for flip in found.flips:
            if flip.check is not None:
                changes = (
                    flip.new
                    if isinstance(flip.old, dict)
                    and flip.choice not in type(claim.parameters(flip.check)).model_fields
                    else {flip.choice: flip.new}
                )
                verdict = verdicts.verdict(archive, claim.vary(flip.check, **changes))
                assert verdict.label == flip.label != found.label, flip


def test_every_alternative_is_one(archive):
    """A parameter of its method or a set of them, valid, and another value than the claim's."""
    seen = set()
    # A table with several makers is the example's alone.
    every = [(one, *pair) for one in (archive, Archive.read(EXAMPLE)) for pair in checks(one)]
    for known, claim, check in every:
        for name, options in choices.alternatives(known, check).items():
            fields = type(check).model_fields
            for one in options:
                assert set(one) <= set(fields), (check.method, name)
                varied = claim.vary(check.key, **one).parameters(check.key)
                assert varied != check, (claim.id, check.key, name, one)
                seen.add((check.method, name))
    declared = {(method.name, name) for method in METHODS.values() for name in method.alternatives}
    assert declared == seen


@pytest.mark.alone
def test_the_robustness_of_all_claims_is_fast(archive, record_property):
    found = {}
    seconds = usual_from_cold(lambda: found.update(robustness.ledger(archive)), SECONDS)
    record_property("seconds for the robustness of all claims", round(seconds, 2))
    assert len(found) == 18 and all(one.worlds > 2 for one in found.values())
    assert seconds < SECONDS


@pytest.mark.parametrize(
    ("oblasts", "least", "others"),
    [
        (("Donetsk", "Sumy"), 2, []),
        (("Donetsk", "Sumy"), 1, [2]),
        (("Donetsk",), 1, []),
        ((), 7, [8]),
        ((), 8, []),
    ],
)
def test_a_claim_of_every_series_is_asked_of_no_further_one(archive, oblasts, least, others):
    where = {"oblast": oblasts, "status": ["occupied"]} if oblasts else {"status": ["occupied"]}
    raw = {**TREND, "where": where, "by": "oblast", "least": least, "direction": "up"}
    check = with_checks(archive, raw).parameters("trend")
    assert choices.alternatives(archive, check)["least"] == [{"least": one} for one in others]
