// A run: its space-time diagram, and what each node holds in the round that the scrubber stands on. The runs of an
// analysis share numbered tuples and firings; a run says by ranges of numbers which of them are its own.

/** Where the premises of a firing begin: after rule, head, sender, receiver and lateness. */
const PREMISES = 5;

class Analysis {
  constructor(id) {
    this.id = id;
    this.shared = read(`shared-${id}`);
    this.section = document.getElementById(`analysis-${id}`);
    this.first = this.shared.first;
    this.baseline = this.shared.baseline;
    this.runs = new Map();
    const { tuples, firings, eot } = this.shared;
    this.tupleCount = tuples.length / 2;
    this.byRound = Array.from({ length: eot + 2 }, () => []);
    this.number = new Map();
    for (let tuple = 0; tuple < this.tupleCount; tuple += 1) {
      this.byRound[this.round(tuple)]?.push(tuple);
      this.number.set(this.row(tuple) * (eot + 2) + this.round(tuple), tuple);
    }
    this.byHead = new Map();
    this.byPremise = new Map();
    const note = (map, key, firing) => (map.get(key) ?? map.set(key, []).get(key)).push(firing);
    firings.forEach((firing, number) => {
      note(this.byHead, firing[1], number);
      for (const premise of new Set(firing.slice(PREMISES))) if (premise >= 0) note(this.byPremise, premise, number);
    });
    this.given = new Map(this.shared.facts);
  }

  row(tuple) { return this.shared.tuples[2 * tuple]; }
  round(tuple) { return this.shared.tuples[2 * tuple + 1]; }
  columns(tuple) { return this.shared.rows[this.row(tuple)]; }
  relation(tuple) { return this.shared.relations[this.columns(tuple)[0]]; }

  /** The tuple with the same row in another round, or undefined. */
  sibling(tuple, round) { return this.number.get(this.row(tuple) * (this.shared.eot + 2) + round); }

  /** A row as a program writes it. */
  text(tuple) {
    const [, , ...columns] = this.columns(tuple);
    return `${this.name(this.relation(tuple))}(${columns.join(", ")})`;
  }
  /** The rows that an aggregate ranges over have no name that a program could say. */
  name(relation) { return relation.includes("#") ? `row of ${relation.split("#")[0]}` : relation; }

  run(number) {
    if (!this.runs.has(number)) this.runs.set(number, this.load(number));
    return this.runs.get(number);
  }

  load(number) {
    const record = read(`run-${this.id}-${number}`);
    const spread = (ranges, length) => {
      const flags = new Uint8Array(length);
      for (let i = 0; i < ranges.length; i += 2) flags.fill(1, ranges[i], ranges[i + 1] + 1);
      return flags;
    };
    return {
      ...record, number,
      held: spread(record.tuples, this.tupleCount),
      fired: spread(record.firings, this.shared.firings.length),
      lost: new Map(record.lost),
    };
  }

  /** The run to compare with: the one without faults, where it is recorded. */
  get good() { return this.baseline === null ? null : this.run(this.baseline); }
}

/** How a tuple stands in `run` against the run without faults. */
function standing(here, run, tuple) {
  const held = run.held[tuple] === 1;
  const inGood = here.good ? here.good.held[tuple] === 1 : held;
  if (held) return inGood ? "held" : "added";
  return inGood ? "missing" : "never";
}

function showRun(here, run) {
  for (const button of here.section.querySelectorAll(".runs button")) {
    button.setAttribute("aria-current", Number(button.dataset.run) === run.number);
  }
  const view = here.section.querySelector(".run");
  view.replaceChildren(runHeading(here, run), scrubber(here), timeSection(here, run), stateSection(), lineageSection(here, run));
  showRound(here, run);
  showTuple(here, run);
}

function runHeading(here, run) {
  const button = here.section.querySelector(`.runs button[data-run="${run.number}"]`);
  const faults = run.faults.map((fault) => el("li", { class: "fault" }, fault));
  const broken = run.broken.map((sentence) => el("p", { class: "broken" }, sentence));
  return el("header", { class: "heading" },
    el("h2", {}, button ? button.querySelector(".what").textContent : `Run ${run.number}`),
    el("ul", { class: "faults", "aria-label": "Faults" }, faults.length ? faults : el("li", { class: "none" }, "no faults")),
    broken, run.note ? el("p", { class: "note" }, run.note) : null);
}

function scrubber(here) {
  const last = here.shared.eot;
  const slider = el("input", {
    type: "range", min: 1, max: last, class: "slider", "aria-label": "Round",
    oninput: (event) => show({ round: Number(event.target.value) }),
  });
  const step = (label, sign, by) => el("button", { type: "button", class: "step", "aria-label": label, onclick: () => moveRound(by) }, sign);
  return el("div", { class: "scrubber" },
    step("Round before", "◀", -1), slider, step("Next round", "▶", 1), el("output", { class: "where" }));
}

/** The diagram was drawn beforehand; here it is put in, and told which round is looked at. */
function timeSection(here, run) {
  const source = document.getElementById(`time-${here.id}-${run.number}`).textContent;
  const drawing = document.importNode(new DOMParser().parseFromString(source, "image/svg+xml").documentElement, true);
  drawing.addEventListener("click", (event) => {
    const group = event.target.closest("[data-round]");
    if (group && !String(getSelection())) show({ round: Number(group.dataset.round) });
  });
  return el("section", { class: "time" }, el("h3", {}, "Who sent what to whom"),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Space-time diagram" }, drawing),
    run.marks.length ? el("p", { class: "legend" }, run.marks.join(" ")) : null);
}

function stateSection() {
  const only = el("input", { type: "checkbox", class: "only", onchange: () => {
    const here = analysis(shown.analysis);
    showRound(here, here.run(shown.run));
  } });
  const marks = [
    ["new", "new in this round"], ["gone", "gone since the round before"],
    ["missing", "missing: holds without faults"], ["added", "only under the faults"],
  ];
  return el("section", { class: "state" }, el("h3", {}, "What the nodes hold ", el("span", { class: "when" })),
    el("p", { class: "marks" }, marks.map(([kind, words]) => el("span", { class: `mark ${kind}` }, words)),
      el("label", {}, only, "only what differs")),
    el("div", { class: "columns" },
      el("div", { class: "scroll table", tabindex: 0, role: "region", "aria-label": "Tuples by relation and node" }),
      el("aside", { class: "why", "aria-live": "polite", "aria-label": "Lineage of a tuple" })));
}

function showRound(here, run) {
  const view = here.section.querySelector(".run");
  const slider = view.querySelector(".slider");
  slider.value = shown.round;
  slider.setAttribute("aria-valuetext", `round ${shown.round} of ${here.shared.eot}`);
  view.querySelector(".when").textContent = `in round ${shown.round}`;
  view.querySelector(".where").textContent = `round ${shown.round} of ${here.shared.eot}`;
  for (const group of view.querySelectorAll(".time [data-round]")) {
    group.classList.toggle("here", Number(group.dataset.round) === shown.round);
  }
  view.querySelector(".table").replaceChildren(stateTable(here, run, view.querySelector(".only").checked));
}

/** By relation and node: what holds, what has just gone, what only one of the two runs has. */
function roundContents(here, run, round) {
  const cells = new Map();
  const add = (tuple, kinds) => {
    const [relation, node] = here.columns(tuple);
    const key = `${relation}/${node}`;
    (cells.get(key) ?? cells.set(key, []).get(key)).push({ tuple, kinds });
  };
  for (const tuple of here.byRound[round]) {
    const before = here.sibling(tuple, round - 1);
    const isNew = before === undefined || !run.held[before];
    const kind = standing(here, run, tuple);
    if (kind === "held" || kind === "added") add(tuple, [kind, isNew ? "new" : ""]);
    else if (kind === "missing") add(tuple, ["missing"]);
  }
  for (const tuple of round > 1 ? here.byRound[round - 1] : []) {
    const now = here.sibling(tuple, round);
    if (run.held[tuple] && (now === undefined || standing(here, run, now) === "never")) add(tuple, ["gone"]);
  }
  for (const entries of cells.values()) entries.sort((a, b) => here.row(a.tuple) - here.row(b.tuple));
  return cells;
}

function stateTable(here, run, onlyDifferences) {
  const { relations, nodes } = here.shared;
  const cells = roundContents(here, run, shown.round);
  const columns = [...nodes.keys(), -1].filter((node) => node >= 0 || [...cells.keys()].some((key) => key.endsWith("/-1")));
  const differs = ({ kinds }) => kinds.some((kind) => ["new", "gone", "missing", "added"].includes(kind));
  const rows = here.shared.shown.map((relation) => {
    const contents = columns.map((node) => (cells.get(`${relation}/${node}`) ?? []).filter((entry) => !onlyDifferences || differs(entry)));
    if (contents.every((content) => content.length === 0)) return null;
    return el("tr", {}, el("th", { scope: "row" }, relations[relation]),
      contents.map((content) => el("td", {}, content.map((entry) => tupleButton(here, entry)))));
  }).filter(Boolean);
  const head = el("tr", {}, el("td", {}), columns.map((node) =>
    el("th", { scope: "col" }, node < 0 ? el("span", { class: "nowhere" }, "at no node") : el("span", { class: `node n${node % 10}` }, nodes[node]))));
  if (rows.length === 0) return el("p", { class: "nothing" }, onlyDifferences ? "Nothing differs in this round." : "Nothing holds in this round.");
  return el("table", {}, el("thead", {}, head), el("tbody", {}, rows));
}

function tupleButton(here, { tuple, kinds }) {
  const [, node, ...columns] = here.columns(tuple);
  const rest = node < 0 ? columns : columns.slice(1);
  const words = { new: "new", gone: "gone", missing: "missing", added: "only under the faults" };
  const told = kinds.map((kind) => words[kind]).filter(Boolean).join(", ");
  return el("button", {
    type: "button", class: ["tuple", ...kinds].filter(Boolean).join(" "), "data-tuple": tuple,
    title: here.text(tuple) + (told ? `: ${told}` : ""), "aria-pressed": shown.tuple === tuple,
    onclick: () => show({ tuple }),
  }, rest.length ? rest.join(", ") : "✓");
}
