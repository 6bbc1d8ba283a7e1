// Number, percent, date, time and mask formats, as pipeline/model/formats.py has them.
// parseFormat: typed text → raw value, or throws {code, data}. showFormat: raw value → page text.
// typedFormat: raw value → as a person types it.

import { decimalOf, decimalsOf, fixedText, isNegative, negated, plain, rounded, shifted } from "./decimals.js";
import { parseMoment, showMoment } from "./dates.js";

export function parseFormat(format, text) {
  switch (format.kind) {
    case "number":
      return parsedNumber(format, text, format.decimals, text);
    case "percent": {
      const stripped = text.trim();
      const percent = stripped.endsWith("%");
      const bare = percent ? stripped.slice(0, -1) : stripped;
      // A bare number is the fraction, which has two decimals more than what is shown.
      const style = percent ? format : { ...format, decimals: format.decimals + 2 };
      return parsedNumber(format, bare, format.decimals + 2, text, percent ? -2 : 0, style);
    }
    case "mask":
      return masked(format.masks, text.trim());
    default: {
      const moment = parseMoment(format.pattern, text);
      if (moment === null) throw wrong(`not_a_${format.kind}`, { pattern: format.pattern, text });
      return showMoment(format.pattern, moment);
    }
  }
}

export function showFormat(format, raw) {
  if (format.kind !== "number" && format.kind !== "percent") return raw;
  const number = decimalOf(raw);
  if (number === null) return raw;
  return format.kind === "number" ? showNumber(format, number) : `${showNumber(format, shifted(number, 2))}%`;
}

export function typedFormat(format, raw) {
  if (format.kind === "number") return raw.replaceAll(".", format.decimal_separator);
  return format.kind === "percent" ? showFormat(format, raw) : raw;
}

function wrong(code, data) {
  return { code, data };
}

function parsedNumber(format, bare, mostDecimals, text, places = 0, style = format) {
  let number = parseNumber(style, bare);
  if (number === null) throw wrong("not_a_number", { text });
  number = shifted(number, places);
  if (decimalsOf(number) > mostDecimals) throw wrong("too_many_decimals", { limit: format.decimals });
  return plain(number);
}

/** A point or a comma, groups only in full: NumberStyle.parse. */
function parseNumber({ decimals, currency = "", group_separator: group, decimal_separator: separator }, text) {
  let bare = text.replace(/[\s\u00a0\u202f]/g, "");
  if (currency) bare = bare.replace(currency.replace(/\s/g, ""), "");
  if (bare.startsWith("(") && bare.endsWith(")")) bare = `-${bare.slice(1, -1)}`;
  let body = bare.replace(/^[+-]+/, "");
  if (!body || bare.split("-").length > 2 || bare.includes("+-") || bare.includes("-+")) return null;
  if (group && grouped(group, separator).test(body)) {
    if (decimalOf(body) === null || decimals < 3 || group !== ".") {
      body = body.replaceAll(group, "").replaceAll(separator, ".");
    }
  } else if (body.split(",").length === 2 && !body.includes(".")) {
    body = body.replace(",", ".");
  }
  const number = decimalOf(body);
  return number !== null && bare.startsWith("-") ? negated(number) : number;
}

function grouped(group, separator) {
  const [g, s] = [group, separator].map((sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^[1-9]\\d{0,2}(${g}\\d{3})+(${s}\\d*)?$`);
}

/** Rounded half up, grouped, with currency and sign: NumberStyle.show. */
function showNumber(format, number) {
  const { decimals, group_separator: group, decimal_separator: separator, currency = "", prepend = true } = format;
  const near = rounded(number, decimals);
  const [whole, fraction] = fixedText(isNegative(near) ? negated(near) : near, decimals).split(".");
  let text = group ? whole.replace(/(?<=\d)(?=(\d{3})+$)/g, () => group) : whole;
  if (fraction) text += separator + fraction;
  text = prepend ? currency + text : text + currency;
  if (!isNegative(near)) return text;
  return format.neg_style === 2 || format.neg_style === 3 ? `(${text})` : `-${text}`;
}

const MASK_TESTS = {
  9: (sign) => /^[0-9]$/.test(sign),
  A: (sign) => /^\p{L}$/u.test(sign),
  O: (sign) => /^[\p{L}\p{N}]$/u.test(sign),
  X: () => true,
};

function masked(masks, text) {
  for (const mask of masks) {
    const fitted = fitMask(mask, text);
    if (fitted !== null) return fitted;
  }
  throw wrong("mask", { mask: masks.at(-1), text });
}

function fitMask(mask, text) {
  const rest = [...text];
  let out = "";
  for (const want of mask) {
    const test = MASK_TESTS[want];
    if (!test) {
      if (rest[0] === want) rest.shift();
      out += want;
      continue;
    }
    while (rest.length && want !== "X" && " -.()/".includes(rest[0]) && !test(rest[0])) rest.shift();
    if (!rest.length || !test(rest[0])) return null;
    out += rest.shift();
  }
  return rest.length ? null : out;
}
