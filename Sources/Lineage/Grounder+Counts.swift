// Over all runs a count may come to many numbers. Each way in which everything within its braces may hold has
// a gate, and the same counter as for the aggregate `count` says under which faults exactly so many of them
// hold. The match goes on with each number in turn, under the gate of that number; exactly one of these gates
// is true in a run. What is counted is closed, because a count is stratified like an aggregate.

import Dedalus
import Evaluation
import Indices

/// What a count may come to.
struct PossibleCount {
  /// The condition of each way in which everything within its braces holds.
  var ways: [Edge] = []
  /// The numbers that it may come to, each with its condition.
  var totals: [Grounder.Total] = []
  /// The condition of the number with which the match goes on.
  var chosen = Edge.always
}

extension Grounder {
  /// Whether what cancels itself out has no gate of its own.
  var foldsContradictions: Bool { recorder.map { !$0.keepsContradictions } ?? true }

  mutating func beginCount(_ number: Int) {
    while counted.count <= number { counted.append(PossibleCount()) }
    counted[number] = PossibleCount()
    recorder?.beginCount(number)
  }

  mutating func collect(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher) {
    let count = plan.counts[number]
    var conditions: [Edge] = []
    var excluded: [TupleID] = []
    for position in count.premises {
      guard let gate = gates[matcher.premises[position]] else {
        preconditionFailure("a count reads complete relations")
      }
      conditions.append(gate)
    }
    for atom in count.negatives {
      var walk = matcher.matches(of: atom, in: plan)
      while let tuple = matcher.next(&walk, of: atom, in: plan) {
        guard let gate = gates[tuple] else { preconditionFailure("a count reads complete relations") }
        conditions.append(!gate)
        if recorder != nil { excluded.append(tuple) }
        spend(1, in: matcher.round)
        if isStopped { return }
      }
    }
    spend(1, in: matcher.round)
    let condition = circuit.and(conditions)
    guard condition != .never else { return }
    counted[number].ways.append(condition)
    recorder?.counts[number].ways.append(
      RecordedCount.Way(
        premises: count.premises.map { matcher.premises[$0] }, excluded: excluded, condition: condition))
  }

  mutating func totals(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher) -> [Symbol] {
    let ways = counted[number].ways.map { (value: Symbol(rawValue: 0), gate: $0) }
    circuit.foldsContradictions = true
    let totals = totals(of: ways.map { _ in 0 }, ways, countsRows: true, in: matcher.round)
    circuit.foldsContradictions = foldsContradictions
    counted[number].totals = totals
    return totals.map { matcher.constants.intern(.integer($0.count)) }
  }

  mutating func choose(_ total: Int?, count number: Int) {
    while counted.count <= number { counted.append(PossibleCount()) }
    let chosen = total.map { counted[number].totals[$0] }
    counted[number].chosen = chosen.map(\.gate) ?? .always
    recorder?.choose(chosen, count: number)
  }
}
