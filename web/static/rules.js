// What a field accepts, as pipeline/model/validation.py judges it: the browser says at once what
// the server would say. The server remains the judge. Pure functions; tests/web/test_rules_js.py
// compares them with Python's.

import { compare, decimalOf } from "./decimals.js";
import { parseFormat } from "./formats.js";
import { KINDS } from "./kinds.js";

/** NFC, line breaks as LF, no control characters: pipeline/model/text.py. */
export function normalised(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .normalize("NFC")
    .replace(/\t/g, " ")
    .replace(/[\u2028\u2029]/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
}

/** Code points after NFC, a line break as one: what MaxLen counts. */
export function length(text) {
  return [...normalised(text)].length;
}

/** As much of `inserted` as fits between `before` and `after`, in whole grapheme clusters. */
export function fit(before, inserted, after, limit) {
  const points = [...inserted];
  for (;;) {
    const text = points.join("");
    const excess = length(before + text + after) - limit;
    if (excess <= 0 || points.length === 0) return wholeClusters(inserted, text.length);
    points.length = Math.max(0, points.length - excess);
  }
}

/** The clusters of `text` that end within its first `units` UTF-16 units: no half emoji. */
function wholeClusters(text, units) {
  if (units === text.length) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(text)) {
    if (index + segment.length > units) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/**
 * A text as the server would keep it: {value, problem}. `value` is null where nothing is answered
 * and the text as typed where it is wrong; `problem` is {code, data} or null.
 */
export function examineText(rule, typed) {
  const text = normalised(typed);
  if (text.trim() === "" && !text.includes("\n")) {
    return { value: rule.format || !text ? null : text, problem: null };
  }
  try {
    return { value: parsed(rule, text), problem: null };
  } catch (error) {
    if (!error.code) throw error;
    return { value: typed, problem: error };
  }
}

function parsed(rule, given) {
  let text = withinLimit(rule, given);
  if (text.includes("\n") && !rule.multiline) throw problem("line_break");
  if (rule.kind) {
    const kept = KINDS[rule.kind]?.(text) ?? null;
    if (kept === null) throw problem(`not_${rule.kind}`, { text });
    text = withinLimit(rule, kept);
  }
  if (rule.format) text = parseFormat(rule.format, text);
  if (rule.range && !isInRange(rule.range, text)) throw problem("out_of_range", rule.range);
  return text;
}

function withinLimit(rule, text) {
  const count = length(text);
  if (rule.max_len !== null && count > rule.max_len) {
    throw problem("max_len", { limit: rule.max_len, length: count });
  }
  return text;
}

export function problem(code, data = {}) {
  return { code, data };
}

export function isInRange({ minimum, maximum }, raw) {
  const number = decimalOf(raw);
  if (number === null) return true;
  return (
    (minimum === null || compare(number, decimalOf(minimum)) >= 0) &&
    (maximum === null || compare(number, decimalOf(maximum)) <= 0)
  );
}

/** The server's sentence for a problem: web/wording.py chooses in the same way. */
export function sentence(rule, { code, data }, sentences) {
  const text = sentences[sentenceKey(code, data)] ?? sentences[code] ?? sentences.check;
  const shown = parameters(rule, data);
  return text.replace(/%\((\w+)\)s/g, (_, name) => String(shown[name] ?? "…"));
}

function sentenceKey(code, data) {
  if (code === "too_many_decimals") return `${code}.${data.limit}`;
  if (code === "out_of_range" && data.minimum === null) return `${code}.maximum`;
  if (code === "out_of_range" && data.maximum === null) return `${code}.minimum`;
  return code;
}

/** As web/wording.py does: dd-mm-jjjj and uu:mm in Dutch. */
function inWords(pattern) {
  if (document.documentElement.lang !== "nl") return pattern.toLowerCase();
  return pattern.replaceAll("y", "j").replace(/[Hh]/g, "u").replaceAll("M", "m");
}

function parameters(rule, data) {
  const shown = { ...data };
  const format = rule.format;
  if (format?.kind === "number" || format?.kind === "percent") {
    const places = format.decimals;
    shown.example = places ? `19${format.decimal_separator}25000000`.slice(0, 3 + places) : "12";
  }
  if (format?.pattern) shown.pattern = format.pattern;
  if (format?.masks) shown.mask = format.masks.at(-1);
  for (const bound of ["minimum", "maximum"]) {
    if (bound in shown) shown[bound] = String(shown[bound]).replaceAll(".", ",");
  }
  if (shown.pattern) {
    shown.pattern = inWords(shown.pattern);
  }
  return shown;
}
