"""A verdict in the form of the AVeriTeC dataset.

Source: Schlichtkrull, Guo and Vlachos (2023), AVeriTeC, arXiv 2305.13117; the format as the repository
MichSchli/AVeriTeC describes and ships it. `taxonomy_label` comes from QuanTemp (Venktesh and others 2024,
arXiv 2403.17169, repository factiverse/QuanTemp) and stands only with claims of a number.

What differs from a fact-check by hand:

- No answer is *Extractive*: this project keeps no sentence of a source. A row that says yes or no to the
  question is *Boolean* with its explanation, every other row *Abstractive*.
- A check of a computed table is answered by its own finding, with the address of the dataset at its pinned
  revision and the medium *Other*.
- Addresses of the article and of archived copies are not known; they are null, never invented.
- AVeriTeC's annotators could mark a prediction as *Speculative Claim*; the published dataset leaves such
  claims out, this export does not.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from ..archive import Archive
from ..asking import question
from ..checks import METHODS, Finding
from ..checks.method import STRATEGIES
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck
from ..evidence.schema import Statement
from ..verdicts import Verdict
from ..words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED, bounded, in_unit, written_day
from .explanations import explanation

__all__ = ["averitec", "testimony"]

LABELS = {
    SUPPORTED: "Supported",
    REFUTED: "Refuted",
    NOT_ENOUGH: "Not Enough Evidence",
    CONFLICTING: "Conflicting Evidence/Cherrypicking",
}
# Attributions are no "Quote Verification": that type needs the quote itself in the claim.
CLAIM_TYPES = {
    "quantity": ["Numerical Claim"],
    "attribution": ["Event/Property Claim", "Position Statement"],
    "occurrence": ["Event/Property Claim"],
    "trend": ["Numerical Claim"],
    "independence": ["Event/Property Claim"],
    "causal": ["Causal Claim", "Event/Property Claim"],
    "forecast": ["Speculative Claim"],
}
SAID = {"affirms": "affirmed", "denies": "denied", "unconfirmed": "not confirmed"}
NO_ANSWER = {
    "answer": "No answer could be found.",
    "answer_type": "Unanswerable",
    "source_url": "",
    "source_medium": "",
}


def averitec(archive: Archive, claim: Claim, verdict: Verdict) -> dict[str, object]:
    """One entry of an AVeriTeC file; ValueError for a claim that is not checked yet.

    The evidence is that of the verdict, so that the verdict on the day of the article keeps AVeriTeC's rule:
    nothing published after the claim.
    """
    if verdict.label not in LABELS:
        raise ValueError(f"{claim.id} has no verdict yet")
    taxonomy = {"taxonomy_label": "statistical"} if claim.kind == "quantity" else {}
    return {
        "claim": claim.wording,
        "required_reannotation": False,
        "label": LABELS[verdict.label],
        "justification": explanation(verdict),
        "claim_date": f"{archive.article.published:%d-%m-%Y}",
        "speaker": claim.speaker,
        "original_claim_url": None,
        "cached_original_claim_url": None,
        "fact_checking_article": None,
        "reporting_source": archive.article.title,
        "location_ISO_code": None,
        "claim_types": CLAIM_TYPES[claim.kind],
        "fact_checking_strategies": _strategies(verdict),
        "questions": [_asked(archive, claim, finding) for finding in verdict.findings],
        **taxonomy,
    }


def _strategies(verdict: Verdict) -> list[str]:
    used = {name for finding in verdict.findings for name in METHODS[finding.method].strategies}
    return [name for name in STRATEGIES if name in used]


def _asked(archive: Archive, claim: Claim, finding: Finding) -> dict[str, object]:
    check = claim.parameters(finding.name)
    answers = [_of_row(archive, check, archive.statement(name)) for name in finding.evidence]
    if finding.probability is not None:
        answers += [_of_table(archive, name, finding) for name in check.tables_used()]
    # Yes and no answer the proposition itself, and not a question in other words.
    boolean = any(answer["answer_type"] == "Boolean" for answer in answers)
    asked = METHODS[check.method].question(check, archive) if boolean else question(check, archive)
    return {"question": asked, "answers": answers or [NO_ANSWER]}


def _of_row(archive: Archive, check: BuiltCheck, row: Statement) -> dict[str, object]:
    told = testimony(archive, row)
    says = METHODS[check.method].says_yes(check, row)
    return {
        **(
            {"answer": told, "answer_type": "Abstractive"}
            if says is None
            else {"answer": "Yes" if says else "No", "answer_type": "Boolean", "boolean_explanation": told}
        ),
        "source_url": row.url or "",
        "cached_source_url": None,
        "source_medium": "PDF" if urlsplit(row.url or "").path.lower().endswith(".pdf") else "Web text",
    }


def _of_table(archive: Archive, name: str, finding: Finding) -> dict[str, object]:
    maker = archive.tables.maker(name)
    return {
        "answer": finding.sentence,
        "answer_type": "Abstractive",
        "source_url": f"https://github.com/{maker.repository}/tree/{maker.revision}" if maker else "",
        "cached_source_url": None,
        "source_medium": "Other",
    }


def testimony(archive: Archive, row: Statement) -> str:
    """Who told what, where and when, in this project's words."""
    quantity = archive.quantities[row.quantity]
    said = in_unit(bounded(row.value, row.low, row.high), quantity.unit)
    if row.stance is not None:
        said = SAID[row.stance]
    return (
        f"{archive.sources[row.source].name}, in {row.outlet}, {written_day(row.published)}: "
        f"{quantity.label}: {said}."
    )
