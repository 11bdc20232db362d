// Reverse unit propagation with hints, in the manner of LRAT (Cruz-Filipe, Heule, Hunt, Kaufmann &
// Schneider-Kamp, "Efficient Certified RAT Verification", CADE 2017). To see that a clause follows, assume
// all its literals false. Each hint names a clause of which all literals but one are false by now, so that
// the last must be true, until a clause is false altogether. Nothing is searched, so only these few lines
// must be trusted. RAT steps, which only preserve satisfiability, are not accepted.
//
// This target shares no code with the solver.

/// Checks the derivation of a clause from other clauses, step by step.
///
/// Literals are as in DIMACS files: variables count from 1, a minus negates.
public struct ProofChecker: ~Copyable {
  private struct Extent {
    let start: Int
    let count: Int
    static let absent = Extent(start: 0, count: -1)
  }

  /// The literals of all clauses, end to end.
  private var literals: [Int32] = []
  /// The range of each clause, by its number.
  private var extents: [Extent] = [.absent]
  /// For each literal: the last step in which it was false.
  private var falseAt: [UInt32] = []
  private var step: UInt32 = 0

  /// Whether the empty clause has been given or derived.
  public private(set) var hasRefuted = false
  /// The number of derived clauses.
  public private(set) var derivedCount = 0
  /// The number of hints followed.
  public private(set) var hintCount = 0

  /// A checker without clauses.
  public init() {}

  /// Assumes `clause` under the name `number`, which must be greater than all before.
  public mutating func assume(_ clause: [Int32], as number: Int) throws(Flaw) {
    try checkNumber(number)
    store(try checkedLiterals(of: clause, in: number), as: number)
  }

  /// Accepts `clause` under the name `number`, which must be greater than all before, if the hints show that
  /// it follows.
  public mutating func derive(_ clause: [Int32], as number: Int, by hints: [Int]) throws(Flaw) {
    try checkNumber(number)
    try follow(hints, for: try checkedLiterals(of: clause, in: number), in: number)
    store(clause, as: number)
    derivedCount += 1
    hintCount += hints.count
  }

  /// Forgets a clause; the deletion is part of step `number`.
  public mutating func delete(_ clause: Int, in number: Int) throws(Flaw) {
    guard extent(of: clause) != nil else { throw Flaw(step: number, reason: .unknownClause(clause)) }
    extents[clause] = .absent
  }
}

extension ProofChecker {
  /// Numbers must rise, but not so steeply that the table of clauses outgrows the proof.
  private func checkNumber(_ number: Int) throws(Flaw) {
    guard number >= extents.count else { throw Flaw(step: number, reason: .numberNotRising) }
    guard derivedCount < UInt32.max, number - extents.count < 1 << 20 || number / 64 < derivedCount else {
      throw Flaw(step: number, reason: .numberTooGreat)
    }
  }

  private func checkedLiterals(of clause: [Int32], in number: Int) throws(Flaw) -> [Int32] {
    for literal in clause
    where literal == 0 || literal.magnitude > ConjunctiveNormalForm.greatestVariableCount {
      throw Flaw(step: number, reason: .notALiteral(Int(literal)))
    }
    return clause
  }

  private mutating func store(_ clause: [Int32], as number: Int) {
    assert(number >= extents.count, "the numbers of clauses rise")
    extents.append(contentsOf: repeatElement(.absent, count: number - extents.count))
    extents.append(Extent(start: literals.count, count: clause.count))
    literals.append(contentsOf: clause)
    if clause.isEmpty { hasRefuted = true }
    for literal in clause { makeRoom(for: literal) }
  }

  private func extent(of number: Int) -> Extent? {
    guard number > 0, number < extents.count, extents[number].count >= 0 else { return nil }
    return extents[number]
  }

  private mutating func makeRoom(for literal: Int32) {
    let missing = 2 * Int(literal.magnitude) + 2 - falseAt.count
    assert(literal != 0, "0 is no literal")
    if missing > 0 { falseAt.append(contentsOf: repeatElement(0, count: max(missing, falseAt.count))) }
  }

  private func index(of literal: Int32) -> Int { 2 * Int(literal.magnitude) + (literal < 0 ? 1 : 0) }

  private func isFalse(_ literal: Int32) -> Bool {
    assert(index(of: literal) < falseAt.count, "there is room for every literal that is met")
    return falseAt[index(of: literal)] == step
  }

  /// Assumes all literals of `clause` false and expects a contradiction from the last hint and none earlier.
  private mutating func follow(_ hints: [Int], for clause: [Int32], in number: Int) throws(Flaw) {
    step += 1
    for literal in clause {
      makeRoom(for: literal)
      if isFalse(-literal) { return }  // a literal and its negation: nothing to show
      falseAt[index(of: literal)] = step
    }
    for (place, hint) in hints.enumerated() {
      guard hint > 0 else { throw Flaw(step: number, reason: .notAHint(hint)) }
      guard let extent = extent(of: hint) else { throw Flaw(step: number, reason: .unknownClause(hint)) }
      switch state(of: extent) {
      case .forces(let literal): falseAt[index(of: -literal)] = step
      case .isFalse where place == hints.count - 1: return
      case .isFalse: throw Flaw(step: number, reason: .hintsAfterContradiction(hint))
      case .isOpen: throw Flaw(step: number, reason: .forcesNothing(hint))
      }
    }
    throw Flaw(step: number, reason: .noContradiction)
  }

  private enum State {
    case isFalse
    case forces(Int32)
    /// A literal is already true, or two are not false.
    case isOpen
  }

  private func state(of extent: Extent) -> State {
    var left: Int32?
    for position in extent.start..<(extent.start + extent.count) {
      let literal = literals[position]
      if isFalse(literal) || literal == left { continue }
      if left != nil || isFalse(-literal) { return .isOpen }
      left = literal
    }
    return left.map { .forces($0) } ?? .isFalse
  }
}
