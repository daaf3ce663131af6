"""The report of any folder speaks of its own article alone, and in its own words."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pydantic import ValidationError

from utils import answers, charts, figures, robustness, verdicts, words
from utils.archive import Archive
from utils.checks import METHODS
from utils.evidence.article import Article, Licence, Partial, Party
from utils.exports import claim_review
from utils.report import method_page, pages, trust_page
from utils.results import Results
from utils.robustness import choices

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "record_heat"
# Names that anybody's report may have: of months, things and offices.
ORDINARY = {
    *(
        "After",
        "Date",
        "Estimate",
        "Expert",
        "February",
        "Five",
        "Global",
        "Ground",
        "Intelligence",
        "January",
    ),
    *("Journal", "July", "Last", "March", "National", "October", "Open", "Places", "Radio", "Security"),
    *("About", "April", "August", "December", "Least", "November", "Organization"),
    "September",
    *("Several", "Share", "Special", "Transfer", "Unnamed", "World"),
}
# What our own report is about, whatever stands beside it.
OURS = (
    r"kursk|korea|russia|ukrain|zelensky|trump|troops|soldier|\bwar\b|warring|\bbelligerent\b|50,000"
    r"|fifty thousand"
)


def words_of(archive: Archive) -> str:
    """What a folder says of its article, its parties, tellers, quantities and events."""
    article = archive.article
    parts = [article.title, article.called, article.dating, article.description or "", article.made_by or ""]
    parts += [party.name for party in article.parties.values()] + [claim.wording for claim in archive.claims]
    parts += [claim.topic for claim in archive.claims] + [one.name for one in archive.sources.values()]
    parts += [one.label for one in archive.quantities.values()] + [event.title for event in archive.events]
    return " ".join(parts)


def names_of(archive: Archive) -> set[str]:
    """Names in it that open no sentence."""
    return set(re.findall(r"(?<![.!?:]\s)\b[A-Z][a-z]{3,}\b", words_of(archive)))


def written_in(folder: Path) -> set[str]:
    """Every word of the files of a folder: what its report may say."""
    files = [*folder.glob("*.csv"), *folder.glob("*.yaml")]
    return set(re.findall(r"\w+", " ".join(path.read_text(encoding="utf-8") for path in files)))


def found(names: set[str], told: str) -> list[str]:
    """Which of some names stand in a text."""
    return sorted(names & set(re.findall(r"\w+", told)))


def text_of(site: Path) -> str:
    """All that a site says, to people and to programs."""
    kinds = {".html", ".js", ".json", ".xml", ".csv", ".css", ".svg"}
    files = [
        path for path in sorted(site.rglob("*")) if path.suffix in kinds and path.name != "minisearch.js"
    ]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))) for path in files)


def rendered(render_site: Callable[..., str], archive: Archive, work: Path) -> str:
    """All that the site of an archive says, without notebooks."""
    assert render_site(Results.of(archive), {}, work / "source", work / "html") == ""
    return text_of(work / "html")


@pytest.fixture(scope="module")
def told(render_site, second, tmp_path_factory) -> str:
    """The whole text of the second article's site."""
    return rendered(render_site, second, tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="module")
def example() -> Archive:
    return Archive.read(EXAMPLE)


@pytest.fixture(scope="module")
def told_of_example(render_site, example, tmp_path_factory) -> str:
    """The whole text of the example's site, and all that its notebook shows."""
    page = (EXAMPLE / "notebooks" / "00_record_heat.ipynb").read_text(encoding="utf-8")
    return rendered(render_site, example, tmp_path_factory.mktemp("example")) + page


@pytest.fixture(scope="module")
def pages_of_ours(archive, tmp_path_factory) -> str:
    """The text of our own pages, without notebooks."""
    from utils.results import kept

    work = tmp_path_factory.mktemp("ours")
    pages.write_front(kept(archive), [], [], work)
    pages.write_others(kept(archive), [], work)
    return " ".join(path.read_text(encoding="utf-8") for path in sorted(work.rglob("*.html")))


def test_a_site_has_no_word_of_another_article(told, archive, second):
    known = set(re.findall(r"\w+", words_of(second)))
    foreign = names_of(archive) - known - ORDINARY
    assert len(foreign) > 200
    assert found(foreign, told) == []
    assert re.findall(OURS, told, re.IGNORECASE) == []


def test_the_site_of_the_example_has_no_word_of_ours(told_of_example, archive, example):
    foreign = names_of(archive) - written_in(EXAMPLE) - ORDINARY
    assert len(foreign) > 200
    assert found(foreign, told_of_example) == []
    assert re.findall(OURS, told_of_example, re.IGNORECASE) == []


@pytest.mark.long
def test_our_site_has_no_word_of_the_example(pages_of_ours, archive, example):
    foreign = names_of(example) - written_in(ROOT / "data") - ORDINARY
    assert {"Copernicus", "Berkeley", "Antarctica"} <= foreign
    assert found(foreign, pages_of_ours) == []
    assert re.findall(r"climate|warmest|°c\b|el niño", pages_of_ours, re.IGNORECASE) == []


@pytest.mark.long
def test_our_site_has_no_word_of_the_other(pages_of_ours, archive, second):
    foreign = names_of(second) - set(re.findall(r"\w+", words_of(archive)))
    assert "Veskia" in foreign
    assert found(foreign - {"Promise"}, pages_of_ours) == []


def test_a_site_says_what_a_party_is_called(told, second):
    partial = second.article.partial_words
    assert partial.many in told and partial.one in told
    assert f"outside the {partial.many}" in told
    assert "interested part" not in told.replace("An interested party's teller says", "")


def without_partial(archive: Archive) -> Archive:
    """The same, of an article in which no party's word is partial."""
    parties = {
        name: party.model_copy(update={"partial": False}) for name, party in archive.article.parties.items()
    }
    return replace(archive, article=archive.article.model_copy(update={"parties": parties}))


@pytest.mark.long
def test_a_folder_without_partial_parties_has_no_sentence_on_them(second):
    alone = without_partial(second)
    for claim in alone.claims:
        one = verdicts.verdict(alone, claim)
        said = " ".join([one.reason, one.basis or "", *(finding.sentence for finding in one.findings)])
        assert "interested part" not in said
        assert second.article.partial_party.one not in said and second.article.partial_party.many not in said
        for check in claim.built:
            asked = METHODS[check.method].question(check, alone)
            assert "outside the" not in asked
        changed = {name for world in choices.worlds(alone, claim) for _, name, _ in world.what}
        assert not changed & {"belligerents", "interested parties in all checks"}


@pytest.mark.parametrize("one", ["candidate", "old company", "government"])
def test_sentences_take_the_word_of_the_article(second, one):
    own_words = Partial(one=one, many=f"{one}s")
    own = replace(second, article=second.article.model_copy(update={"partial_party": own_words}))
    said = " ".join(verdicts.verdict(own, claim).reason for claim in own.claims)
    assert f"outside the {one}s" in said and "sides of the dispute" not in said
    assert f"witnesses outside the {one}s" in method_page.page(partial=own_words)
    assert own_words.a_party == ("an old company" if one == "old company" else f"a {one}")


def test_what_a_folder_does_not_say_of_itself_is_left_out(second):
    article = second.article
    assert (article.called, article.author, article.version, article.licence) == (article.title, *[None] * 3)
    claim = second.claim("P01")
    review = claim_review(second, claim, verdicts.verdict(second, claim))
    assert review["author"]["name"] == article.title and "license" not in review
    assert article.title in unescape(trust_page.feed(second))


def test_a_licence_of_its_own_is_told(second):
    licence = Licence(name="ODbL 1.0", address="https://example.org/odbl")
    own = replace(
        second, article=second.article.model_copy(update={"licence": licence, "author": "A. Reader"})
    )
    review = claim_review(own, own.claim("P01"), verdicts.verdict(own, own.claim("P01")))
    assert review["license"] == licence.address and review["author"]["name"] == "A. Reader"


def test_feeds_of_two_articles_have_two_names(archive, second):
    own, other = (re.search("<id>(.*?)</id>", trust_page.feed(one))[1] for one in (archive, second))
    assert own != other


def test_what_we_say_of_ourselves_is_what_our_citation_file_says(archive):
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    article = archive.article
    assert (article.name, article.version) == (told["title"], told["version"])
    assert article.author == told["authors"][0]["name"]


def test_every_party_has_a_colour_of_its_own(archive, second):
    for one in (archive, second):
        colours = figures.colours_of(one.article.parties)
        assert list(colours) == list(one.article.parties)
        assert len(set(colours.values())) == len(colours)
    assert figures.colours_of(archive.article.parties) == figures.PARTY_COLOURS
    many = {f"p{place}": Party(name=f"Party {place}") for place in range(20)}
    many["p3"] = Party(name="Party 3", colour="#0072B2")
    assert len(set(figures.colours_of(many).values())) == 20
    assert figures.colours_of(many)["p3"] == "#0072B2"


@pytest.mark.parametrize("colour", ["blue", "0072B2", "#0072B", None, 72])
def test_a_colour_that_is_none_is_refused(colour):
    with pytest.raises(ValidationError, match="quotation marks"):
        Party(name="A party", colour=colour)


def test_the_day_of_an_article_is_told_as_it_is_known(archive, second):
    of_ours, of_second = (pages.description(one) for one in (archive, second))
    assert of_ours.startswith("One news article of November 2024, 18 claims")
    assert of_second.startswith("One news article of 20 May 2031, 22 claims")
    speech = second.article.model_copy(update={"form": "speech"})
    assert pages.description(replace(second, article=speech)).startswith("One speech of")
    assert isinstance(speech, Article)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((34.2, 0.4, 900.0), ["30", "0.4", "900"]),
        ((9.6,), ["9.6"]),
        ((48_512.0, 0.03), ["49,000", "0.03"]),
        ((-0.02, 3.0, -40.0), ["-0.02", "3", "-40"]),
        ((0.0, 12.0), ["0", "12"]),
        ((0.00031, 0.0002), ["0.00031", "0.00020"]),
        ((4e9, 2.0), ["4,000,000,000", "2"]),
    ],
)
def test_no_number_becomes_nothing(numbers, shown):
    assert words.rounded(*numbers) == shown


@pytest.mark.parametrize(
    ("new", "old", "told"),
    [
        (0.2, 0.204, "With 0.2 instead of 0.204"),
        (0.2, 0.25, "With 0.2 instead of 0.25"),
        (1 / 3, 0.333334, "With 0.333333 instead of 0.333334"),
        (1e-7, 2e-7, "With 0.0000001 instead of 0.0000002"),
    ],
)
def test_two_choices_are_told_apart(second, new, old, told):
    flip = robustness.Flip("P01", "quantity", "tolerance", old, new, "Refuted", 1.0)
    assert robustness.in_words(second, flip).startswith(told)


def test_a_teller_has_the_figure_that_he_gave(second):
    """12,400 passengers are not 12,000, and no larger number beside it makes them that."""
    claim = second.claim("P18")
    texts = [answers.answer(second, claim, one).text for one in verdicts.two_clocks(second, claim)]
    assert all("Port authority of Aldermark (11,500)" in text for text in texts)


@pytest.mark.parametrize(
    ("top", "names"),
    [
        (45, {"0", "20", "40"}),
        (0.6, {"0", "0.2", "0.4"}),
        (52_000, {"0", "20", "40"}),
        (2600, {"0", "0.5", "2.5"}),
    ],
)
def test_ticks_are_told_apart_whatever_the_size(top, names):
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, top])
    charts.thousands(axes.yaxis)
    FigureCanvasAgg(figure).draw()
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert names <= set(shown) and len(set(shown)) == len(shown)


def test_the_middle_of_a_range_is_told_no_nearer_than_it_tells(archive):
    """57,548.9 lies between two bounds that were said, and nobody said it."""
    now = verdicts.verdict(archive, "C01")
    assert "Volodymyr Zelensky (58,000)" in answers.strongest(archive, now)[0][1]
