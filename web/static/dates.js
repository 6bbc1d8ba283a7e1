// Dates and times in Acrobat's patterns (dd-mm-yyyy, h:MM tt …), as pipeline/model/dates.py reads
// and writes them: lenient in separators and zeros, strict about the calendar and the order.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const TOKEN = /d{1,4}|m{1,4}|yyyy|yy|HH|H|hh|h|MM|M|ss|s|tt|t/g;
const LEAP_YEAR = 2000;

/** {year, month, day, hour, minute, second} that the text names in the pattern's order, or null. */
export function parseMoment(pattern, given) {
  const text = given.trim();
  const all = pattern.match(TOKEN) ?? [];
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso && ["d", "m", "y"].every((part) => all.some((token) => token[0] === part))) {
    return moment({ y: Number(iso[1]), m: Number(iso[2]), d: Number(iso[3]) });
  }
  let words = text.match(/\d+|\p{L}+/gu) ?? [];
  const tokens = all.filter((token) => token !== "ddd" && token !== "dddd");
  if (!tokens.includes("tt") && !tokens.includes("t") && words.length !== tokens.length) {
    words = words.filter((word) => !isDayName(word));
  }
  if (words.length !== tokens.length) return null;
  const parts = {};
  for (const [at, token] of tokens.entries()) {
    const part = readPart(token, words[at]);
    if (part === null) return null;
    parts[token === "M" || token === "MM" ? token : token[0]] = part;
  }
  return moment(parts);
}

export function showMoment(pattern, at) {
  return pattern.replace(TOKEN, (token) => writePart(token, at));
}

function writePart(token, { year, month, day, hour, minute, second }) {
  const two = (number) => String(number).padStart(2, "0");
  const hour12 = hour % 12 || 12;
  const weekday = DAYS[utc(year, month, day).getUTCDay()];
  const noon = hour < 12 ? "am" : "pm";
  return {
    d: day, dd: two(day), ddd: weekday.slice(0, 3), dddd: weekday,
    m: month, mm: two(month), mmm: MONTHS[month - 1].slice(0, 3), mmmm: MONTHS[month - 1],
    yy: two(year % 100), yyyy: String(year).padStart(4, "0"),
    H: hour, HH: two(hour), h: hour12, hh: two(hour12),
    M: minute, MM: two(minute), s: second, ss: two(second), t: noon[0], tt: noon,
  }[token];
}

function isDayName(word) {
  const lower = word.toLowerCase();
  return DAYS.some((day) => [day.toLowerCase(), day.slice(0, 3).toLowerCase()].includes(lower));
}

function readPart(token, word) {
  if (token === "t" || token === "tt") return { a: 0, am: 0, p: 12, pm: 12 }[word.toLowerCase()] ?? null;
  if ((token === "mmm" || token === "mmmm") && !/^\d+$/.test(word)) {
    const lower = word.toLowerCase();
    const found = MONTHS.findIndex((month) => [month.toLowerCase(), month.slice(0, 3).toLowerCase()].includes(lower));
    return found < 0 ? null : found + 1;
  }
  if (!/^[0-9]+$/.test(word)) return null;
  if (token === "yyyy") return word.length === 4 ? Number(word) : null;
  if (token === "yy") {
    if (word.length === 4) return Number(word);
    // Two digits are read as Acrobat reads them: below fifty this century.
    return word.length === 2 ? (Number(word) < 50 ? 2000 : 1900) + Number(word) : null;
  }
  return word.length <= 2 ? Number(word) : null;
}

function moment(parts) {
  let hour = parts.H ?? parts.h ?? 0;
  if ("t" in parts) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + parts.t;
  }
  const at = {
    year: parts.y ?? LEAP_YEAR,
    month: parts.m ?? 1,
    day: parts.d ?? 1,
    hour,
    minute: parts.MM ?? parts.M ?? 0,
    second: parts.s ?? 0,
  };
  const date = utc(at.year, at.month, at.day);
  const real = at.year >= 1 && date.getUTCMonth() === at.month - 1 && date.getUTCDate() === at.day;
  return real && at.hour < 24 && at.minute < 60 && at.second < 60 ? at : null;
}

function utc(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}
