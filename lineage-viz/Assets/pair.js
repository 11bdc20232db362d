// Two runs compared: the run without faults and the run that is looked at, by the numbers of the tuples and firings that
// they share. What is sent, lost, not sent any more or only sent under the faults; what is decided; how each property
// stands; and which rounds can be folded, because nothing in them differs.

/** What is sent between different nodes in `run`, by sender, receiver, round and row. */
function sendings(here, run) {
  if (run.sendings) return run.sendings;
  const found = new Map();
  const note = (number, reason) => {
    const [, head, sender, receiver, late] = here.shared.firings[number];
    if (sender < 0 || receiver < 0 || sender === receiver) return;
    const sent = here.round(head) - 1 - late;
    if (sent < 1 || sent > here.shared.eot) return;
    const key = `${sent} ${sender} ${receiver} ${here.row(head)}`;
    const entry = found.get(key) ?? { key, from: sender, to: receiver, sent, row: here.row(head), arrivals: [], lost: null };
    found.set(key, entry);
    if (reason && reason !== "after-end") entry.lost = reason;
    else if (!entry.arrivals.includes(here.round(head))) entry.arrivals.push(here.round(head));
  };
  here.messageFirings.forEach((number) => { if (run.fired[number]) note(number, null); });
  for (const [number, reason] of run.lost) note(number, reason);
  for (const entry of found.values()) if (entry.arrivals.length) entry.lost = null;
  return (run.sendings = found);
}

/** What nodes begin to hold in `run` that the properties look at: by round and row. */
function decisions(here, run) {
  if (run.decisions) return run.decisions;
  const found = new Map();
  const observed = new Set(here.shared.observed);
  for (let round = 1; round <= here.shared.eot; round += 1) {
    for (const tuple of here.byRound[round]) {
      const [relation, node] = here.columns(tuple);
      if (!run.held[tuple] || node < 0 || !observed.has(relation)) continue;
      const before = here.sibling(tuple, round - 1);
      if (before !== undefined && run.held[before]) continue;
      if (!(here.byHead.get(tuple) ?? []).some((number) => run.fired[number])) continue;
      found.set(`${round} ${here.row(tuple)}`, { node, round, row: here.row(tuple) });
    }
  }
  return (run.decisions = found);
}

/** How each property stands in each round of `run`: `none`, `open`, `kept` or `broken`. */
function bands(here, run) {
  if (run.bands) return run.bands;
  const { eot, properties } = here.shared;
  const rowsIn = (relation, round, source) => new Set((here.byRound[round] ?? [])
    .filter((tuple) => source.held[tuple] && here.columns(tuple)[0] === relation)
    .map((tuple) => JSON.stringify(here.columns(tuple).slice(2))));
  run.bands = properties.map(([, pre, post, forbids], number) => {
    const broken = new Set(run.brokenIn[number]);
    const states = [null];
    for (let round = 1; round <= eot; round += 1) {
      const demanded = pre >= 0 ? rowsIn(pre, round, run) : rowsIn(post, eot, here.good ?? run);
      const held = post >= 0 ? rowsIn(post, round, run) : demanded;
      if (here.shared.seeks) states.push(broken.has(round) ? "kept" : "none");
      else if (broken.has(round)) states.push("broken");
      else if (demanded.size === 0) states.push(forbids ? "kept" : "none");
      else states.push([...demanded].every((row) => held.has(row)) && !forbids ? "kept" : "open");
    }
    return states;
  });
  return run.bands;
}

/** The comparison of `run` with `good`, as what each of the two diagrams shows. */
class RunPair {
  constructor(here, good, run) {
    Object.assign(this, { here, good, run, isPair: good !== null && good !== run });
    const { eot } = here.shared;
    this.sides = (this.isPair ? [good, run] : [run]).map((side) => this.contents(side));
    this.signatures = Array.from({ length: eot + 2 }, (_, round) => this.signature(round));
    this.unfolded = new Set();
  }

  /** The arrows and the lines of cells of one side. */
  contents(side) {
    const { here, isPair } = this;
    const isGood = isPair && side === this.good;
    const other = isPair ? (isGood ? this.run : this.good) : null;
    const mine = sendings(here, side);
    const theirs = other ? sendings(here, other) : null;
    const list = [];
    for (const entry of mine.values()) {
      const twin = theirs?.get(entry.key);
      const isSame = twin && !twin.lost && !entry.lost && twin.arrivals.join() === entry.arrivals.join();
      const kind = entry.lost ? "lost" : !isPair || (twin && !isSame) ? "sent" : isSame ? "same" : isGood ? "sent" : "new";
      list.push({ ...entry, kind });
    }
    if (isPair && !isGood) for (const entry of theirs.values()) if (!mine.has(entry.key)) list.push({ ...entry, kind: "ghost" });
    list.sort((a, b) => a.sent - b.sent || (a.kind === "ghost") - (b.kind === "ghost") || a.from - b.from || a.to - b.to || a.row - b.row);
    return { run: side, isGood, list, lines: this.lines(side, isGood, other, list) };
  }

  lines(side, isGood, other, list) {
    const { here } = this;
    const lines = new Map();
    const add = (node, round, kind, text, end = "") => {
      const key = `${node} ${round}`;
      (lines.get(key) ?? lines.set(key, []).get(key)).push({ kind, text, end });
    };
    for (const [node, round, kind, text] of side.remarks) add(node, round, kind, kind === "crash" ? `✗ ${text}` : text);
    const mine = decisions(here, side);
    const theirs = other ? decisions(here, other) : null;
    for (const [key, { node, round, row }] of mine) {
      add(node, round, `decision ${!theirs ? "" : theirs.has(key) ? "same" : isGood ? "" : "new"}`, this.rowText(row));
    }
    if (theirs && !isGood) for (const [key, { node, round, row }] of theirs) if (!mine.has(key)) add(node, round, "decision ghost", this.rowText(row));
    for (const { from, sent, kind, late, relation, columns, to } of this.broadcasts(list)) {
      add(from, sent, kind === "same" || kind === "ghost" || kind === "lost" ? kind : `sent ${kind}`,
        `${kind === "lost" ? "✗ " : ""}${relation}${columns.join(", ")}`, ` → ${receiverNames(here.shared.nodes, to, from)}${late}`);
    }
    return lines;
  }

  /** What is sent, as few lines: the same to several nodes is one, and so are several rows to the same nodes. */
  broadcasts(list) {
    const byText = new Map();
    for (const { from, to, sent, row, kind, arrivals } of list) {
      const late = kind !== "lost" && kind !== "ghost" && arrivals.join() !== String(sent + 1) ? ` (in round ${arrivals.join(", ")})` : "";
      const [relation, columns] = this.rowParts(row);
      const key = JSON.stringify([from, sent, kind, late, relation, columns]);
      (byText.get(key) ?? byText.set(key, { from, sent, kind, late, relation, columns: [columns], to: [] }).get(key)).to.push(to);
    }
    const byReceivers = new Map();
    for (const line of byText.values()) {
      const key = JSON.stringify([line.from, line.sent, line.kind, line.late, line.relation, line.to]);
      const known = byReceivers.get(key);
      if (known) known.columns.push(...line.columns);
      else byReceivers.set(key, line);
    }
    return byReceivers.values();
  }

  /** Relation and columns of a row, without its location and without the quotes of plain words. */
  rowParts(row) {
    const [relation, node, ...columns] = this.here.shared.rows[row];
    const rest = node < 0 ? columns : columns.slice(1);
    return [this.here.name(this.here.shared.relations[relation]), `(${rest.map(plain).join(", ")})`];
  }

  rowText(row) { return this.rowParts(row).join(""); }

  // Folding

  /** All that a round shows, as a text to compare; and whether nothing in it differs between the two. */
  signature(round) {
    if (round < 1 || round > this.here.shared.eot) return { text: "", isQuiet: false, isStill: false };
    const cells = this.here.shared.nodes.map((_, node) => this.sides.map((side) => (side.lines.get(`${node} ${round}`) ?? []).map(({ kind, text, end }) => `${kind} ${text}${end}`)));
    const all = cells.flat(2);
    const arrows = this.sides.map((side) => side.list.filter(({ sent }) => sent === round).map(({ from, to, row, kind }) => `${from} ${to} ${row} ${kind}`));
    const isBroken = this.sides.some(({ run }) => run.violations.some(([, at]) => at === round));
    const isStill = !isBroken && all.every((line) => !/^(decision|crash|trouble|back)/.test(line));
    const isQuiet = this.isPair && !isBroken && all.every((line) => line.startsWith("same ") || line.startsWith("decision same "));
    return { text: JSON.stringify([cells, arrows]), isQuiet, isStill };
  }

  /** The rounds as strips, each with its first and last round; several where they are folded. */
  strips() {
    const { eot } = this.here.shared;
    const folds = (round) => !this.unfolded.has(round)
      && (this.signatures[round].isQuiet || (round > 1 && this.signatures[round].isStill && this.signatures[round].text === this.signatures[round - 1].text));
    const strips = [];
    for (let round = 1; round <= eot; round += 1) {
      const last = strips[strips.length - 1];
      if (folds(round) && last?.folds) last.last = round;
      else strips.push({ first: round, last: round, folds: folds(round) });
    }
    return strips.map((strip) => ({ ...strip, folds: strip.folds && strip.last > strip.first }));
  }

  get canFold() { return this.unfolded.size > 0 || this.strips().some(({ folds }) => folds); }
}
