"""A ninth method, as somebody would add one from a notebook: did enough rows tell of a quantity by a day?"""

from datetime import date
from typing import Literal

from utils.archive import Archive
from utils.checks import Answer, Finding, Interval, Listed, Listing, Method
from utils.evidence.cells import Day
from utils.evidence.claims import Claim
from utils.evidence.parameters import BuiltCheck
from utils.evidence.schema import Statement

CLAIM = """
  - id: X09
    paragraphs: [1]
    wording: Much was told of the force.
    speaker: A reader
    kind: quantity
    topic: Troops
    would_count: Three rows of it.
    checks:
      - {method: mentions, quantity: ru_troops_kursk, least: 3, judged_on: 2024-12-23}
"""


class MentionsCheck(BuiltCheck):
    """Parameters of the ninth method."""

    method: Literal["mentions"]
    quantity: str
    least: int
    judged_on: Day

    def quantities_used(self) -> tuple[str, ...]:
        return (self.quantity,)


ALTERNATIVES = {"least": lambda parameters: [parameters.least + 1000]}


def check(archive: Archive, claim: Claim, parameters: MentionsCheck) -> Finding:
    """Certain from the day on which it is judged, open before."""
    rows = archive.evidence(parameters.quantity)
    over = archive.clock >= parameters.judged_on
    share = (0.9 if len(rows) >= parameters.least else 0.1) if over else 0.5
    answer = Answer(
        values=len(rows),
        probability=share,
        estimate=float(len(rows)),
        interval=Interval(float(len(rows)), float(len(rows)), "rows"),
        direction="for" if share > 0.5 else None,
        witnesses=rows,
        weight=float(len(rows)),
        tellers=tuple(dict.fromkeys(row.source for row in rows)),
        origins=tuple(dict.fromkeys(row.origin for row in rows)),
        outside_tellers=0,
        counted_tellers=0,
        enough=over,
        evidence=tuple(row.id for row in rows),
    )
    return NINTH.finding(archive, claim, parameters, answer)


def sentence(rows: int) -> str:
    return f"{rows} rows tell of it."


def question(parameters: MentionsCheck, archive: Archive) -> str:
    return f"Do {parameters.least} rows tell of {archive.quantities[parameters.quantity].label}?"


def says_yes(parameters: MentionsCheck, row: Statement) -> bool:
    return row.quantity == parameters.quantity


def listing(archive: Archive, parameters: MentionsCheck, finding: Finding) -> Listing:
    return Listing(
        title="Which rows tell of it",
        one="One line a row",
        note="",
        head="Teller",
        day="Published",
        figure="Figure",
        answer="What it is",
        short="What it is",
        numeric=False,
        lines=tuple(Listed(row.id, "a <mention>") for row in finding.witnesses),
    )


def own_days(archive: Archive, parameters: MentionsCheck) -> set[date]:
    return {parameters.judged_on}


NINTH = Method(
    name="mentions",
    title="Mentions: was it told often?",
    rule="Is it told often?\n\nRule\n----\n1. Rows are counted.",
    parameters=MentionsCheck,
    check=check,
    alternatives=ALTERNATIVES,
    question=question,
    sentence=sentence,
    strategies=frozenset({"Written Evidence", "Numerical Comparison"}),
    says_yes=says_yes,
    listing=listing,
    own_days=own_days,
)
