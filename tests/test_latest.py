"""`python -m utils data --latest`: what is asked of a repository's server, and what its refusals say."""

import hashlib
import json
from pathlib import Path

import pytest
from server import Answer, Served, content, serve
from test_rebuild import GOOD, NAME, OLD, TOY, describe, put_pins

from utils.__main__ import main
from utils.upstream import fetch, latest, rebuild

SHA = "c0ffee" * 6 + "abcd"
HEAD, TREE = "/repos/nobody/toy/commits/HEAD", f"/repos/nobody/toy/git/trees/{SHA}"
RAW = f"/nobody/toy/{SHA}/data/rows.json"
COMMIT = {"sha": SHA, "commit": {"committer": {"date": "2025-01-02T00:00:00Z"}}}
NEWER = json.dumps([{"day": "2024-11-20", "what": "Leaflets"}]).encode()
BLOB = hashlib.sha1(b"blob %d\0" % len(NEWER) + NEWER).hexdigest()
ROWS_JSON = {"path": "data/rows.json", "type": "blob", "sha": BLOB}


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A data folder with one pinned file and an old table, and no token."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "provocations.csv").write_text(OLD)
    describe(tmp_path, "provocations")
    put_pins(tmp_path, GOOD)
    monkeypatch.setenv("FIFTY_THOUSAND_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(rebuild, "modules", lambda name=None: [TOY])
    monkeypatch.setattr(fetch, "RETRIES", 0)
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    return tmp_path


@pytest.fixture
def served(monkeypatch):
    """The toy's repository on this machine, whole and answering."""
    with serve() as served:
        monkeypatch.setattr(latest, "API", served.address)
        monkeypatch.setattr(fetch, "RAW", served.address)
        served[HEAD] = answer(COMMIT)
        served[TREE] = answer({"tree": [ROWS_JSON], "truncated": False})
        served[RAW] = content(NEWER)
        yield served


def answer(told: object) -> Answer:
    return content(json.dumps(told).encode(), kind="application/json")


def refusal(status: int, **headers: str) -> Answer:
    """Refuse, with headers in which a low line stands for a hyphen."""

    def refuse(request) -> None:
        request.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()

    return refuse


def follow(place: Path, capsys) -> tuple[int, str]:
    """Run the command; nothing may be changed that it does not say is written."""
    pinned = {name: (place / name).read_bytes() for name in ("datasets.yaml", "files.csv")}
    code = main(["data", "--latest", "--data", str(place)])
    assert (place / "tables" / "provocations.csv").read_text() == OLD
    assert {name: (place / name).read_bytes() for name in pinned} == pinned
    return code, " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("listed", [[ROWS_JSON], []], ids=["with the file", "without it"])
def test_a_list_of_files_that_is_cut_off_ends_it_by_name(place, served, capsys, listed):
    served[TREE] = answer({"tree": listed, "truncated": True})
    code, told = follow(place, capsys)
    assert code == 1 and RAW not in served.asked
    assert f"{NAME}: https://github.com/nobody/toy" in told and "cut off (truncated)" in told


def test_a_whole_list_does_not(place, served, capsys):
    code, told = follow(place, capsys)
    assert code == 0 and RAW in served.asked and "truncated" not in told
    assert f"revision {SHA[:12]} of 2025-01-02 replaces aaaa" in told


@pytest.mark.parametrize(
    ("status", "left", "said"),
    [(403, "0", "0 requests left"), (429, "1", "1 request left"), (403, "58", "58 requests left")],
)
@pytest.mark.parametrize("path", [HEAD, TREE])
def test_a_refusal_says_how_many_requests_are_left(place, served, capsys, path, status, left, said):
    served[path] = refusal(status, X_RateLimit_Remaining=left)
    code, told = follow(place, capsys)
    assert code == 1 and f"{NAME}: {served.address}{path}" in told
    assert f"refused, with {said}" in told and "a token in GITHUB_TOKEN allows more" in told


@pytest.mark.parametrize(("status", "headers"), [(403, {}), (500, {"X_RateLimit_Remaining": "0"})])
def test_another_refusal_is_not_laid_to_the_number(place, served, capsys, status, headers):
    served[HEAD] = refusal(status, **headers)
    code, told = follow(place, capsys)
    assert code == 1 and NAME in told and str(status) in told
    assert "left this hour" not in told


@pytest.mark.parametrize("token", [None, "made-up"])
def test_a_token_of_the_environment_goes_to_the_server_of_the_list_alone(
    place, served, capsys, monkeypatch, token
):
    sent: dict[str, str | None] = {}
    for path in (HEAD, TREE, RAW):
        served[path] = noted(served, path, sent)
    if token:
        monkeypatch.setenv("GITHUB_TOKEN", token)
    assert follow(place, capsys)[0] == 0
    expected = f"Bearer {token}" if token else None
    assert sent == {HEAD: expected, TREE: expected, RAW: None}


def noted(served: Served, path: str, sent: dict[str, str | None]) -> Answer:
    """Answer as before, and note what the client says of itself."""
    before = served[path]

    def note(request) -> None:
        sent[path] = request.headers.get("Authorization")
        before(request)

    return note


def test_who_has_a_token_is_not_told_to_get_one(place, served, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "made-up")
    served[HEAD] = refusal(403, X_RateLimit_Remaining="0")
    code, told = follow(place, capsys)
    assert code == 1 and "0 requests left" in told and "allows more" not in told
    assert "made-up" not in told
