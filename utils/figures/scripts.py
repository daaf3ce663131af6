"""Fonts for the scripts that DejaVu has no signs for, and one line where this machine has none."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator

__all__ = ["families", "one_line_for_missing_signs"]

# Comes with matplotlib, so it is the same everywhere; it has Latin, Greek, Cyrillic, Arabic and Hebrew.
FIRST = "DejaVu Sans"
# What systems have for other scripts, asked for a sign that the first has not; a picture with such signs is
# not the same on every machine, one without them is.
OTHERS = (
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR", "Noto Sans JP", "Noto Sans SC"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai", "Noto Sans Ethiopic"),
    *("WenQuanYi Zen Hei", "Lohit Devanagari", "Hiragino Sans", "PingFang SC", "Kohinoor Devanagari"),
    *("Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Nirmala UI", "Leelawadee UI", "Arial Unicode MS"),
)
# Before 3.11 Matplotlib says of some scripts beside each such sign that it cannot shape them.
MISSING = re.compile(r"Glyph (\d+) .* missing from|Matplotlib currently does not support .* natively")


def families() -> list[str]:
    """The fonts of a figure, in the order in which they are asked for a sign."""
    from matplotlib.font_manager import fontManager

    here = {font.name for font in fontManager.ttflist}
    return [FIRST, *(name for name in OTHERS if name in here)]


@contextlib.contextmanager
def one_line_for_missing_signs() -> Iterator[None]:
    """Gives one warning for all signs that no font of this machine has, in the place of one for each."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield
    missing = {found[1] for one in told if (found := MISSING.match(str(one.message))) and found[1]}
    for one in told:
        if not MISSING.match(str(one.message)):
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    if missing:
        signs = " ".join(sorted(chr(int(code)) for code in missing))
        warnings.warn(
            f"no font of this machine has {signs}: the picture shows boxes for them here; in the report the "
            "reader's own fonts draw them",
            stacklevel=4,
        )
