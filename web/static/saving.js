// Saving: by the button, with the private link in a dialog, or by itself once the draft exists.
// What is not on the server yet is kept in this browser.

import { endConflict, openWhenIdle, showConflict } from "./conflict.js";
import { isSameState, putState, stateAtFirst, stateOf } from "./field_state.js";
import { Kept, remove } from "./kept.js";
import { showLink } from "./private_link.js";
import { keyOfPosted, notePosted } from "./sent.js";

const SOON = 300;
const LONG = 30000;
/** After these answers no save of this page can succeed any more. */
const ENDS = ["already_submitted", "deleted_draft", "expired_link", "template_changed", "unknown_link", "withdrawn_link"];

export class Saving {
  /** `refresh` brings a field that was put, and what follows from it, up to date on the page. */
  constructor(form, data, fields, refresh) {
    Object.assign(this, { form, data, refresh });
    this.fields = new Map(fields.filter((field) => field.isAsked).map((field) => [field.name, field]));
    /** As the server knows each field; somebody may have typed before this script was there. */
    this.began = new Map([...this.fields].map(([name, field]) => [name, stateAtFirst(field)]));
    this.state = document.getElementById("opslag");
    this.kept = new Kept(data.stored || data.unsaved ? data.kept.draft : data.kept.fresh);
    /** Field → number of its last change that is not on the server. */
    this.touched = new Map();
    this.put = new Map();
    this.changes = 0;
    this.stored = data.stored || data.unsaved;
    this.isKept = true;
    this.leaving = false;
    this.ended = false;
    /** Whether somebody pressed the button of the first save, which has not arrived yet. */
    this.wanted = false;
    this.busy = null;
    this.onChange = () => {};
    this.onOutcome = () => {};
    this.told = document.getElementById("intussen");
    this.told.querySelector("button").addEventListener("click", () => this.tell(""));
    form.addEventListener("focusout", () => setTimeout(() => this.putWaiting()));
    window.addEventListener("beforeunload", (event) => {
      if (!this.touched.size || this.leaving) return;
      this.keep();
      if (!this.isKept) event.preventDefault();
    });
    for (const name of ["pagehide", "blur"]) window.addEventListener(name, () => this.keep());
    /** This page holds all that the one before it did. */
    this.earlier = data.unsaved ? keyOfPosted(data.kept.draft) : "";
    if (data.unsaved) for (const field of this.fields.values()) this.noteChange(field);
  }

  noteChange(field) {
    this.changes += 1;
    this.changedAt = Date.now();
    if (this.fields.has(field.name)) this.touched.set(field.name, this.changes);
    this.keeping ??= setTimeout(() => this.keep(), SOON);
    if (!this.hasTrouble) this.sayUnsaved();
    this.onChange();
  }

  /** What was typed before the scripts were there is a change like any other. */
  noteEarly() {
    for (const [name, field] of this.fields) {
      if (!isSameState(stateOf(field), this.began.get(name))) this.noteChange(field);
    }
  }

  // ---- telling ----

  /** `aloud`: whether a screen reader tells it; not what comes back after every few words. */
  say(text, unsaved = false, trouble = false, aloud = true) {
    this.hasTrouble = trouble;
    this.state.setAttribute("aria-live", aloud ? "polite" : "off");
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("unsaved", unsaved);
  }

  sayUnsaved() {
    const { texts } = this.data;
    const text = this.isKept ? texts.unsaved : texts.kept_nowhere;
    this.say(text, true, false, text !== this.warned);
    this.warned = text;
  }

  /** Stays until it is closed, or something else is told. `target`: the id of where to go. */
  tell(text, target = "", words = "") {
    const line = this.told.querySelector("span");
    line.textContent = text;
    if (target) {
      const link = document.createElement("a");
      link.href = `#${target}`;
      link.textContent = words;
      line.append(" ", link);
    }
    this.told.querySelector("button").hidden = !text;
  }

  // ---- this browser ----

  keep() {
    clearTimeout(this.keeping);
    this.keeping = null;
    if (!this.touched.size) {
      this.kept.remove();
      return;
    }
    const fields = {};
    for (const name of this.touched.keys()) fields[name] = { base: this.began.get(name), mine: stateOf(this.fields.get(name)) };
    const was = this.isKept;
    this.isKept = this.kept.write(fields, this.changedAt);
    if (was !== this.isKept && !this.hasTrouble) this.sayUnsaved();
  }

  // ---- the server ----

  /** By hand, unless `quiet`. The outcome: `saved`, `again` (it may go better later), `wait`, `refused`, `end`. */
  async save({ quiet = false } = {}) {
    while (this.busy) await this.busy;
    if (!quiet) this.wanted = true;
    this.busy = this.post(quiet);
    const outcome = await this.busy.finally(() => (this.busy = null));
    this.onOutcome(outcome);
  }

  async post(quiet) {
    this.keep();
    const changesThen = this.changes;
    const statesThen = new Map([...this.fields].map(([name, field]) => [name, stateOf(field)]));
    const body = new FormData(this.form);
    if (quiet) body.set("vanzelf", "1");
    if (!this.hasTrouble) this.say(this.data.texts.saving, true, false, !quiet);
    const answer = await post(this.data.urls.save, body, LONG);
    if (!answer.content?.version) return this.refused(answer, quiet, changesThen);
    this.accept(answer.content, changesThen, statesThen, quiet);
    return "saved";
  }

  refused({ status, content }, quiet, changesThen) {
    const error = content?.error;
    const { texts } = this.data;
    if (error?.code === "edit_conflict") {
      this.takeOver(error, changesThen);
      this.say(texts.conflict, true, true);
      showConflict(error.html, () => this.save());
      return "wait";
    }
    if (!error || status >= 500) {
      const reason = status >= 400 ? texts.server_again : texts.offline_again;
      this.say(reason, true, true);
      if (!quiet) this.showFailure(error?.message ?? (status >= 400 ? reason : texts.offline));
      return "again";
    }
    if (ENDS.includes(error.code)) {
      this.say(texts.not_saved, true, true);
      if (!quiet || !this.ended) this.showFailure(this.isKept ? `${error.message} ${texts.still_here}` : error.message, quiet);
      this.ended = true;
      return "end";
    }
    if (error.code === "would_void_approval") {
      this.sayUnsaved();
      this.hasTrouble = true;
      this.tell(error.message);
      return "wait";
    }
    this.say(texts.not_saved, true, true);
    if (quiet) this.tell(error.message);
    else this.showFailure(error.message);
    return "refused";
  }

  showFailure(text, quiet = false) {
    document.getElementById("mislukt-reden").textContent = text;
    openWhenIdle(document.getElementById("mislukt"), !quiet);
  }

  accept(saved, changesThen, statesThen, quiet) {
    const first = !this.stored;
    this.stored = true;
    this.form.elements.versie.value = saved.version;
    history.replaceState(null, "", this.data.urls.draft);
    for (const [name, state] of statesThen) this.began.set(name, state);
    for (const [name, number] of this.touched) if (number <= changesThen) this.touched.delete(name);
    this.takeOver(saved, changesThen);
    endConflict();
    if (this.earlier) remove(this.earlier);
    if (first) this.kept.moveTo(this.data.kept.draft);
    const aloud = !quiet || this.hasTrouble;
    this.hasTrouble = false;
    this.keep();
    if (this.touched.size) this.sayUnsaved();
    else this.say(this.data.texts.saved_at.replace("%(time)s", saved.saved_at), false, false, aloud);
    if (saved.told) this.tell(saved.told);
    else if (!quiet) this.tell("");
    showLink(saved);
    this.showVoided(saved.voided);
    this.wanted = false;
    document.getElementById("mislukt").close();
    if (!quiet || first) openWhenIdle(document.getElementById("opgeslagen"), !quiet);
  }

  // ---- the others ----

  /** What somebody else changed goes into the page, except where this person is at work. */
  takeOver({ basis, values }, changesThen) {
    const seen = { ...basis };
    const mine = JSON.parse(this.form.elements.basis.value);
    for (const [name, { text, chosen }] of Object.entries(values)) {
      const field = this.fields.get(name);
      if (!field) continue;
      const state = field.isText ? text : chosen;
      if (this.touched.get(name) > changesThen) seen[name] = mine[name] ?? "";
      else this.put.set(name, { state, seen: basis[name] ?? "" });
      if (this.put.has(name)) seen[name] = mine[name] ?? "";
    }
    this.form.elements.basis.value = JSON.stringify(seen);
    this.putWaiting();
  }

  putWaiting() {
    if (!this.put.size) return;
    const seen = JSON.parse(this.form.elements.basis.value);
    for (const [name, { state, seen: digits }] of this.put) {
      const field = this.fields.get(name);
      if (field.element.contains(document.activeElement)) continue;
      this.put.delete(name);
      if (this.touched.has(name)) continue;
      seen[name] = digits;
      this.began.set(name, state);
      if (isSameState(stateOf(field), state)) continue;
      putState(field, state);
      this.refresh(field);
    }
    this.form.elements.basis.value = JSON.stringify(seen);
  }

  /** What an approver had filled in is gone; the page shows that once it is loaded again. */
  showVoided(sentence) {
    const line = document.getElementById("vervallen");
    line.textContent = sentence;
    line.hidden = !sentence;
    if (!sentence) return;
    const reload = () => this.touched.size || location.reload();
    document.getElementById("opgeslagen").addEventListener("close", reload, { once: true });
  }

  /** The page is posted as a whole, by a button that leads elsewhere. */
  leave() {
    this.leaving = true;
    this.keep();
    notePosted(this.kept.key, this.data.kept.draft);
  }
}

/** {ok, status, content}: content is the JSON answer, or null where none came; status 0: no answer at all. */
export async function post(url, body, patience = 0) {
  const headers = { Accept: "application/json" };
  const signal = patience ? AbortSignal.timeout(patience) : undefined;
  let status = 0;
  try {
    const response = await fetch(url, { method: "POST", body, headers, signal, cache: "no-store" });
    status = response.status;
    return { ok: response.ok, status, content: await response.json() };
  } catch {
    return { ok: false, status, content: null };
  }
}
