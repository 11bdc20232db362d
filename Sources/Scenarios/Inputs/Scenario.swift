/// The facts that are chosen in one run, ascending. Of an open fact that is not among them nothing is placed.
public struct Inputs: Hashable, Sendable {
  /// The chosen facts, each with its round.
  public let facts: [TimedFact]

  /// The given facts, in any order.
  public init(_ facts: [TimedFact]) { self.facts = Set(facts).sorted() }

  /// Nothing is chosen.
  public static let none = Inputs([])

  /// Whether `fact` is chosen.
  public func contains(_ fact: TimedFact) -> Bool { facts.contains(fact) }
}

/// Everything on which the runs of a program in one setting depend: what goes wrong, and what is chosen.
public struct Scenario: Hashable, Sendable {
  /// What goes wrong.
  public let faults: FaultSet
  /// What is chosen.
  public let inputs: Inputs

  /// `faults` and `inputs`.
  public init(_ faults: FaultSet = .none, _ inputs: Inputs = .none) {
    (self.faults, self.inputs) = (faults, inputs)
  }

  /// The same inputs, with other faults.
  public func with(_ faults: FaultSet) -> Scenario { Scenario(faults, inputs) }

  /// The same inputs, with nothing that goes wrong.
  public var withoutFaults: Scenario { Scenario(.none, inputs) }
}
