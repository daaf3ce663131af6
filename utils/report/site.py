"""From the written pages to the site: Sphinx with furo's style sheets in a frame of our own.

furo's own frame has scripts and styles inside its pages, which a Content-Security-Policy has to refuse. The
frame in `theme` has none, and loads one script file. Addresses of other hosts get numbers, so that a printed
page ends with the list of them.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from ..archive import Archive
from ..words import counted, written_day
from . import terms
from .directions import Isolating, isolate
from .safe import plain
from .searched import Kept, of_rows, script

__all__ = ["POLICY", "Page", "build"]

HERE = Path(__file__).parent
# Everything comes from the site itself; data: is for the pictures inside furo's style sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'"
)
STYLES = (
    "styles/furo.css",
    "styles/furo-extensions.css",
    "pygments.css",
    "labels.css",
    "report.css",
    "tools.css",
    "print.css",
)
# What every page loads, and what single pages load beside it.
SCRIPTS = ("numbers.js", "tables.js")
# What is folded for its length is not searched: it is printed, and not written.
LONG = re.compile(r'<details class="long">.*?</details>', re.DOTALL)
OWN_SCRIPTS = {"replay": ("replay.js",), "search": ("minisearch.js", "searched.js", "search.js")}
KEPT = {
    *(*STYLES, *SCRIPTS, "report.js", "icon.svg"),
    *(name for own in OWN_SCRIPTS.values() for name in own),
}

CONFIGURATION = {
    "language": "en",
    "extensions": ["myst_nb", f"{__package__}.markdown"],
    # Levels that a notebook skips are closed up, and of two meanings of a link the first counts.
    "suppress_warnings": ["myst.header", "myst.duplicate_def"],
    "myst_enable_extensions": [],
    "nb_execution_mode": "off",
    "nb_code_prompt_show": "Show the {type}",
    "nb_code_prompt_hide": "Hide the {type}",
    "html_theme": "furo",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_last_updated_fmt": None,
    "html_use_index": False,
    # In place of Sphinx's search, which knows no number with a mark in it and, from the disk, no excerpts.
    "html_additional_pages": {"search": "search.html"},
    "html_permalinks_icon": "#",
    "templates_path": [str(HERE / "theme")],
    "exclude_patterns": ["**/*.fragment.html"],
}


@dataclass(frozen=True)
class Page:
    """What a page says of itself: a description in a sentence, whether it takes the whole width, and the card
    that stands for it where somebody links to it, with what that shows; without one, it is the site's."""

    description: str
    wide: bool = False
    card: str | None = None
    card_alt: str | None = None


def build(archive: Archive, told: Mapping[str, Page], work: Path, new: Path, *, again: bool = False) -> str:
    """Render the source folder `work` to the folder `new`; the warnings, of which there should be none.

    Beside the pages, `work` has `static` with the style sheet of the labels, and `extra` with what lies at
    the site's root. told: what the pages say of themselves, by name; a page that is missing gets the
    front page's sentence. again: only what has changed in `work` since the last time is read and written.
    """
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.util.docutils import docutils_namespace

    # Sphinx goes on from its own output, of which the site is a pruned copy.
    warnings, full, doctrees = io.StringIO(), work.with_name("sphinx"), work.with_name("doctrees")
    # Sphinx only adds: a figure that is gone would stay.
    shutil.rmtree(full if not again else full / "figures", ignore_errors=True)
    # MyST-NB lays the notebooks by for downloads, which the site does not offer, and reads them never again.
    shutil.rmtree(work.with_name("jupyter_execute"), ignore_errors=True)
    searched = Kept(work.with_name("searched"))
    if not again:
        shutil.rmtree(doctrees, ignore_errors=True)
        shutil.rmtree(searched.folder, ignore_errors=True)
    options = _options(archive, work)
    with docutils_namespace():
        app = Sphinx(
            work, None, full, doctrees, "html", options, status=None, warning=warnings, freshenv=not again
        )
        app.connect("html-page-context", _completing(archive, told, searched))
        if isinstance(app.builder, StandaloneHTMLBuilder):
            app.builder.search = False
        app.build(force_all=not again)
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(full, new)
    documents = [*searched.read(), *of_rows(archive)]
    apart = Isolating(archive)
    (new / "_static" / "searched.js").write_text(script(documents, apart.text), encoding="utf-8")
    isolate(apart, new)
    _prune(new)
    return warnings.getvalue()


def _options(archive: Archive, work: Path) -> dict[str, Any]:
    """Sphinx's configuration for the site of an archive."""
    article = archive.article
    return {
        **CONFIGURATION,
        "project": article.called,
        "author": article.author or article.called,
        "html_title": article.called,
        "release": article.version or "",
        "html_static_path": [str(HERE / "static"), str(HERE / "vendor"), str(work / "static")],
        "html_extra_path": [str(work / "extra")],
    }


def _completing(archive: Archive, told: Mapping[str, Page], searched: Kept) -> Callable[..., None]:
    """What gives a page that Sphinx is about to write all that its templates ask for."""
    article = archive.article
    shared = {
        "policy": POLICY,
        "styles": STYLES,
        "home": f"{article.address}/" if article.address else "",
        "licence": article.licence,
        "vintage": written_day(archive.vintage or archive.clock),
    }
    claims = counted(len(archive.claims), "claim")
    card = f"The verdicts on {claims}, on the day of the {article.noun} and today."

    def complete(app: object, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
        page = told.get(name, told["index"])
        context |= shared
        context["scripts"] = (*SCRIPTS, *OWN_SCRIPTS.get(name, ()))
        context |= {"description": plain(page.description), "page_class": "wide" if page.wide else ""}
        context |= {"card": page.card or "card.png", "card_alt": plain(page.card_alt or card)}
        context["furo_hide_toc"] = page.wide or context.get("furo_hide_toc", True)
        if "body" in context:
            searched.write(name, LONG.sub("", context["body"]))
            # The words of the fold are its name; a name that hides them helps nobody.
            body = folds(context["body"].replace(' aria-label="Toggle hidden content"', ""))
            if archive.glossary and name != "glossary":
                body = terms.linked(body, archive.glossary, context["pathto"]("glossary"))
            context["body"], context["notes"] = numbered(body)

    return complete


def folds(body: str) -> str:
    """A page's body with the words of its folds in spans: a summary may hold no paragraph.

    What myst-nb calls the source of a cell is its code.
    """

    def spans(found: re.Match[str]) -> str:
        return re.sub(r"<(/?)p\b", r"<\1span", found[0].replace(" the source<", " the code<"))

    return re.sub(r"<summary\b.*?</summary>", spans, body, flags=re.DOTALL)


def numbered(body: str) -> tuple[str, list[str]]:
    """A page's body with a number at every link to another host, and the addresses by number.

    Cards are left out: they are not printed.
    """
    addresses: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if found["card"]:
            return found["card"]
        place = addresses.setdefault(found["address"], len(addresses) + 1)
        return f'{found["link"]} data-note="{place}"'

    pattern = r'(?P<card><template\b.*?</template>)|(?P<link><a\b[^>]*?\bhref="(?P<address>https?://[^"]*)")'
    body = re.sub(pattern, number, body, flags=re.DOTALL)
    return body, [unescape(address) for address in addresses]


def _prune(new: Path) -> None:
    """Remove what no page asks for: the theme's scripts and maps, an inventory for other sites."""
    for path in sorted((new / "_static").rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(new / "_static").as_posix() not in KEPT:
            path.unlink()
    # Sphinx keeps the former .buildinfo too, where the folder that it works in has moved.
    for path in (*new.glob(".buildinfo*"), new / "objects.inv"):
        path.unlink(missing_ok=True)
    for name in (".doctrees", "_sources"):
        shutil.rmtree(new / name, ignore_errors=True)
