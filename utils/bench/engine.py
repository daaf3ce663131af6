"""The parts of the engine, each alone in a process of its own: ``python -m utils.bench.engine PART TIMES``.

It prints the seconds that the part took by the clock and of the processor, without the start of Python, and
the MiB that the process held at the highest. TIMES is how much more of its input there is: statements, days
or draws, as the part takes them.
"""

from __future__ import annotations

import csv
import inspect
import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from ..archive import DATA, Archive
from ..checks.balance import BalanceCheck
from ..evidence.schema import Statement

__all__ = ["PARTS", "Part", "main"]

# Seconds by the clock and of the processor.
Cost = tuple[float, float]
HISTORY_DAYS = 500
BASE_DAYS = 31
AS_OF_DAYS = 200


@dataclass(frozen=True)
class Part:
    """A part of the engine. run: does it once for so many times the input and gives the cost.

    grows: what there is more of, None where it is measured at its own size only. bar: seconds it may take.
    """

    run: Callable[[int], Cost]
    grows: str | None = None
    bar: float | None = None


def _timed(work: Callable[[], object]) -> Cost:
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


def _forget() -> None:
    """Have the checks work out again what they did to load their libraries."""
    from ..checks import METHODS

    for method in METHODS.values():
        for one in vars(inspect.getmodule(method.check)).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


def _copies(rows: tuple[Statement, ...], times: int) -> tuple[Statement, ...]:
    """Each row so many times, each copy with an id and an origin of its own."""
    return tuple(
        row.model_copy(update={"id": f"{row.id}x{copy}", "origin": f"{row.origin}x{copy}"}) if copy else row
        for copy in range(times)
        for row in rows
    )


def _larger(times: int) -> Archive:
    archive = Archive.read()
    rows = sorted(_copies(archive.statements, times), key=lambda row: (row.published, row.id))
    return replace(archive, statements=tuple(rows))


def _load(times: int) -> Cost:
    """Read and validate the data folder, and every table in it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(shutil.copytree(DATA, Path(made) / "data"))
        rows = list(csv.DictReader(io.StringIO((DATA / "statements.csv").read_text(encoding="utf-8"))))
        with (folder / "statements.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            for copy in range(times):
                suffix = f"x{copy}" if copy else ""
                # Of one origin: rows that say the same of the same days may not have two.
                writer.writerows({**row, "id": row["id"] + suffix} for row in rows)
        return _timed(lambda: Archive.read(folder))


def _as_of(times: int) -> Cost:
    """`as_of` for many days."""
    archive = _larger(times)
    days = [archive.article.history_from + timedelta(days=count) for count in range(AS_OF_DAYS)]
    return _timed(lambda: [archive.as_of(day) for day in days])


def _ledger(times: int) -> Cost:
    from .. import verdicts

    archive = _larger(times)
    verdicts.ledger(archive)
    _forget()
    return _timed(lambda: verdicts.ledger(archive))


def _history(times: int) -> Cost:
    """The history of all claims over so many months."""
    from .. import history

    archive = Archive.read()
    until = archive.article.history_from + timedelta(days=BASE_DAYS * times - 1)
    return _timed(lambda: history.histories(archive, until=until))


def _whole_history(times: int) -> Cost:
    from .. import history

    archive = Archive.read()
    until = archive.article.history_from + timedelta(days=HISTORY_DAYS - 1)
    return _timed(lambda: history.histories(archive, until=until))


def _robustness(times: int) -> Cost:
    from .. import robustness

    archive = Archive.read()
    return _timed(lambda: robustness.ledger(archive))


def _balance(times: int) -> Cost:
    """The balance of every claim that has one, drawn more often."""
    from ..checks import balance

    archive = Archive.read()
    checks = [check for claim in archive.claims for check in claim.built if isinstance(check, BalanceCheck)]
    larger = [check.model_copy(update={"draws": check.draws * times}) for check in checks]
    for check in checks:
        balance.draws(archive, check)
    _forget()
    return _timed(lambda: [balance.draws(archive, check) for check in larger])


def _tables(times: int) -> Cost:
    """Every table from the mirror."""
    from ..terminal import terminal
    from ..upstream import rebuild

    with tempfile.TemporaryDirectory() as made:
        folder = Path(shutil.copytree(DATA, Path(made) / "data"))
        told = io.StringIO()
        quiet = terminal(told)

        def work() -> None:
            if rebuild.rebuild(
                folder, dataset=None, follow=False, pin=False, everything=False, console=quiet
            ):
                raise SystemExit(told.getvalue())

        return _timed(work)


PARTS = {
    "archive: read and validate": Part(_load, "statements"),
    f"archive: as_of, {AS_OF_DAYS} days": Part(_as_of, "statements"),
    "verdicts of all claims": Part(_ledger, "statements"),
    "history of all claims, by month": Part(_history, "days"),
    f"history of all claims, {HISTORY_DAYS} days": Part(_whole_history, bar=10),
    "robustness of all claims": Part(_robustness, bar=10),
    "balance, drawn": Part(_balance, "draws"),
    "tables from the mirror": Part(_tables),
}


def main(name: str, times: str) -> None:
    """Print what a part cost: seconds by the clock and of the processor, MiB."""
    print(*PARTS[name].run(int(times)), _highest_memory())


def _highest_memory() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "agg")
    main(*sys.argv[1:])
