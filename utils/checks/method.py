"""A method as one record, and the registry of all of them.

Claims, verdicts, history, robustness, exports, the method page and the claim page know no method by name:
they look up its record or go through all of them.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from ..evidence import parameters, reading
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck
from ..evidence.schema import Statement
from .finding import Alternatives, Answer, Finding, Outcome

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHODS", "STRATEGIES", "Listed", "Listing", "Method", "Strategy", "register", "registered"]

PACKAGE = __name__.partition(".")[0]
# Those of AVeriTeC's fact-checking strategies that a method can have, in AVeriTeC's order.
Strategy = Literal["Written Evidence", "Numerical Comparison"]
STRATEGIES: tuple[Strategy, ...] = typing.get_args(Strategy)


@dataclass(frozen=True)
class Listed:
    """A statement on a claim's page: its id, what the check makes of it, and whether its note is shown."""

    row: str
    words: str
    noted: bool = False


@dataclass(frozen=True)
class Listing:
    """The table of statements that a claim's page shows for a check.

    title: its heading. one: what a line is, as "One row an outlet". note: further sentences of the caption.
    head: whether a line opens with the teller or with the address of the outlet. day: which day it shows.
    figure: the heading of what was said. answer: that of what the check makes of it; short: the same where
    the table stands on its side. numeric: whether the answers are numbers.
    """

    title: str
    one: str
    note: str
    head: Literal["Teller", "Outlet"]
    day: Literal["Meant for", "Published"]
    figure: str
    answer: str
    short: str
    numeric: bool
    lines: tuple[Listed, ...]


def _neither(check: Any, row: Statement) -> None:
    """No row answers the question with yes or no."""


def _nothing(archive: Archive, check: Any, finding: Finding) -> None:
    """No table on the claim's page."""


def _none(archive: Archive, check: Any) -> Mapping[str, Sequence[object]]:
    """No alternative hangs on what the archive holds."""
    return {}


def _never(archive: Archive, check: Any) -> Collection[date]:
    """No day of its own: without news the finding of the day before is the answer."""
    return ()


@dataclass(frozen=True)
class Method:
    """All that the project asks of a method.

    name: as claims files and exports give it. title: of its chapter on the method page. rule: the chapter in
    Markdown, with rule, assumptions and literature: the docstring of its module.
    parameters: the model of its parameters; the field `method` takes the name alone.
    check: the finding of an archive, a claim and the parameters. alternatives: as `utils.checks` describes.
    in_archive: alternatives that hang on what the archive holds, in the place of those of the same names.
    question: what a check asks, in words, from its parameters and the labels of the archive.
    sentence: an answer in words, from its values.
    strategies: AVeriTeC's fact-checking strategies that it uses.
    says_yes: whether a row answers the question with yes; None when it answers otherwise.
    listing: the statements that the claim's page lists for a check and its finding; None for none.
    outcome: what a label follows from, for those who try many choices and read no sentence; None where it is
        taken from the finding, which says the same.
    own_days: the days on which a finding may change though nothing that it looks at became public; on every
    other day without news, history takes the finding of the day before.
    """

    name: str
    title: str
    rule: str
    parameters: type[BuiltCheck]
    check: Callable[[Archive, Claim, Any], Finding]
    alternatives: Alternatives
    question: Callable[[Any, Archive], str]
    sentence: Callable[[Any], str]
    strategies: frozenset[Strategy]
    says_yes: Callable[[Any, Statement], bool | None] = _neither
    listing: Callable[[Archive, Any, Finding], Listing | None] = _nothing
    own_days: Callable[[Archive, Any], Collection[date]] = _never
    in_archive: Callable[[Archive, Any], Mapping[str, Sequence[object]]] = _none
    outcome: Callable[[Archive, Any], Outcome] | None = None

    def judged(self, archive: Archive, claim: Claim, parameters: BuiltCheck) -> Outcome:
        """What the label of a check follows from."""
        if self.outcome is None:
            return self.check(archive, claim, parameters)
        return self.outcome(archive, parameters)

    def finding(self, archive: Archive, claim: Claim, parameters: BuiltCheck, answer: Answer) -> Finding:
        """The answer as what a check of the method says of a claim, with its choices and its sentence."""
        fields = type(parameters).model_fields
        return Finding(
            **{one.name: getattr(answer, one.name) for one in dataclasses.fields(answer)},
            claim=claim.id,
            method=self.name,
            name=parameters.key,
            reading=parameters.reading,
            condition=parameters.condition,
            as_of=archive.clock,
            proposition=parameters.proposition or claim.wording,
            considered=archive.in_order((*answer.evidence, *answer.unused)),
            sentence=self.sentence(answer.values),
            partial=archive.article.partial_words,
            choices=parameters.model_dump(include={name for name in self.alternatives if name in fields}),
        )


_methods: dict[str, Method] = {}
METHODS: Mapping[str, Method] = MappingProxyType(_methods)


def register(method: Method) -> None:
    """Add a method for the rest of the process; one of a notebook replaces that of the cell's earlier run.

    ValueError for a name that is taken, for a model of other checks, and for an unknown strategy.
    """
    if method.name in _methods and not _is_run_again(_methods[method.name], method):
        raise ValueError(f"there is a method {method.name} already, of {_home(_methods[method.name])}")
    if not (isinstance(method.parameters, type) and issubclass(method.parameters, BuiltCheck)):
        raise ValueError(f"its parameters are a class made from {BuiltCheck.__name__}")
    field = method.parameters.model_fields["method"]
    if typing.get_args(field.annotation) != (method.name,):
        raise ValueError(f"the field method of its parameters takes {method.name!r} alone")
    if unknown := method.strategies - set(STRATEGIES):
        raise ValueError(f"{', '.join(sorted(unknown))}: a strategy is one of {', '.join(STRATEGIES)}")
    _methods[method.name] = method
    parameters.MODELS[method.name] = method.parameters
    reading.forget()


def _home(method: Method) -> str:
    """The module that a method comes from."""
    return method.check.__module__


def _is_run_again(before: Method, method: Method) -> bool:
    """Whether a cell, or a module that is being loaded again, registers its own method once more."""
    return _home(before) == _home(method) and _home(method).partition(".")[0] != PACKAGE


@contextmanager
def registered(method: Method) -> Iterator[Method]:
    """Add a method for as long as the block lasts."""
    register(method)
    try:
        yield method
    finally:
        del _methods[method.name], parameters.MODELS[method.name]
        reading.forget()
