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
  /// The same for every round, from round 1.
  func rows(of relation: RelationID) -> [[(row: [Constant], condition: Algebra.Truth)]]
}

/// Something that a run must keep.
public struct Property: Hashable, Sendable {
  /// What is demanded.
  public enum Form: Hashable, Sendable {
    /// In the last round, every row of the first relation is in the second.
    case finally(RelationID, RelationID)
    /// The same, of rows that the second relation has without faults: the oracle "molly".
    case finallyExpected(RelationID, RelationID)
    /// In the last round, every row that the relation has without faults is in it.
    case survival(RelationID)
    /// In every round, every row of the first relation is in the second.
    case always(RelationID, RelationID)
    /// The relation never has a row.
    case never(RelationID)
    /// The relation never has one of these rows: the question of `find`, turned round.
    case neverMatching(RelationID, RowMatch)
    /// A row of the first relation in some round is in the second in that round or one of the next ones, as
    /// many as given. Rounds from which too few are left demand nothing.
    case within(Int, RelationID, RelationID)
    /// A row of the relation in some round is there in the next round, too.
    case stable(RelationID)
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

  /// The relation whose rows demand something; nil where the rows of the run without faults do.
  public var pre: RelationID? {
    switch form {
    case .finally(let pre, _), .finallyExpected(let pre, _), .always(let pre, _), .never(let pre),
      .neverMatching(let pre, _), .within(_, let pre, _), .stable(let pre):
      pre
    case .survival: nil
    }
  }

  /// The relation that must have the rows; nil where no row must hold.
  public var post: RelationID? {
    switch form {
    case .finally(_, let post), .finallyExpected(_, let post), .always(_, let post), .within(_, _, let post),
      .survival(let post), .stable(let post):
      post
    case .never, .neverMatching: nil
    }
  }

  /// Whether it compares with the run without faults.
  public var comparesWithBaseline: Bool {
    switch form {
    case .finallyExpected, .survival: true
    case .finally, .always, .never, .neverMatching, .within, .stable: false
    }
  }

  /// The rounds in which rows of `pre` demand something, of runs up to `last`.
  public func demandingRounds(upTo last: Round) -> ClosedRange<Int>? {
    let range: (first: Int, last: Int) =
      switch form {
      case .finally, .finallyExpected, .survival: (last.position, last.position)
      case .always, .never, .neverMatching: (1, last.position)
      case .within(let slack, _, _): (1, last.position - slack)
      case .stable: (1, last.position - 1)
      }
    return range.first <= range.last ? range.first...range.last : nil
  }
}

extension Property {
  /// A violation that may happen, with the condition under which it does.
  public typealias Possible<Past: History> = (violation: Violation, condition: Past.Algebra.Truth)

  /// Every row that may break the property in some round of `history`, by rounds and then by rows, with the
  /// condition under which it does. `expected` are the rows that `post` has without faults.
  public func violations<Past: History>(
    in history: Past, expecting expected: [[Constant]], _ algebra: inout Past.Algebra
  ) -> [Possible<Past>] {
    switch form {
    case .finally(let pre, _):
      return endViolations(of: history.rows(of: pre, in: history.lastRound), in: history, &algebra)
    case .finallyExpected(let pre, _):
      let expected = Set(expected)
      let suspects = history.rows(of: pre, in: history.lastRound).filter { expected.contains($0.row) }
      return endViolations(of: suspects, in: history, &algebra)
    case .survival:
      return endViolations(of: expected.map { ($0, Past.Algebra.always) }, in: history, &algebra)
    case .always(let pre, let post):
      return lapses(of: pre, without: post, after: 0...0, in: history, &algebra)
    case .within(let slack, let pre, let post):
      return lapses(of: pre, without: post, after: 0...slack, in: history, &algebra)
    case .stable(let relation):
      return lapses(of: relation, without: relation, after: 1...1, in: history, &algebra)
    case .never(let relation):
      let rounds = history.rows(of: relation)
      return rounds.indices.flatMap { place in
        rounds[place].map { (Violation(property: name, round: Round(place + 1), row: $0.row), $0.condition) }
      }
    case .neverMatching(let relation, let match):
      let rounds = history.rows(of: relation)
      return rounds.indices.flatMap { place in
        rounds[place].filter { match.matches($0.row, in: Round(place + 1)) }.map {
          (Violation(property: name, round: Round(place + 1), row: $0.row), $0.condition)
        }
      }
    }
  }

  /// The violations by `suspects`, which demand a row of `post` in the last round.
  private func endViolations<Past: History>(
    of suspects: [(row: [Constant], condition: Past.Algebra.Truth)], in history: Past,
    _ algebra: inout Past.Algebra
  ) -> [Possible<Past>] {
    guard let post, !suspects.isEmpty else { return [] }
    assert(
      zip(suspects, suspects.dropFirst()).allSatisfy { $0.row.lexicographicallyPrecedes($1.row) },
      "rows are sorted, each there once")
    let round = history.lastRound
    let never = Past.Algebra.not(Past.Algebra.always)
    // Both lists are sorted, so one pass finds the partners.
    var kept = history.rows(of: post, in: round)[...]
    return suspects.map { row, condition in
      kept = kept.drop { $0.row.lexicographicallyPrecedes(row) }
      let isMissing = Past.Algebra.not(kept.first.flatMap { $0.row == row ? $0.condition : nil } ?? never)
      return (Violation(property: name, round: round, row: row), algebra.all([condition, isMissing]))
    }
  }

  /// The violations by rows of `pre` that are in `post` in none of the rounds which lie so many rounds later.
  private func lapses<Past: History>(
    of pre: RelationID, without post: RelationID, after later: ClosedRange<Int>, in history: Past,
    _ algebra: inout Past.Algebra
  ) -> [Possible<Past>] {
    guard let rounds = demandingRounds(upTo: history.lastRound) else { return [] }
    let suspects = history.rows(of: pre)
    assert(suspects.count >= rounds.upperBound, "a history has rows, or none, for each of its rounds")
    let kept = history.rows(of: post).map { rows in
      Dictionary(rows.map { ($0.row, $0.condition) }, uniquingKeysWith: { first, _ in first })
    }
    var found: [Possible<Past>] = []
    for round in rounds {
      for (row, condition) in suspects[round - 1] {
        let missing = later.compactMap { kept[round - 1 + $0][row].map(Past.Algebra.not) }
        found.append(
          (
            Violation(property: name, round: Round(round), row: row), algebra.all([condition] + missing)
          ))
      }
    }
    return found
  }

  /// Under which condition the property demands anything at all.
  public func demand<Past: History>(in history: Past, _ algebra: inout Past.Algebra) -> Past.Algebra.Truth {
    guard let pre else { return Past.Algebra.always }
    guard let rounds = demandingRounds(upTo: history.lastRound) else {
      return Past.Algebra.not(Past.Algebra.always)
    }
    let conditions =
      rounds.count == 1
      ? history.rows(of: pre, in: Round(rounds.lowerBound)).map(\.condition)
      : history.rows(of: pre)[(rounds.lowerBound - 1)...(rounds.upperBound - 1)].flatMap {
        $0.map(\.condition)
      }
    return Past.Algebra.not(algebra.all(conditions.map(Past.Algebra.not)))
  }
}

extension Property {
  /// What makes a violation one: a row that holds, and where it does not.
  public struct Evidence: Hashable, Sendable {
    /// A relation in a round.
    public struct Place: Hashable, Sendable {
      /// The relation.
      public let relation: RelationID
      /// The round.
      public let round: Round
    }

    /// Where the row holds; nil where it is demanded because it holds without faults.
    public let present: Place?
    /// Where the row does not hold.
    public let absent: [Place]
  }

  /// What makes `violation`, one of this property, a violation.
  public func evidence(for violation: Violation) -> Evidence {
    assert(violation.property == name, "a property explains its own violations")
    let round = violation.round
    let present = pre.map { Evidence.Place(relation: $0, round: round) }
    let later: ClosedRange<UInt32> =
      switch form {
      case .finally, .finallyExpected, .survival, .always, .never, .neverMatching: 0...0
      case .within(let slack, _, _): 0...UInt32(slack)
      case .stable: 1...1
      }
    let absent = post.map { post in
      later.map { Evidence.Place(relation: post, round: Round(rawValue: round.rawValue + $0)) }
    }
    return Evidence(present: present, absent: absent ?? [])
  }
}
