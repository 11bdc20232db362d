// How the solver is asked. Three kinds of questions: is there a set at all, which is the smallest, and which of the
// smallest comes first. Whatever the solver calls impossible has its proof checked before it counts, and every
// question may end without an answer, because patience does; what was found out until then stays true.

import Lineage
import Satisfiability
import Scenarios

/// A set of faults, and what is known about smaller ones.
package struct SmallestSet {
  package let choices: [ChoiceID]
  /// Whether no set of fewer faults will do.
  let isMinimum: Bool
  /// Whether it comes first, in canonical order, among those of its size.
  package let isFirst: Bool
  /// No set of so many faults or fewer will do; nil when nothing was proved.
  let harmlessUpTo: Int?
}

extension Search {
  /// Whether some admissible fault set makes `goal` true.
  ///
  /// Asked about all sets at once, most questions are easy. In one that is not, the sets of one fault, of two and so
  /// on are asked about in between, each time for as long as everything has taken so far; so that something is known
  /// whenever patience ends, and stands in `answer.harmlessUpTo`. Turns are counted in propagations, so nothing depends on
  /// how fast the machine is.
  mutating func seek(_ goal: Edge, in model: inout FaultModel) throws(Disagreement) -> Solver.Answer {
    var call = FaultModel.Call(goals: [goal])
    var propagations = patience.easyPropagations
    while true {
      call.atMost = nil
      let onAll = try prove(&model, call, propagations: propagations)
      if onAll != .unknown || isOver { return onAll }
      let size = (answer.harmlessUpTo ?? 0) + 1
      call.atMost = size
      let onSmall = try prove(&model, call)
      guard onSmall == .unsatisfiable else { return onSmall }
      answer.harmlessUpTo = size
      propagations = model.statistics.propagations
    }
  }

  /// The first of the smallest sets for `call`, of which `found` is one, though perhaps not the smallest; none has fewer
  /// than `size` faults, and none of `size` comes before `previous`.
  ///
  /// When patience ends on the way, the smallest set found so far.
  package mutating func smallestSet(
    _ model: inout FaultModel, _ call: FaultModel.Call, within found: [ChoiceID], from size: Int = 0,
    after previous: [ChoiceID] = []
  ) throws(Disagreement) -> SmallestSet {
    var best = found
    var size = size
    var call = call
    var harmless: Int?
    while size < best.count {
      call.atMost = size
      switch try prove(&model, call) {
      case .unknown:
        stopped()
        return SmallestSet(choices: best, isMinimum: false, isFirst: false, harmlessUpTo: harmless)
      case .satisfiable: best = model.choices
      case .unsatisfiable:
        harmless = size
        size += 1
      }
    }
    let isFirst = findFirst(&model, call, &best, after: best.count == previous.count ? previous : [])
    return SmallestSet(choices: best, isMinimum: true, isFirst: isFirst, harmlessUpTo: harmless)
  }

  /// Makes `best`, which is as small as sets for `call` are, the first of them in canonical order; false where patience
  /// ends before. None comes before `previous`, where that is not empty.
  ///
  /// Position by position: ask for a set with the same faults before and a smaller one here, until there is none.
  private mutating func findFirst(
    _ model: inout FaultModel, _ call: FaultModel.Call, _ best: inout [ChoiceID], after previous: [ChoiceID]
  ) -> Bool {
    var call = call
    call.atMost = best.count
    for position in best.indices {
      call.including = Array(best[..<position])
      let isAtPrevious = previous.starts(with: best[..<position])
      let first =
        isAtPrevious && !previous.isEmpty
        ? previous[position] : call.including.last.map { ChoiceID($0.position + 1) } ?? ChoiceID(0)
      asking: while true {
        call.oneOf = model.choices(from: first, below: best[position])
        if call.oneOf.isEmpty { break }
        switch solve(&model, call) {
        case .satisfiable: best = model.choices
        case .unsatisfiable: break asking
        case .unknown:
          stopped()
          return false
        }
      }
    }
    return true
  }

  /// Asks for a set for `call`. That there is none is only said with a proof that the checker has accepted; `unknown`
  /// where patience, or the number of `propagations` allowed, ends before.
  package mutating func prove(
    _ model: inout FaultModel, _ call: FaultModel.Call, propagations: Int? = nil
  ) throws(Disagreement) -> Solver.Answer {
    let answer = solve(&model, call, propagations: propagations)
    guard answer == .unsatisfiable else { return answer }
    return try checkProof(model) ? .unsatisfiable : .unknown
  }

  /// Asks for a set for `call`; that there is none may not be reported on this alone.
  package mutating func solve(
    _ model: inout FaultModel, _ call: FaultModel.Call, propagations: Int? = nil
  ) -> Solver.Answer {
    let start = stopwatch.elapsed
    defer { answer.cost.solving += stopwatch.elapsed - start }
    progress.phase = .solving
    progress.budget = call.atMost
    progress.runs = answer.cost.executions
    let limits = Limits(propagations: propagations) { [stopwatch, progress] statistics in
      var progress = progress
      progress.conflicts = statistics.conflicts
      return stopwatch.mustStop(at: progress)
    }
    defer { progress.conflicts = model.statistics.conflicts }
    return model.solve(call, limits: limits)
  }

  /// Whether the checker accepts the proof of the last answer; false where patience ends before it is through.
  private mutating func checkProof(_ model: borrowing FaultModel) throws(Disagreement) -> Bool {
    let start = stopwatch.elapsed
    defer { answer.cost.checking += stopwatch.elapsed - start }
    progress.phase = .checking
    do throws(RejectedProof) {
      let steps = try model.checkRefutation { [stopwatch, progress] in stopwatch.mustStop(at: progress) }
      guard let steps else { return false }
      answer.cost.proofSteps += steps
      answer.cost.proofs += 1
    } catch {
      throw Disagreement(question: question, faults: .none, description: error.description)
    }
    return true
  }
}
