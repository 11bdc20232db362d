// Phase saving (Pipatsrisawat & Darwiche, "A Lightweight Component Caching Scheme", SAT 2007): a variable is
// decided to its last value. In stable mode, the longest conflict-free assignment of the current period takes
// precedence (Biere & Fleury, "Chasing Target Phases", POS 2020).
import Indices

/// The value to which each variable is decided.
struct Phases: ~Copyable {
  /// For each variable: 1 true, -1 false.
  private var saved = Column<Variable, Int8>()
  /// The same for the longest assignment without conflict; 0 where it left the variable open.
  private var target = Column<Variable, Int8>()
  private var targetLength = 0

  mutating func addVariable() {
    saved.append(-1)
    target.append(0)
  }

  func preferred(of variable: Variable, isStable: Bool) -> Literal {
    let goal = isStable ? target[variable] : 0
    return Literal(variable, negated: (goal == 0 ? saved[variable] : goal) < 0)
  }

  @inline(__always)
  mutating func save(_ literal: Literal) { saved[literal.variable] = literal.isNegated ? -1 : 1 }

  /// Makes the assignment before the last decision the target, if it is longer than the previous target.
  mutating func note(_ trail: borrowing Trail, isStable: Bool) {
    guard isStable else { return }
    let length = trail.start(ofLevel: trail.level)
    guard length > targetLength else { return }
    assert(length <= trail.count, "a target is a part of the trail")
    targetLength = length
    for position in 0..<length {
      let literal = trail.literals[position]
      target[literal.variable] = literal.isNegated ? -1 : 1
    }
  }

  /// Starts a new search for a longest assignment.
  mutating func forgetTarget() { targetLength = 0 }
}
