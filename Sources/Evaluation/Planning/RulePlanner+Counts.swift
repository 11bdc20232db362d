// A count is joined by steps of its own. They begin with what the rest of the rule has bound, and bind only
// variables of the count.

import Dedalus
import Indices
import Scenarios

extension RulePlanner {
  /// A count is planned once the order of the conditions is known; until then it says what it needs.
  mutating func readCount(_ count: Count) {
    let result = Register(count.result)
    tables.conditions.append(.count(counts.count, result))
    tables.counts.append(CountPlan(result: result, shared: count.shared.map { Register($0) }))
    counts.append(count)
  }

  /// Plans a count, with everything bound that the rest of the rule binds. None of its conditions can fail.
  mutating func planCount(_ number: Int) {
    let count = counts[number]
    let firstPremise = number == 0 ? positives.count : tables.counts[number - 1].premises.upperBound
    let atoms = count.atoms.filter { !$0.isNegated }.map { atom in
      (atom: atom, columns: atom.columns.map { readColumn($0, negated: false) })
    }
    var bound = Set(tables.counts[number].shared)
    var pending: [Int] = []
    for comparison in count.comparisons {
      pending.append(tables.conditions.count)
      readComparison(comparison)
    }
    let firstConditions = takeConditions(from: &pending, bound: &bound)
    let absence =
      count.atoms.count == 1 && count.comparisons.isEmpty
      ? planNegative(atoms[0].atom, atoms[0].columns, bound) : nil
    var steps: [JoinStep] = []
    var left = Array(atoms.indices)
    while !left.isEmpty {
      let position = bestAtom(among: left, of: atoms, bound: bound)
      left.removeAll { $0 == position }
      let (atom, columns) = atoms[position]
      steps.append(atomStep(firstPremise + position, atom, columns, bound: &bound, pending: &pending))
    }
    precondition(pending.isEmpty, "the atoms of a count bind what its comparisons need")
    steps.append(JoinStep(source: .counted(number), conditions: 0..<0))
    let negatives = count.atoms.filter(\.isNegated).map { atom in
      planNegative(atom, atom.columns.map { readColumn($0, negated: true) }, bound)
    }
    guard
      let condition = tables.conditions.firstIndex(where: {
        if case .count(number, _) = $0 { true } else { false }
      })
    else { preconditionFailure("a count is one of the conditions") }
    tables.counts[number] = CountPlan(
      premises: firstPremise..<firstPremise + atoms.count, negatives: negatives, absence: absence,
      result: Register(count.result), shared: tables.counts[number].shared, condition: condition,
      firstConditions: firstConditions, steps: tables.add(steps: steps))
  }
}

extension CountPlan {
  /// A count of which only the registers are known.
  fileprivate init(result: Register, shared: [Register]) {
    self.init(
      premises: 0..<0, negatives: [], absence: nil, result: result, shared: shared, condition: 0,
      firstConditions: 0..<0, steps: 0..<0)
  }
}
