"use strict";
// The page "Day by day": the verdicts of any day by slider, step, play or address (#day=2024-11-20&topic=ground).
document.addEventListener("DOMContentLoaded", () => {
  const slider = document.getElementById("day");
  if (!slider) return;
  const [readable, play, told] = ["day-readable", "play", "told"].map((id) => document.getElementById(id));
  const choices = [...document.querySelectorAll("#topics input")];
  const DAY = 86400000;
  const last = Number(slider.max);
  const first = Date.parse(`${slider.dataset.first}T00:00:00Z`);
  const months = JSON.parse(slider.dataset.months);
  const claims = [...document.querySelectorAll(".replayed [data-claim]")].map((row) => ({
    row,
    badge: row.querySelector(".badge"),
    likelihood: row.querySelector(".likelihood"),
    likelihoodOf: row.querySelector(".likelihood-of"),
    wording: row.querySelector(".replayed-claim a")?.textContent ?? "",
    steps: JSON.parse(row.dataset.steps),
  }));
  // Where the last words were told from, so that the next ones say what has changed since.
  let settled = last;
  let timer = null;

  const dayAt = (place) => new Date(first + place * DAY);
  const written = (place) => {
    const day = dayAt(place);
    const parts = { d: day.getUTCDate(), MMMM: months[day.getUTCMonth()], y: day.getUTCFullYear() };
    return slider.dataset.pattern.replace(/MMMM|d|y/g, (part) => parts[part]);
  };
  const at = (claim, place) => claim.steps.findLast(([start]) => start <= place);
  const inTopic = () => claims.filter(({ row }) => !row.hidden);
  // The places on which a label of the topic changes, in order.
  const stops = () => {
    const found = new Set();
    for (const { steps } of inTopic()) {
      steps.forEach(([place, label], step) => step && steps[step - 1][1] !== label && found.add(place));
    }
    return [...found].sort((one, other) => one - other);
  };

  function tell(place) {
    const changed = inTopic().filter((claim) => at(claim, place)[1] !== at(claim, settled)[1]);
    const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    const since = written(settled);
    const heading =
      place === settled ? "" : changed.length ? `Compared with ${since}:` : `All verdicts are as on ${since}.`;
    const list = document.createElement("ul");
    for (const claim of changed.slice(0, 4)) {
      const words = `${at(claim, place)[1]}, before ${at(claim, settled)[1]}`;
      const item = line("li", `${claim.row.dataset.claim} `);
      item.append(line("bdi", claim.wording), `: ${words}`);
      list.append(item);
    }
    if (changed.length > 4) list.append(line("li", `and ${changed.length - 4} more`));
    told.replaceChildren(...(heading ? [line("p", heading)] : []), ...(changed.length ? [list] : []));
    return changed.length;
  }

  function show(place) {
    slider.value = place;
    const words = written(place);
    readable.textContent = words;
    slider.setAttribute("aria-valuetext", words);
    for (const claim of claims) {
      const [, label, chance, of] = at(claim, place);
      claim.row.classList.toggle("changed", label !== at(claim, settled)[1]);
      claim.badge.textContent = label;
      claim.badge.className = `badge badge-${label.toLowerCase().replace(/[^a-z]+/g, "-")}`;
      claim.likelihood.textContent = chance;
      claim.likelihoodOf.textContent = of;
    }
  }

  // The address names the day and the topic, once the slider rests.
  function settle(place) {
    settled = place;
    const topic = choices.find((choice) => choice.checked)?.dataset.slug ?? "";
    const address = new URLSearchParams({ day: dayAt(place).toISOString().slice(0, 10), ...(topic && { topic }) });
    history.replaceState(null, "", `#${address}`);
  }
  function go(place) {
    show(place);
    const count = tell(place);
    settle(place);
    return count;
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  }
  // Days without a change pass in half a second; a day with one stays long enough to be read.
  function glide(target) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const place = Number(slider.value);
    const stride = calm ? target - place : Math.max(1, Math.ceil((target - settled) / 10));
    if (place + stride < target) {
      show(place + stride);
      timer = setTimeout(glide, 50, target);
      return;
    }
    const count = go(target);
    timer = target >= last ? null : setTimeout(next, 1500 + 800 * Math.min(count, 4));
    if (timer === null) stop();
  }
  const next = () => glide(stops().find((place) => place > Number(slider.value)) ?? last);
  function start() {
    if (Number(slider.value) >= last) go(0);
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    timer = setTimeout(next, 300);
  }

  function choose(slug) {
    const chosen = choices.find((choice) => choice.dataset.slug === slug) ?? choices[0];
    chosen.checked = true;
    for (const { row } of claims) row.hidden = chosen.value !== "" && row.dataset.topic !== chosen.value;
  }
  const placeOf = (day) => {
    const place = Math.round((Date.parse(`${day}T00:00:00Z`) - first) / DAY);
    return Number.isNaN(place) ? null : Math.min(last, Math.max(0, place));
  };
  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    choose(asked.get("topic") ?? "");
    const place = asked.has("day") ? placeOf(asked.get("day")) : null;
    stop();
    show(place ?? last);
    tell(place ?? last);
    settled = place ?? last;
  }

  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
    tell(Number(slider.value));
  });
  slider.addEventListener("change", () => settle(Number(slider.value)));
  play.addEventListener("click", () => (timer === null ? start() : stop()));
  for (const [id, find] of [
    ["earlier", (places, now) => places.findLast((place) => place < now) ?? 0],
    ["later", (places, now) => places.find((place) => place > now) ?? last],
  ]) {
    document.getElementById(id).addEventListener("click", () => {
      stop();
      go(find(stops(), Number(slider.value)));
    });
  }
  for (const button of document.querySelectorAll(".marks [data-day]")) {
    button.addEventListener("click", () => {
      stop();
      go(placeOf(button.dataset.day));
    });
  }
  for (const choice of choices) {
    choice.addEventListener("change", () => {
      choose(choice.dataset.slug);
      settle(Number(slider.value));
    });
  }
  addEventListener("hashchange", read);
  read();
});
