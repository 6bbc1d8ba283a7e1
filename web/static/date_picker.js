// A calendar beside each date: the browser's own, kept in step with the text in its own pattern.

import { parseMoment, showMoment } from "./dates.js";

export function wireDatePickers(fields, texts) {
  for (const field of fields) {
    if (field.element.matches(".dated") && "showPicker" in HTMLInputElement.prototype) wire(field, texts);
  }
}

function wire(field, texts) {
  const { control } = field;
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.className = "calendar";
  calendar.tabIndex = -1;
  calendar.ariaHidden = "true";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pick";
  button.ariaLabel = texts.pick_date.replace("%(label)s", field.rule.label);
  button.title = texts.pick_date_short;
  button.addEventListener("click", () => {
    calendar.value = isoOf(field.rule.format.pattern, field.typed);
    calendar.showPicker();
  });
  calendar.addEventListener("input", (event) => event.stopPropagation());
  calendar.addEventListener("change", () => {
    const [year, month, day] = calendar.value.split("-").map(Number);
    if (!day) return;
    control.value = showMoment(field.rule.format.pattern, { year, month, day, hour: 0, minute: 0, second: 0 });
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.endEditing();
  });
  control.after(calendar, button);
}

/** As an input of type date has it; empty where the text is no date. */
function isoOf(pattern, text) {
  const at = text.trim() ? parseMoment(pattern, text) : null;
  if (at === null) return "";
  return [String(at.year).padStart(4, "0"), at.month, at.day].map((part) => String(part).padStart(2, "0")).join("-");
}
