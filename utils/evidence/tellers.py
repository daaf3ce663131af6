"""Who stands behind a source: for whom it speaks, and on whose map, count or files it works.

The rule stands in `utils.checks.testimony`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .problems import Problem
from .schema import Source, Statement

__all__ = ["chain", "ground", "problems", "steps", "voice"]


def voice(sources: Mapping[str, Source], name: str) -> str:
    """The source that is heard when this one speaks: itself, or the one whose spokesman it is."""
    while (other := sources[name].speaks_for) is not None:
        name = other
    return name


def chain(sources: Mapping[str, Source], name: str) -> tuple[str, ...]:
    """The source and all those on whom it rests, the nearest first."""
    rests_on = [name]
    while (other := sources[name].speaks_for or sources[name].derived_from) is not None:
        rests_on.append(name := other)
    return tuple(rests_on)


def ground(sources: Mapping[str, Source], name: str) -> str:
    """The source on whom all that this one tells rests in the end: together they are one witness."""
    return chain(sources, name)[-1]


def steps(sources: Mapping[str, Source], name: str) -> int:
    """How many others a source works on, one after the other, before it comes to who saw for himself."""
    return sum(sources[one].derived_from is not None for one in chain(sources, name))


def problems(
    sources: Iterable[tuple[int, Source]], statements: Sequence[tuple[int, Statement]]
) -> Iterator[Problem]:
    """Sources that rest on each other in a circle or on nobody, and origins with two tellers; both inputs are
    rows with their lines."""
    lines = {row.id: (line, row) for line, row in sources}
    for line, row in lines.values():
        if row.speaks_for and row.derived_from:
            yield Problem("sources.csv", line, "derived_from", row.derived_from, "nothing beside speaks_for")
        for field in ("derived_from", "speaks_for"):
            other = getattr(row, field)
            if other is not None and other not in lines:
                yield Problem("sources.csv", line, field, other, "the id of a known source")
            elif other is not None and _comes_back(row.id, lines):
                yield Problem("sources.csv", line, field, other, "a source that does not rest on this one")
    first: dict[str, Statement] = {}
    for _, told in sorted(statements, key=lambda numbered: (numbered[1].published, numbered[1].id)):
        first.setdefault(told.origin, told)
    for line, told in statements:
        teller = first[told.origin]
        if told.source != teller.source:
            expected = f"{teller.source}, as in {teller.id}: an origin has one teller, that of its first row"
            yield Problem("statements.csv", line, "source", told.source, expected)


def _comes_back(name: str, lines: Mapping[str, tuple[int, Source]]) -> bool:
    """Whether the chain of a source comes back to it."""
    seen, here = set[str](), name
    while here in lines and here not in seen:
        seen.add(here)
        row = lines[here][1]
        here = row.speaks_for or row.derived_from or ""
    return here == name
