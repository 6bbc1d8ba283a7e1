// Changes that are not on the server, kept in this browser's own storage.
//
// A record is of one page in one window. Its key says of which form or draft, never the private
// link itself: {at: moment in milliseconds, fields: {name: {base, mine}}}.

const PREFIX = "formpress:";
const DAYS = 60;

export class Kept {
  constructor(scope) {
    this.page = [...crypto.getRandomValues(new Uint8Array(8))].map((each) => each.toString(16).padStart(2, "0")).join("");
    this.scope = scope;
    forgetOld();
  }

  get key() {
    return `${PREFIX}${this.scope}:${this.page}`;
  }

  /** Whether they are kept; a browser may have no storage, or none left. */
  write(fields, at) {
    return write(this.key, { at, fields });
  }

  remove() {
    remove(this.key);
  }

  moveTo(scope) {
    this.remove();
    this.scope = scope;
  }

  /** What other pages of the same form or draft left here, the oldest first. */
  left() {
    return records()
      .filter(({ key }) => key.startsWith(`${PREFIX}${this.scope}:`) && key !== this.key)
      .sort((one, other) => one.at - other.at);
  }
}

/** Keeps what is left of a record; without fields it goes. */
export function keepRest(record, names) {
  const fields = Object.fromEntries(names.map((name) => [name, record.fields[name]]));
  if (names.length) write(record.key, { at: record.at, fields });
  else remove(record.key);
}

/** Moves what pages of `scope` left to another scope. */
export function moveRecord(key, scope) {
  const record = records().find((each) => each.key === key);
  if (!record) return;
  const { at, fields } = record;
  if (write(`${PREFIX}${scope}:${key.split(":").pop()}`, { at, fields })) remove(key);
}

export function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // No storage, so nothing is there.
  }
}

function write(key, record) {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function records() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => ({ key, ...parsed(localStorage.getItem(key)) })).filter((each) => each.fields);
  } catch {
    return [];
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function forgetOld() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const each of records()) if (!(each.at > oldest)) remove(each.key);
}
