// Two views of one form: the same controls laid over the pages, or below each other as a list.
// What is typed is in the controls, so that a change of view has nothing to lose.

import { fitText } from "./fit_text.js";

const KEY = "formpress.weergave";
const root = document.documentElement;
const narrow = matchMedia("(max-width: 759px)");

export function wireView(texts) {
  const toggle = document.querySelector(".view-toggle");
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    choose(root.dataset.view === "pages" ? "list" : "pages");
    show(toggle, texts);
  });
  narrow.addEventListener("change", () => {
    if (chosen() !== null) return;
    root.dataset.view = automatic();
    show(toggle, texts);
  });
  for (const sheet of document.querySelectorAll(".sheet")) {
    sheet.addEventListener("contentvisibilityautostatechange", (event) => {
      if (event.target === sheet && !event.skipped) fitIn(sheet);
    });
  }
  name(toggle, texts);
  withPictures();
}

function automatic() {
  return narrow.matches ? "list" : "pages";
}

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Whoever chooses what the browser would do by itself goes back to that. */
function choose(view) {
  root.dataset.view = view;
  try {
    if (view === automatic()) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, view);
  } catch {
    // It lasts as long as the page, then.
  }
}

function show(toggle, texts) {
  const here = nearestField();
  name(toggle, texts);
  withPictures();
  (here ?? toggle).scrollIntoView({ block: "center" });
  for (const sheet of document.querySelectorAll(".sheet")) fitIn(sheet);
}

function name(toggle, texts) {
  toggle.textContent = root.dataset.view === "pages" ? texts.as_list : texts.as_pages;
}

/** A narrow screen is spared the first picture until somebody asks for the pages. */
function withPictures() {
  if (root.dataset.view !== "pages") return;
  for (const spared of document.querySelectorAll("source.spared")) spared.remove();
}

/** Where a person is: at the focused field, else nowhere, since the button stands at the top. */
function nearestField() {
  return document.activeElement?.closest(".field .at, .field") ?? null;
}

function fitIn(sheet) {
  for (const control of sheet.querySelectorAll("textarea.control, input.control:is([type=text], [type=password])")) {
    fitText(control);
  }
}
