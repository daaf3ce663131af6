"""The README opens with the finding and a picture of the front page; what it says is what is computed."""

import re
from pathlib import Path

import pytest
from front_picture import BESIDE, HEIGHT, PICTURE, WIDTH
from PIL import Image

from utils import verdicts

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What the finding rests on, on both clocks; with other labels its sentence must be written anew.
RESTS_ON = {"C01": verdicts.NOT_ENOUGH, "C02": verdicts.SUPPORTED}


def test_the_finding_stands_first_and_its_labels_hold(archive):
    title, finding, picture, *_ = [part for part in README.split("\n\n") if part.strip()]
    assert title == "# Fifty Thousand" and finding.startswith("**") and finding.endswith(".**")
    assert "50,000" in finding and picture.startswith("![")
    for name, label in RESTS_ON.items():
        both = verdicts.two_clocks(archive, archive.claim(name))
        assert [verdict.label for verdict in both] == [label, label], name


def test_the_two_commands_come_before_everything_else():
    headings = re.findall(r"^## (.*)$", README, re.MULTILINE)
    assert headings[0] == "Two commands"
    assert re.findall(r"^- `(make \w+)`", README.partition("## Two commands")[2], re.MULTILINE)[:2] == [
        "make report",
        "make test",
    ]


def test_the_pictures_are_light_and_told_in_words():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", README)
    assert [ROOT / address for _, address in pictures] == [PICTURE, BESIDE]
    for alt, address in pictures:
        assert len(alt.split()) >= 8 and alt[0].isupper() and alt.endswith(".")
        assert (ROOT / address).stat().st_size <= 150_000
        with Image.open(ROOT / address) as picture:
            assert picture.height == HEIGHT and picture.width >= WIDTH
            assert len(picture.convert("RGB").getcolors(picture.width * HEIGHT)) > 8, (
                "a page and no blank sheet"
            )


@pytest.mark.long
def test_the_recipe_for_analysts_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    told = [
        str(eval(line.split("  #")[0], names))
        for line in code.splitlines()
        if line.startswith(("pool", "why"))
    ]
    assert "tellers: " in told[0] and "S400 is no evidence on C11" in told[1]
    assert "X1" in str(names["compare"](names["archive"], names["mine"]))
