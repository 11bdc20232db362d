import Satisfiability

/// The procedure of Davis, Logemann and Loveland (1962) without any refinement.
struct Backtracking {
  private let clauses: [[Literal]]

  init(_ clauses: [[Literal]]) { self.clauses = clauses }

  var hasModel: Bool { Self.hasModel(clauses) }

  private static func hasModel(_ clauses: [[Literal]]) -> Bool {
    guard let shortest = clauses.min(by: { $0.count < $1.count }) else { return true }
    guard let literal = shortest.first else { return false }
    if hasModel(assign(literal, in: clauses)) { return true }
    return shortest.count > 1 && hasModel(assign(!literal, in: clauses))
  }

  private static func assign(_ literal: Literal, in clauses: [[Literal]]) -> [[Literal]] {
    clauses.filter { !$0.contains(literal) }.map { $0.filter { $0 != !literal } }
  }
}
