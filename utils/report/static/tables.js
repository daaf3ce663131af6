"use strict";
// Tables: sorting, filters and pages. Without script, and on paper, every row is there.
document.addEventListener("DOMContentLoaded", () => {
  const { compare } = new Intl.Collator("en");
  const made = (name, properties) => Object.assign(document.createElement(name), properties);

  // The keys of a column: numbers where all are, else texts; what is empty comes last in both orders.
  function keys(rows, column) {
    const texts = rows.map((row) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "");
    const all = texts.every((text) => text === "" || !Number.isNaN(Number(text)));
    return new Map(rows.map((row, place) => [row, texts[place] === "" ? null : all ? Number(texts[place]) : texts[place]]));
  }
  function sorted(rows, key, up) {
    const sign = up ? 1 : -1;
    const order = (one, other) => (typeof one === "number" ? one - other : compare(one, other));
    return [...rows].sort((first, second) => {
      const [one, other] = [key.get(first), key.get(second)];
      if (one === null || other === null) return (one === null) - (other === null);
      return sign * order(one, other);
    });
  }

  function tend(table) {
    const body = table.tBodies[0];
    const every = [...body.rows];
    const headings = [...table.tHead.rows[0].cells];
    const controls = [...document.querySelectorAll("[data-filters]")].filter(
      (one) => one.dataset.filters === table.id,
    );
    const status = document.querySelector(`[data-shown="${table.id}"]`);
    const known = new Map();
    let size = Number(table.dataset.page) || Infinity;
    let order = every;
    let kept = every;
    let first = 0;
    let visible = new Set(every);
    // The row that the address names: no filter hides it.
    let named = null;
    let texts = null;

    // Only the rows of a page, and those of the page before, are touched.
    function draw(rows) {
      for (const row of visible) row.hidden = true;
      for (const row of rows) row.hidden = false;
      if (rows.length) body.append(...rows);
      visible = new Set(rows);
      table.dataset.touched = rows.length;
    }
    function show({ pinned = true } = {}) {
      const page = kept.slice(first, first + size);
      const outside = pinned && named && !page.includes(named);
      draw(outside ? [named, ...page] : page);
      tell(page.length, outside);
    }
    function tell(count, outside) {
      if (!status) return;
      const span = count < kept.length ? `Rows ${first + 1} to ${first + count} of ` : "Rows: ";
      const of = kept.length < every.length ? ` (of ${every.length} in all)` : "";
      const apart = outside ? ` ${named.id}, which the address names, stands on top.` : "";
      status.textContent = `${span}${kept.length}${of}.${apart}`;
      pager?.tell();
    }
    function keep() {
      const words = controls
        .filter(({ localName }) => localName === "input")
        .flatMap(({ value }) => numbers.plain(value.toLowerCase()).split(/\s+/))
        .filter(Boolean);
      const choices = controls.filter((one) => one.localName === "select" && one.value !== "");
      if (words.length) texts ??= new Map(every.map((row) => [row, numbers.plain(row.textContent.toLowerCase())]));
      kept = order.filter(
        (row) =>
          words.every((word) => texts.get(row).includes(word)) &&
          choices.every(({ dataset, value }) => row.dataset[dataset.by].split(" ").includes(value)),
      );
    }
    function go(place) {
      first = place;
      show({ pinned: false });
    }

    headings.forEach((heading, column) => {
      const button = made("button", { type: "button", textContent: heading.textContent });
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") !== "ascending";
        for (const other of headings) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        if (!known.has(column)) known.set(column, keys(every, column));
        order = sorted(every, known.get(column), up);
        keep();
        first = 0;
        show();
      });
    });
    for (const control of controls) {
      control.addEventListener("input", () => {
        keep();
        first = 0;
        show();
      });
    }
    document.querySelector(`[data-clears="${table.id}"]`)?.addEventListener("click", () => {
      for (const control of controls) control.value = "";
      keep();
      go(0);
    });

    function pages() {
      const box = made("div", { className: "pager needs-script" });
      const [before, after] = ["Rows before", "Next rows"].map((textContent) =>
        made("button", { type: "button", textContent }),
      );
      const label = made("label", { textContent: "Rows at a time " });
      const choice = made("select", {});
      for (const [words, value] of [[size, size], [4 * size, 4 * size], ["all", ""]]) {
        choice.append(made("option", { textContent: words, value }));
      }
      label.append(choice);
      box.append(before, " ", after, " ", label);
      table.parentElement.after(box);
      // A button that is switched off would lose the focus.
      const is = (button, off) => button.setAttribute("aria-disabled", String(off));
      const turn = (button, place) => {
        if (button.getAttribute("aria-disabled") === "true") return;
        go(place());
        table.scrollIntoView({ block: "start", behavior: "instant" });
      };
      before.addEventListener("click", () => turn(before, () => Math.max(0, first - size)));
      after.addEventListener("click", () => turn(after, () => first + size));
      choice.addEventListener("change", () => {
        size = Number(choice.value) || Infinity;
        go(0);
      });
      return { tell: () => (is(before, first === 0), is(after, first + size >= kept.length)) };
    }
    const pager = size < every.length ? pages() : null;

    // The address of a row shows it, whatever is filtered and on whichever page it stands.
    function name() {
      const asked = every.find((row) => row.id && row.id === decodeURIComponent(location.hash.slice(1)));
      named = asked ?? null;
      if (!named) return;
      const place = kept.indexOf(named);
      if (place >= 0 && size < Infinity) first = Math.floor(place / size) * size;
      show();
      named.scrollIntoView({ block: "center", behavior: "instant" });
    }
    table.classList.add("tended");
    if (controls.some(({ value }) => value !== "")) keep();
    if (pager || controls.length) show();
    name();
    addEventListener("hashchange", name);
    if (pager) {
      addEventListener("beforeprint", () => draw(kept));
      addEventListener("afterprint", () => show());
    }
  }
  for (const table of document.querySelectorAll("table.sortable")) tend(table);
});
