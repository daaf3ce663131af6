"""The check methods, one module each: pure functions of an archive and a claim.

Every module opens with its rule, its assumptions and the literature, and ends with its `METHOD`: one record
of all that the rest of the project asks of a method (`utils.checks.method`). None of the checks filters by
date of knowledge: they see what the archive shows. What a finding means for the verdict is decided in
`utils.verdicts` alone.

`METHODS` holds the records by name, in the order of the method page. `register` adds one, also from a
notebook; a claims file may then name it.

The alternatives of a method are the choices that another analyst might have made: for a parameter, a
function from the parameters of a check to the other values, from near to far. Under a name that is no
parameter they give sets of changes that only make sense together.
"""

from __future__ import annotations

from . import attribution, balance, forecast, independence, occurrence, quantity, transfer, trend
from .finding import Alternatives, Answer, Finding, Interval, Outcome, of_rows, of_table, speaks_until, unused
from .method import METHODS, Listed, Listing, Method, register, registered

__all__ = [
    "METHODS",
    "Alternatives",
    "Answer",
    "Finding",
    "Interval",
    "Listed",
    "Listing",
    "Method",
    "Outcome",
    "of_rows",
    "of_table",
    "register",
    "registered",
    "speaks_until",
    "unused",
]

for _module in (quantity, attribution, occurrence, trend, transfer, balance, forecast, independence):
    register(_module.METHOD)
