import Dedalus

/// What a run must not lose, after reference-faults.md, "The specification".
public enum ReferenceSpecification: Hashable, Sendable {
  /// Every row of `pre` is in `post` at the end.
  case implication(pre: RelationID, post: RelationID)
  /// Every row that `post` has without faults is in `post` at the end if it is in `pre`.
  case molly(pre: RelationID, post: RelationID)
  /// Every row that the relation has without faults is there at the end.
  case survival(of: RelationID)

  /// The relation whose rows at the end are the good outcome.
  public var outcome: RelationID {
    switch self {
    case .implication(_, let post), .molly(_, let post): post
    case .survival(let outcome): outcome
    }
  }

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

extension ReferenceSpecification {
  /// The rows that `execution` lacks, sorted. `baseline` is the run of the same program without faults.
  public func violations(
    in execution: ReferenceExecution, baseline: ReferenceExecution, eot: Int
  ) -> [[Constant]] {
    let held = Set(execution.rows(of: outcome, in: eot))
    let expected =
      switch self {
      case .implication(let pre, _): execution.rows(of: pre, in: eot)
      case .molly(let pre, let post):
        baseline.rows(of: post, in: eot).filter(Set(execution.rows(of: pre, in: eot)).contains)
      case .survival(let outcome): baseline.rows(of: outcome, in: eot)
      }
    return expected.filter { !held.contains($0) }
  }

  /// Whether the specification demands the rows of `baseline`, the run without faults, and there are none.
  public func lacksDemand(after baseline: ReferenceExecution, eot: Int) -> Bool {
    guard case .survival(let outcome) = self else { return false }
    return baseline.rows(of: outcome, in: eot).isEmpty
  }
}
