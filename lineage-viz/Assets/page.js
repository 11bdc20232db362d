// The page: which analysis and run are shown, in which round, and about which tuple. The address after `#` says so
// too: a link leads to what was seen. Everything from a program reaches the page as text, never as markup.
const read = (id) => JSON.parse(document.getElementById(id).textContent);

/** What is shown. */
const shown = { analysis: null, run: null, leftOut: null, round: 1, tuple: null, picture: null };
const analyses = new Map();

function analysis(id) {
  if (!analyses.has(id)) analyses.set(id, new Analysis(id));
  return analyses.get(id);
}

/** The run that is shown: one of the list, or the same without one of its faults. */
const current = () => analysis(shown.analysis).leavingOut(analysis(shown.analysis).run(shown.run), shown.leftOut);

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
  const isOther = before.analysis !== shown.analysis || before.run !== shown.run;
  if (isOther && change.leftOut === undefined) shown.leftOut = null;
  const run = current();
  if (isOther) {
    shown.round = Math.min(Math.max(change.round ?? run.violations[0]?.[1] ?? here.shared.eot, 1), here.shared.eot);
    if (change.tuple === undefined) shown.tuple = null;
  }
  if (isOther || before.leftOut !== shown.leftOut) showRun(here, run);
  else {
    if (before.round !== shown.round) showRound(here, run);
    if (before.tuple !== shown.tuple) showTuple(here, run);
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
  parts.push(`run=${shown.run}`, `round=${shown.round}`);
  if (shown.leftOut !== null) parts.push(`without=${shown.leftOut}`);
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
    leftOut: here.run(run).without?.[number("without")] ? number("without") : null,
    round: number("round") === null ? undefined : Math.min(Math.max(number("round"), 1), last),
    tuple: tuple !== null && tuple < here.tupleCount ? tuple : null,
  };
}

// The list of runs

/** Hides the runs whose line does not hold every word of the filter, and tells how many are left. */
function filterRuns(section) {
  const words = section.querySelector(".filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const role = section.querySelector(".role")?.value ?? "";
  const cell = section.filteredRuns ?? null;
  let left = 0;
  for (const item of section.querySelectorAll(".runs li:not(.meaning)")) {
    let count = 0;
    for (const button of item.querySelectorAll("button")) {
      const text = button.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (!cell || cell.has(Number(button.dataset.run)));
      button.hidden = !fits;
      count += fits ? 1 : 0;
    }
    const more = item.querySelector("details");
    if (more && (words.length || cell)) more.open = more.querySelector("button:not([hidden])") !== null;
    item.hidden = count === 0 || (role !== "" && item.dataset.role !== role);
    if (!item.hidden) left += count;
  }
  section.querySelector(".count").textContent = counted(left, "run");
}

/** Shows the run `step` lines further down, among those that the filter leaves. */
function moveRun(step) {
  const section = document.getElementById(`analysis-${shown.analysis}`);
  const items = [...section.querySelectorAll(".runs li:not([hidden]) button:not([hidden])")].filter((button) => button.offsetParent);
  const here = items.findIndex((button) => button.getAttribute("aria-current") === "true");
  const next = items[Math.min(Math.max(here + step, 0), items.length - 1)];
  if (!next) return;
  const isInList = document.activeElement?.closest(".runs");
  show({ run: Number(next.dataset.run) });
  next.scrollIntoView({ block: "nearest" });
  if (isInList) next.focus();
}

function moveRound(step) {
  const last = analysis(shown.analysis).shared.eot;
  show({ round: Math.min(Math.max(shown.round + step, 1), last) });
}

/** Keys belong to what has the focus. Letters move in the list only where it has the focus, or nothing has. */
function onKey(event) {
  if (event.key === "Escape" && shown.tuple !== null && !event.target.closest(".laboratory")) return closePanel();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const isInList = event.target.closest(".runs") !== null;
  if (event.target !== document.body && !isInList) return;
  const section = document.getElementById(`analysis-${shown.analysis}`);
  const actions = { j: () => moveRun(1), k: () => moveRun(-1), "/": () => section.querySelector(".filter")?.focus() };
  if (isInList && event.target.matches("button")) Object.assign(actions, { ArrowDown: actions.j, ArrowUp: actions.k });
  if (!actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
}

/** Closes the panel; the focus goes back to the tuple that opened it. */
function closePanel() {
  const tuple = shown.tuple;
  const isInside = document.activeElement?.closest(".why");
  show({ tuple: null });
  if (isInside) analysis(shown.analysis).section.querySelector(`.table [data-tuple="${tuple}"]`)?.focus();
}

function start() {
  for (const section of document.querySelectorAll(".analysis")) {
    const list = section.querySelector(".runs details");
    if (list && innerWidth < 1088) list.open = false;
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
