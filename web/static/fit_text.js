// A text that is too large for its box gets smaller, as it will in the PDF; only in the page view.

const SMALLEST = 0.5;
const STEP = 0.04;

export function fitText(control) {
  const { style } = control;
  if (style.getPropertyValue("--shrink")) style.removeProperty("--shrink");
  if (!control.value || !control.closest("[data-view=pages]") || control.closest(".comb")) return;
  // A page that is not drawn yet is fitted when it is; see view.js.
  if (control.checkVisibility?.({ contentVisibilityAuto: true }) === false) return;
  if (!control.clientWidth || getComputedStyle(control).position !== "absolute") return;
  for (let shrink = 1; overflows(control) && shrink > SMALLEST; ) {
    shrink -= STEP;
    style.setProperty("--shrink", shrink.toFixed(2));
  }
}

function overflows(control) {
  return control.matches("textarea")
    ? control.scrollHeight > control.clientHeight + 1
    : control.scrollWidth > control.clientWidth + 1;
}
