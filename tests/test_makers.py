"""Whose figure a row of a table is: each maker is a teller where the description names the column."""

import json
import shutil
from pathlib import Path

import pytest

from utils import robustness, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks.course import other_makers
from utils.evidence.problems import DataError
from utils.robustness.flips import Flip

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "record_heat"
CLAIM = "H17"


@pytest.fixture
def heat(tmp_path) -> Path:
    ignored = shutil.ignore_patterns("notebooks")
    return Path(shutil.copytree(EXAMPLE, tmp_path / "heat", ignore=ignored))


def described(folder: Path, **changes: object) -> Path:
    """The folder with other keys in the description of its table; None takes one away."""
    path = folder / "datapackage.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    (resource,) = whole["resources"]
    for key, value in changes.items():
        if value is None:
            resource.pop(key)
        else:
            resource[key] = value
    path.write_text(json.dumps(whole), encoding="utf-8")
    return folder


def asked(folder: Path, old: str, new: str) -> Archive:
    path = folder / "claims.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Archive.read(folder)


def finding(archive: Archive):
    (found,) = verdicts.verdict(archive, CLAIM).findings
    return found


def test_two_makers_are_two_tellers_and_the_label_is_that_of_one(heat):
    two = Archive.read(heat)
    told, label = finding(two), verdicts.verdict(two, CLAIM).label
    one = Archive.read(described(heat, maker=None))
    before = finding(one)
    assert (told.tellers, told.origins) == (("NASA", "NOAA"), ("NASA", "NOAA"))
    assert (told.outside_tellers, told.counted_tellers, told.weight) == (2, 2, 2.0)
    assert (len(before.tellers), before.outside_tellers, before.counted_tellers, before.weight) == (
        1,
        1,
        1,
        1.0,
    )
    assert (told.probability, told.sentence) == (before.probability, before.sentence)
    assert verdicts.verdict(one, CLAIM).label == label


def test_each_maker_is_left_out_in_turn(heat):
    archive = Archive.read(heat)
    check = archive.claim(CLAIM).built[0]
    assert other_makers(archive, check) == [
        {"where": {"agency": ("NOAA",)}, "least": 1},
        {"where": {"agency": ("NASA",)}, "least": 1},
    ]
    (_, options) = next(
        (name, one)
        for name, one in robustness.choices.alternatives(archive, check).items()
        if name == "maker"
    )
    assert len(options) == 2
    assert other_makers(Archive.read(described(heat, maker=None)), check) == []


def test_where_one_maker_is_chosen_another_could_be(heat):
    archive = asked(heat, "by: agency\n        least: 2", "where: {agency: [NASA]}")
    check = archive.claim(CLAIM).built[0]
    assert other_makers(archive, check) == [{"where": {"agency": ("NOAA",)}}]
    assert finding(archive).tellers == ("NASA",)


def test_what_several_made_is_never_added_up(heat, capsys):
    asked(heat, "by: agency\n        least: 2", "least: 1")
    assert main(["check", "--data", str(heat)]) == 2
    assert "H17.trend: 'NASA, NOAA', expected rows of one maker, chosen by agency" in capsys.readouterr().out


def test_a_maker_that_is_a_source_is_that_teller_with_its_side(heat):
    archive = Archive.read(heat)
    name = next(iter(archive.sources))
    for file in ("tables/yearly_temperature.csv", "datapackage.json"):
        path = heat / file
        path.write_text(path.read_text(encoding="utf-8").replace("NOAA", name), encoding="utf-8")
    told = finding(Archive.read(heat))
    assert archive.ground(name) in told.tellers
    assert told.outside_tellers == 2 - archive.is_of_a_belligerent(name)


@pytest.mark.parametrize(("maker", "told"), [("anomaly", "a field of names"), ("agncy", "a field of names")])
def test_a_column_that_is_no_name_is_refused(heat, maker, told):
    with pytest.raises(DataError, match=rf"yearly_temperature.csv.maker: '{maker}', expected {told}"):
        Archive.read(described(heat, maker=maker)).tables.declared["yearly_temperature"]


def test_a_flip_of_makers_is_told_in_words(archive):
    flip = Flip(claim="H17", check="trend", choice="maker", old=None, new=None, label="Refuted", size=1.0)
    assert robustness.change(archive, flip).startswith("With the figures of other makers of the table")
