"""Aid by donor and month: hand-made releases with known answers, and the pinned release."""

from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import kiel_support, rebuild
from utils.upstream.inputs import Inputs

HEADER = "country,year,month,total,financial,humanitarian,military"
ROWS = ("Norway,2022,3,0.600001,0.1,0.2,0.3", "Canada,2022,2,1.5,0,0,1.5")
RELEASE = 'release,period\n"1","04/2022"\n'


def made(folder: Path, *rows: str, header: str = HEADER, release: str = RELEASE) -> Inputs:
    """A release in a folder."""
    files = {"data_explorer.csv": "\n".join([header, *rows]) + "\n", "release_info.csv": release}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    datasets = {"kiel_support": SimpleNamespace(corrections=())}
    return Inputs(datasets, {"kiel_support": {name: folder / name for name in files}})


@pytest.fixture(scope="module")
def aid(inputs: Inputs) -> pandas.DataFrame:
    return kiel_support.tables(inputs)["aid_by_donor"]


@pytest.fixture(scope="module")
def raw(inputs: Inputs) -> pandas.DataFrame:
    return pandas.read_csv(inputs.file("kiel_support", "data_explorer.csv"))


def test_absent_months_are_zero_up_to_the_end_of_the_release(tmp_path: Path):
    frame = kiel_support.tables(made(tmp_path, *ROWS))["aid_by_donor"]
    assert list(frame.itertuples(index=False, name=None)) == [
        ("2022-01", "Canada", 0.0, 0.0, 0.0),
        ("2022-01", "Norway", 0.0, 0.0, 0.0),
        ("2022-02", "Canada", 1.5, 0.0, 0.0),
        ("2022-02", "Norway", 0.0, 0.0, 0.0),
        ("2022-03", "Canada", 0.0, 0.0, 0.0),
        ("2022-03", "Norway", 0.3, 0.1, 0.2),
        ("2022-04", "Canada", 0.0, 0.0, 0.0),
        ("2022-04", "Norway", 0.0, 0.0, 0.0),
    ]


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path):
    one = kiel_support.tables(made(tmp_path, *ROWS))["aid_by_donor"]
    other = kiel_support.tables(made(tmp_path, *reversed(ROWS)))["aid_by_donor"]
    pandas.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("Norway,2022,3,0.7,0.1,0.2,0.3",), "total is not the sum.* Norway 2022-3"),
        (("Norway,2022,3,0.4,0.1,,0.3",), "total is not the sum.* Norway 2022-3"),
        (("Norway,2022,3,,0.1,0.2,0.3",), "total is not the sum.* Norway 2022-3"),
        ((ROWS[0], ROWS[0]), "more than one row of 2022-03, Norway"),
        (("Norway,2022,5,0.6,0.1,0.2,0.3",), "outside the release's coverage.*2022-05"),
        (("Norway,2021,12,0.6,0.1,0.2,0.3",), "outside the release's coverage.*2021-12"),
        (("Norway,2022,3,n/k,0.1,0.2,0.3",), "n/k"),
    ],
)
def test_wrong_rows_are_refused(tmp_path: Path, rows: tuple[str, ...], message: str):
    with pytest.raises(ValueError, match=message):
        kiel_support.tables(made(tmp_path, *rows))


def test_corrections_are_applied(tmp_path: Path):
    wrong = Correction(
        frame="data_explorer", where={"country": "Canada"}, action="drop", expect=1, reason="made up"
    )
    inputs = made(tmp_path, *ROWS)
    inputs.datasets["kiel_support"].corrections = (wrong,)
    assert set(kiel_support.tables(inputs)["aid_by_donor"]["donor"]) == {"Norway"}


@pytest.mark.parametrize("column", ["country", "month", "total", "military"])
def test_a_missing_column_is_named(tmp_path: Path, column: str):
    header = ",".join("renamed" if name == column else name for name in HEADER.split(","))
    with pytest.raises(ValueError, match=column):
        kiel_support.tables(made(tmp_path, *ROWS, header=header))


def test_a_missing_period_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match="period"):
        kiel_support.tables(made(tmp_path, *ROWS, release='release\n"1"\n'))


def test_the_table_keeps_to_its_model(aid: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "aid_by_donor.csv", []
    path.write_text(rebuild.as_text(aid, TABLES["aid_by_donor"]))
    assert read_table(path, TABLES["aid_by_donor"], problems) is not None, problems


def test_every_donor_has_every_month(aid: pandas.DataFrame):
    assert aid["donor"].nunique() == 42
    assert aid["month"].nunique() == 52
    assert len(aid) == 42 * 52
    assert (aid["month"].min(), aid["month"].max()) == ("2022-01", "2026-04")


def test_no_allocation_is_lost(aid: pandas.DataFrame, raw: pandas.DataFrame):
    # Upstream has 1079 rows; in 40 of them a donor pledged something and allocated nothing.
    given = (aid[["military", "financial", "humanitarian"]] != 0).any(axis=1)
    assert len(raw) == 1079
    assert given.sum() == 1079 - 40


def test_months_add_up_to_the_totals_that_upstream_publishes(aid: pandas.DataFrame, inputs: Inputs):
    totals = pandas.read_csv(inputs.file("kiel_support", "total_allocations.csv"))
    totals.index = totals["year"].astype(str) + "-" + totals["month"].astype(str).str.zfill(2)
    parts = ["military", "financial", "humanitarian"]
    sums = aid.groupby("month")[parts].sum()
    assert list(sums.index) == list(totals.index)
    # Both files are rounded to six decimals; one unit of the last is left for the sums.
    assert (sums - totals[parts]).abs().to_numpy().max() < 1e-6
    assert (sums.sum(axis=1) - totals["total_allocations"]).abs().max() < 1e-6
    assert sums.to_numpy().sum() == pytest.approx(358.3995, abs=1e-4)


def test_the_union_is_a_donor_beside_each_of_its_members(aid: pandas.DataFrame, inputs: Inputs):
    members = set(pandas.read_csv(inputs.file("kiel_support", "eu_aid_shares.csv"))["country"])
    donors = set(aid["donor"])
    assert len(members) == 27
    assert members < donors
    assert "EU (Commission and Council)" in donors - members


def test_the_loan_of_october_2024_is_american(aid: pandas.DataFrame):
    loan = aid[(aid["month"] == "2024-10") & (aid["financial"] > 1)]
    assert loan[["donor", "financial"]].values.tolist() == [["United States", 18.341308]]
    assert aid["financial"].max() == 18.341308
