"""The report as files: whole, safe, the same everywhere. What only a browser can tell is tested with one."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import unified_diff
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import matplotlib
import nbformat
import pytest
import yaml

matplotlib.use("agg")
from utils import answers, exports, figures, history, verdicts
from utils.archive import DATA, Archive
from utils.figures.drawn import as_csv
from utils.report import pages
from utils.report.safe import cell, csv_text, fitted, heading, plain
from utils.report.site import POLICY, STYLES, numbered
from utils.results import Results, kept
from utils.runs import update
from utils.runs.keep import Runs
from utils.runs.place import Place

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {"TZ": "Asia/Seoul", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "1"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def clone(folder: Path) -> Path:
    """The tracked files of the project in another folder."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listing.stdout.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    return folder


def built(folder: Path) -> Path:
    """The report of a folder, built in another time zone and language and with another hash seed."""
    done = subprocess.run(
        [sys.executable, "-m", "utils", "report"],
        cwd=folder,
        env={**os.environ, **ELSEWHERE, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder / "reports" / "html"


@pytest.fixture(scope="module")
def results(archive) -> Results:
    return kept(archive)


@dataclass
class Page(HTMLParser):
    """The elements of a page with their attributes, its ids, its text, and tags that do not match."""

    text: str
    elements: list = field(default_factory=list)
    words: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    unmatched: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.feed(self.text)
        self.close()
        self.unmatched += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unmatched.append(f"/{tag}")

    def handle_data(self, data):
        (self.blocks if self.open and self.open[-1] == "script" else self.words).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def read(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def parsed(site) -> dict[str, Page]:
    return read(site)


def harmful(page: Page) -> list[str]:
    """What a page holds that could run, load from elsewhere, or style from within."""
    found = []
    for tag, attributes in page.elements:
        found += [f"{tag} {name}" for name in attributes if name.startswith("on") or name == "style"]
        if tag in ("style", "iframe", "object", "embed", "base"):
            found.append(tag)
        if tag == "script" and attributes.get("type") != "application/ld+json":
            address = attributes.get("src", "inline")
            if not re.fullmatch(r"(\.\./)*(_static/\w+\.js|searchindex\.js)", address):
                found.append(f"script {address}")
        for name in ("href", "src", "action", "xlink:href", "srcset", "poster"):
            address = (attributes.get(name) or "").strip()
            scheme = urlsplit(re.sub(r"[\s\x00-\x20]", "", address)).scheme.lower()
            if scheme not in ("", "http", "https") or (scheme and (tag, name) != ("a", "href")):
                found.append(f"{tag} {name}={address[:60]}")
    return found


# What every page holds -------------------------------------------------------------------------------


def test_every_page_is_there(site, archive):
    named = {
        "index",
        "statements",
        "sources",
        "datasets",
        "glossary",
        "method",
        "calibration",
        "changes",
        "reuse",
        "analysts",
        "search",
    }
    named |= {f"claims/{claim.id}" for claim in archive.claims if claim.is_checked}
    named |= {f"notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    named |= {f"notebooks/{path.stem}" for path in (ROOT / "notebooks" / "explore").glob("*.ipynb")}
    found = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert named <= found
    for name in ("changes.xml", "verdicts.json", "verdicts.schema.json", "averitec.json", "card.png"):
        assert (site / name).is_file(), name


def test_every_page_is_whole_and_has_one_heading_and_one_main(parsed):
    for name, page in parsed.items():
        assert page.unmatched == [], name
        assert len(page.all("h1")) == len(page.all("main")) == 1, name
        assert page.all("title") and page.all("html")[0]["lang"] == "en"
        assert [one for one in page.ids if page.ids.count(one) > 1] == [], name
        named = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.all("meta")}
        assert len(named["description"]) > 20 and named["og:title"]
        own = f"cards/{Path(name).stem}.png" if name.startswith("claims/") else "card.png"
        assert named["og:image"].endswith(own) and named["og:image:alt"]


def test_every_page_forbids_and_does_without_what_is_inline_or_elsewhere(parsed):
    for name, page in parsed.items():
        policies = [
            meta["content"]
            for meta in page.all("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY] and "unsafe" not in POLICY and "http" not in POLICY
        assert harmful(page) == [], name


def test_every_link_leads_somewhere(site, parsed):
    lost = []
    for name, page in parsed.items():
        for tag, attributes in page.elements:
            address = attributes.get("href") or attributes.get("src") or attributes.get("action")
            if not address or urlsplit(address).scheme:
                continue
            path, _, anchor = address.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            found = (site / target).is_file()
            if not found or (anchor and target in parsed and anchor not in parsed[target].ids):
                lost.append((name, tag, address))
    assert lost == []


def test_the_site_is_small(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 15_000_000
    names = ("index.html", "_static/report.js", *(f"_static/{style}" for style in STYLES))
    assert sum(sizes[site / name] for name in names) <= 400_000
    assert not [path for path in sizes if "jquery" in path.name or path.suffix == ".map"]


# What the pages say is what was computed --------------------------------------------------------------


def cells_of_board(page: Page) -> dict[str, dict[str, str]]:
    """The label in each slot of each row of the board."""
    found: dict[str, dict[str, str]] = {}
    row, slot = None, None
    for part in re.finditer(
        r'<tr [^>]*data-claim="(\w+)"|data-slot="(\w+)"|<span class="badge badge-[\w-]+">([^<]+)</span>',
        page.text,
    ):
        row, slot = part[1] or row, part[2] or slot
        if part[3]:
            found.setdefault(row, {})[slot] = part[3]
    return found


def test_the_board_shows_both_clocks(parsed, archive, results):
    board = cells_of_board(parsed["index.html"])
    told = answers.both(archive, results.both, results.leaning)
    assert board == {
        name: {"now": new.label_in_words}
        | (
            {"then": old.label_in_words}
            if (old.label_in_words, old.readings) != (new.label_in_words, new.readings)
            else {}
        )
        for name, (old, new) in told.items()
    }
    for name, (old, new) in results.both.items():
        fresh = verdicts.two_clocks(archive, archive.claim(name))
        assert [(one.label, one.probability) for one in fresh] == [
            (one.label, one.probability) for one in (old, new)
        ]


def test_the_replay_is_the_history(parsed, results):
    page = parsed["replay.html"]
    steps = {
        one["data-claim"]: json.loads(one["data-steps"]) for one in page.all("li") if "data-steps" in one
    }
    assert list(steps) == list(results.days)
    (slider,) = [one for one in page.all("input") if one.get("id") == "day"]
    for name, replay in steps.items():
        days = results.days[name]
        assert int(slider["max"]) == len(days) - 1
        shown = [[one for one in replay if one[0] <= place][-1][1] for place in range(len(days))]
        assert shown == [answers.told(one) for one in days]


@pytest.mark.campaign
def test_the_strips_cover_every_day_once(results):
    for days in results.days.values():
        found = pages.claim_page.runs([(one.as_of, one.label, one.probability) for one in days])
        assert found[0].first == days[0].as_of and found[-1].last == days[-1].as_of
        assert sum(run.width for run in found) == pytest.approx(100, abs=0.01)
        assert len(found) == len(history.changes(days)) + 1


def test_a_claims_page_says_its_verdict_and_so_does_its_claim_review(parsed, archive, results):
    told = answers.both(archive, results.both, results.leaning)
    for name, (then, now) in results.both.items():
        page = parsed[f"claims/{name}.html"]
        (block,) = [one for one in page.blocks if one.strip()]
        assert json.loads(block) == json.loads(
            json.dumps(
                exports.claim_review(archive, archive.claim(name), now, leaning=results.leaning[name][1])
            )
        )
        # A link may end between a word and its mark.
        words = " ".join("".join(page.words).split())
        badges = re.findall(r'class="badge badge-[\w-]+">([^<]+)<', page.text)
        assert badges == [one.label_in_words for one in reversed(told[name])]
        for finding in (*then.findings, *now.findings):
            assert " ".join(finding.sentence.split()) in words
        limits = archive.claim(name).does_not_show
        assert limits and " ".join(limits.split()) in words


def test_every_bound_number_leads_to_its_row_and_has_a_card(parsed):
    bound = [
        (page, attributes)
        for name, page in parsed.items()
        if name.startswith("notebooks/")
        for attributes in page.all("a")
        if attributes.get("class") == "bound"
    ]
    assert len(bound) > 20
    for page, attributes in bound:
        assert attributes["data-card"] in page.ids
        assert re.match(r"\.\./(statements|datasets|method)\.html", attributes["href"])


def test_every_figure_has_its_words_and_its_table(site, parsed):
    count, alts = 0, set()
    for name, page in parsed.items():
        pictures = page.all("figure")
        classes = [one.get("class") for one in page.all("a")]
        assert classes.count("figure-data") == classes.count("figure-enlarge") == len(pictures), name
        assert len(page.all("figcaption")) == len(pictures), name
        # Wide and narrow drawings of a figure say the same.
        drawn = [one for one in page.all("svg") if "drawing" in one.get("class", "").split()]
        words = {one["aria-label"] for one in drawn} | {one["alt"] for one in page.all("img")}
        assert len(words) == len(pictures), name
        if name.startswith("notebooks/"):
            alts |= words
            count += len(pictures)
    assert count > 5 and len(alts) == count and all(len(alt) >= 20 for alt in alts)
    for path in (site / "figures").glob("*.csv"):
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}, path


def test_the_feed_has_every_change_of_the_report_under_a_stable_name(site, archive):
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(site / "changes.xml").getroot()
    entries = feed.findall(f"{space}entry")
    assert len(entries) == len(archive.corrections) > 5
    names = [entry.findtext(f"{space}id") for entry in entries]
    assert len(set(names)) == len(names)
    # The name of one entry, kept by hand: a reader that has seen it must not see it as new.
    titles = {entry.findtext(f"{space}id"): entry.findtext(f"{space}title") for entry in entries}
    assert titles["urn:uuid:58ee517e-e709-5f90-92c1-070063a94653"] == "Correction: Rows with the wrong teller"
    days = [entry.findtext(f"{space}updated") for entry in entries]
    assert days == sorted(days, reverse=True) and feed.findtext(f"{space}updated") == days[0]
    told = {f"{one.day.isoformat()}T00:00:00Z" for one in archive.corrections}
    assert set(days) == told, "an entry has the day on which the report changed"


# Foreign text -----------------------------------------------------------------------------------------

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
    style = (Path(pages.__file__).parent / "static" / "report.css").read_text(encoding="utf-8")
    assert re.search(r"^body \{[^}]*overflow-wrap: anywhere", style, re.MULTILINE)


def test_a_heading_is_no_markdown():
    assert heading("*a* `b`\n# [c](d)") == r"\*a\* \`b\` \# \[c\]\(d\)"


def test_addresses_on_paper_have_one_number_each():
    body = '<a href="https://a.org/">a</a> <a class="x" href="https://b.org/?c=1&amp;d=2">b</a>'
    body += ' <a href="https://a.org/">again</a> <a href="here.html">c</a>'
    body += '<template><a href="https://c.org/">on a card</a></template>'
    shown, addresses = numbered(body)
    assert addresses == ["https://a.org/", "https://b.org/?c=1&d=2"]
    assert re.findall(r'data-note="(\d)"', shown) == ["1", "2", "1"]
    assert shown.count("<a ") == body.count("<a ")


# Figures ----------------------------------------------------------------------------------------------


def test_a_figure_tells_its_points_bars_bands_and_words():
    figure, (above, below) = figures.new(2)
    above.plot([date(2024, 11, 10), date(2024, 11, 12)], [1.0, 2.5], label="count")
    above.fill_between([date(2024, 11, 10), date(2024, 11, 12)], [0, 1], [2, 3])
    figures.mark_day(above, date(2024, 11, 12), "the article")
    below.barh(["one", "other"], [3.0, 4.0])
    below.set_title("Below")
    before = figures.fingerprint(figure)
    rows = list(csv.DictReader(as_csv(figure).splitlines()))
    assert figures.fingerprint(figure) == before
    told = [
        tuple(row[name] for name in ("panel", "kind", "name", "x", "y", "low", "high", "text"))
        for row in rows
    ]
    assert ("1", "point", "count", "2024-11-12", "2.5", "", "", "") in told
    assert ("1", "band", "", "2024-11-10", "", "0", "2", "") in told
    assert ("1", "mark", "", "2024-11-12", "", "", "", "") in told
    assert ("1", "words", "", "2024-11-12", "", "", "", "the article") in told
    assert ("Below", "bar", "", "", "other", "0", "4", "") in told


# The same bytes ---------------------------------------------------------------------------------------


def difference(one: Path, other: Path) -> str:
    """The first file and lines in which two sites differ; nothing when they are the same."""
    names = [
        sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file()) for site in (one, other)
    ]
    if names[0] != names[1]:
        return f"files: {sorted(set(names[0]) ^ set(names[1]))}"
    for name in names[0]:
        left, right = ((site / name).read_bytes() for site in (one, other))
        if left != right:
            texts = [content.decode("utf-8", "replace").splitlines() for content in (left, right)]
            lines = list(unified_diff(*texts, str(one / name), str(other / name), lineterm="", n=0))
            return "\n".join(line[:300] for line in lines[:8])
    return ""


def test_a_difference_names_file_and_line(tmp_path):
    for name, text in (("one", "a\nb\n"), ("other", "a\nc\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
    told = difference(tmp_path / "one", tmp_path / "other")
    assert "page.html" in told and "@@ -2 +2 @@" in told
    assert difference(tmp_path / "one", tmp_path / "one") == ""


def test_a_build_elsewhere_runs_the_notebooks_to_what_is_stored(site):
    place = Place.own(site.parents[1])
    runs, why = update.decide(Runs(place), update.notebooks(place))
    assert why == {} and len(runs) >= 10
    for path, made in runs.items():
        stored = [
            cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
        ]
        assert [[{**one, "execution_count": None} for one in cell] for cell in made] == [
            [{**one, "execution_count": None} for one in cell] for cell in stored
        ], path.name


def test_two_builds_are_the_same_bytes(site, tmp_path):
    folder = clone(tmp_path / "another folder")
    # What the notebooks give is held against what is stored of them, so it need not be run once more.
    shutil.copytree(site.parent / "runs", folder / "reports" / "runs")
    assert difference(site, built(folder)) == ""
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".css", ".csv", ".json", ".xml"):
            text = path.read_text(encoding="utf-8")
            assert str(site.parents[1]) not in text and str(folder) not in text, path
