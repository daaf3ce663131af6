"""What a part of a check was asked, to be remembered by: choices that the part does not read ask the same."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Generic, TypeVar

from ..evidence.parameters import BuiltCheck

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Asked"]

Check = TypeVar("Check", bound=BuiltCheck)


class Asked(Generic[Check]):
    """An archive and the parameters of a check, the same as others but for the parameters named in `but`.

    Choices are tried on one archive by the hundred. Archives are the same that hold the same objects: to
    compare all rows costs more than to ask again.
    """

    def __init__(self, archive: Archive, parameters: Check, *but: str) -> None:
        self.archive, self.parameters = archive, parameters
        told = archive.statements, archive.sources, archive.quantities
        self._held = (archive.article, archive.tables, *told)
        self._rest = (archive.clock, parameters.model_dump_json(exclude=set(but)))

    def __hash__(self) -> int:
        return hash((*map(id, self._held), *self._rest))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Asked)
            and self._rest == other._rest
            and all(map(operator.is_, self._held, other._held))
        )
