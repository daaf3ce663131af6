"""axe finds no violation on any page, at both widths, in light and in dark."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from .watch import listed

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Every rule but those of level AAA, which no whole site is asked to meet. axe's own preloading of style
# sheets would be a request, which the pages forbid.
RUN = """async (kind) => {
  const open = axe.getRules().filter(rule => !rule.tags.includes('wcag2aaa'));
  const of = rule => rule.tags.includes('cat.color') ? 'colours'
    : ['scrollable-region-focusable', 'target-size'].includes(rule.ruleId) ? 'sizes' : 'others';
  const rules = open.filter(rule => kind.includes('all') || kind.includes(of(rule))).map(rule => rule.ruleId);
  const options = {runOnly: {type: 'rule', values: rules}, preload: false, resultTypes: ['violations']};
  const found = await axe.run(document, options);
  return found.violations.map(one => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 200)} `
    + one.nodes[0].failureSummary.slice(0, 200));
}"""
# The rows of a table come from one template: every twentieth stands for them where there are hundreds. What
# is in a drawing is one picture for who listens, by its name, and axe measures no contrast in it.
THIN = """() => {
  for (const part of document.querySelectorAll('svg[role=img] > :not(title, desc)')) part.remove();
  for (const body of document.querySelectorAll('tbody')) {
    if (body.rows.length > 100) [...body.rows].forEach((row, place) => place % 20 && row.remove());
  }
}"""
# The contrast of every text is what takes axe's time, and it is the same for what is built, placed and
# coloured alike: of parts of a page that are, the first three of all pages stand for the others, and the
# frame of a page for that of a page that has the same. What was seen before is given and returned: how often,
# by a digest of how a part is built (`shape`), of all that it stands in (`place`), and of their colours.
ALIKE = """(seen) => {
  const own = one => one.name === 'class' || one.name === 'style' ? one.value : one.value ? '' : 'empty';
  const named = one => [
    one.localName, ...[...one.attributes].map(given => `${given.name}=${own(given)}`).sort(),
  ].join(' ');
  const digest = text => {
    let [high, low] = [1, 2];
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return `${high >>> 0} ${low >>> 0}`;
  };
  const shapes = new Map();
  const shape = one => {
    if (!shapes.has(one)) {
      shapes.set(one, digest([named(one), ...[...one.childNodes].map(
        child => child.nodeType === Node.ELEMENT_NODE ? shape(child)
          : child.nodeType === Node.TEXT_NODE && child.data.trim() ? '…' : '')].join(' ')));
    }
    return shapes.get(one);
  };
  const places = new Map();
  const place = one => {
    if (!one) return '';
    if (!places.has(one)) {
      const style = getComputedStyle(one);
      const look = [style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.fontSize];
      places.set(one, digest([place(one.parentElement), named(one), style.fontWeight, ...look].join(' ')));
    }
    return places.get(one);
  };
  // All are looked at before one is taken out, as to look again would lay the page out again.
  const parts = [...document.querySelectorAll('main *')];
  const told = new Map(parts.map(one => [one, [3, place(one) + shape(one)]]));
  for (const one of document.querySelectorAll('body > header, body > footer, nav, aside')) {
    told.set(one, [1, shape(one)]);
  }
  for (const [one, [most, key]] of told) {
    if (!one.isConnected) continue;
    seen[key] = (seen[key] ?? 0) + 1;
    if (seen[key] > most) one.remove();
  }
  return seen;
}"""


def found(page: Page, kind: str = "all") -> list[str]:
    return page.evaluate(RUN, kind)


def resize(page: Page, width: int) -> None:
    """Give a page another width, until it has been drawn so."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def richest(site: Path, names: list[str]) -> set[str]:
    """The largest page of every folder, and every page of the first: one of each template."""
    kept = {}
    for name in names:
        kind = Path(name).parent.name or name
        kept[kind] = max(name, kept.get(kind, name), key=lambda one: (site / one).stat().st_size)
    return set(kept.values())


def test_axe_finds_nothing(opened, site, names):
    """Of a page that stands for its template all at both widths, of another its sizes at the smaller.

    Another scheme changes colours and nothing else. What differs on a narrow page from a wide one, in colours
    or in parts, is the frame that all pages of a template have; sizes differ on every page.
    """
    narrow = richest(site, names)
    assert {Path(name).parent.name for name in narrow} == {"", "claims", "notebooks"}
    page, violations = opened(reduced_motion="reduce"), {}
    seen: dict[int, dict[str, int]] = {1280: {}, 360: {}}
    for name in sorted(names, key=lambda name: name not in narrow):
        for width in (1280, 360) if name in narrow else (1280,):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto((site / name).as_uri())
            page.evaluate(THIN)
            page.evaluate(AXE)
            violations[name, width, "structure"] = found(page, "others sizes")
            if name not in narrow:
                resize(page, 360)
                violations[name, 360, "sizes"] = found(page, "sizes")
                resize(page, width)
            seen[width] = page.evaluate(ALIKE, seen[width])
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                violations[name, width, scheme] = found(page, "colours")
            page.emulate_media(color_scheme="light")
    assert not (told := listed(violations)), told


def test_axe_finds_nothing_in_an_open_card_and_an_enlarged_figure(opened, site, names):
    name = next(name for name in names if name.startswith("notebooks/01"))
    for link, box in (("a.bound", "#card"), ("a.figure-enlarge", "#enlarged")):
        page = opened(name, color_scheme="light")
        page.locator(link).first.click()
        page.locator(box).wait_for()
        page.evaluate(AXE)
        assert found(page, "others sizes") == []
        page.evaluate(THIN)
        page.evaluate(ALIKE, {})
        assert page.locator(f"{box} *").count()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert found(page, "colours") == []


def test_what_scrolls_inside_itself_is_reached_with_the_keyboard_at_every_width(opened):
    """Also after a telephone has been turned or a page enlarged, and only while it scrolls."""
    regions = """() => {
      const boxes = [...document.querySelectorAll('.table-wrapper, pre')];
      const wrong = boxes.filter(box => (box.scrollWidth > box.clientWidth) !== (box.role === 'region'
        && box.tabIndex === 0 && box.ariaLabel !== ''));
      const names = boxes.filter(box => box.role === 'region').map(box => box.ariaLabel);
      return [wrong.map(box => box.outerHTML.slice(0, 100)), names];
    }"""
    page = opened("notebooks/09_verdicts.html")
    told = {}
    for width in (1280, 360, 1280):
        resize(page, width)
        wrong, told[width] = page.evaluate(regions)
        assert wrong == [] and len(told[width]) == len(set(told[width]))
    assert len(told[360]) > len(told[1280])


def test_axe_is_awake(opened, site):
    page = opened("index.html")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    page.evaluate(AXE)
    assert any(told.startswith("image-alt") for told in found(page, "others"))


@pytest.mark.parametrize(
    "change",
    [
        "row.querySelector('a').style.color = '#ccc'",
        "row.className = 'pale'",
        "const last = document.createElement('em'); last.className = 'pale'; last.textContent = 'Pale words';"
        "row.cells[0].append(last)",
    ],
)
def test_axe_sees_the_one_row_that_looks_otherwise(opened, change):
    page = opened("index.html", color_scheme="light")
    left = page.evaluate(
        f"""() => {{
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.pale, .pale * {{ color: #ccc !important; }}');
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
          const body = document.querySelector('main table tbody');
          for (let place = 0; place < 30; place++) body.append(body.rows[0].cloneNode(true));
          const row = body.rows[body.rows.length - 1];
          {change};
          ({ALIKE})({{}});
          return body.rows.length;
        }}"""
    )
    page.evaluate(AXE)
    assert left < 30
    assert any(told.startswith("color-contrast") for told in found(page, "colours"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_follow_the_scheme_and_the_button(opened, scheme):
    """The background is light or dark as the reader's system asks, and the button overrules it."""
    page = opened("index.html", color_scheme=scheme)
    shade = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    dark = scheme == "dark"
    assert (sum(page.evaluate(shade)) < 3 * 128) == dark
    seen = set()
    for _ in range(3):
        page.locator(".theme-toggle:visible").first.click()
        seen.add(sum(page.evaluate(shade)) < 3 * 128)
    assert seen == {True, False}
