"""The export in AVeriTeC's form: fields, types and words of MichSchli/AVeriTeC, README and data/dev.json."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from asked import ASKED, made, on_the_day
from pydantic import BaseModel, ConfigDict, TypeAdapter

from utils import exports, verdicts

# Exports hold the robustness of all claims on both clocks.
pytestmark = pytest.mark.campaign


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(Form):
    answer: str
    answer_type: Literal["Extractive", "Abstractive", "Boolean", "Unanswerable"]
    source_url: str
    source_medium: Literal["Web text", "PDF", "Other", ""]
    cached_source_url: str | None = None
    boolean_explanation: str | None = None


class Question(Form):
    question: str
    answers: list[Answer]


class Averitec(Form):
    claim: str
    required_reannotation: bool
    label: Literal["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"]
    justification: str
    claim_date: str
    speaker: str | None
    original_claim_url: str | None
    cached_original_claim_url: str | None
    fact_checking_article: str | None
    reporting_source: str | None
    location_ISO_code: str | None
    claim_types: list[
        Literal[
            "Numerical Claim",
            "Event/Property Claim",
            "Position Statement",
            "Causal Claim",
            "Speculative Claim",
        ]
    ]
    fact_checking_strategies: list[Literal["Written Evidence", "Numerical Comparison"]]
    questions: list[Question]
    taxonomy_label: Literal["statistical", "temporal", "comparison", "interval"] | None = None


@pytest.mark.parametrize("name", ["averitec.json", "averitec_today.json"])
def test_the_form_of_averitec(content, name):
    entries = TypeAdapter(list[Averitec]).validate_json(content[name], strict=True)
    assert [entry.taxonomy_label for entry in entries] == ["statistical", None, None]
    for entry in entries:
        assert entry.claim_date == "12-11-2024" and entry.justification
        assert entry.claim_types and entry.fact_checking_strategies
        for answer in (answer for asked in entry.questions for answer in asked.answers):
            boolean = answer.answer_type == "Boolean"
            assert boolean == (answer.boolean_explanation is not None) == (answer.answer in ("Yes", "No"))
            if answer.answer_type == "Unanswerable":
                nothing = (answer.answer, answer.source_url, answer.source_medium)
                assert nothing == ("No answer could be found.", "", "")
    assert [len(entry.questions) for entry in entries] == [1, 1, len(ASKED)]


def test_no_answer_of_the_day_is_newer_than_the_claim(every, content):
    day = every.article.published
    public = {row.url for row in every.statements if row.published <= day}
    entries = json.loads(content["averitec.json"])
    urls = {
        answer["source_url"]
        for entry in entries
        for one in entry["questions"]
        for answer in one["answers"]
        if answer["source_medium"] != "Other"
    }
    assert len(urls) > 20 and urls - {""} <= public
    assert json.loads(content["averitec_today.json"]) != entries


def rests_on(archive, row):
    """All sources that rest on the same one as the teller of a row."""
    return [name for name in archive.sources if archive.ground(name) == archive.ground(row.source)]


def test_a_row_published_after_the_claim_changes_nothing_of_the_day(archive):
    claim, day = archive.claim("C01"), archive.article.published
    told = archive.about("ru_troops_kursk")
    row = next(one for one in told if one.published > day)
    # A teller who has said nothing of it: a later word of one who has would take the place of this one.
    silent = sorted(archive.sources.keys() - {source for one in told for source in rests_on(archive, one)})[0]
    cells = {"id": "Z1", "origin": "new", "value": 90000.0, "low": None, "high": None, "source": silent}
    late = row.model_copy(update={**cells, "published": day + timedelta(days=1), "status": "sound"})
    rows = tuple(sorted((*archive.statements, late), key=lambda one: (one.published, one.id)))
    more = replace(archive, statements=rows)
    before = exports.averitec(archive, claim, on_the_day(archive, claim))
    assert exports.averitec(more, claim, on_the_day(more, claim)) == before
    today = exports.averitec(more, claim, verdicts.verdict(more, claim))
    assert any("90,000" in answer["answer"] for answer in today["questions"][0]["answers"])


def test_a_witness_says_yes_or_no_to_the_question(archive):
    for name, word in (("call", "Yes"), ("no_call", "No")):
        claim = made(archive, name)
        (only,) = exports.averitec(archive, claim, on_the_day(archive, claim))["questions"]
        assert {answer["answer"] for answer in only["answers"]} == {word}
        assert "affirmed." in only["answers"][0]["boolean_explanation"]


def test_an_outlet_says_yes_or_no_to_what_the_speaker_is_said_to_have_said(archive):
    for stance, word in (("affirms", "Yes"), ("denies", "No")):
        claim = made(archive, "promise").vary("promise", stance=stance)
        (only,) = exports.averitec(archive, claim, on_the_day(archive, claim))["questions"]
        assert {answer["answer"] for answer in only["answers"]} == {word}


def test_an_earlier_forecast_says_neither_yes_nor_no(archive):
    def row(name, quantity, day, **cells):
        plain = {"id": name, "origin": name, "value": None, "low": None, "high": None, "status": "sound"}
        plain |= {"quantity": quantity, "valid_from": day, "valid_to": day, "published": day}
        return archive.rows["S199"].model_copy(update={**plain, "stance": "affirms", **cells})

    first = date(2024, 9, 2)
    rows = [row("F", "nk_combat_forecast", first), row("W1", "nk_combat_confirmed", first, source="us_dod")]
    rows += [row("W2", "nk_combat_confirmed", first, source="nis")]
    second = first + timedelta(days=5)
    rows += [
        row("G", "nk_combat_forecast", second),
        row("W3", "nk_combat_confirmed", second, source="us_dod"),
    ]
    rows += [row("W4", "nk_combat_confirmed", second, source="nis")]
    small, claim = replace(archive, statements=tuple(rows)), made(archive, "foreseen")
    (only,) = exports.averitec(small, claim, on_the_day(small, claim))["questions"]
    assert [answer["answer_type"] for answer in only["answers"]] == ["Abstractive"] * 6
    of_window = row("W5", "nk_combat_confirmed", date(2024, 11, 14), source="nis", stance="denies")
    later = replace(small, statements=(*rows, of_window), clock=date(2025, 1, 1))
    (only,) = exports.averitec(later, claim, verdicts.verdict(later, claim))["questions"]
    assert [answer["answer"] for answer in only["answers"]] == ["No"]


def test_a_table_answers_with_the_pinned_revision_of_its_dataset(archive):
    claim = made(archive, "moved")
    (only,) = exports.averitec(archive, claim, on_the_day(archive, claim))["questions"]
    (answer,) = only["answers"]
    maker = archive.tables.maker("unit_postings")
    assert answer["source_url"] == f"https://github.com/{maker.repository}/tree/{maker.revision}"
    assert answer["source_medium"] == "Other" and answer["answer"].startswith("Of ")


def test_where_nothing_is_known_there_is_no_answer(archive):
    nothing = replace(archive, statements=())
    for name, label in (("call", "Not Enough Evidence"), ("number", "Not Enough Evidence")):
        claim = made(nothing, name)
        entry = exports.averitec(nothing, claim, on_the_day(nothing, claim))
        assert entry["label"] == label
        assert [one["answer_type"] for one in entry["questions"][0]["answers"]] == ["Unanswerable"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"value": 40000.0, "low": None, "high": None}, ": 40,000 persons."),
        ({"value": 40000.0, "low": 40000.0, "high": None}, ": at least 40,000 persons."),
        ({"value": None, "low": 30000.0, "high": 45000.0}, ": 30,000 to 45,000 persons."),
        (
            {"value": 40000.0, "low": 30000.0, "high": 45000.5},
            "40,000.0 (30,000.0 to 45,000.5) persons.",
        ),
    ],
)
def test_a_figure_keeps_its_bounds(archive, cells, words):
    claim = archive.claim("C01")
    name = on_the_day(archive, claim).evidence[0]
    rows = tuple(row.model_copy(update=cells) if row.id == name else row for row in archive.statements)
    verdict = on_the_day(archive, claim)
    entry = exports.averitec(replace(archive, statements=rows), claim, verdict)
    assert entry["questions"][0]["answers"][0]["answer"].endswith(words)
