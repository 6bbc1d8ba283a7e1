// The copy button beside a private link.

function wireCopy() {
  const button = document.getElementById("kopieer");
  const link = document.getElementById("link");
  const said = document.getElementById("gekopieerd");
  button.hidden = false;
  link.addEventListener("focus", () => link.select());
  button.addEventListener("click", async () => {
    said.textContent = (await copied(link)) ? button.dataset.done : button.dataset.failed;
  });
}

async function copied(link) {
  try {
    await navigator.clipboard.writeText(link.value);
    return true;
  } catch {
    // Without https there is no clipboard for scripts; the old way still works.
    link.select();
    return document.execCommand("copy");
  }
}

wireCopy();
