"""Every page of the report, walked once for each screen: what it holds, what it shows and what does not fit.

To open a page costs more than to read it, so that all tests of all pages read what one walk has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser, Page

from .facts import COLLECT, Facts
from .watch import Watch

__all__ = ["CLIPPED", "SIDEWAYS", "Seen", "Walk", "Walks"]

# Whether the page scrolls sideways, and which words are cut at its right edge: furo hides what is too wide.
# What lies wholly outside is a closed drawer.
SIDEWAYS = """() => {
  scrollTo(10000, 0);
  const found = scrollX ? [`scrolls by ${scrollX} px`] : [];
  scrollTo(0, 0);
  const edge = document.documentElement.clientWidth + 1;
  // Words in a box that scrolls, or in one of a pixel that is there for listeners, are not cut.
  const held = one => one && (
    /auto|scroll/.test(getComputedStyle(one).overflowX) || one.offsetWidth <= 1 || held(one.parentElement));
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    range.selectNodeContents(words.currentNode);
    const box = range.getBoundingClientRect();
    const own = words.currentNode.parentElement;
    if (box.width > 1 && box.left < edge && box.right > edge && own.checkVisibility() && !held(own)) {
      const text = words.currentNode.data.trim().slice(0, 80);
      found.push(`${own.localName} cut at ${Math.round(box.right)} px: ${text}`);
    }
  }
  return found.slice(0, 4).join(' | ');
}"""
# What a box hides because it is too narrow for it, where it does not scroll.
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(one => {
  const style = getComputedStyle(one);
  return style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
}).map(one => one.outerHTML.slice(0, 120)).join(' | ')"""
FIGURES = """() => [...document.querySelectorAll('figure.picture')].map(figure => {
  const shown = [...figure.querySelectorAll('.drawing')].filter(one => one.getBoundingClientRect().width > 0);
  const drawing = shown[0] ?? figure, box = drawing.getBoundingClientRect();
  const words = [...drawing.querySelectorAll('text')].filter(one => one.textContent.trim());
  const scale = drawing.viewBox ? box.width / drawing.viewBox.baseVal.width : 0;
  const outside = one => {
    const own = one.getBoundingClientRect();
    return own.left < box.left - 1 || own.right > box.right + 1
      || own.top < box.top - 1 || own.bottom > box.bottom + 1;
  };
  const count = selector => figure.querySelectorAll(selector).length;
  return {title: figure.querySelector('.figure-title')?.textContent, shown: shown.length,
          kind: drawing.tagName,
          least: Math.min(...words.map(one => parseFloat(getComputedStyle(one).fontSize) * scale)),
          outside: words.filter(outside).map(one => one.textContent),
          natural: drawing.naturalWidth,
          drawings: count('.drawing'),
          described: count('img.drawing[alt], svg.drawing[role=img][aria-label]'),
          parts: ['.figure-title', 'figcaption', 'a.figure-data[href$=".csv"]', 'a.figure-enlarge[href]']
            .filter(selector => count(selector) !== 1)};
})"""
FILTERS = """() => [...document.querySelectorAll('.drawing')]
  .filter(one => one.getBoundingClientRect().width > 0)
  .map(one => getComputedStyle(one).filter)"""
TERMS = "() => [...document.querySelectorAll('a.term')].map(one => one.getAttribute('href'))"
# Walk down the page, so that what is loaded late is loaded too.
DOWN = """async () => {
  for (let top = 0; top < document.body.scrollHeight; top += 4000) {
    scrollTo(0, top);
    await new Promise(requestAnimationFrame);
  }
  for (const one of document.querySelectorAll('details')) one.open = true;
  await new Promise(requestAnimationFrame);
}"""
# Shows only what stays when the script is off: controls that need it are hidden in both cases. Tables that
# come in pages show all their rows, as they do on paper.
TEXT = """() => {
  dispatchEvent(new Event('beforeprint'));
  for (const one of document.querySelectorAll('.needs-script')) one.style.display = 'none';
  return document.querySelector('main, [role=main]').innerText;
}"""
CONTROLS = """() => [...document.querySelectorAll('main button, main input, main select')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 0)
  .map(one => one.outerHTML.slice(0, 120))"""
# What SIDEWAYS finds with a word without end in a heading, a paragraph, a cell and a caption.
LENGTHENED = f"""() => {{
  const added = ['h1', 'main p', 'main td', 'main th', 'main li', 'figcaption', 'dd'].map(kind => {{
    const word = document.createTextNode(' ' + 'x'.repeat(400));
    document.querySelector(kind)?.append(word);
    return word;
  }});
  const found = ({SIDEWAYS})();
  for (const word of added) word.remove();
  return found;
}}"""


# What a walk reads of each page. On other screens than that of a desk only what differs there is read, and
# without script only what may depend on it: a test that asks for more ends in an AttributeError.
DESK = ("facts", "terms", "figures", "light", "controls", "wide", "dark", "printed", "text")
READ = {
    (1280, True): DESK,
    (1280, False): ("controls", "text"),
    (820, True): ("wide",),
    (360, True): ("figures", "wide", "wider"),
    (320, True): ("wide",),
}


class Seen(SimpleNamespace):
    """One page on one screen, as far as it was read.

    asked: the addresses of the files that it asked for. terms: the links to the glossary. figures: a mapping
    for each, as shown. light, dark: the filters of its drawings where the page is so; printed: where it is on
    paper. wide: what does not fit; wider: with words without end. text: of its main part, as without script.
    controls: those that can be seen.
    """


@dataclass(frozen=True)
class Walk:
    """What was seen of every page by its name, and the trouble that the pages made."""

    pages: dict[str, Seen]
    trouble: list[str]


class Walks:
    """Walks over all pages of a site, each walked when it is first asked for."""

    def __init__(self, browser: Browser, site: Path, names: Sequence[str]) -> None:
        self._browser, self._site, self._names = browser, site, names
        self._walked: dict[tuple[int, bool], Walk] = {}

    def __call__(self, width: int = 1280, script: bool = True) -> Walk:
        """All pages in a window of so many CSS pixels, with or without script."""
        key = (width, script)
        if key not in self._walked:
            self._walked[key] = self._walk(width, script)
        return self._walked[key]

    def _walk(self, width: int, script: bool) -> Walk:
        watch = Watch(self._site.resolve())
        size = {"width": width, "height": 800}
        context = self._browser.new_context(viewport=size, java_script_enabled=script)
        watch.follow(context)
        page = context.new_page()
        walk = Walk({}, watch.trouble)
        for name in self._names:
            page.goto((self._site / name).as_uri())
            read = seen(page, READ[width, script])
            if script:
                page.evaluate(DOWN)
            walk.pages[name] = Seen(asked=tuple(watch.asked), **read)
            watch.asked.clear()
        context.close()
        return walk


def seen(page: Page, parts: Sequence[str]) -> dict[str, Any]:
    """What there is to see of the page that is open; what changes it comes last."""
    read: Callable[[str], Any] = page.evaluate

    def filters(**media: Any) -> Any:
        page.emulate_media(**media)
        found = read(FILTERS)
        page.emulate_media(media="screen", color_scheme="light")
        return found

    readers: dict[str, Callable[[], Any]] = {
        "facts": lambda: Facts(**read(COLLECT)),
        "terms": lambda: read(TERMS),
        "figures": lambda: read(FIGURES),
        "light": lambda: read(FILTERS),
        "controls": lambda: read(CONTROLS),
        "wide": lambda: read(SIDEWAYS) or read(CLIPPED),
        "wider": lambda: read(LENGTHENED),
        "dark": lambda: filters(color_scheme="dark"),
        "printed": lambda: filters(media="print", color_scheme="dark"),
        "text": lambda: " ".join(read(TEXT).split()),
    }
    return {name: reader() for name, reader in readers.items() if name in parts}
