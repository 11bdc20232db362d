import Dedalus
import Indices
import Texts

/// A fact of a relation that the program declares as `configuration`, without its round.
public struct ConfiguredFact: Hashable, Sendable {
  /// The name of the relation.
  public let relation: Text
  /// The values, column by column.
  public let values: [Constant]

  /// The fact that `relation` has a row with `values`.
  public init(_ relation: Text, _ values: [Constant]) {
    self.relation = relation
    self.values = values
  }

  /// The fact as it is written in a program, in `round`: `p("a", 1)@3`.
  public func text(in round: Round) -> String {
    "\(relation.string)(\(values.map(\.description).joined(separator: ", ")))@\(round.rawValue)"
  }
}

extension ConfiguredFact: Comparable {
  /// Orders facts by the names of their relations, then by their values.
  public static func < (left: ConfiguredFact, right: ConfiguredFact) -> Bool {
    if left.relation != right.relation { return left.relation < right.relation }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

/// A configured fact with the round in which the program places it.
public struct TimedFact: Hashable, Comparable, Sendable {
  /// The fact.
  public let fact: ConfiguredFact
  /// The round in which it is placed.
  public let round: Round

  /// `fact`, placed in `round`.
  public init(_ fact: ConfiguredFact, in round: Round) {
    self.fact = fact
    self.round = round
  }

  /// `fact` of `program`.
  public init(_ fact: Fact, of program: Program) {
    self.init(
      ConfiguredFact(Text(program.relations[fact.relation].name), fact.values), in: Round(named: fact.round))
  }

  /// Orders facts by round, then by relation and values.
  public static func < (left: TimedFact, right: TimedFact) -> Bool {
    left.round == right.round ? left.fact < right.fact : left.round < right.round
  }
}

extension Program {
  /// The facts of all relations that are declared as `configuration`, ascending.
  public var configuredFacts: [TimedFact] {
    let configured = facts.lazy.filter { self.configuration.contains($0.relation) }
    return Set(configured.map { TimedFact($0, of: self) }).sorted()
  }
}
