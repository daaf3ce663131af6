"""A label has one colour in charts, on the card and on the site, on light pages and on dark ones."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy
import pytest

matplotlib.use("agg")
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from utils import answers, verdicts
from utils.charts import forecasts
from utils.charts import ledger as ledger_charts
from utils.figures.labels import LABEL_COLOURS, style_sheet
from utils.report import card, site
from utils.words import LABELS, NOT_CHECKED, TOLD, kept_as, slug

STATIC = Path(site.__file__).parent / "static"
PAPER = "#ffffff"
# The selectors of light pages, of those that a reader has made dark, and of those that the system has.
THEMES = ("body", 'body[data-theme="dark"]', 'body:not([data-theme="light"])')


def properties(style: str, selector: str) -> dict[str, str]:
    """The custom properties that a block of a style sheet sets to a colour."""
    (block,) = re.findall(rf"^{re.escape(selector)} {{\n(.*?)^}}", style, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"(--ft-[a-z-]+): (#[0-9a-f]{6});", block))


def rules(style: str, name: str) -> dict[str, str]:
    """What the rule of a class sets."""
    (block,) = re.findall(rf"\.{name}(?:, [^{{]*)? {{([^}}]*)}}", style)
    return dict(re.findall(r"([a-z-]+): ([^;]+);", block))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def style() -> str:
    return style_sheet()


def test_each_theme_has_the_colours_of_all_labels(style):
    light, dark, dark_by_system = (properties(style, selector) for selector in THEMES)
    assert dark == dark_by_system
    assert light.keys() == dark.keys()
    for label in LABELS:
        name, colour = f"--ft-{slug(label)}", LABEL_COLOURS[label]
        assert (light.pop(name), light.pop(f"{name}-ground")) == (colour.tone, colour.ground)
        assert (dark.pop(name), dark.pop(f"{name}-ground")) == (colour.dark_tone, colour.dark_ground)
    assert light == dark == {}


def test_badges_and_bars_of_the_site_are_coloured_as_the_bars_of_charts(style):
    colours = {f"var({name})": colour for name, colour in properties(style, THEMES[0]).items()}
    colours["var(--color-background-primary)"] = PAPER
    for label in LABELS:
        name, bar = slug(label), LABEL_COLOURS[label].bar
        badge, run = rules(style, f"badge-{name}"), rules(style, f"run-{name}")
        assert (colours[badge["--tone"]], colours[badge["--ground"]]) == (
            LABEL_COLOURS[label].tone,
            LABEL_COLOURS[label].ground,
        )
        assert (colours[run["fill"]], colours[run["stroke"]]) == (bar["facecolor"], bar["edgecolor"])
        assert colours[rules(style, f"run-name-{name}")["fill"]] == LABEL_COLOURS[label].ink.lower()


def test_no_other_style_sheet_knows_a_colour_of_a_label():
    own = {
        colour
        for label in LABEL_COLOURS.values()
        for colour in (label.tone, label.ground, label.dark_tone, label.dark_ground)
    }
    sheets = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")]
    # Every page loads all of them.
    known = set(re.findall(r"(--ft-[a-z-]+):", "".join(sheets) + style_sheet()))
    for text in sheets:
        assert not own & set(re.findall(r"#[0-9a-f]{6}", text))
        used = set(re.findall(r"var\((--ft-[a-z-]+)\)", text))
        assert used <= known
    assert "labels.css" in site.STYLES


@pytest.mark.parametrize("label", LABELS)
def test_words_are_read_on_their_ground(label):
    colour = LABEL_COLOURS[label]
    face = colour.bar["facecolor"]
    for ink, ground in (
        (colour.tone, colour.ground),
        (colour.dark_tone, colour.dark_ground),
        (colour.ink.lower(), face),
    ):
        assert contrast(ink, ground) >= 4.5


def test_the_charts_and_the_card_have_these_colours(archive):
    both = {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    axes = Figure().add_subplot()
    ledger_charts.board(axes, archive.claims, both)
    told = [
        label
        for pair in both.values()
        for verdict in pair
        for label in (
            answers.told(verdict),
            *(answers.of_reading(one) for one in verdict.readings if len(verdict.readings) > 1),
        )
    ]
    bars = [(to_hex(bar.get_facecolor()), to_hex(bar.get_edgecolor())) for bar in axes.patches]
    assert bars == [tuple(LABEL_COLOURS[kept_as(label)].bar.values()) for label in told]

    days = {label: [(date(2024, 11, 12) + timedelta(place), label) for place in (0, 1)] for label in TOLD}
    axes = Figure().add_subplot()
    forecasts.label_strips(axes, days)
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == [
        LABEL_COLOURS[kept_as(label)].bar["facecolor"] for label in TOLD
    ]

    axes = Figure().add_subplot()
    ledger_charts.label_key(axes)
    key = zip(axes.get_legend().get_texts(), axes.get_legend().get_patches(), strict=True)
    assert {text.get_text(): to_hex(patch.get_facecolor()) for text, patch in key} == {
        label: LABEL_COLOURS[label].bar["facecolor"] for label in LABELS if label != NOT_CHECKED
    }


@pytest.mark.long
def test_the_card_has_these_colours(archive, tmp_path):
    both = {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    for pair, label in zip(list(both), LABELS, strict=False):
        both[pair] = tuple(replace(one, label=label) for one in both[pair])
    card.write(SimpleNamespace(archive=archive, both=both), tmp_path / "card.png")
    pixels = numpy.asarray(Image.open(tmp_path / "card.png").convert("RGB")).reshape(-1, 3)
    drawn = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in numpy.unique(pixels, axis=0)}
    assert {LABEL_COLOURS[label].tone for label in LABELS} <= drawn


def test_another_colour_is_found(style):
    changed = style.replace("--ft-refuted: #ff9f73", "--ft-refuted: #ff9f74", 1)
    assert properties(changed, THEMES[1]) != properties(changed, THEMES[2])
