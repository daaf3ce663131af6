"""Notes that tell a reader who has changed a page which of its sentences no longer follow.

A page is written for the data and choices that are stored. While they stand, no note is shown; the tests
hold the stored pages to that.
"""

from __future__ import annotations

from html import escape

from ..words import listed, loose_numerals
from .page import display, open_archive

__all__ = ["CHANGED", "holds", "note", "there", "untrue"]

CHANGED = "With what was changed"  # how every note begins


def holds(test: bool, *sentences: str) -> None:
    """Say which sentences of the page no longer follow, where a reader's change has made `test` false.

    ValueError for a number in a sentence: what a change can move is bound, not stated by hand.

    >>> holds(1 > 2, "One is more than two.")
    With what was changed, this no longer follows: One is more than two.
    """
    if loose := [numeral for sentence in sentences for numeral in loose_numerals(sentence)]:
        raise ValueError(f"numbers stated by hand: {', '.join(loose)}")
    if not test:
        untrue(*sentences)


def untrue(*sentences: str) -> None:
    """Show which sentences no longer follow.

    >>> untrue("The lesser was right.")
    With what was changed, this no longer follows: The lesser was right.
    """
    note(f"{CHANGED}, this no longer follows: {' '.join(sentences)}")


def there(*names: str) -> bool:
    """Whether the open archive has all rows of these ids; a note names those that it lacks.

    For the sentences that speak of single rows, which cannot be said without them.

    >>> there("S001")
    True
    """
    missing = [name for name in names if name not in open_archive().rows]
    if missing:
        rows = "rows" if len(missing) > 1 else "row"
        note(f"{CHANGED}, sentences are left out here: the archive lacks {rows} {listed(missing)}.")
    return not missing


def note(text: str) -> None:
    """Show a note, set apart from the sentences of the page.

    >>> note("Nothing was found.")
    Nothing was found.
    """
    display(text, f'<p class="note" role="note"><strong>{escape(text)}</strong></p>')
