"""The page of the notebook that is open: the archive that it speaks from, and what it has cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from ..archive import DATA, Archive
from ..asking import require_archive
from ..evidence.identity import content
from ..evidence.nearest import unknown
from ..evidence.schema import Event, Statement
from ..mime import PAGE_MIME, page_of
from ..verdicts import Verdict
from ..words import written_day

__all__ = ["Rows", "begin", "cite", "cited_names", "display", "header", "ids", "open_archive", "present"]

Rows = Iterable[str | Statement | Event] | str | Verdict


@dataclass
class _Page:
    """What the open notebook speaks from, and the rows that it has cited so far."""

    archive: Archive | None = None
    cited: dict[str, None] = field(default_factory=dict)


_page = _Page()


def begin(archive: Archive, *, version: str, claims: Iterable[str]) -> None:
    """Open a notebook's page: show its header and keep the archive that its sentences speak from.

    >>> begin(archive.as_of("2024-11-12"), version="1", claims=["C01"])
    Version: 1; Written by: ...; Article's clock: 12 November 2024; Data vintage: 12 November 2024
    """
    require_archive(archive)
    _page.archive, _page.cited = archive, {}
    listed = "".join(
        f"<li><b>{escape(claim.id)}</b> {escape(claim.wording)}</li>" for claim in map(archive.claim, claims)
    )
    lines = {
        "Version": version,
        **({"Written by": archive.article.author} if archive.article.author else {}),
        "Article's clock": written_day(archive.article.published),
        "Data vintage": written_day(archive.vintage or archive.clock),
    }
    display(
        "; ".join(f"{name}: {value}" for name, value in lines.items()),
        '<div class="notebook-header"><ul>'
        + listed
        + "</ul><dl>"
        + "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in lines.items()
        )
        + "</dl></div>",
        {PAGE_MIME: header(archive)},
    )


def header(archive: Archive) -> dict[str, str]:
    """What the header of a page says of the archive that the page speaks from."""
    folder = archive.tables.folder
    own = folder.resolve() == DATA.resolve()
    return page_of(archive.article.title, archive.article.published, None if own else content(folder))


def open_archive() -> Archive:
    """The archive of the open page; RuntimeError where none is open."""
    if _page.archive is None:
        raise RuntimeError("open the page with prose.begin(archive, …) first")
    return _page.archive


def cited_names() -> dict[str, None]:
    """The names that the open page has cited so far, in order; to be added to."""
    open_archive()
    return _page.cited


def ids(rows: Rows) -> tuple[str, ...]:
    """Ids of the rows and names of the tables, each known to the archive; a verdict stands for its evidence,
    its tables with it."""
    if isinstance(rows, Verdict):
        rows = (*rows.evidence, *dict.fromkeys(table for one in rows.findings for table in one.tables))
    names = tuple(
        row if isinstance(row, str) else row.id for row in ([rows] if isinstance(rows, str) else rows)
    )
    archive = open_archive()
    for name in names:
        if name not in archive.rows and not archive.tables.knows(name):
            raise KeyError(unknown("row or table", name, (*archive.rows, *archive.tables.declared)))
    return names


def cite(rows: Rows) -> list[Statement | Event]:
    """The rows of these names, kept with the tables among them for the sources at the end of the page.

    >>> begin(archive, version="1", claims=[])
    Version: 1...
    >>> [row.id for row in cite(["S001", "isw_area"])]
    ['S001']
    """
    names = ids(rows)
    cited_names().update(dict.fromkeys(names))
    return [open_archive().rows[name] for name in names if name in open_archive().rows]


def present(*names: str) -> tuple[str, ...]:
    """Those of these rows and tables that the open archive has, for what can be said without the others.

    >>> begin(archive, version="1", claims=[])
    Version: 1...
    >>> present("S001", "isw_area", "S9999")
    ('S001', 'isw_area')
    """
    archive = open_archive()
    return tuple(name for name in names if name in archive.rows or archive.tables.knows(name))


def display(plain: str, markup: str, more: Mapping[str, object] | None = None) -> None:
    """Show an output as plain text and as HTML, and what the report reads of it."""
    from IPython.display import display as shown

    shown({"text/plain": plain, "text/html": markup, **(more or {})}, raw=True)
