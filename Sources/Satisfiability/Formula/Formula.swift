import Indices

/// A propositional formula in conjunctive normal form.
public struct Formula: Sendable, Equatable {
  /// The number of variables; they are numbered from 0.
  public private(set) var variableCount = 0
  /// The clauses, end to end; `ends[i]` is where clause i ends.
  private var literals: [Literal] = []
  private var ends: [Int] = []

  /// The formula without variables and clauses, which is true.
  public init() {}

  /// The number of clauses.
  public var clauseCount: Int { ends.count }

  /// Makes room for the given numbers of clauses and literals.
  mutating func reserve(clauses: Int, literals: Int) {
    ends.reserveCapacity(clauses)
    self.literals.reserveCapacity(literals)
  }

  /// Creates a variable that occurs in no clause yet.
  @discardableResult
  public mutating func newVariable() -> Variable {
    variableCount += 1
    return Variable(variableCount - 1)
  }

  /// Adds the clause that one of the literals in `clause` is true.
  public mutating func add(_ clause: [Literal]) {
    for literal in clause {
      precondition(literal.variable.position < variableCount, "a clause speaks of variables that exist")
    }
    literals.append(contentsOf: clause)
    ends.append(literals.count)
  }

  /// The literals of the clause that was added at `position`, counting from 0.
  public subscript(position: Int) -> ArraySlice<Literal> {
    literals[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
  }

  /// All clauses, in the order they were added.
  public var clauses: some RandomAccessCollection<ArraySlice<Literal>> {
    (0..<clauseCount).lazy.map { self[$0] }
  }

  /// Whether every clause contains a literal for which `isTrue` holds.
  public func isSatisfied(by isTrue: (Literal) -> Bool) -> Bool {
    var start = 0
    for end in ends {
      guard literals[start..<end].contains(where: isTrue) else { return false }
      start = end
    }
    return true
  }
}

/// Something to which clauses can be added: a formula or a solver.
public protocol ClauseReceiver: ~Copyable {
  /// Creates a variable that occurs in no clause yet.
  mutating func newVariable() -> Variable
  /// Adds the clause that one of the literals in `clause` is true.
  mutating func add(_ clause: [Literal])
}

extension Formula: ClauseReceiver {}
extension Solver: ClauseReceiver {}

extension Formula {
  /// The formula in the DIMACS format, with `comments` in front, one line each.
  public func dimacs(comments: [String] = []) -> String {
    var text = ""
    text.reserveCapacity(literals.count * 7 + ends.count * 2 + 64)
    for comment in comments { text += "c \(comment)\n" }
    text += "p cnf \(variableCount) \(clauseCount)\n"
    for clause in clauses {
      for literal in clause { text += "\(literal.dimacs) " }
      text += "0\n"
    }
    return text
  }
}
