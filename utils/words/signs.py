"""Signs that nobody sees and that a terminal or a browser obeys: they move, hide or turn round other text.

Controls (C0, C1) but tab and line feed, a carriage return without one, signs of direction and of zero width,
separators of lines and paragraphs, halves of a pair. Persian, Indian scripts and emoji need the two joiners;
those pass after a sign beyond ASCII.
"""

from __future__ import annotations

import re

__all__ = ["hidden", "on_a_line", "shown"]

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]|\r(?!\n)|(?<![^\x00-\x7f])[\u200c\u200d]"
)
# Seen or harmless, and yet not printable to Python: blanks of several widths, the ends of lines.
HARMLESS = ("\n", "\t", "\r", "\u00a0", "\u2009", "\u202f", "\u3000")


def hidden(text: str) -> re.Match[str] | None:
    """The first such sign of a text; None without one."""
    # The expression takes thirty times as long as a look at whether all of it is printable.
    rest = text
    if "\r" not in text:
        for sign in HARMLESS:
            rest = rest.replace(sign, "")
    return None if rest.isprintable() else HIDDEN.search(text)


def shown(text: str) -> str:
    r"""A text with every such sign written out, as Python writes it.

    >>> print(shown("\x1b[31mred"))
    \x1b[31mred
    """
    return HIDDEN.sub(lambda sign: ascii(sign[0])[1:-1], text) if hidden(text) else text


def on_a_line(text: str) -> str:
    r"""A text as `shown`, with the ends of its lines written out too.

    >>> print(on_a_line("two\nlines"))
    two\nlines
    """
    return shown(text).replace("\n", "\\n").replace("\r", "\\r")
