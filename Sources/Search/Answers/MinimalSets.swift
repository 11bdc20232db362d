// What stands out in a list of minimal fault sets: a message, a link, a node or a round that is in many of them is
// where the protocol has little to spare; one that is in all of them alone decides.

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios

/// The fault sets that break the outcome and have no proper subset that does.
public struct MinimalSets: Sendable {
  /// Smallest first, in canonical order within a size; each is confirmed by a run.
  public internal(set) var elements: [BreakingSet] = []
  /// Whether it is proved that there are no others.
  public internal(set) var isComplete = false

  /// How many of the sets contain a fault.
  public var byFault: [Occurrence<Fault>] { occurrences { $0 } }
  /// In how many of the sets a message is lost on a link.
  public var byLink: [Occurrence<Link>] {
    occurrences { if case .link(let link) = $0.subject { link } else { nil } }
  }
  /// In how many of the sets a node crashes.
  public var byNode: [Occurrence<NodeID>] {
    occurrences { if case .node(let node) = $0.subject { node } else { nil } }
  }
  /// In how many of the sets something strikes in a round.
  public var byRound: [Occurrence<Round>] { occurrences(of: \.round) }

  /// In how many sets something occurs.
  public struct Occurrence<Subject: Hashable & Comparable & Sendable>: Hashable, Sendable {
    /// What occurs.
    public let subject: Subject
    /// In how many sets.
    public let count: Int
  }

  /// What occurs most comes first; among equals, in the order of the subjects.
  private func occurrences<Subject>(of subject: (Fault) -> Subject?) -> [Occurrence<Subject>] {
    var counts: [Subject: Int] = [:]
    for element in elements {
      for distinct in Set(element.faults.faults.compactMap(subject)) { counts[distinct, default: 0] += 1 }
    }
    return counts.map { Occurrence(subject: $0, count: $1) }
      .sorted { ($1.count, $0.subject) < ($0.count, $1.subject) }
  }
}

/// A fault set that breaks the outcome, without the run that shows it.
public struct BreakingSet: Hashable, Sendable {
  /// The faults.
  public let faults: FaultSet
  /// The rows that are violated in the run under these faults, sorted.
  public let violations: [Violation]
  /// How many sets it stands for, itself included: those that equal it with interchangeable nodes renamed.
  public let renamings: Int

  init(_ counterexample: Counterexample, renamings: Int = 1) {
    self.renamings = renamings
    faults = counterexample.faults
    violations = counterexample.violations
  }
}
