// The question "why not?": a row is typed, or clicked where it is missing, and the rules that could derive it are told,
// each with what it lacks. A lack opens in place, down to faults; what is the same round after round is told once.

class LabWhy {
  constructor(lab) {
    this.lab = lab;
    this.data = lab.data;
    this.instances = new LabInstances(lab.data);
    this.text = "";
    this.field = el("input", { type: "search", class: "row-asked", "aria-label": "A row that does not hold",
      spellcheck: "false", autocomplete: "off", placeholder: this.example() });
    this.answer = el("div", { class: "absent", role: "status" });
    this.place = el("section", { class: "why-not" }, el("h2", {}, "Why not?"),
      el("p", { class: "about" }, "A row as a program writes it: _ stands for any value, @4 for a round, without it the last one. ",
        "A row that is missing above can be clicked."),
      el("form", { class: "doing", onsubmit: (event) => { event.preventDefault(); this.ask(this.field.value); } },
        this.field, el("button", { type: "submit", class: "do" }, "why not?")),
      this.answer);
  }

  /** A row of the first thing that is asked about. */
  example() {
    const last = this.data.observed.at(-1);
    const row = this.data.rows.findIndex(([relation]) => relation === last);
    return row < 0 ? "" : `${this.data.relations[last]}(${this.instances.columns(row).join(", ")})`;
  }

  /** Asks for `text`; nothing takes the question back. */
  ask(text) {
    this.text = text.trim();
    this.field.value = this.text;
    this.show();
    this.lab.remember();
  }

  /** Answers for the run that the laboratory shows. */
  show() {
    this.answer.replaceChildren(...(this.text === "" ? [] : this.answers()));
  }

  answers() {
    const say = (text) => [el("p", {}, text)];
    const asked = this.instances.asked(this.text);
    if (asked.mistake) return say(asked.mistake);
    const { says, round, tuples, rounds } = asked;
    const { error } = this.lab.run;
    if (error !== null) return say(`whether ${says} holds is not known: ${error}`);
    this.reasons = new LabReasons(this.instances, this.lab.circuit, this.lab.faults, this.lab.ways);
    const held = tuples.filter((tuple) => this.reasons.holds(tuple));
    if (held.length) return say(`${this.instances.text(held[0])} holds in round ${round} of this run.`);
    if (!tuples.length) return [...say(this.impossible(says, round, rounds)), ...this.byTool("What its rules lack says the tool:")];
    if (!this.data.why) {
      return [...say(`${says} does not hold in round ${round}.`), ...this.byTool("Rules have too many instances for a page; the tool says why:")];
    }
    this.reasons.measure(tuples);
    const far = (tuple) => this.reasons.distance.get(tuple) ?? Infinity;
    const order = [...tuples].sort((a, b) => (far(a) === far(b) ? a - b : far(a) - far(b)));
    return [el("p", { class: "because-of" }, this.sentence(says, round, order)),
      ...order.slice(0, 12).map((tuple) => this.block(tuple, [], true)),
      ...(order.length > 12 ? say(`and ${order.length - 12} more rows that match`) : []),
      ...this.byTool("The tool tells it, too, with rows that no run can have:")];
  }

  /** That no rule derives a row, whatever the faults. */
  impossible(says, round, rounds) {
    if (!rounds.length) return `No rule can derive ${says} in any admissible run: under no faults within the bounds, in no round.`;
    return `No rule can derive ${says} in round ${round} of any admissible run; it can hold in ${this.spans(rounds)}.`;
  }

  byTool(words) {
    const at = /@\s*\d+\s*$/.test(this.text) ? "" : `@${this.data.eot}`;
    const row = (this.text + at).replaceAll("'", "'\\''");
    return [el("p", { class: "about" }, words), el("code", { class: "call" }, `${this.lab.command} --why-not '${row}'`)];
  }

  spans(rounds) {
    const spans = [];
    for (const round of rounds) {
      if (spans.length && spans.at(-1)[1] === round - 1) spans.at(-1)[1] = round;
      else spans.push([round, round]);
    }
    const words = spans.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
    return `round${rounds.length === 1 ? "" : "s"} ${words.join(", ")}`;
  }

  sentence(says, round, tuples) {
    const { reasons } = this;
    const behind = new Set(tuples.flatMap((tuple) => reasons.faultsBehind(tuple)));
    const faults = [...behind].map((fault) => this.data.faults[fault].says);
    const more = faults.length > 3 ? [`${counted(faults.length - 3, "more fault")} happen`] : [];
    const calm = this.lab.faults.length ? ", nor does it without faults" : "";
    const because = faults.length ? `, because ${this.list([...faults.slice(0, 3), ...more])}` : calm;
    const rows = [...new Set(tuples.map((tuple) => this.instances.row(tuple)))];
    const { byRound } = this.lab.run;
    const held = [...byRound.keys()].filter((at) => at > 0 && rows.some((row) => byRound[at].has(row)));
    return `${says} does not hold in round ${round}${because}.${held.length ? ` It holds in ${this.spans(held)}.` : ""}`;
  }

  list(words) { return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`; }

  // One row

  /** The rounds before in which it is the same, as long as the row would only be carried on: this one first. */
  chain(tuple) {
    const rounds = [tuple];
    for (;;) {
      const last = rounds.at(-1);
      const before = this.instances.sibling(last, this.instances.round(last) - 1);
      if (before === undefined || this.reasons.holds(before) !== this.reasons.holds(tuple)) return rounds;
      if (!this.reasons.told(last).some((entry) => this.isCarrying(entry, before))) return rounds;
      rounds.push(before);
    }
  }

  isCarrying({ instance, lacks }, before) {
    const leadsThere = (lack) => lack.kind === "row" && lack.rows[0] === before;
    if (!this.reasons.holds(before)) return lacks.length === 1 && leadsThere(lacks[0]);
    return instance.premises.length === 1 && instance.premises[0] === before && lacks.every(leadsThere);
  }

  /** What stands against a row, or how it comes about; `path` are the rows within which it is told. */
  block(tuple, path, isOpen) {
    const chain = this.chain(tuple);
    const holds = this.reasons.holds(tuple);
    const entries = this.entries(chain);
    const items = [...entries].map(([rule, list]) => this.rule(rule, list, [...path, ...chain], holds, isOpen, path.length === 0));
    const { rules } = this.data.why;
    const idle = holds ? [] : [...rules.keys()].filter((rule) => rules[rule][2] === this.instances.relation(tuple) && !entries.has(rule));
    if (idle.length) {
      items.push(el("li", { class: "idle" }, idle.flatMap((rule) => [this.at(rule), " "]), "derives it under no faults within the bounds"));
    }
    const nothing = holds ? "as without faults" : "no rule derives it, and no fact states it";
    return el("div", { class: "claim" }, path.length ? null : el("p", { class: "row" }, this.words(tuple)),
      items.length ? el("ul", {}, items) : el("p", { class: "about" }, nothing));
  }

  /** That a row holds or not, with the rounds in which it is the same. */
  words(tuple) {
    const text = this.instances.text(tuple);
    if (this.isStated(tuple)) return `${text} holds`;
    const rounds = this.spans(this.chain(tuple).map((one) => this.instances.round(one)).reverse());
    return `${this.reasons.holds(tuple) ? `${text} holds` : `no ${text}`} in ${rounds}`;
  }

  /** Whether the world states the row, for as long as the run lasts. */
  isStated(tuple) { return this.data.stated.includes(this.instances.relation(tuple)); }

  /** By rule: what is told in the rounds of `chain`, without what only carries the row on. */
  entries(chain) {
    const found = new Map();
    for (const [place, tuple] of chain.entries()) {
      for (const [rule, entries] of this.reasons.ranked(tuple)) {
        if (!found.has(rule)) found.set(rule, []);
        found.get(rule).push(...entries.filter((entry) => place === chain.length - 1 || !this.isCarrying(entry, chain[place + 1])));
      }
    }
    for (const entries of found.values()) entries.sort(LabReasons.before);
    const nearest = ([, entries]) => entries[0] ?? { key: [2, 0, 0, 0] };
    return new Map([...found].sort((one, other) => LabReasons.before(nearest(one), nearest(other))));
  }

  at(rule) {
    const [place, text] = this.data.why.rules[rule];
    return el("span", { class: "at", title: text }, place);
  }

  rule(rule, entries, path, holds, isOpen, isTop) {
    const shown = entries.slice(0, LabReasons.most);
    const further = entries.length - shown.length;
    const label = rule >= 0 ? [this.at(rule), " ", el("code", { class: "of-rule" }, cut(this.data.why.rules[rule][1], 120))]
      : [el("span", { class: "at" }, rule === -2 ? "it stays where its node does not act" : "a fact")];
    const body = shown.map(({ instance, lacks }, place) => {
      const isShown = isOpen && (place === 0 || isTop);
      const words = lacks.map((lack) => this.lack(lack, path, isShown));
      const derives = !holds ? "" : words.length ? "derives it, since " : "derives it, as without faults";
      const round = holds || !["row", "fault"].includes(lacks[0].kind) ? `in round ${instance.round}: ` : "";
      return el("li", {}, `${round}${derives}`, words.flatMap((word, n) => (n ? [" and ", ...word] : word)));
    });
    if (!shown.length) body.push(el("li", {}, holds ? "it held before" : "it did not hold before, either"));
    if (further > 0) body.push(el("li", { class: "about" }, `${counted(further, "other way")}, farther away`));
    return el("li", {}, ...label, el("ul", {}, body));
  }

  /** A lack in words; rows in it open. */
  lack(lack, path, isOpen) {
    const rows = (start) => this.rows(lack.rows, path, isOpen, start);
    const says = (fault) => this.data.faults[fault].says;
    switch (lack.kind) {
      case "fault": return [el("span", { class: "due" }, lack.faults.map(says).join(lack.isAny ? "; besides, " : " and "))];
      case "choice": return [`${lack.text} may be chosen, and is not`];
      case "elsewhere": return ["comes so only under a fault that does not happen"];
      case "itself": return ["it would rest on itself"];
      case "unknown": return ["a computation takes another value"];
      case "count": return [`it counts ${lack.number}, not ${lack.wanted}`, ...rows(lack.rows.length ? ", since " : "")];
      case "instead": return ["the aggregate derives instead", ...rows(" ")];
      case "empty": return ["its group has no rows", ...rows(": ")];
      default: return rows("");
    }
  }

  /** Rows that are so, each of which opens; what is near to a fault is open already, down to it. */
  rows(tuples, path, isOpen, start) {
    return tuples.slice(0, 4).flatMap((tuple, place) => {
      const words = `${place ? " " : start}${this.words(tuple)}`;
      const isNear = this.reasons.isDue(tuple) && this.reasons.distance.has(tuple);
      if (path.includes(tuple)) return [el("span", {}, `${words} (above)`)];
      if (this.isStated(tuple)) return [`${words}, since `, ...this.reasons.ways(tuple).flatMap(({ lacks }) => lacks.flatMap((lack) => this.lack(lack, path, false)))];
      const opens = isOpen && isNear && path.length < 60;
      const item = el("details", { class: isNear ? "lack due" : "lack", open: opens },
        el("summary", {}, words));
      const fillIn = () => { if (item.children.length === 1) item.append(this.block(tuple, path, opens)); };
      if (opens) fillIn();
      item.addEventListener("toggle", () => { if (item.open) fillIn(); });
      return [item];
    });
  }
}
