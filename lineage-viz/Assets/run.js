// A run from top to bottom: why it is as it is, and what each node holds in the round that the scrubber stands on. The runs of an
// analysis share numbered tuples and firings; a run says by ranges of numbers which of them are its own.

/** Where the premises of a firing begin: after rule, head, sender, receiver and lateness. */
const PREMISES = 5;

class Analysis {
  constructor(id) {
    this.id = id;
    this.shared = read(`shared-${id}`);
    this.section = document.getElementById(`analysis-${id}`);
    this.complaint = this.section.querySelector(".complaint");
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
    this.messageFirings = [...firings.keys()].filter((number) => firings[number][3] >= 0);
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
    return { ...this.spread(record), number };
  }

  /** The run without the fault at `place` of `run`, or `run` itself. */
  leavingOut(run, place) {
    if (place === null || !run.without?.[place]) return run;
    const key = `${run.number}.${place}`;
    if (!this.runs.has(key)) {
      this.runs.set(key, { kind: "trial", marks: [], pictures: [], story: [], narrative: null, note: null, loop: null,
        ...this.spread(run.without[place]), number: run.number, leftOut: place });
    }
    return this.runs.get(key);
  }

  /** The ranges of a record, spread over all tuples and firings. */
  spread(record) {
    const flags = (ranges, length) => {
      const spread = new Uint8Array(length);
      for (let i = 0; i < ranges.length; i += 2) spread.fill(1, ranges[i], ranges[i + 1] + 1);
      return spread;
    };
    return { ...record, held: flags(record.tuples, this.tupleCount), fired: flags(record.firings, this.shared.firings.length), lost: new Map(record.lost) };
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

/** Shows `run` from top to bottom: why, the two diagrams, the story, the state, the lineage. */
function showRun(here, run) {
  for (const button of here.section.querySelectorAll(".runs button")) {
    button.setAttribute("aria-current", Number(button.dataset.run) === run.number);
  }
  const view = here.section.querySelector(".run");
  const focus = document.activeElement?.dataset?.leaves;
  view.replaceChildren(...[runHeading(here, run), here.complaint, timeSection(here, run), storySection(here, run), heatSection(here), stateSection(here, run), outlineSection(here, run), pictureSection(here, run)].filter(Boolean));
  view.querySelector(".time").redraw();
  showRound(here, run);
  showTuple(here, run);
  if (focus !== undefined) view.querySelector(`[data-leaves="${focus}"]`)?.focus();
}

/** The sentence, what is broken, and the faults, each of which can be left out. */
function runHeading(here, run) {
  const whole = here.run(run.number);
  const { seeks } = here.shared;
  const isFirst = run.number === here.first && run.leftOut === undefined;
  const sentence = whole.story?.[0]?.[1] ?? (isFirst || whole.faults.length === 0 ? null
    : `${counted(whole.faults.length, "fault")} ${whole.broken.length ? (whole.faults.length === 1 ? "breaks" : "break") : "and nothing is broken"}${whole.broken.length ? " it" : ""}`);
  const faults = whole.faults.map((fault, place) => el("li", { class: run.leftOut === place ? "fault left-out" : "fault" }, el("span", {}, fault),
    whole.without?.[place] ? el("button", { type: "button", class: "leave", "data-leaves": place, "aria-pressed": run.leftOut === place,
      "aria-label": `Without this one: ${fault}`, onclick: () => show({ leftOut: run.leftOut === place ? null : place }) }, run.leftOut === place ? "with it again" : "without this one") : null));
  return el("header", { class: "heading" },
    el("h2", {}, sentence ?? (run.faults.length || isFirst ? here.shared.headline : "Without faults")),
    whole.broken.map((text) => el("p", { class: run.leftOut === undefined ? (seeks ? "holds" : "broken") : "broken mended" }, text)),
    run.leftOut === undefined ? null : el("p", { class: run.broken.length > 0 === seeks ? "holds" : "broken", role: "status" }, withoutWords(whole, run, seeks)),
    faults.length ? el("ul", { class: "faults", "aria-label": "Faults" }, faults) : null,
    whole.chosen ? el("p", { class: "chosen" }, whole.chosen) : null,
    isFirst || run.leftOut !== undefined ? el("p", { class: "because" }, here.shared.because) : null,
    whole.note && run.number !== here.first ? el("p", { class: "note" }, whole.note) : null);
}

/** What becomes of it without the fault that is left out. */
function withoutWords(whole, run, seeks) {
  const fault = `Without “${whole.faults[run.leftOut]}” `;
  if (seeks) return fault + (run.broken.length ? "it is found, too." : "it is not found: that fault is needed.");
  return fault + (run.broken.length ? `it is broken, too: ${run.broken.join("; ")}` : "it holds: that fault is needed.");
}

function scrubber(here, ...more) {
  const last = here.shared.eot;
  const slider = el("input", {
    type: "range", min: 1, max: last, class: "slider", "aria-label": "Round",
    oninput: (event) => show({ round: Number(event.target.value) }),
  });
  const step = (label, sign, by) => el("button", { type: "button", class: "step", "aria-label": label, onclick: () => moveRound(by) }, sign);
  const keys = { ArrowRight: 1, ArrowLeft: -1 };
  return el("div", { class: "scrubber", role: "group", "aria-label": "Round", onkeydown: (event) => {
    if (!keys[event.key] || event.target === slider || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moveRound(keys[event.key]);
  } }, step("Round before", "◀", -1), slider, step("Next round", "▶", 1), el("output", { class: "where" }), more);
}

/** The story: line by line what is so because of the faults. A round that it names can be looked at. */
function storySection(here, run) {
  const whole = here.run(run.number);
  if (!whole.story?.length) return null;
  const items = whole.story.slice(1).map(([kind, text]) => {
    const round = /\brounds? (\d+)/.exec(text);
    if (!round) return el("li", { class: kind }, text);
    const [before, after] = [text.slice(0, round.index), text.slice(round.index + round[0].length)];
    return el("li", { class: kind }, before, el("button", { type: "button", class: "link", onclick: () => show({ round: Math.min(Number(round[1]), here.shared.eot) }) }, round[0]), after);
  });
  return el("section", { class: "story" }, el("h3", {}, "Step by step"), el("ol", {}, items),
    whole.note ? el("p", { class: "note" }, whole.note) : null,
    whole.narrative ? el("details", { class: "whole" }, el("summary", {}, "The whole story, with rules and messages"), el("pre", {}, whole.narrative)) : null);
}

function stateSection(here, run) {
  const only = el("input", { type: "checkbox", class: "only", onchange: () => showRound(analysis(shown.analysis), current()) });
  const marks = [
    ["new", "new in this round"], ["gone", "gone since the round before"],
    ...(here.good && here.good !== run ? [["missing", "missing: holds without faults"], ["added", "only under the faults"]] : []),
  ];
  return el("section", { class: "state" }, el("h3", {}, "What the nodes hold ", el("span", { class: "when" })),
    el("p", { class: "marks" }, marks.map(([kind, words]) => el("span", { class: `mark ${kind}` }, words)),
      el("label", {}, only, "only what differs")),
    el("div", { class: "columns" },
      el("div", { class: "scroll table", role: "region", "aria-label": "Tuples by relation and node", onkeydown: moveInTable }),
      el("aside", { class: "why", "aria-live": "polite", "aria-label": "Lineage of a tuple", hidden: true })));
}

function showRound(here, run) {
  const view = here.section.querySelector(".run");
  const slider = view.querySelector(".slider");
  slider.value = shown.round;
  slider.setAttribute("aria-valuetext", `round ${shown.round} of ${here.shared.eot}`);
  view.querySelector(".when").textContent = `in round ${shown.round}`;
  view.querySelector(".where").textContent = `round ${shown.round} of ${here.shared.eot}`;
  markRound(view.querySelector(".time"));
  const table = view.querySelector(".table");
  const focus = table.contains(document.activeElement) ? document.activeElement.dataset.tuple : undefined;
  table.replaceChildren(stateTable(here, run, view.querySelector(".only").checked));
  if (focus !== undefined) (table.querySelector(`[data-tuple="${focus}"]`) ?? table.querySelector(".tuple"))?.focus();
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
  const asked = new Set(here.shared.properties.flatMap(([, pre, post]) => [pre, post]));
  const pinned = [...new Set([...run.violations.flatMap(([number]) => here.shared.properties[number].slice(1, 3)), ...asked])].filter((relation) => relation >= 0);
  const order = [...pinned, ...here.shared.shown.filter((relation) => !asked.has(relation))];
  const rows = order.map((relation) => {
    const contents = columns.map((node) => (cells.get(`${relation}/${node}`) ?? []).filter((entry) => !onlyDifferences || differs(entry)));
    if (contents.every((content) => content.length === 0)) return null;
    return el("tr", { class: asked.has(relation) ? "asked" : null }, el("th", { scope: "row" }, relations[relation]),
      contents.map((content) => el("td", {}, content.map((entry) => tupleButton(here, entry)))));
  }).filter(Boolean);
  const head = el("tr", {}, el("td", {}), columns.map((node) =>
    el("th", { scope: "col" }, node < 0 ? el("span", { class: "nowhere" }, "at no node") : el("span", { class: `node n${node % 10}` }, nodes[node]))));
  if (rows.length === 0) return el("p", { class: "nothing" }, onlyDifferences ? "Nothing differs in this round." : "Nothing holds in this round.");
  const table = el("table", {}, el("thead", {}, head), el("tbody", {}, rows));
  const stop = table.querySelector(".tuple[aria-pressed=true]") ?? table.querySelector(".tuple");
  if (stop) stop.tabIndex = 0;
  return table;
}

/** Arrow keys move from row to row of the table, which is one stop of the Tab key. */
function moveInTable(event) {
  const here = event.target.closest(".tuple, .cell");
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  const table = here.closest("table");
  const lines = [...table.querySelectorAll("tbody tr")].map((line) => [...line.querySelectorAll(".tuple, .cell")]).filter((line) => line.length);
  const row = lines.findIndex((line) => line.includes(here));
  const place = lines[row].indexOf(here);
  const all = lines.flat();
  const next = {
    ArrowRight: all[all.indexOf(here) + 1], ArrowLeft: all[all.indexOf(here) - 1], Home: all[0], End: all[all.length - 1],
    ArrowDown: lines[row + 1]?.[Math.min(place, lines[row + 1].length - 1)], ArrowUp: lines[row - 1]?.[Math.min(place, lines[row - 1].length - 1)],
  };
  if (!(event.key in next)) return;
  event.preventDefault();
  if (!next[event.key]) return;
  here.tabIndex = -1;
  next[event.key].tabIndex = 0;
  next[event.key].focus();
}

function tupleButton(here, { tuple, kinds }) {
  const [, node, ...columns] = here.columns(tuple);
  const rest = node < 0 ? columns : columns.slice(1);
  const words = { new: "new", gone: "gone", missing: "missing", added: "only under the faults" };
  const told = kinds.map((kind) => words[kind]).filter(Boolean).join(", ");
  const place = node < 0 ? "" : ` at ${here.shared.nodes[node]}`;
  return el("button", {
    type: "button", tabindex: -1, "aria-label": `${here.name(here.relation(tuple))} ${rest.map(plain).join(", ")}${place}${told ? `, ${told} in round ${shown.round}` : ""}`, class: ["tuple", ...kinds].filter(Boolean).join(" "), "data-tuple": tuple,
    title: here.text(tuple) + (told ? `: ${told}` : ""), "aria-pressed": shown.tuple === tuple,
    onclick: () => show({ tuple }),
  }, rest.length ? rest.join(", ") : "✓");
}
