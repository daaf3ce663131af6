"""A method is one record: whoever adds one, or takes one away, does it in one place."""

import ast
import importlib
import json
import pkgutil
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
from asked import SITE, everything
from ninth import CLAIM, NINTH

from utils import checks, exports, history, robustness, verdicts, words
from utils.archive import Archive
from utils.calibration.gate import band
from utils.checks import METHODS, quantity, registered, relaying
from utils.evidence import new, parameters
from utils.evidence.problems import DataError
from utils.report import claim_page, method_page, pages
from utils.results import Results
from utils.sentences import english
from utils.sentences.values import Reason

ROOT = Path(__file__).resolve().parent.parent
# What the modules of `utils.checks` that are no method are for.
SHARED = {
    "testimony",
    "witness_check",
    "shown_table",
    "stays",
    "icons",
    "weeks",
    "memory",
    "orthant",
    "sides",
    "finding",
    "method",
}
# Those of the learnt pool.
SHARED |= {"covariances", "grading", "learning", "pool", "posterior", "scales", "tellings", "track_record"}
# Who is heard, what it weighs together, and what a claim says of a number, a series or a balance.
SHARED |= {"account", "asked", "claimed", "course", "hearing", "pooled", "relaying", "weighing"}
LOOK_UP = (
    *("archive.py", "verdicts.py", "history.py", "evidence/claims.py"),
    *(
        path.relative_to(ROOT / "utils").as_posix()
        for room in ("robustness", "exports", "report")
        for path in (ROOT / "utils" / room).glob("*.py")
    ),
)


@pytest.fixture
def more(folder: Path) -> Path:
    """A data folder whose claims file names the ninth method."""
    with (folder / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write(CLAIM)
    return folder


@pytest.fixture
def ninth(more: Path):
    """The archive of that folder with the one claim, while the method is registered."""
    with registered(NINTH):
        archive = Archive.read(more)
        yield replace(archive, claims=(archive.claim("X09"),))


def modules() -> dict[str, object]:
    names = {one.name for one in pkgutil.iter_modules(checks.__path__)} - SHARED
    return {name: importlib.import_module(f"utils.checks.{name}") for name in sorted(names)}


def test_every_module_of_a_method_is_registered():
    assert {name: module.METHOD for name, module in modules().items()} == dict(METHODS)
    assert len(METHODS) >= 8


@pytest.mark.parametrize("name", modules())
def test_a_record_has_what_its_module_has(name):
    module, method = modules()[name], METHODS[name]
    assert (method.name, method.rule, method.check) == (name, module.__doc__, module.check)
    assert method.alternatives
    assert method.title.lower().startswith(f"{name}: ") and method.title.endswith("?")
    assert parameters.MODELS[name] is method.parameters
    # What a claim says of a number, a series or a balance is a matter of its own.
    homes = {"quantity": "claimed", "trend": "course", "balance": "account"}
    assert method.parameters.__module__ == f"utils.checks.{homes.get(name, name)}"
    for part in ("Rule", "Assumptions", "Literature"):
        assert f"\n{part}" in method.rule


def test_the_template_of_a_claims_file_explains_every_method():
    text = (new.TEMPLATE / "claims.yaml").read_text(encoding="utf-8")
    named = {line.split("method:")[1].split()[0] for line in text.splitlines() if "- method:" in line}
    assert named == set(METHODS)


def test_the_strategies_are_those_of_the_findings(archive):
    """Written evidence are rows, and a number is compared where the finding has an estimate."""
    seen = {name: set() for name in METHODS}
    for claim in (*archive.claims, *everything(archive).claims):
        for finding in verdicts.findings(archive, claim):
            seen[finding.method] |= {"Written Evidence"} if finding.evidence else set()
            seen[finding.method] |= {"Numerical Comparison"} if finding.estimate is not None else set()
    assert seen == {name: set(method.strategies) for name, method in METHODS.items()}


def test_the_exports_name_the_strategies_of_each_method_alone(archive):
    for claim in everything(archive).claims:
        for finding in verdicts.findings(archive, claim) if claim.is_checked else ():
            verdict = replace(verdicts.verdict(archive, claim), findings=(finding,))
            told = exports.averitec(archive, claim, verdict)["fact_checking_strategies"]
            both = ("Written Evidence", "Numerical Comparison")
            assert told == [one for one in both if one in METHODS[finding.method].strategies]


@pytest.mark.parametrize("file", LOOK_UP)
def test_who_treats_methods_knows_none_by_name(file):
    """No method's module and no method's parameters are imported where records are looked up."""
    tree = ast.parse((ROOT / "utils" / file).read_text(encoding="utf-8"))
    names = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        for part in name.split(".")
    }
    models = {method.parameters.__name__ for method in METHODS.values()}
    assert not names & {*METHODS, *models}


def test_statements_are_listed_as_the_checks_took_them(archive):
    def lines(claim):
        asked = archive.claim(claim)
        (listing,) = claim_page._listings(archive, asked, verdicts.verdict(archive, asked))
        return [line.row for line in listing.lines]

    asked = archive.claim("C01").parameters("quantity")
    assert lines("C01") == [one.row.id for one in quantity.witnesses(archive, asked)] != []
    origin = archive.claim("C02").parameters("attribution").origin
    assert lines("C02") == [row.id for row in relaying.first_rows(archive, origin)] != []


def test_a_name_that_is_taken_and_a_record_that_does_not_fit_are_refused():
    before = dict(METHODS)
    with pytest.raises(ValueError, match="there is a method quantity already"):
        checks.register(METHODS["quantity"])
    with pytest.raises(ValueError, match="takes 'other' alone"):
        checks.register(replace(NINTH, name="other"))
    with pytest.raises(ValueError, match="Guesswork: a strategy is one of Written Evidence"):
        checks.register(replace(NINTH, strategies=frozenset({"Guesswork"})))
    with pytest.raises(KeyError), registered(NINTH):
        assert "mentions" in METHODS
        raise KeyError
    assert dict(METHODS) == before and set(parameters.MODELS) == set(before)


def test_a_claims_file_names_a_method_for_as_long_as_there_is_one(more):
    for _ in range(2):
        with pytest.raises(DataError, match=r"claims.yaml:\d+ .*one of attribution, .*, trend$"):
            Archive.read(more)
        with registered(NINTH):
            archive = Archive.read(more)
            claim = archive.claim("X09")
            assert claim.is_checked and verdicts.verdict(archive, claim).label == verdicts.SUPPORTED


def test_a_ninth_method_in_ledger_and_robustness(ninth):
    (claim,) = ninth.claims
    then, now = verdicts.two_clocks(ninth, claim)
    assert (then.label, now.label) == (verdicts.NOT_ENOUGH, verdicts.SUPPORTED)
    found = robustness.robustness(ninth, claim)
    flip = next(one for one in found.flips if one.choice == "least")
    assert (flip.old, flip.label) == (3, verdicts.REFUTED)
    assert 3 < flip.new < 1003 and "least" in robustness.change(ninth, flip).lower()


def test_a_ninth_method_in_the_history(ninth):
    """Its own day comes round on a day without news, so that nothing else could have told."""
    (claim,) = ninth.claims
    day = claim.parameters("mentions").judged_on
    assert day not in {row.published for row in ninth.about("ru_troops_kursk")}
    days = history.history(ninth, claim, day + timedelta(days=1))
    assert [one.as_of for one in days if one.label == verdicts.SUPPORTED] == [day, day + timedelta(days=1)]
    for one in days[-5:]:
        assert one == verdicts.verdict(ninth.as_of(one.as_of), claim)


def test_a_ninth_method_in_the_exports(ninth):
    content = exports.files(ninth, SITE)
    schema, ledger = json.loads(content["verdicts.schema.json"]), json.loads(content["verdicts.json"])
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(ledger)
    (finding,) = ledger["claims"][0]["today"]["findings"]
    assert (finding["method"], finding["choices"]) == ("mentions", {"least": 3})
    assert finding["question"].startswith("Do 3 rows tell of ")
    (entry,) = json.loads(content["averitec_today.json"])
    assert entry["fact_checking_strategies"] == ["Written Evidence", "Numerical Comparison"]
    (asked,) = entry["questions"]
    assert asked["question"] == finding["question"]
    assert {one["answer"] for one in asked["answers"]} == {"Yes"}


@pytest.mark.long
def test_a_ninth_method_on_its_pages(ninth, tmp_path):
    until = date(2025, 1, 1)
    (claim,) = ninth.claims
    small = ninth.as_of(until)
    results = Results(
        small, history.histories(small, until=until), {"X09": robustness.two_clocks(small, claim)}
    )
    pages.write_others(results, [], tmp_path)
    method = (tmp_path / "method.md").read_text(encoding="utf-8")
    chapter = "(method-mentions)=\n## Mentions: was it told often?\n\nIs it told often?\n\n### Rule\n1. Rows"
    assert chapter in method
    order = [method.index(f"(method-{name})=") for name in ("findings", *METHODS, "history")]
    assert order == sorted(order)
    page = "".join(
        path.read_text(encoding="utf-8") for path in sorted((tmp_path / "claims").iterdir()) if path.is_file()
    )
    assert "## Which rows tell of it" in page and page.count("a &lt;mention&gt;") > 3
    assert "method.html#method-mentions" in page and "<caption>Mentions</caption>" in page
    assert page.count("<summary>Do 3 rows tell of ") == 1


@pytest.mark.parametrize("clock", ["then", "now"])
def test_a_row_is_used_or_has_its_reason(archive, clock):
    """Every row that a question touches is evidence or unused, and none is both."""
    shown = archive if clock == "now" else archive.as_of(archive.article.published)
    reasons = set()
    for claim in shown.claims:
        for check in claim.built:
            finding = METHODS[check.method].check(shown, claim, check)
            assert not set(finding.evidence) & set(finding.unused)
            touched = {row.id for row in shown.about(*check.quantities_used())}
            assert set(finding.considered) <= touched | {
                row.id for name in check.origins_used() for row in shown.origin(name)
            }
            for name, reason in finding.unused.items():
                assert english.REASONS[reason]
                # A row that is not sound is told to be so, and no sound one is.
                assert (shown.rows[name].status != "sound") == (reason.value == shown.rows[name].status)
            reasons |= set(finding.unused.values())
    assert len(reasons) > 5


def test_a_reason_says_what_is_wrong_with_the_row(archive):
    """The reasons of a check that leaves the warring parties out, row by row."""
    claim = archive.claim("C01")
    check = claim.built[0]
    finding = quantity.check(archive, claim, check.model_copy(update={"belligerents": False}))
    assert Reason.PARTIAL in finding.unused.values()
    for name, reason in finding.unused.items():
        row = archive.rows[name]
        if reason is Reason.PARTIAL:
            assert archive.is_belligerent(row) and row.has_number
        if reason is Reason.NO_NUMBER:
            assert not row.has_number
        if reason is Reason.OWN:
            assert row.origin == check.own_origin
        if reason is Reason.TELLER_HEARD:
            assert archive.ground(row.source) in finding.tellers


def test_a_page_lists_the_witnesses_of_the_finding(archive):
    """A listing takes what the finding has and looks for nothing again."""
    claim = archive.claim("C01")
    check = claim.built[0]
    whole = quantity.check(archive, claim, check)
    fewer = replace(whole, witnesses=whole.witnesses[:2])
    lines = METHODS["quantity"].listing(archive, check, fewer).lines
    assert [line.row for line in lines] == [witness.row.id for witness in whole.witnesses[:2]]


def test_the_chapter_on_findings_is_for_readers():
    """It is no docstring of a module: no code, no registry, none of the names of modules."""
    chapter = method_page.page().partition("(method-findings)=\n")[2].partition("\n(method-")[0]
    assert len(chapter.split()) > 100 and "`" not in chapter
    assert not re.search(r"\b(module|function|parameter|register|record|METHOD|utils)", chapter)
    for part in ("probability", "90 % interval", "tellers", "rows", "choices"):
        assert part in chapter


def test_the_method_page_says_how_often_rows_are_wrong(archive):
    def rows(review) -> str:
        chapter = method_page.page(review).partition("(method-rows)=\n")[2].partition("\n(method-")[0]
        return " ".join(chapter.split())

    told, review = rows(archive.review), archive.review
    low, high = band(review.wrong.rows, review.checked, 0.95)
    assert f"The pages of {review.checked} could be read again" in told
    assert f"between {words.share(low)} and {words.share(high)}" in told
    one = review.model_copy(update={"wrong": review.wrong.model_copy(update={"teller": 1, "day": 0})})
    assert one.wrong.rows == 1 and "of those 1 was wrong" in rows(one)
    assert "not known" in rows(None)
