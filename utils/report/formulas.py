"""Formulas in TeX as MathML, which a browser draws without script and without network.

docutils knows the common part of TeX. What it does not know is shown as it is written, and named.
"""

from __future__ import annotations

import re
from html import escape, unescape

from docutils.utils.math.latex2mathml import tex2mathml

__all__ = ["in_markdown", "markup"]

# What JupyterLab leaves alone: code. Escaped dollars are none, and a sum of money is no formula.
_CODE = re.compile(
    r"(^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\2[`~]*[ \t]*$|\Z)|(?<!`)(`+)(?!`).+?(?<!`)\3(?!`))", re.M | re.S
)
_ENVIRONMENT = (
    r"\\begin\{(?P<name>align|equation|gather|eqnarray|multline)(?P<star>\*?)\}(?P<rows>.*?)"
    r"\\end\{(?P=name)(?P=star)\}"
)
_FORMULA = re.compile(
    rf"(?<!\\)\$\$(?P<block>.+?)(?<!\\)\$\$|(?P<environment>{_ENVIRONMENT})"
    r"|(?<![\\$])\$(?P<inline>(?![\s$])(?:[^$\\\n]|\\.|\n(?!\s*\n))+?)(?<!\s)\$(?![\d$])",
    re.S,
)
_ROWS = re.compile(rf"^\s*{_ENVIRONMENT}\s*$", re.S)


def markup(tex: str, *, block: bool) -> tuple[str, bool]:
    """A formula as HTML of one line, and whether it could be drawn; one that could not stands as TeX."""
    rows = _ROWS.match(tex)
    try:
        drawn = tex2mathml((rows["rows"] if rows else tex).strip(), as_block=block)
    except Exception:
        # It walks through whatever stands there, and stops in many ways.
        return f'<code class="formula">{" ".join(escape(tex).split())}</code>', False
    return re.sub(r"\s*\n\s*", "", drawn), True


def in_markdown(text: str) -> tuple[str, list[str]]:
    """Markdown with its formulas as HTML, and those that stand as TeX."""
    left: list[str] = []

    def drawn(found: re.Match[str]) -> str:
        inline = found["inline"]
        tex = inline or found["block"] or found["environment"]
        html, known = markup(tex, block=inline is None)
        if not known:
            left.append(" ".join(tex.split()))
        return re.sub(r">([^<]+)<", lambda piece: f">{_literal(unescape(piece[1]))}<", html)

    parts, end = [], 0
    for code in _CODE.finditer(text):
        parts += [_FORMULA.sub(drawn, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _FORMULA.sub(drawn, text[end:])]), left


def _literal(text: str) -> str:
    """A text of HTML in which Markdown finds nothing to format."""
    return "".join(
        sign if sign.isalnum() or sign.isspace() or not sign.isascii() else f"&#{ord(sign)};" for sign in text
    )
