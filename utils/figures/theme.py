"""One look for all figures: seaborn's theme with the house's colours, type and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .scripts import families

if TYPE_CHECKING:
    from ..evidence.article import Party

__all__ = [
    "ALERT",
    "CLOCK_COLOURS",
    "FAINT",
    "INK",
    "NOBODY",
    "PALE",
    "PALETTE",
    "PAPER",
    "PARTY_COLOURS",
    "SHADE",
    "SMALL",
    "TOLERANCE",
    "colours_of",
    "party_colour",
    "set_theme",
]

# Okabe and Ito's colours, which stay apart for colour-blind readers; a party has one colour everywhere.
PARTY_COLOURS = {
    "ua": "#0072B2",
    "ru": "#D55E00",
    "kp": "#CC79A7",
    "us": "#009E73",
    "kr": "#56B4E9",
    "nato": "#7A5195",
    "eu": "#B8860B",
    "none": "#5A5A5A",
}
NOBODY = PARTY_COLOURS["none"]  # who takes no side
PALETTE = tuple(colour for colour in PARTY_COLOURS.values() if colour != NOBODY)
INK, FAINT, PAPER = "#1B1B1B", "#6B6B6B", "#FFFFFF"
PALE = "#BDBDBD"  # bars and marks that are the ground for others
SHADE = "#EFEFEF"  # spans of days, and where a rule decides
TOLERANCE = "#F0E8D0"  # what a claim allows
ALERT = "#A61C3C"  # what a reader should stop at; no party's colour
CLOCK_COLOURS = {"then": "#8A8A8A", "today": INK}
SMALL = 9.0  # points: of words beside marks
STYLE: dict[str, Any] = {
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.labelsize": 11,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "text.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.8,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 3.5,
    "ytick.major.size": 3.5,
    "xtick.major.width": 0.8,
    "ytick.major.width": 0.8,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "patch.force_edgecolor": False,
    "legend.frameon": False,
    "figure.facecolor": PAPER,
    "text.hinting": "none",  # so fine a grid needs none, and letters keep their distances
    "timezone": "UTC",
}


def set_theme() -> None:
    """Make the theme that of all figures drawn from now on, whatever was set before."""
    import matplotlib
    import seaborn

    matplotlib.rcdefaults()
    seaborn.set_theme(
        context="paper", style="ticks", palette=[*PALETTE, NOBODY], rc={**STYLE, "font.family": families()}
    )


def colours_of(parties: Mapping[str, Party]) -> dict[str, str]:
    """The colour of each party of an article: its own, grey for "none", else the next of the palette.

    Where the palette ends, shades that are as far from each other as can be go on.
    """
    import seaborn

    own = {name: party.colour for name, party in parties.items() if party.colour}
    own |= {name: NOBODY for name in parties if name == "none" and name not in own}
    free = [colour for colour in PALETTE if colour not in own.values()]
    asking = [name for name in parties if name not in own]
    if len(asking) > len(free):
        free += seaborn.husl_palette(len(asking) - len(free), l=0.5).as_hex()
    chosen = {**own, **dict(zip(asking, free, strict=False))}
    return {name: chosen[name] for name in parties}


def party_colour(party: str) -> str:
    """The colour of a party of the project's own article, for its own drawings; grey for any other."""
    return PARTY_COLOURS.get(party, NOBODY)
