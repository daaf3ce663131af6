"""What a file is that was not saved as it should be: its bytes, its heading and the lines of its YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic_core import ErrorDetails

from .nearest import meant, near
from .problems import Problem

__all__ = ["CUT", "OPEN", "SPLIT", "content", "key_meant", "of_bytes", "of_header", "of_yaml", "wrong_sign"]

SAVE = "save it as 'CSV UTF-8 (comma delimited)'"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SPLIT = "; a text with a comma stands in quotes"
CUT = "; an empty cell keeps its comma"
OPEN = "; a quote may be opened in a line above and not closed"
# A value that begins with a quote and has no second one.
OPENED = re.compile(r"^[\s-]*\w+:\s+[\"'][^\"']*$")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


def of_bytes(file: str, data: bytes) -> str | None:
    """What is expected of a file that is of another kind than its name says; None where it is not."""
    kind, how = ("a CSV file", SAVE) if file.endswith(".csv") else ("UTF-8 text", "save it as UTF-8")
    if data.startswith(WORKBOOKS):
        return f"{kind}; this is a workbook of a spreadsheet program by another name: open it there and {how}"
    if data.startswith(UTF_16):
        return f"UTF-8 text; this is UTF-16, as 'Unicode text' of Excel is: {how}"
    if re.match(rb"\s*<(!doctype|html)", data[:200], re.IGNORECASE):
        return f"{kind}; this is a web page, perhaps one that asks to log in: fetch the file itself"
    return None


def content(file: str) -> str:
    """What is expected of a file in which nothing stands."""
    least = ", and a table has its header and a row" if file.endswith(".csv") else ""
    return f"some content; the file is empty{least}"


def wrong_sign(file: str, data: bytes, start: int, end: int) -> Problem:
    """A byte that is no UTF-8, with what its line would say in Windows-1252."""
    begun = data.rfind(b"\n", 0, start) + 1
    around = data[begun:].split(b"\n", 1)[0][max(0, start - begun - 12) : start - begun + 12]
    how = SAVE if file.endswith(".csv") else "save it as UTF-8"
    said = around.decode("cp1252", errors="replace").strip()
    line = data.count(b"\n", 0, start) + 1
    expected = f"UTF-8 text; as Windows-1252 it would say {said!r}: {how}"
    return Problem(file, line, "file", repr(data[start:end]), expected)


def of_header(file: str, header: Sequence[str], fields: Sequence[str]) -> Iterator[Problem]:
    """The problems of a heading that has not each of the fields once, and no others."""
    first = header[0] if header else ""
    if first.lower().startswith("sep="):
        how = f"the names of the columns; delete the line {first}, which is for Excel alone"
        yield Problem(file, 1, "file", ",".join(header), how)
        return
    for sign, name in SEPARATORS.items():
        if len(header) < len(fields) and sign in first and set(first.split(sign)) & set(fields):
            how = f"columns separated by commas; these are separated by {name}: {SAVE}"
            yield Problem(file, 1, "file", first, f"{how}, or choose the comma where the program asks")
            return
    lost = [name for name in fields if name not in header]
    likely = {name: _near(name, lost) for name in header if name not in fields}
    for name in fields:
        if (count := header.count(name)) != 1:
            like = next((one for one, other in likely.items() if other == name), None)
            hint = "" if like is None else f"; is {like!r} meant?"
            yield Problem(file, 1, name, "", f"this column once; there are {count}{hint}")
    for name, like in likely.items():
        plain = like is not None and name.strip().lower() == like
        how = " in small letters and without blanks" if plain else ""
        hint = "" if like is None else f"; for {name!r} write {like!r}{how}"
        yield Problem(file, 1, name, "", f"no such column{hint}")


def _near(name: str, lost: Sequence[str]) -> str | None:
    return next(iter(near(name.strip().lower(), lost)), None)


def of_yaml(text: str, line: int, problem: str) -> str:
    """What is expected where a YAML parser stops, the likeliest cause first; line: from 1, where it stops."""
    told = [own for own in text.splitlines()[:line] if own.strip() and not own.lstrip().startswith("#")]
    # A parser often sees only in the next line that something was wrong.
    for own in reversed(told[-2:]):
        if why := _of_line(own, problem):
            return f"{why} ({problem})"
    if any(re.match(OPENED, own) for own in told):
        return f"a quote that is closed where the text ends ({problem})"
    return (
        f"the lines of one list, and the keys of one part, indented by the same number of blanks ({problem})"
    )


def _of_line(own: str, problem: str) -> str | None:
    """What is likely wrong with a line; None where nothing is seen."""
    value = re.sub(r"^[\s-]*[\w\"']+:\s+", "", own)
    if "\t" in own[: len(own) - len(own.lstrip())]:
        return "blanks for the indentation, and no tab"
    if "mapping values" in problem:
        return 'a text with a colon in quotes, as wording: "The office: about a hundred"'
    if re.match(r"\s*-[A-Za-z]", own):
        return "a blank after '-', as - id: C01"
    if missing := re.match(r"\s*(?:- )?([A-Za-z_]+):[^\s/]", own):
        return f"a blank after the colon, as {missing[1]}: …"
    if value[:1] in ("%", "@", "`", "*", "&", "!", "|", ">") and value != own:
        return f'a text that begins with {value[0]} in quotes, as wording: "{value[0]}…"'
    if re.match(r"[\"'].*[\"']\s*\S", value) and value != own:
        return "quotes around the whole text, or none: for quotes within, 'the \"text\" whole'"
    return None


def key_meant(wrong: ErrorDetails, told: Sequence[ErrorDetails]) -> str:
    """Which missing key an unknown one of the same part may mean, and the other way round; or nothing."""
    if not wrong["loc"]:
        return ""
    *part, name = wrong["loc"]

    def beside(kind: str) -> list[str]:
        return [str(one["loc"][-1]) for one in told if one["type"] == kind and [*one["loc"][:-1]] == part]

    if wrong["type"] == "extra_forbidden":
        return meant(str(name), beside("missing"))
    if wrong["type"] == "missing":
        given = near(str(name), beside("extra_forbidden"))
        return f"; is {given[0]!r} meant for it?" if given else ""
    return ""
