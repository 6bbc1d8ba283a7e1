// What an earlier page left in this browser: offered on a new form, put back into a draft. Where
// the field says something else by now, both are shown, and the person chooses.

import { isSameState, putState, stateInWords, stateOf } from "./field_state.js";
import { keepRest } from "./kept.js";

export class Leftover {
  constructor(saving, fields, refresh, announce) {
    Object.assign(this, { saving, refresh, announce });
    this.fields = new Map(fields.map((field) => [field.name, field]));
    this.notice = document.getElementById("bewaard");
    this.texts = saving.data.texts;
    const { data } = saving;
    if (data.unsaved) return;
    for (const record of saving.kept.left()) {
      if (data.stored) this.restore(record);
      else this.offer(record);
    }
    this.show();
  }

  // ---- a new form ----

  offer(record) {
    const part = this.part(this.texts.left_here.replace("%(moment)s", moment(record.at)).replace("%(count)s", Object.keys(record.fields).length));
    part.append(paragraph(this.texts.left_shared, "small"));
    const go = button(this.texts.left_go, "primary", () => {
      this.drop(part);
      this.restore(record);
      this.show(true);
    });
    const away = button(this.texts.left_away, "secondary", () => {
      keepRest(record, []);
      this.drop(part);
      this.announce(this.texts.left_gone);
      this.show(true);
    });
    part.append(actions(go, away));
  }

  // ---- putting it back ----

  restore(record) {
    const open = [];
    let count = 0;
    for (const [name, { base, mine }] of Object.entries(record.fields)) {
      const field = this.fields.get(name);
      const now = field && stateOf(field);
      if (field && isSameState(now, mine)) continue;
      if (field?.isAsked && isSameState(now, base)) {
        this.use(field, mine);
        count += 1;
      } else open.push(name);
    }
    this.saving.keep();
    if (!this.saving.isKept) return;
    keepRest(record, open);
    if (count) {
      const text = this.texts.left_back.replace("%(moment)s", moment(record.at)).replace("%(count)s", count);
      this.part(text);
      this.announce(text);
    }
    if (open.length) this.choose(record, open);
  }

  use(field, state) {
    putState(field, state);
    this.refresh(field);
    this.saving.noteChange(field);
  }

  /** Field by field: what was typed here, and what the form says now. */
  choose(record, names) {
    const part = this.part(this.texts.left_differs.replace("%(moment)s", moment(record.at)));
    let open = names;
    for (const name of names) {
      const field = this.fields.get(name);
      const { mine } = record.fields[name];
      const place = document.createElement("fieldset");
      place.className = "clash";
      const title = document.createElement("legend");
      title.textContent = field ? labelOf(field) : name;
      const done = () => {
        open = open.filter((each) => each !== name);
        keepRest(record, open);
        place.remove();
        if (!open.length) this.drop(part);
        this.show(true);
      };
      const sides = document.createElement("div");
      sides.className = "clash-sides";
      sides.append(side(this.texts.left_mine, field ? stateInWords(field, mine) : String(mine), this.texts.empty));
      if (field) sides.append(side(this.texts.left_now, stateInWords(field, stateOf(field)), this.texts.empty));
      const buttons = [button(field ? this.texts.left_keep : this.texts.left_away, "secondary", done, title.textContent)];
      if (field?.isAsked) {
        const use = () => {
          this.use(field, mine);
          this.saving.keep();
          done();
        };
        buttons.unshift(button(this.texts.left_use, "primary", use, title.textContent));
      }
      place.append(title, sides, actions(...buttons));
      part.append(place);
    }
  }

  // ---- the notice ----

  part(text) {
    const part = document.createElement("div");
    part.className = "kept-part";
    part.append(paragraph(text));
    this.notice.append(part);
    return part;
  }

  drop(part) {
    part.remove();
  }

  show(focus = false) {
    const parts = this.notice.querySelectorAll(".kept-part");
    this.notice.hidden = parts.length === 0;
    this.notice.querySelector("h2").textContent = this.texts.left_heading;
    if (parts.length && focus) this.notice.focus();
    else if (focus) document.getElementById("formulier").focus();
    else if (parts.length) this.announce(`${this.texts.left_heading}. ${parts[0].querySelector("p").textContent}`);
    // A page that is loaded again stands where it was, and the notice is above.
    if (!parts.length) this.saving.tell("");
    else if (!focus) this.saving.tell(this.texts.left_told, this.notice.id, this.texts.left_look);
  }
}

function labelOf(field) {
  return field.element.querySelector(".label, legend")?.textContent.trim() || field.name;
}

function paragraph(text, name = "") {
  const element = document.createElement("p");
  element.className = name;
  element.textContent = text;
  return element;
}

function actions(...buttons) {
  const element = document.createElement("p");
  element.className = "actions";
  element.append(...buttons);
  return element;
}

function button(text, kind, action, about = "") {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `button ${kind}`;
  element.textContent = text;
  if (about) element.setAttribute("aria-label", `${text}: ${about}`);
  element.addEventListener("click", action);
  return element;
}

function side(title, text, empty) {
  const element = document.createElement("div");
  element.className = "clash-side";
  const head = document.createElement("p");
  head.className = "clash-choice";
  head.textContent = title;
  const body = document.createElement("div");
  body.className = "clash-text";
  body.textContent = text || empty;
  element.append(head, body);
  return element;
}

function moment(at) {
  const lang = document.documentElement.lang || "nl";
  return new Date(at).toLocaleString(lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}
