"""Armed forces by country and year: hand-made files with known answers, and the pinned files."""

from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import armed_forces
from utils.upstream.armed_forces import COUNTRIES
from utils.upstream.inputs import CorrectionOutdated, Inputs

SHARE = "Armed forces personnel as a share of the total population (OWID based on World Bank)"
COW = "stateabb,ccode,year,milex,milper,version"
OWID = "Entity,Year,Armed forces personnel (IISS via World Bank (2017)),Total population (World Bank (2017))"
# One row for each country in a year that both sources have, so that none is missing.
COW_ROWS = tuple(f"{code},1,2010,5,100,2021" for code in COUNTRIES)
OWID_ROWS = tuple(f"{name},2010,100500.0,1" for name in COUNTRIES.values())


def made(folder: Path, cow=(), owid=(), corrections=(), **headers: str) -> Inputs:
    """Both files: a row of 2010 for each country, and these rows."""
    files = {
        "cow_nmc": ("NMC-60-abridged.csv", [headers.get("cow_header", COW), *COW_ROWS, *cow]),
        "owid_military": (f"{SHARE}/{SHARE}.csv", [headers.get("owid_header", OWID), *OWID_ROWS, *owid]),
    }
    paths = {}
    for dataset, (name, lines) in files.items():
        path = folder / f"{dataset}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths[dataset] = {name: path}
    datasets = {
        "cow_nmc": SimpleNamespace(corrections=corrections),
        "owid_military": SimpleNamespace(corrections=()),
    }
    return Inputs(datasets, paths)


def computed(inputs: Inputs) -> pandas.DataFrame:
    return armed_forces.tables(inputs)["armed_forces"]


def added(inputs: Inputs) -> list[list]:
    """The rows besides those of 2010."""
    return computed(inputs).query("year != 2010").to_numpy().tolist()


@pytest.fixture(scope="module")
def forces(inputs: Inputs) -> pandas.DataFrame:
    return computed(inputs)


def test_thousands_become_persons_and_both_sources_stand_side_by_side(tmp_path: Path):
    frame = computed(made(tmp_path))
    assert len(frame) == 2 * len(COUNTRIES)
    assert frame.iloc[:2].to_numpy().tolist() == [
        ["France", 2010, 100_000, "cow_nmc"],
        ["France", 2010, 100_500, "owid_military"],
    ]


def test_missing_values_old_years_and_other_countries_make_no_row(tmp_path: Path):
    cow = ("UKR,369,1991,1,-9,2021", "USA,2,1989,1,2200,2021", "CHN,710,2011,1,2285,2021")
    owid = ("Russia,1991,,148000000", "World,2011,27000000.0,1", "France,1989,554000.0,1")
    assert added(made(tmp_path, cow, owid)) == []


def test_years_since_1990_are_in_the_order_of_the_key(tmp_path: Path):
    cow = ("USA,2,1990,1,2180,2021", "PRK,731,2016,1,1190,2021")
    owid = ("United States,1990,2180000.0,1",)
    assert added(made(tmp_path, cow, owid)) == [
        ["North Korea", 2016, 1_190_000, "cow_nmc"],
        ["United States", 1990, 2_180_000, "cow_nmc"],
        ["United States", 1990, 2_180_000, "owid_military"],
    ]


def test_the_soviet_union_is_dropped_by_a_correction(tmp_path: Path):
    union = Correction(
        frame="capabilities",
        where={"stateabb": "RUS", "year": "1990"},
        action="drop",
        expect=1,
        reason="the Soviet Union",
    )
    cow = ("RUS,365,1990,1,3400,2021", "RUS,365,1992,1,1900,2021")
    assert added(made(tmp_path, cow, corrections=(union,))) == [["Russia", 1992, 1_900_000, "cow_nmc"]]
    with pytest.raises(CorrectionOutdated):
        computed(made(tmp_path, cow[1:], corrections=(union,)))


@pytest.mark.parametrize(
    ("cow", "owid", "message"),
    [
        (("USA,2,2010,1,1580,2021",), (), "United States, 2010, cow_nmc stands twice"),
        ((), ("Russia,2010,1430000.0,1",), "Russia, 2010, owid_military stands twice"),
        (("USA,2,2011,1,-8,2021",), (), "below zero: United States, 2011"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, cow, owid, message):
    with pytest.raises(ValueError, match=message):
        computed(made(tmp_path, cow, owid))


def test_a_country_under_another_name_is_told(tmp_path: Path):
    inputs = made(tmp_path)
    path = inputs.file("owid_military", f"{SHARE}/{SHARE}.csv")
    path.write_text(path.read_text().replace("Turkey", "Türkiye"), encoding="utf-8")
    with pytest.raises(ValueError, match="owid_military: no row for Turkey"):
        computed(inputs)


@pytest.mark.parametrize(
    ("header", "column"), [("cow_header", "milper"), ("owid_header", "Armed forces personnel")]
)
def test_a_missing_column_is_named(tmp_path: Path, header: str, column: str):
    known = {"cow_header": COW, "owid_header": OWID}[header]
    with pytest.raises(ValueError, match=column):
        computed(made(tmp_path, **{header: known.replace(column, "else")}))


def test_the_table_keeps_to_its_model(forces: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "armed_forces.csv", []
    forces.to_csv(path, index=False)
    assert read_table(path, TABLES["armed_forces"], problems) is not None, problems


def test_every_country_has_every_year(forces: pandas.DataFrame):
    assert forces["source"].value_counts().to_dict() == {"cow_nmc": 347, "owid_military": 334}
    spans = forces.groupby(["source", "country"])["year"].agg(["min", "max", "count"])
    assert set(spans.loc["cow_nmc", "max"]) == {2016}
    assert set(spans.loc["owid_military", "max"]) == {2015}
    assert (spans["count"] == spans["max"] - spans["min"] + 1).all()
    first = spans["min"].unstack("source")
    assert first.loc[["Russia", "Ukraine"]].to_numpy().tolist() == [[1992, 1992], [1992, 1992]]
    assert (first.drop(["Russia", "Ukraine"]) == 1990).all().all()


def test_the_newest_numbers(forces: pandas.DataFrame):
    newest = forces.set_index(["source", "year", "country"])["personnel"].sort_index()
    assert newest["cow_nmc", 2016][["North Korea", "Russia", "Ukraine"]].to_list() == [
        1_190_000,
        798_000,
        204_000,
    ]
    assert newest["owid_military", 2015][["North Korea", "Russia", "Ukraine"]].to_list() == [
        1_379_000,
        1_490_000,
        256_000,
    ]


def test_the_nato_members_are_the_largest(inputs: Inputs):
    raw = pandas.read_csv(inputs.file("cow_nmc", "NMC-60-abridged.csv"))
    # The members of 2016 in the project's codes.
    # fmt: off
    nato = [
        "ALB", "BEL", "BUL", "CAN", "CRO", "CZR", "DEN", "EST", "FRN", "GMY", "GRC", "HUN", "ICE",
        "ITA", "LAT", "LIT", "LUX", "NTH", "NOR", "POL", "POR", "ROM", "SLO", "SLV", "SPN", "TUR",
        "UKG", "USA",
    ]
    # fmt: on
    newest = raw[(raw["year"] == 2016) & raw["stateabb"].isin(nato)]
    assert len(newest) == len(nato) == 28
    large = set(newest["stateabb"][newest["milper"] > 90])
    assert large == set(COUNTRIES) - {"RUS", "UKR", "PRK", "ROK"}


def test_the_two_sources_agree_where_there_are_no_paramilitary_forces(forces: pandas.DataFrame):
    # Britain and the United States: both go back to the same yearbook, so levels agree. Years are dated
    # differently, and the forces shrank, hence the tolerance of 20 %.
    both = forces.pivot(index=["country", "year"], columns="source", values="personnel").dropna()
    ratio = both["owid_military"] / both["cow_nmc"]
    assert ratio.loc[["United Kingdom", "United States"]].between(0.8, 1.2).all()
    # The same American numbers stand two years earlier at Our World in Data.
    american = both.loc["United States"]
    shifted = american["owid_military"].shift(2, freq=None)
    assert (shifted.loc[2011:] - american["cow_nmc"].loc[2011:]).abs().max() < 1000


def test_the_two_sources_must_not_be_mixed_for_russia(forces: pandas.DataFrame):
    russia = forces[forces["country"] == "Russia"].pivot(index="year", columns="source", values="personnel")
    ratio = (russia["owid_military"] / russia["cow_nmc"]).dropna()
    assert ratio.min() == 1
    assert 1.93 < ratio.max() < 1.94
