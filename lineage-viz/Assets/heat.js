// Where many breaking fault sets strike: for each node and round how many let something happen to it, for each message
// how many lose it, also those messages that are sent under faults only. A cell shows its runs alone in the list.

function heatSection(here) {
  if (here.heat !== undefined) return here.heat;
  const runs = here.shared.breaking.map((number) => here.run(number));
  return (here.heat = runs.length < 2 ? null : new HeatMap(here, runs).section());
}

class HeatMap {
  constructor(here, runs) {
    Object.assign(this, { here, runs });
    this.rows = new Map();
    for (const run of runs) {
      for (const [node, round, kind] of run.remarks) if (kind !== "back") this.count(run, `0 ${node} 0`, `${here.shared.nodes[node]} itself`, round);
      for (const { from, to, sent, lost } of sendings(here, run).values()) {
        if (lost) this.count(run, `1 ${from} ${to}`, `${here.shared.nodes[from]} → ${here.shared.nodes[to]}`, sent);
      }
    }
    for (const { rounds } of [...this.rows.values()]) {
      for (const [round, members] of rounds) for (const number of members) this.count({ number }, "-1", "anything", round);
    }
    const order = (key) => key.split(" ").map(Number);
    this.keys = [...this.rows.keys()].sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1] || order(a)[2] - order(b)[2]);
    const used = [...this.rows.values()].flatMap(({ rounds }) => [...rounds.keys()]);
    this.last = Math.max(0, ...used);
  }

  count(run, key, name, round) {
    const row = this.rows.get(key) ?? { name, isLoss: key.startsWith("1"), rounds: new Map() };
    this.rows.set(key, row);
    (row.rounds.get(round) ?? row.rounds.set(round, new Set()).get(round)).add(run.number);
  }

  section() {
    const rounds = Array.from({ length: this.last }, (_, place) => place + 1);
    const body = this.keys.map((key) => {
      const { name, isLoss, rounds: cells } = this.rows.get(key);
      return el("tr", {}, el("th", { scope: "row" }, name), rounds.map((round) => el("td", {}, this.cell(name, isLoss, round, cells.get(round)))));
    });
    this.table = el("table", { class: "heat-table" }, el("thead", {}, el("tr", {}, el("td", {}), rounds.map((round) => el("th", { scope: "col" }, String(round))))), el("tbody", {}, body));
    const first = this.table.querySelector("button");
    if (first) first.tabIndex = 0;
    return el("section", { class: "heat" }, el("h3", {}, `Where the ${this.runs.length} fault sets strike, by round`),
      el("p", { class: "about" }, "How many of them strike a node, and how many lose what one node sends to another in a round. A cell leaves its runs in the list."),
      el("div", { class: "scroll", role: "region", "aria-label": "Where the fault sets strike", onkeydown: moveInTable }, this.table));
  }

  cell(name, isLoss, round, members) {
    if (!members) return null;
    const level = Math.max(1, Math.ceil(5 * members.size / this.runs.length));
    const words = `${name}, round ${round}: ${isLoss ? "lost" : "struck"} in ${members.size} of ${this.runs.length}`;
    return el("button", { type: "button", class: `cell heat-${level}`, tabindex: -1, "aria-pressed": false, "aria-label": words, title: words,
      onclick: (event) => this.choose(event.currentTarget, members) }, String(members.size));
  }

  /** Leaves only `members` in the list, or all again. */
  choose(button, members) {
    const isOn = button.getAttribute("aria-pressed") === "true";
    for (const other of this.table.querySelectorAll("[aria-pressed=true]")) other.setAttribute("aria-pressed", false);
    button.setAttribute("aria-pressed", !isOn);
    this.here.section.filteredRuns = isOn ? null : members;
    filterRuns(this.here.section);
  }
}
