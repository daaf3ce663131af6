"""The only way a notebook states a number.

A notebook opens with `begin`, which names the archive that the page speaks from. Every value in a sentence
of `say` is a `Bound`: the printed text together with its value, unit, rounding and the rows it rests on.
A sentence that states a number by hand is refused, here and, for markdown cells, by a test.

`page` the open page and what it has cited · `bound` values with what a reader may ask of them · `sentence`
sentences of them · `tables` tables with captions · `credits` who told what a page rests on.
"""

from .bound import Bound, bound_range, count, day, number, of, share, told, words
from .credits import credit, sources
from .page import Rows, begin, cite
from .sentence import loose_numerals, say
from .tables import table

__all__ = [
    "Bound",
    "Rows",
    "begin",
    "bound_range",
    "cite",
    "count",
    "credit",
    "day",
    "loose_numerals",
    "number",
    "of",
    "say",
    "share",
    "sources",
    "table",
    "told",
    "words",
]
