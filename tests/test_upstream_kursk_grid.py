"""The grid of Kursk on hand-made maps with known answers; the pinned maps are tested with the snapshots."""

import pytest
from maps import BACKGROUND, SIGNS, UNIT, day, feature, made
from ours import TABLES
from shapely import box

from utils.upstream import deepstate_snapshots


def test_the_grid_has_shares_of_cells_on_thursdays(tmp_path):
    def cell(kind: str, west: float, south: float, east: float, north: float) -> dict:
        fill, name = SIGNS[kind]
        return feature(box(west, south, east, north), fill=fill, name=name)

    features = [
        UNIT,
        cell("held", 35.2, 51.2, 35.25, 51.25),
        cell("unknown_russian", 35.225, 51.25, 35.25, 51.3),
        cell("unknown", 35.2, 51.25, 35.225, 51.275),
        # A tenth of a cell and a tenth of the one to the east.
        cell("held", 35.29, 51.2, 35.31, 51.225),
        # 0.04 % of a cell.
        cell("unknown", 35.4, 51.2, 35.401, 51.201),
        cell("occupied", 35.2, 51.3, 35.25, 51.35),
    ]
    maps = {day(n): features for n in (6, 7, 8)}
    frame = deepstate_snapshots.tables(made(tmp_path, maps))["kursk_grid"]
    assert list(frame.columns) == list(TABLES["kursk_grid"].model.model_fields)
    assert set(frame["date"]) == {"2024-11-07"}
    cells = frame.set_index(["longitude", "latitude"]).drop(columns="date").T.to_dict("list")
    # The lower half of a cell is larger by a thousandth, so shares of parts differ a little from degrees'.
    assert cells == {
        (35.225, 51.225): [1.0, 0.0],
        (35.225, 51.275): [0.0, pytest.approx(0.75, abs=0.001)],
        (35.275, 51.225): [pytest.approx(0.1, abs=0.001), 0.0],
        (35.325, 51.225): [pytest.approx(0.1, abs=0.001), 0.0],
    }


def test_the_grid_is_empty_when_nothing_is_held(tmp_path):
    frame = deepstate_snapshots.tables(made(tmp_path, {day(7): [UNIT, BACKGROUND]}))["kursk_grid"]
    assert frame.empty and list(frame.columns) == list(TABLES["kursk_grid"].model.model_fields)
