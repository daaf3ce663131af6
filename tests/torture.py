"""Spoilt data folders by the thousand: what the commands make of each, counted.

Each is a copy of one of three folders, spoilt by what its number draws (`spoiler`) and given to one command,
in processes that a limit of processor time and memory ends. `make torture` runs it; nothing but the counts is
kept, and a number gives the same folder again: ``python tests/torture.py --only 4711``.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import multiprocessing
import resource
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tally
from spoiler import spoil

from utils import answers
from utils.__main__ import main
from utils.evidence import new
from utils.words import hidden

__all__ = ["Outcome", "campaign", "counts"]

ROOT = Path(__file__).resolve().parent.parent
# Folders by name, each as often of twenty: the first costs fifteen times as much to read as the others.
BASES = {
    "ours": (ROOT / "data", 1),
    "second article": (ROOT / "tests" / "second_article", 8),
    "skeleton": (new.TEMPLATE, 11),
}
EACH = sum(times for _, times in BASES.values())
CHECK = ("check",)
# Where a verdict is cheap, every command that reads a folder; elsewhere what reads and validates.
COMMANDS = {
    "ours": (CHECK,),
    "second article": (CHECK,),
    "skeleton": (
        *(CHECK, ("verdicts",), CHECK, ("verdicts", "--json")),
        *(CHECK, ("describe",), CHECK, ("export",)),
    ),
}
SECONDS, MEMORY = 10, 2 << 30
BATCH = 250
FAULT = "a fault of this program"
WELL, FOUND, HANGS, DIES, TRACEBACK, NOISE, OUTSIDE, PARTIAL = (
    *("sound, or of no account", "refused in lines", "hangs", "dies or fills the memory", "traceback"),
    *("other output than its lines", "writes outside the folder", "leaves half a file"),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one spoilt folder: its number, what it was, how it was spoilt, what was run, and how it
    ended."""

    number: int
    base: str
    kind: str
    command: str
    ended: str
    said: str = ""


class _Hang(BaseException):
    """More processor time than is allowed."""


def _stop(*_: object) -> None:
    raise _Hang


def outcome(number: int, work: Path) -> Outcome:
    """What comes of the folder of a number, made in `work`, which has nothing else in it."""
    base = [name for name, (_, times) in BASES.items() for _ in range(times)][number % EACH]
    command = COMMANDS[base][number // EACH % len(COMMANDS[base])]
    folder, out = work / "data", work / "out"
    shutil.copytree(BASES[base][0], folder)
    kind = spoil(number, folder)
    before = _seen(folder)
    arguments = [*command, "--data", str(folder), *(("--out", str(out)) if command == ("export",) else ())]
    ended, said = _run(arguments)
    after, beside = _seen(folder), {path.name for path in work.iterdir()} - {"data", "out"}
    own = {"README.md", "datapackage.json"} if command == ("describe",) else set()
    if any(path.name.endswith(".part") for path in work.rglob("*") if path not in before):
        ended = PARTIAL
    elif beside or {path for path in before | after if before.get(path) != after.get(path)} - {
        folder / name for name in own
    }:
        ended = OUTSIDE
    return Outcome(number, base, kind, " ".join(command), ended, said)


def _seen(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def _run(arguments: list[str]) -> tuple[str, str]:
    """How a command ends, and the last of what it says where that is not as it should be."""
    out, errors = io.StringIO(), io.StringIO()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            status = main(arguments)
    except _Hang:
        return HANGS, ""
    except BaseException as error:
        return TRACEBACK, repr(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    said, told = errors.getvalue(), out.getvalue()
    if FAULT in said or "Traceback" in said:
        return TRACEBACK, said
    if "the memory does not suffice" in said:
        return DIES, said
    if status not in (0, 1, 2) or said.count("\n") > 1 or (status == 2) != bool(said) or hidden(said + told):
        return NOISE, said
    return (FOUND if status else WELL), ""


def _batch(numbers: list[int], pipe) -> None:
    """Send the outcomes of some folders, each after its number; the process may die in one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("default")
    with tempfile.TemporaryDirectory() as scratch:
        for number in numbers:
            pipe.send(number)
            work = Path(scratch) / str(number)
            work.mkdir()
            pipe.send(outcome(number, work))
            shutil.rmtree(work)
    pipe.send(None)


def _warm() -> None:
    """What every folder would read anew: modules, tables, models."""
    answers.problems = lambda archive, folder: ()  # type: ignore[assignment]
    for name, (path, _) in BASES.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(shutil.copytree(path, Path(scratch) / "data"))
            for command in COMMANDS[name]:
                out = ("--out", f"{scratch}/out") if command == ("export",) else ()
                with contextlib.redirect_stdout(io.StringIO()):
                    assert main([*command, "--data", str(folder), *out]) == 0, name
    # The collector would go through all that is loaded again in each process, and each would copy it.
    gc.collect()
    gc.freeze()


def _one_batch(numbers: list[int]) -> Iterator[Outcome]:
    """The outcomes of some folders, from processes of their own: another one where the first dies."""
    context = multiprocessing.get_context("fork")
    while numbers:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_batch, args=(numbers, theirs), daemon=True)
        process.start()
        theirs.close()
        current: int | None = None
        try:
            while True:
                if not ours.poll(20 * SECONDS):
                    yield Outcome(-1 if current is None else current, "", "", "", HANGS, "in a library")
                    break
                told = ours.recv()
                if isinstance(told, Outcome):
                    yield told
                current = told if isinstance(told, int) else None
                if told is None:
                    break
        except EOFError:
            yield Outcome(-1 if current is None else current, "", "", "", DIES, "")
        process.kill()
        process.join()
        numbers = numbers[numbers.index(current) + 1 :] if current in numbers else []


def campaign(first: int, many: int) -> Iterator[Outcome]:
    """The outcomes of as many spoilt folders, from a first number on, one process after another."""
    _warm()
    for start in range(first, first + many, BATCH):
        yield from _one_batch(list(range(start, min(start + BATCH, first + many))))


def counts(outcomes: list[Outcome]) -> dict[str, dict[str, int]]:
    """How many folders ended how, by the kind of spoiling and in all."""
    ends = (WELL, FOUND, TRACEBACK, HANGS, DIES, NOISE, OUTSIDE, PARTIAL)
    return tally.counted(((one.ended, (one.kind,)) for one in outcomes), ends)


def run() -> int:
    """Run the campaign by the arguments of the command line; 0 where nothing ended as it must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int, help="the folder of this number alone")
    parser.add_argument("--write", type=Path, help="keep the counts as JSON")
    options = parser.parse_args()
    first, many = (options.first, options.folders) if options.only is None else (options.only, 1)
    before, outcomes = time.process_time(), []
    # What is interrupted tells of the folders that it came to.
    with contextlib.suppress(KeyboardInterrupt):
        for one in campaign(first, many):
            outcomes.append(one)
            if one.ended not in (WELL, FOUND):
                said = " ".join(one.said.split())[:400]
                print(one.number, one.base, one.kind, one.command, one.ended, said, flush=True)
    told = counts(outcomes)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime + time.process_time() - before
    tally.printed(told, "folders", len(outcomes), seconds)
    tally.keep(options.write, {"folders": len(outcomes), "first": first, "ended": told})
    return int(any(one.ended not in (WELL, FOUND) for one in outcomes))


if __name__ == "__main__":
    sys.exit(run())
