// The published loop (SIGMOD 2015, section 4). Run the program. Read from the run's lineage why its outcome
// holds. Ask the solver for a smallest fault set that may cut everything the outcome is known to rest on. Run
// the program under that set; and so on, until a run is broken or no fault set is left to try.
//
// Where negated premises are followed, what is known is a lower bound, so a set that is not a candidate is
// harmless. The first broken run is then the answer that the circuit gives, and when no candidate is left,
// the outcome is proved to hold. Where negated premises are ignored, neither is true, and neither is claimed.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Search

/// Looks for a counterexample by the published loop, one run per candidate; with `symmetry`, no run for a
/// candidate that is a renaming of an earlier one.
///
/// With `negation` ignored, the answer is a counterexample, which need not be minimum, or inconclusive: its
/// limit is `candidates` where everything that lineage suggests was tried. The question must pass
/// `checkLoop`.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func checkByLoop(
  _ question: Question, negation: Negation = .reach, symmetry: Bool = false, patience: Patience = Patience()
) throws(Disagreement) -> Answer {
  var search = Search(question, patience, usingSymmetry: symmetry)
  return try search.runLoop(negation)
}

extension Question {
  /// Checks that the loop, which is the published algorithm, knows everything that the question admits.
  public func checkLoop() throws(InvalidQuestion) {
    let known: Set<KindID> = [.crash, .omission]
    if let (kind, _) = bounds.budgets.given.first(where: { !known.contains($0.kind) && $0.count > 0 }) {
      throw InvalidQuestion(
        code: "bad-strategy",
        message: "the strategy 'loop' is the published algorithm, which does not know \(kind.meaning.plural)",
        fix: "leave --strategy out, or --\(kind.meaning.budget)")
    }
    guard program.choices.isEmpty else {
      throw InvalidQuestion(
        code: "bad-strategy",
        message: "the strategy 'loop' is the published algorithm, which does not know inputs that are chosen",
        fix: "leave --strategy out, or give each fact one round")
    }
    guard properties.count == 1, outcome != nil else {
      throw InvalidQuestion(
        code: "bad-strategy",
        message: "the strategy 'loop' is the published algorithm, which knows 'pre' and 'post' only",
        fix: "leave --strategy out, or ask with --property post")
    }
    if program.rules.contains(where: { !$0.counts.isEmpty }) {
      throw InvalidQuestion(
        code: "bad-strategy",
        message:
          "the strategy 'loop' is the published algorithm, which does not know 'count { … }' in bodies",
        fix: "leave --strategy out")
    }
    if crashView == .failStop, !program.durable.isEmpty {
      throw InvalidQuestion(
        code: "bad-strategy",
        message: "the strategy 'loop' is the published algorithm, which does not know durable relations of "
          + "crashed nodes", fix: "leave --strategy out, or --crash-view")
    }
  }
}

extension Search {
  mutating func runLoop(_ negation: Negation) throws(Disagreement) -> Answer {
    if let baseline = runBaseline() {
      var loop = Loop(question, compiled, possible, negation, baseline: baseline)
      if try tryCandidates(of: &loop, baseline) { try conclude(&loop, negation, baseline) }
      compareWithExhaustiveSearch(loop)
      count(loop.model, gates: loop.support.circuit.gateCount)
    }
    return answer(by: .loop(negation))
  }

  /// The state of the loop: what it has learned, and the solver that it asks.
  fileprivate struct Loop: ~Copyable {
    var support: KnownSupport
    var model: FaultModel
    /// The choices of the last candidate. No later candidate comes before it, since lessons only exclude
    /// candidates.
    var last: [ChoiceID] = []
    /// The lesson of each run, by its fault set or, with symmetry, by the first set of its class.
    var lessons: [FaultSet: (lesson: KnownSupport.Lesson, renaming: Renaming)] = [:]
    let isProof: Bool

    init(
      _ question: Question, _ compiled: CompiledProgram, _ possible: PossibleFaults, _ negation: Negation,
      baseline: Execution
    ) {
      support = KnownSupport(question, compiled, possible, negation, baseline: baseline)
      model = FaultModel(possible, bounds: question.bounds)
      isProof = negation == .reach && !question.program.mayFailToCompute
      support.add(support.lesson(of: baseline))
    }
  }

  /// Tries one candidate after the other; true where none is left and none broke the outcome.
  private mutating func tryCandidates(
    of loop: inout Loop, _ baseline: Execution
  ) throws(Disagreement) -> Bool {
    guard learnFromEarlierRuns(&loop, baseline) else { return false }
    while let candidate = try nextCandidate(of: &loop, where: loop.support.doubt()) {
      if loop.isProof { draft.harmlessUpTo = candidate.count - 1 }
      compareWithExhaustiveSearch(loop)
      if learnFromRenaming(of: candidate, &loop) { continue }
      guard let execution = tryScenario(Scenario(candidate), baseline, isMinimum: loop.isProof),
        draft.decision == nil
      else { return false }
      learn(from: execution, &loop)
    }
    return draft.limit == nil
  }

  /// Records the number of runs of an exhaustive search, once the loop has made more runs or solver calls
  /// than that.
  private mutating func compareWithExhaustiveSearch(_ loop: borrowing Loop) {
    let work = max(draft.cost[.executions], loop.model.statistics.calls)
    guard work > patience.fewSolverCalls, let runs = question.bounds.exhaustiveRuns, work > runs else {
      return
    }
    draft.exhaustiveRuns = runs
    progress.exhaustiveRuns = runs
  }

  /// The first, in canonical order, of the smallest admissible fault sets for which `goal` is true; nil where
  /// there is none, or patience ends.
  private mutating func nextCandidate(
    of loop: inout Loop, where goal: Edge
  ) throws(Disagreement) -> FaultSet? {
    loop.model.read(loop.support.circuit)
    var call = FaultModel.Call(goals: [goal], atMost: loop.last.count)
    if solve(&loop.model, call) != .satisfiable {
      call.atMost = nil
      switch try prove(&loop.model, call) {
      case .satisfiable: break
      case .unsatisfiable: return nil
      case .unknown:
        stopped()
        return nil
      }
    }
    let smallest = try smallestSet(
      &loop.model, call, within: loop.model.solution, from: loop.last.count, after: loop.last)
    guard smallest.isFirst else { return nil }
    loop.last = smallest.choices
    return FaultSet(smallest.choices.map { possible.fault($0) })
  }

  /// Repeats the runs of an earlier search and learns from them, so that the first candidate is the first
  /// that the earlier search had not tried; false where one of the runs ends the search.
  private mutating func learnFromEarlierRuns(_ loop: inout Loop, _ baseline: Execution) -> Bool {
    for run in patience.earlier.runs where run.faults.count > 0 {
      guard let execution = tryScenario(run.scenario, baseline, isMinimum: loop.isProof),
        draft.decision == nil
      else { return false }
      learn(from: execution, &loop)
    }
    draft.harmlessUpTo = patience.earlier.harmlessUpTo
    return true
  }

  private mutating func learn(from execution: Execution, _ loop: inout Loop) {
    let lesson = loop.support.lesson(of: execution)
    loop.support.add(lesson)
    guard let symmetry else { return }
    let (first, renaming) = symmetry.first(of: execution.faults)
    loop.lessons[first] = (lesson, renaming)
  }

  /// Learns about `candidate` from an earlier run under a renaming of it; false where there was none.
  private mutating func learnFromRenaming(of candidate: FaultSet, _ loop: inout Loop) -> Bool {
    guard let symmetry else { return false }
    let (first, renaming) = symmetry.first(of: candidate)
    guard let (lesson, known) = loop.lessons[first] else { return false }
    loop.support.add(loop.support.renamed(lesson, by: renaming.inverse.after(known)))
    draft.cost[.skipped] += 1
    return true
  }

  /// Decides what follows when no candidate is left.
  private mutating func conclude(
    _ loop: inout Loop, _ negation: Negation, _ baseline: Execution
  ) throws(Disagreement) {
    guard loop.isProof else {
      draft.limit = negation == .reach ? .arithmetic : .candidates
      return
    }
    guard let isVacuous = try isVacuous(&loop, baseline) else { return }
    draft.decision = .holds(vacuous: isVacuous ? question.judgedProperties.map(\.name) : [])
  }

  /// Whether no run has a row in `pre`; nil where a limit is reached before that is known.
  private mutating func isVacuous(
    _ loop: inout Loop, _ baseline: Execution
  ) throws(Disagreement) -> Bool? {
    if !question.demandingProperties(in: baseline).isEmpty { return false }
    loop.last = []
    while let candidate = try nextCandidate(of: &loop, where: loop.support.doubtOfVacuity) {
      guard let execution = tryScenario(Scenario(candidate), baseline, isMinimum: true) else { return nil }
      if !question.demandingProperties(in: execution).isEmpty { return false }
      learn(from: execution, &loop)
    }
    return draft.limit == nil ? true : nil
  }
}
