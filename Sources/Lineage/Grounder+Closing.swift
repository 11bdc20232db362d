// The gates of a complete stratum. Tuples that do not depend on themselves get the OR of their instances, in
// an order in which premises come first. Where tuples support each other, their gates are the least solution
// of their equations: starting from false, every tuple is computed from the others, sweep after sweep.
//
// The gates do not show when to stop sweeping, since equal functions may have different gates and go on
// changing. But a tuple has a derivation in which no tuple occurs twice on a branch. A sweep goes through the
// tuples so that most premises come before what they derive. A branch needs one more sweep only where it
// passes a premise that comes *after* what it derives, and it passes each of these once. So one sweep more
// than there are such premises gives the fixpoint: two for a ring of any length.

import Evaluation
import Indices
import Scenarios

extension Grounder {
  /// Computes the gates of `tuples`, which are open in `round` and depend on no other open tuple.
  mutating func close(_ tuples: [TupleID], in round: Round) {
    assert(tuples.allSatisfy { gates[$0] == nil }, "a tuple is closed once")
    guard instances.dependsOnOpen else {
      for tuple in tuples where !isStopped { gates[tuple] = disjunction(of: tuple, in: round) }
      return
    }
    let components = Components(of: tuples) { [instances] tuple in
      var premises: [TupleID] = []
      instances.forEachPremise(of: tuple) { premises.append($0) }
      return premises
    }
    for component in components.list where !isStopped {
      if component.isCyclic {
        closeCycle(component.tuples, in: round)
      } else {
        gates[component.tuples[0]] = disjunction(of: component.tuples[0], in: round)
      }
    }
  }

  /// The condition under which `tuple`, which is open, has come into `round` by the instances that it has
  /// now.
  mutating func cameIn(_ tuple: TupleID, in round: Round) -> Edge { disjunction(of: tuple, in: round) }

  private mutating func closeCycle(_ tuples: [TupleID], in round: Round) {
    var cycle = Cycle(tuples, instances)
    for tuple in tuples { gates[tuple] = .never }
    for _ in 0...cycle.latePremiseCount {
      let changesBefore = cycle.changeCount
      for (position, tuple) in tuples.enumerated() {
        spend(1, in: round)
        guard cycle.takeOutdated(position) else { continue }
        let gate = disjunction(of: tuple, in: round)
        if isStopped { return }
        if gate == gates[tuple] { continue }
        gates[tuple] = gate
        cycle.noteChange(at: position)
      }
      if cycle.changeCount == changesBefore { return }
    }
  }

  /// The OR of the instances of `tuple`, with the present gates of their premises. An instance with the tuple
  /// itself as a premise derives nothing new.
  private mutating func disjunction(of tuple: TupleID, in round: Round) -> Edge {
    terms.removeAll(keepingCapacity: true)
    var instance = instances.first(of: tuple)
    while instance != .none, !isStopped {
      let premises = instances.premises(of: instance)
      let condition = instances.condition(of: instance)
      if premises.isEmpty {
        terms.append(condition)
      } else if !premises.contains(tuple) {
        terms.append(circuit.and([condition] + premises.map { gates[$0] ?? .never }))
      }
      instance = instances.next(after: instance)
      spend(1 + premises.count, in: round)
    }
    return circuit.or(terms)
  }
}

/// The tuples of a cycle while their gates are computed, by position in the order of a sweep.
private struct Cycle {
  /// For each tuple: the tuples with an instance that has it as a premise, possibly repeated.
  private var readers: [[UInt32]]
  /// Whether a premise has changed since the tuple was last computed.
  private var isOutdated: [Bool]
  /// How many of the tuples are premises of one that comes earlier in a sweep.
  let latePremiseCount: Int
  private(set) var changeCount = 0

  init(_ tuples: [TupleID], _ instances: InstanceTable) {
    let positions = Dictionary(
      uniqueKeysWithValues: tuples.enumerated().map { ($0.element, $0.offset) })
    var readers = [[UInt32]](repeating: [], count: tuples.count)
    var isLate = [Bool](repeating: false, count: tuples.count)
    for (position, tuple) in tuples.enumerated() {
      instances.forEachPremise(of: tuple) { premise in
        guard let place = positions[premise], place != position else { return }
        if readers[place].last != UInt32(position) { readers[place].append(UInt32(position)) }
        if place > position { isLate[place] = true }
      }
    }
    self.readers = readers
    latePremiseCount = isLate.count { $0 }
    assert(latePremiseCount < max(1, tuples.count), "the first tuple of a sweep is before all others")
    isOutdated = Array(repeating: true, count: tuples.count)
  }

  /// Whether the tuple at `position` must be computed again; from here on it counts as computed.
  mutating func takeOutdated(_ position: Int) -> Bool {
    defer { isOutdated[position] = false }
    return isOutdated[position]
  }

  mutating func noteChange(at position: Int) {
    changeCount += 1
    for reader in readers[position] { isOutdated[Int(reader)] = true }
  }
}
