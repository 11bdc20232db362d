// All minimal fault sets. A fault set is minimal when it breaks the outcome and no proper subset of it does.
// With negation in the program, a superset of a breaking set may be harmless, so removing faults one at a
// time from a solution would not do. Instead, sets are searched by ascending size, and the supersets of each
// set found are excluded. When a set is found, every smaller breaking set contains one that is listed; so the
// set found has no breaking proper subset. Inputs do not count: a set is listed once, with its first inputs.

import Answers
import Evaluation
import Lineage
import Properties
import Scenarios

/// Searches for the minimal fault sets that break the outcome: all of them, or the first `limit`.
///
/// The answer is that of `check`; for a counterexample, `minimalSets` has the list. With `symmetry`, of sets
/// that are renamings of each other, the list has only the first.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func checkAll(
  _ question: Question, atMost limit: Int = .max, symmetry: Bool = false, patience: Patience = Patience(),
  covering: Bool = false
) throws(Disagreement) -> Answer {
  precondition(limit >= 1, "a list has room for the first")
  var search = Search(question, patience, usingSymmetry: symmetry)
  search.covers = covering
  return try search.run(then: .listMinimalSets(atMost: limit))
}

extension Search {
  /// Lists the minimal sets for `goal`; the answer already has the first.
  mutating func listMinimalSets(
    _ model: inout FaultModel, for goal: Edge, _ view: CircuitView, atMost limit: Int
  ) throws(Disagreement) {
    guard var found = draft.counterexample else { return }
    draft.minimalSets = MinimalSets()
    guard draft.limit == nil else { return }
    if found.faults.count == 0 {
      // Every set contains the empty one.
      draft.minimalSets?.elements = [BreakingSet(found)]
      draft.minimalSets?.isComplete = true
      return
    }
    list(found, &model)
    for scenario in patience.earlier.listed.dropFirst() {
      found = try confirm(scenario, view, isMinimum: false)
      list(found, &model)
      stopwatch.pardon()
    }
    let call = FaultModel.Call(goals: [goal])
    while true {
      switch try prove(&model, call) {
      case .unknown: return stopped()
      case .unsatisfiable:
        draft.minimalSets?.isComplete = true
        return
      case .satisfiable: break
      }
      if draft.minimalSets?.elements.count == limit { return }
      let smallest = try smallestSet(&model, call, within: model.solution, from: found.faults.count)
      guard smallest.isFirst else { return }
      found = try confirm(smallest.scenario(possible), view, isMinimum: false)
      list(found, &model)
    }
  }

  /// Adds `found` to the list, and excludes it and its renamings from the rest of the search.
  private mutating func list(_ found: Counterexample, _ model: inout FaultModel) {
    let listed = draft.minimalSets?.elements ?? []
    assert(listed.allSatisfy { $0.faults.count <= found.faults.count }, "smaller sets are listed first")
    assert(
      listed.allSatisfy { !Set(found.faults.faults).isSuperset(of: $0.faults.faults) },
      "a minimal set contains no other")
    let same = renamings(of: found.faults)
    draft.minimalSets?.elements.append(
      BreakingSet(found, renamings: same.count, hasFingerprint: !question.bounds.isOfThePaper))
    draft.cost[.skipped] += same.count - 1
    for faults in same { model.excludeSupersets(of: faults.faults.compactMap { possible.choice(of: $0) }) }
  }

  /// The fault sets that equal `faults` after interchangeable nodes are renamed, starting with `faults`.
  private func renamings(of faults: FaultSet) -> [FaultSet] {
    guard let symmetry else { return [faults] }
    var seen: Set<FaultSet> = []
    return symmetry.renamings.map { $0.faults(faults) }.filter { seen.insert($0).inserted }
  }
}
