"""`make data` under every fault: the old tables stay, the message helps, the next run goes on."""

import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
import yaml
from server import content, cut, once, redirect, serve, slow

from utils.archive import DATA
from utils.evidence.datasets import Dataset, PinnedFile
from utils.terminal import terminal
from utils.upstream import deepstate_daily, fetch, latest, rebuild
from utils.upstream.inputs import CorrectionOutdated, Inputs

NAME = "nk_provocations"  # the toy goes by the name of the dataset whose table it makes
ROWS = [{"day": "2024-11-10", "what": "Missile test"}, {"day": "2024-11-12", "what": "Nuclear test"}]
GOOD = json.dumps(ROWS).encode()
OLD = "date,type\n2024-11-10,Missile test\n2024-11-11,Balloon\n"


def dataset(**changes) -> dict:
    return {
        "id": NAME,
        "title": "Toy",
        "publisher": "Nobody",
        "party": "none",
        "citation": "Nobody (2024), Toy",
        "licence": "CC0",
        "shipped": "all",
        "repository": "nobody/toy",
        "revision": "aaaa",
        "folder": "data",
        "files": ["*.json"],
        "retrieved": "2024-12-01",
        "publication_lag_days": 1,
        "lag_reason": "The day after.",
        "horizon_days": 30,
        "coverage_from": "2024-11-10",
        "coverage_to": "2024-11-12",
        "gaps": "None.",
        "known_problems": [],
        **changes,
    }


def pin(name: str, body: bytes, owner: str) -> PinnedFile:
    digest = hashlib.sha256(body).hexdigest()
    return PinnedFile(id=f"{owner}/{name}", dataset=owner, path=name, sha256=digest, bytes=len(body))


def compute(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    rows = pandas.DataFrame(json.loads(inputs.file(NAME, "rows.json").read_text()))
    return {"provocations": rows[["day", "what"]].set_axis(["date", "type"], axis="columns")}


TOY = SimpleNamespace(__name__="toy", DATASETS=(NAME,), tables=compute)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A data folder with one pinned file and an old table, a cache of its own, and one module."""
    folder = tmp_path / "data"
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "provocations.csv").write_text(OLD)
    describe(folder, "provocations")
    put_pins(folder, GOOD)
    monkeypatch.setenv("FIFTY_THOUSAND_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(rebuild, "modules", lambda name=None: [TOY])
    monkeypatch.setattr(fetch, "RETRIES", 0)
    return folder


def describe(folder: Path, name: str) -> None:
    """Describe one of our tables, and no other, in a data folder."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] == name]
    (folder / "datapackage.json").write_text(json.dumps(package))


def put_pins(folder: Path, body: bytes, name: str = "rows.json", owner: str = NAME) -> None:
    entry = yaml.safe_dump(dataset(id=owner), sort_keys=False).strip().replace("\n", "\n    ")
    (folder / "datasets.yaml").write_text(f"datasets:\n  - {entry}\n")
    file = pin(name, body, owner)
    header = ",".join(PinnedFile.model_fields)
    (folder / "files.csv").write_text(
        f"{header}\n{file.id},{file.dataset},{file.path},{file.sha256},{file.bytes}\n"
    )


def run(
    folder: Path, monkeypatch, source: str, *, follow: bool = False, pin: bool = False
) -> tuple[int, str]:
    monkeypatch.setenv("FIFTY_THOUSAND_MIRROR", source)
    console = terminal(io.StringIO())
    console.width = 2000
    code = rebuild.rebuild(folder, dataset=None, follow=follow, pin=pin, everything=False, console=console)
    return code, console.file.getvalue()


def table(folder: Path) -> str:
    return (folder / "tables" / "provocations.csv").read_text()


def test_what_changed_is_told_row_by_row_and_then_written(home, monkeypatch):
    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        code, told = run(home, monkeypatch, served.address)
    assert code == 0
    assert "2024-11-11, Balloon: gone, was a row" in told
    assert "2024-11-12, Nuclear test: new, a row" in told
    assert table(home) == "date,type\n2024-11-10,Missile test\n2024-11-12,Nuclear test\n"
    package = json.loads((home / "datapackage.json").read_text())
    assert package["resources"][-1]["hash"] == f"sha256:{hashlib.sha256(table(home).encode()).hexdigest()}"
    assert "Toy" in (home / "README.md").read_text()


def test_a_fetched_file_is_kept_and_not_asked_for_again(home, monkeypatch):
    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        run(home, monkeypatch, served.address)
        code, told = run(home, monkeypatch, served.address)
    assert (code, served.asked) == (0, [f"/{NAME}/rows.json"])
    assert "provocations: unchanged" in told


FAULTS = {
    "cut half-way": (cut(GOOD), "cut half-way"),
    "wrong checksum": (content(GOOD + b" "), "not the pinned file"),
    "404": (content(b"gone", 404), "answers 404; the file has moved"),
    "500": (content(b"sorry", 500), "answers 500; run it again"),
    "slow": (slow(GOOD, 1.5), "silent for too long"),
    "an HTML error page": (redirect("/error.html"), "perhaps an error page"),
}


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_server_leaves_all_as_it_was(home, monkeypatch, fault):
    answer, message = FAULTS[fault]
    with serve() as served:
        served["/error.html"] = content(b"<!doctype html><title>Down</title>", kind="text/html")
        served[f"/{NAME}/rows.json"] = answer
        with monkeypatch.context() as impatient:
            impatient.setattr(fetch, "SECONDS", 0.5)
            code, told = run(home, monkeypatch, served.address)
        assert code == 1
        assert table(home) == OLD
        assert message in told and f"{NAME}: {served.address}/{NAME}/rows.json" in told
        assert "The tables are as they were." in told
        served[f"/{NAME}/rows.json"] = content(GOOD)
        assert run(home, monkeypatch, served.address)[0] == 0
    assert "Nuclear" in table(home)


def test_a_server_that_fails_once_is_asked_again(home, monkeypatch):
    monkeypatch.setattr(fetch, "RETRIES", 1)
    with serve() as served:
        served[f"/{NAME}/rows.json"] = once(content(b"sorry", 500), content(GOOD))
        code, _ = run(home, monkeypatch, served.address)
    assert code == 0 and len(served.asked) == 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (GOOD[:-9], "JSONDecodeError"),
        (GOOD.replace(b"what", b"kind"), "what"),
        (GOOD.replace(b"2024-11-12", b"2024-13-12"), "a day that exists"),
        (GOOD.replace(b"2024-11-12", b"2024-11-01"), "rows sorted by the key"),
    ],
    ids=["truncated JSON", "a changed column", "a day that is none", "rows out of order"],
)
def test_files_that_are_not_as_known_give_no_table(home, monkeypatch, body, message):
    put_pins(home, body)
    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(body)
        code, told = run(home, monkeypatch, served.address)
    assert code == 1 and table(home) == OLD
    assert message in told and f"{NAME}: https://github.com/nobody/toy/tree/aaaa/data" in told


def test_a_table_that_the_folder_does_not_describe_is_not_written(home, monkeypatch):
    (home / "datapackage.json").write_text('{"resources": []}')
    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        code, told = run(home, monkeypatch, served.address)
    assert code == 1 and "datapackage.json describes no provocations" in told and table(home) == OLD


def test_a_full_disk_leaves_the_old_table(home, monkeypatch):
    def full(part, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        with monkeypatch.context() as patched:
            patched.setattr("utils.whole.os.replace", full)
            code, told = run(home, monkeypatch, served.address)
        assert code == 1 and table(home) == OLD and "the disk is full" in told
        assert not list((home / "tables").glob(".*"))
        assert run(home, monkeypatch, served.address)[0] == 0
    assert "Nuclear" in table(home)


def test_a_full_disk_while_fetching_is_told(home, monkeypatch):
    def full(self, url, output_file, pooch):
        raise OSError(errno.ENOSPC, "No space left on device")

    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        with monkeypatch.context() as patched:
            patched.setattr("pooch.HTTPDownloader.__call__", full)
            code, told = run(home, monkeypatch, served.address)
        assert code == 1 and table(home) == OLD and "the disk is full; make room in" in told
        assert run(home, monkeypatch, served.address)[0] == 0


def square(*points: tuple[float, float]) -> bytes:
    """An extract of the occupied area with one polygon."""
    polygon = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": polygon}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_a_polygon_that_crosses_itself_is_measured_with_both_its_wings(home, monkeypatch):
    name = "deepstatemap_data_20241112.geojson"
    (home / "tables" / "provocations.csv").unlink()
    describe(home, "occupied-area")
    monkeypatch.setattr(rebuild, "modules", lambda dataset=None: [deepstate_daily])
    corners = (36.0, 48.0), (36.2, 48.0), (36.2, 48.1), (36.0, 48.1)
    crossed = (corners[0], corners[2], corners[1], corners[3])
    areas = []
    for points in (corners, crossed):
        body = square(*points)
        put_pins(home, body, name, "deepstate_daily")
        with serve() as served:
            served[f"/deepstate_daily/{name}"] = content(body)
            assert run(home, monkeypatch, served.address)[0] == 0
        written = (home / "tables" / "occupied_area.csv").read_text().splitlines()[1]
        areas.append(float(written.split(",")[1]))
    # The two triangles between the crossing and the sides are half of the rectangle.
    assert areas[1] == pytest.approx(areas[0] / 2, rel=0.01)


def test_an_interrupted_run_keeps_what_was_finished_and_goes_on(home, monkeypatch):
    def interrupted(inputs):
        raise KeyboardInterrupt

    second = SimpleNamespace(__name__="second", DATASETS=(NAME,), tables=interrupted)
    monkeypatch.setattr(rebuild, "modules", lambda name=None: [TOY, second])
    with serve() as served:
        served[f"/{NAME}/rows.json"] = content(GOOD)
        code, told = run(home, monkeypatch, served.address)
        assert code == 130 and "Interrupted at second" in told and "Nuclear" in table(home)
        monkeypatch.setattr(rebuild, "modules", lambda name=None: [TOY])
        assert run(home, monkeypatch, served.address)[0] == 0


@pytest.mark.long
def test_without_network_and_mirror_one_line_says_so(tmp_path):
    before = {path: path.read_bytes() for path in DATA.rglob("*") if path.is_file()}
    # A port on which nobody listens stands for a network that is not there.
    environment = {
        **os.environ,
        "FIFTY_THOUSAND_MIRROR": "http://127.0.0.1:9",
        "FIFTY_THOUSAND_CACHE": str(tmp_path),
        "COLUMNS": "80",
    }
    done = subprocess.run(
        [sys.executable, "-m", "utils", "data", "--dataset", "nk_provocations"],
        cwd=DATA.parent,
        env=environment,
        capture_output=True,
        text=True,
    )
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    assert done.returncode == 1 and len(lines) == 1 and lines[0].startswith("No network (nk_provocations")
    assert {path: path.read_bytes() for path in DATA.rglob("*") if path.is_file()} == before


def test_the_head_is_shown_and_pinned_only_when_told_to(home, monkeypatch):
    newer = json.dumps([*ROWS, {"day": "2024-11-20", "what": "Leaflets"}]).encode()
    blob = hashlib.sha1(b"blob %d\0" % len(newer) + newer).hexdigest()
    commit = {"sha": "bbbb", "commit": {"committer": {"date": "2025-01-02T00:00:00Z"}}}
    tree = {"tree": [{"path": "data/rows.json", "type": "blob", "sha": blob}]}
    with serve() as served:
        monkeypatch.setattr(latest, "API", served.address)
        monkeypatch.setattr(fetch, "RAW", served.address)
        served["/repos/nobody/toy/commits/HEAD"] = content(json.dumps(commit).encode())
        served["/repos/nobody/toy/git/trees/bbbb"] = content(json.dumps(tree).encode())
        served["/nobody/toy/bbbb/data/rows.json"] = content(newer)
        code, told = run(home, monkeypatch, "", follow=True)
        assert code == 0 and table(home) == OLD
        assert f"{NAME}: revision bbbb of 2025-01-02 replaces aaaa" in told and "Leaflets: new" in told
        assert run(home, monkeypatch, "", follow=True, pin=True)[0] == 0
    assert "Leaflets" in table(home)
    moved = rebuild.Pins.read(home)
    assert moved.datasets[NAME].revision == "bbbb"
    assert [file.sha256 for file in moved.files] == [hashlib.sha256(newer).hexdigest()]


def test_a_correction_fires_once_upstream_has_mended_it(tmp_path):
    correction = {
        "frame": "rows",
        "where": {"what": "Balloon"},
        "action": "drop",
        "expect": 1,
        "reason": "Counted twice.",
    }
    toy = Dataset.model_validate(dataset(corrections=[correction]))
    inputs = Inputs({NAME: toy}, {})
    rows = pandas.DataFrame({"what": ["Balloon", "Missile test"]})
    assert list(inputs.corrected(NAME, "rows", rows).what) == ["Missile test"]
    with pytest.raises(CorrectionOutdated, match="Counted twice"):
        inputs.corrected(NAME, "rows", rows[rows.what != "Balloon"])
