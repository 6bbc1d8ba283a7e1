// Follows the making of the definitive PDF, the one-page and the archive copy, without reloading the
// page.

const QUICK = 700;
const SLOW = 5000;

const job = document.getElementById("pdf");
let wait = QUICK;

if ("waiting" in job.dataset) setTimeout(look, wait);

async function look() {
  let waiting = true;
  try {
    const response = await fetch(job.dataset.status, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.ok) {
      const answer = await response.json();
      waiting = answer.waiting;
      show(answer);
      if (answer.archive) showArchiveCopy(answer.archive);
    }
  } catch {
    // The network may come back; the next look will tell.
  }
  wait = Math.min(SLOW, wait * 1.3);
  if (waiting) setTimeout(look, wait);
}

function show(answer) {
  if (answer.state === job.dataset.state) return;
  job.dataset.state = answer.state;
  document.getElementById("reden").textContent = answer.reason;
  if (answer.pdf) {
    document.getElementById("pdf-link").href = answer.pdf.url;
    document.getElementById("pdf-grootte").textContent = `(${answer.pdf.size})`;
  }
  document.getElementById("punten").replaceChildren(listOf(answer.problems));
  if (answer.one_page) showOnePage(answer.one_page);
  for (const part of job.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== answer.state;
}

function showOnePage(answer) {
  const sheet = document.getElementById("one-page");
  if (!sheet) return;
  const outcome = answer.url ? "done" : "failed";
  const link = document.getElementById("one-page-link");
  link.textContent = answer.name;
  if (answer.url) link.href = answer.url;
  document.getElementById("one-page-grootte").textContent = `(${answer.size})`;
  document.getElementById("one-page-reden").textContent = answer.reason;
  document.getElementById("one-page-punten").replaceChildren(listOf(answer.problems));
  for (const part of sheet.querySelectorAll("[data-sheet]")) part.hidden = part.dataset.sheet !== outcome;
  sheet.hidden = false;
}

function showArchiveCopy(copy) {
  const part = document.getElementById("archief");
  if (copy.state === part.dataset.state) return;
  part.dataset.state = copy.state;
  const link = document.getElementById("archief-link");
  link.textContent = copy.name;
  if (copy.address) link.href = copy.address;
  document.getElementById("archief-grootte").textContent = `(${copy.size})`;
  for (const each of part.querySelectorAll("[data-archive-reason]")) each.textContent = copy.reason;
  for (const each of part.querySelectorAll("[data-archive]")) {
    each.hidden = !each.dataset.archive.split(" ").includes(copy.state);
  }
  part.classList.toggle("card", copy.state !== "hindered");
  part.hidden = false;
}

function listOf(problems) {
  const points = document.createElement("ul");
  points.className = "problems";
  for (const problem of problems) {
    const item = document.createElement("li");
    item.textContent = problem.label ? `${problem.label}: ${problem.message}` : problem.message;
    points.append(item);
  }
  return points;
}
