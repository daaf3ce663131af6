"""A verdict as ClaimReview, in JSON-LD.

Sources: schema.org/ClaimReview, schema.org/Claim, schema.org/Rating, and Google's guide at
developers.google.com/search/docs/appearance/structured-data/factcheck. Google has begun to phase the display
out of its search; its Fact Check Explorer and others still read the markup.

- ``claimReviewed`` is the claim's whole wording. Google advises fewer than 75 characters, so that phones
  need not wrap the line. A shortened claim would be another claim, so it is not cut.
- ``reviewRating`` has the label as ``alternateName``, which is what Google requires and shows. The numbers
  are ordinal: 1 refuted, 3 conflicting, 5 supported. 3 is "half true" in Google's example, and that is what
  *Conflicting evidence* says: true by some witnesses, readings or conditions and false by others. *Not
  enough evidence* is no place on the way from false to true, so it has no number at all; Google recommends
  the three numbers and requires none.
- ``datePublished`` of the review is the day as of which the verdict speaks: for the verdict of today the
  vintage of the data. It is never the day of a build.
- ``url`` is required by Google and must be a whole address. It is there when the address of the site is
  given, by the caller or in ``article.yaml``, and left out otherwise.
- ``reviewBody`` is the answer in plain English. ``ratingExplanation`` says from what the label follows, which
  kind of conflict *Conflicting evidence* is, and where a label is not firm.
- The claim ``appears`` in the article, of which only this project's name for it and the language are known,
  and the day where it is stated; a guess is told in words, as a description, and is no date. Home pages of
  speakers are those of ``article.yaml``, and none is invented.
- A speaker is a person when the sources know an expert of that name, else an organization: the article
  speaks for most claims.
"""

from __future__ import annotations

from .. import answers
from ..answers import Answered
from ..archive import Archive
from ..evidence.claims import Claim
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import CONFLICTING, NOT_CHECKED, REFUTED, SUPPORTED, teller
from .explanations import summary

__all__ = ["RATINGS", "claim_review"]

RATINGS = {REFUTED: 1, CONFLICTING: 3, SUPPORTED: 5}
WORST, BEST = 1, 5


def claim_review(
    archive: Archive,
    claim: Claim,
    verdict: Verdict,
    site: str | None = None,
    leaning: Robustness | None = None,
) -> dict[str, object]:
    """The ClaimReview of one verdict; ValueError for a claim that is not checked yet.

    site: the whole address under which the report is published; the claim's page lies below it. By default
        that of the article's folder.
    leaning: the robustness of the verdict; without it, no firmness is told.
    """
    if verdict.label == NOT_CHECKED:
        raise ValueError(f"{claim.id} has no verdict yet")
    answered = answers.answer(archive, claim, verdict, leaning)
    article = archive.article
    site = site or article.address
    licence = article.licence
    home = f"{site.rstrip('/')}/" if site else None
    maker = {
        "@type": "Organization",
        "name": article.author or article.called,
        **({"url": home} if home else {}),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        **({"url": f"{home}claims/{claim.id}.html"} if home else {}),
        "claimReviewed": claim.wording,
        "itemReviewed": _claim(archive, claim),
        "reviewRating": _rating(verdict, answered),
        "reviewBody": answered.text,
        "author": maker,
        "publisher": maker,
        "datePublished": verdict.as_of.isoformat(),
        "inLanguage": "en",
        **({"license": licence.address or licence.name} if licence else {}),
    }


def _claim(archive: Archive, claim: Claim) -> dict[str, object]:
    article = archive.article
    stated = article.day_known == "stated"
    day = {"datePublished": article.published.isoformat()} if stated else {}
    page = article.speakers.get(claim.speaker)
    return {
        "@type": "Claim",
        "author": {
            "@type": _kind_of_speaker(archive, claim),
            "name": claim.speaker,
            **({"sameAs": page} if page else {}),
        },
        **day,
        "appearance": {
            "@type": "CreativeWork",
            "name": article.title,
            **day,
            **({} if stated else {"description": article.dating}),
            "inLanguage": article.language,
        },
    }


def _kind_of_speaker(archive: Archive, claim: Claim) -> str:
    experts = {teller(source.name) for source in archive.sources.values() if source.kind == "expert"}
    return "Person" if teller(claim.speaker) in experts else "Organization"


def _rating(verdict: Verdict, answered: Answered) -> dict[str, object]:
    value = RATINGS.get(verdict.label)
    scale = {} if value is None else {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    return {
        "@type": "Rating",
        "alternateName": verdict.label,
        "ratingExplanation": f"{answered.label_in_words}. {answers.follows(verdict)} {summary(verdict)}",
        **scale,
    }
