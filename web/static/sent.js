// A page that was posted as a whole: what it kept in this browser is forgotten once it arrived.

import { moveRecord, remove } from "./kept.js";

const NOTE = "formpress:posted";

/** `key` is the record's, `draft` the scope of the draft that the page belongs to. */
export function notePosted(key, draft) {
  try {
    sessionStorage.setItem(NOTE, JSON.stringify({ key, draft }));
  } catch {
    // Then the record stays, and is offered again.
  }
}

/** The draft is there now: what its page kept before that belongs to it, and is compared with it. */
export function settlePosted(draft) {
  const posted = taken(draft);
  if (posted) moveRecord(posted.key, draft);
}

/** The key of what the page before this one kept, where that page was posted. */
export function keyOfPosted(draft) {
  return taken(draft)?.key ?? "";
}

function taken(draft) {
  try {
    const posted = JSON.parse(sessionStorage.getItem(NOTE));
    if (posted?.draft !== draft) return null;
    sessionStorage.removeItem(NOTE);
    return posted;
  } catch {
    return null;
  }
}

// The page that asks before sending answers a post, and all of it was saved.
const arrived = document.querySelector("[data-kept]")?.dataset.kept;
if (arrived) {
  const posted = taken(arrived);
  if (posted) remove(posted.key);
}
