"""Answers in plain English: what people wrote is shown only where it fits; what is computed reads well."""

import re
import shutil
from dataclasses import replace

import pytest
from folders import SECOND
from heard import asked, found, told, word

from utils import answers, verdicts
from utils.__main__ import main
from utils.answers.places import filled
from utils.answers.witnesses import named, who
from utils.archive import Archive
from utils.evidence.claims import Answer, Claim
from utils.robustness import Robustness


def written(claim: Claim, **changes) -> Claim:
    """The claim with an answer for Supported and firm on both clocks, with changes."""
    own = {"text": "Yes, it was so.", "label": "Supported", "firm": True} | changes
    return claim.model_copy(update={"answer": Answer.model_validate({"on_the_day": own, "today": own})})


def leaning(verdict, kept: int) -> Robustness:
    return Robustness(verdict.claim, None, verdict.as_of, verdict.label, 100, kept, ())


@pytest.fixture(scope="module")
def supported(archive):
    claim = archive.claim("C02")
    return claim, verdicts.verdict(archive, claim)


def test_what_was_written_for_this_label_and_firmness_is_shown(archive, supported):
    claim, verdict = supported
    shown = answers.answer(archive, written(claim), verdict, leaning(verdict, 90))
    assert (shown.text, shown.written, shown.label_in_words) == ("Yes, it was so.", True, "Supported")


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "Refuted"},
        {"firm": False},
        {"parts": {"a reading that is not there": "Supported"}},
        {"text": "Yes, all {claimed} of {nobody}."},
        {"text": "Yes, all 50,000."},
    ],
)
def test_what_was_written_for_another_verdict_is_not_shown(archive, supported, changes):
    claim, verdict = supported
    shown = answers.answer(archive, written(claim, **changes), verdict, leaning(verdict, 90))
    assert not shown.written and shown.text != written(claim, **changes).answer.today.text
    assert shown.text.startswith("By what is known today, it was so.")


def test_the_guard_names_the_claim_what_it_was_written_for_and_what_is_so(archive, supported):
    claim, _ = supported
    made = replace(archive, claims=(written(claim, label="Refuted"),))
    both = {claim.id: verdicts.two_clocks(archive, claim)}
    shares = {claim.id: tuple(leaning(one, 10) for one in both[claim.id])}
    assert list(answers.faults(made, both, shares)) == [
        ("C02.answer.on_the_day", "Refuted", "Supported, not firm"),
        ("C02.answer.today", "Refuted", "Supported, not firm"),
    ]


@pytest.mark.long
def test_every_answer_of_this_project_fits(archive):
    both = {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    assert all(claim.answer for claim in archive.claims) and archive.article.answer
    assert list(answers.faults(archive, both, {})) == []
    assert list(answers.summary_faults(archive, both)) == []


@pytest.mark.campaign
def test_check_refuses_an_answer_that_no_longer_fits(tmp_path, capsys):
    folder = tmp_path / "second"
    shutil.copytree(SECOND, folder)
    path = folder / "claims.yaml"
    own = "{text: No., label: Refuted, firm: true}"
    text = path.read_text(encoding="utf-8")
    after = "    wording: The Strait Rescue Society counted 12,400.\n"
    assert after in text
    made = text.replace(after, f"{after}    answer: {{on_the_day: {own}, today: {own}}}\n")
    path.write_text(made, encoding="utf-8")
    assert main(["check", "--data", str(folder)]) == 2
    printed = capsys.readouterr().out
    assert "P02.answer.today: 'written for Refuted', expected a text for what is now so: Supported" in printed


@pytest.mark.long
def test_an_answer_names_only_values_that_are_there(archive):
    claim = archive.claim("C01")
    verdict = verdicts.verdict(archive, claim)
    assert filled("{claimed} of {tellers}", claim, verdict) == f"50,000 of {verdict.tellers} tellers"
    assert re.fullmatch(r"[\d,]+ to [\d,]+ persons", filled("{range}", claim, verdict))
    assert filled("{claimed} {unit}", claim, verdict) == "50,000 persons"
    moved = archive.claim("C11")
    assert filled("{units_moved.moved}", moved, verdicts.verdict(archive, moved)).isdigit()
    for wrong in ("{nobody}", "{units_moved.nothing}", "{nothing.moved}", "{unit}", "as many as 5"):
        with pytest.raises(ValueError, match=r"no value|stated by hand"):
            filled(wrong, moved, verdicts.verdict(archive, moved))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Nobody had said that it was so, or denied it, in words that can be used."),
        ([("ann", "affirms")], "Ann said that it was so; nobody denied it."),
        ([("ann", "denies")], "Nobody said that it was so; ann denied it."),
        ([("ann", "affirms"), ("bea", "affirms")], "Ann and bea said that it was so; nobody denied it."),
        ([("ann", "affirms"), ("bea", "denies")], "Ann said that it was so; bea denied it."),
        (
            [("ann", "affirms"), ("bea", "affirms"), ("cem", "affirms"), ("kyiv", "affirms")],
            "Ann, bea and 2 more said that it was so; nobody denied it.",
        ),
    ],
)
def test_witnesses_are_named_grammatically_whatever_their_number(archive, rows, sentence):
    seen = told(archive, *(word(f"r{place}", *one) for place, one in enumerate(rows)))
    assert who(seen, found(seen, asked())) == sentence


def test_three_names_are_all_told_and_four_are_counted():
    assert named(["a", "b", "c"]) == "a, b and c"
    assert named(["a", "b", "c", "d"]) == "a, b and 2 more"


@pytest.mark.parametrize("name", ["first", "second"])
def test_a_computed_answer_is_a_sentence_in_the_tense_of_its_clock(name, archive):
    seen = archive if name == "first" else Archive.read(SECOND)
    for claim in seen.claims:
        bare = claim.model_copy(update={"answer": None})
        for verdict, by in zip(
            verdicts.two_clocks(seen, bare), ("By what was public", "By what is"), strict=True
        ):
            text = answers.answer(seen, bare, verdict).text
            assert text.startswith(by) and text.endswith(".") and "  " not in text and " 0 " not in text
            assert not re.search(r"\b1 \w+s (say|deny|have|are)\b|[a-z]_[a-z]", text), text
            assert (" is not proven either way" in text) <= (by == "By what is"), text


def test_the_article_in_sentences_is_computed_where_nobody_wrote_it():
    second = Archive.read(SECOND)
    both = {claim.id: verdicts.two_clocks(second, claim) for claim in second.claims}
    text = answers.summary(second, both)
    assert text.startswith(f"The article makes {len(second.claims)} claims that are asked about here.")
    assert len(re.findall(r"[.](?: |$)", text)) == 3


def test_the_sentence_on_a_label_says_from_what_it_follows(archive):
    told_of = {claim.id: verdicts.verdict(archive, claim) for claim in archive.claims}
    for name, verdict in told_of.items():
        words, kind = answers.follows(verdict), answers.told(verdict)
        assert words.startswith("The label follows from "), name
        alone = len(verdict.readings) == 1 and (
            kind == "Supported" or len(verdict.readings[0].conditions) < 2
        )
        by_likelihood = alone and kind in ("Supported", "Refuted")
        assert ("likelihood, which is" in words) == by_likelihood, name


def test_the_strongest_evidence_is_two_or_three_sentences(archive):
    for claim in archive.claims:
        told_here = answers.strongest(archive, verdicts.verdict(archive, claim))
        assert 1 <= len(told_here) <= 3
        assert all(sentence.endswith(".") for _, sentence in told_here)
