"""The pinned files of a data folder: what is wrong with them is said before anything is fetched."""

import json
import re
from pathlib import Path

import pytest
import yaml
from ours import TABLES

from utils.__main__ import main
from utils.archive import DATA
from utils.evidence import reading, tables
from utils.evidence.cells import within
from utils.evidence.datasets import Datasets, PinnedFile
from utils.upstream import fetch, rebuild


def test_every_pin_names_a_dataset_and_every_table_its_datasets(archive):
    datasets = reading.load_yaml(DATA / "datasets.yaml", Datasets).datasets
    files = reading.load_csv(DATA / "files.csv", PinnedFile)
    known = {one.id for one in datasets}
    assert {file.dataset for file in files} == known
    assert {name for table in TABLES.values() for name in table.datasets} == known
    assert [file.id for file in files] == sorted(file.id for file in files)
    assert all(file.id == f"{file.dataset}/{file.path}" for file in files)
    assert {one.party for one in datasets} <= archive.article.parties.keys()


@pytest.mark.parametrize("column", ["id", "path"])
@pytest.mark.parametrize(
    "name",
    [
        "../out",
        "a/../../out",
        "/out",
        "a//out",
        "./out",
        "..",
        "C:/out",
        "a\\out",
        "a\x1b[2Jout",
        "a/out/",
        "~/\u202eout",
    ],
)
def test_a_pin_with_a_path_out_of_its_folder_is_refused(folder, capsys, column, name):
    pins = folder / "files.csv"
    header, *lines = pins.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(header.split(","), lines[0].split(","), strict=True)) | {column: name}
    pins.write_text("\n".join([header, ",".join(cells.values()), *lines[1:]]) + "\n", encoding="utf-8")
    assert main(["data", "--data", str(folder), "--dataset", "cow_nmc"]) == 2
    told = capsys.readouterr().err
    # A sign that nobody sees stops the reading of the whole file.
    field, said = (column, "a plain relative path") if name.isprintable() else ("file", "not seen")
    assert f"{folder} has 1 error: files.csv:2 {field}: " in told and "pins" not in told
    assert any(said in problem.expected for problem in tables.check(folder))


def spoil_type(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    table = next(one for one in package["resources"] if one["path"].startswith("tables/"))
    table["schema"]["fields"][0]["type"] = "dat"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def append(folder: Path, name: str, text: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(
    ("spoil", "first"),
    [
        (spoil_type, "1 error: datapackage.json:1 tables/"),
        (
            lambda folder: (folder / "datapackage.json").write_text("{"),
            "1 error: datapackage.json:1 file: ''",
        ),
        (lambda folder: (folder / "datasets.yaml").unlink(), "1 error: datasets.yaml:0 file: ''"),
        (lambda folder: append(folder, "datasets.yaml", "  - id: x\n"), "errors, the first: datasets.yaml:"),
        (lambda folder: append(folder, "files.csv", "a,b,c,d,e\n"), "1 error: files.csv:"),
    ],
)
@pytest.mark.parametrize("dataset", [(), ("--dataset", "cow_nmc")])
def test_what_is_wrong_is_said_by_its_own_name(folder, capsys, spoil, first, dataset):
    spoil(folder)
    assert main(["data", "--data", str(folder), *dataset]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"utils: {folder} has ") and first in told.err and "the pins" not in told.err
    assert told.err.count("\n") == 1 and told.out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--dataset", "nothing"], "no dataset nothing; {folder}/datasets.yaml lists them"),
        (["--data", "{folder}/no"], "no data folder {folder}/no"),
        (["--pin"], "--pin goes with --latest"),
    ],
)
def test_a_call_that_cannot_be_followed_is_refused(folder, capsys, words, told):
    words = [word.format(folder=folder) for word in words]
    assert main(["data", "--data", str(folder), *words]) == 2
    assert capsys.readouterr().err == f"utils: {told.format(folder=folder)}\n"


def test_a_folder_is_rebuilt_as_far_as_it_pins_something(folder, capsys, monkeypatch):
    path = folder / "datasets.yaml"
    datasets = yaml.safe_load(path.read_text(encoding="utf-8"))["datasets"]

    def keep(kept: list[dict]) -> None:
        (folder / "datapackage.json").unlink(missing_ok=True)
        path.write_text(yaml.safe_dump({"datasets": kept}, allow_unicode=True), encoding="utf-8")

    keep([{**datasets[0], "id": "another"}])
    assert main(["data", "--data", str(folder)]) == 2
    assert (
        capsys.readouterr().err
        == f"utils: no module of utils/upstream makes a table of any dataset of {path}\n"
    )
    module = next(one for one in rebuild.modules() if len(one.DATASETS) > 1)
    keep([one for one in datasets if one["id"] == module.DATASETS[0]])
    monkeypatch.setattr(fetch, "gather", lambda *_, **__: pytest.fail("nothing can be fetched"))
    assert main(["data", "--data", str(folder)]) == 1
    assert (
        capsys.readouterr().out
        == f"datasets.yaml lists no {', '.join(module.DATASETS[1:])}; pin it there first.\n"
    )


def test_no_name_leads_out_of_its_folder(tmp_path):
    assert within(tmp_path, "a/b.csv") == tmp_path / "a" / "b.csv"
    assert within(Path("mirror"), "..a/b") == Path("mirror/..a/b")
    for name in ("../b", "a/../../b", "/b", f"../{tmp_path.name}x/b"):
        with pytest.raises(ValueError, match="leads out"):
            within(tmp_path, name)


def test_every_pin_is_a_full_commit():
    datasets = reading.load_yaml(DATA / "datasets.yaml", Datasets).datasets
    assert all(re.fullmatch("[0-9a-f]{40}", dataset.revision) for dataset in datasets)
