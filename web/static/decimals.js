// Exact decimal numbers, as pipeline/model/numbers.py and Python's decimal count with them:
// {digits, scale} is digits / 10^scale. Results keep 40 significant digits.

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const LARGEST_DIGITS = 40;
const PRECISION = 40;

export const ZERO = { digits: 0n, scale: 0 };

/** The number that a raw value is, or null. No exponents, no infinities. */
export function decimalOf(raw) {
  const text = raw.trim();
  if (text.length > LARGEST_DIGITS || !PLAIN.test(text)) return null;
  const [, sign, whole, fraction = ""] = text.match(/^([+-]?)(\d*)\.?(\d*)$/);
  const digits = BigInt(whole + fraction || "0");
  return { digits: sign === "-" ? -digits : digits, scale: fraction.length };
}

/** The one way a number is kept: a point, no exponent, no zeros that say nothing. */
export function plain(number) {
  const text = fixed(number);
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return short === "-0" || short === "" ? "0" : short;
}

function fixed({ digits, scale }) {
  const sign = digits < 0n ? "-" : "";
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  return sign + (scale ? `${text.slice(0, -scale)}.${text.slice(-scale)}` : text);
}

export function decimalsOf(number) {
  return (plain(number).split(".")[1] ?? "").length;
}

/** With just so many decimals, rounded half up (away from zero). */
export function rounded(number, decimals) {
  if (number.scale <= decimals) return rescaled(number, decimals);
  const unit = 10n ** BigInt(number.scale - decimals);
  const magnitude = number.digits < 0n ? -number.digits : number.digits;
  const up = (2n * magnitude + unit) / (2n * unit);
  return { digits: number.digits < 0n ? -up : up, scale: decimals };
}

export function fixedText(number, decimals) {
  return fixed(rounded(number, decimals));
}

export function shifted(number, places) {
  const scale = number.scale - places;
  return scale >= 0 ? { digits: number.digits, scale } : rescaled({ digits: number.digits * 10n ** BigInt(-scale), scale: 0 }, 0);
}

export function isNegative(number) {
  return number.digits < 0n;
}

export function negated(number) {
  return { digits: -number.digits, scale: number.scale };
}

export function compare(a, b) {
  const scale = Math.max(a.scale, b.scale);
  const difference = rescaled(a, scale).digits - rescaled(b, scale).digits;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sum(a, b) {
  const scale = Math.max(a.scale, b.scale);
  return limited({ digits: rescaled(a, scale).digits + rescaled(b, scale).digits, scale });
}

export function product(a, b) {
  return limited({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

/** null where the divisor is zero. */
export function quotient(a, b) {
  if (b.digits === 0n) return null;
  const extra = BigInt(PRECISION + 2 + String(b.digits).length);
  const dividend = a.digits * 10n ** extra;
  // One digit more that says whether anything was left, so that halves are told apart.
  const whole = dividend / b.digits;
  const rest = dividend % b.digits !== 0n;
  const sticky = whole * 10n + (rest ? (isNegative(a) !== b.digits < 0n ? -1n : 1n) : 0n);
  const scale = a.scale - b.scale + Number(extra) + 1;
  return limited(scale >= 0 ? { digits: sticky, scale } : rescaled({ digits: sticky * 10n ** BigInt(-scale), scale: 0 }, 0));
}

function rescaled({ digits, scale }, to) {
  return { digits: digits * 10n ** BigInt(to - scale), scale: to };
}

/** At most 40 significant digits, rounded half to even as Python's decimal does. */
function limited(number) {
  const magnitude = number.digits < 0n ? -number.digits : number.digits;
  const over = String(magnitude).length - PRECISION;
  if (over <= 0) return number;
  const unit = 10n ** BigInt(over);
  let kept = magnitude / unit;
  const twice = (magnitude % unit) * 2n;
  if (twice > unit || (twice === unit && kept % 2n === 1n)) kept += 1n;
  const signed = number.digits < 0n ? -kept : kept;
  const scale = number.scale - over;
  return scale >= 0 ? { digits: signed, scale } : { digits: signed * 10n ** BigInt(-scale), scale: 0 };
}
