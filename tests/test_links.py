"""Which addresses are asked, what their answers mean, and what the command prints."""

import csv

import pytest
import requests
from server import content, serve

from utils.__main__ import main
from utils.archive import Archive
from utils.evidence import links


class Served:
    """What a server answers, as requests would hand it over."""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *args: object) -> None:
        pass


def asked(monkeypatch, answer: object) -> tuple[str, str]:
    def get(address, **options):
        if isinstance(answer, Exception):
            raise answer
        return Served(answer)

    monkeypatch.setattr(requests, "get", get)
    return links.ask("https://example.org/page")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (200, "there"),
        (302, "there"),
        (404, "gone"),
        (410, "gone"),
        (451, "gone"),
        (403, "refused"),
        (429, "refused"),
        (503, "refused"),
        (requests.exceptions.ReadTimeout(), "silent"),
        (requests.exceptions.ConnectionError("refused"), "silent"),
        (requests.exceptions.ConnectionError("NameResolutionError: example.org"), "gone"),
    ],
)
def test_a_page_that_refuses_us_is_not_gone(monkeypatch, answer, state):
    assert asked(monkeypatch, answer)[0] == state


def test_an_address_is_asked_once_for_all_its_rows(archive: Archive):
    pages = links.addresses(archive)
    rows = [row for row in (*archive.statements, *archive.events) if row.url]
    assert sum(map(len, pages.values())) == len(rows) and len(pages) < len(rows)
    told = list(links.ask_all(pages.items(), lambda address: ("there", "status 200")))
    assert [answer.address for answer in told] == list(pages)


@pytest.mark.parametrize(
    ("states", "code", "words"),
    [
        (["there"], 0, "20 there"),
        (["there", "gone"], 1, "gone: https://"),
        (["there", "refused"], 0, "refused: https://"),
    ],
)
def test_the_command_prints_what_is_gone(monkeypatch, capsys, states, code, words):
    pages = [(f"https://example.org/{place}", (f"S{place}",)) for place in range(20)]
    monkeypatch.setattr(links, "addresses", lambda archive: dict(pages))
    monkeypatch.setattr(
        links,
        "ask_all",
        lambda every: [
            links.Answer(address, rows, states[place % len(states)], "status")
            for place, (address, rows) in enumerate(every)
        ],
    )
    assert main(["links"]) == code
    assert words in capsys.readouterr().out


def test_without_a_network_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(links, "addresses", lambda archive: {"https://example.org": ("S1",)})
    monkeypatch.setattr(
        links, "ask_all", lambda every: [links.Answer(*one, "silent", "no connection") for one in every]
    )
    assert main(["links"]) == 2
    assert "needs a network" in capsys.readouterr().err


@pytest.fixture
def linked(folder):
    """A data folder whose every page is on a server of this machine, and there."""
    with serve() as served:
        for file, column in (("statements.csv", "url"), ("events.csv", "url")):
            path = folder / file
            with path.open(newline="", encoding="utf-8") as stream:
                rows = list(csv.DictReader(stream))
            for row in rows:
                row[column] = row[column] and f"{served.address}/{row['id']}"
                served[f"/{row['id']}"] = content(b"a page")
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        yield folder, served


@pytest.mark.parametrize("gone", [{}, {"S019": 404, "V02": 410}, {"S700": 451, "S001": 403}])
@pytest.mark.long
def test_what_a_server_says_is_gone_is_printed_and_nothing_is_changed(linked, capsys, gone):
    folder, served = linked
    for name, status in gone.items():
        served[f"/{name}"] = content(b"", status)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code = main(["links", "--data", str(folder)])
    told = capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    *lines, end = told.splitlines()
    states = {name: "gone" if status in (404, 410, 451) else "refused" for name, status in gone.items()}
    expected = {
        f"{states[name]}: {served.address}/{name} (status {status}), {name}" for name, status in gone.items()
    }
    assert set(lines) == expected and code == ("gone" in states.values())
    assert f"{len(served.asked)} addresses" in end and len(set(served.asked)) == len(served.asked)
