"""English: the forms and phrases of values. A second language is a module like this one."""

from __future__ import annotations

from babel import Locale

from .language import Language

__all__ = ["ENGLISH"]

ENGLISH = Language(
    locale=Locale("en"),
    day="d MMMM y",
    short_day="d MMM y",
    day_and_month="d MMM",
    month_and_year="MMM y",
    month="MMM",
    whole_month="MMMM y",
    several="{}s",
    per_cent="{} %",
    less_than="less than {}",
    more_than="more than {}",
    at_least="at least {}",
    at_most="at most {}",
    span="{} to {}",
    fall="a fall of {}",
    rise="a rise of {}",
    no_change="no change",
    both="{} and {}",
    either="{} or {}",
    more="and {} more",
    yes="yes",
    no="no",
    nothing="none",
    likelihoods=(
        "almost no chance",
        "very unlikely",
        "unlikely",
        "roughly even chance",
        "likely",
        "very likely",
        "almost certain",
    ),
    true=(
        "almost no chance of being true",
        "very unlikely to be true",
        "unlikely to be true",
        "roughly even chance of being true",
        "likely to be true",
        "very likely to be true",
        "almost certain to be true",
    ),
    fractions={0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 1 / 3: "a third", 0.5: "a half"},
    missing={
        "confidence": "not given",
        "likelihood": "without a likelihood",
        "share": "no probability",
        "range": "no range",
        "value": "not known",
    },
    unnamed=r"^(?:Several )?[Uu]nnamed (?:sources? in (?:the )?)?",
    no_names=("Unnamed", "Several", "Two"),
    quoted="quoted by ",
    unnamed_in="Unnamed, {}",
)
