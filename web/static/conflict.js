// Both answers of each field that two people changed, in a dialog; nothing goes on before a choice.

const dialog = document.getElementById("conflict");
const places = document.getElementById("conflict-velden");
const fault = document.getElementById("conflict-fout");

export function showConflict(html, save) {
  places.innerHTML = html;
  fault.hidden = true;
  const button = document.getElementById("bewaar-keuzes");
  button.onclick = () => {
    const open = [...places.querySelectorAll("fieldset")].find((each) => !each.querySelector("input:checked"));
    fault.hidden = !open;
    if (open) {
      open.querySelector("input").focus();
      return;
    }
    dialog.close();
    save();
  };
  openWhenIdle(dialog);
}

/** The choices were saved: they must not be posted again. */
export function endConflict() {
  places.replaceChildren();
  document.querySelector(".overtaken")?.remove();
}

/** A dialog does not come up under somebody's typing: it waits until the field is left. */
export function openWhenIdle(element, atOnce = false) {
  if (element.open) return;
  const typing = document.activeElement?.closest("#formulier .control");
  if (atOnce || !typing) {
    element.showModal();
    return;
  }
  document.activeElement.addEventListener("blur", () => setTimeout(() => openWhenIdle(element)), { once: true });
}
