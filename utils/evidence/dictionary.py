"""The data dictionary and `datapackage.json`, generated from the models, the pins and the tables.

The package follows the Frictionless Data Package specification, version 1.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import glossary, schema
from .datasets import Dataset, Datasets, PinnedFile
from .schema import Event, Quantity, Record, Source, Statement
from .tables import TABLES, Table

__all__ = ["datapackage", "dictionary", "write"]

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
# VIINA's and OpenStreetMap's licence asks that what is derived from them stays under it.
LICENCES = {"incidents_by_oblast": ODBL, "oblasts": ODBL}
CURATED = {
    "sources": (Source, ("id",)),
    "quantities": (Quantity, ("id",)),
    "statements": (Statement, ("id",)),
    "events": (Event, ("id",)),
    "files": (PinnedFile, ("id",)),
}
FOREIGN_KEYS = {
    "statements": [("quantity", "quantities", "id"), ("source", "sources", "id")],
}


@dataclass(frozen=True)
class _Resource:
    """A file of the package: its name, path, row model, key and datasets."""

    name: str
    path: str
    model: type[Record]
    key: tuple[str, ...]
    datasets: tuple[str, ...]
    table: Table | None


def _resources(folder: Path) -> Iterator[_Resource]:
    """The files that are there, curated ones first."""
    for name, (model, key) in CURATED.items():
        if (folder / f"{name}.csv").is_file():
            yield _Resource(name, f"{name}.csv", model, key, (), None)
    for name, table in TABLES.items():
        path = f"tables/{name}.{table.suffix}"
        if (folder / path).is_file():
            yield _Resource(name, path, table.model, table.key, table.datasets, table)


def _datasets(folder: Path) -> dict[str, Dataset]:
    return {one.id: one for one in schema.load_yaml(folder / "datasets.yaml", Datasets).datasets}


def write(folder: Path, put: Callable[[Path, str], None]) -> None:
    """Write both beside the data, with the function that replaces a file."""
    package = json.dumps(datapackage(folder), indent=2, ensure_ascii=False) + "\n"
    put(folder / "datapackage.json", package)
    put(folder / "README.md", dictionary(folder))


def datapackage(folder: Path) -> dict:
    """The descriptor of a data folder, with size and SHA-256 of every file."""
    datasets = _datasets(folder)
    return {
        "profile": "data-package",
        "name": "fifty-thousand",
        "title": "Fifty Thousand: statements, events and tables on the troops massed for Kursk",
        "licenses": [CC_BY, ODBL],
        "resources": [_descriptor(folder, one, datasets) for one in _resources(folder)],
    }


def _descriptor(folder: Path, resource: _Resource, datasets: Mapping[str, Dataset]) -> dict:
    content = (folder / resource.path).read_bytes()
    described = {
        "name": resource.name.replace("_", "-"),
        "path": resource.path,
        "title": _sentence(resource.model),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "encoding": "utf-8",
        "licenses": [LICENCES.get(resource.name, CC_BY)],
        "sources": [
            {"title": datasets[name].citation, "path": f"https://github.com/{datasets[name].repository}"}
            for name in resource.datasets
        ],
    }
    if not described["sources"]:
        del described["sources"]
    if resource.path.endswith(".geojson"):
        return {**described, "format": "geojson", "mediatype": "application/geo+json"}
    keys = [
        {"fields": field, "reference": {"resource": other.replace("_", "-"), "fields": far}}
        for field, other, far in FOREIGN_KEYS.get(resource.name, [])
    ]
    fields = {
        "fields": list(_fields(resource.model)),
        "primaryKey": list(resource.key),
        "missingValues": [""],
        **({"foreignKeys": keys} if keys else {}),
    }
    return {
        **described,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": fields,
    }


def _fields(model: type[Record]) -> Iterator[dict]:
    """The columns of a model in Frictionless' terms."""
    described = model.model_json_schema()
    for name, field in described["properties"].items():
        options = field.get("anyOf", [field])
        kind = next(option for option in options if option.get("type") != "null")
        constraints = {
            ours: kind[theirs]
            for ours, theirs in (
                ("minimum", "minimum"),
                ("maximum", "maximum"),
                ("enum", "enum"),
                ("pattern", "pattern"),
                ("minLength", "minLength"),
            )
            if theirs in kind
        }
        if len(options) == 1 and name in described.get("required", []):
            constraints["required"] = True
        is_day = kind.get("format") == "date"
        column = {"name": name, "type": "date" if is_day else kind["type"]}
        if text := field.get("description", kind.get("description")):
            column["description"] = text
        if unit := field.get("unit", kind.get("unit")):
            column["unit"] = unit
        if constraints:
            column["constraints"] = constraints
        yield column


def _sentence(model: type[Record]) -> str:
    return " ".join((model.__doc__ or "").split())


def dictionary(folder: Path) -> str:
    """The data dictionary as Markdown: every file with its columns, every dataset with its vintage."""
    datasets = _datasets(folder)
    lines = [
        "# Data dictionary",
        "",
        "This file is generated by `make data` from the models in `utils/evidence`, the pins in "
        "`datasets.yaml` and `files.csv`, and the tables themselves.",
        "",
        "The curated files are by hand. The tables are computed by `utils/upstream` from the external "
        "datasets below; none of their files is here. Everything is UTF-8, commas, a header line. Days are "
        "`YYYY-MM-DD`. An empty cell means that there is no value.",
        "",
    ]
    resources = list(_resources(folder))
    lines += ["## Curated files", ""]
    for resource in (one for one in resources if one.table is None):
        lines += _described(folder, resource)
    lines += ["## Tables", ""]
    for resource in (one for one in resources if one.table is not None):
        lines += _described(folder, resource)
    if terms := glossary.read(folder, [])[0]:
        lines += ["## Glossary", "", *glossary.markdown(terms, level=3)]
    lines += ["## External datasets", ""]
    for dataset in datasets.values():
        lines += _dataset(dataset)
    return "\n".join(lines).rstrip() + "\n"


def _described(folder: Path, resource: _Resource) -> list[str]:
    """One file: what a row is, where it comes from, its columns."""
    lines = [f"### {resource.path}", "", _sentence(resource.model), ""]
    if resource.table is not None:
        names = ", ".join(f"[{name}](#{name})" for name in resource.datasets) or "by hand"
        lines += [
            f"- From: {names}",
            f"- Rows: {_rows(folder / resource.path):,}; key: {', '.join(resource.key)}",
            f"- What is missing: {resource.table.missing_day}",
            f"- Licence: {LICENCES.get(resource.name, CC_BY)['title']}",
            "",
        ]
    lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
    for field in _fields(resource.model):
        allowed = field.get("constraints", {}).get("enum")
        meaning = field.get("description", "")
        if allowed:
            meaning = f"{meaning} (one of {', '.join(allowed)})".strip()
        cells = [f"`{field['name']}`", field["type"], field.get("unit", ""), meaning]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return [*lines, ""]


def _rows(path: Path) -> int:
    if path.suffix == ".geojson":
        return len(json.loads(path.read_text(encoding="utf-8"))["features"])
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _dataset(dataset: Dataset) -> list[str]:
    """One dataset: publisher, licence, vintage, coverage, what is wrong with it."""
    home = f"[{dataset.repository}](https://github.com/{dataset.repository})"
    lines = [
        f"### {dataset.id}",
        "",
        f"{dataset.title}. {dataset.publisher}.",
        "",
        f"- Cite: {dataset.citation}",
        f"- Licence: {dataset.licence}",
        f"- Shipped here: {dataset.shipped}",
        f"- Vintage: {home} at `{dataset.revision}`, retrieved {dataset.retrieved}",
        f"- Coverage: {dataset.coverage_from} to {dataset.coverage_to}",
        f"- Gaps: {dataset.gaps}",
        f"- Known after: {_days(dataset.publication_lag_days)}. {dataset.lag_reason}",
        f"- Speaks for the present: {_days(dataset.horizon_days)} after its newest row could be known",
    ]
    lines += [f"- Known problem: {problem}" for problem in dataset.known_problems]
    for correction in dataset.corrections:
        where = ", ".join(f"{column} is {value}" for column, value in correction.where.items())
        done = "dropped" if correction.action == "drop" else f"{correction.field} set to {correction.value}"
        lines.append(f"- Correction ({correction.frame}): {where}: {done}. {correction.reason}")
    return [*lines, ""]
