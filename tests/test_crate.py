"""A crate says what is in it, and a run of it elsewhere gives the same verdicts or says which are others."""

import csv
import io
import json
import re
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from rocrate.rocrate import ROCrate
from test_places import SAY, article, notebook

from utils.__main__ import main
from utils.archive import Archive
from utils.crate import bom, pack, verify
from utils.runs.place import Place
from utils.runs.reach import digest
from utils.takeaway.zipped import as_zip

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> dict[str, bytes]:
    """The files of a crate of a small folder, with a page in the place of its report."""
    home = tmp_path_factory.mktemp("crate")
    place = Place.of(ROOT, article(home / "strait", "On the strait"))
    notebook(place.data, "..", SAY)
    (place.reports / "html").mkdir(parents=True)
    (place.reports / "html" / "index.html").write_text("a page")
    (place.data / ".secret").write_text("a token")
    archive = Archive.read(place.data)
    files = pack.content(place, archive)
    return {pack.METADATA: pack.description(files, archive, ROOT), **files}


def written(files: dict[str, bytes], path: Path) -> Path:
    path.write_bytes(as_zip(files))
    return path


@pytest.mark.long
def test_a_crate_holds_what_a_report_is_made_from_and_the_hash_of_each(packed, tmp_path):
    parts = {name.partition("/")[0] for name in packed}
    assert {"report", "article", "utils", "requirements.lock", "bom.json", "licences.csv"} <= parts
    assert "article/strait/notebooks/00_first.ipynb" in packed
    assert not any("secret" in name or "__pycache__" in name for name in packed)
    assert verify.damage(packed) == []
    with zipfile.ZipFile(written(packed, tmp_path / "crate.zip")) as whole:
        whole.extractall(tmp_path / "open")
    crate = ROCrate(tmp_path / "open")
    said = {one.id: one["sha256"] for one in crate.data_entities}
    assert said == {name: digest(one) for name, one in packed.items() if name != pack.METADATA}
    assert crate.name == "On the strait" and crate.datePublished
    (action,) = crate.get_by_type("CreateAction")
    assert {one.id for one in action["result"]} == {"report/index.html"}


@pytest.mark.long
def test_the_same_folder_gives_the_same_crate(packed):
    assert as_zip(packed) == as_zip(dict(packed))
    text = packed[pack.METADATA].decode() + packed["bom.json"].decode()
    assert not re.search(r"/tmp/|/home/|timestamp", text)


def test_what_was_changed_added_or_taken_out_is_named(packed):
    page, table = "report/index.html", "article/strait/statements.csv"
    changed = {**packed, page: b"another page", "utils/new.py": b"x"}
    del changed[table]
    lines = verify.damage(changed)
    assert [line.partition(":")[0] for line in lines] == [table, "utils/new.py", page]
    (line,) = verify.damage({**packed, pack.METADATA: b"{}"})
    assert "cannot be read" in line


@pytest.mark.parametrize(
    "names", [["../outside"], ["/outside"], ["a/../../b"], ["a\\..\\b"], ["C:x"], ["a", "a"], [], None]
)
def test_what_is_no_crate_is_refused_in_a_line_and_writes_nothing(tmp_path, capsys, names):
    path = tmp_path / "inner" / "crate.zip"
    path.parent.mkdir()
    if names is None:
        path.write_bytes(b"PK\x03\x04 and no more")
    else:
        twice = pytest.warns(UserWarning, match="Duplicate") if names == ["a", "a"] else nullcontext()
        with twice, zipfile.ZipFile(path, "w") as whole:
            for name in names:
                whole.writestr(name, "x")
    assert main(["verify", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {one.name for one in tmp_path.rglob("*")} == {"inner", "crate.zip"}


def test_a_changed_crate_is_not_run_and_another_verdict_is_told(packed, tmp_path, monkeypatch, capsys):
    def fails(folder):
        raise AssertionError("it was run")

    monkeypatch.setattr(verify, "rerun", fails)
    changed = {**packed, "utils/archive.py": b"import os"}
    assert main(["verify", str(written(changed, tmp_path / "changed.zip"))]) == 1
    assert "utils/archive.py: it has been changed" in capsys.readouterr().out

    ledger = json.loads(packed[pack.VERDICTS])
    ledger["claims"][0]["today"]["label"] = "Refuted"
    other = json.dumps(ledger).encode()
    crate = written(packed, tmp_path / "crate.zip")
    for again, status, said in (
        (packed[pack.VERDICTS], 0, "every one is the same"),
        (other, 1, "1 is not the"),
    ):
        monkeypatch.setattr(verify, "rerun", lambda folder, again=again: (again, folder / "none", True))
        assert main(["verify", str(crate)]) == status
        told = capsys.readouterr().out
        assert said in told and ("and now Refuted" in told) == bool(status)


@pytest.mark.usefixtures("kernel_name", "render_site")
def test_a_crate_is_run_again_in_a_clean_folder(tmp_path, capsys):
    folder = article(tmp_path / "strait", "On the strait")
    notebook(folder, "..", SAY)
    assert main(["crate", "--data", str(folder)]) == 0
    crate = tmp_path / "strait-report" / "crate.zip"
    assert main(["verify", str(crate)]) == 0
    said = capsys.readouterr().out
    assert "every one is the same" in said
    same, of = map(int, re.search(r"(\d+) of (\d+) files of the report", said).groups())
    assert same == of > 20


@pytest.mark.long
def test_the_bill_of_materials_is_of_the_whole_lock_and_valid():
    every = bom.packages(LOCK)
    assert {one.name for one in every} == set(re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE))
    assert sum(len(one.hashes) for one in every) == LOCK.count("--hash=sha256:")
    made = bom.as_cyclonedx(every, "ours", "1")
    assert made == bom.as_cyclonedx(every, "ours", "1")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(made.decode()) is None
    assert len(json.loads(made)["components"]) == len(every)
    with pytest.raises(ValueError, match="not as pip writes"):
        bom.packages(f"{LOCK}\nanother==1.0\n")


def test_the_licence_list_has_a_licence_of_what_is_installed():
    rows = list(csv.DictReader(io.StringIO(bom.as_csv(bom.packages(LOCK)).decode())))
    licences = {row["package"]: row["licence"] for row in rows}
    assert licences["pandas"].startswith("BSD") and "MIT" in licences["filelock"]
    # Its file of the licence, which is MIT, is all that it has.
    assert {name for name, told in licences.items() if told == bom.UNSTATED} == {"axe-playwright-python"}
    # Where a condition leaves a package out, its licence cannot be read.
    assert all(row["only where"] for row in rows if row["licence"] == bom.UNKNOWN)
