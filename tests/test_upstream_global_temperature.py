"""Mean temperature of the world by year: hand-made files with known answers, and the table of the example."""

from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest

from utils.archive import Archive
from utils.evidence.vintages import Tables
from utils.upstream import fetch, global_temperature, rebuild
from utils.upstream.inputs import Inputs

EXAMPLE = Path(__file__).parent.parent / "examples" / "record_heat"
HEAD = "Source,Year,Mean"


def computed(folder: Path, *lines: str) -> pandas.DataFrame:
    """The table of a file with these lines, which end as the copy's do."""
    path = folder / "annual.csv"
    path.write_bytes("\r\n".join([HEAD, *lines, ""]).encode())
    datasets = {"global_temp": SimpleNamespace(corrections=())}
    return global_temperature.tables(Inputs(datasets, {"global_temp": {"annual.csv": path}}))[
        "yearly_temperature"
    ]


def test_years_that_one_series_lacks_are_left_out(tmp_path):
    frame = computed(
        tmp_path, "GCAG,1879,-0.3", "GISTEMP,1881,-0.1", "GCAG,1881,-0.2", "GCAG,1880,-0.4", "GISTEMP,1880,0"
    )
    assert frame.to_dict("split")["data"] == [
        [1880, "NASA", 0.0],
        [1880, "NOAA", -0.4],
        [1881, "NASA", -0.1],
        [1881, "NOAA", -0.2],
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["GCAG,1880,0.1", "HadCRUT,1880,0.2"], "HadCRUT"),
        (["GCAG,1880,0.1", "GCAG,1880,0.1"], "twice"),
        (["GCAG,1880.5,0.1"], "invalid literal|cannot safely"),
    ],
)
def test_another_file_is_refused(tmp_path, lines, told):
    with pytest.raises(ValueError, match=told):
        computed(tmp_path, *lines)


def test_the_example_has_the_years_of_both_series():
    table = Archive.read(EXAMPLE).table("yearly_temperature")
    wide = table.pivot(index="year", columns="agency", values="anomaly")
    assert list(wide.index) == list(range(1880, 2024)) and not wide.isna().any().any()
    # What NASA announced of the year, and by how much it led: 1.17 and 0.16 degrees.
    assert wide["NASA"][2023].round(2) == 1.17
    assert (wide["NASA"][2023] - wide["NASA"][2016]).round(2) == 0.16


def test_the_table_comes_out_of_the_pinned_file_byte_for_byte():
    mirror, pins = fetch.mirror(), rebuild.Pins.read(EXAMPLE)
    if mirror is None or not (Path(mirror) / pins.files[0].id).is_file():
        pytest.skip("FIFTY_THOUSAND_MIRROR has no copy of the file, and tests do not use the network")
    inputs = fetch.gather(pins.datasets, pins.files, source=mirror, seconds=1.0, retries=0)
    (table,) = global_temperature.tables(inputs).values()
    text = (EXAMPLE / "tables" / "yearly_temperature.csv").read_text(encoding="utf-8")
    assert rebuild.as_text(table, Tables(EXAMPLE).declared["yearly_temperature"]) == text


def test_its_maker_is_among_those_that_a_folder_may_ask_for():
    assert [one.DATASETS for one in rebuild.modules("global_temp")] == [("global_temp",)]
