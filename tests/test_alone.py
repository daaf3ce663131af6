"""One build at a time, nothing lost when it dies, nothing damaged served."""

import contextlib
import errno
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import filelock
import pytest
from running import lives, soon

from utils import whole
from utils.__main__ import main
from utils.runs import checked
from utils.runs.alone import alone, restore, swap

ROOT = Path(__file__).resolve().parent.parent


def test_the_second_build_waits_and_says_so_once(tmp_path):
    told: list[str] = []
    order: list[str] = []

    def second():
        with alone(tmp_path, told.append):
            order.append("second")

    with alone(tmp_path, told.append):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert soon(lambda: told) and order == []
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
    assert told == [f"Another build is at work in {tmp_path}; this one waits for its end"]


def test_a_process_that_is_killed_holds_no_lock(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from utils.runs.alone import alone\n"
        "with alone(Path(sys.argv[1]), print): os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    told: list[str] = []
    with alone(tmp_path, told.append):
        assert told == []


@pytest.mark.parametrize("error", [NotImplementedError(), OSError(errno.ENOLCK, "no locks")])
def test_where_nothing_can_be_locked_it_is_built_all_the_same(tmp_path, monkeypatch, error):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with alone(tmp_path, pytest.fail):
        pass
    monkeypatch.setattr(
        filelock.FileLock, "acquire", lambda *_, **__: (_ for _ in ()).throw(OSError(13, "no"))
    )
    with pytest.raises(OSError, match="no"), alone(tmp_path, pytest.fail):
        pass


@pytest.mark.parametrize("command", ["report", "notebooks"])
def test_a_file_in_the_way_of_the_report_is_told_in_a_line(tmp_path, capsys, command):
    folder = tmp_path / "strait"
    folder.mkdir()
    (tmp_path / "strait-report").write_text("mine")
    assert main([command, "--data", str(folder)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "strait-report" in told and "in the way" in told
    assert (tmp_path / "strait-report").read_text() == "mine"


def test_a_report_is_there_whenever_the_build_dies(tmp_path, monkeypatch):
    """After each step of putting the new one in place, the old one or the new one can be had."""
    for steps in range(5):
        home = tmp_path / str(steps)
        for name in ("html", "html.new"):
            (home / name).mkdir(parents=True)
            (home / name / "index.html").write_text(name)
        left = steps

        def dies(function):
            def step(*arguments, **options):
                nonlocal left
                left -= 1
                if left < 0:
                    raise KeyboardInterrupt
                return function(*arguments, **options)

            return step

        with monkeypatch.context() as patch:
            patch.setattr("os.replace", dies(os.replace))
            patch.setattr("shutil.rmtree", dies(shutil.rmtree))
            with contextlib.suppress(KeyboardInterrupt):
                swap(home / "html.new", home / "html")
        restore(home / "html")
        assert (home / "html" / "index.html").read_text() == ("html.new" if steps >= 3 else "html")
        assert not (home / "html.old").exists() or steps == 3


WORKER = """
import multiprocessing, os, signal, sys, time
from concurrent.futures import ProcessPoolExecutor
from utils.runs.alone import end_with_parent
if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    with ProcessPoolExecutor(2, context, end_with_parent) as pool:
        pids = [pool.submit(os.getpid).result(), pool.submit(os.getpid).result()]
        pool.submit(time.sleep, 60)
        print(*pids, flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("way", sorted({"spawn", "fork"} & set(multiprocessing.get_all_start_methods())))
def test_no_worker_outlives_the_process_that_started_it(tmp_path, way):
    program = tmp_path / "program.py"
    program.write_text(WORKER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(program), way], env=environment, stdout=subprocess.PIPE, text=True
    ) as running:
        workers = [int(pid) for pid in running.stdout.readline().split()]
        assert workers and all(map(lives, workers))
        running.kill()
    assert soon(lambda: not any(map(lives, workers)))


def test_every_pool_of_ours_ends_with_its_parent():
    made = [
        line.strip()
        for path in (ROOT / "utils").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if f"{ProcessPoolExecutor.__name__}(" in line
    ]
    assert (
        made
        and [line for line in made if "end_with_parent" not in line and "_begin_beside" not in line] == []
    )


def test_what_is_kept_is_what_was_written_or_nothing(tmp_path):
    draw = random.Random(19)
    path = tmp_path / "kept.json"
    value = {"files": {"data/a.csv": None, "b": "0" * 64}, "words": ["ü", 1.5]}
    checked.write_json(path, value)
    sound = path.read_bytes()
    assert checked.read_json(path, None) == value
    for place in range(0, 8 * len(sound), 7):
        content = bytearray(sound)
        content[place // 8] ^= 1 << place % 8
        path.write_bytes(content)
        assert checked.read_json(path, "nothing") == "nothing", place
    for _ in range(200):
        content = bytearray(sound)
        first = draw.randrange(len(content))
        content[first : first + draw.randrange(9)] = draw.randbytes(draw.randrange(9))
        path.write_bytes(content)
        assert checked.read_json(path, "nothing") == (value if content == sound else "nothing")
    path.unlink()
    assert checked.read_json(path, "nothing") == "nothing"


def test_what_a_killed_process_left_of_a_file_goes_with_its_next_writing(tmp_path):
    path = tmp_path / "a [b].csv"
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        ended.wait()
    kept = [tmp_path / f".{path.name}.{os.getppid()}.part", tmp_path / f".{path.name}.mine.part"]
    for left in (tmp_path / f".{path.name}.{ended.pid}.part", *kept):
        left.touch()
    whole.write(path, b"new")
    assert set(tmp_path.iterdir()) == {path, *kept} and path.read_bytes() == b"new"
