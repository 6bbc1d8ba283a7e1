// Saves by itself, once the draft exists: soon after typing stops, when the window is left, and
// again while the server does not answer.

const QUIET = 3000;
const PAUSES = [4000, 8000, 16000, 32000, 60000];

export class Autosave {
  constructor(saving) {
    this.saving = saving;
    this.timer = 0;
    this.failures = 0;
    this.isWaiting = false;
    saving.onChange = () => this.noteChange();
    saving.onOutcome = (outcome) => this.note(outcome);
    window.addEventListener("online", () => this.failures && this.run());
    window.addEventListener("blur", () => this.runSoon());
    document.addEventListener("visibilitychange", () => document.hidden && this.runSoon());
    if (saving.touched.size) this.noteChange();
  }

  /** While a choice has to be made first, or nothing is stored yet, nothing is sent. */
  get mayRun() {
    const { stored, wanted, touched, ended, data } = this.saving;
    return wanted || (stored && touched.size > 0 && !ended && !this.isWaiting && !data.unsaved);
  }

  noteChange() {
    if (!this.failures) this.runIn(QUIET);
  }

  note(outcome) {
    this.isWaiting = outcome === "wait";
    if (outcome === "again") {
      this.runIn(PAUSES[Math.min(this.failures, PAUSES.length - 1)]);
      this.failures += 1;
      return;
    }
    this.failures = 0;
    if (outcome === "saved") this.saving.data.unsaved = false;
    else this.saving.wanted = false;
    if (outcome === "saved" && this.saving.touched.size) this.runIn(QUIET);
  }

  runIn(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), pause);
  }

  runSoon() {
    if (!this.failures) this.run();
  }

  async run() {
    clearTimeout(this.timer);
    if (!this.mayRun || this.saving.busy || this.saving.leaving) return;
    await this.saving.save({ quiet: true });
  }
}
