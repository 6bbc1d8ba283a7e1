// The list of what still keeps the form from being sent; shown beside a preview.

import { post } from "./saving.js";

export class Missing {
  constructor(form, data, jumpTo) {
    this.form = form;
    this.data = data;
    this.panel = document.getElementById("ontbreekt");
    this.panel.querySelector(".close").addEventListener("click", () => (this.panel.hidden = true));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.panel.hidden = true;
    });
    this.jumpTo = jumpTo;
  }

  async check(announce) {
    const answer = await post(this.data.urls.check, new FormData(this.form));
    if (!answer.ok) return;
    const errors = answer.content.problems.filter((each) => each.level === "error");
    const warnings = answer.content.problems.filter((each) => each.level !== "error");
    const heading = this.heading(errors.length);
    this.panel.querySelector("h2").textContent = heading;
    const body = this.panel.querySelector(".missing-body");
    body.replaceChildren(list(errors, this.data.texts));
    if (warnings.length) {
      const title = document.createElement("h3");
      title.textContent = this.data.texts.warnings;
      body.append(title, list(warnings, this.data.texts));
    }
    this.panel.hidden = false;
    announce(heading);
  }

  heading(count) {
    const { texts } = this.data;
    if (count === 0) return texts.none_missing;
    return count === 1 ? texts.one_missing : texts.missing.replace("%(count)s", count);
  }
}

function list(problems, texts) {
  const items = document.createElement("ul");
  items.className = "problems";
  for (const problem of problems) {
    const item = document.createElement("li");
    const words = problem.anchor ? document.createElement("a") : document.createElement("span");
    if (problem.anchor) words.href = `#${problem.anchor}`;
    if (problem.label) {
      const label = document.createElement("strong");
      label.textContent = problem.label;
      words.append(label, ": ");
    }
    words.append(problem.message);
    item.append(words);
    if (problem.page) {
      const page = document.createElement("span");
      page.className = "small";
      page.textContent = ` (${texts.page.replace("%(page)s", problem.page)})`;
      item.append(page);
    }
    items.append(item);
  }
  return items;
}
