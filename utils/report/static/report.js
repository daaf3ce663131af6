"use strict";
// The only script of the report. Without it every page shows all its content.
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

  const slug = (label) => label.toLowerCase().replace(/[^a-z]+/g, "-");

  function board() {
    const slider = document.getElementById("day");
    if (!slider) return;
    const readable = document.getElementById("day-readable");
    const play = document.getElementById("play");
    const last = Number(slider.max);
    const first = Date.parse(`${slider.dataset.first}T00:00:00Z`);
    const { pattern } = slider.dataset;
    const months = JSON.parse(slider.dataset.months);
    const cells = all("[data-slot=replay]").map((cell) => ({
      badge: cell.querySelector(".badge"),
      likelihood: cell.querySelector(".likelihood"),
      likelihoodOf: cell.querySelector(".likelihood-of"),
      steps: JSON.parse(cell.dataset.replay),
    }));
    let timer = null;

    const show = () => {
      const place = Number(slider.value);
      const day = new Date(first + place * 86400000);
      const parts = { d: day.getUTCDate(), MMMM: months[day.getUTCMonth()], y: day.getUTCFullYear() };
      const words = pattern.replace(/MMMM|d|y/g, (part) => parts[part]);
      readable.textContent = words;
      slider.setAttribute("aria-valuetext", words);
      for (const { badge, likelihood, likelihoodOf, steps } of cells) {
        const [, label, chance, of] = steps.findLast(([start]) => start <= place);
        if (badge.textContent !== label) {
          badge.textContent = label;
          badge.className = `badge badge-${slug(label)}`;
        }
        likelihood.textContent = chance;
        likelihoodOf.textContent = of;
      }
    };
    const stop = () => {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
      play.setAttribute("aria-pressed", "false");
    };
    const start = () => {
      // Who asks for less motion gets a month a second instead of a smooth run.
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const [pause, days] = calm ? [1000, 30] : [50, 2];
      if (Number(slider.value) >= last) slider.value = 0;
      play.textContent = "Pause";
      play.setAttribute("aria-pressed", "true");
      timer = setInterval(() => {
        slider.value = Math.min(last, Number(slider.value) + days);
        show();
        if (Number(slider.value) >= last) stop();
      }, pause);
      show();
    };
    slider.addEventListener("input", () => {
      stop();
      show();
    });
    play.addEventListener("click", () => (timer === null ? start() : stop()));
    slider.value = last; // a browser may keep the place of an earlier visit
    show();
  }

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

  // Tables --------------------------------------------------------------------------------------------

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };

  function compare(one, other) {
    if (one === "" || other === "") return one === other ? 0 : one === "" ? 1 : -1; // empty cells last
    const numbers = [Number(one), Number(other)];
    return numbers.some(Number.isNaN) ? one.localeCompare(other, "en") : numbers[0] - numbers[1];
  }

  function sorting() {
    for (const table of all("table.sortable")) {
      const body = table.tBodies[0];
      const headings = [...table.tHead.rows[0].cells];
      headings.forEach((heading, column) => {
        const button = element("button", { type: "button", textContent: heading.textContent });
        heading.replaceChildren(button);
        button.addEventListener("click", () => {
          const up = heading.getAttribute("aria-sort") !== "ascending";
          for (const other of headings) other.removeAttribute("aria-sort");
          heading.setAttribute("aria-sort", up ? "ascending" : "descending");
          const rows = [...body.rows].map((row) => [key(row, column), row]);
          rows.sort(([one], [other]) => (up ? compare(one, other) : compare(other, one)));
          body.append(...rows.map(([, row]) => row));
        });
      });
    }
  }

  function filters() {
    for (const field of all("input[data-filters]")) {
      const rows = [...document.getElementById(field.dataset.filters).tBodies[0].rows];
      const texts = rows.map((row) => row.textContent.toLowerCase());
      const shown = field.parentElement.querySelector(".shown");
      const apply = () => {
        const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
        let count = 0;
        rows.forEach((row, place) => {
          row.hidden = !words.every((word) => texts[place].includes(word));
          count += row.hidden ? 0 : 1;
        });
        shown.textContent = words.length ? `${count} of ${rows.length}` : "";
      };
      field.addEventListener("input", apply);
      apply();
    }
  }

  // Wide tables and code scroll inside themselves; whoever has no mouse must reach them, by a name of their own.
  function reachable() {
    const seen = new Map();
    for (const box of all(".table-wrapper, pre")) {
      if (box.scrollWidth <= box.clientWidth) continue;
      const caption = box.querySelector("caption")?.textContent.trim();
      const name = caption || (box.localName === "pre" ? "Code" : "Table");
      seen.set(name, (seen.get(name) ?? 0) + 1);
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const start of [themes, menus, board, topics, cards, enlarge, sorting, filters, reachable]) start();
  });
})();
