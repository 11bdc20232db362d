// The page: which analysis and run are shown, in which round, and about which tuple. The address after `#` says so
// too: a link leads to what was seen. Everything from a program reaches the page as text, never as markup.
const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** What is shown. */
const shown = { analysis: null, run: null, round: 1, tuple: null, picture: null };
const analyses = new Map();

function analysis(id) {
  if (!analyses.has(id)) analyses.set(id, new Analysis(id));
  return analyses.get(id);
}

/** Shows what `change` says, and the rest as it is. */
function show(change) {
  const before = { ...shown };
  Object.assign(shown, change);
  const here = analysis(shown.analysis);
  if (before.analysis !== shown.analysis) {
    for (const section of document.querySelectorAll(".analysis")) section.hidden = section.id !== `analysis-${here.id}`;
    const pick = document.getElementById("pick");
    if (pick) pick.value = here.id;
    if (change.run === undefined) shown.run = here.first;
  }
  if (shown.run === null) return remember();
  if (before.analysis !== shown.analysis || before.run !== shown.run) {
    shown.round = Math.min(change.round ?? here.shared.eot, here.shared.eot);
    if (change.tuple === undefined) shown.tuple = null;
    showRun(here, here.run(shown.run));
  } else {
    if (before.round !== shown.round) showRound(here, here.run(shown.run));
    if (before.tuple !== shown.tuple) showTuple(here, here.run(shown.run));
  }
  remember();
}

let memory = 0;

/** Writes the address, not more often than a browser bears while somebody drags the scrubber. */
function remember() {
  clearTimeout(memory);
  memory = setTimeout(writeAddress, 150);
}

function writeAddress() {
  const parts = [`analysis=${shown.analysis}`];
  if (shown.run !== null) parts.push(`run=${shown.run}`, `round=${shown.round}`);
  if (shown.tuple !== null) parts.push(`tuple=${shown.tuple}`);
  history.replaceState(null, "", "#" + parts.join("&"));
}

/** The place that the address names, as far as there is one. */
function address() {
  const words = new URLSearchParams(location.hash.slice(1));
  const number = (key) => (/^\d{1,9}$/.test(words.get(key) ?? "") ? Number(words.get(key)) : null);
  const first = document.querySelector(".analysis");
  const id = document.getElementById(`analysis-${number("analysis")}`) ? number("analysis") : Number(first.dataset.id);
  const here = analysis(id);
  const run = document.getElementById(`run-${id}-${number("run")}`) ? number("run") : here.first;
  const last = here.shared.eot;
  const tuple = number("tuple");
  return {
    analysis: id, run,
    round: Math.min(Math.max(number("round") ?? last, 1), last),
    tuple: tuple !== null && tuple < here.tupleCount ? tuple : null,
  };
}

// The list of runs

/** Hides the runs whose line does not hold every word of the filter, and tells how many are left. */
function filterRuns(section) {
  const words = section.querySelector(".filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const role = section.querySelector(".role")?.value ?? "";
  let left = 0;
  for (const item of section.querySelectorAll(".runs li")) {
    const text = item.textContent.toLowerCase();
    const fits = words.every((word) => text.includes(word)) && (!role || item.dataset.role === role);
    item.hidden = !fits;
    if (fits) left += item.querySelectorAll("button").length;
  }
  section.querySelector(".count").textContent = counted(left, "run");
}

/** Shows the run `step` lines further down, among those that the filter leaves. */
function moveRun(step) {
  const section = document.getElementById(`analysis-${shown.analysis}`);
  const items = [...section.querySelectorAll(".runs li:not([hidden]) button")];
  const here = items.findIndex((button) => button.getAttribute("aria-current") === "true");
  const next = items[Math.min(Math.max(here + step, 0), items.length - 1)];
  if (!next) return;
  show({ run: Number(next.dataset.run) });
  next.scrollIntoView({ block: "nearest" });
}

function moveRound(step) {
  const last = analysis(shown.analysis).shared.eot;
  show({ round: Math.min(Math.max(shown.round + step, 1), last) });
}

function onKey(event) {
  const typing = event.target.closest("input, select, textarea, .laboratory");
  if (event.key === "Escape" && shown.tuple !== null) return show({ tuple: null });
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const section = document.getElementById(`analysis-${shown.analysis}`);
  const actions = {
    j: () => moveRun(1), k: () => moveRun(-1),
    ArrowRight: () => moveRound(1), ArrowLeft: () => moveRound(-1), l: () => moveRound(1), h: () => moveRound(-1),
    "/": () => section.querySelector(".filter")?.focus(),
  };
  if (!actions[event.key] || shown.run === null) return;
  event.preventDefault();
  actions[event.key]();
}

function start() {
  for (const section of document.querySelectorAll(".analysis")) {
    const filter = section.querySelector(".filter");
    if (!filter) continue;
    filter.addEventListener("input", () => filterRuns(section));
    section.querySelector(".role")?.addEventListener("change", () => filterRuns(section));
    section.querySelector(".runs ol").addEventListener("click", (event) => {
      const button = event.target.closest("button[data-run]");
      if (button) show({ run: Number(button.dataset.run) });
    });
  }
  document.getElementById("pick")?.addEventListener("change", (event) => {
    show({ analysis: Number(event.target.value) });
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => show(address()));
  show(address());
}
