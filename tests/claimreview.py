"""A validator of ClaimReview, by the documentation of schema.org and Google.

Which properties are required or recommended: developers.google.com/search/docs/appearance/structured-data/
factcheck (ClaimReview, Claim, Rating, and what an author needs). schema.org itself requires none; its pages
schema.org/ClaimReview, /Claim, /Rating, /Organization and /CreativeWork give the types. datePublished,
inLanguage and license of the review, and name, inLanguage and datePublished of the article, are asked for
here as well: schema.org has them for every CreativeWork, and a reader of the file needs them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

REQUIRED, RECOMMENDED = "required", "recommended"


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _address(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) is not None


def _day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _day_or_month(value: object) -> bool:
    # ISO 8601 lets a day go that is not known.
    return _day(value) or (isinstance(value, str) and _day(f"{value}-01"))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _language(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", value) is not None


# For every property: whether it is asked for, and its type: a test of plain values, or the types of a node.
Kind = Callable[[object], bool] | tuple[str, ...]
PUBLISHER = {"name": (REQUIRED, _text), "url": (RECOMMENDED, _address)}
SPEAKER = {"name": (REQUIRED, _text), "sameAs": (RECOMMENDED, _address)}
PROPERTIES: dict[str, dict[str, tuple[str, Kind]]] = {
    "ClaimReview": {
        "claimReviewed": (REQUIRED, _text),
        "reviewRating": (REQUIRED, ("Rating",)),
        "url": (REQUIRED, _address),
        "author": (RECOMMENDED, ("Organization", "Person")),
        "publisher": (RECOMMENDED, ("Organization", "Person")),
        "itemReviewed": (RECOMMENDED, ("Claim",)),
        "datePublished": (RECOMMENDED, _day),
        "inLanguage": (RECOMMENDED, _language),
        "license": (RECOMMENDED, _address),
    },
    "Claim": {
        # One of appearance and firstAppearance is enough.
        "appearance": (RECOMMENDED, ("CreativeWork", "Article", "NewsArticle")),
        "author": (RECOMMENDED, ("Organization", "Person")),
        "datePublished": (RECOMMENDED, _day_or_month),
    },
    "Rating": {
        "alternateName": (REQUIRED, _text),
        "ratingExplanation": (RECOMMENDED, _text),
    },
    "CreativeWork": {
        "name": (RECOMMENDED, _text),
        "datePublished": (RECOMMENDED, _day_or_month),
        "inLanguage": (RECOMMENDED, _language),
    },
}
# Recommended for a numeric rating; one without a number has none of the three.
SCALE = ("worstRating", "ratingValue", "bestRating")


def problems(review: dict) -> list[str]:
    """What is missing or has the wrong type, by its place, sorted."""
    found = [] if review.get("@context") == "https://schema.org" else ["@context: https://schema.org"]
    if review.get("@type") != "ClaimReview":
        return [*found, "@type: ClaimReview"]
    return sorted([*found, *_node(review, "ClaimReview", PROPERTIES["ClaimReview"])])


def _node(node: dict, place: str, properties: dict[str, tuple[str, Kind]]) -> Iterator[str]:
    for name, (asked, kind) in properties.items():
        here = f"{place}.{name}"
        if name not in node:
            yield f"{here}: {asked}"
        elif callable(kind):
            if not kind(node[name]):
                yield f"{here}: wrong type {node[name]!r}"
        else:
            yield from _inner(node[name], here, kind)
    if place.endswith("reviewRating"):
        yield from _scale(node, place)


def _inner(value: object, place: str, kinds: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("@type") not in kinds:
        yield f"{place}: a node of {' or '.join(kinds)}"
    elif place.endswith("itemReviewed.author"):
        yield from _node(value, place, SPEAKER)
    elif place.endswith(("author", "publisher")):
        yield from _node(value, place, PUBLISHER)
    else:
        yield from _node(value, place, PROPERTIES.get(value["@type"], PROPERTIES["CreativeWork"]))


def _scale(rating: dict, place: str) -> Iterator[str]:
    if not set(SCALE) & set(rating):
        return
    if not all(_number(rating.get(name)) for name in SCALE):
        yield f"{place}: numbers for all of {', '.join(SCALE)}"
        return
    worst, value, best = (rating[name] for name in SCALE)
    if not (1 <= worst < best and worst <= value <= best):
        yield f"{place}: 1 <= worst < best and the value between them, not {worst}, {value}, {best}"
