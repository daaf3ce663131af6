"""What an object shows of itself, in words that are safe to print: no control characters, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Listing", "View", "one_line", "short"]

# What stands for a character that would move the cursor, turn a line around, or not be seen.
UNSEEN = "\N{REPLACEMENT CHARACTER}"


def one_line(text: object) -> str:
    """A text in one line, with a sign for every character that cannot be printed.

    >>> one_line("two\\nlines,\\x1b[31m red")
    'two lines,\N{REPLACEMENT CHARACTER}[31m red'
    """
    words = " ".join(str(text).split())
    return words if words.isprintable() else "".join(one if one.isprintable() else UNSEEN for one in words)


def short(text: str, most: int) -> str:
    """A text of so many characters at most, with an ellipsis where it goes on."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True)
class Listing:
    """Rows under a caption, each a cell a column; so many of `total` as are worth a look.

    numbers: the columns whose cells are numbers. folded: whether HTML shows it only when asked.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    numbers: frozenset[str] = frozenset()
    folded: bool = False

    @classmethod
    def of(
        cls,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        most: int = 10,
        numbers: Iterable[str] = (),
        folded: bool = False,
    ) -> Listing:
        """The first `most` of some rows, their cells in one line each; what is None is empty."""
        every = list(rows)
        cells = tuple(tuple("" if one is None else one_line(one) for one in row) for row in every[:most])
        names = tuple(map(one_line, columns))
        return cls(one_line(caption), names, cells, len(every), frozenset(map(one_line, numbers)), folded)

    @property
    def heading(self) -> str:
        """The caption and how many rows there are."""
        return f"{self.caption} ({self.total})"

    @property
    def left(self) -> int:
        """How many rows are not among those shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True)
class View:
    """A title of one line, facts by name, and listings; a fact that is None or empty is left out."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    listings: tuple[Listing, ...] = field(default=())

    @classmethod
    def of(
        cls, title: str, facts: Iterable[tuple[str, object]] = (), listings: Iterable[Listing] = ()
    ) -> View:
        """A view of these words, each in one line; listings without rows are left out."""
        told = tuple(_told(facts))
        return cls(one_line(title), told, tuple(one for one in listings if one.total))


def _told(facts: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    for name, value in facts:
        if value is not None and (words := one_line(value)):
            yield one_line(name), words
