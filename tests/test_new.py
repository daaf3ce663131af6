"""A new data folder is valid at once, explains itself, and never costs anybody a file."""

import json
from pathlib import Path

import frictionless
import pytest
import yaml

from utils import verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks import METHODS
from utils.checks.claimed import RELATIONS
from utils.checks.quantity import QuantityCheck
from utils.evidence import new, tables
from utils.evidence.article import Article, Highlight, Licence, Partial, Party
from utils.evidence.claims import Claim
from utils.evidence.datasets import Correction, Dataset, PinnedFile
from utils.evidence.parameters import PlannedCheck
from utils.evidence.problems import DataError
from utils.evidence.schema import Event, Quantity, Source, Statement


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    assert main(["new", str(tmp_path / "next")]) == 0
    return tmp_path / "next"


def test_a_new_folder_passes_at_once_and_names_the_next_steps(tmp_path, capsys):
    begun = tmp_path / "next"
    assert main(["new", str(begun)]) == 0
    told = capsys.readouterr().out
    assert "claims.yaml" in told and f"python -m utils check --data {begun}" in told
    assert main(["check", "--data", str(begun)]) == 0
    assert "1 claim, 1 statement from" in capsys.readouterr().out
    assert main(["verdicts", "--data", str(begun)]) == 0
    assert "An example article" in capsys.readouterr().out
    assert main(["verdicts", "--data", str(begun), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["verdicts"]
    assert (told["claim"], told["label"]) == ("E01", verdicts.NOT_ENOUGH)


def test_its_descriptor_is_a_frictionless_package(begun):
    report = frictionless.validate(begun / "datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_an_empty_folder_is_taken(tmp_path):
    assert main(["new", str(tmp_path)]) == 0
    assert main(["check", "--data", str(tmp_path)]) == 0


def test_a_folder_with_something_in_it_and_a_file_are_left_alone(tmp_path, capsys):
    (tmp_path / "mine").write_text("kept")
    for target in (tmp_path, tmp_path / "mine", tmp_path / "mine" / "below"):
        assert main(["new", str(target)]) == 2
        output = capsys.readouterr()
        assert output.out == "" and len(output.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert (tmp_path / "mine").read_text() == "kept"


def uncommented(folder: Path) -> Path:
    """The folder with every commented example claim in use."""
    path = folder / "claims.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line[2:] if line.startswith("#  ") else line for line in lines) + "\n")
    return folder


def test_every_commented_example_is_valid_and_every_method_has_one(begun):
    archive = Archive.read(uncommented(begun))
    names = [claim.id for claim in archive.claims]
    assert names == [f"E{number:02d}" for number in range(1, len(names) + 1)]
    assert {check.method for claim in archive.claims for check in claim.built} == set(METHODS)
    found = verdicts.ledger(archive)
    assert {one.label for one in found[:-1]} <= {*verdicts.LABELS} - {verdicts.NOT_CHECKED}
    assert found[-1].label == verdicts.NOT_CHECKED


def test_every_way_to_claim_a_number_is_there_and_valid():
    lines = (new.TEMPLATE / "claims.yaml").read_text(encoding="utf-8").splitlines()
    examples = [line for line in lines if line.startswith("# - {relation: ")]
    plain = {"method": "quantity", "on": "2030-01-10", "counts": ["example_people"]}
    found = set()
    for line in examples:
        (keys,) = yaml.safe_load(line[2:])
        others = line.partition("in the same way: ")[2]
        for relation in (keys["relation"], *filter(None, others.split(", "))):
            QuantityCheck.model_validate({**plain, **keys, "relation": relation})
            found.add(relation)
    assert found == RELATIONS.keys() - {"about"}


CONVENTIONS = {
    *("access", "access_error", "belligerents", "crowding", "draws", "least_weeks", "letter_ratio"),
    *(
        "breadth",
        "lean",
        "memory",
        "near_days",
        "new_icons",
        "prior",
        "quiet_days",
        "relay_factor",
        "settle_days",
    ),
    *("shared_share", "silence_denies", "slack_days", "smallest", "wrong_share"),
}


def test_the_examples_give_the_defaults_of_the_conventions(begun):
    text = (uncommented(begun) / "claims.yaml").read_text(encoding="utf-8")
    seen = set()
    for check in (check for claim in yaml.safe_load(text)["claims"] for check in claim["checks"]):
        for name in CONVENTIONS & check.keys():
            given = tuple(check[name]) if isinstance(check[name], list) else check[name]
            assert given == METHODS[check["method"]].parameters.model_fields[name].default, (
                check["method"],
                name,
            )
            seen.add(name)
    assert seen == CONVENTIONS


def test_every_key_and_every_column_is_explained():
    read = {path.name: path.read_text(encoding="utf-8") for path in new.TEMPLATE.glob("*.*")}
    keys = {
        "article.yaml": (Article, Highlight, Licence, Partial, Party),
        "claims.yaml": (Claim, PlannedCheck, *(method.parameters for method in METHODS.values())),
        "datasets.yaml": (Dataset, Correction),
    }
    for file, models in keys.items():
        for model in models:
            missing = [name for name in model.model_fields if f"{name}:" not in read[file].replace('"', "")]
            assert missing == [], (file, model.__name__)
    for model in (Source, Quantity, Statement, Event, PinnedFile):
        assert [name for name in model.model_fields if f"`{name}`" not in read["README.md"]] == []


@pytest.mark.parametrize("file", ["sources.csv", "quantities.csv", "statements.csv", "events.csv"])
def test_a_table_without_rows_stays_an_error(begun, file):
    header = (begun / file).read_text(encoding="utf-8").splitlines()[0]
    (begun / file).write_text(header + "\n")
    with pytest.raises(DataError, match=f"{file}:1 file: '', expected at least one row"):
        Archive.read(begun)


def test_a_folder_needs_no_tables_and_no_datasets(begun):
    for path in (*(begun / "tables").iterdir(), *(begun / name for name in ("files.csv", "datasets.yaml"))):
        path.unlink()
    (begun / "datapackage.json").unlink()
    (begun / "tables").rmdir()
    assert tables.check(begun) == [] and main(["check", "--data", str(begun)]) == 0


def test_without_datasets_a_row_is_public_on_its_own_day_and_nobody_made_the_table(begun):
    for name in ("files.csv", "datasets.yaml"):
        (begun / name).unlink()
    path = begun / "datapackage.json"
    path.write_text(path.read_text().replace('"datasets": ["example_dataset"],', ""))
    archive = Archive.read(begun)
    assert tables.check(begun) == [] and archive.tables.maker("counts") is None
    days = [len(archive.as_of(day).table("counts")) for day in archive.tables.days_of_news("counts")]
    assert days == [1]
