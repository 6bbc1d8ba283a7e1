// One field of the form page: its controls, its raw value, what is wrong with it, its mirrors.

import { examineText, length, sentence } from "./rules.js";
import { showFormat, typedFormat } from "./formats.js";

export class FormField {
  constructor(element, rule, words) {
    this.element = element;
    this.rule = rule;
    this.words = words;
    this.controls = [...element.querySelectorAll(".control")];
    this.control = this.controls[0];
    this.isText = this.control.matches("textarea, input[type=text], input[type=password]");
    this.isShaped = this.isText && !rule.editable && Boolean(rule.format || rule.kind);
    this.errorLine = element.querySelector(".error");
    this.countLine = element.querySelector(".count");
    this.clearButton = element.querySelector(".clear");
    const elsewhere = element.dataset.elsewhere?.split(" ") ?? [];
    this.mirrors = [...element.querySelectorAll(".mirror"), ...elsewhere.map((id) => document.getElementById(id))];
    /** What a person typed; the control may show it formatted while it has no focus. */
    this.typed = this.isText ? this.control.value : "";
  }

  get name() {
    return this.rule.name;
  }

  get isAsked() {
    return !this.rule.read_only;
  }

  get isFilled() {
    if (this.isText) return this.typed.trim() !== "";
    if (this.control.matches("select")) return [...this.control.selectedOptions].some((each) => each.value !== "");
    return this.controls.some((each) => each.checked);
  }

  /** As the server would keep it; a text that is wrong, as typed. */
  get raw() {
    if (this.isText) {
      return this.rule.editable ? this.exported(this.typed) : (examineText(this.rule, this.typed).value ?? "");
    }
    if (this.control.matches("select")) {
      const chosen = [...this.control.selectedOptions].map((each) => each.value).filter(Boolean);
      return this.rule.multi_select ? chosen : (chosen[0] ?? "");
    }
    const on = this.controls.filter((each) => each.checked).map((each) => each.value);
    if (this.rule.type === "radio") return on[0] ?? "";
    return this.rule.on_states.length > 1 ? (on[0] ?? false) : on.length > 0;
  }

  /** An editable list offers what people read; a calculation counts with what is kept. */
  exported(shown) {
    return this.rule.options?.find((option) => option.display === shown)?.export ?? shown;
  }

  // ---- typing ----

  beginEditing() {
    const { control } = this;
    if (!this.isShaped || control.value === this.typed) return;
    const all = control.selectionStart === 0 && control.selectionEnd === control.value.length;
    control.value = this.typed;
    if (all) control.select();
  }

  noteTyping() {
    if (this.isText) this.typed = this.control.value;
    this.repeatInMirrors();
  }

  /** Leaves the field as its format writes it, and says what is wrong with it. */
  endEditing() {
    if (!this.isText || !this.isAsked) return;
    const { value, problem } = examineText(this.rule, this.typed);
    if (problem) {
      this.showError(this.sentence(problem));
    } else if (this.isShaped && value !== null) {
      const { format } = this.rule;
      const shown = format ? showFormat(format, value) : value;
      // What the page shows can mostly be typed as well; not where its signs make it too long.
      const again = examineText(this.rule, shown);
      this.typed = format && again.value !== value ? typedFormat(format, value) : shown;
      this.control.value = shown;
    }
    this.repeatInMirrors();
  }

  /** An error goes as soon as it is mended; a new one waits until the field is left. */
  forgiveIfMended() {
    if (!this.isWrong) return;
    if (!this.isText) {
      if (this.isFilled || !this.rule.required) this.showError("");
      return;
    }
    const { value, problem } = examineText(this.rule, this.typed);
    if (problem) this.showError(this.sentence(problem));
    else if (value !== null || !this.rule.required) this.showError("");
  }

  sentence(problem) {
    return sentence(this.rule, problem, this.words.sentences);
  }

  // ---- showing ----

  showCalculated(raw) {
    const shown = raw === undefined ? "" : this.rule.format ? showFormat(this.rule.format, raw) : raw;
    if (this.control.value === shown) return false;
    this.control.value = this.typed = shown;
    this.repeatInMirrors();
    return true;
  }

  get isWrong() {
    return this.element.classList.contains("wrong");
  }

  /** What is said to be wrong with it. */
  get told() {
    return this.errorLine.textContent;
  }

  showError(text) {
    this.errorLine.textContent = text;
    this.element.classList.toggle("wrong", text !== "");
    const marked = this.element.hasAttribute("role") ? this.element : this.control;
    if (text) marked.setAttribute("aria-invalid", "true");
    else marked.removeAttribute("aria-invalid");
  }

  /** How many characters are left; null where there is no limit. */
  showLeft() {
    if (!this.countLine || this.rule.max_len === null) return null;
    const left = this.rule.max_len - length(this.typed);
    this.countLine.textContent = leftInWords(left, this.words.texts);
    return left;
  }

  repeatInMirrors() {
    const on = this.isText ? [] : this.controls.filter((each) => each.checked).map((each) => each.value);
    for (const mirror of this.mirrors) {
      const { state } = mirror.dataset;
      if (state !== undefined) mirror.textContent = on.includes(state) ? "✓" : "";
      else mirror.textContent = this.shownText;
    }
    if (this.clearButton) this.clearButton.hidden = on.length === 0;
  }

  get shownText() {
    if (!this.control.matches("select")) return this.control.value;
    return [...this.control.selectedOptions].filter((each) => each.value).map((each) => each.text).join("\n");
  }
}

export function leftInWords(left, texts) {
  if (left <= 0) return texts.none_left;
  return left === 1 ? texts.one_left : texts.left.replace("%(count)s", left);
}
