// Follows the making of the definitive PDF, without reloading the page.

const QUICK = 700;
const SLOW = 5000;

const job = document.getElementById("pdf");
let wait = QUICK;

if (isWaiting(job.dataset.state)) setTimeout(look, wait);

async function look() {
  try {
    const response = await fetch(job.dataset.status, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.ok) show(await response.json());
  } catch {
    // The network may come back; the next look will tell.
  }
  wait = Math.min(SLOW, wait * 1.3);
  if (isWaiting(job.dataset.state)) setTimeout(look, wait);
}

function isWaiting(state) {
  return state === "queued" || state === "running";
}

function show(answer) {
  if (answer.state === job.dataset.state) return;
  job.dataset.state = answer.state;
  document.getElementById("reden").textContent = answer.reason;
  if (answer.pdf) {
    document.getElementById("pdf-link").href = answer.pdf.url;
    document.getElementById("pdf-grootte").textContent = `(${answer.pdf.size})`;
  }
  const points = document.createElement("ul");
  points.className = "problems";
  for (const problem of answer.problems) {
    const item = document.createElement("li");
    item.textContent = problem.label ? `${problem.label}: ${problem.message}` : problem.message;
    points.append(item);
  }
  document.getElementById("punten").replaceChildren(points);
  for (const part of job.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== answer.state;
}
