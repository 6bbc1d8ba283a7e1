// Typing and pasting stop at a field's maximum (MaxLen). It counts code points after NFC, not the
// UTF-16 units of HTML's maxlength; see rules.js.

import { fit, length } from "./rules.js";

/** `onCut(count)` hears how many characters of a paste did not fit. */
export function keepWithinLimit(control, limit, onCut) {
  let before = control.value;
  let composing = false;

  control.addEventListener("beforeinput", (event) => {
    const typed = event.inputType === "insertText" ? event.data : event.inputType === "insertLineBreak" ? "\n" : null;
    // Several characters at once come from dictation or a phone's suggestions: they are cut to fit.
    if (typed === null || event.isComposing || [...typed].length > 1) return;
    const { selectionStart: start, selectionEnd: end, value } = control;
    const over = length(value.slice(0, start) + typed + value.slice(end)) > limit;
    if (over && length(value) - length(value.slice(start, end)) + length(typed) > limit) event.preventDefault();
  });
  control.addEventListener("compositionstart", () => (composing = true));
  control.addEventListener("compositionend", () => {
    composing = false;
    cut();
  });
  control.addEventListener("focus", () => (before = control.value));
  control.addEventListener("input", () => {
    if (!composing) cut();
  });

  // Whatever way a text came in (paste, drop, dictation): what is new is shortened until it fits.
  // What was there already stays, also where it was too long to begin with.
  function cut() {
    const after = control.value;
    if (length(after) > limit) {
      const [start, end] = difference(before, after);
      const inserted = after.slice(start, end);
      const kept = fit(after.slice(0, start), inserted, after.slice(end), limit);
      if (kept !== inserted) {
        control.setRangeText(kept, start, end, "end");
        onCut([...inserted].length - [...kept].length);
      }
    }
    before = control.value;
  }
}

/** Where `after` differs from `before`: the bounds, in `after`, of what came in. */
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return [start, after.length - same];
}
