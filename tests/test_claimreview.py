"""ClaimReview against what schema.org and Google ask for, and against the verdicts."""

from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest
from asked import ASKED, SITE, made, on_the_day
from claimreview import problems

from utils import answers, exports, verdicts
from utils.exports.claimreview import RATINGS
from utils.robustness import Robustness


def reviews(archive, site=SITE):
    for claim in archive.claims:
        if claim.is_checked:
            for verdict in verdicts.two_clocks(archive, claim):
                yield claim, verdict, exports.claim_review(archive, claim, verdict, site)


def stated(archive):
    """The same archive of an article whose day is stated."""
    return replace(archive, article=archive.article.model_copy(update={"day_known": "stated"}))


def relabelled(archive, label):
    claim = archive.claim("C01")
    verdict = replace(verdicts.verdict(archive, claim), label=label)
    return exports.claim_review(stated(archive), claim, verdict, SITE)


def test_claim_reviews_have_what_schema_org_and_google_ask_for(every):
    told = list(reviews(stated(every)))
    assert len(told) == 6
    for _, _, review in told:
        # Home pages of speakers are not known and not invented.
        assert problems(review) == ["ClaimReview.itemReviewed.author.sameAs: recommended"]


def test_a_day_that_is_a_guess_is_no_date_and_told_as_a_guess(archive):
    claim = archive.claim("C01")
    assert archive.article.day_known == "guess"
    review = exports.claim_review(archive, claim, on_the_day(archive, claim), SITE)
    assert problems(review) == [
        "ClaimReview.itemReviewed.appearance.datePublished: recommended",
        "ClaimReview.itemReviewed.author.sameAs: recommended",
        "ClaimReview.itemReviewed.datePublished: recommended",
    ]
    assert review["itemReviewed"]["appearance"]["description"] == archive.article.dating


def test_without_a_site_the_addresses_alone_are_missing(archive):
    claim = archive.claim("C01")
    review = exports.claim_review(stated(archive), claim, on_the_day(archive, claim))
    assert problems(review) == [
        "ClaimReview.author.url: recommended",
        "ClaimReview.itemReviewed.author.sameAs: recommended",
        "ClaimReview.publisher.url: recommended",
        "ClaimReview.url: required",
    ]


def with_article(archive, **changes):
    return replace(archive, article=archive.article.model_copy(update=changes))


def test_with_an_address_and_a_known_speaker_nothing_is_missing(archive):
    claim, site = archive.claim("C01"), "https://example.org/fifty"
    known = with_article(stated(archive), address=site, speakers={claim.speaker: "https://example.org/paper"})
    review = exports.claim_review(known, claim, on_the_day(known, claim))
    assert problems(review) == []
    assert review["url"] == f"{site}/claims/C01.html"
    assert review["author"]["url"] == review["publisher"]["url"] == f"{site}/"


def test_a_given_site_comes_before_the_folders_own(archive):
    known = with_article(archive, address="https://example.org/old")
    review = exports.claim_review(known, known.claim("C01"), on_the_day(known, known.claim("C01")), SITE)
    assert review["url"] == f"{SITE}/claims/C01.html"


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("url",), "claims/C01.html"),
        (("claimReviewed",), 5),
        (("datePublished",), "12 November 2024"),
        (("author",), "The authors"),
        (("author", "name"), ""),
        (("publisher",), "The authors"),
        (("license",), "CC BY"),
        (("inLanguage",), "English"),
        (("itemReviewed", "@type"), "CreativeWork"),
        (("itemReviewed", "author", "@type"), "Newspaper"),
        (("itemReviewed", "appearance"), "the article"),
        (("itemReviewed", "datePublished"), 2024),
        (("itemReviewed", "datePublished"), "2024-13"),
        (("reviewRating", "ratingValue"), "five"),
        (("reviewRating", "ratingValue"), 6),
        (("reviewRating", "worstRating"), 5),
        (("reviewRating", "worstRating"), 0),
        (("reviewRating", "alternateName"), None),
    ],
)
def test_the_validator_sees_what_is_wrong_or_missing(archive, place, wrong):
    good = relabelled(archive, verdicts.SUPPORTED)
    *outer, last = place
    spoiled, robbed = deepcopy(good), deepcopy(good)
    for review in (spoiled, robbed):
        node = review
        for name in outer:
            node = node[name]
        if review is spoiled:
            node[last] = wrong
        else:
            del node[last]
    assert set(problems(spoiled)) - set(problems(good))
    assert set(problems(robbed)) - set(problems(good))


def test_the_rating_scale():
    assert RATINGS == {verdicts.REFUTED: 1, verdicts.CONFLICTING: 3, verdicts.SUPPORTED: 5}


@pytest.mark.parametrize(
    "label", [verdicts.SUPPORTED, verdicts.REFUTED, verdicts.CONFLICTING, verdicts.NOT_ENOUGH]
)
def test_a_rating_has_our_label_and_a_number_only_where_it_is_one(archive, label):
    rating = relabelled(archive, label)["reviewRating"]
    assert rating["alternateName"] == label
    numbers = {"ratingValue", "bestRating", "worstRating"} & set(rating)
    assert numbers == (
        set() if label == verdicts.NOT_ENOUGH else {"ratingValue", "bestRating", "worstRating"}
    )


def test_a_review_says_what_the_verdict_says(every):
    for claim, verdict, review in reviews(every):
        assert review["claimReviewed"] == claim.wording
        assert review["url"] == f"{SITE}/claims/{claim.id}.html"
        assert review["datePublished"] == verdict.as_of.isoformat()
        answered = answers.answer(every, claim, verdict)
        assert review["reviewBody"] == answered.text
        short = review["reviewRating"]["ratingExplanation"]
        assert short.startswith(f"{answered.label}. The label follows from ")
        if len(verdict.readings) == 1:
            assert all(finding.sentence in short for finding in verdict.findings)
        else:
            assert all(f"Read as “{one.reading}”: {one.label}." in short for one in verdict.readings)


def test_conditions_of_one_reading_are_told_apart(archive):
    checks = [{"name": name, "condition": f"{name} holds", **ASKED[name][0]} for name in ("call", "no_call")]
    claim = made(archive, checks=checks)
    verdict = on_the_day(archive, claim)
    (first, second) = verdict.readings[0].conditions
    short = exports.claim_review(archive, claim, verdict)["reviewRating"]["ratingExplanation"]
    assert short.endswith(
        f"Condition “call holds”: {first.label}. Condition “no_call holds”: {second.label}."
    )


def test_what_is_only_last_known_says_so(archive):
    claim = archive.claim("C01")
    verdict = verdicts.verdict(archive, claim)
    old = replace(verdict, last_known=date(2025, 6, 22))
    assert (
        "Last known on 22 June 2025"
        in exports.claim_review(archive, claim, old)["reviewRating"]["ratingExplanation"]
    )
    assert "Last known on 22 June 2025" in exports.averitec(archive, claim, old)["justification"]
    assert "Last known" not in exports.averitec(archive, claim, on_the_day(archive, claim))["justification"]


def test_a_speaker_whom_the_sources_know_as_an_expert_is_a_person(archive):
    for name, kind in (("C18", "Person"), ("C01", "Organization")):
        claim = made(archive, "call", speaker=archive.claim(name).speaker)
        review = exports.claim_review(archive, claim, on_the_day(archive, claim))
        assert review["itemReviewed"]["author"] == {"@type": kind, "name": claim.speaker}


def test_a_label_that_is_not_firm_says_so(archive):
    claim = archive.claim("C02")
    verdict = verdicts.verdict(archive, claim)
    for kept, said in ((66, True), (67, False)):
        leaning = Robustness("C02", None, verdict.as_of, verdict.label, 100, kept, ())
        short = exports.claim_review(archive, claim, verdict, SITE, leaning)["reviewRating"][
            "ratingExplanation"
        ]
        assert short.startswith(f"{verdict.label}, not firm. ") is said
