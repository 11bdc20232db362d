// The laboratory: which faults occur and what is chosen, and everything that follows. Where it has the page for
// itself, the address after `#` has the faults, so a link shows what was seen.

class Laboratory {
  constructor(data, place) {
    this.circuit = new LabCircuit(data);
    this.data = data;
    this.faults = [];
    this.ways = data.inputs.map(() => 0);
    this.round = data.eot;
    this.history = [];
    this.known = [];
    this.picture = new LabPicture(this);
    this.place = place;
    this.why = new LabWhy(this);
    this.build();
    if (!data.isAlone) return this.set(this.numbers(data.start.faults), this.startingWays(), false);
    this.readAddress();
    addEventListener("hashchange", () => { if (location.hash !== this.address) this.readAddress(); });
  }

  // What happens

  /** Lets `fault` occur, or takes it back; false where it is refused. */
  toggle(fault) {
    const isThere = this.faults.includes(fault);
    const refusal = isThere ? null : this.circuit.refusal(this.faults, fault);
    if (refusal !== null) this.tell(refusal);
    else this.set(isThere ? this.faults.filter((other) => other !== fault) : [...this.faults, fault]);
    return refusal === null;
  }

  /** Shows the run under `faults` and `ways`. */
  set(faults, ways = this.ways, remembers = true) {
    if (remembers) this.history.push([this.faults, this.ways]);
    this.faults = [...faults].sort((a, b) => a - b);
    this.ways = ways;
    this.tell("");
    this.show();
    this.remember();
  }

  /** Writes the address, where the laboratory has the page for itself. */
  remember() {
    if (!this.data.isAlone) return;
    this.address = `#${this.parameters()}`;
    if (location.hash !== this.address && (location.hash || this.faults.length || this.why.text)) history.replaceState(null, "", this.address);
  }

  takeBack() {
    const before = this.history.pop();
    if (before) this.set(before[0], before[1], false);
  }

  parameters() {
    const words = new URLSearchParams();
    for (const fault of this.faults) words.append("fault", this.data.faults[fault].text);
    this.ways.forEach((way, number) => words.append("way", `${number}.${way}`));
    if (this.why.text) words.append("why-not", this.why.text);
    return words.toString();
  }

  /** The faults with these texts; those that are not possible are left out. */
  numbers(texts) {
    return [...new Set(texts.map((text) => this.circuit.faultNumber.get(text)).filter((fault) => fault !== undefined))];
  }

  startingWays() {
    return this.data.inputs.map((input) => Math.max(0, input.ways.findIndex((way) => this.data.start.inputs.includes(way.text))));
  }

  readAddress() {
    const words = new URLSearchParams(location.hash.slice(1));
    const faults = this.numbers(words.getAll("fault"));
    const ways = this.startingWays();
    for (const [number, way] of words.getAll("way").map((word) => word.split(".").map(Number))) {
      if (this.data.inputs[number]?.ways[way]) ways[number] = way;
    }
    const row = words.get("why-not") ?? "";
    [this.why.text, this.why.field.value] = [row, row];
    this.set(this.circuit.admits(faults) ? faults : [], ways, false);
  }

  /** What the faults do to `node` in `round`, as a class of its line. */
  standing(node, round) {
    const crash = this.data.kinds.findIndex((kind) => kind.word === "crash");
    for (const number of this.faults) {
      const { kind, nodes, round: from, until } = this.data.faults[number];
      if (nodes.length !== 1 || nodes[0] !== node || round < from) continue;
      if (kind === crash) return "dead";
      if (until !== null && round < until) return "off";
    }
    return "";
  }

  // Buttons of the picture

  pickLink(arrow, event) {
    this.offer((fault) => fault.nodes.length === 2 && fault.nodes[0] === arrow.from && fault.nodes[1] === arrow.to
      && fault.round === arrow.sent && !this.isOfSides(fault), event, "no fault can strike this message within the bounds");
  }

  pickNode(node, round, event) {
    this.round = round;
    this.offer((fault) => fault.nodes.length === 1 && fault.nodes[0] === node && fault.round === round && !this.isOfSides(fault),
      event, "no fault can strike this node in this round within the bounds");
  }

  isOfSides(fault) { return this.data.kinds[fault.kind].word === "partition"; }

  /** Lets one of the possible faults that `fits` be chosen; where there is one, it is. */
  offer(fits, event, otherwise) {
    const found = this.data.faults.map((_, number) => number).filter((number) => fits(this.data.faults[number]));
    if (found.length <= 1) {
      if (found.length === 1) this.toggle(found[0]);
      else { this.show(); this.tell(otherwise); }
      return;
    }
    const focus = event.currentTarget?.dataset.key;
    const close = () => { this.menu.replaceChildren(); this.menu.hidden = true; this.refocus(focus); };
    this.menu.replaceChildren(
      ...found.map((number) => el("button", { type: "button", "aria-pressed": this.faults.includes(number), onclick: () => { this.toggle(number); close(); } }, this.data.faults[number].says)),
      el("button", { type: "button", class: "none", onclick: close }, "nothing"));
    this.menu.hidden = false;
    this.menu.firstElementChild.focus();
  }

  refocus(key) {
    if (key) this.place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  // Questions

  askMinimal() {
    if (!this.circuit.breaks(this.faults, this.ways)) return this.tell("nothing is broken");
    const less = this.circuit.smaller(this.faults, this.ways);
    if (less === null) return this.tell("minimal: no smaller part of these faults breaks anything, every part was tried");
    if (less === undefined) return this.tell("none of them can be left out alone; there are too many parts to try them all");
    this.set(less);
    this.tell("these are enough");
  }

  showAnother() {
    if (this.circuit.breaks(this.faults, this.ways) && this.faults.length) this.known.push(this.faults);
    const found = this.circuit.another(this.known, this.ways);
    if (found === null) return this.tell("no other was found among many tries; 'faultline check --all' lists them all, with proof");
    this.set(found);
  }

  get command() {
    const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
    const chosen = this.data.inputs.map((input, number) => input.ways[this.ways[number]].text).filter((text) => text !== null);
    return [...this.data.call, ...this.faults.map((fault) => `--fault ${quoted(this.data.faults[fault].text)}`),
      ...chosen.map((text) => `--choose ${quoted(text)}`)].join(" ");
  }

  copy(text, what) {
    const said = () => this.tell(`${what} is copied`);
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(said, () => this.tell(text));
    else this.tell(text);
  }

  tell(text) { this.said.textContent = text; }

  // The page

  build() {
    const button = (text, act) => el("button", { type: "button", class: "do", onclick: act }, text);
    this.verdict = el("p", { class: "verdict", role: "status" });
    this.broken = el("ul", { class: "broken-rows" });
    this.said = el("p", { class: "said", role: "status" });
    this.chips = el("ul", { class: "faults" });
    this.budgets = el("p", { class: "budgets" });
    this.menu = el("div", { class: "menu", role: "group", "aria-label": "Faults to choose from", hidden: true,
      onkeydown: (event) => { if (event.key === "Escape") this.menu.lastElementChild.click(); } });
    this.stage = el("div", { class: "scroll stage" });
    this.cuts = new LabCut(this);
    this.bands = el("div", { class: "scroll bands", tabindex: 0, role: "region", "aria-label": "Properties by round" });
    this.state = el("div", { class: "scroll table", tabindex: 0, role: "region", "aria-label": "Rows by relation and node" });
    this.line = el("code", { class: "call" });
    this.place.replaceChildren(
      el("section", { class: "answer" }, this.verdict, this.broken, this.chips, this.budgets,
        el("p", { class: "doing" },
          button("take back", () => this.takeBack()), button("clear", () => this.set([])),
          button("are they minimal?", () => this.askMinimal()), button("show me another", () => this.showAnother()),
          this.data.isAlone ? button("copy link", () => this.copy(location.href, "the link")) : null, button("copy command", () => this.copy(this.command, "the command"))),
        this.said, this.choosers()),
      el("section", {}, el("h2", {}, "Who sends what to whom"),
        el("p", { class: "about" }, "Click an arrow to lose the message, a cell beside a node's line to strike the node. Grey: not sent any more. Bold: only because of the faults.",
          this.cuts.isPossible ? " Drag a frame around the lines of nodes and over rounds to cut them off from the others; with keys: Shift and arrows on a cell, then Enter. " : null, this.cuts.button),
        this.menu, this.stage),
      el("section", {}, el("h2", {}, "What is promised"), this.bands),
      el("section", {}, el("h2", {}, "What holds ", this.when = el("span", { class: "when" })),
        this.slider = el("input", { type: "range", class: "slider", min: 1, max: this.data.eot, "aria-label": "round",
          oninput: () => { this.round = Number(this.slider.value); this.show(); } }), this.state),
      this.why.place,
      el("section", {}, el("h2", {}, "The same run by the tool"), this.line));
    this.stage.addEventListener("click", (event) => {
      const round = event.target.closest(".round")?.dataset.round;
      if (round) { this.round = Number(round); this.show(); }
    });
  }

  /** All faults by kind, and the inputs that are chosen. */
  choosers() {
    const { data } = this;
    const kinds = data.kinds.map((kind, number) => {
      const members = data.faults.map((_, fault) => fault).filter((fault) => data.faults[fault].kind === number);
      if (members.length === 0) return null;
      const select = el("select", { "aria-label": `a fault of the kind ${kind.word}` },
        members.slice(0, 3000).map((fault) => el("option", { value: fault }, data.faults[fault].text)));
      return el("li", {}, select, el("button", { type: "button", class: "do", onclick: () => this.toggle(Number(select.value)) }, "add or take back"));
    });
    const inputs = data.inputs.map((input, number) => input.ways.length < 2 ? null
      : el("li", {}, el("label", {}, "choose ", this.selects[number] = el("select", {
        onchange: (event) => this.set(this.faults, this.ways.map((way, place) => place === number ? Number(event.target.value) : way)),
      }, input.ways.map((way, place) => el("option", { value: place }, way.text ?? `not ${input.fact}`))))));
    return el("details", { class: "choosers", open: data.inputs.length > 0 }, el("summary", {}, "All possible faults, and inputs"), el("ul", {}, inputs, kinds));
  }

  selects = [];

  show() {
    const focus = document.activeElement?.dataset?.key;
    const { circuit, data } = this;
    this.run = circuit.run(this.faults, this.ways);
    const calm = this.faults.length ? circuit.run([], this.ways) : this.run;
    const told = this.run.told;
    const isBroken = told.length > 0;
    this.verdict.className = `verdict ${this.run.error ? "error" : isBroken !== data.seeks ? "bad" : "good"}`;
    this.verdict.textContent = this.run.error ? `ERROR: ${this.run.error}`
      : data.seeks ? (isBroken ? "FOUND: the row is there" : "The row is not there")
      : isBroken ? `BROKEN: ${counted(told.length, "row")}` : "KEPT: every promise holds in this run";
    this.broken.replaceChildren(...told.slice(0, 4).map(([, , sentence]) => el("li", {}, sentence)),
      ...(told.length > 4 ? [el("li", {}, `and ${told.length - 4} more`)] : []));
    this.chips.replaceChildren(...(this.faults.length ? this.faults.map((fault) =>
      el("li", { class: "fault" }, data.faults[fault].says, " ",
        el("button", { type: "button", class: "away", "aria-label": `take back: ${data.faults[fault].says}`, onclick: () => this.toggle(fault) }, "×")))
      : [el("li", { class: "none" }, "no faults")]));
    this.budgets.textContent = data.kinds.filter((kind) => kind.count > 0).map((kind) => {
      const used = this.faults.filter((fault) => data.kinds[data.faults[fault].kind] === kind).length;
      return `${kind.name} ${used} of ${kind.most ?? "any number"}`;
    }).join(" · ");
    this.ways.forEach((way, number) => { if (this.selects[number]) this.selects[number].value = way; });
    this.stage.replaceChildren(this.picture.draw(this.run, calm));
    this.bands.replaceChildren(this.bandTable());
    this.slider.value = this.round;
    this.when.textContent = `in round ${this.round}`;
    this.state.replaceChildren(this.stateTable(calm));
    this.line.textContent = this.command;
    this.why.show();
    this.refocus(focus);
  }

  bandTable() {
    const rounds = Array.from({ length: this.data.eot }, (_, place) => place + 1);
    return el("table", {},
      el("thead", {}, el("tr", {}, el("td", {}), rounds.map((round) => el("th", { scope: "col" }, String(round))))),
      el("tbody", {}, this.data.properties.map((name, number) => el("tr", {}, el("th", { scope: "row" }, name), rounds.map((round) => {
        const broken = this.run.violations.filter(([property, at]) => property === number && at === round);
        return broken.length ? el("td", { class: "bad", title: broken.map(([, , sentence]) => sentence).join("\n") }, `✗ ${broken.length}`)
          : el("td", { class: "good" }, "·");
      })))));
  }

  stateTable(calm) {
    const { data } = this;
    const places = [...data.nodes.keys(), -1];
    const cells = new Map();
    const add = (row, kind) => {
      const [relation, node] = data.rows[row];
      const key = `${relation} ${node}`;
      (cells.get(key) ?? cells.set(key, []).get(key)).push([row, kind]);
    };
    for (const row of this.run.byRound[this.round]) add(row, calm.byRound[this.round].has(row) ? "" : "added");
    for (const row of calm.byRound[this.round]) if (!this.run.byRound[this.round].has(row)) add(row, "missing");
    const columns = places.filter((node) => node >= 0 || [...cells.keys()].some((key) => key.endsWith(" -1")));
    const order = [...data.relations.keys()].sort((a, b) => data.observed.includes(b) - data.observed.includes(a) || a - b);
    const rows = order.filter((relation) => places.some((node) => cells.has(`${relation} ${node}`))).map((relation) =>
      el("tr", {}, el("th", { scope: "row" }, data.relations[relation]), columns.map((node) =>
        el("td", {}, (cells.get(`${relation} ${node}`) ?? []).sort(([a], [b]) => a - b).map(([row, kind]) =>
          this.tuple(row, kind))))));
    if (rows.length === 0) return el("p", { class: "nothing" }, "Nothing holds in this round.");
    return el("table", {}, el("thead", {}, el("tr", {}, el("td", {}), columns.map((node) =>
      el("th", { scope: "col" }, node < 0 ? "at no node" : el("span", { class: `node n${node % 10}` }, data.nodes[node]))))), el("tbody", {}, rows));
  }

  /** A row of the table; of one that is missing, a click asks why. */
  tuple(row, kind) {
    const text = this.data.rows[row][2] || "✓";
    if (kind !== "missing") return el("span", { class: `tuple ${kind}`, title: kind === "added" ? "only under the faults" : null }, text);
    const asked = `${this.data.relations[this.data.rows[row][0]]}(${this.why.instances.columns(row).join(", ")})@${this.round}`;
    return el("button", { type: "button", class: "tuple missing", title: "holds without faults", "aria-label": `why not ${asked}?`, "data-key": `missing ${row}`,
      onclick: () => { this.why.ask(asked); this.why.place.scrollIntoView({ block: "nearest" }); } }, text);
  }
}

const lab = new Laboratory(JSON.parse(document.getElementById("lab-data").textContent), document.getElementById("lab"));
