"""Follow the tutorial of a new folder, step by step, as a person would who knows nothing else.

    python tests/tutorial.py DIR

does all of it in an empty folder, the report too, and says how long the machine took for each step.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from utils.__main__ import main
from utils.evidence import new

__all__ = ["Asked", "commands", "follow", "steps"]

BLOCK = re.compile(
    r"Add to `(?P<added>[^`]+)`:\n\n```csv\n(?P<rows>.*?)```"
    r"|Replace in `(?P<changed>[^`]+)`:\n\n```diff\n-(?P<old>[^\n]*)\n\+(?P<new>[^\n]*)\n```"
    r"|Uncomment `(?P<bare>[^`]+)`\."
    r"|```console\n(?P<console>.*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Asked:
    """A command of the tutorial: what it must tell, what it told, its seconds, and its exit status."""

    command: str
    wanted: tuple[str, ...]
    told: str
    seconds: float
    status: int

    @property
    def lost(self) -> list[str]:
        """What it should have told and did not, whatever the breaks of lines."""
        flat = " ".join(self.told.split())
        return [one for one in self.wanted if " ".join(one.split()) not in flat]


def steps() -> list[re.Match[str]]:
    """What is to be done, in order."""
    text = (new.TEMPLATE / "README.md").read_text(encoding="utf-8").partition("## A tutorial")[2]
    return list(BLOCK.finditer(text))


def follow(place: Path, *, without: tuple[str, ...] = ()) -> Iterator[Asked]:
    """Begin a folder in an empty place and do every step; the commands named are left out."""
    os.chdir(place)
    os.environ["COLUMNS"] = "1000"  # a table whose cells are not broken
    folder = place / "next"
    new.write(folder)
    for step in steps():
        if file := step["added"]:
            _write(folder / file, lambda text, rows=step["rows"]: f"{text.rstrip()}\n{rows}")
        elif file := step["changed"]:
            _write(folder / file, lambda text, step=step: _replaced(text, step["old"], step["new"]))
        elif file := step["bare"]:
            _write(folder / file, lambda text: re.sub(r"^#  ", " ", text, flags=re.MULTILINE))
        else:
            for command, wanted in commands(step["console"]):
                if shlex.split(command)[3] not in without:
                    yield _asked(command, wanted)


def commands(console: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The commands of a block, each with the lines that follow it."""
    for part in console.split("$ ")[1:]:
        command, *wanted = part.strip().splitlines()
        yield command, tuple(wanted)


def _write(path: Path, change) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def _asked(command: str, wanted: tuple[str, ...]) -> Asked:
    begun, told = time.monotonic(), io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        status = main(shlex.split(command)[3:])
    return Asked(command, wanted, told.getvalue(), time.monotonic() - begun, status)


def _path(root: Path) -> int:
    """All of the tutorial in a folder that is not there yet; 1 where a step did not do as it says."""
    root.mkdir(parents=True)
    failed = False
    for one in follow(root.resolve()):
        print(f"{one.seconds / 60:5.2f} min  {one.command}", flush=True)
        # A check whose errors the tutorial shows ends with 2.
        if one.lost or (one.status and not one.wanted):
            failed = True
            print(f"status {one.status}, without {one.lost}: {one.told}", file=sys.stderr)
    pages = list((root / "next-report" / "html").glob("**/*.html"))
    print(f"{len(pages)} pages in {root / 'next-report' / 'html'}")
    return int(failed or not pages)


if __name__ == "__main__":
    sys.exit(_path(Path(sys.argv[1])))
