"""Numbers of a claims file at the ends of what they may be: each is judged in words, or refused in a line."""

import contextlib
import json
import math
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from folders import ROOT, SECOND
from pydantic import ValidationError

from utils import verdicts
from utils.archive import Archive
from utils.checks import METHODS
from utils.evidence.parameters import BuiltCheck

ENDS = (
    *(-1e300, -1.0, 0, 5e-324, 1e-300, 1e-18, 1e-9, 1e-6, 0.01, 0.5, 1 - 1e-6, 1 - 2**-53, 1, 2),
    *(5.0, 10.0, 100.0, 1e3, 1e4, 10_000, 1e6, 10**9, 1e9, 1e18, 1.1e18, 1e300, 1.7e308),
)


def numbers(content: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where the numbers of a check stand."""
    for name, one in content.items():
        if isinstance(one, dict):
            yield from numbers(one, (*path, name))
        elif isinstance(one, (int, float)) and not isinstance(one, bool):
            yield (*path, name)


def changed(check: BuiltCheck, path: tuple[str, ...], value: float) -> BuiltCheck:
    content = json.loads(check.model_dump_json())
    inner = content
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return type(check).model_validate_json(json.dumps(content))


def judged(archive: Archive, old: BuiltCheck, new: BuiltCheck) -> None:
    """The verdict on a claim, one of whose checks is another one, is told in words and finite numbers."""
    (claim,) = (one for one in archive.claims if any(check is old for check in one.checks))
    other = claim.model_copy(update={"checks": tuple(new if one is old else one for one in claim.checks)})
    claims = tuple(other if one is claim else one for one in archive.claims)
    verdict = verdicts.verdict(replace(archive, claims=claims), other)
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
    checks = [one for claim in second.claims for one in claim.built if one.method == method]
    taken = refused = 0
    for check in checks:
        for path in numbers(json.loads(check.model_dump_json())):
            for value in ENDS:
                try:
                    new = changed(check, path, value)
                except ValidationError:
                    refused += 1
                    continue
                judged(second, check, new)
                taken += 1
    assert refused > 3 and taken > 3


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("folder", [SECOND, ROOT / "examples" / "record_heat"], ids=["second", "heat"])
def test_several_numbers_at_their_ends_are_judged(folder):
    archive, draw = Archive.read(folder), random.Random(7)
    for old in (check for claim in archive.claims for check in claim.built):
        for _ in range(5):
            new = old
            for path in numbers(json.loads(old.model_dump_json())):
                # So many draws take time, and are as good as few here.
                if path != ("draws",) and draw.random() < 0.6:
                    with contextlib.suppress(ValidationError):
                        new = changed(new, path, draw.choice(ENDS))
            judged(archive, old, new)


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
    check = next(one for claim in second.claims for one in claim.built if one.method == method)
    with pytest.raises(ValidationError, match=said):
        changed(check, (name,), value)
