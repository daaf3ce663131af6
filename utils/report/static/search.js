"use strict";
// The search: everything that searched.js holds, by MiniSearch, with numbers in any spelling and excerpts.
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("search-results");
  if (!box || !window.searched) return;
  const SHOWN = 20;
  const { kinds, pages, words, documents } = window.searched;
  const made = (tag, properties, ...children) => {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...children);
    return one;
  };

  // Codes of one to three characters, as packed.py writes them.
  const ALPHABET = Array.from({ length: 92 }, (_, place) => String.fromCharCode(35 + place)).filter((one) => one !== "\\");
  const value = new Map(ALPHABET.map((one, place) => [one, place]));
  const [ALONE, PAIRS, BASE] = [36, 40, ALPHABET.length];
  function unpack(text) {
    let found = "";
    for (let at = 0; at < text.length; at++) {
      const lead = value.get(text[at]);
      if (lead < ALONE) found += words[lead];
      else if (lead < ALONE + PAIRS) found += words[ALONE + (lead - ALONE) * BASE + value.get(text[++at])];
      else {
        const start = ALONE + PAIRS * BASE + (lead - ALONE - PAIRS) * BASE ** 2;
        found += words[start + value.get(text[++at]) * BASE + value.get(text[++at])];
      }
    }
    return found;
  }

  // The words of a text with their places; a number is one word, in one spelling.
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function terms(text) {
    const all = [];
    const plain = (from, to) => {
      for (const match of text.slice(from, to).matchAll(/[\p{L}\p{N}]+/gu)) {
        all.push({ term: folded(match[0]), start: from + match.index, end: from + match.index + match[0].length });
      }
    };
    let at = 0;
    for (const { start, end, value: term } of numbers.found(text)) {
      plain(at, start);
      all.push({ term, start, end });
      at = end;
    }
    plain(at, text.length);
    return all;
  }

  const every = documents.map(([kind, title, page, anchor, text, weight], id) => ({
    id,
    kind,
    title: unpack(title),
    address: anchor ? `${pages[page]}#${anchor}` : pages[page],
    text: unpack(text),
    weight: weight * kinds[kind][0],
  }));
  const index = new MiniSearch({
    fields: ["title", "text"],
    tokenize: (text) => terms(text).map(({ term }) => term),
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 2 },
      boostDocument: (id) => every[id].weight,
      // A number is meant as it is; a word may be the beginning of another one.
      prefix: (term) => /^\p{L}{3,}$/u.test(term),
      fuzzy: (term) => (/^\p{L}{6,}$/u.test(term) ? 0.15 : false),
    },
  });

  function excerpt({ text }, found) {
    const hits = terms(text).filter(({ term }) => found.has(term));
    if (!hits.length) return [text.slice(0, 180), text.length > 180 ? "…" : ""];
    // Where most of the words stand together.
    const near = (one) => new Set(hits.filter(({ start }) => start >= one.start && start < one.start + 160).map(({ term }) => term)).size;
    const best = hits.reduce((one, other) => (near(other) > near(one) ? other : one));
    let from = Math.max(0, best.start - 60);
    if (from) from = text.indexOf(" ", from) + 1;
    let to = Math.min(text.length, from + 240);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), best.end);
    const parts = [from ? "… " : ""];
    let at = from;
    for (const { start, end } of hits.filter((one) => one.start >= from && one.end <= to)) {
      parts.push(text.slice(at, start), made("mark", { textContent: text.slice(start, end) }));
      at = end;
    }
    return [...parts, text.slice(at, to), to < text.length ? " …" : ""];
  }

  function item(result) {
    const document = every[result.id];
    const found = new Set(result.terms);
    const title = made("a", { href: document.address, textContent: document.title });
    const kind = made("span", { className: "meta", textContent: ` ${kinds[document.kind][1]}` });
    return made("li", {}, title, kind, made("p", { className: "excerpt" }, ...excerpt(document, found)));
  }

  function nothing(query) {
    const counts = kinds.map(([, one, several], kind) => {
      const count = every.filter((document) => document.kind === kind).length;
      return count ? `${count} ${count === 1 ? one : several}` : "";
    });
    const looked = counts.filter(Boolean);
    const list = looked.length > 1 ? `${looked.slice(0, -1).join(", ")} and ${looked.at(-1)}` : looked.join("");
    box.replaceChildren(
      made("p", { textContent: `Nothing was found for “${query}”.` }),
      made("p", {
        textContent: `The search looked through ${list}. It knows words in English and numbers in any spelling (20,000, 20.000 or twenty thousand). It does not know the code and the tables of notebooks.`,
      }),
    );
  }

  function search(query) {
    const all = index.search(query, { combineWith: "AND" });
    const results = all.length ? all : index.search(query, { combineWith: "OR" });
    if (!results.length) return nothing(query);
    results.sort((one, other) => other.score - one.score || one.id - other.id);
    const found = `${results.length} ${results.length === 1 ? "place" : "places"} for “${query}”`;
    const heading = made("p", { textContent: all.length ? `${found}.` : `Nothing has all of the words. ${found} with some of them.` });
    const list = made("ol", { className: "found" });
    const more = made("button", { type: "button", textContent: "Show more" });
    const show = () => {
      const next = results.slice(list.children.length, list.children.length + SHOWN).map(item);
      list.append(...next);
      more.hidden = list.children.length >= results.length;
      return next[0];
    };
    more.addEventListener("click", () => show().querySelector("a").focus());
    show();
    box.replaceChildren(heading, list, more);
  }

  const query = new URLSearchParams(location.search).get("q")?.trim();
  if (!query) return;
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  index.addAll(every);
  search(query);
});
