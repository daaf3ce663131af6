"""What the drawings on the North Koreans make of rows."""

import matplotlib
import pytest

matplotlib.use("agg")
from utils import figures
from utils.charts import north_koreans


def markers(axes):
    return [line.get_marker() for line in axes.lines if line.get_marker() not in ("None", None)]


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("S474", "affirms"),
        ("S489", "denies"),
        ("S481", "takes no side"),
        ("S306", "doubtful row"),
        ("S351", "affirms"),  # up to 8,000: no stance, but a number
    ],
)
def test_a_row_answers_by_its_stance_or_its_number(archive, row, answer):
    assert north_koreans.stance(archive.rows[row]) == answer


def test_every_row_has_a_lane_or_is_refused(archive):
    rows = [archive.rows[name] for name in ("S489", "S492", "S474")]
    names = {"rutte": "NATO", "peskov": "Moscow", "putin": "Moscow"}
    assert {name: len(found) for name, found in north_koreans.lanes(rows, names).items()} == {
        "NATO": 1,
        "Moscow": 2,
    }
    with pytest.raises(KeyError):
        north_koreans.lanes(rows, {"rutte": "NATO"})


def test_an_origin_answers_once_and_answers_of_one_day_stand_apart(archive):
    _, axes = figures.new()
    told = {"NATO": [archive.rows[name] for name in ("S474", "S475", "S479")]}
    told["Ukraine"] = [archive.rows[name] for name in ("S552", "S303")]
    north_koreans.ladder([axes], archive, told, [("2024-10-01", "2024-12-01")], [["2024-10-28"]], {})
    drawn = [line for line in axes.lines if line.get_marker() in north_koreans.STANCES.values()]
    assert len(drawn) == 3
    same_day = [line for line in drawn if line.get_marker() != "o"]
    assert len({float(line.get_ydata()[0]) for line in same_day}) == 2


def test_a_floor_is_an_arrow_up_and_a_ceiling_an_arrow_down(archive):
    _, axes = figures.new()
    rows = [archive.rows[name] for name in ("S058", "S233", "S066", "S015")]
    north_koreans.numbers(axes, archive, rows, left=["S066"])
    assert sorted(markers(axes)) == ["$\\downarrow$", "$\\uparrow$", "o", "o"]
    assert {text.get_text() for text in axes.texts} == {
        "at least 100",
        "less than 1,000",
        "300",
        "11,000 to 12,000",
    }
    assert {text.get_text() for text in axes.texts if text.get_ha() == "right"} == {"300"}


def test_tellers_who_give_one_number_in_one_month_share_its_words(archive):
    _, axes = figures.new()
    # About 4,000 and at least 4,000 in March, and 4,000 in January: two months, two labels, three markers.
    north_koreans.numbers(axes, archive, [archive.rows[name] for name in ("S065", "S670", "S080")])
    assert len(markers(axes)) == 3
    assert [text.get_text() for text in axes.texts] == ["at least 4,000", "4,000"]


def test_a_word_of_ones_own_is_no_relay_and_has_its_own_column(archive):
    _, axes = figures.new()
    counted = {"nk_casualties": "casualties", "nk_killed": "killed"}
    north_koreans.meanings(axes, archive, {"all": [archive.rows[name] for name in ("S065", "S072")]}, counted)
    tellings = [line for line in axes.lines if len(line.get_xdata()) == 1]
    assert {(line.get_marker(), int(line.get_xdata()[0])) for line in tellings} == {("o", 0), ("o", 1)}


def test_a_relay_that_changed_the_meaning_is_a_cross_on_the_other_side(archive):
    _, axes = figures.new()
    rows = [archive.rows[name] for name in ("S069", "S070", "S087", "S085")]
    counted = {"nk_casualties": "casualties", "nk_killed": "killed"}
    north_koreans.meanings(axes, archive, {"all": rows}, counted)
    tellings = [line for line in axes.lines if len(line.get_xdata()) == 1]
    columns = {(line.get_marker(), int(line.get_xdata()[0])) for line in tellings}
    # Casualties by Western officials and London (S069, S085), and what relays made deaths of (S070, S087).
    assert columns == {("o", 0), ("X", 1)}
