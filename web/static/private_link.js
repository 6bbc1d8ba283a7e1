// The private link: copied, mailed, reminded of; filled in after a save where it stands in a dialog.

import "./copy.js";

const mailing = document.getElementById("mailen");
const reminding = document.getElementById("herinnering");
const said = document.getElementById("mail-melding");
const fault = document.getElementById("mail-fout");
const address = document.getElementById("mail-adres");
const button = document.getElementById("mail-knop");

/** What the server says of a link after every save. */
export function showLink(saved) {
  document.getElementById("link").value = saved.link;
  document.getElementById("geldig-tot").textContent = saved.valid_until;
  document.getElementById("mailto").href = saved.mailto;
  showCode(saved.qr);
  document.getElementById("gekopieerd").textContent = "";
  said.textContent = "";
  showFault("");
  showReminder(saved.reminder);
}

function showCode(address) {
  const place = document.getElementById("qr");
  const picture = new Image(200, 200);
  picture.loading = "lazy";
  picture.alt = place.dataset.alt;
  picture.src = address;
  place.replaceChildren(picture);
}

mailing.addEventListener("submit", async (event) => {
  event.preventDefault();
  showFault("");
  said.textContent = said.dataset.busy;
  button.disabled = true;
  const answer = await post(mailing);
  button.disabled = false;
  said.textContent = answer.message;
  if (answer.ok) {
    mailing.reset();
    address.value = "";
    showReminder(answer.reminder);
  } else {
    said.textContent = "";
    showFault(answer.message);
    address.focus();
  }
});

reminding?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await post(reminding);
  said.textContent = answer.message;
  if (!answer.ok) return;
  showReminder("");
  address.focus();
});

function showFault(text) {
  fault.textContent = text;
  fault.hidden = !text;
  if (text) address.setAttribute("aria-invalid", "true");
  else address.removeAttribute("aria-invalid");
}

function showReminder(day) {
  if (!reminding) return;
  document.getElementById("herinnering-op").textContent = day;
  reminding.hidden = !day;
  document.getElementById("herinner").hidden = Boolean(day);
}

/** {ok, message, reminder}; without an answer the message of a page without a network. */
async function post(form) {
  try {
    const headers = { Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers, cache: "no-store" });
    const content = await response.json();
    return { ok: response.ok, message: content.error?.message ?? content.message, reminder: content.reminder };
  } catch {
    return { ok: false, message: mailing.dataset.offline, reminder: "" };
  }
}
