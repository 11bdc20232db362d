// Why a row does not hold in a run of the laboratory, from the instances of rules that could derive it. An instance
// lacks what it needs and does not hold, what it must not meet and holds, and what faults keep from it. What a row of
// the run without faults lacks here is *due* to the faults; the way from it to a fault is through what is due.

/** A row as it is written in a program, with `_` for any value and perhaps a round. */
const VALUE = '(?:"[^"]*"|-?\\d+|_)';
const ROW = new RegExp(`^\\s*([A-Za-z0-9_.?]+)\\s*\\(\\s*(${VALUE}(?:\\s*,\\s*${VALUE})*)\\s*\\)\\s*(?:@\\s*(\\d{1,9})\\s*)?$`);
const VALUES = new RegExp(VALUE, "g");

/** Enters `value` in the list of `key`. */
function enter(lists, key, value) {
  if (!lists.has(key)) lists.set(key, []);
  lists.get(key).push(value);
}

/** What the circuit says of rules: every instance, by what it derives. */
class LabInstances {
  constructor(data) {
    this.data = data;
    this.tuples = data.why ? data.tuples.concat(data.why.more) : data.tuples;
    this.byHead = new Map();
    this.headsOf = new Map();
    this.tupleOf = new Map();
    this.inputsBelow = new Map();
  }

  /** Reads the instances, once somebody asks. */
  load() {
    if (this.isLoaded) return;
    this.isLoaded = true;
    for (let tuple = 0; tuple * 3 < this.tuples.length; tuple++) {
      this.tupleOf.set(`${this.row(tuple)} ${this.round(tuple)}`, tuple);
    }
    const words = this.data.why?.instances ?? [];
    let at = 0;
    const next = () => words[at++];
    const list = () => Array.from({ length: next() }, next);
    while (at < words.length) {
      const instance = {
        head: next(), rule: next(), round: next(), group: next(), condition: next(),
        premises: list(), excluded: list(), world: list(),
        counts: Array.from({ length: next() }, () => ({ number: next(), ways: list(), tuples: list() })),
      };
      enter(this.byHead, instance.head, instance);
      if (instance.group >= 0) enter(this.headsOf, instance.group, instance.head);
    }
  }

  row(tuple) { return this.tuples[3 * tuple]; }
  round(tuple) { return this.tuples[3 * tuple + 1]; }
  edge(tuple) { return this.tuples[3 * tuple + 2]; }
  relation(tuple) { return this.data.rows[this.row(tuple)][0]; }
  sibling(tuple, round) { return this.tupleOf.get(`${this.row(tuple)} ${round}`); }

  /** The columns of a row, as they are written. */
  columns(row) {
    const [, node, rest] = this.data.rows[row];
    return (node < 0 ? [] : [`"${this.data.nodes[node]}"`]).concat(rest.match(VALUES) ?? []);
  }

  text(tuple) {
    const name = this.data.relations[this.relation(tuple)];
    return `${name.includes("#") ? `row of ${name.split("#")[0]}` : name}(${this.columns(this.row(tuple)).join(", ")})`;
  }

  /** The inputs on which an edge depends. */
  inputs(circuit, edge) {
    const known = this.inputsBelow.get(edge >> 1);
    if (known) return known;
    const [found, seen, pending] = [[], new Set([edge >> 1]), [edge >> 1]];
    while (pending.length) {
      const gate = pending.pop();
      if (circuit.isInput[gate]) found.push(circuit.inputAt.get(gate));
      for (let n = circuit.starts[gate]; n < circuit.starts[gate + 1]; n++) {
        const child = circuit.children[n] >> 1;
        if (!seen.has(child)) { seen.add(child); pending.push(child); }
      }
    }
    this.inputsBelow.set(edge >> 1, found);
    return found;
  }

  /**
   * What `text` asks for: the tuples of the round that may hold and match, and the rounds of all that match. Where it
   * asks for nothing, `mistake` says why.
   */
  asked(text) {
    const { data } = this;
    const parts = ROW.exec(text);
    if (!parts) return { mistake: 'write a row as in a program, with strings in double quotes: post("Data1"), log(_, 3)@4' };
    const [, name, list, at] = parts;
    const relation = data.relations.indexOf(name);
    const wanted = list.match(VALUES);
    const round = at === undefined ? data.eot : Number(at);
    const says = `${name}(${wanted.join(", ")})`;
    if (relation < 0) return { mistake: `the program has no relation '${name}'` };
    const columns = data.arities[relation];
    if (wanted.length !== columns) return { mistake: `'${name}' has ${counted(columns, "column")}, not ${wanted.length}` };
    if (round < 1 || round > data.eot) return { mistake: `the run has ${counted(data.eot, "round")}` };
    if (data.stated.includes(relation)) return { mistake: `'${name}' is no rule's: the world states it, as the faults say` };
    const isWanted = (value, place) => wanted[place] === "_" || wanted[place] === value;
    const fits = data.rows.map(([other], row) => other === relation && this.columns(row).every(isWanted));
    const [tuples, rounds] = [[], new Set()];
    for (let tuple = 0; 3 * tuple < data.tuples.length; tuple++) {
      if (!fits[this.row(tuple)]) continue;
      rounds.add(this.round(tuple));
      if (this.round(tuple) === round) tuples.push(tuple);
    }
    return { relation, says, round, tuples, rounds: [...rounds].sort((a, b) => a - b) };
  }
}

/** Why rows are absent in one run. `faults` and `ways` make the run. */
class LabReasons {
  constructor(instances, circuit, faults, ways) {
    [this.instances, this.circuit, this.data, this.faults] = [instances, circuit, circuit.data, faults];
    instances.load();
    this.values = circuit.values(faults, ways);
    this.calm = circuit.values([], ways);
    const isChoice = ({ input }) => input !== null;
    this.certain = new Set(this.data.inputs.map(({ ways: all }, number) => all[ways[number]]).filter(isChoice).map(({ input }) => input));
    this.choices = new Map(this.data.inputs.flatMap(({ ways: all }) => all.filter(isChoice).map(({ input, text }) => [input, text])));
    this.lacking = new Map();
    this.distance = new Map();
  }

  isTrue(edge) { return isTrue(this.values, edge); }
  holds(tuple) { return this.isTrue(this.instances.edge(tuple)); }
  isDue(tuple) { return this.holds(tuple) !== isTrue(this.calm, this.instances.edge(tuple)); }
  rules(tuple) { return this.instances.byHead.get(tuple) ?? []; }

  /** The faults that make an edge what it is: each of them alone, or all together. */
  deciding(edge) {
    const below = new Set(this.instances.inputs(this.circuit, edge));
    const candidates = this.faults.filter((fault) => below.has(this.data.faults[fault].input));
    const single = candidates.filter((fault) => this.valueUnder(edge, this.data.faults[fault].input) === this.isTrue(edge));
    return { faults: single.length ? single : candidates, isAny: single.length > 1 };
  }

  /** What an edge is where `input` is the only fault. */
  valueUnder(edge, input, known = new Map()) {
    const gate = edge >> 1;
    if (!known.has(gate)) {
      const { isInput, inputAt, starts, children } = this.circuit;
      let value = true;
      if (isInput[gate]) value = inputAt.get(gate) === input || this.certain.has(inputAt.get(gate));
      else for (let n = starts[gate]; value && n < starts[gate + 1]; n++) value = this.valueUnder(children[n], input, known);
      known.set(gate, value);
    }
    return known.get(gate) !== ((edge & 1) === 1);
  }

  /** What an instance lacks; each lack leads to rows, or to faults, or ends. */
  lacks(instance) {
    const found = [];
    for (const tuple of instance.premises) {
      if (!this.holds(tuple)) found.push(tuple === instance.head ? { kind: "itself" } : { kind: "row", rows: [tuple] });
    }
    for (const tuple of instance.excluded) if (this.holds(tuple)) found.push({ kind: "row", rows: [tuple] });
    for (const edge of instance.world) if (!this.isTrue(edge)) found.push(this.worldLack(edge));
    for (const count of instance.counts) {
      const number = count.ways.filter((edge) => this.isTrue(edge)).length;
      const rows = count.tuples.filter((tuple) => this.isDue(tuple));
      if (number !== count.number) found.push({ kind: "count", number, wanted: count.number, rows });
    }
    if (!found.length && instance.group >= 0) found.push(this.groupLack(instance));
    return found.length ? found : [{ kind: "unknown" }];
  }

  worldLack(edge) {
    if (isTrue(this.calm, edge)) return { kind: "fault", ...this.deciding(edge) };
    const choice = this.instances.inputs(this.circuit, edge).find((input) => this.choices.has(input));
    return choice === undefined ? { kind: "elsewhere" } : { kind: "choice", text: this.choices.get(choice) };
  }

  groupLack({ group, head }) {
    const other = this.instances.headsOf.get(group).find((tuple) => tuple !== head && this.holds(tuple));
    if (other !== undefined) return { kind: "instead", rows: [other] };
    return { kind: "empty", rows: this.data.why.groups[group].filter((tuple) => !this.holds(tuple)) };
  }

  /** Whether a lack would be none without the faults. */
  isDueLack(lack) { return lack.kind === "fault" || (lack.rows ?? []).some((tuple) => this.isDue(tuple)); }

  /** For each instance that could derive an absent tuple, what it lacks. */
  obstacles(tuple) {
    if (!this.lacking.has(tuple)) {
      this.lacking.set(tuple, this.rules(tuple).map((instance) => {
        const lacks = this.lacks(instance);
        return { instance, lacks, isDue: lacks.every((lack) => this.isDueLack(lack)) };
      }));
    }
    return this.lacking.get(tuple);
  }

  /** How a tuple comes about that holds: for each instance that derives it, what of that is due to faults. */
  ways(tuple) {
    const derives = ({ condition, premises }) => this.isTrue(condition) && premises.every((premise) => this.holds(premise));
    return this.rules(tuple).filter(derives).map((instance) => {
      const group = instance.group < 0 ? [] : this.data.why.groups[instance.group];
      const rows = [...instance.premises, ...instance.excluded, ...instance.counts.flatMap((count) => count.tuples), ...group];
      const enabling = instance.world.filter((edge) => !isTrue(this.calm, edge));
      return { instance, lacks: [
        ...enabling.map((edge) => ({ kind: "fault", ...this.deciding(edge) })),
        ...rows.filter((row) => this.isDue(row)).map((row) => ({ kind: "row", rows: [row] })),
      ] };
    });
  }

  /** What is told of a tuple: what stands against it, or how it comes about. */
  told(tuple) { return this.holds(tuple) ? this.ways(tuple) : this.obstacles(tuple); }

  /** Measures how far what `roots` lead to is from a fault, through what is due. */
  measure(roots) {
    const [known, pending, readers, ring] = [new Set(roots), [...roots], new Map(), []];
    const reach = (tuple, distance) => {
      if (this.distance.has(tuple)) return;
      this.distance.set(tuple, distance);
      ring.push(tuple);
    };
    for (let next = 0; next < pending.length && next < 4000; next++) {
      const tuple = pending[next];
      for (const { lacks, isDue } of this.told(tuple)) {
        if (isDue === false) continue;
        if (lacks.some((lack) => lack.kind === "fault")) reach(tuple, 0);
        for (const row of this.dueRows(lacks)) {
          enter(readers, row, tuple);
          if (!known.has(row)) pending.push(row);
          known.add(row);
        }
      }
    }
    for (let next = 0; next < ring.length; next++) {
      for (const reader of readers.get(ring[next]) ?? []) reach(reader, this.distance.get(ring[next]) + 1);
    }
  }

  /** The rows to which `lacks` lead and that are due to the faults. */
  dueRows(lacks) { return lacks.flatMap((lack) => lack.rows ?? []).filter((row) => this.isDue(row)); }

  /** How far `lacks` are from a fault. */
  nearness(lacks) {
    if (lacks.some((lack) => lack.kind === "fault")) return 0;
    return 1 + Math.min(Infinity, ...this.dueRows(lacks).map((row) => this.distance.get(row) ?? Infinity));
  }

  /** The instances told of a tuple, rule by rule, those first that only faults keep from deriving it. */
  ranked(tuple) {
    const byRule = new Map();
    for (const entry of this.told(tuple)) {
      const isElsewhere = entry.lacks.some((lack) => lack.kind === "elsewhere");
      const key = [entry.isDue === false, isElsewhere, this.nearness(entry.lacks), entry.lacks.length].map(Number);
      enter(byRule, entry.instance.rule, { ...entry, key });
    }
    for (const entries of byRule.values()) entries.sort(LabReasons.before);
    return byRule;
  }

  static before(one, other) {
    const place = one.key.findIndex((value, n) => value !== other.key[n]);
    return place < 0 ? 0 : one.key[place] - other.key[place];
  }

  /** The faults without which `root` would hold, as far as the nearest instances lead to them. */
  faultsBehind(root) {
    const [known, pending, faults] = [new Set([root]), this.isDue(root) ? [root] : [], new Set()];
    for (let next = 0; next < pending.length; next++) {
      for (const entries of this.ranked(pending[next]).values()) {
        for (const { lacks, isDue } of entries.slice(0, LabReasons.most)) {
          if (isDue === false) continue;
          for (const lack of lacks) {
            for (const fault of lack.faults ?? []) faults.add(fault);
            for (const row of this.dueRows([lack])) {
              if (!known.has(row)) pending.push(row);
              known.add(row);
            }
          }
        }
      }
    }
    return [...faults].sort((a, b) => a - b);
  }
}

/** The largest number of instances of a rule that are told. */
LabReasons.most = 3;
