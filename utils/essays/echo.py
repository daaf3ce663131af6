"""Who repeats whom: first tellings and relays, how long a figure lives, and figures that agree.

Rule
----
1. The rows of one origin are read in order of publication. A row repeats an earlier row of its origin that
   has its quantity and the same number, bounds and stance. Failing that, it repeats one that has its quantity
   and shares a number (a bound was added or dropped), then one that gives the same number for another
   quantity on another page (the meaning changed); one page may give one number for two things. A row marked
   garbled repeats what it garbled: failing a number, the first row of its origin on the quantity, else the
   origin's first row. Every other row is a first telling.
2. A figure lives from its first telling to the last row that repeats it. It is out of date when the same
   teller had meanwhile published another number on the quantity, meant for a later day.
3. Figures agree when tellers give the same number on the same quantity, digit for digit; each teller once,
   with its first row, and those who rest on one source as one. Zero is left out.

Assumptions
-----------
The origin ids are the curators' work, and only rows that were found are here: a figure may have been told
earlier, later and oftener. Equal numbers show neither that one teller copied another nor the direction.

Literature
----------
Leskovec, Backstrom and Kleinberg (2009), KDD, for following a phrase through the press.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..archive import Archive
from ..checks import Finding
from ..evidence.claims import Claim
from ..evidence.schema import Statement
from ..verdicts import Verdict, verdict

__all__ = [
    "Agreement",
    "Life",
    "Telling",
    "Witnesses",
    "agreements",
    "folded",
    "left_out",
    "lives",
    "of_party",
    "tellings",
    "witnesses",
]


@dataclass(frozen=True)
class Telling:
    """A row and the earlier row that it repeats, None for a first telling.

    change: what became of it: "bound", "meaning" or "garbled"; None for a first telling and a faithful relay.
    """

    row: Statement
    repeats: Statement | None
    change: str | None


@dataclass(frozen=True)
class Life:
    """A figure from its first telling to the last that repeats it.

    newer: the first other number of the same teller on the quantity, published between the two; None when
    there is none.
    """

    first: Statement
    last: Statement
    relays: int
    newer: Statement | None

    @property
    def days(self) -> int:
        """Days from the first to the last telling."""
        return (self.last.published - self.first.published).days


@dataclass(frozen=True)
class Agreement:
    """Tellers who give the same number on the same quantity: each one's first row, by publication."""

    quantity: str
    value: float
    tellers: tuple[str, ...]
    rows: tuple[Statement, ...]

    @property
    def days(self) -> int:
        """Days from the first to the last of the tellers."""
        return (self.rows[-1].published - self.rows[0].published).days


@dataclass(frozen=True)
class Witnesses:
    """What a reader would count on a claim, and what remains of it.

    rows, outlets: statements that touch the claim's questions, and who printed them. tellings, tellers: first
    tellings that the verdict rests on, and whose they are, a computed table being one. outside: tellers who
    are not a warring party and rest on none.
    """

    claim: str
    rows: int
    outlets: int
    tellings: int
    tellers: int
    outside: int


def tellings(archive: Archive) -> tuple[Telling, ...]:
    """Every statement with the earlier row that it repeats, origin by origin, in order of publication."""
    found = []
    for rows in archive.origins(archive.statements).values():
        for place, row in enumerate(rows):
            repeats, change = _repeated(row, rows[:place])
            found.append(Telling(row, repeats, change))
    return tuple(found)


def _repeated(row: Statement, before: Sequence[Statement]) -> tuple[Statement | None, str | None]:
    """The earlier row of the origin that a row repeats and what became of it."""
    same = [one for one in before if one.quantity == row.quantity and _said(one) == _said(row)]
    shared = [one for one in before if one.quantity == row.quantity and _numbers(one) & _numbers(row)]
    moved = [one for one in before if row.value is not None and one.value == row.value]
    elsewhere = [one for one in moved if one.url != row.url]
    alike = [one for one in before if one.quantity == row.quantity]
    if row.status == "garbled" and before:
        return (same or shared or moved or alike or before)[0], "garbled"
    for rows, change in ((same, None), (shared, "bound"), (elsewhere, "meaning")):
        if rows:
            return rows[0], change
    return None, None


def _said(row: Statement) -> tuple[object, ...]:
    """What a row states; of a range only the ends, as its middle is often the curators' own."""
    if row.low is not None and row.high is not None:
        return row.low, row.high, row.stance
    return row.value, row.low, row.high, row.stance


def _numbers(row: Statement) -> set[float]:
    return {end for end in (row.value, row.low, row.high) if end}


def of_party(archive: Archive, told: Iterable[Telling]) -> dict[str, tuple[int, int]]:
    """First tellings and relays by the party of the teller; the party with most rows comes first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in told:
        counts[archive.sources[one.row.source].party][one.repeats is not None] += 1
    ranked = sorted(counts, key=lambda party: (-sum(counts[party]), party))
    return {party: (counts[party][0], counts[party][1]) for party in ranked}


def lives(archive: Archive, told: Iterable[Telling]) -> tuple[Life, ...]:
    """Every figure with a number that was repeated, the longest lived first."""
    relays: dict[str, list[Statement]] = defaultdict(list)
    firsts: dict[str, Statement] = {}
    root: dict[str, str] = {}
    for one in told:
        if one.repeats is None or not _numbers(one.row):
            continue
        # A relay of a relay belongs to the figure at its beginning.
        name = root.get(one.repeats.id, one.repeats.id)
        root[one.row.id] = name
        firsts[name] = archive.statement(name)
        relays[name].append(one.row)
    found = [
        Life(firsts[name], rows[-1], len(rows), _newer(archive, firsts[name], rows[-1]))
        for name, rows in relays.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.first.id)))


def _newer(archive: Archive, first: Statement, last: Statement) -> Statement | None:
    """The first other number of the same teller, of a later day and published before the last relay."""
    for row in archive.evidence(first.quantity):
        if (
            row.source == first.source
            and row.has_point
            and first.published < row.published < last.published
            and row.middle > first.middle
            and not _numbers(row) & _numbers(first)
        ):
            return row
    return None


def agreements(archive: Archive) -> tuple[Agreement, ...]:
    """Sound figures that two or more tellers give alike; those with most tellers come first."""
    groups: dict[tuple[str, float], dict[str, Statement]] = defaultdict(dict)
    for row in archive.statements:
        if row.status == "sound" and row.value:
            groups[row.quantity, row.value].setdefault(archive.ground(row.source), row)
    found = [
        Agreement(quantity, value, tuple(rows), tuple(rows.values()))
        for (quantity, value), rows in groups.items()
        if len(rows) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.rows), one.quantity, one.value)))


def folded(tellers: Iterable[str], found: Iterable[Agreement]) -> int:
    """How many witnesses remain of some tellers when those who agree on a number are taken for one."""
    groups = [{teller} for teller in dict.fromkeys(tellers)]
    for one in found:
        agreeing = set(one.tellers)
        joined = [group for group in groups if group & agreeing]
        groups = [group for group in groups if not group & agreeing]
        groups += [set().union(*joined)] if joined else []
    return len(groups)


def left_out(archive: Archive, claim: Claim, origins: Iterable[str]) -> dict[str, Verdict]:
    """The verdict on a claim without each of these origins, one at a time."""
    found = {}
    for origin in origins:
        rows = tuple(row for row in archive.statements if row.origin != origin)
        found[origin] = verdict(replace(archive, statements=rows), claim)
    return found


def witnesses(archive: Archive, judged: Verdict) -> Witnesses:
    """What a reader would count on a claim, and the first tellings and tellers behind its verdict."""
    names = {name for one in judged.findings for name in (*one.considered, *one.evidence)}
    rows = [archive.statement(name) for name in names]
    return Witnesses(
        claim=judged.claim,
        rows=len(rows),
        outlets=len({row.outlet for row in rows}),
        tellings=judged.tellings or 0,
        tellers=judged.tellers or 0,
        outside=len(set().union(*(_outside(archive, finding) for finding in judged.findings))),
    )


def _outside(archive: Archive, finding: Finding) -> set[str]:
    """The tellers of a finding who are not a warring party and rest on none."""
    makers = {archive.tables.origin(table): archive.tables.maker(table) for table in finding.tables}
    parties = {name: maker.party for name, maker in makers.items() if maker is not None}
    return {
        teller
        for teller in finding.tellers
        if (
            not archive.article.parties[parties[teller]].partial
            if teller in parties
            else not archive.is_of_a_belligerent(teller)
        )
    }
