"""Claims that somebody adds to an archive in a notebook: the same rules as for those of a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from . import choices, references, units
from .claims import Claim, Claims
from .problems import DataError, Problem, of_model
from .reading import Place
from .schema import Quantity
from .vintages import Tables

__all__ = ["OWN", "parsed", "problems"]

OWN = "own claims"
# What a claim in a notebook need not say: it stands in no article.
DEFAULTS = {"paragraphs": (1,), "speaker": "a reader", "kind": "quantity", "topic": "Own"}


def parsed(claims: Iterable[Claim | Mapping[str, Any]]) -> list[Claim]:
    """The claims as records; DataError with the number of a claim, from 1 on, and what is wrong in it.

    Of a mapping, paragraphs, speaker, kind and topic may be missing; `would_count` is then the wording.
    """
    found: list[Problem] = []
    made = []
    for number, claim in enumerate(claims, 1):
        try:
            made.append(claim if isinstance(claim, Claim) else Claim.model_validate(_filled(claim)))
        except ValidationError as error:
            found += of_model(OWN, number, error)
    if found:
        raise DataError(found)
    return made


def _filled(claim: Mapping[str, Any]) -> dict[str, Any]:
    given = {str(name): value for name, value in claim.items()}
    return DEFAULTS | {"would_count": given.get("wording")} | given


def problems(
    own: Sequence[Claim],
    there: Iterable[Claim],
    known: references.Names,
    quantities: Mapping[str, Quantity],
    tables: Tables,
) -> Iterator[Problem]:
    """What is wrong with own claims beside those that are there, by the rules of a folder."""
    taken = {claim.id for claim in there}
    for number, claim in enumerate(own, 1):
        if claim.id in taken:
            yield Problem(OWN, number, "id", claim.id, "an id of its own")
        taken.add(claim.id)
        # Each by itself, so that whatever is wrong stands in the line of its number.
        alone = Claims(claims=(claim,))
        line: defaultdict[Place, int] = defaultdict(partial(int, number))
        found = [*references.of_claims(known, alone, line), *units.problems(alone, line, quantities)]
        found = found or list(choices.of_claims(alone, line, tables))
        yield from (replace(problem, file=OWN) for problem in found)
