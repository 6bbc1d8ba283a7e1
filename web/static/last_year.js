// What still is as last year: the mark at each field and the two lists, kept up to date while typing.

export class LastYear {
  constructor(data, fields) {
    this.before = data.before ?? {};
    this.texts = data.texts;
    this.places = new Map(fields.map((field, at) => [field.name, at]));
    this.lists = { same: document.getElementById("zelfde"), changed: document.getElementById("gewijzigd") };
    this.counts = { same: document.getElementById("zelfde-telling"), changed: document.getElementById("gewijzigd-telling") };
    this.entries = new Map();
    for (const entry of document.querySelectorAll("[data-before]")) this.entries.set(entry.dataset.before, entry);
    // Somebody may have typed before this script was there.
    for (const field of fields) this.update(field);
  }

  update(field) {
    const entry = this.entries.get(field.name);
    if (!entry) return;
    const since = isSame(field, this.before[field.name]) ? "same" : "changed";
    const line = field.element.querySelector(".since");
    if (!line || field.element.classList.contains(`since-${since}`)) return;
    field.element.classList.remove("since-same", "since-changed");
    field.element.classList.add(`since-${since}`);
    line.textContent = this.texts[`since_${since}`];
    this.put(entry, this.lists[since]);
    for (const each of ["same", "changed"]) {
      this.counts[each].textContent = this.texts[`count_${each}`].replace("%(count)s", this.lists[each].children.length);
    }
  }

  /** In the form's order. */
  put(entry, list) {
    const place = this.places.get(entry.dataset.before);
    const next = [...list.children].find((other) => this.places.get(other.dataset.before) > place);
    list.insertBefore(entry, next ?? null);
  }
}

/** A text that is wrong has no raw value; it is compared as it was typed. */
function isSame(field, before) {
  const now = field.raw;
  if (Array.isArray(before)) return Array.isArray(now) && JSON.stringify(now) === JSON.stringify(before);
  return now === before || (field.isText && now === "" && field.typed === before);
}
