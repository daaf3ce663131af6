"""What a language gives to the words of values, besides what the Unicode CLDR has of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

__all__ = ["Language"]


@dataclass(frozen=True)
class Language:
    """Forms and phrases; in each phrase, {} is a value in words.

    locale: whose thousands mark, decimal mark, plural rule and names of months the CLDR knows.
    day, short_day, day_and_month, month_and_year, month, whole_month: patterns of days, as CLDR writes them.
    several: from the name of one thing to that of several, where no other form is given.
    fall, rise, no_change: a change downwards and upwards of so much, and none.
    both, either: the last two names of a list, of which all or one holds. more: the rest of a list.
    yes, no, nothing: a choice that is on, off or not made.
    likelihoods: the seven words of ICD 203, the least likely first. true: the same of a claim's being true.
    fractions: shares that have a name, with it. missing: what is said of a value that there is none of, by
    what it is; "value" for all others.
    unnamed: a pattern of the beginning of a teller's name that only says that the name is not known.
    no_names: first words of tellers' names that are no names themselves. quoted: what stands before the name
    of who quotes a teller; unnamed_in: what such a teller is called.
    """

    locale: Locale
    day: str
    short_day: str
    day_and_month: str
    month_and_year: str
    month: str
    whole_month: str
    several: str
    per_cent: str
    less_than: str
    more_than: str
    at_least: str
    at_most: str
    span: str
    fall: str
    rise: str
    no_change: str
    both: str
    either: str
    more: str
    yes: str
    no: str
    nothing: str
    likelihoods: tuple[str, ...]
    true: tuple[str, ...]
    fractions: Mapping[float, str]
    missing: Mapping[str, str]
    unnamed: str
    no_names: tuple[str, ...]
    quoted: str
    unnamed_in: str
