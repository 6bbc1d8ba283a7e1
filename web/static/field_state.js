// What stands in a field's controls: a text as typed, or the list of what is chosen.

export function stateOf(field) {
  if (field.isText) return field.typed;
  if (field.control.matches("select")) return [...field.control.selectedOptions].map((each) => each.value).filter(Boolean);
  return field.controls.filter((each) => each.checked).map((each) => each.value);
}

/** What the markup says, so what the server knows. */
export function stateAtFirst(field) {
  const { control } = field;
  // A line of text takes no line breaks, whatever the markup says.
  if (field.isText) return control.matches("textarea") ? control.defaultValue : control.defaultValue.replace(/[\r\n]/g, "");
  if (!control.matches("select")) return field.controls.filter((each) => each.defaultChecked).map((each) => each.value);
  return [...control.options].filter((each) => each.defaultSelected && each.value).map((each) => each.value);
}

export function putState(field, state) {
  if (field.isText) {
    field.control.value = field.typed = state;
    field.noteTyping();
    if (document.activeElement !== field.control) field.endEditing();
    return;
  }
  for (const option of field.control.options ?? []) option.selected = state.length ? state.includes(option.value) : option.value === "";
  if (!field.control.matches("select")) for (const each of field.controls) each.checked = state.includes(each.value);
  field.noteTyping();
}

export function isSameState(one, other) {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

/** For a person to read. */
export function stateInWords(field, state) {
  if (!Array.isArray(state)) return state;
  return state.map((value) => wordsOf(field, value)).join(", ");
}

function comparable(state) {
  return Array.isArray(state) ? [...state].sort() : String(state ?? "").normalize("NFC").replace(/\r\n?/g, "\n");
}

function wordsOf(field, value) {
  for (const each of field.controls) {
    const option = [...(each.options ?? [])].find((other) => other.value === value);
    if (option) return option.text;
    if (each.value === value && each.labels?.length) return each.labels[0].textContent.trim();
  }
  return value;
}
