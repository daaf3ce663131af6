"""Run notebooks in fresh kernels, side by side, and write them without traces of the machine."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

__all__ = ["NotebookFailed", "run"]

CELL_SECONDS = 120


class NotebookFailed(Exception):
    """A notebook that stopped, with its name, its cell and how to look at it."""


def run(jobs: Mapping[Path, Path], done: Callable[[Path], None] = lambda path: None) -> None:
    """Run each notebook of `jobs` in its own folder and write it to the path given for it.

    `done` is called after each. The others finish when one fails; then NotebookFailed names all that did.
    """
    failures = asyncio.run(_run_all(jobs, done))
    if failures:
        raise NotebookFailed("\n".join(failures))


async def _run_all(jobs: Mapping[Path, Path], done: Callable[[Path], None]) -> list[str]:
    places = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(source: Path, target: Path) -> str | None:
        async with places:
            failure = await _run_one(source, target)
        done(source)
        return failure

    return [failure for failure in await asyncio.gather(*(one(*job) for job in jobs.items())) if failure]


async def _run_one(source: Path, target: Path) -> str | None:
    """None, or what went wrong in words."""
    notebook = nbformat.read(source, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        # Times of execution would make every run a new file.
        record_timing=False,
        # ipykernel warns of its own transport at every start; the kernel is reached from this machine only.
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(source.parent)}},
    )
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        position = next(
            (
                number
                for number, cell in enumerate(notebook.cells, 1)
                if any(output.output_type == "error" for output in cell.get("outputs", []))
            ),
            None,
        )
        place = f"cell {position}" if position else "a cell"
        last = (
            f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error).strip()
        )
        return f"{source.name}, {place}: {last}\n  open it with: jupyter lab notebooks/{source.name}"
    _forget_machine(notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
    return None


def _forget_machine(notebook: nbformat.NotebookNode) -> None:
    """Keep of the kernel only what every machine has in common."""
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {
        "name": "python",
        "file_extension": ".py",
        "mimetype": "text/x-python",
    }
