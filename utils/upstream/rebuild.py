"""`make data`: fetch, compute, say what changed, write.

A table is written only when it is whole and passes its model, by replacing the old file in one step. What
goes wrong with one module's tables leaves all others, and the old ones, as they were.
"""

from __future__ import annotations

import errno
import importlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from .. import whole
from ..evidence import descriptor, dictionary, reading
from ..evidence.datasets import Dataset, Datasets, PinnedFile
from ..evidence.problems import Problem
from ..evidence.tables import Table, read_table
from ..evidence.vintages import Tables
from ..words import counted
from . import differences, fetch, latest
from .inputs import Inputs

if TYPE_CHECKING:
    import geopandas
    import pandas

__all__ = ["MODULES", "Pins", "RebuildError", "as_text", "modules", "put", "rebuild"]

MODULES = (
    "boundaries",
    "deepstate_snapshots",
    "deepstate_daily",
    "isw_areas",
    "general_staff_losses",
    "named_deaths",
    "ucdp_viina_daily",
    "kiel_support",
    "polymarket",
    "nk_provocations",
    "armed_forces",
    "viina_incidents",
    "oryx_events",
    "global_temperature",
)
COORDINATE_DECIMALS = 4  # some ten metres; the boundaries are generalised far more than that


class RebuildError(Exception):
    """Tables that could not be made or written; says of which dataset, why and what to do."""


@dataclass(frozen=True)
class Pins:
    """What a data folder pins: its datasets by id, and the files of each."""

    datasets: Mapping[str, Dataset]
    files: tuple[PinnedFile, ...]

    @classmethod
    def read(cls, folder: Path) -> Pins:
        """The pins of a data folder; DataError when they are wrong."""
        datasets = reading.load_yaml(folder / "datasets.yaml", Datasets).datasets
        return cls(
            {dataset.id: dataset for dataset in datasets},
            tuple(reading.load_csv(folder / "files.csv", PinnedFile)),
        )


def modules(dataset: str | None = None) -> list[ModuleType]:
    """The modules that read a dataset, or all."""
    every = [importlib.import_module(f"{__package__}.{name}") for name in MODULES]
    return [module for module in every if dataset is None or dataset in module.DATASETS]


def _wanted(folder: Path, pins: Pins, dataset: str | None) -> list[ModuleType]:
    """The modules for a dataset, or for all, that a data folder pins; RebuildError when there are none."""
    if dataset is not None and dataset not in pins.datasets:
        raise RebuildError(f"no dataset {dataset}; {folder / 'datasets.yaml'} lists them")
    # A module is of its first dataset; others that it reads, as the boundaries, are of other modules.
    wanted = [module for module in modules(dataset) if module.DATASETS[0] in pins.datasets]
    if not wanted:
        read = dataset or f"any dataset of {folder / 'datasets.yaml'}"
        raise RebuildError(f"no module of utils/upstream makes a table of {read}")
    return wanted


def rebuild(
    folder: Path, *, dataset: str | None, follow: bool, pin: bool, everything: bool, console: Console
) -> int:
    """Rebuild the tables of a data folder; 0 when all stand, 1 when something could not be done.

    dataset: only the tables that read it. follow: from the head of each upstream repository instead of the
    pinned revision, without writing; pin: with `follow`, move the pins and write. everything: tell every
    changed row instead of the first ones of each table. DataError when pins or descriptions are wrong,
    RebuildError when there is nothing to rebuild.
    """
    pins, tables = Pins.read(folder), Tables(folder).declared
    failures = 0
    for module in _wanted(folder, pins, dataset):
        try:
            texts, moved = _made(module, pins, tables, follow, console)
            differences.tell(folder, texts, tables, everything, console)
            if not follow or pin:
                for name, text in texts.items():
                    put(folder / "tables" / f"{name}.{tables[name].suffix}", text)
            if follow and pin:
                latest.move(folder, moved, put)
        except fetch.NoNetwork as error:
            console.print(str(error), style="red", soft_wrap=True)
            return 1
        except (fetch.FetchError, RebuildError) as error:
            console.print(str(error), style="red", soft_wrap=True)
            failures += 1
        except KeyboardInterrupt:
            console.print(
                f"Interrupted at {module.__name__.rsplit('.', 1)[-1]}. Finished tables are kept, the others "
                "are as they were; run it again to go on."
            )
            return 130
    try:
        dictionary.write(folder, put)
    except RebuildError as error:
        console.print(str(error), style="red", soft_wrap=True)
        failures += 1
    return 1 if failures else 0


def _made(
    module: ModuleType, pins: Pins, tables: Mapping[str, Table], follow: bool, console: Console
) -> tuple[dict[str, str], Sequence[latest.Head]]:
    """The tables of a module as text, and with `follow` the heads that they come from."""
    if missing := [name for name in module.DATASETS if name not in pins.datasets]:
        raise RebuildError(f"datasets.yaml lists no {', '.join(missing)}; pin it there first.")
    chosen = {name: pins.datasets[name] for name in module.DATASETS}
    moved: Sequence[latest.Head] = ()
    with _progress(console, module) as done:
        if follow:
            inputs, moved = latest.gather(chosen, pins.files, done=done)
            latest.tell(chosen, moved, console)
        else:
            inputs = fetch.gather(
                chosen,
                pins.files,
                source=fetch.mirror(),
                seconds=fetch.SECONDS,
                retries=fetch.RETRIES,
                done=done,
            )
    return _compute(module, inputs, tables), moved


@contextmanager
def _progress(console: Console, module: ModuleType) -> Iterator[Callable[[PinnedFile], None]]:
    """A bar over the files of a module."""
    name = module.__name__.rsplit(".", 1)[-1]
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        yield lambda file: progress.advance(task)


def _compute(module: ModuleType, inputs: Inputs, tables: Mapping[str, Table]) -> dict[str, str]:
    """The module's tables as text, each checked against its description."""
    try:
        frames = module.tables(inputs)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        name = module.DATASETS[0]
        raise RebuildError(
            f"{name}: {_home(inputs.datasets[name])}: the files are not what this project knows "
            f"({type(error).__name__}: {error}); compare them with the pinned revision. The tables are as "
            "they were."
        ) from error
    if unknown := ", ".join(sorted(frames.keys() - tables.keys())):
        raise RebuildError(f"{descriptor.FILE} describes no {unknown}; describe the table there first.")
    texts = {name: as_text(frame, tables[name]) for name, frame in frames.items()}
    for name, text in texts.items():
        _validate(name, text, tables[name], inputs.datasets[module.DATASETS[0]])
    return texts


def _home(dataset: Dataset) -> str:
    return f"https://github.com/{dataset.repository}/tree/{dataset.revision}/{dataset.folder}".rstrip("/")


def _validate(name: str, text: str, table: Table, dataset: Dataset) -> None:
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{table.suffix}"
        path.write_text(text, encoding="utf-8")
        read_table(path, table, problems)
    if problems:
        raise RebuildError(
            f"{dataset.id}: {_home(dataset)}: the table would have {counted(len(problems), 'error')}, "
            f"the first: {problems[0]}; compare the files with the pinned revision. The tables are as they "
            "were."
        )


def as_text(frame: pandas.DataFrame | geopandas.GeoDataFrame, table: Table) -> str:
    """A table as it is written: CSV with a line a row, or GeoJSON with a line a feature."""
    if table.suffix == "csv":
        columns = frame[list(table.model.model_fields)]
        small = {str(name): column.map(_plain) for name, column in columns.select_dtypes("float").items()}
        return columns.assign(**small).to_csv(index=False, lineterminator="\n")
    import geopandas

    if not isinstance(frame, geopandas.GeoDataFrame):
        raise TypeError("a table in GeoJSON is made from a frame of geometries")
    features = [
        json.dumps(feature, separators=(",", ":"), ensure_ascii=False)
        for feature in frame.to_geo_dict(drop_id=True)["features"]
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"


def _plain(number: float) -> object:
    """A number as it is, unless Python would write it with an exponent."""
    import numpy

    return numpy.format_float_positional(number) if "e" in repr(float(number)) else number


def put(path: Path, text: str) -> None:
    """Replace a file in one step; the old one stays when that fails. RebuildError says why."""
    try:
        whole.write(path, text.encode("utf-8"))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "the disk is full; make room and run it again" if full else f"{error}; run it again"
        raise RebuildError(f"{path.name}: could not be written: {reason}. The old file is intact.") from error
