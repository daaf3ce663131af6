"""The choices of a check for readers: each by its description, its values by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..archive import Archive
from ..evidence.parameters import BuiltCheck
from ..words import choice, listed, teller

__all__ = ["in_words"]

# What stands on the page already, and what no reader can choose.
SHOWN = {
    "method",
    "name",
    "reading",
    "condition",
    "asked",
    "says",
    "denial",
    "measured",
    "where",
    "among",
    "by",
}
# What a choice of one word means, by the parameter.
MEANT = {
    "none_moved": "none moved",
    "not_thinned": "not thinned",
    "some": "on some day",
    "all": "on every day",
    "up": "growth",
    "down": "a fall",
    "either": "any change",
    "affirms": "that it is so",
    "denies": "that it is not so",
}


def in_words(archive: Archive, check: BuiltCheck) -> list[tuple[str, str]]:
    """Every choice of a check, as what is chosen and its value."""
    return [
        (archive.article.partial_party.tell(_heading(check, name)), _value(archive, value))
        for name, value in check.model_dump().items()
        if name not in SHOWN and value not in (None, (), {}, []) and not _is_column(check, name)
        if name != "belligerents" or archive.article.partial_words
    ]


def _is_column(check: BuiltCheck, name: str) -> bool:
    """Whether a choice is the name of a column, which the question tells in words."""
    return name in ("value", "place") and bool(check.tables_used()) and name in check.model_fields_set


def _heading(check: BuiltCheck, name: str) -> str:
    words = type(check).model_fields[name].description or name.replace("_", " ")
    return (words[:1].upper() + words[1:]).replace("`", "")


def _value(archive: Archive, value: object) -> str:
    if isinstance(value, Mapping) and "table" in value:
        return archive.tables.origin(str(value["table"]))
    if isinstance(value, Mapping):
        return "; ".join(_pairs(archive, value))
    if isinstance(value, list | tuple):
        return listed(_value(archive, one) for one in value)
    return _name(archive, value) if isinstance(value, str) else choice(value)


def _pairs(archive: Archive, value: Mapping[str, object]) -> Iterator[str]:
    for name, one in value.items():
        if one not in (None, (), {}, []):
            yield f"{_name(archive, name)}: {_value(archive, one)}"


def _name(archive: Archive, word: str) -> str:
    """An id by the name of what it stands for; other words as they are, without underscores."""
    if word in archive.quantities:
        return archive.quantities[word].label
    if word in archive.sources:
        return teller(archive.sources[word].name)
    if rows := archive.by_origin.get(word):
        return f"the telling of {teller(archive.sources[rows[0].source].name, within=True)}"
    return MEANT.get(word, word.replace("_", " "))
