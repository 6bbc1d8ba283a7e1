// “Zo staat het in de PDF”: one button that goes along with the field that is being filled in, and
// a picture of its box as the definitive PDF will have it, set by the same code on the server.

import { post } from "./saving.js";

const GAP = 6;

export function wireBoxPreview(form, fieldOf, data) {
  const panel = document.getElementById("vak");
  if (!panel || !("popover" in HTMLElement.prototype)) return;
  const canvas = panel.querySelector("canvas");
  const words = panel.querySelector(".vak-woorden");
  const trouble = panel.querySelector(".vak-fout");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "look";
  button.append(Object.assign(document.createElement("span"), { textContent: data.texts.box_short }));
  button.popoverTargetElement = panel;
  button.popoverTargetAction = "toggle";
  let field = null;
  let asked = 0;

  form.addEventListener("focusin", (event) => {
    const found = event.target.closest(".field[data-boxed]");
    if (!found || !event.target.matches(".control")) return;
    field = fieldOf(event.target);
    button.ariaLabel = data.texts.box_label.replace("%(label)s", field.rule.label);
    // Over the pages it goes with the box, in a list it stands at the end of the label's line.
    const place = document.documentElement.dataset.view === "pages" ? found.querySelector(".at") : found;
    if (button.parentElement !== place) place.querySelector(":scope > .control, :scope > .at").after(button);
  });

  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open" && field) draw();
  });
  panel.addEventListener("toggle", (event) => {
    if (event.newState === "open") place();
  });

  async function draw() {
    const mine = ++asked;
    const body = new FormData();
    body.set("sjabloon", form.elements.sjabloon.value);
    body.set("veld", field.name);
    body.set("waarde", field.raw);
    clear();
    words.textContent = data.texts.box_busy;
    const answer = await post(data.urls.box, body);
    if (mine !== asked) return;
    if (!answer.ok) {
      clear();
      trouble.textContent = answer.content?.error?.message ?? data.texts.box_failed;
      return;
    }
    const { png, width, words: size, problem } = answer.content;
    const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    canvas.width = picture.width;
    canvas.height = picture.height;
    // A point is a third larger than on paper, as a PDF at 100 % on most screens.
    canvas.style.width = `${(width * 4) / 3}px`;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    canvas.ariaLabel = data.texts.box_picture.replace("%(text)s", field.control.value);
    canvas.hidden = false;
    words.textContent = size;
    trouble.textContent = problem;
    place();
  }

  function clear() {
    canvas.hidden = true;
    words.textContent = trouble.textContent = "";
  }

  /** Below the box, or above it where there is no room; always on the screen. */
  function place() {
    const box = field.control.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const below = box.bottom + GAP + height <= innerHeight;
    panel.style.left = `${Math.max(GAP, Math.min(box.left, innerWidth - width - GAP))}px`;
    panel.style.top = `${Math.max(GAP, below ? box.bottom + GAP : box.top - GAP - height)}px`;
  }
}
