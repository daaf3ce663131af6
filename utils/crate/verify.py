"""Whether a crate is what it says, and whether a run of it elsewhere gives the same verdicts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ..runs.reach import digest
from .pack import ARTICLE, METADATA, REPORT, VERDICTS

__all__ = ["NoCrate", "damage", "differences", "opened", "rerun", "same_pages", "unpack"]

# What an honest crate stays far below, so that a hostile one does not fill the disk.
LARGEST = 2 << 30
# Nothing listens there: where the system cannot take the network away, libraries find none.
NOWHERE = "http://127.0.0.1:9"


class NoCrate(Exception):
    """A file that is no crate of a report; one line."""


def opened(path: Path) -> dict[str, bytes]:
    """The files of a crate by path; NoCrate where it is none or holds what leads out of its folder."""
    try:
        with zipfile.ZipFile(path) as whole:
            every = [one for one in whole.infolist() if not one.is_dir()]
            names = [one.filename for one in every]
            for name in names:
                pure = PurePosixPath(name)
                if pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
                    raise NoCrate(f"{path}: {name!r} would lead out of the folder")
            if len(set(names)) < len(names) or sum(one.file_size for one in every) > LARGEST:
                raise NoCrate(f"{path}: it has a file twice, or more than {LARGEST >> 30} GB")
            found = {one.filename: whole.read(one) for one in every}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NoCrate(f"{path}: it is no crate ({error})") from None
    if METADATA not in found or VERDICTS not in found:
        raise NoCrate(f"{path}: it is no crate of a report, as it has no {METADATA} or no {VERDICTS}")
    return found


def damage(files: Mapping[str, bytes]) -> list[str]:
    """A line a file that is not what the crate says of it, is missing, or is not named in it."""
    try:
        graph: list[dict[str, Any]] = json.loads(files[METADATA])["@graph"]
        said = {one["@id"]: one["sha256"] for one in graph if "sha256" in one}
    except (ValueError, KeyError, TypeError) as error:
        return [f"{METADATA}: it cannot be read ({error!r:.80})"]
    own = {path: digest(one) for path, one in files.items() if path != METADATA}
    return [
        *(f"{path}: it is not in the crate" for path in sorted(said.keys() - own.keys())),
        *(f"{path}: the crate does not say what it is" for path in sorted(own.keys() - said.keys())),
        *(f"{path}: it has been changed" for path in sorted(own) if path in said and said[path] != own[path]),
    ]


def unpack(files: Mapping[str, bytes], folder: Path) -> None:
    """Put the files of a crate into a folder, but for the report, which shall come out again."""
    for path, one in files.items():
        if not path.startswith(f"{REPORT}/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(one)


def rerun(folder: Path) -> tuple[bytes, Path, bool]:
    """Build the report of an unpacked crate with its own code and without a network: the verdicts that it
    gives, the folder of its pages, and whether the system took the network away.

    NoCrate where it cannot be built; the last line that was said is in it.
    """
    data = next((f"{ARTICLE}/{path.name}" for path in (folder / ARTICLE).glob("*")), "data")
    out, home = folder / "again", folder / "home"
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG", "SYSTEMROOT") if name in os.environ}
    proxies = {f"{name}_PROXY": NOWHERE for name in ("HTTP", "HTTPS", "ALL")}
    proxies |= {name.lower(): value for name, value in proxies.items()}
    environment = {**kept, **proxies, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    apart = _apart()
    for arguments in (("report", "--out", str(out)), ("export", "--out", str(out / "export"))):
        command = [*apart, sys.executable, "-m", "utils", *arguments, "--data", data]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise NoCrate(
                f"its {arguments[0]} cannot be built again: {said[-1] if said else done.returncode}"
            )
    return (out / "export" / VERDICTS).read_bytes(), out / "html", bool(apart)


def _apart() -> list[str]:
    """The command before others with which they have no network; nothing where the system has none."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which(command[0]) is None:
        return []
    return command if subprocess.run([*command, "true"], capture_output=True).returncode == 0 else []


def differences(before: bytes, after: bytes) -> tuple[int, list[str]]:
    """How many verdicts were compared, and a line a claim and clock whose verdict is another."""
    first, second = (_by_clock(json.loads(text)) for text in (before, after))
    every = sorted(first.keys() | second.keys())
    return len(every), [
        f"{claim}, {clock}: {_told(first.get((claim, clock)))}, and now {_told(second.get((claim, clock)))}"
        for claim, clock in every
        if first.get((claim, clock)) != second.get((claim, clock))
    ]


def _by_clock(ledger: dict[str, Any]) -> dict[tuple[str, str], Any]:
    return {
        (claim["id"], clock): claim[clock]
        for claim in ledger["claims"]
        for clock in sorted(claim)
        if isinstance(claim[clock], dict) and "label" in claim[clock]
    }


def _told(verdict: dict[str, Any] | None) -> str:
    if verdict is None:
        return "none"
    likely = verdict.get("probability")
    return str(verdict["label"]) if likely is None else f"{verdict['label']} ({likely})"


def same_pages(files: Mapping[str, bytes], html: Path) -> tuple[int, int]:
    """How many files of the report came out the same byte for byte, and of how many."""
    before = {path.partition("/")[2]: one for path, one in files.items() if path.startswith(f"{REPORT}/")}
    after = {path.relative_to(html).as_posix(): path for path in html.rglob("*") if path.is_file()}
    same = [name for name, one in before.items() if name in after and after[name].read_bytes() == one]
    return len(same), len(before.keys() | after.keys())
