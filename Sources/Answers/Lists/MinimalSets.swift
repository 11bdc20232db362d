// What stands out in a list of minimal fault sets. A message, link, node or round that is in many of the sets
// shows where the protocol has little to spare. One that is in all of them decides the outcome by itself.

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios

/// The fault sets that break the outcome and have no proper subset that does.
public struct MinimalSets: Sendable {
  /// The sets, smallest first, in canonical order within a size; each is confirmed by a run.
  public package(set) var elements: [BreakingSet] = []
  /// Whether the list is proved to be complete.
  public package(set) var isComplete = false

  /// An empty list.
  package init() {}

  /// For each fault, the number of sets that contain it.
  public var byFault: [Occurrence<Fault>] { occurrences { $0 } }
  /// For each link, the number of sets in which a message is lost on it.
  public var byLink: [Occurrence<Link>] {
    occurrences { if case .link(let link) = $0.subject { link } else { nil } }
  }
  /// For each node, the number of sets with a fault of it.
  public var byNode: [Occurrence<NodeID>] {
    occurrences { if case .node(let node) = $0.subject { node } else { nil } }
  }
  /// For each round, the number of sets with a fault in it.
  public var byRound: [Occurrence<Round>] { occurrences(of: \.round) }

  /// How many sets contain a subject: a fault, link, node or round.
  public struct Occurrence<Subject: Hashable & Comparable & Sendable>: Hashable, Sendable {
    /// What the sets contain.
    public let subject: Subject
    /// The number of sets that contain the subject.
    public let count: Int
  }

  /// The most frequent subjects come first; equally frequent ones are in their own order.
  private func occurrences<Subject>(of subject: (Fault) -> Subject?) -> [Occurrence<Subject>] {
    var counts: [Subject: Int] = [:]
    for element in elements {
      for distinct in Set(element.faults.faults.compactMap(subject)) { counts[distinct, default: 0] += 1 }
    }
    assert(counts.values.allSatisfy { $0 <= elements.count }, "a set counts once for a subject")
    return counts.map { Occurrence(subject: $0, count: $1) }
      .sorted { ($1.count, $0.subject) < ($0.count, $1.subject) }
  }
}

/// A fault set that breaks the outcome, without the run that shows it.
public struct BreakingSet: Hashable, Sendable {
  /// The faults that break the outcome.
  public let faults: FaultSet
  /// The first inputs with which they do.
  public let inputs: Inputs
  /// The rows that are violated in the run under these faults, sorted.
  public let violations: [Violation]
  /// How many sets it stands for, itself included: those that equal it with interchangeable nodes renamed.
  public let renamings: Int
  /// What the run is recognized by; nil where only crashes and omissions are admitted.
  public let fingerprint: RunFingerprint?

  package init(_ counterexample: Counterexample, renamings: Int = 1, hasFingerprint: Bool = false) {
    assert(renamings >= 1, "a set stands for itself at least")
    self.renamings = renamings
    fingerprint = hasFingerprint ? RunFingerprint(counterexample.execution) : nil
    (faults, inputs) = (counterexample.faults, counterexample.inputs)
    violations = counterexample.violations
  }

  /// The faults and inputs.
  public var scenario: Scenario { Scenario(faults, inputs) }
}
