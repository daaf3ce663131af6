"use strict";
// The script of every page. Without it every page shows all its content.
(() => {
  const root = document.documentElement;
  const stored = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return null; // a browser may refuse to store anything for pages on the disk
    }
  };

  // Before anything is painted.
  root.classList.add("js");
  document.body.dataset.theme = stored() || "auto";

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  function themes() {
    const order = ["auto", "light", "dark"];
    for (const button of all(".theme-toggle")) {
      button.addEventListener("click", () => {
        const next = order[(order.indexOf(document.body.dataset.theme) + 1) % order.length];
        document.body.dataset.theme = next;
        stored(next);
      });
    }
  }

  function menus() {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const box of all(".sidebar-toggle")) box.checked = false;
    });
  }

  // The board -----------------------------------------------------------------------------------------

  function topics() {
    const rows = all("table.board tr[data-claim]");
    for (const choice of all("#topics input")) {
      const apply = () => {
        if (choice.checked) {
          for (const row of rows) row.hidden = choice.value !== "" && row.dataset.topic !== choice.value;
        }
      };
      choice.addEventListener("change", apply);
      apply();
    }
  }

  // Numbers and figures -------------------------------------------------------------------------------

  function dialog(id, ...children) {
    const close = element("button", { type: "button", className: "close", textContent: "Close" });
    const box = element("dialog", { id }, ...children, close);
    close.addEventListener("click", () => box.close());
    // A click beside the box closes it.
    box.addEventListener("click", (event) => event.target === box && box.close());
    document.body.append(box);
    return box;
  }

  const plainClick = (event) =>
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button);

  function cards() {
    const links = all("a.bound[data-card]");
    if (!links.length) return;
    const content = element("div", { className: "card-content" });
    const box = dialog("card", content);
    for (const link of links) {
      link.setAttribute("aria-haspopup", "dialog");
      link.addEventListener("click", (event) => {
        const card = document.getElementById(link.dataset.card);
        if (!card || !plainClick(event)) return;
        event.preventDefault();
        content.replaceChildren(card.content.cloneNode(true));
        const heading = content.querySelector("h2");
        heading.id = "card-heading";
        box.setAttribute("aria-labelledby", heading.id);
        box.showModal();
      });
    }
  }

  function enlarge() {
    const links = all("a.figure-enlarge");
    if (!links.length) return;
    const picture = element("img");
    const box = dialog("enlarged", picture);
    const open = (figure, href) => {
      const small = figure.querySelector(".drawing");
      picture.src = href;
      picture.alt = small.getAttribute("alt") ?? small.getAttribute("aria-label");
      box.setAttribute("aria-label", "Enlarged figure");
      box.showModal();
    };
    for (const link of links) {
      const figure = link.closest("figure");
      link.addEventListener("click", (event) => {
        if (!plainClick(event)) return;
        event.preventDefault();
        open(figure, link.href);
      });
      for (const drawing of figure.querySelectorAll(".drawing")) {
        drawing.addEventListener("click", () => open(figure, link.href));
      }
    }
  }

  // Wide tables and code scroll inside themselves; whoever has no mouse must reach them, by a name of their own.
  // Others do once a telephone is turned or a page enlarged.
  function reachable() {
    const boxes = [...all(".table-wrapper, pre")];
    const always = new Set(boxes.filter((box) => box.hasAttribute("tabindex")));
    const marked = new Set();
    const mark = () => {
      const seen = new Map();
      for (const box of boxes) {
        if (box.scrollWidth <= box.clientWidth) {
          if (!marked.delete(box)) continue;
          for (const name of ["role", "aria-label"]) box.removeAttribute(name);
          if (!always.has(box)) box.removeAttribute("tabindex");
          continue;
        }
        marked.add(box);
        const caption = box.querySelector("caption")?.textContent.trim();
        const name = caption || (box.localName === "pre" ? "Code" : "Table");
        seen.set(name, (seen.get(name) ?? 0) + 1);
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name);
      }
    };
    const watch = new ResizeObserver(mark);
    for (const box of boxes) {
      watch.observe(box);
      if (box.firstElementChild) watch.observe(box.firstElementChild);
    }
    mark();
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const start of [themes, menus, topics, cards, enlarge, reachable]) start();
  });
})();
