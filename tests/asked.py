"""Claims made for the tests of the exports, with a check of every method."""

from dataclasses import replace

from utils import verdicts
from utils.evidence.claims import Claim

SITE = "https://example.org/report"
MONTH = {"since": "2024-10-01", "until": "2024-11-12"}
GROUND = {"table": "area_by_oblast", "value": "area_km2", "direction": "up"}
# One check of every method and of every way to ask it, with the question that it asks.
ASKED = {
    "number": (
        {"method": "quantity", "value": 11000, "tolerance": 0.2, "on": "2024-11-10"}
        | {"counts": ["nk_troops_in_kursk"]},
        "North Korean troops in Kursk oblast: how many persons on 10 November 2024?",
    ),
    "figure": (
        {"method": "attribution", "speaker": "X", "origin": "NYT-2024-11-10-50k", "value": 50000},
        "Did X give the figure of 50,000?",
    ),
    "promise": (
        {"method": "attribution", "speaker": "Donald Trump", "sources": ["trump"], "stance": "affirms"}
        | {"quantities": ["trump_24h_promise"], "since": "2023-01-01", "until": "2024-11-12"},
        "Did Donald Trump affirm this from 1 January 2023 to 12 November 2024: Trump's promise to end the "
        "war within a day?",
    ),
    "call": (
        {"method": "occurrence", "says": "the two spoke on the telephone"}
        | {"counts": ["trump_zelensky_call"], **MONTH},
        "Is it so that the two spoke on the telephone, on some day from 1 October 2024 to 12 November 2024?",
    ),
    "no_call": (
        {"method": "occurrence", "says": "the two did not speak", "days": "all"}
        | {"against": ["trump_zelensky_call"], **MONTH},
        "Is it so that the two did not speak, on every day from 1 October 2024 to 12 November 2024?",
    ),
    "foreseen": (
        {
            "method": "forecast",
            "says": "North Korean soldiers fought",
            "counts": ["nk_combat_confirmed"],
            "said": ["nk_combat_forecast"],
        }
        | {"since": "2024-11-12", "until": "2024-11-19"},
        "Is it so, as foreseen, that North Korean soldiers fought, on some day from 12 November 2024 to "
        "19 November 2024?",
    ),
    "checkable": (
        {"method": "independence", "counts": ["ua_held_area_kursk_km2"], **MONTH},
        "Who outside the warring parties had published a figure by 12 November 2024 that others can check, "
        "meant for a day from 1 October 2024 to 12 November 2024: Area held by Ukraine in Kursk oblast?",
    ),
    "line": (
        {"method": "trend", **GROUND, **MONTH}
        | {"where": {"oblast": ["Kursk"], "status": ["ukrainian_held"]}},
        "Did area km² (Kursk, ukrainian held) grow from 1 October 2024 to 12 November 2024, by the data of "
        "DeepState?",
    ),
    "turn": (
        {"method": "trend", **GROUND, **MONTH} | {"turn": "2024-10-20", "where": {"status": ["occupied"]}},
        "Was the weekly change of area km² (occupied) higher after 20 October 2024 than before, from "
        "1 October 2024 to 12 November 2024, by the data of DeepState?",
    ),
    "moved": (
        {"method": "transfer", "table": "unit_postings", "asks": "none_moved", "before": "2024-08-05"}
        | {"on": "2024-11-10", "to": "Kursk", "sources": ["Donetsk", "Kherson"]},
        "How many of the units that the map shows in Kursk around 10 November 2024 stood in Donetsk or "
        "Kherson around 5 August 2024?",
    ),
    "thinned": (
        {"method": "transfer", "table": "unit_postings", "asks": "not_thinned", "before": "2024-08-05"}
        | {"on": "2024-11-10", "main": ["Donetsk"]},
        "How many units did the map move out of Donetsk, and how many in, from 5 August 2024 to "
        "10 November 2024?",
    ),
    "force": (
        {"method": "balance", "recruits": {"ru_recruits_per_day": 1}, "losses": {"ru_casualties_daily": 1}}
        | {"lost_for_good": [0.5, 0.8], "needed": [30000, 40000], **MONTH},
        "Could those who came, less losses, have given 30,000 to 40,000 persons from 1 October 2024 to "
        "12 November 2024?",
    ),
}


def made(archive, *names, **fields):
    """A claim with these checks of `ASKED`, each a reading of its own with one named condition."""
    checks = [
        {"name": name, "reading": f"as {name}", "condition": f"{name} holds", **ASKED[name][0]}
        for name in names
    ]
    plain = archive.claim("C11").model_dump(mode="json", exclude={"checks"})
    return Claim.model_validate({**plain, "id": "X01", "checks": checks, **fields})


def on_the_day(archive, claim):
    return verdicts.two_clocks(archive, claim)[0]


def everything(archive):
    """The archive with C01, C02, a claim with a check of every kind, and one that is not checked."""
    planned = {"method": "trend", "question": "What came of it?"}
    unchecked = made(archive, id="X02", checks=[planned])
    return replace(archive, claims=(*archive.claims[:2], made(archive, *ASKED), unchecked))
