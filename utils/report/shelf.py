"""Several reports on one shelf: each has its own site, and one page leads to all of them."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import answers
from ..archive import Archive
from ..results import Results, kept
from ..runs.alone import alone, restore, swap
from ..runs.place import Place
from ..terminal import say
from ..words import TOLD, counted
from . import build as one_report
from .pages import description
from .render import render

__all__ = ["build", "page"]

STYLE = "shelf.css"


@dataclass(frozen=True)
class Shelved:
    """A report on the shelf: where its site lies, what it is called and about, and its labels of today."""

    folder: str
    title: str
    about: str
    labels: tuple[str, ...]


def build(places: Sequence[Place], shelf: Path) -> int:
    """Build the report of every place, and put them below ``html`` of the shelf; 0 when it stands.

    ValueError for two folders of one name, as each site has the name of its folder.
    """
    names = [place.data.name for place in places]
    if twice := [name for name, many in Counter(names).items() if many > 1]:
        raise ValueError(f"two folders are called {twice[0]}, and a site has the name of its folder")
    for done, place in enumerate(places):
        if status := one_report.report(place):
            whole = f"{done} of {counted(len(places), 'report')} are built"
            print(f"No shelf was put together; {whole}, not {place.data.name}", file=sys.stderr)
            return status
    with alone(shelf, say):
        restore(shelf / "html")
        _put_together(places, shelf / "html", shelf / "html.new")
    say(f"The shelf is at {shelf / 'html' / 'index.html'}: {counted(len(places), 'report')}")
    return 0


def _put_together(places: Sequence[Place], html: Path, new: Path) -> None:
    """Put the sites of all places and the page that leads to them at `html`, once they are whole."""
    shutil.rmtree(new, ignore_errors=True)
    for place in places:
        shutil.copytree(place.reports / "html", new / place.data.name)
    archives = {place.data.name: Archive.read(place.data) for place in places}
    (new / "index.html").write_text(
        page({name: kept(archive) for name, archive in archives.items()}), encoding="utf-8"
    )
    shutil.copy(Path(__file__).parent / "static" / STYLE, new / STYLE)
    swap(new, html)


def page(results: dict[str, Results]) -> str:
    """The page that leads to every report, by the name of its folder."""
    shelved = [_shelved(name, one) for name, one in results.items()]
    return str(render("shelf.html", reports=shelved, style=STYLE, many=counted(len(shelved), "report")))


def _shelved(folder: str, results: Results) -> Shelved:
    article = results.archive.article
    labels = Counter(answers.told(now) for _, now in results.both.values())
    told = tuple(f"{label}: {labels[label]}" for label in TOLD if labels[label])
    return Shelved(folder, article.called, description(results.archive), told)
