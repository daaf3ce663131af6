"""A run knows all that it read, by whatever means, or says what it may have read."""

import ctypes
import io
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from rich.console import Console

from utils.runs import opened, reach, update
from utils.runs.keep import Run, Runs
from utils.runs.place import Place

ROOT = Path(__file__).resolve().parent.parent
# How a cell reads a file of the data folder, by the file; the last two have nothing to do with each other.
INSIDE = {
    "python.csv": "open('../{name}').read()",
    "database.csv": "import duckdb; print(duckdb.read_csv('../' + {parts}).fetchall())",
    "columns.csv": "import pyarrow.csv; print(pyarrow.csv.read_csv('../' + {parts}))",
    "c.csv": "import ctypes; c = ctypes.CDLL(None); c.fopen(b'../' + {parts}.encode(), b'r')",
    "program.csv": "import subprocess; subprocess.run(['cat', '../' + {parts}], check=True)",
    "shell.csv": "!cat ../{name}",
}
OUTSIDE = {
    "opened.txt": "open({path!r}).read()",
    "named.csv": "import duckdb; print(duckdb.read_csv({path!r}).fetchall())",
    "in_sql.csv": "import duckdb; print(duckdb.sql(\"select * from '{path}'\").fetchall())",
    "joined.csv": "import duckdb, pathlib; f = pathlib.Path({folder!r}); duckdb.read_csv(str(f / {name!r}))",
    "store.sqlite": "import sqlite3; sqlite3.connect({path!r}).execute('select 1').fetchall()",
    "declared.txt": "import subprocess; subprocess.run(['cat', {folder!r} + '/' + {parts}])",
    "in_folder.txt": "import subprocess; subprocess.run(['cat', {folder!r} + '/deep/' + {parts}])",
}
DECLARED = {"declared.txt": "{path}", "in_folder.txt": "{folder}/deep"}
STARTED = {name for name, way in (INSIDE | OUTSIDE).items() if "subprocess" in way or way.startswith("!")}
ASKS = "import os; print(os.environ.get('OF_THE_RUN'), os.getenv('NOT_THERE'))"
watches = pytest.mark.skipif(
    not getattr(ctypes.CDLL(None), "fanotify_init", None), reason="no fanotify on this system"
)


def write(place: Place, name: str, source: str, **metadata: object) -> None:
    cells = [nbformat.v4.new_markdown_cell("# A title", id="a"), nbformat.v4.new_code_cell(source, id="b")]
    place.notebooks.mkdir(parents=True, exist_ok=True)
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(made, place.notebooks / f"{name}.ipynb")


def ran(place: Place) -> tuple[dict[str, str], str]:
    """Why the notebooks ran that did, and what was said."""
    runs, found, said = Runs(place), update.notebooks(place), io.StringIO()
    _, why = update.decide(runs, found)
    update.run(place, runs, found, why, Console(file=said, width=400))
    return {path.stem: reason for path, reason in why.items()}, said.getvalue()


def stale(place: Place) -> set[str]:
    return {path.stem for path in update.decide(Runs(place), update.notebooks(place))[1]}


@watches
@pytest.mark.usefixtures("kernel_name")
def test_a_run_knows_what_it_read_by_whatever_means(tmp_path, monkeypatch):
    place = Place(ROOT, tmp_path / "data", tmp_path / "data" / "notebooks", tmp_path / "reports")
    outside = tmp_path / "outside"
    files = {}
    monkeypatch.setenv("OF_THE_RUN", "first")
    for ways, folder in ((INSIDE, place.data), (OUTSIDE, outside)):
        for name, way in ways.items():
            path = files[name] = folder / ("deep" if name == "in_folder.txt" else "") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"" if name.endswith("sqlite") else b"a,b\n1,2\n")
            # A name that is put together in the code cannot be read off it.
            parts = f"'{name[:3]}' + '{name[3:]}'"
            told = {"name": name, "path": str(path), "folder": str(folder), "parts": f"({parts})"}
            reads = [DECLARED[name].format(**told)] if name in DECLARED else []
            write(place, name, way.format(**told), **({"reads": reads} if reads else {}))
    write(place, "asks", ASKS)
    write(place, "nothing", "x = 1")
    why, said = ran(place)
    assert why.keys() == {*files, "asks", "nothing"} and stale(place) == set(), said
    assert "cat" in said and str(files["named.csv"]) in said and str(files["opened.txt"]) not in said
    assert said.count("not seen, and a change of it") == 2  # the two that start a program and declare nothing
    for name, path in files.items():
        sound = path.read_bytes()
        path.write_bytes(b"a,b\n1,3\n")
        # What a process that has ended has opened may have been a program of those that started some.
        assert name in stale(place) and stale(place) - {name} <= STARTED
        path.write_bytes(sound)
    (outside / "deep" / "more.txt").write_text("more")
    assert stale(place) == {"in_folder.txt"}
    (outside / "deep" / "more.txt").unlink()
    monkeypatch.setenv("OF_THE_RUN", "second")
    monkeypatch.setenv("UNASKED", "anything")
    assert stale(place) == {"asks"}
    monkeypatch.setenv("OF_THE_RUN", "first")
    monkeypatch.setenv("NOT_THERE", "it is")
    assert stale(place) == {"asks"}
    kept = "".join(path.read_text() for path in (place.reports / "runs").glob("*.ipynb.json"))
    assert "OF_THE_RUN" in kept and '"first"' not in kept


@pytest.mark.parametrize("reads", ["../x.csv", {"a": 1}, [1], [""]])
def test_reads_that_are_no_list_of_texts_are_told(tmp_path, reads):
    place = Place(ROOT, tmp_path / "data", tmp_path / "data" / "notebooks", tmp_path / "reports")
    write(place, "one", "x = 1", reads=reads)
    (found,) = update.notebooks(place)
    with pytest.raises(ValueError, match=r"one.ipynb: reads, in its metadata"):
        _ = found.declared


@pytest.mark.parametrize(("watched", "wanted"), [(True, set()), (False, {"one"})])
def test_where_the_system_does_not_watch_every_file_of_the_folder_counts(tmp_path, watched, wanted):
    place = Place(ROOT, tmp_path / "data", tmp_path / "data" / "notebooks", tmp_path / "reports")
    write(place, "one", "x = 1")
    (place.data / "a.csv").write_text("a\n1\n")
    (one,) = update.notebooks(place)
    runs = Runs(place)
    runs.keep("one.ipynb", runs.state(one.code), Run(([],), (), (), watched=watched), 9e9)
    assert stale(place) == set()
    (place.data / "a.csv").write_text("a\n2\n")
    assert stale(place) == wanted


def test_the_texts_of_a_notebook():
    cells = [
        {"cell_type": "code", "source": "x = 'a.csv'\nf\"{x} 'b.csv'\"\nsql = \"from 'c d.csv' where\""},
        {"cell_type": "code", "source": ["!cat ", "e.csv"]},
        {"cell_type": "markdown", "source": "`g.csv`"},
    ]
    found = set(reach.texts({"cells": cells}))
    assert {"a.csv", "b.csv", "c d.csv", "e.csv"} <= found and "g.csv" not in found


@watches
def test_the_watch_tells_ones_own_from_those_of_others(tmp_path):
    (tmp_path / "inner" / "env").mkdir(parents=True)
    (tmp_path / "inner" / "env" / "pyvenv.cfg").touch()
    (tmp_path / ".hidden").mkdir()
    assert set(opened.folders_of([tmp_path])) == {tmp_path, tmp_path / "inner"}
    path = tmp_path / "inner" / "ä b.csv"
    path.write_text("a")
    watch = opened.Watch(opened.folders_of([tmp_path]))
    assert watch.opened(others_too=True) == (set(), True)
    path.read_text()
    assert watch.opened(others_too=False) == ({str(path)}, True)
    other = ["import sys; open(sys.argv[1]).read()", str(path)]
    subprocess.run([sys.executable, "-c", *other], check=True)
    assert watch.opened(others_too=False) == (set(), True)


@pytest.mark.skipif(sys.platform != "linux", reason="no /proc on this system")
def test_what_a_kernel_was_started_with_and_what_it_writes_is_not_read(tmp_path):
    """Standard output may go to a file, and a library may hold one that it writes."""
    code = (
        "import ctypes, json, sys; from utils.runs import trace\n"
        "trace.start('/nowhere'); c = ctypes.CDLL(None)\n"
        "c.fopen(sys.argv[1].encode(), b'w'); c.fopen(sys.argv[2].encode(), b'r')\n"
        "sys.stderr.write(json.dumps(json.loads(trace.seen('[]', '/nowhere'))['outside']))"
    )
    # Files of this moment in the folder of temporary ones are a notebook's own.
    for name in ("out", "written", "read"):
        (tmp_path / name).write_text("x")
    environment = {**os.environ, "TMPDIR": "/var/tmp"}
    command = [sys.executable, "-c", code, str(tmp_path / "written"), str(tmp_path / "read")]
    with (tmp_path / "out").open("w") as out:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.PIPE, text=True
        )
    assert done.stderr == f'["{tmp_path / "read"}"]'


def test_a_machine_without_a_watch_says_so():
    """In a process of its own, as a hook cannot be taken away again."""
    code = (
        "import json; from utils.runs import opened, trace\n"
        "def refuse(folders): raise OSError('no fanotify')\n"
        "opened.Watch = refuse; trace.start('/nowhere')\n"
        "print(json.loads(trace.seen('[]', '/nowhere'))['watched'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr
