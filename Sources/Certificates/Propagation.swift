// Unit propagation alone finds everything that follows from a fault set: the clauses define every gate in
// both directions, so faults determine gates as inputs determine the outputs of a circuit. Only variables of
// counters stay open; counters only say what must be true at least, so their open variables may be false.
//
// Four of five clauses have two literals. When one of the two becomes false, the other must be true, so these
// clauses are kept as lists of the literals that must be true. False literals are counted only in the longer
// clauses.

import ProofChecker

/// Evaluates clauses under given values of some variables.
struct Propagation {
  /// For each literal: the literals that must be true where it is false, because of a clause with these two
  /// literals.
  private let partners: ListsByLiteral
  /// For each literal: the longer clauses in which it occurs.
  private let occurrences: ListsByLiteral
  /// The longer clauses end to end, and the start of each; the last entry is the end of the last clause.
  private var literals: [Int32] = []
  private var starts: [Int] = [0]

  /// For each variable: 1 true, -1 false, 0 open.
  private var values: [Int8]
  /// For each longer clause: the number of its false literals.
  private var falseCounts: [Int32] = []
  private var trail: [Int32] = []
  /// Values, counts and trail after the propagation of the clauses alone; nil where they contradict each
  /// other.
  private var beginning: (values: [Int8], falseCounts: [Int32], trail: [Int32])?

  /// The first `count` clauses of `formula`.
  init(_ formula: ConjunctiveNormalForm, first count: Int) {
    var units: [Int32] = []
    var pairs: [(Int32, Int32)] = []
    var places: [(Int32, Int32)] = []
    var isEmptyClauseThere = false
    for position in 0..<count {
      // A literal that occurs in a clause twice is counted once.
      var clause: [Int32] = []
      for literal in formula[position] where !clause.contains(literal) { clause.append(literal) }
      switch clause.count {
      case 0: isEmptyClauseThere = true
      case 1: units += clause
      case 2: pairs += [(clause[0], clause[1]), (clause[1], clause[0])]
      default:
        for literal in clause { places.append((literal, Int32(starts.count - 1))) }
        literals += clause
        starts.append(literals.count)
      }
    }
    partners = ListsByLiteral(pairs, variableCount: formula.variableCount)
    occurrences = ListsByLiteral(places, variableCount: formula.variableCount)
    values = Array(repeating: 0, count: formula.variableCount + 1)
    falseCounts = Array(repeating: 0, count: starts.count - 1)
    if !isEmptyClauseThere, assign(units), drawConsequences(from: 0) {
      beginning = (values, falseCounts, trail)
    }
  }

  /// Whether `literal` is true; nil where its value does not follow.
  subscript(literal: Int32) -> Bool? {
    let value = values[Int(literal.magnitude)]
    return value == 0 ? nil : (value > 0) == (literal > 0)
  }

  /// Propagates `assumptions`. Afterwards the clauses are true if all open variables are false; otherwise the
  /// result is false.
  mutating func propagate(_ assumptions: some Sequence<Int32>) -> Bool {
    guard let beginning else { return false }
    (values, falseCounts, trail) = beginning
    return assign(assumptions) && drawConsequences(from: beginning.trail.count) && isCompletedByFalse
  }

  /// Makes the literals of `wanted` true; false where one of them is already false.
  private mutating func assign(_ wanted: some Sequence<Int32>) -> Bool {
    for literal in wanted where !assign(literal) { return false }
    return true
  }

  private mutating func assign(_ literal: Int32) -> Bool {
    if let value = self[literal] { return value }
    values[Int(literal.magnitude)] = literal > 0 ? 1 : -1
    trail.append(literal)
    return true
  }

  /// Propagates the literals of the trail from `start` on; false where a clause is false.
  private mutating func drawConsequences(from start: Int) -> Bool {
    var next = start
    while next < trail.count {
      let lost = -trail[next]
      for place in partners.range(of: lost) where !assign(partners.elements[place]) { return false }
      for place in occurrences.range(of: lost) where !visit(Int(occurrences.elements[place])) { return false }
      next += 1
    }
    return true
  }

  /// Counts one more false literal in a longer clause; false where all its literals are false.
  private mutating func visit(_ clause: Int) -> Bool {
    falseCounts[clause] += 1
    let (start, end) = (starts[clause], starts[clause + 1])
    guard Int(falseCounts[clause]) >= end - start - 1 else { return true }
    // Some literals may be false but not yet propagated; then there is nothing left to assign.
    for place in start..<end where self[literals[place]] != false { return assign(literals[place]) }
    return false
  }

  /// Whether the clauses are true if all open variables are false. Only a clause with an open variable can
  /// lack a true literal, and it must then have a negated open variable.
  private var isCompletedByFalse: Bool {
    func becomesTrue(_ literal: Int32) -> Bool { self[literal] ?? (literal < 0) }
    for variable in 1..<max(1, values.count) where values[variable] == 0 {
      for place in partners.range(of: Int32(variable)) where !becomesTrue(partners.elements[place]) {
        return false
      }
      for place in occurrences.range(of: Int32(variable)) {
        let clause = Int(occurrences.elements[place])
        if !literals[starts[clause]..<starts[clause + 1]].contains(where: becomesTrue) { return false }
      }
    }
    return true
  }
}

/// A list for each literal, all end to end.
private struct ListsByLiteral {
  private(set) var elements: [Int32]
  private var starts: [Int]

  /// Lists from `pairs`, each of which adds an element to one list.
  init(_ pairs: [(literal: Int32, element: Int32)], variableCount: Int) {
    starts = Array(repeating: 0, count: 2 * variableCount + 3)
    for pair in pairs { starts[Self.index(of: pair.literal) + 1] += 1 }
    for position in starts.indices.dropFirst() { starts[position] += starts[position - 1] }
    elements = Array(repeating: 0, count: pairs.count)
    var next = starts
    for pair in pairs {
      elements[next[Self.index(of: pair.literal)]] = pair.element
      next[Self.index(of: pair.literal)] += 1
    }
  }

  /// The range of `elements` with the list of `literal`.
  func range(of literal: Int32) -> Range<Int> {
    starts[Self.index(of: literal)]..<starts[Self.index(of: literal) + 1]
  }

  private static func index(of literal: Int32) -> Int { 2 * Int(literal.magnitude) + (literal < 0 ? 1 : 0) }
}
