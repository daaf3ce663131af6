"""What a page holds, read from the browser's own tree: links, targets, pictures, headings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COLLECT", "Facts"]

# Cards lie in template elements, which a query of the document does not enter.
COLLECT = """() => {
  const roots = [document, ...[...document.querySelectorAll('template')].map(one => one.content)];
  const all = selector => roots.flatMap(root => [...root.querySelectorAll(selector)]);
  const given = (selector, name) => all(selector).map(one => one.getAttribute(name));
  return {
    links: [...given('[href]', 'href'), ...given('[src]', 'src'), ...given('[action]', 'action'),
            ...given('meta[property="og:image"]', 'content')],
    ids: given('[id]', 'id'),
    // The drawings of one figure are one picture, whose file is the one that it is enlarged to.
    pictures: [
      ...all('img[src]:not(.drawing)').map(one => [one.getAttribute('src'), one.getAttribute('alt')]),
      ...all('figure .drawing').map(one => [
        one.closest('figure').querySelector('a.figure-enlarge').getAttribute('href'),
        one.getAttribute('alt') ?? one.getAttribute('aria-label')])],
    drawings: all('svg[role=img]:not(.drawing)').map(one =>
        one.getAttribute('aria-label') ?? one.textContent),
    headings: [...document.querySelectorAll('h1')].map(one => one.textContent),
    title: document.title,
    mains: document.querySelectorAll('main, [role=main]').length,
    hints: all('link').filter(one => /prefetch|preload|preconnect|prerender/.test(one.rel)).length
           + all('script[type=speculationrules]').length,
    inline: all('script:not([src]):not([type="application/ld+json"]), style, [style]').length
            + all('*').filter(one => [...one.attributes].some(own => /^on/i.test(own.name))).length,
  };
}"""


@dataclass(frozen=True)
class Facts:
    """One page; links and ids as they are written, pictures as pairs of address and alternative text."""

    links: list[str]
    ids: list[str]
    pictures: list[tuple[str, str | None]]
    drawings: list[str]
    headings: list[str]
    title: str
    mains: int
    hints: int
    inline: int
