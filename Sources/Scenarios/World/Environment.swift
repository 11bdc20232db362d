// What a rule sees of the world is the answer to a few questions: does a node act in a round, does what is sent arrive,
// may a fact be placed, what does the world state by itself. Whoever computes one run answers with true and false;
// whoever computes all runs at once answers with gates of a circuit. Both ask one implementation, `World`, which knows
// the answers from the effects that the kinds of faults declare; the reference evaluator has a reading of its own.
//
// An answer is given as conditions, all of which must hold. Whoever asks joins them with conditions of its own, so that
// no gate is made for a conjunction that only stands inside another.

import Indices

/// What conditions are made of: truth values, or gates.
public protocol TruthAlgebra {
  /// Whether something holds, in one run or in each.
  associatedtype Truth: Hashable, Sendable
  /// What always holds.
  static var always: Truth { get }
  /// Whether `choice` is made.
  mutating func truth(of choice: ChoiceID) -> Truth
  /// Whether all of `truths` hold.
  mutating func all(_ truths: [Truth]) -> Truth
  /// The opposite.
  static func not(_ truth: Truth) -> Truth
}

/// One run: what is true is true, and every fault of its scenario is made.
public struct OneRun: TruthAlgebra, Sendable {
  /// The only one.
  @inlinable public init() {}
  /// True.
  @inlinable public static var always: Bool { true }
  /// True: a run has no other choices than those of its scenario.
  @inlinable public func truth(of choice: ChoiceID) -> Bool { true }
  /// Their conjunction.
  @inlinable public func all(_ truths: [Bool]) -> Bool { truths.allSatisfy { $0 } }
  /// Its negation.
  @inlinable public static func not(_ truth: Bool) -> Bool { !truth }
}

/// The faults that there are, or may be.
public protocol FaultSource: Sendable {
  /// Whether there is a fault that strikes a node.
  var strikesNodes: Bool { get }
  /// Every fault that strikes `node`, kind by kind, in the order of rounds.
  func eachFault(at node: NodeID, _ body: (Fault, ChoiceID) -> Void)
  /// Every fault that strikes `link` in `round`.
  func eachFault(on link: Link, in round: Round, _ body: (Fault, ChoiceID) -> Void)
}

/// All that one run, or all runs, know about the world.
public protocol Environment<Algebra> {
  associatedtype Algebra: TruthAlgebra
  /// Adds to `conditions` what must hold for rules at `node` to fire in `round`.
  func addConditions(
    ofActing node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra)
  /// Adds what must hold for a message on `link`, sent in `round`, to arrive in the next; a node's messages to itself
  /// always do.
  func addConditions(
    ofArrivalOn link: Link, sentIn round: Round, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra)
  /// Adds what must hold for a fact of `round` to be placed at `node`.
  func addConditions(
    ofPlacingAt node: NodeID, in round: Round, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra)
  /// What the world states by itself in every round, and under which choice.
  var statements: [(statement: StatedFact, choice: ChoiceID)] { get }
}
