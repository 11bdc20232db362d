// Why a tuple holds, or does not: the rule instances that derived it, or would have, with their premises. A premise
// opens in place, so that its whole lineage can be followed without losing where one came from. A row that is merely
// carried from round to round is told once.

function showTuple(here, run) {
  const view = here.section.querySelector(".run");
  for (const button of view.querySelectorAll(".tuple")) {
    button.setAttribute("aria-pressed", Number(button.dataset.tuple) === shown.tuple);
  }
  for (const box of view.querySelectorAll(".box[data-tuple]")) {
    box.classList.toggle("chosen", Number(box.dataset.tuple) === shown.tuple);
  }
  const panel = view.querySelector(".why");
  panel.hidden = shown.tuple === null;
  panel.parentElement.classList.toggle("open", shown.tuple !== null);
  if (shown.tuple === null) return panel.replaceChildren();
  const { tuple } = shown;
  const close = el("button", { type: "button", class: "close", "aria-label": "Close", onclick: closePanel }, "×");
  panel.replaceChildren(
    el("header", {}, el("h4", {}, here.text(tuple)), close),
    el("p", { class: "stand" }, `in round ${here.round(tuple)}: ${standingWords(here, run, tuple)}`),
    reasons(here, run, tuple), ...consequences(here, run, tuple));
}

function standingWords(here, run, tuple) {
  return {
    held: here.good && here.good !== run ? "holds here and without faults" : "holds",
    added: "holds only under the faults", missing: "missing here; it holds without faults",
    never: "holds neither here nor without faults",
  }[standing(here, run, tuple)];
}

/** The run in which a tuple holds, so that it can be explained: this one, or else the one without faults. */
const witness = (here, run, tuple) => (run.held[tuple] || !here.good ? run : here.good);

/** How far back `tuple` was merely carried on: its first round, and the rule that carried it. */
function carried(here, run, tuple) {
  const source = witness(here, run, tuple);
  let first = tuple;
  let rule = null;
  for (;;) {
    const before = here.sibling(first, here.round(first) - 1);
    const status = run.held[first];
    const copy = before === undefined || run.held[before] !== status ? undefined : (here.byHead.get(first) ?? []).find((number) => {
      const firing = here.shared.firings[number];
      return source.fired[number] && firing[0] >= 0 && firing.length === PREMISES + 1 && firing[PREMISES] === before;
    });
    if (copy === undefined) return { first, rule };
    rule = here.shared.firings[copy][0];
    first = before;
  }
}

/** What `tuple` rests on, or would. */
function reasons(here, run, tuple) {
  const { first, rule } = carried(here, run, tuple);
  const parts = [];
  if (first !== tuple) {
    parts.push(el("p", { class: "carried" }, `carried on since round ${here.round(first)}, by`, ruleLine(here, rule)));
  }
  const source = witness(here, run, first);
  const firings = (here.byHead.get(first) ?? []).filter((number) => source.fired[number] || (source === run && run.lost.has(number)));
  if (here.given.has(first)) parts.push(el("p", { class: "given" }, `given by the program at ${here.given.get(first)}`));
  if (here.shared.faultRelations.includes(here.columns(first)[0])) parts.push(el("p", { class: "given" }, "a fault of this run"));
  const list = firings.filter((number) => source.fired[number]);
  if (list.length > 1) parts.push(el("p", { class: "any" }, run.held[first] ? "Any one of these suffices:" : "None of these happens here:"));
  parts.push(...list.slice(0, 20).map((number) => firingItem(here, run, number)));
  if (list.length > 20) parts.push(el("p", { class: "any" }, `and ${list.length - 20} more`));
  if (standing(here, run, first) === "never") parts.push(el("p", { class: "any" }, ...lostWords(here, run, first)));
  return el("div", { class: "reasons" }, parts);
}

function lostWords(here, run, tuple) {
  const lost = (here.byHead.get(tuple) ?? []).filter((number) => run.lost.has(number));
  return lost.length ? lost.map((number) => sendingWords(here, run, number)) : ["Nothing derives it."];
}

/** One rule instance: the rule with its source, what it needs, and whether something keeps it from happening here. */
function firingItem(here, run, number) {
  const [rule, , , receiver] = here.shared.firings[number];
  const premises = here.shared.firings[number].slice(PREMISES);
  const happens = run.fired[number] === 1;
  const needs = premises.map((premise) => (premise >= 0 ? premiseItem(here, run, premise) : absenceItem(here, run, -1 - premise)));
  const isMessage = receiver >= 0;
  return el("article", { class: happens ? "firing" : "firing blocked" },
    rule < 0 ? el("p", { class: "staying" }, "stays, because its node does not act") : ruleLine(here, rule),
    isMessage ? el("p", { class: run.lost.has(number) ? "sending lost" : "sending" }, sendingWords(here, run, number)) : null,
    el("ul", {}, needs));
}

function sendingWords(here, run, number) {
  const [, head, sender, receiver, late] = here.shared.firings[number];
  const { nodes } = here.shared;
  const from = sender < 0 ? "" : `from ${nodes[sender]} `;
  const fate = run.lost.get(number);
  const reason = {
    omitted: "omission", partitioned: "cut off by a partition", "receiver-down": "the receiver is down",
    "sender-crashed": "the sender has crashed", "after-end": "it comes after the last round",
  }[fate];
  const delay = late > 0 || run.fired[number] ? late : lateHere(here, run, number);
  const end = reason ? `, lost here: ${reason}` : delay > 0 ? `, ${counted(delay, "round")} late` : "";
  return `a message ${from}to ${nodes[receiver]}, sent in round ${here.round(head) - 1 - late}${end}`;
}

/** By how many rounds the message of `number`, a firing of the run without faults, comes late in `run`. */
function lateHere(here, run, number) {
  const firing = here.shared.firings[number];
  const premise = firing.slice(PREMISES).find((tuple) => tuple >= 0);
  const isTwin = (other) => other[0] === firing[0] && here.row(other[1]) === here.row(firing[1])
    && other.length === firing.length && other.slice(PREMISES).every((value, i) => value === firing[PREMISES + i]);
  const twin = (here.byPremise.get(premise) ?? []).find((other) => run.fired[other] && isTwin(here.shared.firings[other]));
  return twin === undefined ? 0 : here.shared.firings[twin][4];
}

function ruleLine(here, rule) {
  const [where, text] = here.shared.rules[rule];
  return el("div", { class: "rule" }, el("span", { class: "at" }, where), el("pre", {}, text));
}

function premiseItem(here, run, tuple) {
  const kind = standing(here, run, tuple);
  const item = el("details", { class: `premise ${kind}` },
    el("summary", {}, el("span", { class: "row" }, here.text(tuple)), ` round ${here.round(tuple)}`,
      kind === "missing" ? el("span", { class: "tell" }, " missing here") : null,
      kind === "added" ? el("span", { class: "tell" }, " only under the faults") : null));
  item.addEventListener("toggle", () => {
    if (item.open && item.children.length === 1) item.append(reasons(here, run, tuple));
  });
  return el("li", {}, item);
}

/** A pattern that must match nothing; what matches it after all, and the lost messages that would have. */
function absenceItem(here, run, absence) {
  const [relation, round, ...pattern] = here.shared.absences[absence];
  const { rows, relations, firings } = here.shared;
  const matches = (tuple) => {
    const [other, , ...columns] = rows[here.row(tuple)];
    return other === relation && pattern.every((value, i) => value === null || value === columns[i]);
  };
  const here_ = (here.byRound[round] ?? []).filter((tuple) => run.held[tuple] && matches(tuple));
  const lost = [...run.lost.keys()].filter((number) => here.round(firings[number][1]) === round && matches(firings[number][1]));
  const text = `${relations[relation]}(${pattern.map((value) => value ?? "_").join(", ")})`;
  return el("li", { class: here_.length ? "absence broken" : "absence" },
    `nothing matches ${text} in round ${round}`,
    here_.length ? el("ul", {}, el("li", {}, "but here:"), here_.slice(0, 5).map((tuple) => premiseItem(here, run, tuple))) : null,
    lost.length && !here_.length ? el("ul", {}, lost.slice(0, 5).map((number) => el("li", { class: "lost" }, sendingWords(here, run, number)))) : null);
}

/** What the tuple is a premise of. */
function consequences(here, run, tuple) {
  const source = witness(here, run, tuple);
  const heads = new Set((here.byPremise.get(tuple) ?? []).filter((number) => source.fired[number]).map((number) => here.shared.firings[number][1]));
  if (heads.size === 0) return [];
  const list = [...heads].slice(0, 12).map((head) => el("li", {},
    el("button", { type: "button", class: `link ${standing(here, run, head)}`, onclick: () => show({ tuple: head, round: Math.min(here.round(head), here.shared.eot) }) },
      `${here.text(head)} round ${here.round(head)}`)));
  return [el("div", { class: "then" }, el("h5", {}, "Leads to"), el("ul", {}, list,
    heads.size > 12 ? el("li", {}, `and ${heads.size - 12} more`) : null))];
}
