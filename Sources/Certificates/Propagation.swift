// What follows from a fault set is found by unit propagation alone: the clauses define every gate in both
// directions, so that faults determine gates as inputs determine the outputs of a circuit. What stays open belongs
// to counters, which only say what must be true at least; there everything else may be false.
//
// Four clauses of five have two literals. When one of these becomes false the other must be true: they are kept as
// lists of the literals that must be, and only in the longer clauses are false literals counted.

import ProofChecker

/// Evaluates clauses under given values of some variables.
struct Propagation {
  /// By literal: those that must be true where it is false, because a clause has these two and no other.
  private let partners: ListsByLiteral
  /// By literal: the longer clauses in which it occurs.
  private let occurrences: ListsByLiteral
  /// The longer clauses end to end, and where each begins; the last entry is where the last ends.
  private var literals: [Int32] = []
  private var starts: [Int] = [0]

  /// By variable: 1 true, -1 false, 0 open.
  private var values: [Int8]
  /// By longer clause: how many of its literals are false.
  private var falseCounts: [Int32] = []
  private var trail: [Int32] = []
  /// Values, counts and trail after what the clauses say by themselves; nil where they contradict each other.
  private var beginning: (values: [Int8], falseCounts: [Int32], trail: [Int32])?

  /// The first `count` clauses of `formula`.
  init(_ formula: ConjunctiveNormalForm, first count: Int) {
    var units: [Int32] = []
    var pairs: [(Int32, Int32)] = []
    var places: [(Int32, Int32)] = []
    var isEmptyClauseThere = false
    for position in 0..<count {
      // A literal that stands in a clause twice is counted once.
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

  /// Whether `literal` is true; nil where nothing follows.
  subscript(literal: Int32) -> Bool? {
    let value = values[Int(literal.magnitude)]
    return value == 0 ? nil : (value > 0) == (literal > 0)
  }

  /// Draws all consequences of `assumptions`. Afterwards the clauses are true if all that is open is false, or the
  /// answer is false.
  mutating func propagate(_ assumptions: some Sequence<Int32>) -> Bool {
    guard let beginning else { return false }
    (values, falseCounts, trail) = beginning
    return assign(assumptions) && drawConsequences(from: beginning.trail.count) && isCompletedByFalse
  }

  /// Makes `wanted` true; false where one of them is false already.
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

  /// Draws the consequences of the literals of the trail from `start` on; false where a clause is false.
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

  /// Counts one more false literal in a longer clause; false where none can be true any more.
  private mutating func visit(_ clause: Int) -> Bool {
    falseCounts[clause] += 1
    let (start, end) = (starts[clause], starts[clause + 1])
    guard Int(falseCounts[clause]) >= end - start - 1 else { return true }
    // Literals may be false whose turn has not come yet: then there is nothing left to assign.
    for place in start..<end where self[literals[place]] != false { return assign(literals[place]) }
    return false
  }

  /// Whether the clauses are true if all that is open is false. Only a clause with an open variable in it can be
  /// without a true literal, and it must have one that is negated.
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

  /// The lists in which `pairs` put an element each.
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

  /// Where the list of `literal` stands in `elements`.
  func range(of literal: Int32) -> Range<Int> {
    starts[Self.index(of: literal)]..<starts[Self.index(of: literal) + 1]
  }

  private static func index(of literal: Int32) -> Int { 2 * Int(literal.magnitude) + (literal < 0 ? 1 : 0) }
}
