"""The ledger, its schema, its questions and the files of an export."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from asked import ASKED, SITE, made, on_the_day

from utils import exports, robustness, verdicts
from utils.__main__ import main
from utils.asking import question
from utils.checks import METHODS
from utils.exports.ledger import SCHEMA_VERSION, Label, Ledger
from utils.words import percent_range

SCHEMA = Path(__file__).with_name("verdicts.schema.json")

# Exports hold the robustness of all claims on both clocks.
pytestmark = pytest.mark.campaign


def test_the_ledger_keeps_its_schema(content):
    schema, ledger = json.loads(content["verdicts.schema.json"]), json.loads(content["verdicts.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(ledger)
    assert [claim["id"] for claim in ledger["claims"]] == ["C01", "C02", "X01", "X02"]
    assert Ledger.model_validate_json(content["verdicts.json"]).model_dump(mode="json") == ledger


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ledger: ledger.pop("vintage"),
        lambda ledger: ledger.update(schema_version="0.9"),
        lambda ledger: ledger["claims"][0].update(mood="good"),
        lambda ledger: ledger["claims"][0]["today"].update(label="True"),
        lambda ledger: ledger["claims"][0]["today"].update(probability=1.1),
        lambda ledger: ledger["claims"][0]["today"].update(as_of="today"),
        lambda ledger: ledger["claims"][0]["today"]["findings"][0].pop("choices"),
    ],
)
def test_the_schema_refuses_a_ledger_that_is_not_one(content, spoil):
    ledger = json.loads(content["verdicts.json"])
    spoil(ledger)
    validator = jsonschema.Draft202012Validator(exports.schema(), format_checker=jsonschema.FormatChecker())
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(ledger)


def test_the_schema_changes_only_with_its_version(content):
    kept = json.loads(SCHEMA.read_text(encoding="utf-8"))
    changed = content["verdicts.schema.json"] != SCHEMA.read_bytes()
    same_version = kept["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert not (changed and same_version), (
        "the schema changed: raise schema_version in utils/exports/ledger.py"
    )
    assert not changed, "a new version: put the verdicts.schema.json of an export into tests"


def test_every_field_of_the_schema_is_described(content):
    schema = json.loads(content["verdicts.schema.json"])
    for model in (schema, *(one for one in schema["$defs"].values() if "properties" in one)):
        assert len(model["description"]) > 10 and model["additionalProperties"] is False
        for name, field in model["properties"].items():
            assert len(field.get("description", "")) > 5, f"{model['title']}.{name}"


def test_the_ledger_says_what_the_verdicts_say(every, content):
    ledger = json.loads(content["verdicts.json"])
    assert ledger["vintage"] == every.vintage.isoformat()
    assert ledger["article"]["published"] == "2024-11-12"
    for claim, entry in zip(every.claims, ledger["claims"], strict=True):
        for name, verdict in zip(("on_the_day", "today"), verdicts.two_clocks(every, claim), strict=True):
            told = entry[name]
            assert (told["label"], told["probability"]) == (verdict.label, pytest.approx(verdict.probability))
            assert told["as_of"] == verdict.as_of.isoformat()
            assert tuple(told["evidence"]) == verdict.evidence
            assert [one["label"] for one in told["readings"]] == [one.label for one in verdict.readings]
            labels = [verdicts.label(one) for one in verdict.findings]
            assert [one["label"] for one in told["findings"]] == labels


def test_the_words_of_the_schema_are_those_of_the_rule():
    assert get_args(Label) == verdicts.LABELS
    ranges = [percent_range(words) for _, words in verdicts.LIKELIHOODS]
    assert ranges == [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)]
    for low, high in ranges:
        assert percent_range(verdicts.likelihood((low + high) / 200)) == (low, high)
    with pytest.raises(ValueError, match="perhaps"):
        percent_range("perhaps")


def test_robustness_stands_with_its_claim(archive):
    small = replace(archive, claims=archive.claims[:2])
    then, now = robustness.two_clocks(small, small.claim("C02"))
    first, second = exports.ledger(small, leaning={"C02": (then, now)}).claims
    assert first.today.robustness is None
    told = second.on_the_day.robustness
    assert (told.worlds, told.kept, told.share) == (then.worlds, then.kept, then.share)
    assert told.smallest == "Without the telling of unnamed US and Ukrainian officials of 10 Nov 2024"
    assert told.smallest_gives == verdicts.NOT_ENOUGH


def test_the_json_of_the_command_has_what_the_ledger_has(every):
    told = exports.as_json(every, every.vintage)
    ledger = exports.ledger(every).model_dump(mode="json")
    for one, claim in zip(told["verdicts"], ledger["claims"], strict=True):
        assert one.pop("claim") == claim["id"]
        assert one == {
            name: claim["today"][name]
            for name in claim["today"]
            if name not in ("as_of", "findings", "robustness")
        }
    assert told["verdicts"][2]["readings"][0]["conditions"][0]["condition"] == "number holds"
    assert {"last_known", "likelihood_percent", "readings"} <= set(told["verdicts"][0])


def test_every_method_has_a_question_in_words(archive):
    assert {check["method"] for check, _ in ASKED.values()} == set(METHODS)
    claim = made(archive, *ASKED)
    assert {check.key: question(check, archive) for check in claim.built} == {
        name: words for name, (_, words) in ASKED.items()
    }


def test_a_question_of_its_own_goes_before_the_built_one(archive):
    claim = made(archive, "call").vary("call", asked="Did Trump phone Zelensky?")
    assert question(claim.parameters("call"), archive) == "Did Trump phone Zelensky?"
    # Where it is answered with yes or no, the question is the proposition itself.
    (entry,) = exports.averitec(archive, claim, on_the_day(archive, claim))["questions"]
    assert entry["question"] == ASKED["call"][1] and entry["answers"][0]["answer"] == "Yes"
    figure = made(archive, "number").vary("number", asked="How many were there?")
    (entry,) = exports.averitec(archive, figure, on_the_day(archive, figure))["questions"]
    assert entry["question"] == "How many were there?"


def test_a_claim_that_is_not_checked_has_no_review_and_no_entry(every, content):
    claim = every.claims[-1]
    for export in (exports.averitec, exports.claim_review):
        with pytest.raises(ValueError, match="X02 has no verdict yet"):
            export(every, claim, verdicts.verdict(every, claim))
    assert "claimreview/X02.json" not in content and "claimreview/X01.json" in content


def test_every_file_is_sorted_and_ends_with_a_newline(content):
    assert len(content) == 7
    for text in map(bytes.decode, content.values()):
        assert text.endswith("}\n") or text.endswith("]\n")
        again = json.dumps(json.loads(text), indent=2, ensure_ascii=False, sort_keys=True)
        assert text == f"{again}\n"


def test_the_export_is_the_same_whatever_the_machine(tmp_path):
    seen, running = [], {}
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        command = [sys.executable, "-m", "utils", "export", "--out", str(tmp_path / seed), "--site", SITE]
        running[seed] = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
    for seed, process in running.items():
        assert process.wait() == 0
        files = sorted(path for path in (tmp_path / seed).rglob("*") if path.is_file())
        seen.append({str(path.relative_to(tmp_path / seed)): path.read_bytes() for path in files})
    assert seen[0] == seen[1] and "verdicts.json" in seen[0]


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    exports.write({"verdicts.json": b"old\n"}, tmp_path)

    def refuse(*_):
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        exports.write({"verdicts.json": b"new\n"}, tmp_path)
    assert (tmp_path / "verdicts.json").read_bytes() == b"old\n"


def test_a_review_of_a_claim_that_is_gone_goes(tmp_path):
    exports.write({"claimreview/C01.json": b"1\n", "claimreview/C02.json": b"2\n"}, tmp_path)
    exports.write({"claimreview/C02.json": b"3\n"}, tmp_path)
    assert [path.name for path in (tmp_path / "claimreview").iterdir()] == ["C02.json"]
    assert (tmp_path / "claimreview" / "C02.json").read_bytes() == b"3\n"


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["export", "--out", str(tmp_path / "file" / "x")]) == 2
    assert "cannot write to" in capsys.readouterr().err
    for site in ("example.org", "/report", "https://", "https://example.org/?page=1"):
        assert main(["export", "--site", site, "--out", str(tmp_path / "out")]) == 2
        assert "is no address" in capsys.readouterr().err
    assert main(["export", "--data", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 2
    assert "no data folder" in capsys.readouterr().err and not (tmp_path / "out").exists()
