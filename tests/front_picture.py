"""The picture of the front page in the README: `python tests/front_picture.py` makes it of the built report.

It needs Chromium on the path, as the tests of the browser do. Its colours are cut to a palette, to be light.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

__all__ = ["PICTURE", "make"]

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "front.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT, COLOURS = 1280, 800, 64


def make(front: Path, picture: Path) -> None:
    """Write the first screen of a page as a picture; FileNotFoundError without a page or a browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not front.is_file():
        raise FileNotFoundError(f"Chromium and {front} are needed; make report builds the page")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(front.as_uri())
        drawn = page.screenshot()
        opened.close()
    small = Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.parent.mkdir(parents=True, exist_ok=True)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    try:
        make(ROOT / "reports" / "html" / "index.html", PICTURE)
    except FileNotFoundError as error:
        sys.exit(str(error))
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size} bytes")
