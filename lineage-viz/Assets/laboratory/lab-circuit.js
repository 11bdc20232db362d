// All runs in one circuit: a gate is an AND of edges, an edge may negate, children come before parents. One pass
// over the gates gives every row, message and violation of a run. Which faults may occur together is data, too.

class LabCircuit {
  constructor(data) {
    this.data = data;
    const count = [];
    const children = [];
    this.inputs = [];
    for (let at = 0, gate = 0; at < data.gates.length; gate++) {
      const size = data.gates[at++];
      if (size < 0) this.inputs.push([gate, data.gates[at++]]);
      count.push(Math.max(size, 0));
      for (let n = 0; n < size; n++) children.push(data.gates[at++]);
    }
    this.children = Int32Array.from(children);
    this.count = Int32Array.from(count);
    this.starts = Int32Array.of(0, ...count);
    for (let gate = 0; gate < count.length; gate++) this.starts[gate + 1] += this.starts[gate];
    this.inputAt = new Map(this.inputs);
    this.isInput = new Uint8Array(count.length);
    for (const [gate] of this.inputs) this.isInput[gate] = 1;
    this.faultNumber = new Map(data.faults.map((fault, number) => [fault.text, number]));
    const used = new Set(this.inputs.map(([, input]) => input));
    this.touching = data.faults.map((_, number) => number).filter((number) => used.has(data.faults[number].input));
    this.groupsOf = data.faults.map(() => []);
    data.exclusions.forEach((group, number) => group.forEach((fault) => this.groupsOf[fault].push(number)));
  }

  get gateCount() { return this.count.length; }

  /** The values of all gates where exactly `faults` occur, and of each input the alternative in `ways` is chosen. */
  values(faults, ways) {
    const { count, children, isInput } = this;
    const chosen = new Set(faults.map((number) => this.data.faults[number].input));
    this.data.inputs.forEach((input, number) => {
      const way = input.ways[ways[number]];
      if (way.input !== null) chosen.add(way.input);
    });
    const values = new Uint8Array(count.length);
    for (const [gate, input] of this.inputs) values[gate] = chosen.has(input) ? 1 : 0;
    for (let gate = 0, at = 0; gate < count.length; gate++) {
      if (isInput[gate]) continue;
      const end = at + count[gate];
      let value = 1;
      for (let n = at; n < end; n++) {
        const edge = children[n];
        if (values[edge >> 1] === (edge & 1)) { value = 0; break; }
      }
      at = end;
      values[gate] = value;
    }
    return values;
  }

  /** The run under `faults` with the alternatives `ways`. */
  run(faults, ways) { return new LabRun(this, this.values(faults, ways)); }

  /** Whether something is violated, or ends in an error. */
  breaks(faults, ways) {
    const values = this.values(faults, ways);
    return this.data.violations.some((violation) => isTrue(values, violation[3]));
  }

  /** Why `fault` may not occur beside `faults`; null where it may. */
  refusal(faults, fault) {
    const { data } = this;
    const added = data.faults[fault];
    const kind = data.kinds[added.kind];
    const same = faults.filter((other) => data.faults[other].kind === added.kind);
    const clash = faults.find((other) => this.groupsOf[other].some((group) => this.groupsOf[fault].includes(group)));
    if (clash !== undefined) return `'${added.text}' and '${data.faults[clash].text}' exclude each other`;
    if (kind.most !== null && same.length >= kind.most) {
      return `the budget is ${kind.most} of the kind '${kind.word}'; take '${data.faults[same[0]].text}' back first`;
    }
    return null;
  }

  /** Whether `faults` are within the bounds. */
  admits(faults) { return faults.every((fault, place) => this.refusal(faults.slice(0, place), fault) === null); }

  /**
   * A proper subset of `faults` that breaks something; null where there is none; undefined where there are too many
   * to try all, and leaving out one of them does not do.
   */
  smaller(faults, ways) {
    const isWhole = faults.length <= 12 && 2 ** faults.length * this.gateCount <= 4e8;
    if (!isWhole) {
      return faults.map((fault) => faults.filter((other) => other !== fault)).find((set) => this.breaks(set, ways));
    }
    const subsets = [];
    for (let bits = 0; bits < 2 ** faults.length - 1; bits++) subsets.push(faults.filter((_, place) => bits >> place & 1));
    subsets.sort((a, b) => a.length - b.length);
    return subsets.find((set) => this.breaks(set, ways)) ?? null;
  }

  /** A breaking set that contains none of `known`; null where a bounded search finds none. */
  another(known, ways) {
    const isNew = (set) => !known.some((other) => other.every((fault) => set.includes(fault)));
    let trials = Math.min(30000, Math.floor(1e9 / this.gateCount));
    const tries = (set) => isNew(set) && this.admits(set) && trials-- > 0 && this.breaks(set, ways);
    for (const fault of this.touching) if (tries([fault])) return [fault];
    let seed = 1;
    const random = (below) => (seed = seed * 48271 % 2147483647) % below;
    while (trials > 0) {
      let set = [];
      for (let wanted = 2 + random(6); wanted > 0; wanted--) {
        const fault = this.touching[random(this.touching.length)];
        if (!set.includes(fault) && this.refusal(set, fault) === null) set.push(fault);
      }
      if (!tries(set)) { trials--; continue; }
      for (const fault of [...set]) {
        const less = set.filter((other) => other !== fault);
        if (isNew(less) && this.breaks(less, ways)) set = less;
      }
      return set.sort((a, b) => a - b);
    }
    return null;
  }
}

const isTrue = (values, edge) => values[edge >> 1] !== (edge & 1);

/** One run: what holds, what is sent and arrives, what is broken. */
class LabRun {
  constructor(circuit, values) {
    this.data = circuit.data;
    this.holdsEdge = (edge) => isTrue(values, edge);
    const { tuples } = this.data;
    this.byRound = Array.from({ length: this.data.eot + 1 }, () => new Set());
    for (let at = 0; at < tuples.length; at += 3) {
      if (this.holdsEdge(tuples[at + 2])) this.byRound[tuples[at + 1]].add(tuples[at]);
    }
    this.violations = this.data.violations.filter((violation) => this.holdsEdge(violation[3]));
    this.error = this.data.errors.find(([edge]) => this.holdsEdge(edge))?.[1] ?? null;
  }

  /** For each message that may be sent: whether it is, and the rounds in which it arrives. */
  message([, , , , condition, ...arrivals]) {
    const rounds = [];
    for (let at = 0; at < arrivals.length; at += 2) if (this.holdsEdge(arrivals[at + 1])) rounds.push(arrivals[at]);
    return { isSent: this.holdsEdge(condition), arrivals: rounds };
  }

  /** The violations that the tool would tell: of each property each row once, in the first round. */
  get told() {
    const seen = new Set();
    return this.violations.filter(([property, , , , row]) => {
      const key = `${property} ${row}`;
      return seen.has(key) ? false : seen.add(key);
    });
  }
}
