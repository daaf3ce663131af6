"""A command ends with one line and a status, whatever stops it, and leaves no half of a file."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from folders import SECOND

from utils import commands, faults, whole
from utils.__main__ import main
from utils.evidence import new

READING = ("check", "verdicts", "export", "describe", "links", "data")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder of the next article."""
    return Path(shutil.copytree(new.TEMPLATE, tmp_path / "next"))


def called(*arguments: object, **options: object) -> subprocess.CompletedProcess:
    """A command in a process of its own."""
    call = [sys.executable, "-m", "utils", *map(str, arguments)]
    return subprocess.run(call, capture_output="stdout" not in options, text=True, **options)


def line_of(capsys) -> str:
    """The one line that a command has said on standard error."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.long
@pytest.mark.parametrize("command", ["check", "verdicts", "export", "describe"])
def test_a_wrong_table_is_named_by_every_command_that_needs_it(tmp_path, command, capsys):
    folder = Path(shutil.copytree(SECOND, tmp_path / "second"))
    path = folder / "tables" / "crossings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",77", ",many", 1), encoding="utf-8")
    assert main([command, "--data", str(folder)]) == 2
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    said = "crossings.csv:2 crossings: 'many', expected a whole number in digits"
    assert said in (told.out if command == "check" else told.err)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("kind", ["nowhere", "file", "empty"])
def test_a_folder_that_is_none_is_one_line(tmp_path, capsys, command, kind):
    folder = tmp_path / "x"
    if kind == "file":
        folder.write_text("x")
    elif kind == "empty":
        folder.mkdir()
    assert main([command, "--data", str(folder)]) == 2
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1 and "Traceback" not in told.err


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyError("x"), 2, "a fault of this program, not of your doing: KeyError"),
        (ZeroDivisionError("two\nlines\x1b[31m"), 2, r"two lines\x1b[31m"),
        (MemoryError(), 2, "the memory does not suffice"),
        (RecursionError("deep"), 2, "RecursionError"),
        (PermissionError(errno.EACCES, "Permission denied", "a.csv"), 2, "a.csv: Permission denied"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "the disk is full"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, None),
    ],
)
def test_whatever_stops_a_command_is_one_line(monkeypatch, capsys, error, status, said):
    def stopped(options):
        raise error

    monkeypatch.setattr(commands, "check", stopped)
    assert main(["check"]) == status
    if said is None:
        assert capsys.readouterr().err == ""
    else:
        assert said in line_of(capsys)


def test_the_traceback_is_shown_to_who_asks_for_it(monkeypatch, capsys):
    def stopped(options):
        raise KeyError("x")

    monkeypatch.setattr(commands, "check", stopped)
    monkeypatch.setenv(faults.SWITCH, "1")
    assert main(["check"]) == 2
    told = capsys.readouterr().err
    assert "Traceback" in told and told.splitlines()[-1].startswith("utils: a fault of this program")


@pytest.mark.long
def test_a_full_disk_and_a_closed_pipe_are_no_traceback(begun):
    with Path("/dev/full").open("w") as full:
        told = called("verdicts", "--json", "--data", begun, stdout=full, stderr=subprocess.PIPE)
    assert (told.returncode, told.stderr) == (2, "utils: the disk is full; make room and run it again\n")
    reader, writer = os.pipe()
    os.close(reader)
    told = called("verdicts", "--json", "--data", begun, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (told.returncode, told.stderr) == (141, "")


@pytest.mark.long
def test_a_disk_that_fills_leaves_no_half_of_a_file(begun, tmp_path):
    def tight() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))

    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    calls = (
        ("new", tmp_path / "again"),
        ("export", "--data", begun, "--out", tmp_path / "out"),
        ("describe", "--data", begun),
    )
    for call in calls:
        told = called(*call, preexec_fn=tight, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        assert told.returncode == 2 and len(told.stderr.splitlines()) == 1, told.stderr
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before
    written = [path for name in ("again", "out") for path in (tmp_path / name).rglob("*") if path.is_file()]
    assert [path for path in written if path.stat().st_size == 900 or path.name.endswith(".part")] == []
    assert list((tmp_path / "again").iterdir()) == []


def test_a_file_is_written_whole_and_never_through_a_link(tmp_path):
    outside, path = tmp_path / "outside", tmp_path / "in" / "a"
    outside.write_text("mine")
    path.parent.mkdir()
    path.with_name(f".a.{os.getpid()}.part").symlink_to(outside)
    whole.write(path, b"new")
    assert path.read_bytes() == b"new" and outside.read_text() == "mine"
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError):
        whole.write(path, b"new")
    assert [one.name for one in path.parent.iterdir()] == ["a"]


@pytest.mark.long
def test_a_table_that_no_claim_asks_for_may_be_a_pipe_and_nobody_waits(begun):
    path = begun / "tables" / "counts.csv"
    path.unlink()
    os.mkfifo(path)
    assert called("verdicts", "--data", begun, timeout=60).returncode == 0


def test_a_full_disk_is_told_as_one_also_by_libraries_with_words_of_their_own(tmp_path):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    copied = shutil.Error([("a", "b", str(full))])
    wrapped = RuntimeError("Handler <function> threw an exception")
    wrapped.__cause__ = full
    for error in (full, copied, wrapped):
        assert faults.told(error, tmp_path) == (2, faults.DISK_FULL)
    other = shutil.Error([("a", "b", os.strerror(errno.EACCES))])
    wrapped.__cause__ = PermissionError(errno.EACCES, "no")
    for error in (other, wrapped):
        assert faults.DISK_FULL not in faults.told(error, tmp_path)[1]
