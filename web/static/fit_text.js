// A text that is too large for its box gets smaller, as it will in the PDF; only in the page view.

const SMALLEST = 0.5;
const STEP = 0.04;

export function fitText(control) {
  const { style } = control;
  style.removeProperty("--shrink");
  if (!control.closest("[data-view=pages]") || !control.value || !control.clientWidth) return;
  if (getComputedStyle(control).position !== "absolute" || control.closest(".comb")) return;
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
