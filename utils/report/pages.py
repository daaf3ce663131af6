"""What Sphinx reads: pages as Markdown, their data as HTML fragments from Jinja templates.

Everything that comes from data passes Jinja's autoescape, or `safe.heading` where it stands in a heading.
Fragments lie in files of their own, so that no content can end a block early.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

from .. import answers, verdicts
from ..archive import Archive
from ..calibration import measured
from ..evidence.article import Article
from ..evidence.claims import Claim
from ..evidence.datasets import Dataset
from ..evidence.schema import Event, Quantity, Source, Statement
from ..results import Results
from ..runs.keep import write_if_new
from ..words import TOLD, Told, counted, whole_month, written_day
from . import (
    analysts_page,
    calibration_page,
    claim_page,
    evidence_page,
    method_page,
    replay_page,
    statements_page,
    track_page,
    trust_page,
)
from .pictured import Figure
from .render import percent, render
from .safe import heading
from .site import Page

__all__ = ["description", "told", "write_front", "write_glossary", "write_others"]

MEANING: dict[Told, str] = {
    "Supported": "What the claim needs is so, with a likelihood of at least "
    f"{percent(verdicts.SUPPORT_FROM)}.",
    "Refuted": f"It is not so; the likelihood is at most {percent(verdicts.REFUTE_TO)}.",
    "Half true": "One of its conditions is Supported and another Refuted; the label follows from "
    "them, and not from the likelihood of all of it.",
    "Depends on the reading": "The claim can be read in several ways, which came to different ends.",
    "Disputed": "Witnesses contradict each other.",
    "Not enough evidence": "What is public does not decide it, or not in every reading.",
    "Not yet checked": "A check that it needs is not built.",
}
CALIBRATION = "How often is it right?"
EVIDENCE = "Where the evidence comes from"
BY_HAND = (("statements", Statement), ("sources", Source), ("quantities", Quantity), ("events", Event))


def write_front(
    results: Results,
    titles: Sequence[tuple[str, str]],
    figures: Sequence[Figure],
    folder: Path,
) -> None:
    """Write the front page, the one that shows figures of the notebooks, into Sphinx's source folder.

    titles: the name and the title of each notebook, in the order in which they are read.
    """
    archive = results.archive
    toctrees = {
        **({"Notebooks": [f"notebooks/{name}" for name, _ in titles]} if titles else {}),
        "Claims": [f"claims/{claim.id}" for claim in _checked(archive)],
        "Behind it": [
            *("about", "corrections", "replay", "statements", "sources", "datasets", "evidence"),
            *(["glossary"] if archive.glossary else []),
            *("method", "calibration", "changes", "reuse", "analysts"),
        ],
    }
    page = {**_shared(results, titles), **_front(results, figures)}
    _page(folder, "index", archive.article.called, page, toctrees=toctrees)


def write_others(results: Results, titles: Sequence[tuple[str, str]], folder: Path) -> None:
    """Write every page that shows nothing of a notebook but its title; as `write_front`."""
    archive, shared = results.archive, _shared(results, titles)
    for claim in _checked(archive):
        own = {"notebook": dict(titles).get(claim.notebook or ""), **claim_page.context(results, claim)}
        heading = f"{claim.id}: {claim.wording}"
        _page(folder, f"claims/{claim.id}", heading, {**shared, **own}, template="claim")
    tellers = {name: [row.id for row in archive.statements if row.source == name] for name in archive.sources}
    _page(folder, "statements", "Statements and events", {**shared, **statements_page.context(results)})
    _page(folder, "sources", "Sources", {**shared, "tellers": tellers})
    _page(folder, "datasets", "Datasets", {**shared, **_datasets(results)})
    _page(folder, "evidence", EVIDENCE, {**shared, **evidence_page.context(results, archive.review)})
    if archive.glossary:
        write_glossary(archive, folder)
    known = {**calibration_page.context(measured.kept()), **track_page.context(archive)}
    _page(folder, "calibration", CALIBRATION, {**shared, **known})
    _page(folder, "changes", "Changes of verdict", {**shared, "changes": results.changes})
    _page(folder, "replay", "Day by day", {**shared, **replay_page.context(results)})
    _page(folder, "about", "About this report", {**shared, **trust_page.about(archive)})
    _page(folder, "corrections", "Corrections", {**shared, **trust_page.corrections(archive)})
    _page(folder, "reuse", "How to reuse and cite", shared)
    _page(folder, "analysts", "How to open the notebooks", {**shared, **analysts_page.context(archive)})
    write_if_new(folder / "method.md", method_page.page(archive.review, archive.article.partial_party))


def told(results: Results, titles: Sequence[tuple[str, str]]) -> dict[str, Page]:
    """What the pages say of themselves, by name."""
    claims = {claim.id: _of_claim(results, claim) for claim in _checked(results.archive)}
    return {
        "index": Page(description(results.archive), wide=True),
        "statements": Page("Every published figure, affirmation and denial with its source.", wide=True),
        "sources": Page("Every source with its side, its reliability and its rows.", wide=True),
        "evidence": Page(
            "Sides, languages and pages of the rows, and which claims a dataset speaks of.", wide=True
        ),
        "datasets": Page("The external datasets, their licences, known problems and columns."),
        "changes": Page("Every day on which a verdict changed, and by which rows.", wide=True),
        "replay": Page("All verdicts on any day, by what was public then.", wide=True),
        "about": Page("Who made this report and why, how to report an error, and what “today” is."),
        "corrections": Page("What was wrong, since when, and what is different now."),
        "glossary": Page("Words that mean something exact here, and what they do not mean."),
        "method": Page("How a verdict is made: the rule, the checks and their literature."),
        "calibration": Page(
            "How often the engine is right, where the truth is known and where it came out.", wide=True
        ),
        "reuse": Page("How to cite, licences, and the files for other programs."),
        "analysts": Page("How to open the notebooks in JupyterLab and ask something else."),
        **{f"claims/{name}": page for name, page in claims.items()},
        **{f"notebooks/{name}": Page(title) for name, title in titles},
    }


def _checked(archive: Archive) -> list[Claim]:
    return [claim for claim in archive.claims if claim.is_checked]


def _shared(results: Results, titles: Sequence[tuple[str, str]]) -> dict[str, object]:
    """The values that every page may show."""
    archive = results.archive
    return {
        "archive": archive,
        "article": archive.article,
        "folder": analysts_page.folder(archive),
        "both": results.both,
        "answers": results.answers,
        "then": archive.article.published,
        "today": archive.clock,
        "vintage": archive.vintage or archive.clock,
        "notebooks": titles,
    }


def write_glossary(archive: Archive, folder: Path) -> None:
    """Write the page of terms, each under the name by which notebooks link to it."""
    labels = {term.term: f"term-{term.anchor}" for term in archive.glossary}
    _page(folder, "glossary", "Glossary", {"archive": archive}, labels=labels)


def description(archive: Archive) -> str:
    """What a report is, in a sentence for those who link to it."""
    article, claims = archive.article, counted(len(archive.claims), "claim")
    return (
        f"One {article.form} of {_when(article)}, {claims}, and what dated evidence says of each on the day "
        "it was published and today."
    )


def _when(article: Article) -> str:
    """The day of the article, or its month where the day is a guess."""
    guess = article.day_known == "guess"
    return whole_month(article.published) if guess else written_day(article.published)


def _of_claim(results: Results, claim: Claim) -> Page:
    _, answered = results.answers[claim.id]
    told = f"{claim.wording} {answered.label_in_words}. {answered.text}"
    return Page(told, card=f"cards/{claim.id}.png", card_alt=f"{claim.id}: {told}")


def _front(results: Results, figures: Sequence[Figure]) -> dict[str, object]:
    """What the front page shows beyond the verdicts."""
    archive, both = results.archive, results.both
    tally = [
        (label, *(sum(answers.told(pair[clock]) == label for pair in both.values()) for clock in (0, 1)))
        for label in TOLD
    ]
    return {
        "summary": answers.summary(archive, both),
        "not_firm": sum(not answers.firm(now.share) for _, now in results.leaning.values()),
        "tally": [line for line in tally if line[1] or line[2]],
        "meaning": MEANING,
        "topics": list(dict.fromkeys(claim.topic for claim in archive.claims)),
        "highlights": [
            (one.finding, figure)
            for one in archive.article.highlights
            if (figure := _chosen(figures, one.notebook, one.figure))
        ],
    }


def _chosen(figures: Sequence[Figure], notebook: str, words: str) -> Figure | None:
    """The figure of a notebook whose title has the words, else its first; None when there is no such one."""
    own = [figure for figure in figures if figure.notebook == notebook]
    return next((one for one in own if words.lower() in one.title.lower()), own[0] if own else None)


def _datasets(results: Results) -> dict[str, object]:
    """The external datasets, and the tables that are made from them."""
    tables = results.archive.tables
    datasets: list[Dataset] = list(tables.datasets.values())
    return {
        "datasets": datasets,
        "tables": sorted(tables.declared.items()),
        "made_from": {
            one.id: [name for name, table in sorted(tables.declared.items()) if one.id in table.datasets]
            for one in datasets
        },
        "by_hand": BY_HAND,
    }


def _page(
    folder: Path,
    name: str,
    title: str,
    context: Mapping[str, object],
    *,
    template: str | None = None,
    toctrees: Mapping[str, Sequence[str]] | None = None,
    labels: Mapping[str, str] | None = None,
) -> None:
    """A page from its template; every h2 of it becomes a heading that Sphinx knows, for its contents.

    labels: names of headings to which notebooks link.
    """
    markup = render(f"{template or name}.html", **context)
    parts = re.split(r"<h2>(.*?)</h2>\n", str(markup))
    path = folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"# {heading(title)}", ""]
    for place in range(0, len(parts), 2):
        if place:
            words = unescape(parts[place - 1])
            lines += [f"({labels[words]})="] if labels and words in labels else []
            lines += [f"## {heading(words)}", ""]
        fragment = path.with_suffix(f".{place // 2}.fragment.html")
        write_if_new(fragment, parts[place])
        lines += ["```{raw} html", f":file: {fragment.name}", "```", ""]
    for caption, pages in (toctrees or {}).items():
        lines += ["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""]
    write_if_new(path, "\n".join(lines))
