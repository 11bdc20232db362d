// What a search counts and measures is listed here, and nowhere else. Text, JSON, store and page go through
// the list, so a new entry is in all of them, or does not compile.

import Texts

/// Counters and times of one search.
public struct Cost: Sendable {
  private var counts: [Counter: Int] = [:]
  private var times: [Phase: Double] = [:]

  /// Nothing has been counted yet.
  public init() {}

  /// The value of `counter`.
  public subscript(counter: Counter) -> Int {
    get { counts[counter, default: 0] }
    set {
      assert(newValue >= 0, "nothing is counted down below zero")
      counts[counter] = newValue
    }
  }

  /// The wall-clock seconds of `phase`.
  public subscript(phase: Phase) -> Double {
    get { times[phase, default: 0] }
    set {
      assert(newValue >= 0, "no time is negative")
      times[phase] = newValue
    }
  }

  /// Adds what `other`, the cost of a later search with the same solver, has beyond `common`.
  package mutating func add(_ other: Cost, without common: Cost) {
    for counter in Counter.allCases {
      assert(counter.isSize || other[counter] >= common[counter], "what both have in common is part of each")
      self[counter] = counter.isSize ? other[counter] : self[counter] + other[counter] - common[counter]
    }
    for phase in Phase.allCases { self[phase] += other[phase] - common[phase] }
  }

  /// The value of `counter` with its unit: `1 gate`, `2 gates`.
  public func words(_ counter: Counter) -> String { counted(self[counter], counter.unit) }

  /// What a search counts.
  public enum Counter: String, Hashable, Sendable, CaseIterable {
    case executions, skipped
    case tuples, instances, gates, faultVariables
    case variables, clauses
    case conflicts, decisions, propagations, solverCalls
    case proofs, proofSteps
  }

  /// The parts of a search whose time is measured.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    case total, grounding, solving, checking, confirming
  }
}

extension Cost.Counter {
  /// The word for one of what is counted.
  public var unit: String {
    switch self {
    case .executions: "run"
    case .skipped: "fault set"
    case .tuples: "tuple"
    case .instances: "rule instance"
    case .gates: "gate"
    case .faultVariables: "fault variable"
    case .variables: "variable"
    case .clauses: "clause"
    case .conflicts: "conflict"
    case .decisions: "decision"
    case .propagations: "propagation"
    case .solverCalls: "call"
    case .proofs: "proof"
    case .proofSteps: "step"
    }
  }

  /// Whether it is the size of something that later searches may go on using.
  fileprivate var isSize: Bool {
    switch self {
    case .tuples, .instances, .gates, .faultVariables, .variables, .clauses: true
    case .executions, .skipped, .conflicts, .decisions, .propagations, .solverCalls, .proofs, .proofSteps:
      false
    }
  }

  /// What is counted, as a phrase.
  public var help: String {
    switch self {
    case .executions: "concrete runs, the one without faults included"
    case .skipped: "fault sets that were not tried because a renaming of them was"
    case .tuples: "tuples that hold in some run, each in a round"
    case .instances: "rules with values for their variables, grounded for the circuit"
    case .gates: "gates of the circuit of all runs"
    case .faultVariables: "faults that are inputs of the circuit"
    case .variables: "variables of the formula that the solver was given"
    case .clauses: "clauses of that formula"
    case .conflicts: "contradictions that the solver met, and learned from"
    case .decisions: "values that the solver guessed"
    case .propagations: "values that followed from others"
    case .solverCalls: "questions to the solver"
    case .proofs: "proofs that the checker has accepted"
    case .proofSteps: "clauses that these proofs derive"
    }
  }
}

extension Cost.Phase {
  /// What takes the time, in a word.
  public var word: String {
    switch self {
    case .total: "total"
    case .grounding: "grounding"
    case .solving: "solving"
    case .checking: "checking"
    case .confirming: "running"
    }
  }

  /// What takes the time, as a phrase.
  public var help: String {
    switch self {
    case .total: "from the first run to the answer"
    case .grounding: "building the circuit of all runs"
    case .solving: "the solver's search for fault sets"
    case .checking: "checking the solver's proofs"
    case .confirming: "concrete runs"
    }
  }
}
