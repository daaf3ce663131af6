"""Texts written short: a list of their words, and each text as codes of one to three characters.

The search holds most words of the report a second time; so written they take a third of the room. A
compressor would write shorter still, but not the same bytes on every machine. `search.js` reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["pack", "unpack"]

# Printable characters that JSON writes as they are; the commonest words get the first ones, alone.
ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
ALONE, PAIRS = 36, 40
WORD = re.compile(r" ?[^\W_]+|.", re.DOTALL)


def pack(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of the texts, the commonest first, and each text as codes; ValueError for too many words."""
    split = [WORD.findall(text) for text in texts]
    counts = Counter(word for words in split for word in words)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    codes = {word: _code(place) for place, word in enumerate(words)}
    return words, ["".join(codes[word] for word in one) for one in split]


def _code(place: int) -> str:
    base = len(ALPHABET)
    if place < ALONE:
        return ALPHABET[place]
    place -= ALONE
    if place < PAIRS * base:
        return ALPHABET[ALONE + place // base] + ALPHABET[place % base]
    place -= PAIRS * base
    lead, rest = divmod(place, base * base)
    if ALONE + PAIRS + lead >= base:
        raise ValueError(f"more words than there are codes: {place}")
    return ALPHABET[ALONE + PAIRS + lead] + ALPHABET[rest // base] + ALPHABET[rest % base]


def unpack(words: Sequence[str], text: str) -> str:
    """A text from its codes; what `search.js` does in the browser."""
    base, found, at = len(ALPHABET), [], 0
    while at < len(text):
        lead = ALPHABET.index(text[at])
        length = 1 if lead < ALONE else 2 if lead < ALONE + PAIRS else 3
        rest = 0
        for character in text[at + 1 : at + length]:
            rest = rest * base + ALPHABET.index(character)
        starts = (
            lead,
            ALONE + (lead - ALONE) * base,
            ALONE + PAIRS * base + (lead - ALONE - PAIRS) * base**2,
        )
        found.append(words[starts[length - 1] + rest])
        at += length
    return "".join(found)
