"""The room where values become words, so that one value has one wording wherever it is printed.

`numbers` numbers, figures with their bounds, ranges and units · `chances` probabilities, shares and
likelihoods · `days` days and months · `names` things counted, names in a row, tellers · `labels` the labels ·
`signs` what nobody sees and a terminal obeys. `english` has the phrases, `spoken` says that it is the
language of all of them; the forms (thousands mark, plural rule, names of months) are those of the Unicode
CLDR, by Babel. A second language is a module beside `english`.

What another program reads keeps its own spelling: days of data files and of JSON are ISO 8601, numbers of
CSV files are `digits`.
"""

from .chances import (
    chance,
    chances,
    fraction,
    in_percent,
    interval,
    likelihood,
    likelihoods,
    missing,
    percent,
    percent_range,
    share,
    truth,
)
from .days import day_and_month, day_pattern, month, month_and_year, months, whole_month, written_day
from .labels import (
    BY_READING,
    CONFLICTING,
    DISPUTED,
    HALF_TRUE,
    LABELS,
    NOT_CHECKED,
    NOT_ENOUGH,
    REFUTED,
    SUPPORTED,
    TOLD,
    Label,
    Told,
    kept_as,
    slug,
    told_alone,
)
from .names import counted, foremost, listed, more, plural, teller, through
from .numbers import (
    bounded,
    choice,
    digits,
    exact,
    from_to,
    give_or_take,
    in_unit,
    number,
    open_end,
    rounded,
    signed,
    span,
    two_digits,
    unit,
)
from .numerals import loose_numerals
from .signs import hidden, on_a_line, shown

__all__ = [
    "BY_READING",
    "CONFLICTING",
    "DISPUTED",
    "HALF_TRUE",
    "LABELS",
    "NOT_CHECKED",
    "NOT_ENOUGH",
    "REFUTED",
    "SUPPORTED",
    "TOLD",
    "Label",
    "Told",
    "bounded",
    "chance",
    "chances",
    "choice",
    "counted",
    "day_and_month",
    "day_pattern",
    "digits",
    "exact",
    "foremost",
    "fraction",
    "from_to",
    "give_or_take",
    "hidden",
    "in_percent",
    "in_unit",
    "interval",
    "kept_as",
    "likelihood",
    "likelihoods",
    "listed",
    "loose_numerals",
    "missing",
    "month",
    "month_and_year",
    "months",
    "more",
    "number",
    "on_a_line",
    "open_end",
    "percent",
    "percent_range",
    "plural",
    "rounded",
    "share",
    "shown",
    "signed",
    "slug",
    "span",
    "teller",
    "through",
    "told_alone",
    "truth",
    "two_digits",
    "unit",
    "whole_month",
    "written_day",
]
