"""Generated events of the shapes that the mappings know, and a count of them without any engine."""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import shapely

from utils.incidents.mapping import Mapping

Row = dict[str, str]

# Two squares that share a border at 31° E, and one far away.
AREAS = {
    "East": shapely.box(31, 48, 32, 49),
    "North": shapely.box(30, 60, 31, 61),
    "West": shapely.box(30, 48, 31, 49),
}
# Inside, on the shared border, on a corner, on an outer border, outside, and of a place that nobody can read.
PLACES = [
    ("30.5", "48.5"), ("31.5", "48.25"), ("31", "48.5"), ("31.0", "48"), ("30", "48.7"), ("30.25", "60.5"),
    ("-71.25", "-12.5"), ("180", "90"), ("0", "0"), ("-0.0", "0.0"),
    ("", "48.5"), ("30.5", ""), ("nan", "48.5"), ("inf", "1"), ("east", "48.5"), ("30.5", "91"), ("181", "1"),
    ("30,5", "48.5"), ("1e400", "0"), ("30.5d", "48.5"), ("0x1F", "48.5"),
    (" 30.5 ", "48.5"), ("3.05e1", "48.5"),
]  # fmt: skip
BAD_MOMENTS = ["", "2024-02-30", "yesterday", "2024-13-01", "20241301", "0000-00-00"]
TAGS = {
    "viina": ["uav", "raid|uav", "", "loc", "artillery|loc|uav", "laser", "uav|uav"],
    "acled": ["Shelling/artillery/missile attack", "Armed clash", "", "Protest, with \"words\""],
    "gdelt": ["19", "20", "01", "99", ""],
}  # fmt: skip


def generated(name: str, how: Mapping, many: int, seed: int = 0) -> list[Row]:
    """Rows of a source's shape, with wrong ones, ones that stand twice, and nights across which days turn."""
    draw = random.Random(seed)
    start = datetime(2024, 3, 30)
    rows = []
    for number in range(many):
        moment = start + timedelta(minutes=draw.randrange(0, 60 * 24 * 4))
        lon, lat = draw.choice(PLACES[:8] if draw.random() < 0.8 else PLACES)
        row = dict.fromkeys(how.columns or how.asked, "")
        row.update({key: f'{key} {number // 2}, "so"' for key in how.same})
        spelled = moment.strftime(how.format.replace("%z", ""))
        offset = draw.choice(["Z", "+02:00", "-0530"]) if how.has_offset else ""
        row[how.moment] = draw.choice(BAD_MOMENTS) if draw.random() < 0.05 else spelled + offset
        row[how.longitude], row[how.latitude] = lon, lat
        row[how.tags] = draw.choice(TAGS[name])
        rows.append(row)
        if draw.random() < 0.1:
            rows.append(dict(row, **{how.tags: draw.choice(TAGS[name])}))
    return rows


def written(path: Path, rows: Iterable[Row], how: Mapping) -> Path:
    """The rows as a CSV file in the source's own manner."""
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=how.delimiter, lineterminator="\n")
        if not how.columns:
            writer.writeheader()
        writer.writerows(rows)
    return path


def expected(rows: Iterable[Row], how: Mapping) -> tuple[Counter[tuple[str, str, str]], Counter[str]]:
    """Counts by (day, area, tag), and how many rows are wrong for which reason, one row after another."""
    seen: dict[tuple[object, ...], set[str]] = {}
    wrong: Counter[str] = Counter()
    for row in rows:
        moment, place = moment_of(row[how.moment].strip(), how), place_of(row, how)
        if not isinstance(moment, datetime):
            wrong[moment] += 1
        elif isinstance(place, str):
            wrong[place] += 1
        else:
            key = (moment, place, *(row[name].strip() for name in how.same))
            seen.setdefault(key, {"any"}).update(tags_of(row[how.tags], how))
    counts: Counter[tuple[str, str, str]] = Counter()
    for (moment, place, *_), tags in seen.items():
        day = day_of(moment, how)
        counts.update((day, area_of(place), tag) for tag in tags)
    return counts, wrong


def moment_of(text: str, how: Mapping) -> datetime | str:
    if not text:
        return "no moment"
    try:
        moment = datetime.strptime(text, how.format)
    except ValueError:
        return "a moment that cannot be read"
    return moment.astimezone(UTC).replace(tzinfo=None) if how.has_offset else moment


def place_of(row: Row, how: Mapping) -> tuple[int, int] | str:
    texts = [row[name].strip() for name in (how.longitude, how.latitude)]
    if "" in texts:
        return "no coordinates"
    if not all(re.fullmatch(r"[+-]?\d+(\.\d*)?(e[+-]?\d+)?", text) for text in texts):
        return "coordinates that cannot be read"
    lon, lat = map(float, texts)
    if float("inf") in (lon, lat):
        return "coordinates that cannot be read"
    if abs(lon) > 180 or abs(lat) > 90:
        return "coordinates that are not on the globe"
    return round(lon * 1e6), round(lat * 1e6)


def tags_of(text: str, how: Mapping) -> Iterator[str]:
    for tag in text.split(how.between) if how.between else [text]:
        if tag.strip() and tag not in how.left_out and (not how.names or tag in how.names):
            yield how.names.get(tag, tag)


def day_of(moment: datetime, how: Mapping) -> str:
    if how.counted_in:
        zone = UTC if how.has_offset else ZoneInfo(how.written_in)
        moment = moment.replace(tzinfo=zone).astimezone(ZoneInfo(how.counted_in))
    return moment.date().isoformat()


def area_of(place: tuple[int, int]) -> str:
    point = shapely.Point(place[0] / 1e6, place[1] / 1e6)
    return next((name for name, shape in AREAS.items() if shape.intersects(point)), "elsewhere")
