// What a run must keep. A property is told which rows hold in which round, and under which condition, and
// says under which condition each row breaks it. For one run conditions are truth values, for all runs they
// are gates: the rows of a violation and its gates come out of one implementation. A counterexample is
// reported only where the two agree.

import Dedalus
import Scenarios

/// Which rows hold when: one run, or all runs at once.
public protocol History<Algebra> {
  associatedtype Algebra: TruthAlgebra
  /// The rounds are 1 to this one.
  var lastRound: Round { get }
  /// The rows of `relation` in `round`, sorted, each with the condition under which it holds.
  func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Algebra.Truth)]
}

/// Something that a run must keep.
public struct Property: Hashable, Sendable {
  /// What is demanded, always in the last round.
  public enum Form: Hashable, Sendable {
    /// Every row of the first relation is in the second.
    case implication(RelationID, RelationID)
    /// The same, of rows that the second relation has without faults: the oracle "molly".
    case implicationOfExpected(RelationID, RelationID)
    /// Every row that the relation has without faults is in it.
    case survival(RelationID)
  }

  /// What it is called.
  public let name: String
  /// What it demands.
  public let form: Form

  /// A property called `name`.
  public init(name: String, form: Form) {
    self.name = name
    self.form = form
  }

  /// The relation whose rows may be missing.
  public var post: RelationID {
    switch form {
    case .implication(_, let post), .implicationOfExpected(_, let post), .survival(let post): post
    }
  }

  /// The relation whose rows demand something; nil where the rows of the run without faults do.
  public var pre: RelationID? {
    switch form {
    case .implication(let pre, _), .implicationOfExpected(let pre, _): pre
    case .survival: nil
    }
  }

  /// Whether it compares with the run without faults.
  public var comparesWithBaseline: Bool {
    if case .implication = form { false } else { true }
  }

  /// Every row that may break the property in `history`, sorted, with the condition under which it does.
  /// `expected` are the rows that `post` has without faults.
  public func violations<Past: History>(
    in history: Past, expecting expected: [[Constant]], _ algebra: inout Past.Algebra
  ) -> [(violation: Violation, condition: Past.Algebra.Truth)] {
    let round = history.lastRound
    let always = Past.Algebra.always
    var kept: [[Constant]: Past.Algebra.Truth] = [:]
    for (row, condition) in history.rows(of: post, in: round) { kept[row] = condition }
    let suspects: [(row: [Constant], condition: Past.Algebra.Truth)]
    switch form {
    case .implication(let pre, _): suspects = history.rows(of: pre, in: round)
    case .implicationOfExpected(let pre, _):
      let expected = Set(expected)
      suspects = history.rows(of: pre, in: round).filter { expected.contains($0.row) }
    case .survival: suspects = expected.map { ($0, always) }
    }
    return suspects.map { row, condition in
      let isMissing = Past.Algebra.not(kept[row] ?? Past.Algebra.not(always))
      return (Violation(property: name, round: round, row: row), algebra.all([condition, isMissing]))
    }
  }

  /// Under which condition the property demands anything at all.
  public func demand<Past: History>(in history: Past, _ algebra: inout Past.Algebra) -> Past.Algebra.Truth {
    guard let pre else { return Past.Algebra.always }
    let conditions = history.rows(of: pre, in: history.lastRound).map(\.condition)
    return Past.Algebra.not(algebra.all(conditions.map(Past.Algebra.not)))
  }
}
