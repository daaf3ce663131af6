"""What is made of verdicts whose truth is known: scores, gate, table, page and command."""

import json
import math
from dataclasses import replace

import pytest
from rich.console import Console

from utils.__main__ import main
from utils.calibration import gate, not_reached, page, score, show
from utils.calibration.draws import DRAWS
from utils.calibration.run import CLOCKS, Outcome
from utils.calibration.score import Share
from utils.calibration.worlds import WORLDS
from utils.words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED


def outcome(label=SUPPORTED, probability=0.9, holds=True, **changes):
    plain = Outcome("as_assumed", "quantity", "then", "Q", holds, label, probability, None)
    return replace(plain, **changes)


def outcomes(count, holding, **changes):
    """So many alike, of which so many hold."""
    return [outcome(holds=place < holding, **changes) for place in range(count)]


def scored(*groups):
    return score.scores([one for group in groups for one in group])


def test_a_score_counts_what_was_stated_and_what_was_true():
    (one,) = scored(
        outcomes(4, 3, probability=0.9),
        outcomes(2, 0, label=REFUTED, probability=0.1),
        outcomes(1, 1, label=CONFLICTING, probability=0.5),
        outcomes(3, 2, label=NOT_ENOUGH, probability=None),
    )
    assert one.verdicts == 10
    assert one.supported == Share(4, pytest.approx(0.9), 0.75)
    assert one.refuted == Share(2, pytest.approx(0.1), 0.0)
    assert [tenth.count for tenth in one.deciles] == [0, 2, 0, 0, 0, 1, 0, 0, 0, 4]
    assert one.brier == pytest.approx((3 * 0.01 + 0.81 + 2 * 0.01 + 0.25) / 7)
    assert one.log_score == pytest.approx((5 * math.log(0.9) + math.log(0.1) + math.log(0.5)) / 7)
    assert one.true_claims == 6 and one.supported_of_true == 0.5 and one.refuted_of_false == 0.5
    assert one.coverage is None and one.intervals == 0


def test_nobody_is_punished_for_more_certainty_than_is_printed():
    (sure,) = scored(outcomes(1, 0, probability=1.0))
    assert sure.log_score == pytest.approx(math.log(0.01))
    assert sure.deciles[-1].count == 1


def test_without_verdicts_of_a_kind_there_is_nothing_to_state():
    (one,) = scored(outcomes(3, 3, label=NOT_ENOUGH, probability=None))
    assert one.supported == one.refuted == Share(0, None, None)
    assert one.brier is None and one.log_score is None and one.refuted_of_false is None


def test_scores_put_together_are_the_score_of_all():
    groups = (
        outcomes(7, 5, probability=0.83),
        outcomes(5, 1, method="trend", label=REFUTED, probability=0.13, covered=True),
        outcomes(4, 2, method="trend", label=NOT_ENOUGH, probability=None, covered=False),
    )
    apart = scored(*groups)
    whole = score.score("w", "m", "c", [one for group in groups for one in group])
    joined = score.together(apart, world="w", method="m", clock="c")
    assert [one.method for one in apart] == ["quantity", "trend"]
    for name in ("verdicts", "intervals", "true_claims"):
        assert getattr(joined, name) == getattr(whole, name)
    for name in ("coverage", "brier", "log_score", "supported_of_true", "refuted_of_false"):
        assert getattr(joined, name) == pytest.approx(getattr(whole, name))
    for own, other in zip(
        (joined.supported, joined.refuted, *joined.deciles),
        (whole.supported, whole.refuted, *whole.deciles),
        strict=True,
    ):
        assert own.count == other.count and own.holding == other.holding
    with pytest.raises(ValueError, match="no scores"):
        score.together([])


def test_a_share_fails_only_beyond_chance():
    # 66 of 100 has the 99 % interval 0.53 to 0.78, and 70 of 100 one to 0.81.
    assert gate.gate(scored(outcomes(100, 70))) == []
    (failed,) = gate.gate(scored(outcomes(100, 66)))
    assert failed == (
        "as_assumed, quantity, then: 66 of 100 called Supported are true, 66 % (53 % to 78 %); "
        "at least 80 % is asked"
    )
    # As bad a share of few is no proof.
    assert gate.gate(scored(outcomes(10, 6))) == []


def test_the_gate_judges_refuted_and_both_sides_of_coverage():
    def words(*groups):
        return [(one.part.of, one.low > one.part.most) for one in gate.failures(scored(*groups))]

    assert words(outcomes(100, 35, label=REFUTED)) == [("refuted", True)]
    assert words(outcomes(100, 27, label=REFUTED)) == []
    silent = {"label": NOT_ENOUGH, "probability": None}
    for held, expected in ((140, [("coverage", False)]), (170, []), (190, []), (200, [("coverage", True)])):
        group = [outcome(**silent, covered=place < held) for place in range(200)]
        assert words(group) == expected, held
    assert words(outcomes(20, 20, **silent, covered=True)) == []


def test_a_world_can_fail_by_many_methods_none_of_which_does_alone():
    groups = [
        outcomes(40, 28, method=name) for name in ("quantity", "trend", "balance", "transfer", "forecast")
    ]
    assert [one.cell for one in gate.failures(scored(*groups))] == [
        ("as_assumed", "all", "then", "supported")
    ]
    other = [[replace(one, world=f"w{place}") for one in group] for place, group in enumerate(groups)]
    assert gate.failures(scored(*other)) == []


def test_more_shares_ask_for_more_certainty_of_each():
    one, many = scored(outcomes(9, 9)), scored(*(outcomes(9, 9, world=f"w{place}") for place in range(50)))
    assert gate.joint_confidence(one) == pytest.approx(0.99)
    assert gate.joint_confidence(many) == pytest.approx(1 - 0.01 / 50)
    assert gate.failures(scored(outcomes(100, 66)), 0.99999) == []


def test_what_is_not_reached_is_named_once_and_exists():
    listed = list(not_reached.cells())
    assert len(set(listed)) == len(listed)
    for world, method, clock, of in listed:
        assert world in WORLDS and method in DRAWS and clock in CLOCKS and of in gate.JUDGED
    assert all(one.why for one in not_reached.NOT_REACHED)


def test_the_table_names_worlds_methods_and_what_fails():
    told = scored(outcomes(100, 50), outcomes(9, 9, method="trend", covered=True))
    console = Console(width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(show.table(told))
    text = captured.get()
    assert "as_assumed" in text and "50 % of 100" in text and "100 % of 9" in text and "…" not in text
    red = [line for line in text.splitlines() if "\x1b[1;31m" in line]
    assert len(red) == 2 and "quantity" in red[0] and "all" in red[1]


def test_the_page_has_a_line_for_each_world_or_method():
    told = scored(outcomes(100, 50), outcomes(10, 9, method="trend"), outcomes(4, 4, world="ramps"))
    first, second = page.by_world(told)
    assert (first.name, second.name) == ("as_assumed", "ramps")
    assert first.story == WORLDS["as_assumed"].story and first.clock == "then"
    assert first.supported.count == 110 and first.supported.true == "54 %" and first.refuted.true == ""
    assert first.supported.stated == "90 %" and first.refuted.stated == ""
    assert len(first.failed) == 2 and second.failed == () and second.found == "100 %"
    quantity, trend = page.by_method(told)
    assert (quantity.name, quantity.verdicts, trend.name, trend.verdicts) == ("quantity", 104, "trend", 10)
    assert quantity.story == "" and len(quantity.failed) == 1 and trend.failed == ()


def test_the_command_prints_json_with_every_field_of_a_score(capsys):
    call = ["calibration", "--articles", "2", "--worlds", "ramps", "--methods", "quantity", "independence"]
    assert main([*call, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["world"], one["method"], one["clock"]) for one in told] == [
        ("ramps", method, clock) for method in ("quantity", "independence") for clock in CLOCKS
    ]
    for one in told:
        assert one["verdicts"] == 2 and set(one["supported"]) == {"count", "stated", "true"}
        assert {"refuted", "coverage", "brier", "log_score", "deciles", "supported_of_true"} <= set(one)
    assert told[2]["coverage"] is None  # nothing is measured
    assert main(call) == 0
    assert "Known truth" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            ["--worlds", "party_leen"],
            "no world 'party_leen'; did you mean party_lean?",
        ),
        (["--worlds", "ramps", "1984"], "no world '1984'; there are as_assumed, "),
        (["--methods", "quantiy"], "no method 'quantiy'; did you mean quantity?"),
        (["--articles", "0"], "--articles '0' is no whole number from 1 on"),
        (["--articles", "1e3"], "--articles '1e3' is no whole number from 1 on"),
        (["--seed", "-1"], "--seed '-1' is no whole number from 0 on"),
        (["--seed", "²"], "--seed '²' is no whole number from 0 on"),
        (["--write", "--seed", "16"], "--write keeps all worlds and methods on the fixed seed"),
        (["--write", "--articles", "20"], "--write keeps all worlds and methods on the fixed seed"),
        (["--write", "--worlds", "ramps"], "--write keeps all worlds and methods on the fixed seed"),
    ],
)
def test_the_command_refuses_what_it_cannot_draw(capsys, wrong, expected):
    assert main(["calibration", *wrong]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.startswith(f"utils: {expected}")
    assert printed.err.count("\n") == 1
