// How the solver is asked. There are three kinds of questions: whether there is a fault set, which is the
// smallest, and which of the smallest comes first. Where the solver finds no set, its proof is checked before
// the answer counts. Every question may end without an answer, because patience ends; what was found out
// until then stays true.

import Lineage
import Satisfiability
import Scenarios

/// A fault set with inputs, and what is known about smaller ones.
package struct SmallestSet {
  package let choices: [ChoiceID]
  /// The first inputs with which the faults make the goal true; where patience has ended, some such inputs.
  let inputs: Inputs
  /// Whether no smaller fault set makes the goal true.
  let isMinimum: Bool
  /// Whether it is the first of its size in canonical order.
  package let isFirst: Bool
  /// No set with at most this many faults makes the goal true; nil when nothing was proved.
  let harmlessUpTo: Int?

  /// The faults and inputs.
  func scenario(_ possible: PossibleFaults) -> Scenario {
    Scenario(FaultSet(choices.map { possible.fault($0) }), inputs)
  }
}

extension Search {
  /// Searches for an admissible fault set that makes `goal` true.
  ///
  /// Most questions are easy when asked about all sets at once. For a hard question the search also asks
  /// about the sets of one fault, of two faults and so on, each for as long as the search has taken so far.
  /// So something is known whenever patience ends, and `draft.harmlessUpTo` says what. The time is counted
  /// in propagations, so the result does not depend on the speed of the machine.
  mutating func seek(_ goal: Edge, in model: inout FaultModel) throws(Disagreement) -> Solver.Answer {
    var call = FaultModel.Call(goals: [goal])
    var propagations = patience.easyPropagations
    while true {
      call.atMost = nil
      let onAll = try prove(&model, call, propagations: propagations)
      if onAll != .unknown || isOver { return onAll }
      let size = (draft.harmlessUpTo ?? 0) + 1
      call.atMost = size
      let onSmall = try prove(&model, call)
      guard onSmall == .unsatisfiable else { return onSmall }
      draft.harmlessUpTo = size
      propagations = model.statistics.propagations
    }
  }

  /// The first of the smallest sets for `call`. `found` is some set for it. No set has fewer than `size`
  /// faults, and no set of `size` faults comes before `previous`.
  ///
  /// When patience ends, the smallest set found so far.
  package mutating func smallestSet(
    _ model: inout FaultModel, _ call: FaultModel.Call, within found: FaultModel.Solution,
    from size: Int = 0, after previous: [ChoiceID] = []
  ) throws(Disagreement) -> SmallestSet {
    var best = found
    var size = size
    var call = call
    var harmless: Int?
    while size < best.choices.count {
      call.atMost = size
      switch try prove(&model, call) {
      case .unknown:
        stopped()
        return SmallestSet(
          choices: best.choices, inputs: possible.inputs.inputs(best.places), isMinimum: false,
          isFirst: false, harmlessUpTo: harmless)
      case .satisfiable: best = model.solution
      case .unsatisfiable:
        harmless = size
        size += 1
      }
    }
    let isFirst =
      findFirst(&model, call, &best, after: best.choices.count == previous.count ? previous : [])
      && findFirstInputs(&model, call, &best)
    return SmallestSet(
      choices: best.choices, inputs: possible.inputs.inputs(best.places), isMinimum: true, isFirst: isFirst,
      harmlessUpTo: harmless)
  }

  /// Replaces the inputs of `best`, a solution of `call`, with the first that solve it with the same faults;
  /// false where patience ends first.
  ///
  /// For each open fact in turn: ask for inputs with the same alternatives before it, and each of its own in
  /// order, until there are some.
  private mutating func findFirstInputs(
    _ model: inout FaultModel, _ call: FaultModel.Call, _ best: inout FaultModel.Solution
  ) -> Bool {
    var call = call
    (call.including, call.atMost) = (best.choices, best.choices.count)
    for position in best.places.indices {
      for place in 0..<best.places[position] {
        call.places[position] = place
        let answer = solve(&model, call)
        if answer == .unknown {
          stopped()
          return false
        }
        if answer == .satisfiable {
          best = model.solution
          break
        }
      }
      call.places[position] = best.places[position]
    }
    return true
  }

  /// The first inputs with which exactly `faults` make the goals of `call` true; nil where no inputs do, or
  /// patience ends.
  mutating func inputs(
    _ model: inout FaultModel, _ call: FaultModel.Call, for faults: FaultSet
  ) -> Inputs? {
    let choices = faults.faults.compactMap { possible.choice(of: $0) }
    // On a fault without a variable no goal depends.
    guard choices.count == faults.count, choices.allSatisfy({ model.hasVariable($0) }) else { return nil }
    var call = call
    (call.including, call.atMost) = (choices, choices.count)
    guard solve(&model, call) == .satisfiable else { return nil }
    var found = model.solution
    return findFirstInputs(&model, call, &found) ? possible.inputs.inputs(found.places) : nil
  }

  /// Replaces `best`, one of the smallest sets for `call`, with the first of them in canonical order; false
  /// where patience ends first. No set comes before `previous`, unless that is empty.
  ///
  /// For each position in turn: ask for a set with the same faults before it and an earlier fault there,
  /// until there is none.
  private mutating func findFirst(
    _ model: inout FaultModel, _ call: FaultModel.Call, _ best: inout FaultModel.Solution,
    after previous: [ChoiceID]
  ) -> Bool {
    var call = call
    call.atMost = best.choices.count
    assert(
      zip(best.choices, best.choices.dropFirst()).allSatisfy { $0 < $1 }, "a set of choices ascends")
    for position in best.choices.indices {
      call.including = Array(best.choices[..<position])
      let isAtPrevious = previous.starts(with: best.choices[..<position])
      let first =
        isAtPrevious && !previous.isEmpty
        ? previous[position] : call.including.last.map { ChoiceID($0.position + 1) } ?? ChoiceID(0)
      asking: while true {
        call.oneOf = model.choices(from: first, below: best.choices[position])
        if call.oneOf.isEmpty { break }
        switch solve(&model, call) {
        case .satisfiable:
          assert(
            model.choices.lexicographicallyPrecedes(best.choices),
            "each set found comes before the last one")
          best = model.solution
        case .unsatisfiable: break asking
        case .unknown:
          stopped()
          return false
        }
      }
    }
    return true
  }

  /// Asks for a set for `call`. Answers that there is none only after the checker has accepted the proof;
  /// answers `unknown` where patience, or the allowed number of `propagations`, ends first.
  package mutating func prove(
    _ model: inout FaultModel, _ call: FaultModel.Call, propagations: Int? = nil
  ) throws(Disagreement) -> Solver.Answer {
    let answer = solve(&model, call, propagations: propagations)
    guard answer == .unsatisfiable else { return answer }
    return try checkProof(model) ? .unsatisfiable : .unknown
  }

  /// Asks for a set for `call`, without a check of the proof. So an answer that there is none must not be
  /// reported.
  package mutating func solve(
    _ model: inout FaultModel, _ call: FaultModel.Call, propagations: Int? = nil
  ) -> Solver.Answer {
    let start = stopwatch.elapsed
    defer { draft.cost[.solving] += stopwatch.elapsed - start }
    progress.phase = .solving
    progress.budget = call.atMost
    progress.runs = draft.cost[.executions]
    let limits = Limits(propagations: propagations) { [stopwatch, progress] statistics in
      var progress = progress
      progress.conflicts = statistics.conflicts
      return stopwatch.mustStop(at: progress)
    }
    defer { progress.conflicts = model.statistics.conflicts }
    return model.solve(call, limits: limits)
  }

  /// Whether the checker accepts the proof of the last answer; false where patience ends first.
  private mutating func checkProof(_ model: borrowing FaultModel) throws(Disagreement) -> Bool {
    let start = stopwatch.elapsed
    defer { draft.cost[.checking] += stopwatch.elapsed - start }
    progress.phase = .checking
    do throws(RejectedProof) {
      let steps = try model.checkRefutation { [stopwatch, progress] in stopwatch.mustStop(at: progress) }
      guard let steps else { return false }
      draft.cost[.proofSteps] += steps
      draft.cost[.proofs] += 1
    } catch {
      throw Disagreement(question: question, scenario: Scenario(), description: error.description)
    }
    return true
  }
}
