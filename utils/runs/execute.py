"""Run notebooks in fresh kernels, side by side on the cores there are."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import re
import shlex
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4.rwbase import rejoin_lines

from ..kernels import NAME, RECORD, cores, start
from ..mime import without_widget
from .keep import Run
from .reach import MAY_RAISE, SKIPPED, texts
from .written import read

__all__ = ["NotebookFailed", "run"]

CELL_SECONDS = 120
_TRACE = "__import__('utils.runs.trace', fromlist=['trace'])"


class NotebookFailed(Exception):
    """A notebook that stopped, with its name, its cell and how to look at it."""


def run(
    notebooks: Iterable[Path],
    roots: Sequence[Path],
    done: Callable[[Path, Run | None], None] = lambda path, made: None,
) -> None:
    """Run each notebook in its own folder, in a kernel of its own.

    roots: the folders of which it is noted what is read, as `trace.seen` names it.

    `done` is called with each as it ends, and with None for one that failed. The others finish when one
    fails; then NotebookFailed names all that did. An interrupt ends all kernels and is passed on.
    """
    waiting = list(notebooks)
    start(len(waiting))
    # In a thread of its own, because nbclient would catch an interrupt in the main one, for one kernel only.
    with asyncio.Runner() as runner, ThreadPoolExecutor(1) as thread:
        loop, work = runner.get_loop(), _run_all(waiting, roots, done)
        try:
            failures = thread.submit(runner.run, work).result()
        except KeyboardInterrupt:
            loop.call_soon_threadsafe(_cancel, loop, work)
            raise
    if failures:
        raise NotebookFailed("\n".join(failures))


def _cancel(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, list[str]]) -> None:
    """Cancel the task of a coroutine; it cancels those that it waits for, and each only once."""
    for task in asyncio.all_tasks(loop):
        if task.get_coro() is work:
            task.cancel()


async def _run_all(
    notebooks: list[Path], roots: Sequence[Path], done: Callable[[Path, Run | None], None]
) -> list[str]:
    places = asyncio.Semaphore(cores())

    async def one(path: Path) -> str | None:
        async with places:
            try:
                made = await _run_one(path, roots)
            except NotebookFailed as failure:
                done(path, None)
                return str(failure)
        done(path, made)
        return None

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(path)) for path in notebooks]
    return [failure for failure in (task.result() for task in tasks) if failure]


async def _run_one(path: Path, roots: Sequence[Path]) -> Run:
    notebook = _as_it_runs(path)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=NAME,
        # Times of execution would make every run a new file.
        record_timing=False,
        # There is nothing in the kernel that would have to be saved.
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(path.parent)}},
    )
    cell: Any = None
    try:
        async with client.async_setup_kernel(env={**os.environ, RECORD: "off"}):
            await _ask(client, f"{_TRACE}.start(*{[*map(str, roots)]!r})")
            for index, cell in enumerate(notebook.cells):
                await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
            asked = [json.dumps(texts(notebook)), *map(str, roots)]
            told = json.loads(await _ask(client, f"{_TRACE}.seen(*{asked!r})"))
    except nbformat.ValidationError as error:
        # An output may hold anything; a notebook holds texts, and JSON.
        what = f"an output whose {'/'.join(map(str, error.path))} is {error.instance!r:.40}, and no text"
        raise NotebookFailed(_told(path, roots, notebook.cells.index(cell) + 1, ValueError(what))) from error
    except (CellExecutionError, CellTimeoutError, DeadKernelError, RuntimeError) as error:
        if (task := asyncio.current_task()) and task.cancelling():
            # nbclient takes this for the death of the kernel.
            raise asyncio.CancelledError from error
        number = notebook.cells.index(cell) + 1 if cell is not None else None
        raise NotebookFailed(_told(path, roots, number, error)) from error
    outputs = tuple(
        [without_widget(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    )
    seen = {name: tuple(told[name]) for name in ("files", "folders", "outside", "variables", "named", "past")}
    return Run(outputs, **seen, watched=told["watched"])


def _as_it_runs(path: Path) -> nbformat.NotebookNode:
    """A notebook with the tags that nbclient knows: a cell that may raise for nbval may raise for it too."""
    notebook: nbformat.NotebookNode = rejoin_lines(nbformat.from_dict(read(path)))
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if set(MAY_RAISE) & set(tags):
            cell.metadata["tags"] = [*tags, MAY_RAISE[0]]
        if cell.cell_type == "code" and SKIPPED in tags:
            cell.outputs = []
    return notebook


def _told(path: Path, roots: Sequence[Path], cell: int | None, error: Exception) -> str:
    """What went wrong, where, and how to look at it."""
    if isinstance(error, CellExecutionError):
        last = f"{error.ename}: {error.evalue or _stopped_at(error)}"
    else:
        last = str(error).strip()
    place = "its kernel" if cell is None else f"cell {cell}"
    return f"{path.name}, {place}: {last}\n  open it with: jupyter lab {_shown(path, roots[0])}"


def _shown(path: Path, root: Path) -> str:
    """A notebook of the project by its path below it, any other by its whole path."""
    return shlex.quote(str(path.relative_to(root) if path.is_relative_to(root) else path))


def _stopped_at(error: CellExecutionError) -> str:
    """The line at which an error without words came up, as a bare assert gives it."""
    plain: str = re.sub(r"\x1b\[[\d;]*m", "", error.traceback)
    lines: list[str] = re.findall(r"^-+> *\d+ *(.*)$", plain, re.MULTILINE)
    return lines[-1] if lines else ""


async def _ask(client: NotebookClient, expression: str) -> Any:
    """The value of an expression in the kernel, without a trace in the notebook."""
    if client.kc is None:
        raise RuntimeError("the kernel has no client")
    message = client.kc.execute("", silent=True, store_history=False, user_expressions={"value": expression})
    reply = await client.async_wait_for_reply(message)
    value = (reply or {}).get("content", {}).get("user_expressions", {}).get("value", {})
    if value.get("status") != "ok":
        raise RuntimeError(f"the kernel did not answer: {value.get('ename')}: {value.get('evalue')}")
    return ast.literal_eval(value["data"]["text/plain"])
