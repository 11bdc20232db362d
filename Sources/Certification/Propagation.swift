// What follows from a fault set is found by unit propagation alone: the clauses define every gate in both
// directions, so that faults determine gates as inputs determine the outputs of a circuit. What stays open belongs
// to counters, which only say what must be true at least; there everything else may be false.

import ProofChecker

/// Evaluates clauses under given values of some variables.
struct Propagation {
  /// Clauses end to end, and where each begins; the last entry is where the last ends.
  private var literals: [Int32] = []
  private var starts: [Int] = [0]
  /// The clauses in which a literal occurs, by `index(of:)`, end to end, and where each list begins.
  private var occurrences: [Int32] = []
  private var firstOccurrence: [Int]
  private var units: [Int32] = []

  /// By variable: 1 true, -1 false, 0 open.
  private var values: [Int8]
  /// By clause: how many of its literals are false.
  private var falseCounts: [Int32] = []
  private var trail: [Int32] = []

  /// The first `count` clauses of `formula`.
  init(_ formula: ConjunctiveNormalForm, first count: Int) {
    values = Array(repeating: 0, count: formula.variableCount + 1)
    firstOccurrence = Array(repeating: 0, count: 2 * formula.variableCount + 4)
    for position in 0..<count {
      // A literal that stands in a clause twice is counted once.
      var clause: [Int32] = []
      for literal in formula[position] where !clause.contains(literal) { clause.append(literal) }
      literals += clause
      starts.append(literals.count)
      if clause.count == 1 { units += clause }
    }
    for literal in literals { firstOccurrence[Self.index(of: literal) + 1] += 1 }
    for position in firstOccurrence.indices.dropFirst() {
      firstOccurrence[position] += firstOccurrence[position - 1]
    }
    occurrences = Array(repeating: 0, count: literals.count)
    var next = firstOccurrence
    for clause in 0..<count {
      for literal in literals[starts[clause]..<starts[clause + 1]] {
        occurrences[next[Self.index(of: literal)]] = Int32(clause)
        next[Self.index(of: literal)] += 1
      }
    }
    falseCounts = Array(repeating: 0, count: count)
  }

  private static func index(of literal: Int32) -> Int { 2 * Int(literal.magnitude) + (literal < 0 ? 1 : 0) }

  /// Whether `literal` is true; nil where nothing follows.
  subscript(literal: Int32) -> Bool? {
    let value = values[Int(literal.magnitude)]
    return value == 0 ? nil : (value > 0) == (literal > 0)
  }

  /// Draws all consequences of `assumptions`. Afterwards the clauses are true if all that is open is false, or the
  /// answer is false.
  mutating func propagate(_ assumptions: some Sequence<Int32>) -> Bool {
    for literal in trail { values[Int(literal.magnitude)] = 0 }
    for position in falseCounts.indices { falseCounts[position] = 0 }
    trail.removeAll(keepingCapacity: true)
    for literal in units where !assign(literal) { return false }
    for literal in assumptions where !assign(literal) { return false }
    var next = 0
    while next < trail.count {
      guard visitClauses(losing: -trail[next]) else { return false }
      next += 1
    }
    return isCompletedByFalse
  }

  /// Makes `literal` true; false where it is false already.
  private mutating func assign(_ literal: Int32) -> Bool {
    if let value = self[literal] { return value }
    values[Int(literal.magnitude)] = literal > 0 ? 1 : -1
    trail.append(literal)
    return true
  }

  private mutating func visitClauses(losing literal: Int32) -> Bool {
    let index = Self.index(of: literal)
    for place in firstOccurrence[index]..<firstOccurrence[index + 1] {
      let clause = Int(occurrences[place])
      falseCounts[clause] += 1
      let range = starts[clause]..<starts[clause + 1]
      guard Int(falseCounts[clause]) >= range.count - 1 else { continue }
      // Literals may be false whose turn has not come yet: then there is nothing left to assign.
      guard let last = literals[range].first(where: { self[$0] != false }) else { return false }
      _ = assign(last)
    }
    return true
  }

  private var isCompletedByFalse: Bool {
    for clause in falseCounts.indices {
      let isTrue = literals[starts[clause]..<starts[clause + 1]].contains { self[$0] ?? ($0 < 0) }
      if !isTrue { return false }
    }
    return true
  }
}
