"""What every printer says of each claim on both clocks and of each statement, as a reader sees it.

The words are read off what was printed: cells of the terminal, HTML of the pages, texts on a chart, exported
files. Nothing here asks `utils.words` how a value is written.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from pathlib import Path

from matplotlib.figure import Figure

from utils import exports, prose
from utils.__main__ import main
from utils.archive import Archive
from utils.charts import echo, north_koreans
from utils.charts import ledger as ledger_charts
from utils.report import downloads, pages
from utils.results import Results
from utils.robustness import Flip, Robustness
from utils.verdicts import Verdict
from utils.words import NOT_CHECKED

__all__ = ["Told", "leanings", "of_claims", "of_statements"]

CLOCKS = ("on the day", "today")
Both = Mapping[str, tuple[Verdict, Verdict]]
Leaning = Mapping[str, tuple[Robustness, Robustness]]
# Shares of other choices at their ends, near them and between.
KEPT = ((0, 7), (7, 7), (3, 7), (1, 200), (199, 200), (0, 0), (1234, 2000))


@dataclass(frozen=True)
class Told:
    """What one printer says: of what (a claim and a clock, or a row), which value of it, and the words."""

    printer: str
    of: tuple[str, ...]
    value: str
    words: str


def leanings(archive: Archive, both: Both) -> Leaning:
    """Made-up robustness for every checked claim, as the real one takes long and rarely reaches the ends."""
    checked = [claim for claim in archive.claims if claim.is_checked]
    made = {}
    for place, claim in enumerate(checked):
        kept, worlds = KEPT[place % len(KEPT)]
        flip = Flip(claim.id, claim.built[0].key, "some_choice", 0.25, 50_000.0, both[claim.id][1].label, 0.5)
        made[claim.id] = tuple(
            Robustness(claim.id, None, one.as_of, one.label, worlds, kept, (flip,)) for one in both[claim.id]
        )
    return made


def of_claims(
    folder: Path, archive: Archive, both: Both, leaning: Leaning, work: Path, printed: Sequence[str]
) -> Iterator[Told]:
    """What is said of every claim. printed: the terminal's output for each clock. work: an empty folder."""
    for clock, text in zip(CLOCKS, printed, strict=True):
        yield from _terminal(text, clock)
    yield from _prose(archive, both)
    yield from _pages(_results(archive, both, leaning), work)
    yield from _board(archive, both)
    yield from _firmness(leaning)
    yield from _exports(archive, both, leaning)


def terminal(folder: Path, *more: str) -> int:
    """The command that prints the verdicts of a folder."""
    return main(["verdicts", "--data", str(folder), *more])


def _terminal(printed: str, clock: str) -> Iterator[Told]:
    """The rows of the table; the window was so wide that no cell was broken."""
    day = re.search(r", as known on (.*)", printed)[1].strip()
    for line in printed.splitlines():
        cells = [cell.strip() for cell in line.strip("│┃ ").split("│")]
        if len(cells) != 6 or not re.match(r"\S+ ", cells[0]):
            continue
        of = (cells[0].split()[0], clock)
        yield Told("terminal", of, "told", cells[1].removesuffix(", not firm"))
        yield Told("terminal", of, "day", day)
        yield from _chance("terminal", of, cells[2])
        for value, words in (("tellers", cells[3]), ("confidence", cells[4]), ("reason", cells[5])):
            if cells[3]:
                yield Told("terminal", of, value, words)


def _chance(printer: str, of: tuple[str, ...], words: str) -> Iterator[Told]:
    """Likelihood and probability of words like "very likely to be true (82 %)"."""
    if words:
        likelihood, probability = re.fullmatch(r"(.*) (?:to be|of being) true \((.*)\)", words).groups()
        yield Told(printer, of, "likelihood", likelihood)
        yield Told(printer, of, "probability", probability)


def _prose(archive: Archive, both: Both) -> Iterator[Told]:
    prose.begin(archive, version="0", claims=[])
    names = {"share": "probability", "likelihood": "likelihood", "confidence": "confidence"}
    for claim, clock, verdict in _verdicts(both):
        of = (claim, clock)
        yield Told("prose", of, "label", prose.of(verdict, "label").text)
        yield Told("prose", of, "told", prose.of(verdict, "told").text)
        yield Told("prose", of, "day", prose.of(verdict, "day").text)
        if verdict.tellers is not None:
            many = prose.of(verdict, "tellers").text
            yield Told("prose", of, "tellers", many.partition(" teller")[0])
        for name, value in names.items() if verdict.probability is not None else ():
            yield Told("prose", of, value, prose.of(verdict, name).text)
        if verdict.interval is not None:
            yield Told("prose", of, "range", prose.of(verdict, "range").text)


def _verdicts(both: Both) -> Iterator[tuple[str, str, Verdict]]:
    for claim, pair in both.items():
        for clock, verdict in zip(CLOCKS, pair, strict=True):
            yield claim, clock, verdict


def _results(archive: Archive, both: Both, leaning: Leaning) -> Results:
    """Results whose histories say to the day of the article what is said on it, and at last today's.

    A day without a verdict between the two keeps their probabilities apart.
    """
    first, article = archive.article.history_from, archive.article.published
    past = [first + timedelta(days=place) for place in range((article - first).days)]
    days = {}
    for name, (then, now) in both.items():
        gap = replace(then, as_of=article + timedelta(days=1), label=NOT_CHECKED, probability=None)
        days[name] = (*(replace(then, as_of=day) for day in past), then, gap, now)
    return Results(archive, days, leaning)


def _pages(results: Results, work: Path) -> Iterator[Told]:
    pages.write_front(results, [], [], work)
    pages.write_others(results, [], work)
    yield from _front(_fragments(work, "index"), results.archive)
    yield from _replayed(_fragments(work, "replay"))
    for claim in results.archive.claims:
        if claim.is_checked:
            yield from _claim_page(_fragments(work, f"claims/{claim.id}"), claim.id)


def _fragments(work: Path, name: str) -> str:
    paths = sorted(work.glob(f"{name}.*.fragment.html"), key=lambda path: int(path.name.split(".")[-3]))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def _text(markup: str) -> str:
    """What a reader sees of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).replace("\u00a0", " ").split())


def _within(name: str, markup: str) -> str:
    """The text of the first element of a class; empty without one."""
    found = re.search(rf'<(\w+) class="{name}(?: [^"]*)?"[^>]*>(.*?)</\1>', markup, re.DOTALL)
    return _text(found[2]) if found else ""


def _replayed(markup: str) -> Iterator[Told]:
    for claim, row in re.findall(r'<li data-claim="([^"]*)"[^>]*>(.*?)</li>', markup, re.DOTALL):
        yield Told("day by day", (claim, "today"), "told", _within("badge", row))
        yield from _chance("day by day", (claim, "today"), _within("likelihood", row))


def _front(markup: str, archive: Archive) -> Iterator[Told]:
    for claim, row in re.findall(r'<tr id="[^"]*" data-claim="([^"]*)"[^>]*>(.*?)</tr>', markup, re.DOTALL):
        slots = dict(re.findall(r'<td data-slot="(\w+)"[^>]*>(.*?)</td>', row, re.DOTALL))
        for slot, clock in (("then", "on the day"), ("now", "today")):
            printer, of = f"front page, {slot}", (claim, clock)
            # On the day of the article the label stands only where it was another one.
            if words := _within("badge", slots[slot]):
                yield Told(printer, of, "told", words.removesuffix(", not firm"))
                yield from _chance(printer, of, _within("likelihood", slots[slot]))
        yield Told("front page", (claim, "today"), "answer", _text(slots["answer"]))
        if found := re.search(r"; ([\d,]+) tellers?", _text(row)):
            yield Told("front page", (claim, "today"), "tellers", found[1])


def _claim_page(markup: str, claim: str) -> Iterator[Told]:
    sections = re.findall(r'<section class="clock"[^>]*>(.*?)</section>', markup, re.DOTALL)
    yield Told("claim page", (claim, "today"), "answer", _within("answer", markup))
    for clock, section in zip(reversed(CLOCKS), sections, strict=True):
        printer, of = "claim page", (claim, clock)
        yield Told(printer, of, "told", _within("badge", section).removesuffix(", not firm"))
        yield from _chance(printer, of, _within("likelihood", section))
        yield Told(printer, of, "day", _within("clock-day", section).rpartition("n ")[2])
        if found := re.search(r"newest word on it was public on ([^<]*)\.", section):
            yield Told(printer, of, "last known", found[1])
        if found := re.search(r'<p>([^<]*?)(?: for [^<]*)? <span class="meta">\(90 % interval\)', section):
            yield Told(printer, of, "range", _text(found[1]))
    if found := re.search(r"Confidence in the evidence: (\w+)\.", markup):
        yield Told("claim page", (claim, "today"), "confidence", found[1])
    if found := re.search(r"Behind the verdict of today: ([\d,]+) tellers?", markup):
        yield Told("claim page", (claim, "today"), "tellers", found[1])
    for clock, words in zip(("then", "today"), re.findall(r"([^>]*) of [\d,]+ keep", markup), strict=True):
        if clock == "today":
            yield Told("claim page", (claim, clock), "robustness", _text(words))
    if found := re.search(r"(With [^<]*): <span", markup):
        yield Told("claim page", (claim, "today"), "flip", _text(found[1]))
    pattern = r'<li>[^<]*<span class="mark[^"]*">([^<]*)</span>(?: \(likelihood ([^<)]*)\))?</li>'
    told = re.findall(pattern, markup)
    # Readings have strips of their own after that of the claim.
    for clock, (label, words) in zip(CLOCKS, (told[0], told[2]), strict=True):
        yield Told("history", (claim, clock), "told", label)
        if words:
            yield Told("history", (claim, clock), "probability", _text(words))


def _board(archive: Archive, both: Both) -> Iterator[Told]:
    """The cells of the board, by where they stand; readings have their own."""
    axes = Figure().add_subplot()
    ledger_charts.board(axes, archive.claims, both)
    for text in axes.texts:
        (x, y), words = text.get_position(), text.get_text()
        column, place = round(x - 0.48), round(y)
        if abs(x - column - 0.48) > 1e-9 or y < -0.5 or y > place + 1e-9:
            continue
        of = (archive.claims[place].id, CLOCKS[column])
        first, _, last = words.partition("\nlast known ")
        label, _, probability = first.partition(", ")
        yield Told("board", of, "told", label)
        if probability:
            yield Told("board", of, "probability", probability)
        if last:
            yield Told("board", of, "last known", last)


def _firmness(leaning: Leaning) -> Iterator[Told]:
    axes = Figure().add_subplot()
    ledger_charts.firmness(axes, *({name: pair[clock] for name, pair in leaning.items()} for clock in (0, 1)))
    for claim, text in zip(leaning, axes.texts, strict=True):
        yield Told("firmness", (claim, "today"), "kept", text.get_text())


def _exports(archive: Archive, both: Both, leaning: Leaning) -> Iterator[Told]:
    files = {name: json.loads(one) for name, one in exports.files(archive, None, both, leaning).items()}
    for entry in files["verdicts.json"]["claims"]:
        for clock, field in zip(CLOCKS, ("on_the_day", "today"), strict=True):
            told, of = entry[field], (entry["id"], clock)
            yield Told("verdicts.json", of, "label", told["label"])
            yield Told("verdicts.json", of, "told", told["told"])
            if clock == "today":
                yield Told("verdicts.json", of, "answer", told["answer"])
            for value in ("likelihood", "confidence", "reason"):
                if told[value]:
                    yield Told("verdicts.json", of, value, told[value])
            if told["tellers"] is not None:
                yield Told("verdicts.json", of, "tellers", f"{told['tellers']:,}")
            if clock == "today" and told["robustness"]:
                kept, worlds = (f"{told['robustness'][name]:,}" for name in ("kept", "worlds"))
                yield Told("verdicts.json", of, "kept", f"{kept} of {worlds}")
                yield Told("verdicts.json", of, "flip", told["robustness"]["smallest"])
    checked = [claim.id for claim in archive.claims if claim.is_checked]
    for clock, name in zip(CLOCKS, ("averitec", "averitec_today"), strict=True):
        for claim, told in zip(checked, files[f"{name}.json"], strict=True):
            yield Told(name, (claim, clock), "label", _capitals(told["label"]))
            yield from _last_known(name, (claim, clock), told["justification"])
    for claim in checked:
        told, of = files[f"claimreview/{claim}.json"], (claim, "today")
        yield Told("claimreview", of, "label", told["reviewRating"]["alternateName"])
        yield Told("claimreview", of, "answer", told["reviewBody"])
        yield from _last_known("claimreview", of, told["reviewRating"]["ratingExplanation"])


def _capitals(label: str) -> str:
    """AVeriTeC's label as ours, which has small letters and no cherries."""
    return label.partition("/")[0].capitalize()


def _last_known(printer: str, of: tuple[str, ...], text: str) -> Iterator[Told]:
    if found := re.search(r"Last known on ([^;]*);", text):
        yield Told(printer, of, "last known", found[1])


def of_statements(archive: Archive, both: Both, work: Path) -> Iterator[Told]:
    """What is said of every statement: its figure with its bounds, its unit, its day, and on a download.

    work: the folder to which `of_claims` has written the pages.
    """
    yield from _statements_page(_fragments(work, "statements"))
    for claim in archive.claims:
        yield from _evidence(_fragments(work, f"claims/{claim.id}"), archive)
    yield from _answers(archive, both)
    axes = Figure().add_subplot()
    for row in archive.statements:
        words = echo.label(archive, row)
        yield Told(
            "echo", (row.id,), "figure", words.removeprefix(f"{archive.quantities[row.quantity].label}: ")
        )
        if row.stance is None:
            before = len(axes.texts)
            north_koreans.numbers(axes, archive, [row])
            (text,) = axes.texts[before:]
            yield Told("numbers", (row.id,), "figure", text.get_text())
    for row in csv.DictReader(io.StringIO(downloads._tables(archive)["statements"])):
        for field in ("value", "low", "high"):
            yield Told("statements.csv", (row["id"],), field, row[field])


def _statements_page(markup: str) -> Iterator[Told]:
    table = markup[: markup.index("</table>")]
    headings = [_text(words) for words in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)][1:]
    for name, row in re.findall(r'<tr id="([^"]*)"[^>]*>(.*?)</tr>', table, re.DOTALL):
        texts = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        cells = dict(zip(headings, texts, strict=True))
        unit = _within("meta", cells["Figure"])
        yield Told("statements", (name,), "figure", _text(cells["Figure"]).removesuffix(unit).rstrip())
        yield Told("statements", (name,), "day", _text(cells["Published"]).removeprefix("about "))
        if unit:
            yield Told("statements", (name,), "unit", unit)


def _evidence(markup: str, archive: Archive) -> Iterator[Told]:
    """The rows below "Evidence by origin": id, day, outlet, and the figure after the last colon."""
    pattern = r'">(\w+)</a>, (\d+ \w+ \d{4}), (.*?)(?: <span class="meta">|<br>|</p>|</li>)'
    for name, day, rest in re.findall(pattern, markup, re.DOTALL):
        row = archive.rows[name]
        yield Told("claim page", (name,), "day", day)
        words = _text(rest).removeprefix(row.outlet).lstrip(" :")
        label = archive.quantities[row.quantity].label
        yield Told("claim page", (name,), "figure", words.removeprefix(f"{label}: "))


def _answers(archive: Archive, both: Both) -> Iterator[Told]:
    """The testimony in AVeriTeC's answers; those of a finding stand in the order of its evidence."""
    seen = set()
    for claim in archive.claims:
        for verdict in both[claim.id] if claim.is_checked else ():
            entry = exports.averitec(archive, claim, verdict)
            for finding, asked in zip(verdict.findings, entry["questions"], strict=True):
                for name, answer in zip(finding.evidence, asked["answers"], strict=False):
                    if name not in seen:
                        seen.add(name)
                        yield from _answer(archive, name, answer.get("boolean_explanation", answer["answer"]))


def _answer(archive: Archive, name: str, words: str) -> Iterator[Told]:
    row = archive.rows[name]
    quantity = archive.quantities[row.quantity]
    before, _, said = words.removesuffix(".").partition(f": {quantity.label}: ")
    yield Told("averitec", (name,), "day", before.rpartition(", ")[2])
    if row.stance is None:
        figure, unit = said, ""
        if quantity.unit != "none":
            figure, _, unit = said.rpartition(" ")
            yield Told("averitec", (name,), "unit", unit)
        yield Told("averitec", (name,), "figure", figure)
