// The page of a form, put together: fields, limits, calculations, progress, saving, preview, sending.
// Without this script the page still fills, saves, previews and sends.

import { Autosave } from "./autosave.js";
import { wireBoxPreview } from "./box_preview.js";
import { recalculate } from "./calculation.js";
import { wireDatePickers } from "./date_picker.js";
import { FormField } from "./field.js";
import { fitText } from "./fit_text.js";
import { LastYear } from "./last_year.js";
import { Leftover } from "./leftover.js";
import { keepWithinLimit } from "./limit.js";
import { Missing } from "./missing.js";
import { Saving } from "./saving.js";
import { wireView } from "./view.js";
import { settlePosted } from "./sent.js";

const QUIET = 1000;
const FEW_LEFT = 20;
const TOLD = 10000;

const data = JSON.parse(document.getElementById("gegevens").textContent);
const form = document.getElementById("formulier");
const live = document.getElementById("melding");
const rules = new Map(data.rules.map((rule) => [rule.name, { ...data.usual, ...rule }]));
const fields = [...form.querySelectorAll(".field")].map(
  (element) => new FormField(element, rules.get(element.dataset.name), data),
);
const byElement = new Map(fields.map((field) => [field.element, field]));
const lastYear = new LastYear(data, fields);
const missing = new Missing(form, data, jumpTo);
let quiet = 0;
let telling = 0;
let looked = 0;

for (const field of fields) prepare(field);
const calculated = fields.filter((field) => field.rule.calculation);
const values = { ...data.hidden };
const saving = new Saving(form, data, fields, refresh);
new Autosave(saving);
calculate();
showProgress();
wireButtons();
wireView(data.texts);
wireDatePickers(fields.filter((field) => field.isAsked), data.texts);
wireBoxPreview(form, fieldOf, data);
(document.getElementById("fouten") ?? document.getElementById("vorig-jaar-fout"))?.focus();
// A reload of the answer to a post asks to post again; the draft's own address does not.
if (data.stored) history.replaceState(null, "", data.urls.draft);
if (data.stored) settlePosted(data.kept.draft);
saving.noteEarly();
new Leftover(saving, fields, refresh, announce);
document.fonts.ready.then(fitAll);

// ---- fields ----

function prepare(field) {
  field.repeatInMirrors();
  if (field.isAsked && field.isText && field.rule.max_len !== null) {
    field.showLeft();
    keepWithinLimit(field.control, field.rule.max_len, (count) => {
      const text = count === 1 ? data.texts.one_cut : data.texts.cut.replace("%(count)s", count);
      if (field.countLine) field.countLine.textContent = text;
      announce(text);
      field.wasCut = true;
    });
  }
  if (field.isShaped && field.isAsked && !field.isWrong && field.typed) field.endEditing();
  for (const mirror of field.mirrors) mirror.addEventListener("click", () => field.control.focus());
  field.clearButton?.addEventListener("click", () => clear(field));
}

form.addEventListener("focusin", (event) => {
  if (event.target.matches(".control")) fieldOf(event.target)?.beginEditing();
});

form.addEventListener("input", (event) => {
  const field = fieldOf(event.target);
  if (!field) return;
  if (field.rule.type === "checkbox" && field.controls.length > 1 && event.target.checked) {
    for (const other of field.controls) other.checked = other === event.target;
  }
  changed(field);
});

form.addEventListener("focusout", (event) => {
  const field = fieldOf(event.target);
  if (!field || event.target !== field.control) return;
  afterPointer(() => {
    const { told } = field;
    field.endEditing();
    fitText(field.control);
    // Who does not see the field that was left hears what is wrong with it, once.
    if (field.told && field.told !== told) announce(`${field.rule.label}: ${field.told}`);
  });
});

// A message that appears moves what is below it. While a press is under way that would carry the
// button off from under the finger, so it waits until the click has been.
let pressed = false;
let waiting = [];

function afterPointer(task) {
  if (pressed) waiting.push(task);
  else task();
}

document.addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(
    end,
    () => {
      pressed = false;
      const tasks = waiting;
      waiting = [];
      setTimeout(() => tasks.forEach((task) => task()));
    },
    true,
  );
}

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input.control")) fieldOf(event.target)?.endEditing();
});

// Formatted numbers are sent as typed: the format's own signs are no part of the answer.
form.addEventListener("formdata", (event) => {
  for (const field of fields) {
    if (field.isShaped && field.isAsked) event.formData.set(field.control.name, field.typed);
  }
});

function fieldOf(target) {
  return byElement.get(target.closest(".field"));
}

function changed(field) {
  field.noteTyping();
  field.forgiveIfMended();
  if (field.isText) {
    if (!field.wasCut) announceLeft(field.showLeft(), field.rule.max_len);
    field.wasCut = false;
    fitText(field.control);
  }
  follow(field);
  saving.noteChange(field);
}

/** A field was put, not typed: all that shows or follows from it. */
function refresh(field) {
  field.forgiveIfMended();
  if (field.isText) {
    field.showLeft();
    fitText(field.control);
  }
  follow(field);
}

function follow(field) {
  lastYear.update(field);
  calculate([field]);
  showProgress();
}

function clear(field) {
  for (const each of field.controls) each.checked = false;
  changed(field);
  field.control.focus();
}

/** `changed` are the fields that may hold something else than when this was last worked out. */
function calculate(changed = fields) {
  if (!data.order.length) return;
  for (const field of changed) values[field.name] = field.raw;
  recalculate(rules, data.order, data.names, values);
  for (const field of calculated) {
    if (field.showCalculated(values[field.name])) fitText(field.control);
  }
}

function fitAll() {
  for (const field of fields) if (field.isText) fitText(field.control);
}

// ---- telling ----

/** Gone after a while: what closes a dialog has a reader tell all that still stands here. */
function announce(text) {
  live.textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => (live.textContent = ""), TOLD);
}

/** After typing stops, and only when there is not much room any more. */
function announceLeft(left, most) {
  clearTimeout(quiet);
  if (left === null || left > Math.min(FEW_LEFT, most / 4)) return;
  const { left: many, one_left: one, none_left: none } = data.texts;
  quiet = setTimeout(() => announce(left <= 0 ? none : left === 1 ? one : many.replace("%(count)s", left)), QUIET);
}

function showProgress() {
  const bar = document.getElementById("voortgang");
  if (!bar) return;
  const required = fields.filter((field) => field.rule.required);
  const filled = required.filter((field) => field.isFilled).length;
  bar.value = filled;
  document.getElementById("voortgang-tekst").textContent = data.texts.progress
    .replace("%(filled)s", filled)
    .replace("%(total)s", required.length);
  document.getElementById("volgende").hidden = filled === required.length;
}

// ---- going places ----

function jumpTo(control) {
  control.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#v"]');
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  jumpTo(control);
});

function nextEmpty() {
  const empty = fields.filter((field) => field.rule.required && !field.isFilled);
  const here = lastFocused;
  const later = here && empty.find((field) => here.compareDocumentPosition(field.element) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = later ?? empty[0];
  if (next) jumpTo(next.control);
}

let lastFocused = null;
form.addEventListener("focusin", (event) => {
  lastFocused = event.target.closest(".field") ?? lastFocused;
});

// ---- buttons ----

function wireButtons() {
  const send = document.getElementById("versturen");
  document.getElementById("volgende")?.addEventListener("click", nextEmpty);
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed?.id === "voorbeeld") {
      // The second half of a double click opens no second window.
      if (Date.now() - looked < QUIET) return event.preventDefault();
      looked = Date.now();
      missing.check(announce);
    } else if (pressed === send) {
      saving.leave();
      saving.say(data.texts.sending);
      setTimeout(() => (send.disabled = true));
    } else if (pressed?.dataset.leaves !== undefined) {
      saving.leave();
    } else {
      event.preventDefault();
      if (pressed?.id !== "eerste") saving.save();
    }
  });
  // Back from the next page: the buttons work again.
  window.addEventListener("pageshow", () => {
    send.disabled = false;
    saving.leaving = false;
  });
}
