"""The commonest slips of a person at the sheet: what is done to a new folder, and what must be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["SLIPS", "Slip"]


@dataclass(frozen=True)
class Slip:
    """A slip by its name; done: what it does to the content of a file. said: parts of its first message."""

    name: str
    file: str
    done: Callable[[bytes], bytes]
    said: tuple[str, ...]


def text(old: str, new: str, encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    """Puts one text for another, once; AssertionError where there is none."""

    def done(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(encoding), 1)

    return done


def each(old: str, new: str) -> Callable[[bytes], bytes]:
    """Puts one text for another everywhere."""
    return lambda content: content.replace(old.encode(), new.encode())


ROW = "S001,example_persons,100,90,110,2030-01-09,2030-01-09,2030-01-10,day"
STATEMENTS, CLAIMS, ARTICLE = "statements.csv", "claims.yaml", "article.yaml"
WORDING = "wording: About 100 persons are in the example place."


def value(new: str) -> Callable[[bytes], bytes]:
    """Another value in the only statement."""
    return text(ROW, ROW.replace(",100,", f",{new},"))


def published(new: str) -> Callable[[bytes], bytes]:
    """Another day of publication in the only statement."""
    return text(ROW, ROW.replace(",2030-01-10,day", f",{new},day"))


def added(row: str) -> Callable[[bytes], bytes]:
    """One more line at the end of a file."""
    return lambda content: content.rstrip(b"\n") + b"\n" + row.encode() + b"\n"


SLIPS: tuple[Slip, ...] = (
    Slip(
        "per cent for a share", CLAIMS, text("tolerance: 0.2", "tolerance: 20%"), ("20%", "a number, as 0.2")
    ),
    Slip(
        "misspelt method", CLAIMS, text("method: quantity", "method: quantitiy"), ("did you mean quantity",)
    ),
    Slip("semicolons", STATEMENTS, each(",", ";"), ("semicolons", "save", "commas")),
    Slip("tabs in a sheet", STATEMENTS, each(",", "\t"), ("tabs", "save", "commas")),
    Slip("utf-16", STATEMENTS, lambda content: content.decode().encode("utf-16"), ("UTF-16", "UTF-8")),
    Slip(
        "windows-1252", STATEMENTS, text("no such", "n\u00f6 such", "cp1252"), ("UTF-8", "Windows", "n\u00f6")
    ),
    Slip("xlsx by the name of csv", STATEMENTS, lambda _: b"PK\x03\x04" + bytes(200), ("workbook", "CSV")),
    Slip(
        "xls by the name of csv", STATEMENTS, lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1" * 30, ("workbook", "CSV")
    ),
    Slip(
        "page by the name of csv",
        STATEMENTS,
        lambda _: b"<!DOCTYPE html>\n<html></html>",
        ("web page", "CSV"),
    ),
    Slip("empty file", STATEMENTS, lambda _: b"", ("is empty", "header")),
    Slip("header alone", STATEMENTS, lambda content: content.splitlines(True)[0], ("at least one row",)),
    Slip("sep line of Excel", STATEMENTS, lambda content: b"sep=,\n" + content, ("sep=", "delete")),
    Slip("missing column", STATEMENTS, each(",stance,", ","), ("stance:", "this column once")),
    Slip("column of another name", STATEMENTS, text(",stance,", ",stanse,"), ("stanse", "stance")),
    Slip("heading with a blank", STATEMENTS, text(",stance,", ", stance,"), ("' stance'", "without blanks")),
    Slip("heading in capitals", STATEMENTS, text("id,quantity", "ID,Quantity"), ("'ID'", "small letters")),
    Slip("cell too many", STATEMENTS, text("An example; no", "An example, no"), ("22 cells", "21", "quote")),
    Slip("decimal comma", STATEMENTS, value('"99,5"'), ("99,5", "point", "as 99.5")),
    Slip("thousands comma", STATEMENTS, value('"12,000"'), ("12,000", "as 12000")),
    Slip("thousands blank", STATEMENTS, value("12 000"), ("12 000", "as 12000")),
    Slip("percent sign", STATEMENTS, value("45%"), ("45%", "as 45", "unit")),
    Slip("currency sign", STATEMENTS, value("$1.5"), ("$1.5", "as 1.5", "unit")),
    Slip("currency at the end", STATEMENTS, value("1500 €"), ("1500 €", "as 1500", "unit")),
    Slip("a unit in the cell", STATEMENTS, value("100 persons"), ("100 persons", "as 100", "unit")),
    Slip("about", STATEMENTS, value("~100"), ("~100", "as 100", "low and high")),
    Slip("a range in a cell", STATEMENTS, value("90-110"), ("90-110", "low 90", "high 110")),
    Slip("million in words", STATEMENTS, value("1.5 million"), ("1.5 million", "as 1500000")),
    Slip("n/a", STATEMENTS, value("n/a"), ("n/a", "empty")),
    Slip("dash for nothing", STATEMENTS, value("-"), ("'-'", "empty")),
    Slip("formula error", STATEMENTS, value("#REF!"), ("#REF!", "formula")),
    Slip("half a person", STATEMENTS, value("99.5"), ("whole number of persons",)),
    Slip("negative count", STATEMENTS, value("-100"), ("no negative number",)),
    Slip("german day", STATEMENTS, published("10.01.2030"), ("10.01.2030", "as 2030-01-10")),
    Slip("american day", STATEMENTS, published("1/15/2030"), ("1/15/2030", "as 2030-01-15")),
    Slip("day of either order", STATEMENTS, published("1/2/2030"), ("2030-01-02 or 2030-02-01",)),
    Slip("day without zeros", STATEMENTS, published("2030-1-9"), ("as 2030-01-09",)),
    Slip("day with a time", STATEMENTS, published("2030-01-10 00:00:00"), ("as 2030-01-10",)),
    Slip("day in words", STATEMENTS, published("10 January 2030"), ("as 2030-01-10",)),
    Slip("serial day of Excel", STATEMENTS, published("47493"), ("47493", "as 2030-01-10")),
    Slip("a month for a day", STATEMENTS, published("2030-01"), ("2030-01", "the day")),
    Slip("day that is none", STATEMENTS, published("2030-02-30"), ("a day that exists",)),
    Slip(
        "day after known_until", STATEMENTS, published("2030-03-10"), ("not after 2030-01-31", "known_until")
    ),
    Slip("day before it was true", STATEMENTS, published("2030-01-08"), ("not before valid_from",)),
    Slip(
        "wrong id",
        STATEMENTS,
        text("example_office,The", "exampel_office,The"),
        ("did you mean", "example_office"),
    ),
    Slip(
        "id of another case",
        STATEMENTS,
        text("example_office,The", "Example_Office,The"),
        ("example_office",),
    ),
    Slip(
        "duplicated id",
        STATEMENTS,
        added(ROW + ",example_office,A,,B,count,,,sound,C,,,"),
        ("line 2 has it",),
    ),
    Slip(
        "trailing blank in an id",
        STATEMENTS,
        text("example_office,The", "example_office ,The"),
        ("blank", "'example_office'"),
    ),
    Slip("capital in a choice", STATEMENTS, text(",sound,", ",Sound,"), ("'sound'",)),
    Slip(
        "url without scheme",
        STATEMENTS,
        text("https://example.org", "example.org"),
        ("https://example.org/count",),
    ),
    Slip(
        "curly quotes around a cell",
        STATEMENTS,
        text("An example; no such count was made.", '"An example'),
        ("quote",),
    ),
    Slip(
        "colon in a wording",
        CLAIMS,
        text(WORDING, "wording: The office: about a hundred."),
        ("colon", "quote"),
    ),
    Slip("hash in a wording", CLAIMS, text(WORDING, "wording: #1 of the places"), ("quote", "#")),
    Slip("quote left open", CLAIMS, text(WORDING, 'wording: "About a hundred'), ("quote", "closed")),
    Slip("quote at the start alone", CLAIMS, text(WORDING, 'wording: "Hundred" persons'), ("quote",)),
    Slip("per cent at the start", CLAIMS, text(WORDING, "wording: %50 of them"), ("quote", "%")),
    Slip("asterisk at the start", CLAIMS, text(WORDING, "wording: *hundred persons"), ("quote", "*")),
    Slip("bare no", CLAIMS, text(WORDING, "wording: no"), ("quote", "no")),
    Slip("bare on for a key", CLAIMS, text('"on": ', "on: "), ("in quotes", '"on"')),
    Slip("tabs in YAML", CLAIMS, text("    paragraphs", "\tparagraphs"), ("tab", "blanks")),
    Slip("wrong indentation", CLAIMS, text("    paragraphs", "   paragraphs"), ("indent",)),
    Slip("dash without a blank", CLAIMS, text("  - id:", "  -id:"), ("blank", "-")),
    Slip("colon without a blank", CLAIMS, text("paragraphs: [", "paragraphs:["), ("blank", "colon")),
    Slip("key misspelt", CLAIMS, text("paragraphs:", "paragraph:"), ("paragraph", "paragraphs")),
    Slip("empty list", CLAIMS, text("paragraphs: [1]", "paragraphs: []"), ("at least 1",)),
    Slip("empty claims", CLAIMS, lambda _: b"claims: []\n", ("at least 1",)),
    Slip("text in place of a list", CLAIMS, text("paragraphs: [1]", "paragraphs: 1"), ("[1]",)),
    Slip(
        "day without quotes as a german",
        ARTICLE,
        text("published: 2030-01-10", "published: 10.1.2030"),
        ("as 2030-01-10",),
    ),
    Slip("article without a party", ARTICLE, text("title: An", "titel: An"), ("titel", "title")),
)
