import Dedalus

/// What a run must not break, after reference-faults.md, "The specification".
public enum ReferenceSpecification: Hashable, Sendable {
  /// Every row of `pre` is in `post` at the end.
  case implication(pre: RelationID, post: RelationID)
  /// Every row that `post` has without faults is in `post` at the end if it is in `pre`.
  case molly(pre: RelationID, post: RelationID)
  /// Every row that the relation has without faults is there at the end.
  case survival(of: RelationID)
  /// Every row of `pre` is in `post`, in every round.
  case always(pre: RelationID, post: RelationID)
  /// There is no row, in any round.
  case never(RelationID)
  /// There is no row with these columns, nil for any value, in this round or, where it is nil, in any.
  case neverMatching(RelationID, columns: [Constant?], round: Int?)
  /// Every row of `pre` is in `post` in its round or in one of the next `slack` rounds, where so many are
  /// left.
  case within(slack: Int, pre: RelationID, post: RelationID)
  /// Every row is there in the next round, too.
  case stable(RelationID)

  /// The specification that `program` contains: `pre` and `post`, or `post` alone; nil where it has no
  /// `post`.
  public init?(of program: Program, isMolly: Bool = false) {
    guard let post = program.relation(named: "post") else { return nil }
    guard let pre = program.relation(named: "pre") else {
      self = .survival(of: post)
      return
    }
    self = isMolly ? .molly(pre: pre, post: post) : .implication(pre: pre, post: post)
  }
}

/// A row that breaks a specification, and the round in which it does.
public struct ReferenceBreach: Hashable, Sendable {
  /// The round.
  public let round: Int
  /// The row.
  public let row: [Constant]

  /// `row` breaks a specification in `round`.
  public init(round: Int, row: [Constant]) {
    self.round = round
    self.row = row
  }
}

extension ReferenceSpecification {
  /// The rows that break the specification in `execution`, each with the first round in which it does, by
  /// rounds, then by rows. `baseline` is the run of the same program without faults.
  public func breaches(
    in execution: ReferenceExecution, baseline: ReferenceExecution, eot: Int
  ) -> [ReferenceBreach] {
    var seen: Set<[Constant]> = []
    return everyBreach(in: execution, baseline: baseline, eot: eot).filter { seen.insert($0.row).inserted }
  }

  /// The same for every round in which a row breaks the specification.
  public func everyBreach(
    in execution: ReferenceExecution, baseline: ReferenceExecution, eot: Int
  ) -> [ReferenceBreach] {
    func rows(_ relation: RelationID, _ round: Int) -> [[Constant]] {
      execution.rows(of: relation, in: round)
    }
    func at(_ round: Int, _ rows: [[Constant]]) -> [ReferenceBreach] {
      rows.map { ReferenceBreach(round: round, row: $0) }
    }
    var all: [ReferenceBreach] = []
    switch self {
    case .implication(let pre, let post):
      all = at(eot, rows(pre, eot).filter { !rows(post, eot).contains($0) })
    case .molly(let pre, let post):
      let expected = baseline.rows(of: post, in: eot).filter(rows(pre, eot).contains)
      all = at(eot, expected.filter { !rows(post, eot).contains($0) })
    case .survival(let outcome):
      all = at(eot, baseline.rows(of: outcome, in: eot).filter { !rows(outcome, eot).contains($0) })
    case .always(let pre, let post):
      for round in 1...eot { all += at(round, rows(pre, round).filter { !rows(post, round).contains($0) }) }
    case .never(let relation):
      for round in 1...eot { all += at(round, rows(relation, round)) }
    case .neverMatching(let relation, let columns, let only):
      for round in 1...eot where only.map({ $0 == round }) ?? true {
        all += at(round, rows(relation, round).filter { Self.agree($0, columns) })
      }
    case .within(let slack, let pre, let post):
      for round in 1...eot where round + slack <= eot {
        let late = rows(pre, round).filter { row in
          !(round...(round + slack)).contains { rows(post, $0).contains(row) }
        }
        all += at(round, late)
      }
    case .stable(let relation):
      for round in 1...eot where round < eot {
        all += at(round, rows(relation, round).filter { !rows(relation, round + 1).contains($0) })
      }
    }
    return all
  }

  /// Whether `row` has the values of `columns`, where they say one.
  public static func agree(_ row: [Constant], _ columns: [Constant?]) -> Bool {
    assert(row.count == columns.count, "a pattern says something of each column of its relation")
    return zip(row, columns).allSatisfy { value, column in column.map { $0 == value } ?? true }
  }

  /// The rows that break the specification in `execution`, in the order of `breaches`.
  public func violations(
    in execution: ReferenceExecution, baseline: ReferenceExecution, eot: Int
  ) -> [[Constant]] {
    breaches(in: execution, baseline: baseline, eot: eot).map(\.row)
  }

  /// Whether `execution` has a row that demands something.
  public func demands(in execution: ReferenceExecution, eot: Int) -> Bool {
    func has(_ relation: RelationID, _ rounds: Range<Int>) -> Bool {
      rounds.contains { !execution.rows(of: relation, in: $0).isEmpty }
    }
    return switch self {
    case .implication(let pre, _), .molly(let pre, _): has(pre, eot..<(eot + 1))
    case .survival: true
    case .always(let pre, _), .never(let pre), .neverMatching(let pre, _, _): has(pre, 1..<(eot + 1))
    case .within(let slack, let pre, _): has(pre, 1..<max(1, eot + 1 - slack))
    case .stable(let relation): has(relation, 1..<eot)
    }
  }

  /// Whether the specification demands the rows of `baseline`, the run without faults, and there are none.
  public func lacksDemand(after baseline: ReferenceExecution, eot: Int) -> Bool {
    guard case .survival(let outcome) = self else { return false }
    return baseline.rows(of: outcome, in: eot).isEmpty
  }
}
