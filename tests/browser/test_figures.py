"""Figures on screens of all kinds: words are large enough, found by a search, and dark where the page is."""

import pytest

LEAST = 11  # pixels of a letter's height on a telephone
WORDS = """() => [...document.querySelectorAll('figure.picture')].map(figure => {
  const shown = [...figure.querySelectorAll('.drawing')].filter(one => one.getBoundingClientRect().width > 0);
  const [drawing] = shown, box = drawing.getBoundingClientRect();
  const words = [...drawing.querySelectorAll('text')].filter(one => one.textContent.trim());
  const scale = drawing.viewBox ? box.width / drawing.viewBox.baseVal.width : 0;
  const outside = one => {
    const own = one.getBoundingClientRect();
    return own.left < box.left - 1 || own.right > box.right + 1
      || own.top < box.top - 1 || own.bottom > box.bottom + 1;
  };
  const title = figure.querySelector('.figure-title').textContent;
  return {title, shown: shown.length, kind: drawing.tagName,
          least: Math.min(...words.map(one => parseFloat(getComputedStyle(one).fontSize) * scale)),
          outside: words.filter(outside).map(one => one.textContent),
          filter: getComputedStyle(drawing).filter, natural: drawing.naturalWidth};
})"""


def figures(page, site, names):
    """What every figure of the site shows on this page's screen."""
    for name in names:
        page.goto((site / name).as_uri())
        for one in page.evaluate(WORDS):
            yield f"{name}: {one['title']}", one


@pytest.mark.parametrize("width", [360, 1280])
def test_every_word_of_a_drawing_is_large_enough_and_within_it(opened, site, names, width):
    found = list(figures(opened(width=width), site, names))
    assert sum(one["kind"] == "svg" for _, one in found) > 0.9 * len(found) > 0
    for told, one in found:
        assert one["shown"] == 1, told
        if one["kind"] == "svg":
            assert one["least"] >= LEAST and one["outside"] == [], told
        elif width == 360:
            # Drawn for so narrow a screen, in the same size of letters.
            assert one["natural"] == 630, told


def test_the_words_of_a_drawing_are_found_once_by_a_search(opened, names):
    page = opened(next(name for name in names if name.startswith("notebooks/01")))
    words = page.locator("svg.drawing text:visible", has_text="Volodymyr Zelensky, 13 Sep 2024")
    assert words.count() == 1
    assert page.evaluate("find('Volodymyr Zelensky, 13 Sep 2024')")


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_drawings_are_dark_where_the_page_is(opened, site, names, scheme, dark):
    page = opened()
    page.emulate_media(color_scheme=scheme)
    filters = {one["filter"] != "none" for _, one in figures(page, site, names)}
    assert filters == {dark}
    page.emulate_media(color_scheme=scheme, media="print")
    assert {one["filter"] for one in page.evaluate(WORDS)} <= {"none"}
