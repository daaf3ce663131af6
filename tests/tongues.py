"""A folder whose every text that people wrote is in another script: six of them, with both directions."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import yaml

from utils.evidence import new

# By two letters of ISO 639: who speaks, what is counted, in which unit, and a claim of that number.
SPOKEN = {
    "ar": (
        "هيئة الميناء البحري",
        "عدد المسافرين في الميناء",
        "persons",
        1200,
        "كان في الميناء نحو ١٢٠٠ مسافر (تقريبًا).",
    ),
    "he": ("משרד התחבורה", "מספר האוניות ברציף", "ships", 14, "ברציף עגנו כ־14 אוניות – ״בערך״."),
    "ja": ("港湾局（𠮷野支所）", "港の水温", "°C", 11.5, "港の水温はおよそ11.5度だった。"),
    "el": (
        "Λιμεναρχείο Πειραιά",
        "Έσοδα από τέλη",
        "EUR",
        250000,
        "Τα έσοδα από τέλη ήταν περίπου 250.000 ευρώ.",
    ),
    "de": (
        "Behörde für Schiffahrtsüberwachung",
        "Länge der Schlange",
        "km",
        3.2,
        "Die Schlange war ungefähr 3,2 km lang, größer als üblich.",
    ),
    "hi": (
        *("बंदरगाह प्राधिकरण", "देरी वाली नावों का अनुपात", "fraction", 0.35),
        "लगभग 35 प्रतिशत नावें देर से पहुँचीं।",
    ),
}
TITLE = "تقرير عن إضراب الميناء · דו״ח · 港のストライキ · Η απεργία · Größe · हड़ताल"
RIGHT_TO_LEFT = ("ar", "he")


def write(folder: Path) -> Path:
    """The folder: two tellers, two statements and a claim in each language; parties named in them too."""
    new.write(folder)
    shutil.rmtree(folder / "tables")
    shutil.rmtree(folder / "notebooks")
    for name in ("files.csv", "datasets.yaml", "datapackage.json"):
        (folder / name).unlink(missing_ok=True)
    (folder / "article.yaml").write_text(yaml.safe_dump(_article(), allow_unicode=True), encoding="utf-8")
    (folder / "claims.yaml").write_text(
        yaml.safe_dump({"claims": _claims()}, allow_unicode=True), encoding="utf-8"
    )
    _table(folder / "sources.csv", _sources())
    _table(folder / "quantities.csv", _quantities())
    _table(folder / "statements.csv", _statements())
    events = [
        dict(
            id="V001",
            date="2030-01-09",
            published="2030-01-09",
            title=SPOKEN["ar"][4],
            source=SPOKEN["he"][0],
            url="https://example.org/article",
            claims="ar1 he1",
            status="sound",
        )
    ]
    _table(folder / "events.csv", events)
    return folder


def _article() -> dict[str, Any]:
    return {
        "title": TITLE,
        "form": "radio speech",
        "language": "ar",
        "published": "2030-01-10",
        "dating": "التاريخ مطبوع عليه.",
        "description": "تقرير عن إضراب في الميناء.",
        **{"history_from": "2030-01-01", "known_until": "2030-01-31"},
        "parties": {
            "one": {"name": "نقابة البحارة (المرشدون)", "partial": True},
            "two": {"name": "החברה לנמלים", "partial": True},
            "none": {"name": "無所属"},
        },
        "made_by": "صنعها قارئان للصحيفة.",
        "author": "מערכת הנמל",
        "contact": "errors@example.org",
    }


def _claims() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{tongue}1",
            "paragraphs": [1],
            "wording": claim,
            "speaker": teller,
            "kind": "quantity",
            "topic": quantity,
            "would_count": claim,
            "does_not_show": claim,
            "checks": [
                {
                    "method": "quantity",
                    "relation": "about",
                    "value": value,
                    "tolerance": 0.2,
                    "on": "2030-01-09",
                    "counts": [f"{tongue}_q"],
                }
            ],
        }
        for tongue, (teller, quantity, _, value, claim) in SPOKEN.items()
    ] + [
        {
            "id": f"{tongue}2",
            "paragraphs": [2],
            "wording": f"{teller}: {claim}",
            "speaker": teller,
            "kind": "attribution",
            "topic": quantity,
            "would_count": claim,
            "checks": [{"method": "attribution", "speaker": teller, "origin": f"{tongue}-A", "value": value}],
        }
        for tongue, (teller, quantity, _, value, claim) in SPOKEN.items()
    ]


def _sources() -> list[dict[str, Any]]:
    parties = dict(zip(SPOKEN, ("one", "two", "none", "none", "one", "none"), strict=True))
    rows = []
    for tongue, (teller, _, _, _, claim) in SPOKEN.items():
        own = {
            "party": parties[tongue],
            "co_party": "",
            "derived_from": "",
            "speaks_for": "",
            "kind": "institute",
        }
        rows.append({"id": f"{tongue}_a", "name": teller, **own, "reliability": "B", "reason": claim})
        rows.append({"id": f"{tongue}_b", "name": f"{teller} 2", **own, "reliability": "C", "reason": claim})
    return rows


def _quantities() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{tongue}_q",
            "unit": unit,
            "tense": "observed",
            "kind": "share" if unit == "fraction" else "stock",
            "horizon_days": 90,
            "label": quantity,
            "definition": claim,
        }
        for tongue, (_, quantity, unit, _, claim) in SPOKEN.items()
    ]


def _statements() -> list[dict[str, Any]]:
    rows = []
    for tongue, (teller, _, unit, value, claim) in SPOKEN.items():
        for mark, factor in (("a", 1.0), ("b", 1.1), ("c", 1.0)):
            told = round(value * factor) if unit in ("persons", "ships", "EUR") else round(value * factor, 2)
            rows.append(
                {
                    "id": f"S_{tongue}_{mark}",
                    "quantity": f"{tongue}_q",
                    "value": told,
                    "low": "",
                    "high": "",
                    "valid_from": "2030-01-09",
                    "valid_to": "2030-01-09",
                    "published": "2030-01-10",
                    "dating": "day",
                    "source": f"{tongue}_{'b' if mark == 'b' else 'a'}",
                    "outlet": f"{teller} / Küsten-Bote",
                    "language": tongue,
                    "origin": f"{tongue}-{'B' if mark == 'b' else 'A'}",
                    "access": "count",
                    "standing": "",
                    "stance": "",
                    "status": "sound",
                    "note": claim,
                    "url": f"https://example.org/{tongue}/{mark}",
                    "read": "",
                    "archived": "",
                }
            )
    return rows


def _table(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
