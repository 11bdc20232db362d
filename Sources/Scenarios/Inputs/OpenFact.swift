// The inputs of a program are facts of which it leaves open in which round they are placed, as in
// `p("a", 1)@{2..5};`, or whether they are at all, as in `maybe p("a", 1)@3;`. A search chooses them beside
// the faults; unlike faults they cost nothing.

import Dedalus
import Texts

/// A fact whose round is chosen.
public struct OpenFact: Hashable, Sendable {
  /// The fact.
  public let fact: NamedFact
  /// The rounds among which the program lets choose.
  public let rounds: ClosedRange<Int>
  /// Whether it may also be left out.
  public let isOptional: Bool

  /// `fact` in one of `rounds` or, where it is optional, in none.
  public init(_ fact: NamedFact, in rounds: ClosedRange<Int>, isOptional: Bool) {
    assert(rounds.lowerBound >= 1, "the first round is 1")
    (self.fact, self.rounds, self.isOptional) = (fact, rounds, isOptional)
  }

  /// The rounds in which a run of `eot` rounds can place it, in order; nil stands for none. There is always
  /// one alternative: a fact whose rounds all lie after the last one is not placed.
  public func alternatives(upTo eot: Int) -> [Round?] {
    let last = min(rounds.upperBound, eot)
    let possible: [Round?] =
      rounds.lowerBound <= last ? (rounds.lowerBound...last).map { Round(named: $0) } : []
    return isOptional || possible.isEmpty ? [nil] + possible : possible
  }
}

extension OpenFact {
  /// What `statement` of `program` leaves open.
  public init(_ statement: ChoiceStatement, of program: Program) {
    self.init(
      NamedFact(Text(program.relations[statement.relation].name), statement.values), in: statement.rounds,
      isOptional: statement.isOptional)
  }
}

extension Program {
  /// The facts whose rounds are chosen, in the order of the program.
  public var openFacts: [OpenFact] { choices.map { OpenFact($0, of: self) } }
}
