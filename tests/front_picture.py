"""Pictures of front pages in the README: `python tests/front_picture.py` makes them of the built reports.

One is of the project's own front page, one has it beside that of the example. It needs Chromium on the path,
as the tests of the browser do. Colours are cut to a palette, to be light.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from browsers import BROWSERS
from PIL import Image
from playwright.sync_api import sync_playwright

__all__ = ["BESIDE", "PICTURE", "beside", "make"]

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "front.png"
BESIDE = ROOT / "docs" / "fronts.png"
FRONTS = (
    ROOT / "reports" / "html" / "index.html",
    ROOT / "examples" / "record_heat-report" / "html" / "index.html",
)
# With fewer colours one party gets that of another.
WIDTH, HEIGHT, COLOURS = 1280, 800, 256
NARROW, GAP = 800, 20


def make(front: Path, picture: Path) -> None:
    """Write the first screen of a page as a picture; FileNotFoundError without a page or a browser."""
    (screen,) = _screens([front], WIDTH)
    _save(screen, picture)


def beside(fronts: Sequence[Path], picture: Path) -> None:
    """Write the first screens of pages beside each other as one picture; as `make`."""
    screens = _screens(fronts, NARROW)
    whole = Image.new("RGB", (len(screens) * (NARROW + GAP) - GAP, HEIGHT), "#808080")
    for place, screen in enumerate(screens):
        whole.paste(screen, (place * (NARROW + GAP), 0))
    _save(whole, picture)


def _screens(fronts: Sequence[Path], width: int) -> list[Image.Image]:
    """The first screen of each page."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = [str(front) for front in fronts if not front.is_file()]
    if browser is None or missing:
        raise FileNotFoundError(f"Chromium and {', '.join(missing) or 'a page'} are needed; see make report")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page(
            viewport={"width": width, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        screens = []
        for front in fronts:
            page.goto(front.as_uri())
            screens.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        opened.close()
    return screens


def _save(picture: Image.Image, path: Path) -> None:
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    small.save(path, optimize=True)


if __name__ == "__main__":
    try:
        make(FRONTS[0], PICTURE)
        beside(FRONTS, BESIDE)
    except FileNotFoundError as error:
        sys.exit(str(error))
    for picture in (PICTURE, BESIDE):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size} bytes")
