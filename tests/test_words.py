"""How values are written, in English and in a language that is a module of its own."""

import calendar
import dataclasses
import math
from datetime import date

import matplotlib
import pytest
from babel import Locale

matplotlib.use("agg")
from matplotlib.dates import date2num

from utils import figures, prose, verdicts, words
from utils.charts import statements
from utils.checks import Interval
from utils.report import render
from utils.sentences import english
from utils.sentences.values import PooledNumber
from utils.words import spoken
from utils.words.english import ENGLISH

GERMAN = dataclasses.replace(
    ENGLISH,
    locale=Locale("de"),
    day="d. MMMM y",
    short_day="d. MMM y",
    day_and_month="d. MMM",
    several="{}e",
    less_than="weniger als {}",
    more_than="mehr als {}",
    at_least="mindestens {}",
    at_most="höchstens {}",
    span="{} bis {}",
    both="{} und {}",
    either="{} oder {}",
    more="und {} weitere",
    yes="ja",
    no="nein",
    nothing="keine",
    likelihoods=("fast keine Aussicht", *ENGLISH.likelihoods[1:]),
    unnamed="^Ungenannte Quellen in ",
    no_names=("Ungenannte",),
    quoted="zitiert von ",
    unnamed_in="Ungenannt, {}",
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("probability", "told", "of_things"),
    [
        (0, "less than 1 %", "0 %"),
        (1e-12, "less than 1 %", "less than 1 %"),
        (0.0099, "less than 1 %", "less than 1 %"),
        (0.01, "1 %", "1 %"),
        (0.5, "50 %", "50 %"),
        (0.99, "99 %", "99 %"),
        (0.9901, "more than 99 %", "more than 99 %"),
        (1, "more than 99 %", "100 %"),
    ],
)
def test_a_probability_is_never_certain_and_a_share_may_be(archive, probability, told, of_things):
    prose.begin(archive, version="0", claims=[])
    assert words.percent(probability) == plain(render.percent(probability)) == told
    assert words.share(probability) == plain(render.share(probability)) == of_things
    assert prose.share(probability, rows=[]).text == of_things


@pytest.mark.parametrize("outside", [-0.01, 1.01, math.nan, math.inf])
def test_no_probability_lies_outside(outside):
    for told in (words.percent, words.share, words.likelihood):
        with pytest.raises(ValueError, match="from 0 to 1"):
            told(outside)


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((-58.2, 12.0), "a fall of 58 km² to a rise of 12 km²"),
        ((-5800, -1200), "a fall of 1,200 to 5,800 km²"),
        ((-3, 0), "a fall of 3.0 km² to no change"),
        ((-3, 0.004), "a fall of 3.0 km² to no change"),
        ((0, 0), "0 to 0 km²"),
        ((-0.04, 10), "0 to 10 km²"),
        ((1.2e-9, 3.4e-9), "0.0000000012 to 0.0000000034 km²"),
        ((1e12, 2.34e15), "0 to 2,300,000,000,000,000 km²"),
    ],
)
def test_ranges_of_every_sign_and_size(archive, ends, told):
    prose.begin(archive, version="0", claims=[])
    seen = verdicts.verdict(archive, archive.claim("C01"))
    verdict = dataclasses.replace(seen, interval=Interval(*ends, "km2"))
    assert words.interval(*ends, "km2") == render.interval(verdict.interval) == told
    assert prose.of(verdict, "range").text == told


def test_an_interval_of_a_probability_is_in_per_cent(archive):
    prose.begin(archive, version="0", claims=[])
    seen = verdicts.verdict(archive, archive.claim("C01"))
    verdict = dataclasses.replace(seen, interval=Interval(0.0, 0.451, "probability"))
    assert (
        prose.of(verdict, "range").text == plain(render.interval(verdict.interval)) == "less than 1 % to 45 %"
    )
    assert prose.of(verdict, "range").rounding == prose.of(verdict, "share").rounding


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (-1234.5, "-1,234.5"),
        (1e-7, "0.0000001"),
        (1e12, "1,000,000,000,000"),
    ],
)
def test_exact_numbers(value, told):
    assert words.exact(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(50_000.0, "50000"), (1e12, "1000000000000"), (-0.0, "0"), (1e-7, "0.0000001"), (-1234.5, "-1234.5")],
)
def test_numbers_for_a_data_file_are_digits(value, told):
    assert words.digits(value) == told
    assert float(told) == value


@pytest.mark.parametrize(
    ("value", "told"),
    [(1234.4, "+1,234"), (-1234.4, "-1,234"), (0.4, "0"), (-0.4, "0"), (0, "0")],
)
def test_signs(value, told):
    assert words.signed(value) == told
    assert words.give_or_take(value, 12.3) == f"{told} (±12)"


def test_a_number_of_any_length_is_printed_whole():
    assert words.number(10.0**30, 1) == "1,000,000,000,000,000,019,884,624,838,656.0"
    assert len(words.number(-1.7e308).replace(",", "")) == 310 and words.number(1.7e308, 2).endswith(".00")


def test_no_number_is_infinite():
    for told in (words.number, words.signed, words.exact, words.digits):
        with pytest.raises(ValueError, match="finite"):
            told(math.inf)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "none"),
        ((), "none"),
        ({}, "none"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (50_000.0, "50,000"),
        (date(2024, 11, 12), "12 November 2024"),
        (("a", 1000), "a, 1,000"),
        ({"a": [0.5, None]}, "a: 0.5, none"),
        ("words", "words"),
    ],
)
def test_choices(value, told):
    assert words.choice(value) == told


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ((50_000, None, None), "50,000"),
        ((50_000, 50_000, None), "at least 50,000"),
        ((50_000, None, 50_000), "at most 50,000"),
        ((None, 0, None), "at least 0"),
        ((None, -2, -1), "-2 to -1"),
        ((5, 4, 6), "5 (4 to 6)"),
        ((1.54, 1.48, 1.6), "1.54 (1.48 to 1.60)"),
        ((None, 0.5, 12), "0.5 to 12.0"),
        ((4, 4, 6), "at least 4 (at most 6)"),
        ((6, 4, 6), "at most 6 (at least 4)"),
        ((4, 4, 4), "4"),
        ((None, None, None), ""),
    ],
)
def test_figures_and_bounds(figure, told):
    assert words.bounded(*figure) == told


@pytest.mark.parametrize(
    ("many", "told"), [(0, "0 origins"), (1, "1 origin"), (2, "2 origins"), (1001, "1,001 origins")]
)
def test_plurals(many, told):
    assert words.counted(many, "origin") == told
    assert prose.count(many, "origin", rows=[]).text == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(1, 1, ""), (None, None, ""), (1, None, "at least"), (None, 1, "at most"), (0, None, "at least")],
)
def test_which_end_is_open(low, high, told):
    assert words.open_end(low, high) == told


def test_lists_and_tellers():
    assert [words.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert words.listed([1, 2, 4], "or") == "1, 2 or 4"
    assert words.foremost(["a", "b", "c"], 3) == "a, b, c"
    assert words.foremost(["a", "b", "c"], 1, "; ") == "a and 2 more"


@pytest.mark.parametrize(
    ("name", "told", "brief", "within"),
    [
        ("Ann Example, minister (retired)", "Ann Example", "Ann Example", "Ann Example"),
        ("Office (OFF)", "Office", "Office", "Office"),
        ("Unnamed officials, quoted by A", "Unnamed officials", "officials", "unnamed officials"),
        ("Two unnamed sources (B)", "Two unnamed sources", "Two unnamed sources", "two unnamed sources"),
        ("Unnamed source in the army, C", "Unnamed source in the army", "army", "unnamed source in the army"),
        ("Unnamedov", "Unnamedov", "Unnamedov", "Unnamedov"),
    ],
)
def test_tellers(name, told, brief, within):
    assert words.teller(name) == told
    assert words.teller(name, brief=True) == brief
    assert words.teller(name, within=True) == within


def test_a_teller_is_known_by_who_quotes_them():
    assert words.through("Two unnamed sources, quoted by Axios") == "Unnamed, Axios"


@pytest.mark.parametrize("month", range(1, 13))
def test_days(month):
    name = calendar.month_name[month]
    assert words.written_day(date(2024, month, 1)) == f"1 {name} 2024"
    assert words.written_day(date(2024, month, 1), short=True) == f"1 {name[:3]} 2024"
    assert words.day_and_month(date(2024, month, 1)) == f"1 {name[:3]}"
    assert words.month_and_year(date(2024, month, 1)) == f"{name[:3]} 2024"
    assert words.month(date(2024, month, 1)) == name[:3]
    assert words.months()[month - 1] == name


def test_the_method_page_has_the_ranges_of_the_likelihoods():
    rule = " ".join(verdicts.__doc__.split())
    for _, likelihood in words.likelihoods():
        low, high = words.percent_range(likelihood)
        assert f"{likelihood} ({low} to {high} %)" in rule


def test_a_second_language_is_a_module_of_its_own(monkeypatch):
    monkeypatch.setattr(spoken, "LANGUAGE", GERMAN)
    assert words.number(1234.5, 1) == "1.234,5"
    assert words.signed(1234) == "+1.234"
    assert words.digits(1234.5) == "1234.5"
    assert words.bounded(50_000, 50_000, None) == "mindestens 50.000"
    assert words.bounded(None, 10_000, 12_000) == "10.000 bis 12.000"
    assert words.bounded(None, None, 0.5) == "höchstens 0,5"
    assert words.span(-5800, -1200, "km2") == "-5.800 bis -1.200 km²"
    assert words.percent(0) == "weniger als 1 %"
    assert words.chance(0.001) == "fast keine Aussicht (weniger als 1 %)"
    assert words.chances(0.5, 1) == "50 % bis mehr als 99 %"
    assert words.percent_range("fast keine Aussicht") == (1, 5)
    assert words.written_day(date(2024, 3, 4)) == "4. März 2024"
    assert words.day_and_month(date(2024, 3, 4)) == "4. März"
    assert words.counted(1234, "Jahr") == "1.234 Jahre"
    assert words.counted(1, "Jahr") == "1 Jahr"
    assert words.listed(["a", "b", "c"]) == "a, b und c"
    assert words.listed(["a", "b"], "or") == "a oder b"
    assert words.foremost(["a", "b"], 1) == "a und 1 weitere"
    assert [words.choice(one) for one in (True, False, None)] == ["ja", "nein", "keine"]
    assert words.teller("Ungenannte Quellen in Berlin, X", brief=True) == "Berlin"
    assert words.teller("Ungenannte Quellen in Berlin", within=True) == "ungenannte Quellen in Berlin"
    assert words.through("Eine Quelle, zitiert von X") == "Ungenannt, X"


def test_an_axis_of_days_has_the_months_of_the_language(monkeypatch):
    days = [date(2024, 10, 1), date(2024, 11, 1), date(2024, 12, 1)]
    _, axes = figures.new()
    axes.plot(days, [1, 2, 3])
    statements.months(axes)
    formatter = axes.xaxis.get_major_formatter()
    assert formatter.format_ticks(date2num(days)) == ["Oct", "Nov", "Dec"]
    monkeypatch.setattr(spoken, "LANGUAGE", GERMAN)
    assert formatter.format_ticks(date2num(days)) == ["Okt.", "Nov.", "Dez."]


@pytest.mark.parametrize(
    ("numbers", "against", "told"),
    [
        ((1.46, 1.34, 1.59), (1.5,), ["1.46", "1.34", "1.59"]),
        ((1.46, 1.34, 1.59), (), ["1.5", "1.3", "1.6"]),
        ((1.42, 1.31, 1.61), (1.5,), ["1.4", "1.3", "1.6"]),
        ((49_960.0, 31_000.0, 70_000.0), (50_000.0,), ["49,960", "31,000", "70,000"]),
        ((9.96, 8.0, 12.0), (8.0, 10.0), ["9.96", "8.00", "12.00"]),
        ((-0.299, -0.5, 0.1), (-0.3,), ["-0.299", "-0.500", "0.100"]),
        ((5.0, 4.0, 6.0), (5.0,), ["5.0", "4.0", "6.0"]),
        # No number of places tells these two apart on a page.
        ((1.5 + 1e-9, 1.0, 2.0), (1.5,), ["1.5", "1.0", "2.0"]),
    ],
)
def test_a_number_is_printed_on_its_side_of_another(numbers, against, told):
    assert words.rounded(*numbers, against=against) == told


@pytest.mark.parametrize(
    ("relation", "more", "told"),
    [
        ("less than", {"claimed": 1.5}, "at 1.46 °C (1.34 to 1.59); the claim is less than 1.5."),
        ("at most", {"claimed": 1.2}, "at 1.5 °C (1.3 to 1.6); the claim is at most 1.2."),
        ("at least", {"claimed": 1.32}, "at 1.46 °C (1.34 to 1.59); the claim is at least 1.32."),
        ("between", {"ends": (1.3, 1.5)}, "at 1.46 °C (1.34 to 1.59); the claim is 1.3 to 1.5."),
        ("about", {"claimed": 1.5, "tolerance": 0.1}, "(1.3 to 1.6); the claim is 1.5, give or take 10 %."),
    ],
)
def test_a_comparison_is_true_of_the_printed_digits(relation, more, told):
    plain = {"label": "Warmth", "tellers": 3, "tellings": 3, "on": date(2023, 7, 2), "unit": "°C"}
    lacking = {"claimed": None, "tolerance": None, "ends": None, "other": None, "since": None}
    said = PooledNumber(**plain, relation=relation, **{**lacking, **more}, middle=1.46, low=1.34, high=1.59)
    assert english.quantity(said).endswith(told)
