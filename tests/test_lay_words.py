"""What pages for everybody may not say: names of parameters and columns, ids as labels, raw signs."""

import re
from html import unescape
from pathlib import Path

import pytest
from folders import SECOND

from utils.archive import Archive
from utils.checks import METHODS
from utils.report import pages
from utils.results import kept

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"first": ROOT / "data", "second": SECOND}
LAY = ("index.", "claims/", "changes.")
NAME = re.compile(r"\b[A-Za-z]+(?:_[A-Za-z0-9]+)+\b")
SIGN = re.compile(r"±|(?<![\w-])[-+\u2212]\d")
LONE = re.compile(
    r"\b1 (?:tellers|origins|tellings|outlets|rows|claims|labels)\b|\b0 (?:of|tellers|outlets|days)\b"
)


def parameters() -> set[str]:
    """The names of parameters as they would stand in a sentence: with blanks for their underscores.

    A name that its own description says is a phrase of plain English.
    """
    return {
        name.replace("_", " ")
        for method in METHODS.values()
        for name, field in method.parameters.model_fields.items()
        if "_" in name and name.replace("_", " ") not in (field.description or "")
    }


def codes(archive: Archive) -> set[str]:
    """Values of columns that are codes, as they would stand in a sentence."""
    named = {
        one
        for claim in archive.claims
        for check in claim.built
        for values in getattr(check, "where", {}).values()
        for one in values
    }
    return {one.replace("_", " ") for one in named if "_" in one}


def faults(text: str, archive: Archive) -> list[str]:
    """What a text says that no page for everybody may say."""
    found = [*NAME.findall(text), *SIGN.findall(text), *LONE.findall(text)]
    phrases = parameters() | codes(archive)
    return found + [
        one for one in sorted(phrases) if re.search(rf"\b{re.escape(one)}\b", text, re.IGNORECASE)
    ]


def visible(markup: str) -> str:
    """What a reader or a listener gets of a fragment; blocks for programs and addresses left out."""
    markup = re.sub(r"<script\b.*?</script>", " ", markup, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|alt)="([^"]*)"', markup))
    return unescape(f"{re.sub(r'<[^>]*>', ' ', markup)} {spoken}")


@pytest.fixture(scope="module", params=FOLDERS)
def written(request, tmp_path_factory) -> tuple[Archive, dict[str, str]]:
    """The archive of an article, and the text of its pages for everybody by their names."""
    work = tmp_path_factory.mktemp(request.param)
    results = kept(Archive.read(FOLDERS[request.param]))
    pages.write_front(results, [], [], work)
    pages.write_others(results, [], work)
    texts = {}
    for path in sorted(work.rglob("*.fragment.html")):
        name = path.relative_to(work).as_posix()
        if name.startswith(LAY):
            texts[name] = visible(path.read_text(encoding="utf-8"))
    return results.archive, texts


@pytest.mark.long
def test_pages_for_everybody_say_nothing_of_the_machinery(written):
    archive, texts = written
    assert len(texts) > len(archive.claims)
    found = {name: told for name, text in texts.items() if (told := faults(text, archive))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "With letter_ratio of 3",
        "With letter ratio in the check occurrence",
        "the weekly change turned by +58 (±89) km²",
        "the mean change was -50 to -9 km²",
        "kursk russian advances",
        "1 tellers say so",
        "moved 0 of its units",
    ],
)
def test_what_may_not_be_said_is_found(text, archive):
    assert faults(text, archive)


@pytest.mark.parametrize("text", ["8-13 October", "Zelensky's 50,000 persons", "C05: it is so", "2024-11-12"])
def test_plain_words_are_not_found(text, archive):
    assert faults(text, archive) == []


@pytest.mark.long
def test_a_number_of_the_evidence_has_its_unit(written):
    archive, texts = written
    told = " ".join(" ".join(texts.values()).split())
    for row in archive.statements:
        unit = archive.quantities[row.quantity].unit
        label = archive.quantities[row.quantity].label
        if unit == "persons" and row.value:
            alone = rf"{re.escape(label)}: {row.value:,.0f}(?! persons| to | \(|[,\d])"
            assert not re.search(alone, told), row.id
