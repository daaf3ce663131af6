"""`describe` brings digests and the dictionary in step, and takes nothing of the author's away."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from folders import ROOT, append
from test_descriptor import probabilities

from utils.__main__ import main


def renamed(folder: Path, name: str, change=lambda resource: None) -> None:
    """Give the queue of lorries another name, and its description a change."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8").replace("lorry_queue", name))
    change(package["resources"][1])
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "tables" / "lorry_queue.csv").rename(folder / "tables" / f"{name}.csv")
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("lorry_queue", name), encoding="utf-8")


def without_datasets(folder: Path) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["datasets"]
    path.write_text(json.dumps(package), encoding="utf-8")
    for name in ("datasets.yaml", "files.csv"):
        (folder / name).unlink()


def own_words(folder: Path) -> None:
    """What the specification does not know, in an order and a form of the author's."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0] |= {"mood": {"b": 1, "a": [None, "é"]}, "hash": "0", "licenses": "mine"}
    package["resources"] += [{"path": "notes.txt"}, {"path": "https://example.org/a.csv"}, {"data": [1]}]
    package["resources"] += [{"path": "../outside.txt"}, {"path": ["a.csv", "b.csv"]}]
    package |= {"description": ["no text"], "by": "the author"}
    path.write_text("\ufeff" + json.dumps(package, indent=1), encoding="utf-8")
    (folder / "notes.txt").write_text("notes")
    (folder.parent / "outside.txt").write_text("outside")
    (folder / "README.md").write_text("# Mine\n")


def harbours(folder: Path) -> None:
    """A GeoJSON table, with text of which JSON knows half a character."""
    point = {"type": "Point", "coordinates": [1.0, 2.0]}
    feature = {"type": "Feature", "properties": {"harbour": "Ostrand"}, "geometry": point}
    shapes = {"type": "FeatureCollection", "features": [feature]}
    (folder / "tables" / "harbours.geojson").write_text(json.dumps(shapes))
    properties = {"fields": [{"name": "harbour", "type": "string"}], "primaryKey": "harbour"}
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append({"path": "tables/harbours.geojson", "properties": properties})
    package["note"] = "\ud800"
    path.write_text(json.dumps(package), encoding="utf-8")


def began(folder: Path) -> None:
    shutil.rmtree(folder)
    assert main(["new", str(folder)]) == 0


def first_article(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(ROOT / "data", folder)


def without_package(folder: Path) -> None:
    began(folder)
    (folder / "datapackage.json").unlink()
    shutil.rmtree(folder / "tables", ignore_errors=True)


FOLDERS = {
    "the second article": lambda folder: None,
    "the first article": first_article,
    "a new folder": began,
    "no package": without_package,
    "no datasets": without_datasets,
    "a table named like ours": lambda folder: renamed(folder, "trump_price"),
    "one with our columns too": lambda folder: probabilities(folder, 100),
    "words of the author": own_words,
    "shapes": harbours,
}


def kept(package: dict) -> str:
    """A package without what is computed, in its order."""
    for resource in package["resources"]:
        resource.pop("bytes", None)
        resource.pop("hash", None)
    return json.dumps(package)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", FOLDERS)
def test_describe_adds_and_takes_nothing_away(copy, capsys, kind):
    FOLDERS[kind](copy)
    path, readme = copy / "datapackage.json", copy / "README.md"
    before = json.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
    text = readme.read_bytes() if readme.is_file() else None
    capsys.readouterr()
    assert main(["check", "--data", str(copy)]) == 0
    sound = capsys.readouterr().out
    assert main(["describe", "--data", str(copy)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("README.md: ") and second.startswith("datapackage.json: ")
    assert main(["check", "--data", str(copy)]) == 0
    assert capsys.readouterr().out == sound
    assert text is None or readme.read_bytes() == text
    assert path.is_file() == (before is not None)
    if before is not None:
        after = json.loads(path.read_text(encoding="utf-8-sig"))
        for resource in after["resources"]:
            name = resource.get("path")
            if isinstance(name, str) and ".." not in name and (copy / name).is_file():
                assert resource["bytes"] == (copy / name).stat().st_size
                digest = hashlib.sha256((copy / name).read_bytes()).hexdigest()
                assert resource["hash"] == f"sha256:{digest}"
            else:
                assert "hash" not in resource
        assert kept(after) == kept(before)
    everything = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert main(["describe", "--data", str(copy)]) == 0
    assert {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()} == everything


def test_a_generated_dictionary_is_brought_in_step_and_one_of_the_author_is_not(copy, capsys):
    path, readme = copy / "tables" / "crossings.csv", copy / "README.md"
    assert main(["describe", "--data", str(copy)]) == 0
    rows = len(path.read_text(encoding="utf-8").splitlines()) - 1
    assert f"- Rows: {rows:,}; key: date, port" in readme.read_text(encoding="utf-8")
    append(path, ["2032-01-01", "Ostrand", 5])
    assert main(["describe", "--data", str(copy)]) == 0
    assert f"- Rows: {rows + 1:,}; key: date, port" in readme.read_text(encoding="utf-8")
    readme.write_text("# Mine\n")
    append(path, ["2032-01-02", "Ostrand", 5])
    capsys.readouterr()
    assert main(["describe", "--data", str(copy)]) == 0
    assert readme.read_text() == "# Mine\n" and "left as it is" in capsys.readouterr().out
