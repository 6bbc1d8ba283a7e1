// Saving for later: without leaving the page, with the private link in a dialog.

export class Saving {
  constructor(form, data) {
    this.form = form;
    this.data = data;
    this.state = document.getElementById("opslag");
    this.changes = data.unsaved ? 1 : 0;
    this.leaving = false;
    this.conflictVersion = null;
    document.getElementById("bewaar-mijn").addEventListener("click", () => {
      document.getElementById("conflict").close();
      this.save(this.conflictVersion);
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.changes && !this.leaving) event.preventDefault();
    });
    if (this.changes) this.noteChange();
  }

  noteChange() {
    this.changes += 1;
    this.say(this.data.texts.unsaved, true);
  }

  say(text, unsaved = false) {
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("unsaved", unsaved);
  }

  /** `overVersion`: the version of somebody else's save that this one may replace. */
  async save(overVersion = null) {
    const changesThen = this.changes;
    const body = new FormData(this.form);
    if (overVersion !== null) body.set("over_versie", overVersion);
    this.say(this.data.texts.saving);
    const answer = await post(this.data.urls.save, body);
    if (answer.ok) {
      this.accept(answer.content, changesThen);
      return;
    }
    this.say(this.data.texts.unsaved, true);
    const error = answer.content?.error;
    if (error?.code === "edit_conflict") {
      this.conflictVersion = error.version;
      document.getElementById("conflict").showModal();
    } else {
      document.getElementById("mislukt-reden").textContent = error?.message ?? this.data.texts.offline;
      document.getElementById("mislukt").showModal();
    }
  }

  accept(saved, changesThen) {
    this.form.elements.versie.value = saved.version;
    history.replaceState(null, "", this.data.urls.draft);
    if (this.changes === changesThen) {
      this.changes = 0;
      this.say(this.data.texts.saved_at.replace("%(time)s", saved.saved_at));
    } else {
      this.say(this.data.texts.unsaved, true);
    }
    document.getElementById("link").value = saved.link;
    document.getElementById("geldig-tot").textContent = saved.valid_until;
    document.getElementById("mailen").href = saved.mailto;
    document.getElementById("gekopieerd").textContent = "";
    document.querySelector(".overtaken")?.remove();
    document.getElementById("opgeslagen").showModal();
  }
}

/** {ok, content}: content is the JSON answer, or null where none came. */
export async function post(url, body) {
  try {
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, cache: "no-store" });
    return { ok: response.ok, content: await response.json() };
  } catch {
    return { ok: false, content: null };
  }
}
