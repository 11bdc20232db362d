// What decides a tuple in one run, told by what else is so in that run. Only what depends on the faults of
// the run counts; what has a constant gate is taken for granted.
//
// A tuple that holds is decided by one instance of its rules: what that rests on, and what it needs absent. A
// tuple that does not hold is decided by something against each of its instances. There may be several such
// *options*, each a list of reasons that are enough together.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Finds out what decides tuples, in the run under all faults of a grounding.
struct Decisions {
  /// That a tuple is as it is in the run, or that a fault happens.
  enum Reason: Hashable {
    case tuple(TupleID)
    case fault(Int)
  }

  /// Reasons why an instance derives its head, or does not.
  struct Option {
    /// The number of the instance among those of its head.
    let instance: Int
    let reasons: [Reason]
  }

  let record: RecordedGrounding
  private let grounding: Grounding
  /// The gates under all the faults, and under none.
  private let (bad, good): (IndexedArray<GateID, Bool>, IndexedArray<GateID, Bool>)

  init(_ record: RecordedGrounding) {
    self.record = record
    grounding = record.grounding
    bad = grounding.circuit.values(Array(repeating: true, count: record.faults.count))
    good = grounding.circuit.values(Array(repeating: false, count: record.faults.count))
  }

  /// Whether it depends on the faults whether `edge` is true.
  func isAffected(_ edge: Edge) -> Bool { edge.gate != GateID(0) }

  func isAffected(_ tuple: TupleID) -> Bool { isAffected(grounding.gate(of: tuple)) }

  func isTrue(_ edge: Edge) -> Bool { bad[edge.gate] != edge.isNegated }

  /// Whether `tuple` holds in the run.
  func holds(_ tuple: TupleID) -> Bool { isTrue(grounding.gate(of: tuple)) }

  /// Whether `tuple` holds, or does not, as it does without faults.
  func isAsWithoutFaults(_ tuple: TupleID) -> Bool {
    let gate = grounding.gate(of: tuple)
    return good[gate.gate] == bad[gate.gate]
  }

  func instances(of tuple: TupleID) -> [RuleInstance] { record.instances[tuple] ?? [] }

  /// Whether `instance` derives its head in the run.
  func derives(_ instance: RuleInstance) -> Bool {
    isTrue(instance.condition) && instance.premises.allSatisfy(holds)
  }

  /// The options that decide `tuple`, of which one in each group is needed.
  func groups(of tuple: TupleID) -> [[Option]] {
    let numbered = instances(of: tuple).enumerated().filter { !$0.element.premises.contains(tuple) }
    if holds(tuple) {
      return [
        numbered.filter { derives($0.element) }.map {
          Option(instance: $0.offset, reasons: distinct(foundations(of: $0.element, deriving: tuple)))
        }
      ]
    }
    return numbered.map { number, instance in
      obstacles(to: instance, deriving: tuple).map { Option(instance: number, reasons: distinct($0)) }
    }
  }

  // MARK: What an instance rests on

  private func foundations(of instance: RuleInstance, deriving head: TupleID) -> [Reason] {
    var reasons = affected(instance.premises) + affected(instance.excluded)
    for factor in instance.world where isAffected(factor) { reasons += faults(deciding: factor) }
    for count in instance.counts where isAffected(count.condition) {
      reasons += count.ways.flatMap(self.reasons)
    }
    if case .aggregate(let group) = instance.origin {
      for (position, aggregate) in aggregates(of: instance) {
        reasons += rows(of: record.groups[group], deciding: aggregate, at: position, of: head)
      }
    }
    return reasons
  }

  private func affected(_ tuples: [TupleID]) -> [Reason] { tuples.filter(isAffected).map { .tuple($0) } }

  /// The rows because of which `aggregate` takes the value that it has in column `position` of `head`.
  private func rows(
    of group: [TupleID], deciding aggregate: Aggregate, at position: Int, of head: TupleID
  ) -> [Reason] {
    guard aggregate == .min || aggregate == .max else { return affected(group) }
    let equal = group.filter { value($0, position) == value(head, position) && holds($0) }
    let carrier = equal.contains { !isAffected($0) } ? nil : equal.first
    let beyond = group.filter { exceeds($0, head, aggregate, position) }
    return affected(carrier.map { [$0] } ?? []) + affected(beyond)
  }

  private func exceeds(_ row: TupleID, _ head: TupleID, _ aggregate: Aggregate, _ position: Int) -> Bool {
    let (mine, its) = (value(row, position), value(head, position))
    return aggregate == .max ? mine > its : mine < its
  }

  private func value(_ tuple: TupleID, _ position: Int) -> Constant {
    grounding.constants[grounding.store.symbol(tuple, position)]
  }

  private func aggregates(of instance: RuleInstance) -> [(position: Int, aggregate: Aggregate)] {
    guard let rule = instance.rule else { return [] }
    return grounding.compiled.program.rules[rule].head.enumerated().compactMap { position, column in
      if case .aggregate(let aggregate, _) = column { (position, aggregate) } else { nil }
    }
  }

  /// Why everything within the braces of a count holds in this way, or why not.
  private func reasons(for way: RecordedCount.Way) -> [Reason] {
    guard isAffected(way.condition) else { return [] }
    if isTrue(way.condition) { return affected(way.premises) + affected(way.excluded) }
    let against =
      way.premises.filter { isAffected($0) && !holds($0) }
      + way.excluded.filter { isAffected($0) && holds($0) }
    return affected(Array(against.prefix(1)))
  }

  // MARK: What is against an instance

  private func obstacles(to instance: RuleInstance, deriving head: TupleID) -> [[Reason]] {
    var found: [[Reason]] = []
    for premise in instance.premises where isAffected(premise) && !holds(premise) {
      found.append([.tuple(premise)])
    }
    for tuple in instance.excluded where isAffected(tuple) && holds(tuple) { found.append([.tuple(tuple)]) }
    for factor in instance.world where isAffected(factor) && !isTrue(factor) {
      found.append(faults(deciding: factor))
    }
    for count in instance.counts where isAffected(count.condition) && !isTrue(count.condition) {
      found.append(reasons(against: count))
    }
    if found.isEmpty, case .aggregate(let group) = instance.origin {
      found = obstacles(toValueOf: head, group, aggregates(of: instance))
    }
    return found
  }

  /// Why a count does not come to its number: more ways hold, or too few can.
  private func reasons(against count: RecordedCount) -> [Reason] {
    let holding = count.ways.filter { isTrue($0.condition) }
    if holding.count > count.number {
      let certain = holding.count { !isAffected($0.condition) }
      let needed = max(0, Int(count.number) + 1 - certain)
      return holding.filter { isAffected($0.condition) }.prefix(needed).flatMap(reasons)
    }
    let failing = count.ways.filter { !isTrue($0.condition) }
    return failing.prefix(count.ways.count - Int(count.number) + 1).flatMap(reasons)
  }

  /// Why the aggregates of a group do not take the values of `head`: another value that they take, or its
  /// rows.
  private func obstacles(
    toValueOf head: TupleID, _ group: Int, _ aggregates: [(position: Int, aggregate: Aggregate)]
  ) -> [[Reason]] {
    let rows = record.groups[group]
    var found: [[Reason]] = []
    for (position, aggregate) in aggregates where aggregate == .min || aggregate == .max {
      for row in rows where exceeds(row, head, aggregate, position) && isAffected(row) && holds(row) {
        found.append([.tuple(row)])
      }
      let equal = rows.filter { value($0, position) == value(head, position) }
      if !equal.contains(where: holds) { found.append(affected(equal)) }
    }
    for other in record.heads[group] ?? [] where other != head && isTaken(other, by: group) {
      found.append([.tuple(other)])
    }
    return found.isEmpty ? [affected(rows)] : found
  }

  /// Whether `tuple` holds, and only as the value of this group.
  private func isTaken(_ tuple: TupleID, by group: Int) -> Bool {
    isAffected(tuple) && holds(tuple)
      && instances(of: tuple).allSatisfy { $0.origin == .aggregate(group) }
  }

  // MARK: Faults

  /// The faults because of which `edge`, a condition of the world, is as it is. More faults change such a
  /// condition in one direction only, so one that is enough by itself is enough.
  private func faults(deciding edge: Edge) -> [Reason] {
    let inputs = grounding.circuit.inputs(of: [edge])
    let single = inputs.first { isTrue(edge, whereOnly: $0) == isTrue(edge) }
    return (single.map { [$0] } ?? inputs).map { .fault($0) }
  }

  /// Whether `edge` is true where the input `only` is the only one that is.
  private func isTrue(_ edge: Edge, whereOnly only: Int) -> Bool {
    let isSet =
      switch grounding.circuit.kind(of: edge.gate) {
      case .constant: true
      case .input(let input): input == only
      case .and(let children): children.allSatisfy { isTrue(Edge(rawValue: $0), whereOnly: only) }
      }
    return isSet != edge.isNegated
  }

  private func distinct(_ reasons: [Reason]) -> [Reason] {
    var seen: Set<Reason> = []
    return reasons.filter { seen.insert($0).inserted }
  }
}
