"""The ledger's pictures show what the ledger says, and flips read as sentences."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from utils import answers, figures, history, robustness, verdicts
from utils.charts import ledger
from utils.checks.grading import figures as graded_figures
from utils.checks.track_record import records


@pytest.fixture(scope="module")
def both(archive):
    return {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}


def test_the_board_says_every_label_of_both_clocks(archive, both):
    _, axes = figures.new()
    ledger.board(axes, archive.claims, both)
    words = [text.get_text() for text in axes.texts]
    for clock in (0, 1):
        for pair in both.values():
            assert any(word.startswith(answers.told(pair[clock])) for word in words)
    for claim in archive.claims:
        assert any(word.startswith(claim.id) for word in words)
    several = sum(
        len(verdict.readings) for pair in both.values() for verdict in pair if len(verdict.readings) > 1
    )
    assert len(axes.patches) == 2 * len(archive.claims) + several
    assert sum("last known" in word for word in words) == sum(
        verdict.last_known is not None for pair in both.values() for verdict in pair
    )


def test_spans_cover_the_days_once(archive):
    claim = archive.claim("C13")
    days = history.history(archive, claim, until=date(2024, 12, 31))
    found = ledger.spans(days)
    assert found[0][0] == days[0].as_of and found[-1][1] == days[-1].as_of + timedelta(days=1)
    assert all(before[1] == after[0] and before[2] != after[2] for before, after in pairwise(found))
    assert [day for _, day, _ in found[:-1]] == [change.day for change in history.changes(days)]


def test_firmness_has_two_bars_a_line(archive):
    claim = archive.claim("C05")
    found = {claim.id: robustness.robustness(archive, claim)}
    _, axes = figures.new()
    ledger.firmness(axes, found, found)
    lines = 1 + len(found[claim.id].readings)
    assert [bars[0].get_width() for bars in axes.containers] == [found[claim.id].share] * 2
    assert [len(bars) for bars in axes.containers] == [lines] * 2 and len(axes.texts) == lines


def test_every_graded_figure_is_drawn(archive):
    """Also those that are far off; what was not expected is a ring with the name of its row."""
    first, *others = records(graded_figures(archive))
    found = [replace(first, band=(0.0, first.later / 2)), *others]
    _, axes = figures.new()
    ledger.errors_by_party(axes, archive, found)
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    drawn = sorted(float(line.get_xdata()[0]) for line in dots)
    assert drawn == pytest.approx(sorted(one.told / one.later for one in found))
    low, high = axes.get_xlim()
    assert low < drawn[0] and drawn[-1] < high
    missed = [one.row for one in found if not one.is_held]
    assert first.row in missed
    assert sum(line.get_markerfacecolor() == "none" for line in dots) == len(missed)
    assert sorted(text.get_text() for text in axes.texts) == sorted(missed)


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        (None, "No single change flips it."),
        (
            robustness.Flip("C01", "quantity", "tolerance", 0.2, 0.16757, "Not enough evidence", 0.16),
            "With 0.17 instead of 0.2 for “how far the true number may lie from it, as a share of it”, "
            "when it is asked “How many Russian and North Korean soldiers were in or massed for Kursk oblast "
            "on 10 November 2024?”: Not enough evidence.",
        ),
        (
            robustness.Flip("C12", None, "without origin", None, "NYT-2024-11-10-50k", "Refuted", 1.0),
            "Without the telling of unnamed US and Ukrainian officials of 10 Nov 2024: Refuted.",
        ),
        (
            robustness.Flip("C15", "occurrence", "belligerents", True, False, "Refuted", 1.0),
            "With the warring parties left out, when it is asked “Who says, and who denies, that Trump and "
            "Zelensky spoke on the telephone after the election?”: Refuted.",
        ),
        (
            robustness.Flip("C12", "kursk", "since", date(2024, 9, 1), date(2024, 9, 8), "Refuted", 0.1),
            "With 8 Sep 2024 instead of 1 Sep 2024 for “first day of the window”, when it is asked “Did the "
            "area that Ukraine held in Kursk oblast shrink from September to the day of the article, by "
            "DeepState's map?”: Refuted.",
        ),
        (
            robustness.Flip("C11", None, "without check", None, "pace_in_donetsk", "Refuted", 1.0),
            "Without the answer to “Did Russia gain ground in Donetsk oblast faster after 6 August 2024 than "
            "before, by DeepState's map?”: Refuted.",
        ),
        (
            # Of a claim that the archive does not hold, as an analyst's own.
            robustness.Flip("A01", "my_check", "least_weeks", 4, 5, "Refuted", 0.25),
            "With 5 instead of 4 for “least weeks”, when it is asked “my check”: Refuted.",
        ),
    ],
)
def test_a_flip_in_words(archive, flip, said):
    assert robustness.in_words(archive, flip) == said
