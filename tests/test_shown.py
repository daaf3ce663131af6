"""Objects show themselves: a line within others, fifteen lines of text, HTML of one screen."""

import contextlib
import io
import pickle
import re
import traceback
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import geopandas
import pandas
import pytest
from cost import is_within
from IPython.core.interactiveshell import InteractiveShell
from markup import Markup
from nbformat import v4

from utils import verdicts
from utils.analysis import compare, pool, why
from utils.archive import Archive
from utils.evidence import new
from utils.evidence.schema import Source, Statement
from utils.history import History, histories, history
from utils.mime import FIGURE_MIME
from utils.report.outputs import prepare
from utils.report.safe import fitted
from utils.robustness import robustness
from utils.shown import Listing, Shown, View
from utils.shown.frames import About, Frame
from utils.shown.markup import START, markup
from utils.shown.text import LINES, WIDTH, line, text
from utils.shown.view import one_line

# What is readable without a stylesheet.
PLAIN = {"div", "p", "strong", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"} | {
    "details",
    "summary",
}
HOSTILE = "<script>alert(1)</script>&\"'\x1b[31m\u202e\x00\n| **x** [a](javascript:1) " + "long " * 200


def things(archive: Archive) -> dict[str, object]:
    """One of everything that an analyst may look at."""
    claims = [claim for claim in archive.claims if claim.is_checked]
    claim, then = claims[0], archive.as_of(archive.article.published)
    judged = verdicts.ledger(archive)
    row = archive.statements[0]
    until = min(archive.clock, date.fromordinal(archive.article.history_from.toordinal() + 90))
    return {
        "archive": archive,
        "then": then,
        "tables": archive.tables,
        "article": archive.article,
        "claim": claim,
        "check": claim.built[0],
        "statement": row,
        "source": archive.sources[row.source],
        "quantity": archive.quantities[row.quantity],
        "ledger": judged,
        "pair": verdicts.two_clocks(archive, claim),
        "history": history(archive, claim, until),
        "robustness": robustness(archive, claim),
        "pooled": pool(archive, row.quantity, on=row.valid_to),
        "comparison": compare(then, archive, claims[:3]),
        "nothing moved": compare(archive, archive, claims[:2]),
        "use": why(archive, row.id, claim),
        **{f"verdict {one.claim}": one for one in judged},
        **{f"event {event.id}": event for event in archive.events[:1]},
        **{f"finding {one.claim} {of.name}": of for one in judged for of in one.findings},
        **{
            f"table {name}": table
            for name in archive.tables.declared
            if isinstance(table := archive.table(name), Shown)
        },
    }


def check_shown(name: str, thing: Shown) -> None:
    """What holds of everything that shows itself."""
    assert is_within(0.05, lambda: repr(thing)), name
    told = repr(thing)
    assert told.isprintable() and len(told) <= WIDTH + 2, name
    lines = str(thing).split("\n")
    assert len(lines) <= LINES and max(map(len, lines)) <= WIDTH, name
    assert all(one.isprintable() for one in lines), name
    shown = thing._repr_html_()
    read = Markup(shown)
    words = "".join(read.words)
    assert not read.unmatched and one_line(words) == " ".join(words.split()), name
    assert {tag for tag, _ in read.elements} <= PLAIN, name
    # One screen: what is longer is folded.
    unfolded = re.sub("<details>.*?</details>", "", shown)
    assert len(re.findall("<tr>|<dt>", unfolded)) <= 50, name
    assert thing._repr_mimebundle_() == {"text/plain": str(thing), "text/html": shown}, name


@pytest.mark.long
def test_everything_of_the_archive_shows_itself_shortly(archive: Archive):
    for name, thing in things(archive).items():
        check_shown(name, thing)


def test_everything_of_another_field_shows_itself_shortly(second: Archive):
    for name, thing in things(second).items():
        check_shown(name, thing)


def test_an_archive_says_as_of_when_how_much_who_and_what_is_new(archive: Archive):
    then = archive.as_of("2024-11-12")
    told = str(then)
    assert told.startswith("Archive as of 12 November 2024: 18 claims, ")
    newest, party = then.statements[-1], archive.article.parties["ua"].name
    assert newest.id in told and party in told and str(len(then.statements)) in told
    assert archive.statements[-1].id not in then._repr_html_()


@pytest.mark.long
def test_it_is_short_within_others_and_in_tracebacks(archive: Archive):
    @dataclass
    class Holder:
        archive: Archive
        days: object

    days = histories(archive, archive.claims[:2], archive.article.history_from)
    assert len(repr([archive] * 3)) < 330 and len(repr(Holder(archive, days))) < 500
    assert len(repr(verdicts.verdict(archive, "C01"))) < 110 and len(repr({"a": (archive,)})) < 130
    try:
        raise ValueError(archive)
    except ValueError as error:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert max(map(len, told.format())) < 4000 and len("".join(told.format())) < 8000


def test_a_notebook_gets_fifteen_lines_and_html_and_a_list_gets_a_line_each(archive: Archive):
    shell = InteractiveShell()
    data, _ = shell.display_formatter.format(archive)
    assert data == {"text/plain": str(archive), "text/html": archive._repr_html_()}
    data, _ = shell.display_formatter.format([archive, archive])
    assert data["text/plain"].count("\n") == 1 and "text/html" not in data


def test_a_finding_names_witnesses_on_both_sides_and_why_rows_are_not_used(archive: Archive):
    found = verdicts.verdict(archive, "C01").findings[0]
    shown = found._repr_html_()
    assert max(len(re.sub(r"\D", "", one).strip("0")) for one in re.findall(r">([\d,.]+)<", shown)) <= 4
    for side in ("for", "against"):
        assert f"Witnesses {side} (" in shown
    many = [int(number) for number in re.findall(r"Witnesses \w+ \((\d+)\)", shown)]
    assert sum(many) == len(found.witnesses) and f"Rows not used ({len(found.unused)})" in shown
    # Who tells twice what is claimed is against it, who tells the middle of it is for it.
    low, high = found.values.claimed_ends
    sides = dict(re.findall(r"<caption[^>]*>Witnesses (\w+) \(\d+\)</caption>(.*?)</table>", shown))
    for side, within in (("for", True), ("against", False)):
        rows = [one for one in found.witnesses if f"<td{START}>{one.row.id}</td>" in sides[side]]
        assert rows
        for one in rows:
            if one.telling.value is not None:
                assert (low <= one.telling.value <= high) is within


def test_witnesses_of_words_stand_on_the_side_that_they_take(archive: Archive):
    for verdict in verdicts.ledger(archive):
        for found in verdict.findings:
            witnesses = [one for one in found.witnesses if hasattr(one, "affirms")]
            told = {side: sum(one.affirms is agrees for one in witnesses) for side, agrees in SIDES}
            for side, many in told.items():
                assert (f"Witnesses {side} ({many})" in str(found)) == bool(many) or not witnesses


SIDES = (("for", True), ("against", False))


def test_a_pair_says_both_days_and_what_only_one_rests_on(archive: Archive):
    pair = verdicts.two_clocks(archive, "C04")
    assert pair == (pair.then, pair.today) and pair.then.as_of == archive.article.published
    assert str(pair).startswith(f"Verdicts on C04: {pair.then.label} on 12 November 2024")
    new = set(pair.today.evidence) - set(pair.then.evidence)
    assert new and all(name in str(pair) for name in new)


def test_a_history_is_a_tuple_of_days_and_its_part_a_history(archive: Archive):
    claim = archive.claim("C03")
    days = history(archive, claim, date(2024, 10, 30))
    assert isinstance(days[5:], History) and isinstance(days[5], verdicts.Verdict)
    assert days == tuple(days) and days[-1] == verdicts.verdict(archive.as_of("2024-10-30"), claim)
    assert "changes of the label" in str(days) and "28 Oct 2024" in str(days) and "S010" in str(days)
    assert repr(days[:0]) == "<History without a day>" and str(days[3:4]).count("0 changes") == 1


@pytest.mark.parametrize("many", [0, 1, 2, 30])
def test_none_one_two_and_many_are_said_as_such(many: int):
    rows = [(f"r{place}", place) for place in range(many)]
    view = View.of("T", [("fact", "f")] * many, [Listing.of("Rows", ("row", "n"), rows, numbers=["n"])])
    told, shown = text(view), markup(view)
    assert len(told.split("\n")) <= LINES and (f"Rows ({many})" in told) == bool(many)
    assert (
        ("r0" in told) == (many > 0) and ("more" in told) == (many > 20) and ("more" in shown) == (many > 20)
    )
    assert shown.count("<table") == (many > 0) and shown.count('class="number"') == min(many, 10) + (many > 0)


def test_an_archive_with_nothing_in_it_shows_itself(archive: Archive):
    empty = replace(archive, statements=(), events=(), claims=(), sources={}, quantities={})
    check_shown("empty", empty)
    assert "0 statements" in repr(empty) and "newest row" not in str(empty)
    check_shown("none", verdicts.Ledger())
    check_shown("day", verdicts.Ledger(verdicts.ledger(archive)[:1]))


def test_rows_of_unknown_sources_and_quantities_are_shown_all_the_same(archive: Archive):
    stray = replace(archive, sources={}, quantities={}, statements=archive.statements[-3:])
    check_shown("stray", stray)
    assert stray.statements[-1].id in str(stray) and "unknown" in str(stray)


def hostile_row(archive: Archive) -> Statement:
    return archive.statements[0].model_copy(
        update={"id": HOSTILE, "source": HOSTILE, "outlet": HOSTILE, "note": HOSTILE, "quantity": HOSTILE}
    )


def test_hostile_words_stay_words(archive: Archive):
    row = hostile_row(archive)
    claim = archive.claims[0].model_copy(update={"wording": HOSTILE, "id": HOSTILE, "speaker": HOSTILE})
    verdict = verdicts.verdict(archive, "C09")
    found = replace(
        verdict.findings[0], name=HOSTILE, sentence=HOSTILE, proposition=HOSTILE, evidence=(HOSTILE,)
    )
    about = About(HOSTILE, HOSTILE, date(2024, 1, 1), {HOSTILE: HOSTILE}, HOSTILE, HOSTILE, HOSTILE)
    told = replace(
        verdict, claim=HOSTILE, reason=HOSTILE, basis=HOSTILE, evidence=(HOSTILE,), findings=(found,)
    )
    for thing in (
        row,
        claim,
        archive.sources["isw"].model_copy(update={"name": HOSTILE, "id": HOSTILE}),
        replace(archive, statements=(row,), claims=(claim,)),
        told,
        found,
        verdicts.TwoClocks((verdict, told)),
        verdicts.Ledger([told]),
        History([verdict, told]),
        replace(robustness(archive, archive.claim("C15")), claim=HOSTILE, reading=HOSTILE),
        Frame.of(pandas.DataFrame({HOSTILE: [HOSTILE, None]}), about),
        compare(archive, replace(archive, statements=archive.statements[:400]), archive.claims[:2]),
    ):
        check_shown(type(thing).__name__, thing)
        assert "<script" not in thing._repr_html_() and "\x1b" not in str(thing)


def test_what_is_not_seen_has_a_sign():
    assert one_line("a\u202eb\x1bc\u200bd\x85e\u2028f\tg") == "a\ufffdb\ufffdc\ufffdd e f g"
    assert one_line(" São\u00a0Tomé – 你好 ") == "São Tomé – 你好"
    assert len(line(View.of("x" * 500))) == WIDTH


def test_a_table_has_units_source_and_licence_and_its_words_at_the_left(archive: Archive):
    table = archive.table("isw_area")
    maker = archive.tables.maker("isw_area")
    shown = table._repr_html_()
    words = "".join(Markup(shown).words)
    assert maker.maker in words and maker.licence in words
    assert f"<td{START}>" in shown and '<td class="number">' in shown
    assert "km" in shown and str(table.iloc[-1].area_km2)[:4] in shown
    then = archive.as_of("2024-11-12").table("isw_area")
    assert f"as of 12 November 2024: {len(then):,} rows" in repr(then)


def test_what_is_computed_from_a_table_is_an_ordinary_frame(archive: Archive):
    table = archive.table("isw_area")
    for made in (table.head(), table[table.area_km2 > 1], table.copy(), table.groupby("layer").sum(True)):
        assert type(made) is pandas.DataFrame
    pandas.testing.assert_frame_equal(table, pandas.DataFrame(table), check_frame_type=False)
    table["own"] = 1
    assert "own" not in archive.table("isw_area").columns


def test_a_table_with_boundaries_shows_itself_and_is_geopandas_own(archive: Archive):
    table = archive.table("oblasts")
    maker = archive.tables.maker("oblasts")
    shown = table._repr_html_()
    assert maker.maker in "".join(Markup(shown).words) and "Polygon" in shown
    assert not re.search(r"\d\.\d{5}", shown)
    for made in (table, table.head(), table[table.index > 1], table.copy(), table.to_crs(3857)):
        assert type(made) is geopandas.GeoDataFrame and made.crs
        assert made is table or "licence" not in made._repr_html_()
    pandas.testing.assert_frame_equal(pickle.loads(pickle.dumps(table)), table)
    assert "_repr_html_" not in table.columns


def test_units_that_a_name_does_not_say_stand_beside_it():
    about = About(
        "t", "A row.", date(2024, 1, 1), {"rate": "1/day", "size_km2": "km2"}, None, None, "Nothing."
    )
    frame = Frame.of(pandas.DataFrame({"rate": [-0.00025], "size_km2": [3.0], "on": [True]}), about)
    told = str(frame)
    assert (
        "rate (1/day)" in told
        and "km²" not in told
        and "-0.00025" in told
        and "size_km2 " in told
        and "yes" in told
    )
    assert "source" not in told


def test_dir_has_what_an_analyst_asks_and_no_more(archive: Archive):
    claim = archive.claim("C01")
    verdict = verdicts.verdict(archive, claim)
    for thing, names in (
        (archive, {"as_of", "claim", "statements", "with_rows", "table"}),
        (claim, {"id", "wording", "vary", "checks"}),
        (verdict, {"label", "findings", "finding"}),
        (verdict.findings[0], {"witnesses", "unused", "sentence", "evidence"}),
    ):
        assert names <= set(dir(thing)) and len(dir(thing)) <= 45
        assert all(hasattr(thing, name) and not name.startswith("_") for name in dir(thing))
    assert "area_km2" in dir(archive.table("isw_area"))
    assert dir(verdicts.two_clocks(archive, claim)) == ["then", "today"]


def test_the_report_shows_it_without_styles_that_its_policy_refuses(archive: Archive, tmp_path: Path):
    shown = verdicts.verdict(archive, "C01")
    cell = v4.new_code_cell(
        "verdict", outputs=[v4.new_output("execute_result", shown._repr_mimebundle_(), execution_count=1)]
    )
    figures, pictures = prepare(
        archive, {"n.ipynb": v4.new_notebook(cells=[cell])}, tmp_path / "notebooks", tmp_path / "extra"
    )
    written = (tmp_path / "notebooks" / "n.ipynb").read_text(encoding="utf-8")
    assert "Verdict on C01" in written and "style=" not in written and FIGURE_MIME not in written
    assert (figures, pictures) == ([], [])
    assert fitted(shown._repr_html_()).count("<td") == shown._repr_html_().count("<td")


def test_a_class_that_says_nothing_of_itself_is_a_fault():
    class Silent(Shown):
        pass

    with pytest.raises(NotImplementedError, match="Silent says nothing"):
        repr(Silent())


def test_print_is_what_the_text_is(second: Archive):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print(second)
    assert out.getvalue() == f"{second}\n" and len(out.getvalue()) < 1600


def test_a_source_of_its_own_shows_its_name(second: Archive):
    source = next(iter(second.sources.values()))
    assert isinstance(source, Source) and source.name in str(source) and source.id in repr(source)


def test_a_folder_without_sides_and_with_small_negative_sums_shows_itself(tmp_path: Path):
    folder = tmp_path / "purse"
    new.write(folder)
    for file, changes in {
        "article.yaml": [
            ("  one: {name: One side, partial: true}\n", ""),
            ("  other: {name: The other side, partial: true}\n", ""),
        ],
        "quantities.csv": [(",persons,", ",EUR,")],
        "statements.csv": [(",100,90,110,", ",-0.00025,-0.0003,-0.0002,")],
    }.items():
        content = (folder / file).read_text(encoding="utf-8")
        for old, other in changes:
            assert old in content
            content = content.replace(old, other)
        (folder / file).write_text(content, encoding="utf-8")
    archive = Archive.read(folder)
    for name, thing in things(archive).items():
        check_shown(name, thing)
    assert "-0.00025 (-0.00030 to -0.00020) EUR" in archive._repr_html_()
    told = pool(archive, "example_persons", on="2030-01-09")
    assert "EUR" in str(told) and "-0.00025" in str(told).replace("−", "-")


@pytest.mark.parametrize("claim", ["C01", "C02", "C03", "C11", "C12", "C17"])
def test_a_method_of_ones_own_may_keep_witnesses_of_any_kind(archive: Archive, claim: str):
    @dataclass
    class Own:
        row: object
        telling: None = None

    odd = ("a word", None, 5, ("a", 1), ("a", "b", "c"), {"a": 1}, Own("S001"), Own(None), Own(3), object())
    for found in verdicts.verdict(archive, claim).findings:
        for values in (found.values, "values of its own"):
            check_shown(claim, replace(found, values=values, witnesses=odd))
            assert "a word" in replace(found, values=values, witnesses=odd)._repr_html_()
