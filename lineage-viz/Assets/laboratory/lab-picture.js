// The space-time diagram of one run beside the run without faults: blue what arrives, bold what only the faults
// bring about, red what is lost, grey and dashed what is not sent any more. Arrows and cells are buttons.

const LAB = { line: 15, arrows: 40, name: 26, char: 6.7, longest: 34 };

class LabPicture {
  constructor(lab) {
    this.lab = lab;
    this.data = lab.circuit.data;
  }

  /** Draws `run`; `calm` is the run without faults. */
  draw(run, calm) {
    this.arrows = this.collect(run, calm);
    this.cells = this.write(run, calm);
    this.measure();
    const { data } = this;
    const drawing = svg("svg", {
      class: "st lab-picture", width: this.width, height: this.bottom[data.eot] + 8,
      viewBox: `0 0 ${this.width} ${this.bottom[data.eot] + 8}`, role: "group", "aria-label": "Space-time diagram",
    });
    for (let round = 1; round <= data.eot; round++) drawing.append(this.band(round));
    drawing.append(...data.nodes.map((_, node) => svg("path", { class: "line", d: `M${this.x[node]} 0V${this.bottom[data.eot]}` })));
    for (const arrow of this.arrows) drawing.append(this.arrow(arrow));
    for (let round = 1; round <= data.eot; round++) {
      data.nodes.forEach((_, node) => drawing.append(this.cell(node, round)));
    }
    drawing.append(...this.lab.cuts.lines());
    data.nodes.forEach((name, node) => drawing.append(this.name(name, node)));
    return drawing;
  }

  /** The arrows between different nodes, one for each link and round, with what they bring. */
  collect(run, calm) {
    const arrows = new Map();
    for (const message of this.data.messages) {
      const [row, from, to, sent] = message;
      const now = run.message(message), before = calm.message(message);
      if (from === to || (!now.isSent && !before.isSent)) continue;
      const kind = !now.isSent ? "ghost" : now.arrivals.length === 0 ? "lost" : before.isSent ? "sent" : "new";
      const key = `${from} ${to} ${sent} ${kind === "ghost" ? "ghost" : ""}`;
      const arrow = arrows.get(key) ?? { from, to, sent, kind, arrivals: new Set(), rows: new Set() };
      arrows.set(key, arrow);
      arrow.rows.add(row);
      for (const round of now.arrivals) arrow.arrivals.add(round);
      if (kind === "sent" && arrow.kind === "new") arrow.kind = "sent";
    }
    return [...arrows.values()].sort((a, b) => a.sent - b.sent || a.from - b.from || a.to - b.to);
  }

  /** The lines of each cell: faults, what begins to hold, what is sent. */
  write(run, calm) {
    const { data } = this;
    const cells = new Map();
    const add = (node, round, kind, text) => {
      const key = `${node} ${round}`;
      (cells.get(key) ?? cells.set(key, []).get(key)).push({ kind, text });
    };
    for (const number of this.lab.faults) {
      const fault = data.faults[number];
      if (fault.nodes.length === 1) add(fault.nodes[0], fault.round, "crash", `✗ ${data.kinds[fault.kind].name}`);
    }
    const observed = new Set(data.observed);
    for (let round = 1; round <= data.eot; round++) {
      for (const row of run.byRound[round]) {
        const [relation, node, text] = data.rows[row];
        if (node < 0 || !observed.has(relation) || run.byRound[round - 1].has(row)) continue;
        add(node, round, calm.byRound[round].has(row) ? "decision" : "decision added", `${data.relations[relation]}(${text})`);
      }
    }
    for (const { from, sent, kind, text, receivers } of this.sendings()) {
      add(from, sent, kind, `${text} → ${receiverNames(this.data.nodes, receivers, from)}`);
    }
    return cells;
  }

  /** What is sent, once for all receivers: what is sent now before what is sent no more. */
  sendings() {
    const sendings = new Map();
    for (const arrow of this.arrows) {
      for (const row of arrow.rows) {
        const [relation, , columns] = this.data.rows[row];
        const text = `${this.data.relations[relation]}(${columns})`;
        const key = `${arrow.from} ${arrow.sent} ${arrow.kind} ${text}`;
        const sending = sendings.get(key) ?? { from: arrow.from, sent: arrow.sent, kind: arrow.kind, text, receivers: [] };
        sendings.set(key, sending);
        sending.receivers.push(arrow.to);
      }
    }
    return [...sendings.values()].sort((a, b) => (a.kind === "ghost") - (b.kind === "ghost"));
  }

  measure() {
    const { data } = this;
    this.x = [];
    let x = 70;
    data.nodes.forEach((name, node) => {
      let longest = name.length + 4;
      for (let round = 1; round <= data.eot; round++) {
        for (const { text } of this.cells.get(`${node} ${round}`) ?? []) longest = Math.max(longest, text.length);
      }
      this.x.push(x);
      x += Math.max(110, Math.min(longest, LAB.longest) * LAB.char + 34);
    });
    this.width = Math.ceil(x);
    [this.top, this.bottom] = [[], []];
    let y = LAB.name + 6;
    for (let round = 1; round <= data.eot; round++) {
      const lines = Math.max(1, ...data.nodes.map((_, node) => (this.cells.get(`${node} ${round}`) ?? []).length));
      this.top[round] = y;
      this.bottom[round] = y + lines * LAB.line + 6;
      y = this.bottom[round] + (round < data.eot ? LAB.arrows : 0);
    }
    this.top[data.eot + 1] = y + 8;
  }

  name(name, node) {
    const shown = cut(name, 19);
    return svg("g", {},
      svg("rect", { class: `n${node % 10}`, x: this.x[node] - 8, y: 2, rx: 5, height: 22, width: Math.max(20, shown.length * LAB.char + 14) }),
      svg("text", { class: "name", x: this.x[node] - 1, y: 17 }, shown));
  }

  band(round) {
    const isHere = round === this.lab.round;
    const broken = this.lab.run.violations.some(([, at]) => at === round);
    return svg("g", { class: `round${isHere ? " here" : ""}`, "data-round": round },
      svg("rect", { class: round % 2 ? "band" : "page", y: this.top[round] - 2, width: "100%", height: (this.top[round + 1] ?? 0) - this.top[round] }),
      svg("text", { class: broken ? "broken" : "quiet", x: 6, y: this.top[round] + 11 }, `round ${round}${broken ? " ✗" : ""}`));
  }

  cell(node, round) {
    const { data } = this;
    const lines = this.cells.get(`${node} ${round}`) ?? [];
    const state = this.lab.standing(node, round);
    const [x, top, bottom] = [this.x[node], this.top[round], this.bottom[round]];
    const group = svg("g", this.button(`faults of ${data.nodes[node]} in round ${round}`, "cell", `cell ${node} ${round}`, (event) => this.lab.pickNode(node, round, event)),
      svg("rect", { class: `hit`, x: x - 12, y: top - 4, width: 24, height: bottom - top + 8 }),
      svg("rect", { class: `bar n${node % 10} ${state}`, x: x - 4, y: top, width: 8, rx: 4, height: bottom - top }));
    lines.forEach(({ kind, text }, number) => {
      const shown = cut(text, LAB.longest - 1);
      group.append(svg("text", { class: kind, x: x + 10, y: top + 11 + number * LAB.line }, shown, shown === text ? null : svg("title", {}, text)));
    });
    return group;
  }

  arrow(arrow) {
    const { data } = this;
    const names = `what ${data.nodes[arrow.from]} sends to ${data.nodes[arrow.to]} in round ${arrow.sent}`;
    const group = svg("g", arrow.kind === "ghost" ? { class: "ghost" }
      : this.button(`${names}${arrow.kind === "lost" ? ", which is lost" : ""}`, `arrow-of ${arrow.kind}`, `arrow ${arrow.from} ${arrow.to} ${arrow.sent}`, (event) => this.lab.pickLink(this.nearest(event) ?? arrow, event)));
    arrow.lines = [];
    const [x0, y0] = [this.x[arrow.from], this.bottom[arrow.sent]];
    const ends = arrow.arrivals.size ? [...arrow.arrivals] : [arrow.sent + 1];
    for (const end of ends) {
      let [x1, y1] = [this.x[arrow.to], this.top[Math.min(end, data.eot + 1)]];
      const isLost = arrow.kind === "lost";
      if (isLost) [x1, y1] = [x0 + (x1 - x0) * 0.6, y0 + (y1 - y0) * 0.6];
      const line = `M${x0} ${y0}L${x1} ${y1}`;
      arrow.lines.push([x0, y0, x1, y1]);
      if (arrow.kind !== "ghost") group.append(svg("path", { class: "hit", d: line }));
      group.append(svg("path", { class: { ghost: "ghost", lost: "gone", new: "arrow fresh", sent: "arrow" }[arrow.kind], d: line }));
      group.append(isLost
        ? svg("path", { class: "cross", d: `M${x1 - 5} ${y1 - 5}l10 10m0 -10l-10 10` })
        : svg("path", { class: arrow.kind === "ghost" ? "ghost" : `arrow${arrow.kind === "new" ? " fresh" : ""}`, d: arrowHead(x0, y0, x1, y1) }));
    }
    return group;
  }

  /** The arrow that a click is nearest to, since they cross; undefined for a key. */
  nearest(event) {
    if (event.clientX === undefined) return undefined;
    const box = event.currentTarget.ownerSVGElement.getBoundingClientRect();
    const [x, y] = [event.clientX - box.x, event.clientY - box.y];
    const distance = ([x0, y0, x1, y1]) => {
      const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2 || 1);
      const part = Math.max(0, Math.min(1, along));
      return Math.hypot(x - x0 - part * (x1 - x0), y - y0 - part * (y1 - y0));
    };
    const away = (arrow) => Math.min(...arrow.lines.map(distance));
    return this.arrows.filter((arrow) => arrow.kind !== "ghost").reduce((best, arrow) => away(arrow) < away(best) ? arrow : best);
  }

  /** Attributes of something that can be clicked, or reached with Tab and pressed; `key` finds it again. */
  button(label, kind, key, act) {
    return {
      class: kind, role: "button", tabindex: 0, "aria-label": label, "data-key": key, onclick: act,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        act(event);
      },
    };
  }
}
