// Before anything is drawn: as pages where there is room, else as a list; or as somebody chose.
// A script of the old kind, so that the page waits for it and never jumps. Without it: a list.

(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("formpress.weergave");
  } catch {
    // A browser that keeps nothing chooses by itself.
  }
  const narrow = matchMedia("(max-width: 759px)").matches;
  const known = chosen === "pages" || chosen === "list";
  document.documentElement.dataset.view = known ? chosen : narrow ? "list" : "pages";
})();
