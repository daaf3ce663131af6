"""Builds that are killed at any moment, and kept state that is spoilt: what is left of each, counted.

A number draws what is changed, which command runs and when it is killed, or which file that a build has kept
is spoilt and how. After a kill the folder holds the old or the new whole, no process is left, and the next
build gives what an undisturbed one gives. `make torture` runs both; nothing but the counts is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import tally
from test_places import SAY, article, notebook

ROOT = Path(__file__).resolve().parent.parent
WELL, PARTIAL, OUTSIDE, LEFT, OTHER, TRACEBACK = (
    *("whole, old or new", "leaves half a file", "writes outside the folder", "leaves a process"),
    *("the next build is another", "traceback"),
)
MARK = "FIFTY_THOUSAND_CAMPAIGN"
END_SECONDS = 20
DATASET, TABLE = "nk_provocations", "provocations.csv"
State = dict[str, bytes]
# After which of so many kills the next build is awaited; the others are looked at only.
BUILT_AGAIN = 4


def state(folder: Path) -> State:
    """The files of a folder with their content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def run(home: Path, *arguments: str, killed: float | None = None) -> tuple[int, str]:
    """Run a command on the folder in `home`, and kill it after so many seconds; its status and its errors."""
    environment = {**os.environ, MARK: str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "utils", *arguments, "--data", str(home / "strait")]
    with (home.parent / f"{home.name}.err").open("w+") as errors:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        try:
            running.wait(killed)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        errors.seek(0)
        return running.returncode, errors.read()


def left(home: Path) -> set[int]:
    """The processes that a command on the folder in `home` has left."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            dead = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            mine = f"{MARK}={home}\0".encode() in (entry / "environ").read_bytes() + b"\0"
        except OSError:
            continue
        if mine and not dead:
            found.add(int(entry.name))
    return found


@dataclass
class Base:
    """A folder with a report, what an undisturbed command makes of each change of it, and how long it takes.

    after: what is watched after each change and command, by the name of the change.
    """

    home: Path
    seconds: dict[str, float] = field(default_factory=dict)
    after: dict[str, State] = field(default_factory=dict)

    @classmethod
    def made(cls, folder: Path) -> Base:
        base = cls(folder / "base")
        notebook(article(base.home / "strait", "On the strait"), "..", SAY)
        assert run(base.home, "report")[0] == 0
        return base

    def undisturbed(self, name: str) -> State:
        """What a command that is left alone makes of a change; found out once."""
        if name not in self.after:
            change, home = CHANGES[name], self.copy(self.home.with_name("undisturbed"))
            change.make(home)
            before = time.monotonic()
            status, said = run(home, *change.command)
            assert status == 0, (name, said)
            self.seconds[name] = time.monotonic() - before
            self.after[name] = state(home / change.watched)
            shutil.rmtree(home, ignore_errors=True)
        return self.after[name]

    def copy(self, home: Path) -> Path:
        """A copy of the folder and its report; the times of files are kept."""
        return Path(shutil.copytree(self.home, home))


@dataclass(frozen=True)
class Change:
    """What is changed before a command, what it is, and the folder that it must leave whole."""

    make: Callable[[Path], None]
    command: tuple[str, ...]
    watched: str


def _words(home: Path) -> None:
    _put(home / "strait/notebooks/00_first.ipynb", "A first look", "Another look")


def _code(home: Path) -> None:
    _put(home / "strait/notebooks/00_first.ipynb", "One said", "Somebody said")


def _rows(home: Path) -> None:
    _put(home / "strait/statements.csv", "12000", "12100")


def _all(home: Path) -> None:
    shutil.rmtree(home / "strait-report")


def _own_table(home: Path) -> None:
    """The project's own data in the folder's place, with a row of a computed table gone."""
    shutil.rmtree(home / "strait")
    shutil.copytree(ROOT / "data", home / "strait")
    path = home / "strait" / "tables" / TABLE
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


CHANGES = {
    "words of a notebook": Change(_words, ("report",), "strait-report/html"),
    "code of a notebook": Change(_code, ("report",), "strait-report/html"),
    "a statement": Change(_rows, ("report",), "strait-report/html"),
    "everything": Change(_all, ("report",), "strait-report/html"),
    "a computed table": Change(_own_table, ("data", "--dataset", DATASET), "strait"),
}


def kill(number: int, base: Base, scratch: Path) -> tuple[str, str]:
    """What was changed before the kill of a number, and how it ended."""
    draw = random.Random(number)
    mirror = os.environ.get("FIFTY_THOUSAND_MIRROR")
    name = draw.choice([name for name, change in CHANGES.items() if mirror or change.command[0] != "data"])
    base.undisturbed(name)
    change, home = CHANGES[name], base.copy(scratch / str(number))
    change.make(home)
    before = state(home / change.watched)
    status, said = run(home, *change.command, killed=draw.uniform(0, 1.1) * base.seconds[name])
    try:
        return name, _left_of(number, base, name, home, before, status, said)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _left_of(number: int, base: Base, name: str, home: Path, before: State, status: int, said: str) -> str:
    change, end = CHANGES[name], time.monotonic() + END_SECONDS
    while left(home) and time.monotonic() < end:
        time.sleep(0.05)
    if left(home):
        return LEFT
    if "Traceback" in said or "a fault of this program" in said:
        return TRACEBACK
    if {path.name for path in home.iterdir()} - {"strait", "strait-report", "reports"}:
        return OUTSIDE
    after = state(home / change.watched)
    old = home / f"{change.watched}.old"
    if not (home / change.watched).exists() and old.exists():
        after = state(old)
    if after not in (before, base.undisturbed(name)):
        return PARTIAL
    if number % BUILT_AGAIN == 0:
        again, said = run(home, *change.command)
        if again or state(home / change.watched) != base.undisturbed(name):
            return OTHER
    return WELL


def _bit(draw: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes() or b"\0")
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def _cut(draw: random.Random, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: draw.randrange(len(content) + 1)])


def _noise(draw: random.Random, path: Path) -> None:
    path.write_bytes(draw.randbytes(draw.randrange(4_000)))


def _gone(draw: random.Random, path: Path) -> None:
    path.unlink()


def _folder(draw: random.Random, path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: dict[str, Callable[[random.Random, Path], None]] = {
    "a bit": _bit,
    "the end": _cut,
    "noise": _noise,
    "gone": _gone,
    "a folder": _folder,
}


def spoil(number: int, base: Base, scratch: Path) -> tuple[str, str]:
    """Which kind of kept file is spoilt by a number, and how the next build ends.

    A word of a notebook is changed as well, so that the build goes on from what it has kept.
    """
    draw, name = random.Random(number), "words of a notebook"
    home = base.copy(scratch / str(number))
    reports = home / "strait-report"
    room = draw.choice(sorted(path.name for path in reports.iterdir() if path.name != "building.lock"))
    inside = sorted(path for path in (reports / room).rglob("*") if path.is_file()) or [reports / room]
    SPOILT[draw.choice(sorted(SPOILT))](draw, draw.choice(inside))
    CHANGES[name].make(home)
    try:
        status, said = run(home, "report")
        if "Traceback" in said or "a fault of this program" in said:
            return room, TRACEBACK
        same = status == 0 and state(reports / "html") == base.undisturbed(name)
        return room, WELL if same else OTHER
    finally:
        shutil.rmtree(home, ignore_errors=True)


def campaign(first: int, kills: int, states: int) -> Iterator[tuple[str, int, str, str]]:
    """Campaign, number, kind and end of each kill and each spoilt state."""
    with tempfile.TemporaryDirectory() as scratch:
        base = Base.made(Path(scratch))
        for what, many, one in (("kills", kills, kill), ("spoilt states", states, spoil)):
            for number in range(first, first + many):
                yield what, number, *one(number, base, Path(scratch))


def main() -> int:
    """Run the campaign by the arguments of the command line; 0 where nothing ended as it must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--states", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write", type=Path, help="keep the counts as JSON")
    options = parser.parse_args()
    told: dict[str, list[tuple[str, tuple[str]]]] = {}
    bad = 0
    # What is interrupted tells of what it came to.
    with contextlib.suppress(KeyboardInterrupt):
        for what, number, kind, ended in campaign(options.first, options.kills, options.states):
            told.setdefault(what, []).append((ended, (kind,)))
            if ended != WELL:
                bad += 1
                print(what, number, kind, ended, flush=True)
    counts = {
        what: tally.counted(outcomes, dict.fromkeys(ended for ended, _ in outcomes))
        for what, outcomes in told.items()
    }
    for what, ends in counts.items():
        print(what, *(f"{of['all']} {ended}" for ended, of in ends.items()), sep="  ")
    tally.keep(options.write, {"first": options.first, "ended": counts})
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
