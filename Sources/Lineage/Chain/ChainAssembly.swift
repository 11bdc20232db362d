import Dedalus
import Evaluation
import Indices
import Scenarios

/// Puts chosen options into steps.
struct ChainAssembly {
  private let choice: ChainChoice
  private let decisions: Decisions
  private let grounding: Grounding
  /// The tuples of each step, in the order of the steps.
  private var members: [[TupleID]] = []
  private var numbers: [TupleID: Int] = [:]

  init(_ choice: ChainChoice, _ decisions: Decisions, roots: [TupleID]) {
    (self.choice, self.decisions) = (choice, decisions)
    grounding = decisions.record.grounding
    gather(from: roots)
  }

  /// The number of the step that tells `tuple`; nil where none does.
  func number(of tuple: TupleID) -> Int? { numbers[tuple] }

  private mutating func gather(from roots: [TupleID]) {
    var needed: Set<TupleID> = []
    var pending = roots.filter { !isStated($0) }
    while let tuple = pending.popLast() {
      guard needed.insert(tuple).inserted, let settled = choice.settled[tuple] else { continue }
      for case .tuple(let premise) in settled.options.flatMap(\.reasons) where !isStated(premise) {
        pending.append(premise)
      }
    }
    let order = needed.map { (tuple: $0, place: place(of: $0)) }.sorted { $0.place < $1.place }.map(\.tuple)
    var sets: [Int: Int] = [:]
    for tuple in order {
      if let set = choice.settled[tuple]?.unfounded {
        if let step = sets[set] {
          numbers[tuple] = step
          members[step].append(tuple)
          continue
        }
        sets[set] = members.count
      }
      numbers[tuple] = members.count
      members.append([tuple])
    }
  }

  private func place(of tuple: TupleID) -> (Round, Int, TupleID) {
    (grounding.store.round(of: tuple), choice.settled[tuple]?.place ?? 0, tuple)
  }

  /// Whether `tuple` says that a fault happens.
  private func isStated(_ tuple: TupleID) -> Bool {
    grounding.statesFaults(grounding.store.relation(of: grounding.store.row(of: tuple)))
  }

  mutating func steps() -> [CausalChain.Step] {
    members.map { tuples in
      CausalChain.Step(
        claims: tuples.map(claim), ways: tuples.flatMap(ways),
        isAsWithoutFaults: tuples.allSatisfy(decisions.isAsWithoutFaults))
    }
  }

  private func claim(_ tuple: TupleID) -> CausalChain.Claim {
    let row = grounding.store.row(of: tuple)
    return CausalChain.Claim(
      grounding.store.relation(of: row), grounding.store.symbols(of: row).map { grounding.constants[$0] },
      in: grounding.store.round(of: tuple), holds: decisions.holds(tuple))
  }

  private func ways(of tuple: TupleID) -> [CausalChain.Way] {
    let instances = decisions.instances(of: tuple)
    var seen: Set<CausalChain.Way> = []
    return (choice.settled[tuple]?.options ?? []).map { option in
      let instance = instances[option.instance]
      let ordinary = instance.premises.filter { !decisions.isAffected($0) }
      return CausalChain.Way(
        rule: instance.rule, origin: origin(of: instance),
        reasons: option.reasons.flatMap { reasons($0, of: tuple) }, ordinary: ordinary.map(claim))
    }.filter { seen.insert($0).inserted }
  }

  private func origin(of instance: RuleInstance) -> CausalChain.Origin {
    switch instance.origin {
    case .given: .given
    case .staying: .staying
    case .match, .aggregate: .rule
    case .message(let sender, let sent): .message(from: sender, sent: sent)
    }
  }

  /// `reason` in terms of steps and faults; within an unfounded set there is none.
  private func reasons(_ reason: Decisions.Reason, of tuple: TupleID) -> [CausalChain.Reason] {
    switch reason {
    case .fault(let number): return [.fault(decisions.record.faults[number])]
    case .tuple(let premise):
      if isStated(premise) {
        let inputs = grounding.circuit.inputs(of: [grounding.gate(of: premise)])
        return inputs.map { .fault(decisions.record.faults[$0]) }
      }
      guard let step = numbers[premise], step != numbers[tuple] else { return [] }
      return [.step(step)]
    }
  }
}
