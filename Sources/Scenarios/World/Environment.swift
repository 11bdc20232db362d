// A rule depends on the world through a few questions: does a node act in a round, in which rounds does a
// message arrive, may a fact be placed, does a row stay at a node that does not act, and what does the world
// state by itself. For one run the answers are true or false; for all runs at once they are gates of a
// circuit. Both use one implementation, `World`, which derives the answers from the effects that the kinds of
// faults declare; the reference evaluator has its own implementation.
//
// An answer is a list of conditions, all of which must hold. The caller joins them with its own conditions,
// so that no gate is made for a conjunction that only occurs inside another.

import Indices

/// What conditions are made of: truth values or gates.
public protocol TruthAlgebra {
  /// Whether something holds, in one run or in each of all runs.
  associatedtype Truth: Hashable, Sendable
  /// The condition that always holds.
  static var always: Truth { get }
  /// Whether the fault of `choice` occurs.
  mutating func truth(of choice: ChoiceID) -> Truth
  /// Whether all of `truths` hold.
  mutating func all(_ truths: [Truth]) -> Truth
  /// The negation of `truth`.
  static func not(_ truth: Truth) -> Truth
}

/// One run: conditions are truth values, and every fault of its scenario occurs.
public struct OneRun: TruthAlgebra, Sendable {
  /// The only value of this type.
  @inlinable public init() {}
  /// The condition that always holds: true.
  @inlinable public static var always: Bool { true }
  /// True: the only choices of a run are the faults of its scenario.
  @inlinable public func truth(of choice: ChoiceID) -> Bool { true }
  /// The conjunction of `truths`.
  @inlinable public func all(_ truths: [Bool]) -> Bool { truths.allSatisfy { $0 } }
  /// The negation of `truth`.
  @inlinable public static func not(_ truth: Bool) -> Bool { !truth }
}

/// A fault that changes the messages of a link in a round.
public struct LinkFault: Hashable, Sendable {
  /// What happens to the messages.
  public let transmission: Transmission
  /// By how many rounds they, or their copies, come late.
  public let late: Int
  /// The choice on which it depends.
  public let choice: ChoiceID

  /// `transmission` under `choice`.
  @inlinable
  public init(_ transmission: Transmission, late: Int, _ choice: ChoiceID) {
    self.transmission = transmission
    self.late = late
    self.choice = choice
  }
}

/// The faults of one run, or the possible faults of all runs.
public protocol FaultSource: Sendable {
  /// Calls `body` for every fault whose subject has the given form, in canonical order.
  func eachFault(striking form: Fault.Subject.Form, _ body: (Fault, ChoiceID) -> Void)
  /// Calls `body` for every fault that strikes `link` in `round`.
  func eachFault(on link: Link, in round: Round, _ body: (LinkFault) -> Void)
  /// The largest number of rounds by which a message comes late.
  var mostLate: Int { get }
}

/// What one run, or all runs, can ask about the world.
public protocol Environment<Algebra> {
  associatedtype Algebra: TruthAlgebra
  /// Adds to `conditions` what must hold for rules at `node` to fire in `round`.
  func addConditions(
    ofActing node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra)
  /// Adds to `conditions` what must hold for a message on `link`, sent in `round`, not to be lost on its way.
  /// Messages of a node to itself are never lost on their way.
  func addConditions(
    ofSendingOn link: Link, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra)
  /// Adds to `conditions` what must hold for a message on `link`, sent in `round` and not lost on its way, to
  /// arrive `late` rounds late; 0 stands for the next round. False where it cannot.
  func addConditions(
    ofArrivalOn link: Link, sentIn round: Round, late: Int, to conditions: inout [Algebra.Truth],
    _ algebra: inout Algebra
  ) -> Bool
  /// Adds to `conditions` what must hold for a message to find `node` in `round`.
  func addConditions(
    ofReaching node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra)
  /// Adds to `conditions` what must hold for a fact of `round` to be placed at `node`, where its relation
  /// persists as `persistence` says.
  func addConditions(
    ofPlacingAt node: NodeID, _ persistence: Persistence, in round: Round,
    to conditions: inout [Algebra.Truth], _ algebra: inout Algebra)
  /// Whether a row that came into `round` at `node` stays for the next round, although the node does not act;
  /// nil where it never does.
  func staying(
    _ persistence: Persistence, at node: NodeID, in round: Round, _ algebra: inout Algebra
  ) -> Algebra.Truth?
  /// The facts that the world states by itself in every round, each with the choice on which it depends.
  var statements: [(statement: StatedFact, choice: ChoiceID)] { get }
}
