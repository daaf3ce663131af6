"""The only way a notebook states a number.

A notebook opens with `begin`, which names the archive that the page speaks from. Every value in a sentence
of `say` is a `Bound`: the printed text together with its value, unit, rounding and the rows it rests on.
A sentence that states a number by hand is refused, here and, for markdown cells, by a test.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from . import words as wording
from .archive import Archive
from .evidence.citation import cited
from .evidence.schema import Event, Statement
from .mime import SENTENCE_MIME
from .verdicts import Verdict
from .words import written_day

if TYPE_CHECKING:
    import pandas

    from .checks import Interval

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
    "words",
]

Value = TypeVar("Value")
Rows = Iterable[str | Statement | Event] | str | Verdict

TO_PER_CENT = "to the nearest per cent"
_MONTH = f"(?:{'|'.join(wording.months())})"
# What may stand in prose as digits: days, years that are named as years, claim, row and notebook names.
_ALLOWED = re.compile(
    r"`[^`]*`"
    r"|\]\([^)]*\)"
    rf"|\b\d{{1,2}}(?: (?:to|and|or) \d{{1,2}})? {_MONTH}(?: \d{{4}})?"
    rf"|\b{_MONTH} \d{{4}}"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b(?i:in|of|since|by|until|from|early|late) (?:19|20)\d{2}\b"
    r"|\bC\d{2}\b(?: to C\d{2}\b)?"
    r"|\bparagraphs? \d+(?:(?:, | and )\d+)*"
    r"|\bICD 203\b"
    r"|\b\d{2}_[a-z_]+"
)


@dataclass(frozen=True)
class Bound:
    """A value as it is printed, with what a reader may ask of it."""

    text: str
    value: float | str | tuple[float, float]
    unit: str
    rounding: str
    rows: tuple[str, ...]


@dataclass
class _Page:
    """What the open notebook speaks from, and the rows that it has cited so far."""

    archive: Archive | None = None
    cited: dict[str, None] = field(default_factory=dict)


_page = _Page()


def loose_numerals(text: str) -> list[str]:
    """Numbers in a text that are stated by hand; dates, claim ids and paragraph numbers are not."""
    return re.findall(r"\d[\d,.]*", _ALLOWED.sub(" ", text))


def begin(archive: Archive, *, version: str, claims: Iterable[str]) -> None:
    """Open a notebook's page: show its header and keep the archive that its sentences speak from."""
    _page.archive, _page.cited = archive, {}
    named = "".join(
        f"<li><b>{escape(claim.id)}</b> {escape(claim.wording)}</li>" for claim in map(archive.claim, claims)
    )
    lines = {
        "Version": version,
        "Written by": cited()["author"],
        "Article's clock": written_day(archive.article.published),
        "Data vintage": written_day(archive.vintage or archive.clock),
    }
    _display(
        "; ".join(f"{name}: {value}" for name, value in lines.items()),
        '<div class="notebook-header"><ul>'
        + named
        + "</ul><dl>"
        + "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in lines.items()
        )
        + "</dl></div>",
    )


def _archive() -> Archive:
    if _page.archive is None:
        raise RuntimeError("open the page with prose.begin(archive, …) first")
    return _page.archive


def _cited() -> dict[str, None]:
    """The names that the open page has cited so far, in order; to be added to."""
    _archive()
    return _page.cited


def _rows(rows: Rows) -> tuple[str, ...]:
    """Ids of the rows and names of the tables, each known to the archive; a verdict stands for its evidence,
    its tables with it."""
    if isinstance(rows, Verdict):
        rows = (*rows.evidence, *dict.fromkeys(table for one in rows.findings for table in one.tables))
    names = tuple(
        row if isinstance(row, str) else row.id for row in ([rows] if isinstance(rows, str) else rows)
    )
    unknown = [name for name in names if name not in _archive().rows and not _archive().tables.knows(name)]
    if unknown:
        raise KeyError(f"{', '.join(unknown)}: no row and no table of the archive")
    return names


def number(value: float, unit: str = "", *, rows: Rows, to: float = 1) -> Bound:
    """A number in its unit, rounded to a multiple of `to` and printed with thousands separators."""
    if not math.isfinite(value):
        raise ValueError(f"a finite number, not {value}")
    text = wording.number(round(value / to) * to, max(0, -math.floor(math.log10(to))))
    return Bound(wording.in_unit(text, unit), float(value), unit, _nearest(to), _rows(rows))


def _nearest(to: float) -> str:
    return f"to the nearest {wording.exact(to)}"


def count(
    items: int | Collection[Any], noun: str, plural: str | None = None, *, rows: Rows | None = None
) -> Bound:
    """How many of a thing there are, with the noun in the right number: "1 origin", "7 origins".

    Without `rows`, the items are themselves the rows.
    """
    many = items if isinstance(items, int) else len(items)
    if rows is None:
        if isinstance(items, int):
            raise TypeError("a number of things needs the rows that it rests on")
        rows = items
    name = wording.plural(many, noun, plural)
    return Bound(wording.counted(many, noun, plural), float(many), name, "exact", _rows(rows))


def share(value: float, *, rows: Rows) -> Bound:
    """A share of things from 0 to 1, in whole per cent; beyond 1 or 99 it says so."""
    return Bound(wording.share(value), float(value), "share", TO_PER_CENT, _rows(rows))


def bound_range(low: float, high: float, unit: str, *, rows: Rows, to: float = 1) -> Bound:
    """Two ends of a range in one unit, both rounded to a multiple of `to`."""
    ends = [number(end, "", rows=rows, to=to).text for end in (low, high)]
    return Bound(wording.in_unit(wording.from_to(*ends), unit), (low, high), unit, _nearest(to), _rows(rows))


def day(value: date, *, rows: Rows) -> Bound:
    """A day, written out."""
    return Bound(written_day(value), value.isoformat(), "day", "exact", _rows(rows))


def words(text: str, *, rows: Rows) -> Bound:
    """Words that were computed, such as a label or a likelihood."""
    return Bound(text, text, "words", "exact", _rows(rows))


def of(verdict: Verdict, name: str) -> Bound:
    """What a verdict says, as a bound value: its day, label, likelihood, share, range, confidence or origins.

    KeyError for another name; ValueError where the verdict has no such value.
    """
    interval, probability = verdict.interval, verdict.probability

    def there(value: Value | None) -> Value:
        if value is None:
            raise ValueError(f"the verdict on {verdict.claim} as of {verdict.as_of} has no {name}")
        return value

    if name in ("likelihood", "share", "confidence"):
        there(probability)
    if name == "range":
        return _range(verdict, there(interval))
    if name == "share":
        chance = there(probability)
        return Bound(wording.percent(chance), chance, "share", TO_PER_CENT, _rows(verdict))
    made = {
        "day": lambda: day(verdict.as_of, rows=verdict),
        "label": lambda: words(verdict.label, rows=verdict),
        "likelihood": lambda: words(there(verdict.likelihood), rows=verdict),
        "confidence": lambda: words(there(verdict.confidence), rows=verdict),
        "tellers": lambda: count(there(verdict.tellers), "teller", rows=verdict),
        "tellings": lambda: count(there(verdict.tellings), "telling", rows=verdict),
    }
    return made[name]()


def _range(verdict: Verdict, interval: Interval) -> Bound:
    low, high, unit = interval.low, interval.high, interval.unit
    rounding = TO_PER_CENT if unit == "probability" else _nearest(10.0 ** wording.two_digits(low, high))
    return Bound(wording.interval(low, high, unit), (low, high), unit, rounding, _rows(verdict))


def say(template: str, **values: Bound | Verdict) -> None:
    """State a sentence; every ``{name}`` in it is a `Bound`, and ``{name.share}`` is `of` a verdict.

    ValueError for a number in the template itself, TypeError for a value that is not bound, KeyError for a
    name without a value or a value without a place.
    """
    if loose := loose_numerals(re.sub(r"\{[\w.]+\}", "", template)):
        raise ValueError(f"numbers stated by hand: {', '.join(loose)}")
    parts: list[str | dict[str, Any]] = []
    placed = set()
    for text, place, _, _ in string.Formatter().parse(template):
        parts += [text] if text else []
        if place is None:
            continue
        name, _, part = place.partition(".")
        placed.add(name)
        bound = values[name]
        if part and isinstance(bound, Verdict):
            bound = of(bound, part)
        elif part or not isinstance(bound, Bound):
            raise TypeError(f"{place} is {type(bound).__name__}, not a bound value")
        _cited().update(dict.fromkeys(bound.rows))
        parts.append({**asdict(bound), "value": _stored(bound.value)})
    if unplaced := values.keys() - placed:
        raise KeyError(f"no place for {', '.join(sorted(unplaced))}")
    plain = "".join(part if isinstance(part, str) else part["text"] for part in parts)
    markup = "".join(escape(part) if isinstance(part, str) else _link(part) for part in parts)
    _display(plain, f"<p>{markup}</p>", {SENTENCE_MIME: {"parts": parts}})


def _stored(value: float | str | tuple[float, float]) -> float | str | list[float]:
    """A value as the page keeps it: nine significant digits, as the last ones differ between processors."""
    if isinstance(value, tuple):
        return [_nine_digits(end) for end in value]
    return value if isinstance(value, str) else _nine_digits(value)


def _nine_digits(value: float) -> float:
    return value if value == int(value) else float(f"{value:.9g}")


def _link(part: Mapping[str, Any]) -> str:
    """A bound value as a link to the page of its first row, for JupyterLab; the report shows a card."""
    addresses = (_told(name).address for name in part["rows"])
    address = next((one for one in addresses if one), None)
    title = escape(
        f"{wording.unit(part['unit'])}, {part['rounding']}; rows {', '.join(part['rows']) or 'none'}"
    )
    if address is None:
        return f'<span title="{title}">{escape(part["text"])}</span>'
    return f'<a href="{escape(address)}" title="{title}">{escape(part["text"])}</a>'


def cite(rows: Rows) -> list[Statement | Event]:
    """The rows of these names, kept with the tables among them for the sources at the end of the page."""
    names = _rows(rows)
    _cited().update(dict.fromkeys(names))
    return [_archive().rows[name] for name in names if name in _archive().rows]


@dataclass(frozen=True)
class Told:
    """Who told a row, or made a table: their name, the day, where it was read and its address."""

    name: str
    teller: str
    published: date | None
    read_in: str
    address: str | None


def _told(name: str) -> Told:
    """Who told the row, or made the table, of this name."""
    archive = _archive()
    row = archive.rows.get(name)
    if isinstance(row, Statement):
        return Told(name, archive.sources[row.source].name, row.published, row.outlet, row.url)
    if row is not None:
        return Told(name, row.source, row.published, "", row.url)
    maker = archive.tables.maker(name)
    if maker is None:
        return Told(name, "this project", None, "table by hand", None)
    makers = [archive.tables.datasets[key] for key in archive.tables.declared[name].datasets]
    tellers = dict.fromkeys(one.maker for one in makers)
    return Told(
        name,
        "; ".join(tellers),
        None,
        f"table computed from: {maker.title}",
        f"https://github.com/{maker.repository}",
    )


def credit(rows: Rows, most: int = 6) -> str:
    """Who told the rows and made the tables, in few words: the tellers with most of them first."""
    tellers: dict[str, int] = {}
    names = _rows(rows)
    _cited().update(dict.fromkeys(names))
    for row in names:
        for teller in re.split(r"; ", _told(row).teller):
            name = wording.teller(teller)
            tellers[name] = tellers.get(name, 0) + 1
    ranked = sorted(tellers, key=lambda name: (-tellers[name], name))
    return wording.foremost(ranked, most, "; ")


def table(frame: pandas.DataFrame, *, caption: str, rows: Rows) -> None:
    """Show a table with its caption; `rows` are the rows of the archive that it rests on.

    Numbers get thousands separators, days are written out, addresses become links, empty cells stay empty.
    Column names are the headings, with spaces for underscores.
    """
    cite(rows)
    names = [str(name).replace("_", " ") for name in frame.columns]
    cells = frame.map(_cell).set_axis([name[0].upper() + name[1:] for name in names], axis="columns")
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in cells.columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td{_align(raw)}>{_markup(text)}</td>" for raw, text in zip(raws, texts, strict=True))
        + "</tr>"
        for raws, texts in zip(frame.itertuples(index=False), cells.itertuples(index=False), strict=True)
    )
    plain = f"{caption}\n{cells.to_string(index=False)}" if len(cells) else f"{caption}\nNo rows."
    body = body or f'<tr><td colspan="{len(cells.columns)}">No rows.</td></tr>'
    _display(
        plain,
        f'<div class="table-wrapper"><table class="data"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>",
    )


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return wording.choice(value)
    if isinstance(value, date):
        return written_day(value, short=True)
    return wording.exact(value)


def _markup(text: str) -> str:
    """A cell as HTML; an address becomes a link that shows its host."""
    if host := re.fullmatch(r"https?://([^/\s]+)\S*", text):
        return f'<a href="{escape(text)}">{escape(host[1])}</a>'
    return escape(text)


def _align(value: object) -> str:
    return "" if isinstance(value, str | date | bool) else ' class="number"'


def sources() -> None:
    """The rows and tables that this page has cited, with tellers, outlets, days and addresses, for its last
    section; tables come first."""
    import pandas

    told = sorted(map(_told, _cited()), key=lambda one: (one.published or date.min, one.name))
    lines = [
        {
            "Row": one.name,
            "Published": one.published,
            "Teller": one.teller,
            "Read in": one.read_in,
            "Address": one.address or "",
        }
        for one in told
    ]
    table(
        pandas.DataFrame(lines, columns=["Row", "Published", "Teller", "Read in", "Address"]),
        caption="Tables and rows that this page rests on, in order of publication",
        rows=[],
    )


def _display(plain: str, markup: str, more: Mapping[str, object] | None = None) -> None:
    from IPython.display import display

    display({"text/plain": plain, "text/html": markup, **(more or {})}, raw=True)
