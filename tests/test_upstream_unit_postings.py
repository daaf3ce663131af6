"""Stays of units on hand-made maps with known answers; the pinned maps are tested with the snapshots."""

from datetime import datetime

import pytest
from maps import BACKGROUND, NOVEMBER_10, UNIT, day, made, unit

from utils.upstream import deepstate_snapshots
from utils.upstream.inputs import Inputs


def stays(inputs: Inputs) -> list[tuple[str, str, str, str]]:
    frame = deepstate_snapshots.tables(inputs)["unit_postings"]
    return list(frame.itertuples(index=False, name=None))


def test_units_are_icons_of_the_enemy_with_their_english_name(tmp_path):
    features = [
        unit("\ufffd\ufffd30th  brigade\xa0", 10, 10),
        unit("/7th Base", 110, 10),
        unit("Staff", 10, 10, "{icon=headquarter}"),
        unit("Field", 10, 10, "Texts<br>{icon=airport}"),
        unit("Far away", -500, 10),
        BACKGROUND,
    ]
    features[1]["properties"]["name"] = "Укр\n ////7th Base (Abkhazia)"
    assert stays(made(tmp_path, {NOVEMBER_10: features})) == [
        ("30th brigade", "Sumy", "2024-11-10", "2024-11-10"),
        ("7th Base (Abkhazia)", "Kharkiv", "2024-11-10", "2024-11-10"),
        ("Far away", "elsewhere", "2024-11-10", "2024-11-10"),
    ]


def test_a_unit_without_an_english_name_is_refused(tmp_path):
    nameless = unit(" \ufffd ", 10, 10)
    with pytest.raises(ValueError, match=r"without an English name.*Укр"):
        stays(made(tmp_path, {NOVEMBER_10: [nameless, BACKGROUND]}))


def test_a_stay_goes_on_over_a_missing_day_and_ends_with_a_move_or_a_map_without_the_icon(tmp_path):
    here, moved, away = unit("1st", 10, 10), unit("1st", 60, 90), unit("1st", 110, 10)
    maps = {
        day(1): [here, UNIT, BACKGROUND],
        day(3): [moved, UNIT, BACKGROUND],  # no map of the 2nd
        day(4): [away, UNIT, BACKGROUND],
        day(5): [UNIT, BACKGROUND],
        day(6): [away, UNIT, BACKGROUND],
        day(7): [here, UNIT, BACKGROUND],
    }
    assert stays(made(tmp_path, maps)) == [
        ("1st", "Sumy", "2024-11-01", "2024-11-03"),
        ("1st", "Kharkiv", "2024-11-04", "2024-11-04"),
        ("1st", "Kharkiv", "2024-11-06", "2024-11-06"),
        ("1st", "Sumy", "2024-11-07", "2024-11-07"),
        ("1st Regiment", "Donetsk", "2024-11-01", "2024-11-07"),
    ]


# Icons of one name along a line: Sumy up to 100 km, then Kharkiv, Luhansk and Donetsk.
SHARED = {
    day(1): [20, 150],
    day(2): [160, 30],
    day(3): [90, 190, 210],  # all closer than any crossing; a third one comes
    day(4): [195, 210],  # the first is gone
    day(5): [195, 120],  # the third moves to Kharkiv; 120 is nearer to the gone one, who is not asked
    day(6): [195, 120, 95],  # the gone one is back
}


def shared(maps: dict[datetime, list[float]]) -> dict[datetime, list[dict]]:
    return {moment: [BACKGROUND, *(unit("S", west, 50) for west in line)] for moment, line in maps.items()}


def test_icons_that_share_a_name_are_matched_by_the_least_distance(tmp_path):
    assert stays(made(tmp_path, shared(SHARED))) == [
        ("S", "Sumy", "2024-11-01", "2024-11-03"),
        ("S", "Sumy", "2024-11-06", "2024-11-06"),
        ("S (2)", "Kharkiv", "2024-11-01", "2024-11-06"),
        ("S (3)", "Luhansk", "2024-11-03", "2024-11-04"),
        ("S (3)", "Kharkiv", "2024-11-05", "2024-11-06"),
    ]


@pytest.mark.parametrize("known", range(1, len(SHARED)))
def test_later_maps_do_not_change_what_was_known(tmp_path, known):
    last = list(SHARED)[known - 1].date().isoformat()
    before = stays(made(tmp_path, shared(dict(list(SHARED.items())[:known]))))
    after = stays(made(tmp_path, shared(SHARED)))
    assert before == [(*rest, first, min(end, last)) for *rest, first, end in after if first <= last]
