/// Something that is true in some runs and false in others: a literal of the formula.
///
/// Variables count from 1, and a minus negates, as in DIMACS files. The first variable is true in every run.
struct Condition: Hashable, Sendable {
  let literal: Int32

  static let always = Condition(literal: 1)
  static let never = Condition(literal: -1)

  static prefix func ! (condition: Condition) -> Condition { Condition(literal: -condition.literal) }
}

/// The clauses of a formula under construction.
///
/// A variable is defined once, by clauses for both directions. So when the choices are given, unit
/// propagation alone finds every other variable. Constants are folded, because no fault touches most of a
/// program; nothing else is simplified, and nothing is shared.
struct Clauses: Sendable {
  private(set) var variableCount: Int32 = 0
  private(set) var clauseCount = 0
  /// The literals of all clauses; each clause ends with a 0.
  private(set) var numbers: [Int32] = []

  init() {
    let first = newVariable()
    assert(first == .always, "the first variable is the one that is true in every run")
    demand([first])
  }

  mutating func newVariable() -> Condition {
    variableCount += 1
    return Condition(literal: variableCount)
  }

  /// Demands that one of `conditions` be true.
  mutating func demand(_ conditions: [Condition]) {
    assert(
      conditions.allSatisfy { 1...variableCount ~= abs($0.literal) },
      "a clause speaks of variables that were made; a 0 would end it")
    for condition in conditions { numbers.append(condition.literal) }
    numbers.append(0)
    clauseCount += 1
  }

  /// The condition that is true exactly where all of `parts` are.
  mutating func all(_ parts: [Condition]) -> Condition {
    if parts.contains(.never) { return .never }
    let open = parts.filter { $0 != .always }
    guard open.count > 1 else { return open.first ?? .always }
    let whole = newVariable()
    for part in open { demand([!whole, part]) }
    demand([whole] + open.map { !$0 })
    return whole
  }

  /// The condition that is true exactly where one of `parts` is.
  mutating func any(_ parts: [Condition]) -> Condition { !all(parts.map { !$0 }) }
}
