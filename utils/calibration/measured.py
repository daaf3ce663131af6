"""The calibration as it was measured last, kept in `measured.json`, as a whole one takes minutes.

The file has one score a line, a share as [count, stated, true]. `python -m utils calibration --write` renews
it, and a test measures again and compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..runs.keep import write_atomically
from ..runs.reach import digest
from .score import Score, Share, as_json

__all__ = ["FILE", "Measured", "engine", "from_text", "kept", "to_text", "write"]

FILE = Path(__file__).with_name("measured.json")
UTILS = Path(__file__).resolve().parents[1]
# What reads a data folder and judges claims, and what draws articles and scores the verdicts.
ENGINE = ("archive.py", "joining.py", "verdicts.py", "checks", "evidence", "calibration")
# What shows or judges the scores and makes none.
AFTER = {"command.py", "gate.py", "measured.py", "not_reached.py", "page.py", "show.py"}
LABELS = ("supported", "refuted")


@dataclass(frozen=True)
class Measured:
    """Scores with what they were measured on: articles a world, the seed, the digest of the engine."""

    articles: int
    seed: int
    engine: str
    scores: tuple[Score, ...]

    @property
    def is_current(self) -> bool:
        """Whether the engine is still the one that was measured."""
        return self.engine == engine()


def engine(folder: Path = UTILS) -> str:
    """The digest of the modules that scores depend on, below the package's folder."""
    parts = [folder / name for name in ENGINE]
    files = sorted(file for part in parts for file in (part.rglob("*.py") if part.is_dir() else [part]))
    content = [
        [file.relative_to(folder).as_posix(), digest(file.read_text(encoding="utf-8"))]
        for file in files
        if file.parent.name != "calibration" or file.name not in AFTER
    ]
    return digest(json.dumps(content))


def kept(path: Path = FILE) -> Measured:
    """What was measured last; OSError without the file, ValueError for one that `to_text` has not made."""
    return from_text(path.read_text(encoding="utf-8"))


def write(measured: Measured, path: Path = FILE) -> None:
    """Keep what has been measured."""
    write_atomically(path, to_text(measured))


def to_text(measured: Measured) -> str:
    """The content of the file."""
    lines = [json.dumps(_packed(one), separators=(",", ":")) for one in as_json(measured.scores)]
    head = json.dumps({"articles": measured.articles, "seed": measured.seed, "engine": measured.engine})
    return f'{head[:-1]}, "scores": [\n' + ",\n".join(lines) + "\n]}\n"


def from_text(text: str) -> Measured:
    """What a file says; ValueError for a text that `to_text` has not made."""
    try:
        content = json.loads(text)
        scores = tuple(_unpacked(one) for one in content.pop("scores"))
        return Measured(**content, scores=scores)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no measured calibration: {error}") from error


def _packed(score: Mapping[str, Any]) -> dict[str, Any]:
    """A score with its shares as lists; a tenth without verdicts is an empty one."""
    shares = {label: list(score[label].values()) for label in LABELS}
    tenths = [list(tenth.values()) if tenth["count"] else [] for tenth in score["deciles"]]
    return {**score, **shares, "deciles": tenths}


def _unpacked(score: Mapping[str, Any]) -> Score:
    shares = {label: Share(*score[label]) for label in LABELS}
    tenths = tuple(Share(*tenth) if tenth else Share(0, None, None) for tenth in score["deciles"])
    return Score(**{**score, **shares, "deciles": tenths})
