"""What Sphinx reads: pages as Markdown, their data as HTML fragments from Jinja templates.

Everything that comes from data passes Jinja's autoescape, or `plain_markdown` where it stands in a heading.
Fragments lie in files of their own, so that no content can end a block early.
"""

from __future__ import annotations

import functools
import inspect
import re
from pathlib import Path
from types import ModuleType

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

from .. import checks, verdicts
from ..archive import Archive
from ..checks import attribution, quantity
from ..claims import Claim
from ..schema import Statement, written_day
from ..verdicts import Verdict

__all__ = ["environment", "fold_code", "plain_markdown", "write"]

NOT_USED = {
    "garbled": "a relay changed the figure or its meaning",
    "unseen": "the page was not seen",
    "doubtful": "the page is weak, or the figure or its date is uncertain",
}


@functools.cache
def environment() -> Environment:
    """The templates, with the filters that they use."""
    made = Environment(
        loader=PackageLoader("utils.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": written_day, "figure": figure, "percent": "{:.0%}".format, "slug": _slug}
    return made


def _slug(text: str) -> str:
    return re.sub(r"[^a-z]+", "-", text.lower()).strip("-")


def plain_markdown(text: str) -> str:
    """A text of one line in which Markdown finds nothing to format."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def figure(row: Statement) -> str:
    """What a statement says, as a number with its bounds, or its stance."""
    if row.value is not None:
        bounds = [
            f"{name} {end:,.10g}"
            for name, end in (("at least", row.low), ("at most", row.high))
            if end is not None and end != row.value
        ]
        exact = f"{row.value:,.10g}"
        if row.low == row.value:
            exact = f"{exact} or more"
        elif row.high == row.value:
            exact = f"{exact} or less"
        return exact + (f" ({', '.join(bounds)})" if bounds else "")
    if row.low is not None and row.high is not None:
        return f"{row.low:,.10g} to {row.high:,.10g}"
    if row.low is not None:
        return f"{row.low:,.10g} or more"
    if row.high is not None:
        return f"{row.high:,.10g} or less"
    return row.stance or ""


def write(archive: Archive, notebooks: list[Path], folder: Path) -> None:
    """Write every page but the notebooks into Sphinx's source folder.

    notebooks: the executed notebooks, in the order in which they are read.
    """
    both = {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    shared = {"archive": archive, "both": both, "then": archive.article.published, "today": archive.clock}
    _page(
        folder,
        "index",
        "Fifty Thousand",
        shared,
        "index.html",
        toctrees={
            "Notebooks": [f"notebooks/{path.stem}" for path in notebooks],
            "Claims": [f"claims/{claim.id}" for claim in archive.claims if claim.is_checked],
            "Behind it": ["statements", "method"],
        },
    )
    for claim in archive.claims:
        if claim.is_checked:
            context = {
                **shared,
                "claim": claim,
                "clocks": both[claim.id],
                "top": "../",
                "origins": _by_origin(archive, claim, both[claim.id][1]),
                "witnesses": _witnesses(archive, claim),
                "parameters": [(check.method, check.model_dump(mode="json")) for check in claim.built],
            }
            _page(folder, f"claims/{claim.id}", f"{claim.id}: {claim.wording}", context, "claim.html")
    tellers = {name: [row for row in archive.statements if row.source == name] for name in archive.sources}
    _page(folder, "statements", "Sources and statements", {**shared, "tellers": tellers}, "statements.html")
    (folder / "method.md").write_text(_method(), encoding="utf-8")


def fold_code(notebook: nbformat.NotebookNode) -> None:
    """Mark the code of a notebook to be folded: the argument is read first, the code on demand."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = ["hide-input"]


def _page(
    folder: Path,
    name: str,
    title: str,
    context: dict,
    template: str,
    toctrees: dict[str, list[str]] | None = None,
) -> None:
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    fragment = path.with_suffix(".fragment.html")
    fragment.write_text(environment().get_template(template).render(**context), encoding="utf-8")
    lines = [f"# {plain_markdown(title)}", "", "```{raw} html", f":file: {fragment.name}", "```", ""]
    for caption, pages in (toctrees or {}).items():
        lines += ["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _by_origin(archive: Archive, claim: Claim, verdict: Verdict) -> list[dict]:
    """Every row that the claim's checks considered, by origin; why a row is not evidence of its own."""
    considered = {row for finding in verdict.findings for row in finding.considered}
    used = set(verdict.evidence)
    groups = archive.origins(row for row in archive.statements if row.id in considered)
    return [
        {
            "origin": origin,
            "first": rows[0],
            "used": any(row.id in used for row in rows),
            "rows": [(row, "" if row.id in used else _why_not(row, rows, used)) for row in rows],
        }
        for origin, rows in groups.items()
    ]


def _why_not(row: Statement, rows: list[Statement], used: set[str]) -> str:
    if row.status != "sound":
        return NOT_USED[row.status]
    if not row.has_point:
        return "gives one bound or no number"
    if any(other.id in used for other in rows):
        return "the same origin is already heard"
    return "does not answer this question"


def _witnesses(archive: Archive, claim: Claim) -> dict:
    """What each method's witnesses say, as known today, for the tables of a claim's page."""
    tables: dict = {}
    for check in claim.built:
        if check.method == "quantity":
            tables["quantity"] = [
                (archive.rows[one.row], one, one.interval(check.drift))
                for one in quantity.observations(archive, check)
            ]
        elif check.method == "attribution":
            tables["attribution"] = [
                (row, attribution.alteration(row, check.value))
                for row in attribution.first_rows(archive, check.origin)
            ]
    return tables


def _method() -> str:
    """The method page: what the modules say of themselves, in their own order."""
    parts = ["# Method", "", "This page is made from the code that does the work.", ""]
    for title, module in (
        ("The verdict", verdicts),
        ("Findings", checks),
        ("Quantity: is a claimed number right?", quantity),
        ("Attribution: did the speaker say this?", attribution),
    ):
        parts += [f"## {title}", "", _chapter(module), ""]
    return "\n".join(parts)


def _chapter(module: ModuleType) -> str:
    """A module's docstring as Markdown, its headings one level below the chapter's."""
    return re.sub(r"^(.+)\n-{3,}$", r"### \1", inspect.getdoc(module) or "", flags=re.MULTILINE)
