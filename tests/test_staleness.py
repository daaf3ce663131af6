"""Nothing old is shown and nothing is done twice: what must run runs, what need not does not."""

import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from folders import SECOND

from utils.kernels import settings
from utils.runs import execute, update
from utils.runs.keep import Run, Runs
from utils.runs.place import Place
from utils.terminal import terminal

ROOT = Path(__file__).resolve().parent.parent
CELLS = {
    "claims": [
        "from utils.archive import Archive",
        "archive = Archive.read()\nprint(len(archive.statements))",
    ],
    "nothing": ["x = 40", "print(x + 2)"],
    "table": [
        "from utils.archive import Archive",
        "print(len(Archive.read().table('isw_area')))",
    ],
}
ALL = set(CELLS)


@pytest.fixture(scope="module")
def built(tmp_path_factory, kernel_name) -> Path:
    """A small project whose notebooks have run; tests change copies of it."""
    root = tmp_path_factory.mktemp("project")
    for name in ("data", "utils"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", root)
    for name, cells in CELLS.items():
        write(root, name, cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ROOT", root)
        assert ran(root) == ALL
    return root


@pytest.fixture
def project(built, tmp_path, monkeypatch) -> Path:
    """A copy of the project that a test may change."""
    shutil.copytree(built, tmp_path / "project")
    monkeypatch.setattr(settings, "ROOT", tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def small(project) -> Path:
    """The same on an article of one claim, whose site is built in seconds."""
    data = project / "data"
    shutil.rmtree(data)
    shutil.copytree(SECOND, data)
    heading, first, *_ = re.split(r"(?m)^(?=  - id:)", (data / "claims.yaml").read_text(encoding="utf-8"))
    (data / "claims.yaml").write_text(heading + first, encoding="utf-8")
    events = (data / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    of_it = [line for line in events if not re.search(r"\bP(?!01)\d\d\b", line)]
    (data / "events.csv").write_text("".join(of_it), encoding="utf-8")
    write(project, "table", [CELLS["table"][0], "print(len(Archive.read().table('crossings')))"])
    return project


def write(root: Path, name: str, cells: list[str], words: str = "# Words") -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words, id="words")])
    notebook.cells += [
        nbformat.v4.new_code_cell(source, id=f"cell-{place}") for place, source in enumerate(cells)
    ]
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")


def stale(root: Path) -> dict[str, str]:
    """Which notebooks would run now, and why."""
    _, why = update.decide(Runs(Place.own(root)), update.notebooks(Place.own(root)))
    return {path.stem: reason for path, reason in why.items()}


def ran(root: Path) -> set[str]:
    """Bring the project up to date; the notebooks that ran for it."""
    runs, found = Runs(Place.own(root)), update.notebooks(Place.own(root))
    _, why = update.decide(runs, found)
    update.run(Place.own(root), runs, found, why, terminal(io.StringIO()))
    return {path.stem for path in why}


def printed(root: Path, name: str) -> str:
    """What a notebook's last cell printed in the run that is good now."""
    good, _ = update.decide(Runs(Place.own(root)), update.notebooks(Place.own(root)))
    return good[root / "notebooks" / f"{name}.ipynb"][-1][0]["text"].strip()


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def drop_last_line(path: Path) -> None:
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("change", "must"),
    [
        (lambda root: None, set()),
        (lambda root: append(root / "utils/archive.py", "\nNEW = 1\n"), {"claims", "table"}),
        (lambda root: append(root / "utils/evidence/parameters.py", "\nNEW = 1\n"), {"claims", "table"}),
        (lambda root: append(root / "utils/archive.py", "\n# A remark.\n\n"), set()),
        (lambda root: append(root / "utils/charts/statements.py", "\nNEW = 1\n"), set()),
        (lambda root: append(root / "utils/upstream/fetch.py", "\nNEW = 1\n"), set()),
        (lambda root: append(root / "utils/__init__.py", "\nNEW = 1\n"), {"claims", "table"}),
        (lambda root: drop_last_line(root / "data/tables/isw_area.csv"), {"table"}),
        (lambda root: drop_last_line(root / "data/tables/markets.csv"), set()),
        (lambda root: drop_last_line(root / "data/statements.csv"), {"claims", "table"}),
        (lambda root: append(root / "data/article.yaml", "# A remark.\n"), {"claims", "table"}),
        (lambda root: append(root / "data/README.md", "A remark.\n"), set()),
        (lambda root: append(root / "data/tables/oblasts.geojson", " "), ALL),
        (lambda root: append(root / "requirements.lock", "another==1.0\n"), ALL),
        (lambda root: append(root / "utils/kernels/own/matplotlibrc", "lines.linewidth: 7\n"), ALL),
        (lambda root: write(root, "claims", [CELLS["claims"][0] + "  # why", *CELLS["claims"][1:]]), set()),
        (lambda root: write(root, "claims", CELLS["claims"], words="# Other words"), set()),
        (lambda root: write(root, "claims", [*CELLS["claims"], "x = 1"]), {"claims"}),
        (lambda root: write(root, "claims", CELLS["claims"][::-1]), {"claims"}),
        (lambda root: write(root, "another", ["x = 1"]), {"another"}),
        (lambda root: (root / "notebooks/nothing.ipynb").unlink(), set()),
        (lambda root: [os.utime(path, (2e9, 2e9)) for path in root.rglob("*") if path.is_file()], set()),
    ],
    ids=[
        *("nothing", "helper", "helper of a helper", "comment in a helper", "helper of others"),
        *("upstream", "the package", "own table", "other table", "statements", "article", "dictionary"),
        *("boundaries", "lock", "settings", "comment in a cell", "markdown", "code", "order", "new notebook"),
        *("notebook gone", "times of files"),
    ],
)
def test_what_must_run_runs_and_nothing_else(project, change, must):
    change(project)
    assert set(stale(project)) == must


def test_the_day_and_the_machine_do_not_count(project):
    environment = {
        **os.environ,
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "HOME": "/nonexistent",
    }
    look = (
        "import sys, time; time.time = lambda: 4e9\n"
        "from pathlib import Path; from utils.runs import update; from utils.runs.keep import Runs\n"
        "from utils.runs.place import Place; place = Place.own(Path(sys.argv[1]))\n"
        "print(len(update.decide(Runs(place), update.notebooks(place))[1]))"
    )
    command = [sys.executable, "-c", look, str(project)]
    done = subprocess.run(command, env=environment, cwd=project, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_result_is_the_new_one_and_the_reason_is_told(project):
    before = int(printed(project, "table"))
    drop_last_line(project / "data/tables/isw_area.csv")
    assert stale(project) == {"table": "data/tables/isw_area.csv changed"}
    assert ran(project) == {"table"}
    assert int(printed(project, "table")) == before - 1
    assert stale(project) == {}
    write(project, "nothing", ["x = 41", "print(x + 2)"])
    assert stale(project) == {"nothing": "its code changed"}
    write(project, "another", ["x = 1"])
    assert stale(project)["another"] == "it has not been run yet"


def test_a_changed_helper_shows_in_the_result(project):
    write(
        project, "claims", ["from utils import archive", "print(archive.DATA.name, hasattr(archive, 'NEW'))"]
    )
    assert ran(project) == {"claims"} and printed(project, "claims") == "data False"
    append(project / "utils/archive.py", "\nNEW = 1\n")
    assert ran(project) == {"claims", "table"} and printed(project, "claims") == "data True"


def test_going_back_is_no_new_run(project):
    kept = (project / "data/statements.csv").read_text(encoding="utf-8")
    drop_last_line(project / "data/statements.csv")
    assert ran(project) == {"claims", "table"}
    (project / "data/statements.csv").write_text(kept, encoding="utf-8")
    assert stale(project) == {}


def test_damaged_outputs_are_not_served(project):
    for path in (project / "reports/runs/objects").glob("*.json"):
        append(path, " ")
    assert set(stale(project)) == ALL
    assert stale(project)["claims"] == "its kept outputs are damaged"
    shutil.rmtree(project / "reports/runs/objects")
    assert ran(project) == ALL and stale(project) == {}


def test_a_folder_in_the_place_of_a_kept_file_is_as_if_it_had_never_been(project):
    kept = sorted(path for path in (project / "reports/runs").rglob("*") if path.is_file())
    for path in kept:
        path.unlink()
        (path / "of somebody").mkdir(parents=True)
    assert set(stale(project)) == ALL
    assert ran(project) == ALL and stale(project) == {}
    assert all(path.is_file() for path in kept)


def test_a_damaged_record_is_as_if_it_had_never_been(project):
    """No bit that turns in what is kept of a run makes it good for something else, or lost without a run."""
    good, _ = update.decide(Runs(Place.own(project)), update.notebooks(Place.own(project)))
    draw = random.Random(19)
    kept = sorted(path for path in (project / "reports/runs").rglob("*") if path.is_file())
    assert {path.name for path in kept} >= {"sources.json", "claims.ipynb.json"}
    for path in kept:
        sound = path.read_bytes()
        for _ in range(2):
            content = bytearray(sound)
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
            path.write_bytes(content)
            now, why = update.decide(Runs(Place.own(project)), update.notebooks(Place.own(project)))
            assert all(now[one] == good[one] for one in now) and len(now) + len(why) == len(good)
            assert path.name == "sources.json" or len(why) == 1, path.name
        path.write_bytes(sound)


def test_a_file_that_changed_during_the_run_counts_as_changed(project):
    write(project, "another", ["x = 2"])
    runs, (another, *_) = Runs(Place.own(project)), update.notebooks(Place.own(project))
    assert another.path.stem == "another"
    made = Run(([],), ("data/events.csv", "data/statements.csv"), ())
    begun = time.time()
    os.utime(project / "data/events.csv", (begun - 1, begun - 1))
    os.utime(project / "data/statements.csv", (begun + 1, begun + 1))
    runs.keep(another.path.name, runs.state(another.code), made, begun)
    assert stale(project) == {"another": "data/statements.csv changed"}


def test_a_folder_that_is_listed_counts_with_its_names(project):
    code = ["import os", "print(len(os.listdir('../data/tables')))"]
    write(project, "nothing", code)
    assert ran(project) == {"nothing"}
    append(project / "data/tables/isw_area.csv", "")
    assert stale(project) == {}
    (project / "data/tables/new.csv").write_text("a\n1\n", encoding="utf-8")
    assert stale(project) == {"nothing": "what is in data/tables changed"}


def test_what_is_read_from_kept_results_depends_on_what_they_rest_on(project):
    code = [
        "from dataclasses import replace\nfrom utils import results\nfrom utils.archive import Archive",
        "archive = Archive.read()\narchive = replace(archive, claims=(archive.claim('C02'),))",
        "print(len(results.kept(archive).days['C02']))",
    ]
    write(project, "nothing", code)
    assert ran(project) == {"nothing"} and stale(project) == {}
    (kept,) = (project / "reports/results").glob("*.json")
    write(project, "nothing", [*code[:2], "x = 1", code[2]])
    assert ran(project) == {"nothing"} and stale(project) == {}
    assert list((project / "reports/results").glob("*.json")) == [kept]
    kept.unlink()
    append(project / "utils/charts/statements.py", "\nNEW = 1\n")
    (project / "utils" / "another.py").write_text("NEW = 1\n", encoding="utf-8")
    assert stale(project) == {}
    drop_last_line(project / "data/tables/markets.csv")
    assert stale(project) == {"nothing": "data/tables/markets.csv changed"}


def test_a_notebook_that_fails_stops_the_build_and_the_others_finish(project):
    write(project, "claims", ["x = 1", "x / 0"])
    write(project, "nothing", ["x = 41", "print(x + 2)"])
    with pytest.raises(execute.NotebookFailed) as told:
        ran(project)
    assert str(told.value).splitlines() == [
        "claims.ipynb, cell 3: ZeroDivisionError: division by zero",
        "  open it with: jupyter lab notebooks/claims.ipynb",
    ]
    assert set(stale(project)) == {"claims"}
    write(project, "claims", ["x = 1", "def late():\n    assert x == 2\nlate()"])
    with pytest.raises(
        execute.NotebookFailed, match=r"claims\.ipynb, cell 3: AssertionError: assert x == 2\n"
    ):
        ran(project)
    write(project, "claims", ["import os", "os._exit(3)"])
    with pytest.raises(execute.NotebookFailed, match=r"claims\.ipynb, cell 3: Kernel died"):
        ran(project)
    write(project, "claims", ["from IPython.display import display", "display({'image/png': 5}, raw=True)"])
    with pytest.raises(execute.NotebookFailed) as told:
        ran(project)
    assert str(told.value).splitlines()[0] == (
        "claims.ipynb, cell 3: an output whose data/image/png is 5, and no text"
    )


def test_an_interrupt_is_one_line_and_what_had_run_is_kept(project):
    write(project, "nothing", ["x = 41"])
    write(project, "table", ["from time import sleep", "sleep(60)"])
    command = [sys.executable, "-m", "utils", "notebooks"]
    # A session of its own is a group of its own, as the shell makes one for each command.
    with subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stdout.readline().split()[0] == "nothing"
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=10)
    assert (running.returncode, told) == (130, "utils: interrupted\n")
    assert stale(project).keys() == {"table"}


BUILD = (
    "import sys; from pathlib import Path; from utils.report import build\n"
    "from utils.runs.place import Place\n"
    "status = build.report(Place.own(Path(sys.argv[1])))\n"
    "print(*sorted({'sphinx', 'pandas', 'nbclient'} & set(sys.modules)), 'exit', status)"
)


def report(root: Path) -> str:
    """Build the report; what it prints, with the libraries that it needed."""
    command = [sys.executable, "-c", BUILD, str(root)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip().endswith("exit 0"), done.stdout + done.stderr
    return done.stdout


def site(root: Path) -> dict[str, bytes]:
    folder = root / "reports" / "html"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_report_is_built_where_it_must_be_and_only_there(small):
    report(small)
    first = site(small)
    told = report(small)
    assert told.startswith("Nothing has changed") and told.strip().endswith("exit 0")
    assert not {"sphinx", "pandas", "nbclient"} & set(told.split()) and site(small) == first

    (small / "reports/html/index.html").write_text("spoiled")
    report(small)
    assert site(small) == first

    write(small, "claims", CELLS["claims"], words="# Another title\n\nQuite other words.")
    told = report(small)
    assert "ran, because" not in told and "sphinx" in told.split()
    assert b"Quite other words" in site(small)["notebooks/claims.html"]
    assert b"Another title" in site(small)["index.html"]

    write(small, "nothing", ["x = 41", "print(x + 2)"])
    told = report(small)
    assert "nothing" in told and "because its code changed" in told and "table " not in told
    changed = site(small)
    assert b"43" in changed["notebooks/nothing.html"]

    shutil.rmtree(small / "reports")
    report(small)
    fresh = site(small)
    assert changed.keys() == fresh.keys()
    assert [name for name in fresh if fresh[name] != changed[name]] == []

    # What Sphinx would go on from, of a page that has not changed.
    kept = small / "reports/sphinx/statements.html"
    kept.write_text(kept.read_text(encoding="utf-8").replace("Statements", "Spoiled"), encoding="utf-8")
    laid_by = small / "reports/jupyter_execute/notebooks/claims.ipynb"
    laid_by.unlink()
    laid_by.mkdir()
    write(small, "claims", CELLS["claims"], words="# Another title\n\nStill other words.")
    report(small)
    assert b"Still other words" in site(small)["notebooks/claims.html"]
    assert site(small)["statements.html"] == fresh["statements.html"]


def test_the_build_names_plain_pictures_and_ends_at_a_figure_that_is_not_whole(small):
    picture = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    )
    code = [
        "from IPython.display import Image, display; from utils.mime import FIGURE_MIME",
        f"display({{'image/png': {picture!r}}}, raw=True); display({{'image/png': 'abc'}}, raw=True)",
        f"import base64; Image(base64.b64decode({picture!r}), alt='A dot.')",
    ]
    write(small, "[red]x", code)
    told = report(small).splitlines()
    gives = "(figures.show gives it both)"
    place = next(place for place, line in enumerate(told) if "a picture" in line)
    assert told[place : place + 3] == [
        f"  [red]x, cell 3: a picture without title and alt text {gives}",
        "  [red]x, cell 3: a picture that cannot be shown: its image/png is no base64",
        f"  [red]x, cell 4: a picture without title and credit {gives}",
    ]
    assert [line.split()[0] for line in told if "it has not been run yet" in line] == ["[red]x"]
    assert b'alt="A dot."' in site(small)["notebooks/[red]x.html"]

    write(small, "[red]x", [*code, "display({FIGURE_MIME: {}}, raw=True)"])
    command = [sys.executable, "-c", BUILD, str(small)]
    done = subprocess.run(command, cwd=small, capture_output=True, text=True)
    assert done.stdout.strip().endswith("exit 1")
    assert done.stderr.splitlines() == [
        "[red]x.ipynb, cell 5: a figure without a text as its title, alt, credit, fingerprint, table",
        f"No report was built; the last one is still at {small / 'reports/html/index.html'}",
    ]
