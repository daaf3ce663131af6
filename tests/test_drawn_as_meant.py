"""Keys, colours, marks and orders that a reader takes for granted, and that no fingerprint has in it."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import matplotlib.colors
import pandas
import pytest

from utils import figures, prose, verdicts
from utils.charts import echo, ground, ledger, parts, politics, statements, units
from utils.report import card, replay_page, statements_page
from utils.report.site import HERE
from utils.words import CONFLICTING, NOT_CHECKED, NOT_ENOUGH, REFUTED, SUPPORTED


def keyed(axes) -> dict[str, str]:
    """The colour that the key of a drawing gives to each name."""
    legend = axes.get_legend()
    handles = zip(legend.get_texts(), legend.legend_handles, strict=True)
    return {words.get_text(): matplotlib.colors.to_hex(one.get_color()).upper() for words, one in handles}


def test_a_party_has_the_colour_that_a_colour_blind_reader_knows_it_by():
    # Okabe and Ito (2008): blue and vermilion for the two sides of the war, who meet in nearly every picture.
    assert (figures.party_colour("ua"), figures.party_colour("ru")) == ("#0072B2", "#D55E00")
    assert figures.party_colour("nobody") == figures.NOBODY
    assert len(set(figures.PARTY_COLOURS.values())) == len(figures.PARTY_COLOURS)


def test_a_key_names_each_colour_by_its_party(archive):
    _, axes = figures.new()
    parts.party_key(axes, archive, ["ru", "ua", "us"])
    known = archive.article.parties
    assert keyed(axes) == {known[name].name: figures.party_colour(name) for name in ("ru", "ua", "us")}


def test_a_star_is_keyed_by_the_party_of_its_teller(archive):
    _, axes = figures.new()
    rows = [next(row for row in archive.statements if archive.sources[row.source].party == "us")]
    rows += [next(row for row in archive.statements if archive.sources[row.source].party == "kr")]
    echo._parties(axes, archive, rows, "changed on the way")
    known = archive.article.parties
    expected = {known[name].name: figures.party_colour(name) for name in ("us", "kr")}
    assert keyed(axes) == expected | {"changed on the way": figures.ALERT}


def test_the_two_clocks_are_keyed_as_they_are_drawn(archive):
    old, new = verdicts.two_clocks(archive, archive.claim("C11"))
    _, axes = figures.new()
    units.evidence(axes, old.findings, new.findings, {one.name: one.name for one in new.findings})
    assert keyed(axes) == figures.CLOCK_COLOURS
    # What the key calls "then" are the probabilities of the earlier clock.
    drawn = {
        round(x, 6): matplotlib.colors.to_hex(line.get_color()).upper()
        for line in axes.lines
        if line.get_marker() == "o"
        for x in line.get_xdata()
    }
    told = {round(one.probability, 6) for one in old.findings if one.probability is not None}
    later = {round(one.probability, 6) for one in new.findings if one.probability is not None}
    assert told - later and {drawn[one] for one in told - later} == {figures.CLOCK_COLOURS["then"]}


def test_a_curve_has_the_colour_of_its_side_and_of_its_name(archive):
    aid = politics.aid_by_side(archive.table("aid_by_donor"))
    _, axes = figures.new()
    politics.cumulated(axes, aid, date(2022, 1, 1))
    colours = [line.get_color() for line in axes.lines]
    assert colours == [figures.party_colour("us"), figures.party_colour("nato")]
    assert {words.get_text(): words.get_color() for words in axes.texts} == dict(
        zip(("United States", "Europe"), colours, strict=True)
    )


def test_bars_and_areas_stand_on_zero(archive):
    aid = politics.aid_by_side(archive.table("aid_by_donor"))
    _, panels = figures.new(2)
    politics.monthly_aid(panels, aid, date(2024, 9, 1))
    _, area = figures.new()
    days = pandas.date_range("2024-10-01", periods=3)
    held = pandas.DataFrame({"firm": [500.0, 480.0, 470.0], "wide": [600.0, 590.0, 580.0]}, index=days)
    ground.by_day(area, held, date(2024, 10, 2))
    assert [axes.get_ylim()[0] for axes in (*panels, area)] == [0, 0, 0]


def test_a_week_has_the_colour_of_who_gained():
    _, axes = figures.new()
    weeks = pandas.Series([40.0, -30.0], index=pandas.to_datetime(["2024-10-06", "2024-10-13"]))
    ground.weekly_changes(axes, weeks, {}, date(2024, 10, 8))
    drawn = {bar.get_height(): matplotlib.colors.to_hex(bar.get_facecolor()).upper() for bar in axes.patches}
    assert drawn == {40.0: figures.party_colour("ua"), -30.0: figures.party_colour("ru")}


def test_the_marks_of_the_card_are_those_of_the_board():
    style = (HERE / "static" / "report.css").read_text(encoding="utf-8")
    crosses = re.findall(r"\.mark-([a-z-]+)::before \{[^}]*clip-path: polygon", style)
    assert (
        crosses
        == [REFUTED.lower()]
        == [label.lower() for label, (mark, _) in card.MARKS.items() if mark == "X"]
    )
    assert (card.MARKS[SUPPORTED], card.MARKS[CONFLICTING][1]) == (("o", "full"), "left")


def test_a_label_is_keyed_by_the_colour_of_its_bars():
    _, axes = figures.new()
    ledger.label_key(axes)
    legend = axes.get_legend()
    for words, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
        bar = ledger.LABEL_COLOURS[words.get_text()].bar
        assert handle.get_facecolor() == matplotlib.colors.to_rgba(bar["facecolor"])


def test_no_two_labels_that_decide_share_a_colour():
    deciding = [label for label in ledger.LABELS if label not in (NOT_ENOUGH, NOT_CHECKED)]
    for of in ("tone", "ground", "dark_tone", "dark_ground"):
        assert len({getattr(ledger.LABEL_COLOURS[label], of) for label in (*deciding, NOT_ENOUGH)}) == 4


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_telling_is_a_point_wherever_its_row_stands(archive, place):
    sound = [row for row in archive.evidence("ru_troops_kursk") if row.value and row.low is None is row.high]
    (one, *_), (two, *_), (three, *_) = list(archive.origins(sound).values())[:3]
    rows = [one, two, three]
    rows = [*rows[place:], *rows[:place]]
    _, axes = figures.new()
    statements.timeline(axes, archive, rows)
    (points,) = [one for one in axes.collections if len(one.get_offsets()) > 1]
    assert sorted(points.get_offsets()[:, 1]) == sorted(row.value for row in rows)


def test_marked_days_stand_at_their_day(archive):
    first = archive.article.history_from
    found = replay_page.marks(archive, (archive.clock - first).days)
    assert [mark.place for mark in found] == [(mark.day - first) / timedelta(days=1) for mark in found]
    events = {event.id: event.published for event in archive.events}
    asked = {one.words: events[one.event] for one in archive.article.marks}
    assert {mark.words: mark.day for mark in found if mark.words in asked} == asked
    assert archive.article.published in {mark.day for mark in found}


def test_a_row_is_used_by_the_claims_that_rest_on_it(archive):
    now = verdicts.verdict(archive, archive.claim("C01"))
    uses = statements_page.uses(SimpleNamespace(archive=archive, both={"C01": (now, now)}))
    assert {name for name, use in uses.items() if use.used_for} == set(now.evidence) & uses.keys()
    seen = {row for finding in now.findings for row in finding.considered} - set(now.evidence)
    assert seen and {name for name, use in uses.items() if use.looked_at_for} == seen
    assert uses[now.evidence[0]].kind == statements_page.USED


@pytest.fixture
def cited(archive, monkeypatch) -> list[pandas.DataFrame]:
    """The tables that the page shows from now on."""
    shown: list[pandas.DataFrame] = []
    prose.begin(archive, version="0", claims=[])
    monkeypatch.setattr("utils.prose.credits.table", lambda frame, **_: shown.append(frame))
    return shown


def test_the_rows_of_a_page_are_listed_by_day_each_with_its_own_teller_and_page(archive, cited):
    rows = sorted(archive.statements[:40:8], key=lambda row: row.id, reverse=True)
    prose.credit(rows)
    prose.sources()
    (table,) = cited
    assert table["Published"].is_monotonic_increasing and set(table["Row"]) == {row.id for row in rows}
    for line in table.to_dict("records"):
        row = archive.rows[line["Row"]]
        told = (archive.sources[row.source].name, row.published, row.url or "")
        assert (line["Teller"], line["Published"], line["Address"]) == told


def test_a_credit_names_every_teller(archive):
    prose.begin(archive, version="0", claims=[])
    one, other = (
        next(row for row in archive.statements if row.source == name) for name in ("isw", "zelensky")
    )
    assert prose.credit([one]) == "Institute for the Study of War"
    assert set(prose.credit([one, other]).split("; ")) == {
        "Institute for the Study of War",
        "Volodymyr Zelensky",
    }
