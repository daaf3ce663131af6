"""The committed tables: they pass their models, come out of the pinned files, and keep to the clock."""

import json
from pathlib import Path

import pytest
from ours import TABLES

from utils.archive import DATA
from utils.evidence import dictionary, tables
from utils.evidence.vintages import Tables
from utils.upstream import differences, rebuild


def text(name: str) -> str:
    return (DATA / "tables" / f"{name}.{TABLES[name].suffix}").read_text(encoding="utf-8")


def test_the_data_folder_is_sound():
    assert tables.check(DATA) == []
    assert {path.stem for path in (DATA / "tables").iterdir()} == set(TABLES)


# A module may be of another folder's dataset, as that of the example is.
OURS = [
    name
    for name, module in zip(rebuild.MODULES, rebuild.modules(), strict=True)
    if module.DATASETS[0] in Tables(DATA).datasets
]


@pytest.mark.parametrize("name", OURS)
def test_the_tables_come_out_of_the_pinned_files_byte_for_byte(inputs, name):
    (module,) = [one for one in rebuild.modules() if one.__name__.endswith(f".{name}")]
    made = module.tables(inputs)
    assert made
    for table, frame in made.items():
        told = differences.changes(text(table), rebuild.as_text(frame, TABLES[table]), TABLES[table])
        assert told == []
        assert rebuild.as_text(frame, TABLES[table]) == text(table)


def test_the_dictionary_and_the_package_are_those_of_the_data():
    assert (DATA / "README.md").read_text(encoding="utf-8") == dictionary.dictionary(DATA)
    assert json.loads((DATA / "datapackage.json").read_text(encoding="utf-8")) == dictionary.package(DATA)
    told = dictionary.write(DATA, lambda path, text: pytest.fail(f"{path} would be written"))
    assert told == ["README.md: unchanged", "datapackage.json: unchanged"]


def test_the_package_says_what_the_models_and_the_pins_say():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    resources = {Path(one["path"]).stem: one for one in package["resources"]}
    assert resources.keys() == {*dictionary.CURATED, *TABLES}
    for name, model in dictionary.CURATED.items():
        assert resources[name]["schema"]["fields"] == list(dictionary.fields(model)), name
    datasets = Tables(DATA).datasets
    for name, table in TABLES.items():
        assert resources[name].get("sources", []) == [
            {"title": datasets[one].citation, "path": f"https://github.com/{datasets[one].repository}"}
            for one in table.datasets
        ], name


def test_every_column_of_the_files_by_hand_is_explained():
    for name, model in dictionary.CURATED.items():
        bare = [one["name"] for one in dictionary.fields(model) if len(one.get("description", "")) < 5]
        assert bare == [], name


def test_the_same_description_gives_the_same_models_and_another_one_others(folder):
    first, again = (tables.declared(folder, [])["trump_price"] for _ in range(2))
    assert first.model is again.model
    path = folder / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"maximum": 1,', '"maximum": 0.5,'), encoding="utf-8"
    )
    assert tables.declared(folder, [])["trump_price"].model is not first.model
    assert any(problem.file == "trump_price.csv" for problem in tables.check(folder))
