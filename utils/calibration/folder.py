"""Write drawn claims as a data folder like any other."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from . import asked, columns
from .case import ARTICLE_DAY, LAG_DAYS, NEWEST_DAY, NO_PARTY, Case, Matter, Teller, Telling, day

__all__ = ["write"]

# libyaml writes ten times as fast; PyYAML may have been built without it.
YAML_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
DATASET = "survey"
KINDS = {
    "transfer": "causal",
    "balance": "causal",
}  # what a claim is, where it is not what its method is called

ARTICLE: dict[str, Any] = {
    "title": "Made-up articles",
    "language": "en",
    "published": ARTICLE_DAY,
    "dating": "Made up.",
    "history_from": day(-300),
    "known_until": day(1000),
    "parties": {
        "north": {"name": "Northland", "partial": True},
        "south": {"name": "Southland", "partial": True},
        "coast": {"name": "Coastland", "partial": False},
        "league": {"name": "League of Ports", "partial": False},
        "none": {"name": "No party", "partial": False},
    },
}

DATASETS: dict[str, Any] = {
    "datasets": [
        {
            "id": DATASET,
            "title": "A survey of what happened every day",
            "publisher": "Institute of Surveys",
            "party": "none",
            "citation": "Made up.",
            "licence": "made up",
            "shipped": "Series and stays.",
            "repository": "made/up",
            "revision": "v1",
            "folder": "",
            "files": ["survey.csv"],
            "retrieved": NEWEST_DAY,
            "publication_lag_days": LAG_DAYS,
            "lag_reason": "Made up.",
            "horizon_days": 30,
            "coverage_from": day(-600),
            "coverage_to": NEWEST_DAY,
            "gaps": "Where a world leaves days out.",
            "known_problems": [],
        }
    ]
}

PIN = {"id": "survey/survey.csv", "dataset": DATASET, "path": "survey.csv", "sha256": "0" * 64, "bytes": 0}

# The newest row of every folder, so that the second clock is the same in all.
EVENT = {
    "id": "W01",
    "date": NEWEST_DAY,
    "published": NEWEST_DAY,
    "title": "The last day of all that is made up",
    "source": "Institute of Surveys",
    "url": "",
    "claims": "",
    "status": "sound",
}


# Claims about tables alone have no tellings, and no folder is without any: the articles are in print.
KEEPER = Teller("keeper", NO_PARTY, "B", "count", eyes="keeper")
PRINTED = Matter("printed")
IN_PRINT = Telling(
    PRINTED.name, KEEPER.name, "print", KEEPER.name, ARTICLE_DAY, ARTICLE_DAY, ARTICLE_DAY, affirms=True
)


def write(folder: Path, cases: Sequence[Case]) -> None:
    """Write the claims and all about them into a folder that is not there yet; OSError when it is."""
    (folder / "tables").mkdir(parents=True)
    _yaml(folder / "article.yaml", ARTICLE)
    _yaml(folder / "claims.yaml", {"claims": [_claim(case) for case in cases]})
    _yaml(folder / "datasets.yaml", DATASETS)
    _rows(folder / "files.csv", [PIN])
    _rows(folder / "events.csv", [EVENT])
    tellers = {KEEPER.name: KEEPER} | {teller.name: teller for case in cases for teller in case.tellers}
    _rows(folder / "sources.csv", [columns.source(teller) for _, teller in sorted(tellers.items())])
    matters = {PRINTED.name: PRINTED} | {matter.name: matter for case in cases for matter in case.matters}
    _rows(folder / "quantities.csv", [columns.quantity(matter) for _, matter in sorted(matters.items())])
    tellings = [IN_PRINT, *(telling for case in cases for telling in case.tellings)]
    rows = [columns.statement(f"S{number:06}", telling) for number, telling in enumerate(tellings)]
    _rows(folder / "statements.csv", rows)
    tables = [table for case in cases for table in case.tables]
    for table in tables:
        _csv(folder / "tables" / f"{table.name}.csv", columns.cells(table))
    described = {
        "profile": "data-package",
        "name": "made-up",
        "title": ARTICLE["title"],
        "resources": [columns.resource(table, DATASET) for table in tables],
    }
    (folder / "datapackage.json").write_text(json.dumps(described, indent=1), encoding="utf-8")


def _claim(case: Case) -> dict[str, Any]:
    return {
        "id": case.name,
        "paragraphs": [1],
        "wording": f"What is drawn as {case.name} holds.",
        "speaker": "The article",
        "kind": KINDS.get(case.method, case.method),
        "topic": "Made up",
        "would_count": "It was drawn as true.",
        "checks": [{"method": case.method, **asked.check(case.question)}],
    }


def _yaml(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.dump(content, Dumper=YAML_DUMPER, sort_keys=False), encoding="utf-8")


def _rows(path: Path, rows: Sequence[dict[str, object]]) -> None:
    _csv(path, [tuple(rows[0]), *(tuple(row.values()) for row in rows)])


def _csv(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
