// The first of the smallest sets in canonical order is one answer; it is often a harsh one. Where the
// question admits faults of more kinds than crashes and omissions, a mild set of the same size is shown
// beside it: with as few crashes as possible, the first of these in canonical order, and then with each fault
// replaced by milder ones as long as the outcome stays broken.

import Answers
import Evaluation
import Lineage
import Properties
import Scenarios

extension Search {
  /// Looks for a milder set beside the counterexample that was found, which is the first of the smallest.
  mutating func seekMilder(
    _ model: inout FaultModel, for goal: Edge, _ view: CircuitView
  ) throws(Disagreement) {
    guard !question.bounds.isOfThePaper, draft.limit == nil, let found = draft.counterexample, found.minimum
    else { return }
    // What the search has found stays true where patience ends here.
    defer { draft.limit = nil }
    guard let fewest = try withFewestCrashes(&model, for: goal, like: found.faults) else { return }
    let mildest = mildest(from: fewest, &model, for: goal, view)
    guard mildest != found.faults,
      let inputs = breakingInputs(mildest, &model, for: goal, view)
    else { return }
    draft.milder = BreakingSet(try confirm(Scenario(mildest, inputs), view, isMinimum: true))
  }

  /// The first inputs with which `faults` break the outcome; nil where none do.
  private mutating func breakingInputs(
    _ faults: FaultSet, _ model: inout FaultModel, for goal: Edge, _ view: CircuitView
  ) -> Inputs? {
    if possible.inputs.isEmpty { return view.violations(under: Scenario(faults)).isEmpty ? nil : Inputs.none }
    return inputs(&model, FaultModel.Call(goals: [goal]), for: faults)
  }

  /// The first of the smallest sets with as few crashes as possible; nil where patience ends first.
  private mutating func withFewestCrashes(
    _ model: inout FaultModel, for goal: Edge, like found: FaultSet
  ) throws(Disagreement) -> FaultSet? {
    let crashes = found.faults.count { $0.kind == .crash }
    for fewer in 0..<crashes {
      var call = FaultModel.Call(goals: [goal], atMost: found.count, most: [.crash: fewer])
      switch solve(&model, call) {
      case .unsatisfiable: continue
      case .unknown: return nil
      case .satisfiable: break
      }
      call.atMost = nil
      let smallest = try smallestSet(&model, call, within: model.solution, from: found.count)
      return smallest.isFirst ? FaultSet(smallest.choices.map { possible.fault($0) }) : nil
    }
    return found
  }

  /// Replaces faults of `set` by milder ones, the first in canonical order each time, as long as the outcome
  /// stays broken.
  private mutating func mildest(
    from set: FaultSet, _ model: inout FaultModel, for goal: Edge, _ view: CircuitView
  ) -> FaultSet {
    var set = set
    let all = possible.all.map(\.fault)
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for fault in set.faults {
        let others = set.faults.filter { $0 != fault }
        guard let milder = first(in: all, replacing: fault, of: others, &model, for: goal, view) else {
          continue
        }
        set = milder
        hasChanged = true
        break
      }
    }
    return set
  }

  /// `others` with the first of `all` that is milder than `fault`, is admissible with them, and breaks the
  /// outcome; nil where there is none.
  private mutating func first(
    in all: [Fault], replacing fault: Fault, of others: [Fault], _ model: inout FaultModel,
    for goal: Edge, _ view: CircuitView
  ) -> FaultSet? {
    for candidate in all where candidate.isMilder(than: fault, question.crashView) {
      let set = FaultSet(others + [candidate])
      guard set.count > others.count, question.bounds.admits(set) else { continue }
      if breakingInputs(set, &model, for: goal, view) != nil { return set }
    }
    return nil
  }
}
