"""What is computed of the ground in Kursk oblast, on hand-made maps with answers worked out by hand."""

import math
from dataclasses import replace
from datetime import date

import numpy
import pandas
import pytest
import shapely
from shown import Shown

from utils import figures, verdicts, words
from utils.charts import ground as drawings
from utils.charts import ground_maps, ground_tellings
from utils.checks.memory import Change
from utils.essays import ground


def grid(*rows):
    names = ["date", "longitude", "latitude", "ukrainian_held_share", "unknown_share"]
    frame = pandas.DataFrame(rows, columns=names)
    return frame.assign(date=pandas.to_datetime(frame.date))


def test_held_keeps_the_two_statuses_of_kursk_apart(archive):
    area = ground.held(archive)
    table = archive.table("area_by_oblast")
    day = table[(table.date == "2024-11-11") & (table.oblast == "Kursk")].set_index("status").area_km2
    assert area.loc["2024-11-11"].tolist() == pytest.approx(
        [day["ukrainian_held"], day["unknown"], day["ukrainian_held"] + day["unknown"]]
    )
    assert ground.held(archive.as_of(date(2024, 11, 12))).index[-1] == pandas.Timestamp("2024-11-11")


def test_ever_held_takes_each_cell_at_its_most():
    seen = ground.ever_held(
        grid(
            ("2024-08-15", 35.0, 60.0, 0.5, 0.0),
            ("2024-08-22", 35.0, 60.0, 0.2, 0.6),
            ("2024-08-22", 35.1, 60.0, 0.25, 0.75),
        )
    )
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    cell = 0.5 * (0.05 * ground.KM_A_DEGREE) ** 2
    assert seen.tolist() == pytest.approx([0.75 * cell, 1.8 * cell])


def test_ever_held_is_at_least_the_best_day(archive):
    area, ever = ground.held(archive), ground.ever_held(archive.table("kursk_grid"))
    thursday = area[area.index.isin(archive.table("kursk_grid").date)]
    # A hundredth for the sphere and for what the grid leaves out.
    assert ever.firm > 0.99 * thursday.firm.max() and ever.wide > 0.99 * thursday.wide.max()


def test_a_share_is_lost_from_the_peak_on():
    days = pandas.date_range("2024-08-08", periods=4)
    lost = ground.share_lost(pandas.Series([1.0, 8.0, 6.0, 2.0], index=days))
    assert lost.to_dict() == {days[1]: 0.0, days[2]: 0.25, days[3]: 0.75}


def telling(archive, name, origin, quantity, day, **numbers):
    cells = {"value": None, "low": None, "high": None, "valid_from": day, "valid_to": day, **numbers}
    return archive.rows["S040"].model_copy(
        update={"id": name, "origin": origin, "quantity": quantity, "published": date(2025, 1, 1), **cells}
    )


def test_told_shares_follow_from_what_each_teller_says(archive):
    early, later, last = date(2024, 8, 20), date(2024, 11, 1), date(2024, 12, 1)
    rows = (
        telling(archive, "A", "a", ground.SHARE_RETAKEN, later, value=0.4),
        telling(archive, "B", "b", ground.SHARE_HELD, last, value=0.3),
        telling(archive, "C", "c", ground.PEAK, early, low=900.0, high=1100.0),
        telling(archive, "D", "c", ground.AREA_HELD, later, value=750.0),
        # The day of the peak says nothing of a loss, a floor is no point, and E has no peak of its own.
        telling(archive, "F", "c", ground.AREA_HELD, early, value=800.0),
        telling(archive, "G", "c", ground.AREA_HELD, last, low=300.0),
        telling(archive, "E", "e", ground.AREA_HELD, last, value=500.0),
        # One origin speaks once of a day.
        telling(archive, "H", "b", ground.SHARE_RETAKEN, later, value=0.1),
        telling(archive, "I", "b", ground.SHARE_HELD, later, value=0.8),
    )
    told = ground.told_share_lost(replace(archive, statements=rows))
    assert dict(zip(told.rows, told.share, strict=True)) == pytest.approx(
        {("A",): 0.4, ("B",): 0.7, ("D", "C"): 0.25, ("H",): 0.1}
    )
    assert told.day.is_monotonic_increasing


def test_a_line_breaks_where_a_day_is_missing():
    days = pandas.to_datetime(["2024-09-01", "2024-09-02", "2024-09-05", "2024-09-06"])
    drawn = ground.with_gaps(pandas.Series([1.0, 2.0, 3.0, 4.0], index=days))
    assert drawn.index[numpy.isnan(drawn)].tolist() == [pandas.Timestamp("2024-09-03")]
    assert drawn.dropna().tolist() == [1.0, 2.0, 3.0, 4.0]


def test_cells_are_shares_of_the_part_inside_the_outline():
    rows = grid(
        ("2024-08-15", 35.025, 51.025, 0.25, 0.1),
        ("2024-08-15", 35.075, 51.025, 0.5, 0.5),
        ("2024-08-15", 36.0, 52.0, 1.0, 0.0),
    )
    # The outline holds half of the first cell, all of the second and nothing of the third.
    cells = ground.cells(rows, shapely.box(35.025, 50.0, 35.2, 51.5))
    assert cells.held.tolist() == pytest.approx([0.5, 0.5])
    assert cells.unknown.tolist() == pytest.approx([0.2, 0.5])
    assert shapely.area(cells.geometry).sum() == pytest.approx(1.5 * ground.CELL_DEGREES**2)


def test_other_choices_run_the_check_on_the_changed_window(archive):
    days = pandas.date_range("2024-08-01", "2024-11-12")
    # It rises by 3 km² a day until the first of October, and falls by 2 from then on.
    area = [3.0 * min(day, 61) - 2.0 * max(day - 61, 0) for day in range(len(days))]
    frame = pandas.DataFrame({"date": days, "oblast": "Kursk", "status": "ukrainian_held", "area_km2": area})
    choices = {
        "own": {},
        "summer": {"since": "2024-08-01", "until": "2024-09-26"},
        "a fortnight": {"since": "2024-10-15", "until": "2024-10-29"},
    }
    table = ground.other_choices(
        replace(archive, tables=Shown(frame)), archive.claim("C05"), "held_area", choices
    )
    assert table["km² a week"].dropna().tolist() == [-14.0, 21.0]
    assert table.label.tolist() == [verdicts.REFUTED, verdicts.SUPPORTED, words.NOT_ENOUGH]
    assert table.iloc[-1].isna().sum() == 2


def test_a_word_is_an_open_mark_and_a_count_a_full_one(archive):
    _, axes = figures.new()
    ground_tellings.areas_told(
        axes, archive, [archive.rows["S040"], archive.rows["S170"], archive.rows["S263"]]
    )
    word, count, span, ends = axes.lines
    assert word.get_markerfacecolor() == "white" and count.get_markerfacecolor() == count.get_color()
    assert span.get_ydata().tolist() == [800.0, 900.0] and ends.get_ydata().tolist() == [850.0]
    assert word.get_color() == figures.party_colour("ua")


def test_a_step_of_footage_is_drawn_by_its_stance(archive):
    _, axes = figures.new()
    rows = [archive.rows[name] for name in ("S523", "S228")]
    drawings.local_steps(
        axes, {"Ukrainian step": rows}, date(2024, 10, 29), date(2024, 11, 12), date(2024, 11, 12)
    )
    assert [line.get_marker() for line in axes.lines if line.get_marker() != "None"] == ["X", "o"]


def test_the_scale_of_a_map_is_true(archive):
    _, panels = figures.new(1, 2)
    days = {"2024-09-05": "the peak", "2024-11-14": "the article"}
    ground_maps.maps(list(panels), archive, days, ["Sudzha"])
    bar = next(line for line in panels[0].lines if len(line.get_xdata()) == 2)
    (west, east), height = bar.get_xdata(), bar.get_ydata()[0]
    kilometres = (east - west) * ground.KM_A_DEGREE * math.cos(math.radians(height))
    assert kilometres == pytest.approx(20, rel=0.01)
    assert figures.fingerprint(panels[0].figure)


def test_a_band_that_says_next_to_nothing_does_not_hide_the_weeks():
    _, axes = figures.new()
    ends = pandas.to_datetime(["2024-09-03", "2024-09-10", "2024-09-17"])
    vague = Change(-20.0, (500.0,), (2.0,), (1.0,), 60.0)
    day = date(2024, 9, 10)
    drawings.weekly_changes(
        axes, pandas.Series([100.0, -10.0, -50.0], index=ends), {"few weeks": (*ends[[0, 2]], vague)}, day
    )
    bottom, top = axes.get_ylim()
    assert -100 < bottom < -50 and 100 < top < 150 < vague.half_width
    name = next(text for text in axes.texts if text.get_text() == "few weeks")
    assert bottom < name.xy[1] < top
