"""What the campaigns have in common: how each outcome is counted, printed and kept."""

from __future__ import annotations

import collections
import json
from collections.abc import Collection, Iterable
from pathlib import Path

__all__ = ["counted", "keep", "printed"]

Ends = dict[str, dict[str, int]]


def counted(outcomes: Iterable[tuple[str, Collection[str]]], ends: Iterable[str]) -> Ends:
    """How many outcomes there are of each end, in all and by the kinds that each has."""
    kinds: dict[str, list[Collection[str]]] = collections.defaultdict(list)
    for ended, own in outcomes:
        kinds[ended].append(own)
    return {
        end: {
            "all": len(kinds[end]),
            **dict(sorted(collections.Counter(kind for own in kinds[end] for kind in set(own)).items())),
        }
        for end in ends
    }


def printed(ends: Ends, what: str, many: int, seconds: float) -> None:
    """Print how many ended how, and what each took in processor time."""
    for name, of in ends.items():
        print(f"{of['all']:>7} {name}")
    print(f"{many} {what}, {1000 * seconds / max(1, many):.1f} ms of processor time each")


def keep(path: Path | None, content: dict[str, object]) -> None:
    """Keep the counts as JSON, where a file is named."""
    if path is not None:
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
