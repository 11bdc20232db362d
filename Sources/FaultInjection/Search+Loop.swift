// The published loop (SIGMOD 2015, section 4): run the program; read from the run's lineage why its outcome holds; ask
// the solver for a smallest fault set that cuts everything the outcome is known to rest on; run the program under
// that; and so on, until a run is broken or no fault set is left to try. Negated premises are taken to hold whatever
// the faults, as in the paper's sweeps, so when no candidate is left that is no proof, and is not called one.

import Dedalus
import Evaluation
import Indices
import Lineage

/// Looks for a counterexample by the published loop, one run per candidate.
///
/// The answer is a counterexample, which need not be minimum, or inconclusive, with the limit `candidates` where
/// all that lineage suggests was tried.
public func checkByLoop(_ question: Question, patience: Patience = Patience()) -> Answer {
  var search = Search(question, patience)
  return search.runLoop()
}

extension Search {
  mutating func runLoop() -> Answer {
    answer.strategy = .loop
    if let baseline = runBaseline() { tryCandidates(baseline) }
    answer.cost.total = stopwatch.elapsed
    return answer
  }

  private mutating func tryCandidates(_ baseline: Execution) {
    var support = KnownSupport(question, possible)
    support.learn(from: baseline)
    var size = 0
    while let candidate = smallestCandidate(&support, from: &size) {
      let execution = execute(candidate)
      guard judge(execution, baseline, isMinimum: false), answer.counterexamples.isEmpty else { return }
      support.learn(from: execution)
    }
    answer.limit = stopwatch.isOver ? stopwatch.reason : .candidates
  }

  /// A smallest admissible fault set that cuts the known support of some row; nil where there is none, or no patience.
  ///
  /// What is learned only excludes candidates, so that none is smaller than `size`, the size of the last.
  private mutating func smallestCandidate(_ support: inout KnownSupport, from size: inout Int) -> FaultSet? {
    let goal = support.cut()
    var model = FaultModel(support.circuit, possible, bounds: question.bounds, goals: [goal])
    guard solve(&model, .init(goals: [goal])) == .satisfiable else { return nil }
    var best = model.inputs
    while size < best.count {
      switch solve(&model, .init(goals: [goal], atMost: size)) {
      case .satisfiable: best = model.inputs
      case .unsatisfiable: size += 1
      case .unknown: return nil
      }
    }
    return FaultSet(best.map { possible.fault($0) })
  }
}

/// What each row of the outcome is known to rest on, from all runs so far.
private struct KnownSupport {
  private(set) var circuit = Circuit()
  private let question: Question
  private let possible: PossibleFaults
  /// In the order in which they were first seen.
  private var rows: [(values: [Constant], support: Edge)] = []
  private var positions: [[Constant]: Int] = [:]

  init(_ question: Question, _ possible: PossibleFaults) {
    self.question = question
    self.possible = possible
  }

  /// Under which faults nothing that is known keeps some row alive.
  mutating func cut() -> Edge { circuit.or(rows.map { !$0.support }) }

  /// Adds what `execution`, which is not broken, shows.
  mutating func learn(from execution: Execution) {
    let survival = survival(in: execution)
    for tuple in execution.tuples(of: question.outcome.post, in: question.setting.eot) {
      let values = execution.values(of: execution.store.row(of: tuple))
      let position = positions[values] ?? rows.count
      if position == rows.count {
        positions[values] = position
        rows.append((values, .never))
      }
      rows[position].support = circuit.or([rows[position].support, survival[tuple]])
    }
    excludeSupersets(of: execution.faults)
  }

  /// A row that `faults` do not break although nothing known keeps it: it holds because something else is absent, or
  /// nothing demands it any more. To a reader who ignores negation, more faults are the same again.
  private mutating func excludeSupersets(of faults: FaultSet) {
    let values = circuit.values(possible.inputs(under: faults))
    let all = circuit.and(faults.faults.compactMap { possible.input(of: $0) }.map { circuit.input($0) })
    for position in rows.indices {
      let support = rows[position].support
      if values[support.gate] == support.isNegated { rows[position].support = circuit.or([support, all]) }
    }
  }

  /// For each tuple of `execution`: under which faults one of its firings there is sure to happen again.
  ///
  /// Firings are taken in the order in which they happened. In a recursion within a round a later alternative for a
  /// premise is left out; that costs a candidate too many and never one too few.
  private mutating func survival(in execution: Execution) -> IndexedArray<TupleID, Edge> {
    var survival = IndexedArray<TupleID, Edge>(repeating: .never, count: execution.store.tupleCount)
    let firings = execution.firingsByHead()
    for tuple in execution.store.tuples where firings[tuple].isEmpty {
      let crash = execution.fault(toldBy: execution.store.row(of: tuple))
      survival[tuple] = crash.flatMap { possible.input(of: $0) }.map { circuit.input($0) } ?? .always
    }
    let senders = Dictionary(
      execution.messages.map { ($0.firing, $0) }, uniquingKeysWith: { first, _ in first })
    for firing in execution.firingIDs {
      guard let head = execution.head(of: firing) else { continue }
      var premises = execution.premises(of: firing).compactMap { premise -> Edge? in
        if case .tuple(let tuple) = premise { survival[tuple] } else { nil }
      }
      if let message = senders[firing] { premises += delivery(message) }
      if question.crashView == .failStop, let (node, round) = execution.placeAndRound(of: firing) {
        premises += alive(node, in: round)
      }
      survival[head] = circuit.or([survival[head], circuit.and(premises)])
    }
    return survival
  }

  /// What must be true for `message` to arrive.
  private mutating func delivery(_ message: Message) -> [Edge] {
    guard let sender = message.sender, sender != message.receiver else { return [] }
    let loss = possible.input(of: .omission(from: sender, to: message.receiver, message.sent))
    return alive(sender, in: message.sent) + (loss.map { [!circuit.input($0)] } ?? [])
  }

  private mutating func alive(_ node: NodeID, in round: Round) -> [Edge] {
    guard round.position >= 1 else { return [] }
    return (1...round.position).compactMap { possible.input(of: .crash(node, Round($0))) }
      .map { !circuit.input($0) }
  }
}
