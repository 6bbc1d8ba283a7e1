// A text that is too large for its box gets smaller, as it will in the PDF; only in the page view.

const STEP = 0.04;
/** Of so many steps the last is about half the size, the smallest. */
const STEPS = 13;
/** More characters than fit in any box; they are not measured, which could take seconds. */
const ENDLESS = 20000;

export function fitText(control) {
  const { style } = control;
  if (style.getPropertyValue("--shrink")) style.removeProperty("--shrink");
  if (!control.value || !control.closest("[data-view=pages]") || control.closest(".comb")) return;
  // A page that is not drawn yet is fitted when it is; see view.js.
  if (control.checkVisibility?.({ contentVisibilityAuto: true }) === false) return;
  if (!control.clientWidth || getComputedStyle(control).position !== "absolute") return;
  const shrink = (steps) => style.setProperty("--shrink", (1 - steps * STEP).toFixed(2));
  let [tooLarge, fits] = [0, STEPS];
  if (control.value.length > ENDLESS) tooLarge = STEPS;
  else if (!overflows(control)) return;
  // Halving: each look costs a layout of the whole text.
  while (fits - tooLarge > 1) {
    const middle = Math.floor((tooLarge + fits) / 2);
    shrink(middle);
    if (overflows(control)) tooLarge = middle;
    else fits = middle;
  }
  shrink(fits);
}

function overflows(control) {
  return control.matches("textarea")
    ? control.scrollHeight > control.clientHeight + 1
    : control.scrollWidth > control.clientWidth + 1;
}
