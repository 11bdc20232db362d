import Indices

/// Why a literal was assigned: by decision (or given as a fact), or because a clause forced it.
struct Reason: BitwiseCopyable, Equatable {
  private let rawValue: UInt32

  static let decision = Reason(rawValue: 0)

  private init(rawValue: UInt32) { self.rawValue = rawValue }

  @inline(__always)
  init(_ clause: ClauseReference) { rawValue = clause.rawValue }

  @inline(__always)
  var clause: ClauseReference? { rawValue == 0 ? nil : ClauseReference(rawValue: rawValue) }
}

/// The assigned literals in the order of their assignment, cut into decision levels, with the place, level
/// and reason of each.
///
/// Invariant: a literal on the trail is true, its negation false, everything else unassigned; the literals
/// before `head` have been propagated.
struct Trail: ~Copyable {
  struct Assignment: BitwiseCopyable {
    let level: Int32
    let position: Int32
    var reason: Reason
  }

  private(set) var literals = Buffer<Literal>()
  private var levelStarts = Buffer<Int>()
  /// For each literal, so that a test needs no sign arithmetic: 1 true, -1 false, 0 unassigned.
  private var values = Column<Literal, Int8>()
  private var assignments = Column<Variable, Assignment>()
  private(set) var head = 0

  mutating func addVariable() {
    values.append(0)
    values.append(0)
    assignments.append(Assignment(level: 0, position: 0, reason: .decision))
  }

  @inline(__always)
  var level: Int { levelStarts.count }

  @inline(__always)
  var count: Int { literals.count }

  @inline(__always)
  func value(_ literal: Literal) -> Int8 { values[literal] }

  @inline(__always)
  func isTrue(_ literal: Literal) -> Bool { values[literal] > 0 }

  @inline(__always)
  func isFalse(_ literal: Literal) -> Bool { values[literal] < 0 }

  /// Level, position and reason of an assigned variable.
  @inline(__always)
  subscript(variable: Variable) -> Assignment {
    get { assignments[variable] }
    set { assignments[variable] = newValue }
  }

  /// The number of variables with a value, by the table of values.
  var assignedCount: Int {
    (0..<assignments.count).count { values[Variable($0).positive] != 0 }
  }

  /// The number of literals assigned before the first decision, which hold for good.
  var factCount: Int { level == 0 ? literals.count : levelStarts[0] }

  func start(ofLevel level: Int) -> Int { level == 0 ? 0 : levelStarts[level - 1] }

  mutating func openLevel() { levelStarts.append(literals.count) }

  @inline(__always)
  mutating func assign(_ literal: Literal, because reason: Reason) {
    assert(values[literal] == 0, "an assigned literal is assigned again")
    values[literal] = 1
    values[!literal] = -1
    assignments[literal.variable] = Assignment(
      level: Int32(truncatingIfNeeded: level), position: Int32(truncatingIfNeeded: literals.count),
      reason: reason)
    literals.append(literal)
  }

  @inline(__always)
  mutating func nextToPropagate() -> Literal? {
    guard head < literals.count else { return nil }
    defer { head &+= 1 }
    return literals[head]
  }

  @inline(__always)
  mutating func unassignLast() -> Literal? {
    guard let literal = literals.popLast() else { return nil }
    values[literal] = 0
    values[!literal] = 0
    return literal
  }

  /// Closes the levels above `level`, whose literals have all been unassigned.
  mutating func close(downTo level: Int) {
    assert(literals.count == levelStarts[level], "literals of a closed level remain")
    levelStarts.truncate(to: level)
    head = literals.count
  }
}
