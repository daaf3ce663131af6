"""Checks that pool or add numbers in different units, which mean nothing together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .claims import Claims
from .parameters import BuiltCheck
from .problems import Problem
from .reading import Place
from .schema import Quantity

__all__ = ["problems"]


def problems(
    claims: Claims | None, lines: Mapping[Place, int], quantities: Mapping[str, Quantity]
) -> Iterator[Problem]:
    """The quantities that have another unit than the first of their group, where both are known."""
    for position, claim in enumerate(claims.claims if claims else ()):
        for number, check in enumerate(claim.checks):
            for group in check.in_one_unit() if isinstance(check, BuiltCheck) else ():
                line = lines["claims", position, "checks", number]
                yield from _of_group(group, f"{claim.id}.{check.method}", line, quantities)


def _of_group(
    group: tuple[str, ...], field: str, line: int, quantities: Mapping[str, Quantity]
) -> Iterator[Problem]:
    known = [quantities[name] for name in group if name in quantities]
    for other in known[1:]:
        if other.unit != known[0].unit:
            told = f"a quantity in {known[0].unit}, as {known[0].id} is; this one is in {other.unit}"
            yield Problem("claims.yaml", line, field, other.id, told)
