"""Terms of the glossary as links, at their first use on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..evidence.glossary import Term
from .safe import PART, VOID

__all__ = ["linked"]

# Where a link would break something, stand in another one, or be out of sight.
WITHIN_NONE = {
    *(
        "a",
        "button",
        "caption",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "legend",
        "option",
        "pre",
    ),
    *("script", "select", "style", "summary", "svg", "template", "textarea", "th"),
}
OUT_OF_SIGHT = re.compile(r'class="[^"]*\b(?:visually-hidden|needs-script)\b')
# A label is linked as a whole, with its mark.
NEXT = re.compile(rf'(?P<label><span class="(?:badge|mark) [^"]*">(?P<words>[^<]*)</span>)|{PART}', re.DOTALL)


def linked(body: str, terms: Sequence[Term], glossary: str) -> str:
    """A page's body, well-formed HTML, with the first use of each term as a link to the glossary.

    glossary: the address of its page. A term to which the page links already is left alone.
    """
    open_terms = {
        term.anchor: re.compile(rf"\b(?:{'|'.join(map(re.escape, term.forms))})\b", re.IGNORECASE)
        for term in terms
        if f'glossary.html#term-{term.anchor}"' not in body
    }
    done: list[str] = []
    depth, at = 0, 0
    for part in NEXT.finditer(body):
        if not open_terms:
            break
        at, text, name = part.end(), part[0], part["name"]
        if name is None:
            if part["label"] and not depth:
                text = _label(text, part["words"], open_terms, glossary)
            elif not depth and not text.startswith("<"):
                text = _first_uses(text, open_terms, glossary)
        elif name not in VOID and not part["empty"]:
            if depth:
                depth += -1 if part["close"] else 1
            elif not part["close"] and (name in WITHIN_NONE or OUT_OF_SIGHT.search(text)):
                depth = 1
        done.append(text)
    return "".join(done) + body[at:]


def _label(markup: str, words: str, open_terms: dict[str, re.Pattern[str]], glossary: str) -> str:
    """A label as a link, where its words are the first use of a term."""
    anchor = next((name for name, pattern in open_terms.items() if pattern.fullmatch(words)), None)
    if anchor is None:
        return markup
    del open_terms[anchor]
    return f'<a class="term term-label" href="{glossary}#term-{anchor}">{markup}</a>'


def _first_uses(text: str, open_terms: dict[str, re.Pattern[str]], glossary: str) -> str:
    """A text between two tags with its first uses of terms as links; these are no longer open."""
    uses = []
    for anchor, pattern in open_terms.items():
        if found := pattern.search(text):
            uses.append((found.start(), found.end(), anchor))
    done, at = "", 0
    for start, end, anchor in sorted(uses):
        # One word within another term's is left for a later use.
        if start >= at:
            done += f'{text[at:start]}<a class="term" href="{glossary}#term-{anchor}">{text[start:end]}</a>'
            at = end
            del open_terms[anchor]
    return done + text[at:]
