"""nbval over warm kernels, with every core at work.

nbval runs one cell after another in one kernel after another, and all other cores wait. With this plugin and
``--nbval-kernel-name fifty-thousand`` the notebooks run ahead of the tests, side by side, in nbval's own
kernels; nbval then asks for cell after cell as always, gets the messages that the kernel sent for it, and
compares. Nothing that it judges by is changed; where outputs are missing or too many, it says which. Without
that option it does nothing.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from . import NAME, RECORD, cores, formats, last_first, start
from .compared import difference
from .settled import may_be_updated, settled

# The tag of a cell that is not run.
SKIPPED = "skip-execution"
# Before nbval, and with it nbformat and jsonschema, is imported.
formats.on_demand()

# nbval waits this long for what a cell that has ended may still have printed.
OUTPUT_SECONDS = 5
POLL_SECONDS = 1
END_SECONDS = 5


def pytest_configure(config: pytest.Config) -> None:
    """Begin to load the libraries while pytest collects, if it is to collect notebooks.

    No kernel of these tests writes a history; nbval has no other way to say so than the environment.
    """
    if _wanted(config):
        os.environ.setdefault(RECORD, "off")
    if _wanted(config) and not config.option.collectonly and _has_notebooks(config.args):
        start()


def _has_notebooks(arguments: list[str]) -> bool:
    """Whether there are notebooks among the files and folders that pytest is called with."""
    paths = [Path(argument.partition("::")[0]) for argument in arguments]
    return any(path.suffix == ".ipynb" or any(path.rglob("*.ipynb")) for path in paths)


def _wanted(config: pytest.Config) -> bool:
    return bool(
        (config.getoption("nbval", False) or config.getoption("nbval_lax", False))
        and config.getoption("nbval_kernel_name", None) == NAME
        and not getattr(config.option, "cov_source", None)
    )


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """nbval's own file, but with a kernel that may be ahead."""
    collected = yield
    if not _wanted(parent.config) or file_path.suffix != ".ipynb":
        return collected
    file_class = _file_class()
    return [file_class.from_parent(parent, path=file_path) for one in collected]


def _file_class() -> type[pytest.File]:
    from nbval.plugin import IPyNbCell, IPyNbFile

    class Cell(IPyNbCell):  # type: ignore[misc]  # nbval has no types
        """A cell of nbval that says in words which outputs are too many or missing."""

        def compare_outputs(
            self, test: list[Any], ref: list[Any], skip_compare: tuple[str, ...] | None = None
        ) -> bool:
            told = difference(ref, test, skip_compare or self.parent.skip_compare)
            if told:
                self.comparison_traceback = told
            return not told and super().compare_outputs(test, ref, skip_compare)

    class AheadFile(IPyNbFile):  # type: ignore[misc]  # nbval has no types
        """A notebook whose kernel has been started before its first cell is asked for."""

        ahead: Ahead | None = None

        def collect(self) -> Iterator[Cell]:
            for one in super().collect():
                # nbclient does not run it either.
                one.options["skip"] |= SKIPPED in one.cell.metadata.get("tags", ())
                given = {"name": one.name, "cell_num": one.cell_num, "cell": one.cell, "options": one.options}
                yield Cell.from_parent(self, **given)

        def setup(self) -> None:
            if self.ahead is None:
                super().setup()
            else:
                _set_going(self.config)
                self.ahead.await_start()
                self.kernel = self.ahead
                self.setup_sanitize_files()

    return AheadFile


def pytest_collection_finish(session: pytest.Session) -> None:
    """Give every notebook that is to be tested a kernel, which is not started yet."""
    if not _wanted(session.config) or session.config.option.collectonly:
        return
    cells: dict[Any, list[Any]] = {}
    for item in session.items:
        if hasattr(item.parent, "ahead"):
            cells.setdefault(item.parent, []).append(item)
    for file, items in cells.items():
        sources = [item.cell.source for item in items if not item.options["skip"]]
        file.ahead = Ahead(file.path.parent, sources, session.config)
    session.config.stash[_ALL] = [file.ahead for file in cells]


def _set_going(config: pytest.Config) -> None:
    """Run the notebooks, once the first is asked for: a test before it may have the cores for itself."""
    if config.stash.get(_GOING, False):
        return
    config.stash[_GOING] = True
    every = config.stash[_ALL]
    waiting: queue.SimpleQueue[Ahead] = queue.SimpleQueue()
    start(len(every))
    # Under pytest-xdist the cores are shared out already.
    places = 1 if "PYTEST_XDIST_WORKER" in os.environ else cores()
    for one in last_first(every) if places > 1 else every:
        waiting.put(one)
    for _ in range(places):
        threading.Thread(target=_work, args=(waiting,), daemon=True).start()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no kernel running when the tests have been stopped half way."""
    for ahead in session.config.stash.get(_ALL, []):
        ahead.stop()
    for ahead in session.config.stash.get(_ALL, []):
        ahead.join()


def _work(waiting: queue.SimpleQueue[Ahead]) -> None:
    while True:
        try:
            ahead = waiting.get_nowait()
        except queue.Empty:
            return
        if not ahead.stopped:
            ahead.run()


class Ahead:
    """A kernel that has run ahead; as much of nbval's `RunningKernel` as nbval uses.

    `run` is called in a thread of its own, everything else by nbval.
    """

    def __init__(self, folder: Path, sources: list[str], config: pytest.Config) -> None:
        self._folder, self._sources, self._config = folder, sources, config
        self._done = [threading.Event() for _ in sources]
        self._messages: list[list[dict[str, Any] | None]] = [[] for _ in sources]
        self._ids: list[str] = ["" for _ in sources]
        self._asked = -1
        self._kernel: Any = None
        self.stopped = False
        self._failure: Exception | None = None
        self._failed_at = len(sources)
        self._started, self._ended = threading.Event(), threading.Event()

    def run(self) -> None:
        """Start the kernel, run every cell in it, and end it."""
        place = 0
        try:
            self._start()
            for place in range(len(self._sources)):
                if self.stopped:
                    break
                self._run_cell(place)
                # What a later cell may still change is compared when all have run.
                if not may_be_updated(self._messages[place]):
                    self._done[place].set()
        except Exception as error:
            # nbval shall meet it at the cell where it belongs.
            self._failure, self._failed_at = error, place
        finally:
            for event in (self._started, *self._done):
                event.set()
            if self._kernel is not None and self._kernel.is_alive():
                self._kernel.stop()
            self._ended.set()

    def _start(self) -> None:
        from nbval.kernel import RunningKernel

        options = self._config.option
        self._kernel = RunningKernel(
            options.nbval_kernel_name,
            cwd=str(self._folder),
            startup_timeout=options.nbval_kernel_startup_timeout,
        )
        self._started.set()

    def _run_cell(self, place: int) -> None:
        """Run one cell and keep what the kernel sends for it; None stands for a message that did not come."""
        own = self._kernel.execute_cell_input(self._sources[place], allow_stdin=False)
        self._ids[place] = own
        while True:
            try:
                self._kernel.await_reply(own, timeout=POLL_SECONDS)
                break
            except queue.Empty:
                if not self._kernel.is_alive():
                    raise RuntimeError("the kernel died while it ran this cell") from None
        kept: list[dict[str, Any] | None] = []
        self._listen(own, kept)
        self._messages[place] = settled(kept, self._messages[:place])

    def _listen(self, own: str, kept: list[dict[str, Any] | None]) -> None:
        """Keep the messages of a cell until it has ended."""
        while True:
            try:
                message = self._kernel.get_message("iopub", timeout=OUTPUT_SECONDS)
            except queue.Empty:
                kept.append(None)
                return
            if message["parent_header"].get("msg_id") == own:
                kept.append(message)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return

    def await_start(self) -> None:
        """Wait until the kernel runs, so that its start is not counted as a cell's time; raises its error."""
        self._started.wait()
        if self._kernel is None and self._failure is not None:
            raise self._failure

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> int:
        """The place of the cell that nbval asks for next, in place of a message's id."""
        self._asked += 1
        assert self._sources[self._asked] == cell_input
        return self._asked

    def await_reply(self, msg_id: int, timeout: float | None = None) -> None:
        """Wait until the cell has run; Empty after `timeout` seconds, the error when its kernel failed."""
        if not self._done[msg_id].wait(timeout):
            raise queue.Empty
        if self._failure is not None and not self._messages[msg_id]:
            raise self._failure

    def get_message(self, stream: str, timeout: float | None = None) -> dict[str, Any]:
        """The next message that the kernel sent for the cell; Empty when there is none."""
        if not self._done[self._asked].wait(timeout):
            raise queue.Empty
        message = self._messages[self._asked].pop(0) if self._messages[self._asked] else None
        if message is None:
            raise queue.Empty
        return {**message, "parent_header": {"msg_id": self._asked}}

    def await_idle(self, parent_id: int, timeout: float) -> None:
        """Pass over what the kernel sent after an error."""
        self._messages[parent_id].clear()

    def is_alive(self) -> bool:
        """Whether the kernel lived when it came to the cell that nbval asks for next."""
        return self._asked < self._failed_at

    def interrupt(self) -> None:
        """Interrupt the cell that runs; past the kernel manager, which belongs to the other thread."""
        self._kernel.km.provisioner.process.send_signal(signal.SIGINT)

    def stop(self) -> None:
        """Begin no further cell, and interrupt the one that runs."""
        self.stopped = True
        if self._kernel is not None and not all(event.is_set() for event in self._done):
            self.interrupt()

    def join(self) -> None:
        """Wait until the kernel has ended, if it has been started."""
        if self._kernel is not None:
            self._ended.wait(END_SECONDS)


_ALL = pytest.StashKey[list[Ahead]]()
_GOING = pytest.StashKey[bool]()
