"use strict";
// Numbers in their spellings: "20,000", "20.000", "20 000", "20k" and "twenty thousand" are 20000.
const numbers = (() => {
  const ones =
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
  const tens = "twenty thirty forty fifty sixty seventy eighty ninety";
  const small = new Map([
    ...ones.split(" ").map((word, value) => [word, value]),
    ...tens.split(" ").map((word, place) => [word, 20 + 10 * place]),
  ]);
  const large = new Map([
    ["thousand", 1e3],
    ["million", 1e6],
    ["billion", 1e9],
    ["k", 1e3],
    ["m", 1e6],
  ]);
  const named = [...small.keys()].join("|");
  // Three digits behind a mark are thousands; a point or comma before fewer or more is a decimal point.
  const DIGITS = String.raw`\d{1,3}(?:[.,'’\u0020\u00a0\u2009\u202f]\d{3})+(?![\d])|\d+(?:[.,]\d+)?`;
  const WORDS = String.raw`(?:${named}|hundred)(?:(?:[\s-]+(?:and\s+)?)(?:${named}|hundred))*`;
  const NUMBER = new RegExp(
    String.raw`(?<![\p{L}\d.,])(?:(?<digits>${DIGITS})|(?<words>\b(?:${WORDS})\b))(?:[\s-]*(?<large>thousand|million|billion|k|m)\b)?`,
    "giu",
  );

  function ofDigits(text) {
    const grouped = /^\d{1,3}([.,'’\s]\d{3})+$/u.test(text);
    return Number(grouped ? text.replace(/\D/g, "") : text.replace(",", "."));
  }
  function ofWords(text) {
    let sum = 0;
    for (const word of text.toLowerCase().split(/[\s-]+/)) {
      if (word === "hundred") sum = Math.max(1, sum) * 100;
      else if (word !== "and") sum += small.get(word);
    }
    return sum;
  }
  const written = (value) => String(Math.round(value * 1e6) / 1e6);

  // Every number of a text with its place, as {start, end, value}; the value as digits with a decimal point.
  function found(text) {
    const all = [];
    for (const match of text.matchAll(NUMBER)) {
      const { digits, words, large: of } = match.groups;
      // "One" and "ten" alone are words; "m" alone behind digits may be metres.
      if (words && !of && ofWords(words) < 20) continue;
      const value = (digits ? ofDigits(digits) : ofWords(words)) * (large.get(of?.toLowerCase()) ?? 1);
      all.push({ start: match.index, end: match.index + match[0].length, value: written(value) });
    }
    return all;
  }
  // A text with every number in one spelling, for comparing texts.
  function plain(text) {
    let [done, at] = ["", 0];
    for (const { start, end, value } of found(text)) {
      done += text.slice(at, start) + value;
      at = end;
    }
    return done + text.slice(at);
  }
  return { found, plain };
})();
