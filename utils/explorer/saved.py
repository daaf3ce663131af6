"""Save what was found as a page of its own, in the style of the report."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..archive import DATA
from ..runs.keep import write_atomically

__all__ = ["save"]

STYLE = DATA.parent / "utils" / "report" / "static" / "report.css"
OWN = (
    ":root { color-scheme: light dark } body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; "
    "font-family: var(--ft-serif); line-height: 1.5 } svg { max-width: 100%; height: auto } "
    "th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem 0.2rem 0 }"
)
# Nothing is asked of any network.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def save(path: Path | str, title: str, *parts: object) -> Path:
    """Write a page with a title and parts below each other; its path.

    parts: whatever shows itself as HTML, as a view; of everything else the text, one paragraph a line.
    """
    path, name = Path(path), escape(title)
    style = f"{STYLE.read_text(encoding='utf-8')}\n{OWN}".replace("</", "<\\/")
    write_atomically(
        path,
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{style}\n</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
        + "\n".join(map(_markup, parts))
        + "\n</main>\n</body>\n</html>\n",
    )
    return path


def _markup(part: object) -> str:
    shown = getattr(part, "_repr_html_", None)
    if shown is not None:
        return str(shown())
    return "\n".join(f"<p>{escape(line)}</p>" for line in str(part).splitlines())
