"""Numbers of a claims file at the ends of what they may be: each is judged in words, or refused in a line."""

import contextlib
import math
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from folders import ROOT, SECOND

from utils import verdicts
from utils.archive import Archive
from utils.checks import METHODS
from utils.evidence.claims import Claim
from utils.evidence.parameters import BuiltCheck

ENDS = (
    *(-1e300, -1.0, 0, 5e-324, 1e-300, 1e-18, 1e-9, 1e-6, 0.01, 0.5, 1 - 1e-6, 1 - 2**-53, 1, 2),
    *(5.0, 10.0, 100.0, 1e3, 1e4, 10_000, 1e6, 10**9, 1e9, 1e18, 1.1e18, 1e300, 1.7e308),
)


def numbers(check: BuiltCheck) -> Iterator[tuple[str, str | None]]:
    """Where the numbers of a check stand: the name of a parameter, and of its part."""
    for name, one in check.model_dump().items():
        for part, value in one.items() if isinstance(one, dict) else [(None, one)]:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield name, part


def checks(archive: Archive) -> Iterator[tuple[Claim, BuiltCheck]]:
    """Every check, with its claim."""
    return ((claim, check) for claim in archive.claims for check in claim.built)


def changed(claim: Claim, check: BuiltCheck, name: str, part: str | None, value: float) -> Claim:
    """The claim with another number for its check; ValueError for one that is refused."""
    of_all = getattr(claim.parameters(check.key), name)
    return claim.vary(check.key, **{name: value if part is None else {**of_all, part: value}})


def judged(archive: Archive, claim: Claim) -> None:
    """The verdict on a claim of the archive that has been changed is told in words and finite numbers."""
    claims = tuple(claim if one.id == claim.id else one for one in archive.claims)
    verdict = verdicts.verdict(replace(archive, claims=claims), claim)
    assert str(verdict)
    for finding in verdict.findings:
        assert finding.sentence.endswith(".") and "nan" not in finding.sentence
        assert finding.probability is None or 0 <= finding.probability <= 1
        ends = [
            finding.estimate,
            *((finding.interval.low, finding.interval.high) if finding.interval else ()),
        ]
        assert all(math.isfinite(one) for one in ends if one is not None), ends


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("method", METHODS)
def test_every_number_of_a_check_is_judged_or_refused(second, method):
    taken = refused = 0
    for claim, check in checks(second):
        asked = numbers(check) if check.method == method else ()
        for (name, part), value in product(asked, ENDS):
            try:
                new = changed(claim, check, name, part, value)
            except ValueError:
                refused += 1
                continue
            judged(second, new)
            taken += 1
    assert refused > 3 and taken > 3


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("folder", [SECOND, ROOT / "examples" / "record_heat"], ids=["second", "heat"])
def test_several_numbers_at_their_ends_are_judged(folder):
    archive, draw = Archive.read(folder), random.Random(7)
    for claim, check in checks(archive):
        for _ in range(5):
            new = claim
            for name, part in numbers(check):
                # So many draws take time, and are as good as few here.
                if name != "draws" and draw.random() < 0.6:
                    with contextlib.suppress(ValueError):
                        new = changed(new, check, name, part, draw.choice(ENDS))
            judged(archive, new)


@pytest.mark.parametrize(
    ("method", "name", "value", "said"),
    [
        ("quantity", "shared_error", 20, "less than or equal to 5"),  # per cent, where a share is meant
        ("quantity", "lean_factor", 1000, "less than or equal to 10"),
        ("quantity", "value", 1e300, "at most 18 digits"),
        ("occurrence", "prior", 0, "greater than 0"),
        ("attribution", "relay_factor", 1e9, "less than or equal to 1000"),
    ],
)
def test_what_is_refused_says_the_limit(second, method, name, value, said):
    claim, check = next((claim, check) for claim, check in checks(second) if check.method == method)
    with pytest.raises(ValueError, match=said):
        changed(claim, check, name, None, value)
