"""Text of others in a report, however hostile: nothing of it runs, breaks out or becomes a formula."""

import csv
import json
import re
import shutil
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from markup import harmful, read

from utils.archive import DATA, Archive
from utils.report import site
from utils.report.safe import cell, csv_text, fitted, heading, plain
from utils.results import Results

TURNED = "\u202egnp.exe\u202c"
NASTY = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "</title></template></script><svg onload=alert(1)>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "```{raw} html\n:file: x\n```",
    "](javascript:alert(1)) [x](javascript:alert(1)) ![x](y) {{ 7 * 7 }} $x$ `y` # z",
    "w" * 10_000,
)


WORDS = {
    *("title", "dating", "finding", "name", "publisher", "citation", "licence", "shipped", "lag_reason"),
    *("gaps", "known_problems", "reason", "means", "is_not"),
}


def with_nasty(content: object, key: str = "", number: int = 0) -> object:
    """What a YAML file holds, with something nasty in every text for readers."""
    if isinstance(content, dict):
        return {name: with_nasty(one, name, place) for place, (name, one) in enumerate(content.items())}
    if isinstance(content, list):
        return [with_nasty(one, key, number + place) for place, one in enumerate(content)]
    return f"{NASTY[number % len(NASTY)]} {content}" if key in WORDS else content


def spoiled(folder: Path) -> Path:
    """A data folder whose every text of people is followed by all that is nasty."""
    for name, columns in {
        "statements.csv": ("outlet", "note"),
        "sources.csv": ("name", "reason"),
        "quantities.csv": ("label", "definition"),
        "events.csv": ("title", "source"),
    }.items():
        rows = list(csv.DictReader((folder / name).open(encoding="utf-8", newline="")))
        for number, row in enumerate(rows[:60]):
            for column in columns:
                row[column] = f"{NASTY[number % len(NASTY)]} {row[column]}"
        for row in rows:
            # One unit stays one unit, as numbers in different ones are not pooled.
            if row.get("unit", "none") != "none":
                row["unit"] = f"{NASTY[len(row['unit']) % len(NASTY)]} {row['unit']}"
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    path = folder / "statements.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "https://censor.net/", "https://censor.net/?a=javascript:alert(1)&b=", 5
        ),
        encoding="utf-8",
    )
    for name in ("article.yaml", "datasets.yaml", "glossary.yaml"):
        content = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(yaml.safe_dump(with_nasty(content)), encoding="utf-8")
    claims = yaml.safe_load((folder / "claims.yaml").read_text(encoding="utf-8"))
    for number, claim in enumerate(claims["claims"]):
        for name in ("wording", "speaker", "topic", "would_count", "does_not_show"):
            claim[name] = f"{NASTY[number % len(NASTY)]} {claim[name]}"
        for check in claim["checks"]:
            for name in ("reading", "condition", "asked"):
                if name in check:
                    check[name] = f"{NASTY[number % len(NASTY)]} {check[name]}"
    (folder / "claims.yaml").write_text(yaml.safe_dump(claims), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, results, render_site) -> Path:
    """The report of a spoiled data folder, without notebooks; verdicts do not depend on words."""
    folder = tmp_path_factory.mktemp("hostile")
    data = spoiled(Path(shutil.copytree(DATA, folder / "data")))
    made = Results.of(Archive.read(data))
    warnings = render_site(made, {}, folder / "source", folder / "html")
    assert warnings == ""
    return folder / "html"


def test_nothing_foreign_runs_or_breaks_out(hostile):
    for name, page in read(hostile).items():
        assert harmful(page) == [], name
        assert page.unmatched == [], name
        assert len(page.all("h1")) == 1
        # An element that only the foreign texts ask for.
        assert not [one for one in page.all("img") if one.get("src") == "x"], name
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text), name
    assert ElementTree.parse(hostile / "changes.xml").getroot().tag.endswith("feed")
    told = (hostile / "statements.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told and "w" * 10_000 in told


def test_foreign_text_in_a_heading_stays_text(hostile, results):
    words = {name: " ".join(" ".join(page.words).split()) for name, page in read(hostile).items()}
    for number, claim in enumerate(results.archive.claims):
        nasty = " ".join(str(plain(NASTY[number % len(NASTY)])).split())
        assert f"{claim.id}: {nasty} {claim.wording}" in unicodedata.normalize(
            "NFC", words[f"claims/{claim.id}.html"]
        ).replace("’", "'").replace("“", '"').replace("”", '"'), claim.id


def test_the_claim_review_of_a_hostile_claim_is_still_one(hostile):
    for name, page in read(hostile).items():
        for block in filter(str.strip, page.blocks):
            assert name.startswith("claims/") and json.loads(block)["@type"] == "ClaimReview"
            assert "<" not in block


def test_no_cell_of_a_download_is_a_formula(hostile):
    for path in (hostile / "downloads").glob("*.csv"):
        for row in csv.reader(path.open(encoding="utf-8", newline="")):
            for one in row:
                assert one[:1] not in ("=", "+", "@", "\t", "\r") and (
                    one[:1] != "-" or re.fullmatch(r"-[\d.,e+-]+", one)
                ), (path.name, one[:40])


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5", "-5"),
        ("-5.2e-3", "-5.2e-3"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        (" =1", "' =1"),
        ("\t=1", "'\t=1"),
        (None, ""),
        (3.5, "3.5"),
        (TURNED, "gnp.exe"),
    ],
)
def test_cells(raw, shown):
    assert cell(raw) == shown
    assert next(csv.reader([csv_text([[raw, "x"]])])) == [shown, "x"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('<style scoped>th { color: red }</style><tr style="text-align: right;"><th></th>', "<tr><td></td>"),
        ('<td STYLE=\'x\' class="a">style="b"</td>', '<td class="a">style="b"</td>'),
        ('<th scope="col">\n</th><th>id</th>', "<td></td><th>id</th>"),
        ('a < b style="c" and d', 'a < b style="c" and d'),
    ],
)
def test_html_of_others_fits_the_page(given, shown):
    assert fitted(given) == shown


def test_long_words_may_break():
    style = (Path(site.__file__).parent / "static" / "report.css").read_text(encoding="utf-8")
    assert re.search(r"^body \{[^}]*overflow-wrap: anywhere", style, re.MULTILINE)


def test_a_heading_is_no_markdown():
    assert heading("*a* `b`\n# [c](d)") == r"\*a\* \`b\` \# \[c\]\(d\)"
