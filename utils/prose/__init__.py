"""The only way a notebook states a number.

A notebook opens with `begin`, which names the archive that the page speaks from. Every value in a sentence
of `say` is a `Bound`: the printed text together with its value, unit, rounding and the rows it rests on.
A sentence that states a number by hand is refused, here and, for markdown cells, by a test.

`page` the open page and what it has cited · `bound` values with what a reader may ask of them · `sentence`
sentences of them · `cards` where their numbers come from · `notes` what no longer follows after a change ·
`tables` tables with captions · `credits` who told what a page rests on.
"""

from .bound import (
    Bound,
    bound_range,
    count,
    day,
    fraction,
    interval,
    labels,
    likelihood,
    number,
    of,
    share,
    told,
    words,
)
from .credits import credit, sources
from .notes import CHANGED, holds, note, there, untrue
from .page import Rows, begin, cite, present
from .sentence import loose_numerals, say
from .tables import table

__all__ = [
    "CHANGED",
    "Bound",
    "Rows",
    "begin",
    "bound_range",
    "cite",
    "count",
    "credit",
    "day",
    "fraction",
    "holds",
    "interval",
    "labels",
    "likelihood",
    "loose_numerals",
    "note",
    "number",
    "of",
    "present",
    "say",
    "share",
    "sources",
    "table",
    "there",
    "told",
    "untrue",
    "words",
]
