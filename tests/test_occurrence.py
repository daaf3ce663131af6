"""Witnesses and lines on hand-made data, with answers worked out by hand."""

from datetime import date, timedelta

import heard
import pytest
from heard import told, word

from utils import verdicts
from utils.checks import testimony


def test_a_finding_says_who_affirms_who_denies_and_who_is_outside(archive):
    """Three to one by each of two outsiders, against one denial of the whole window by a warring party."""
    rows = [word("A", "ann"), word("B", "bea"), word("K", "kyiv", "denies", (1, 12))]
    finding = heard.found(told(archive, *rows), heard.asked())
    assert finding.probability == pytest.approx(3 / 4)
    assert (finding.values.affirm, finding.values.deny, finding.values.outside) == (2, 1, 2)
    assert finding.opposed and verdicts.label(finding) == verdicts.CONFLICTING
    assert (finding.tellers, finding.outside_tellers) == (("ann", "bea", "kyiv"), 2)
    assert finding.direction == "for" and finding.evidence == ("A", "B", "K")
    assert finding.sentence == (
        "2 tellers say that it was so; 1 denies it; 2 of them are outside the warring parties."
    )


def test_a_finding_ages_with_its_rows_and_its_table(archive):
    """A number speaks for as long as its quantity says, an event that is over and done does not age."""
    rows = [word("A", "ann"), word("B", "bea", published=14)]
    over = heard.found(told(archive, *rows), heard.asked())
    assert (over.newest, over.speaks_until) == (date(2024, 11, 14), None)
    number = {"stance": None, "value": 7.0, "quantity": "nk_killed"}
    lasting = [word("A", "ann", **number), word("B", "bea", published=14, **number)]
    finding = heard.found(told(archive, *lasting), heard.asked(counts=["nk_killed"]))
    assert finding.speaks_until == date(2024, 11, 14) + timedelta(days=180)


def test_a_zero_denies_and_a_number_affirms(archive):
    assert not testimony.says(word("A", "ann", None, value=0.0))
    assert not testimony.says(word("A", "ann", None, high=0.0))
    assert testimony.says(word("A", "ann", None, value=6.0))
    assert testimony.says(word("A", "ann", None, low=1.0))
    assert testimony.says(word("A", "ann", "unconfirmed", value=6.0)) is None
