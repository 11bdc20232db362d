// Formulas from other sources. Certificates are read strictly, but a formula from a user may have what other
// solvers accept too: the files of SATLIB end in `%` and `0`, some put a comment after a clause, some write 0
// as -0. And a file may ask several questions about one growing formula (the format iCNF, `p inccnf`): a line
// `a LITERALS 0` asks for a model of the clauses above it in which these literals are true.
//
// What changes the meaning, as weights and exclusive-or clauses do, is refused by name.

/// A formula, and the questions about it.
public struct FoundFormula: Sendable {
  /// A question about the formula.
  public struct Question: Hashable, Sendable {
    /// The literals that must be true in the model.
    public let assumptions: [Int32]
    /// The question is about this number of clauses, from the first.
    public let clauseCount: Int
  }

  /// The clauses of the file.
  public private(set) var clauses: ConjunctiveNormalForm
  /// The questions, in order; a file without questions asks whether the clauses have a model.
  public private(set) var questions: [Question] = []
  /// Whether the file may ask several questions.
  public private(set) var isIncremental = false

  private static let outOfRange = "announce more variables in 'p cnf', or mend the literal"
  private static let header = "put 'p cnf VARIABLES CLAUSES' before the first clause"

  /// Reads a file: `p cnf VARIABLES CLAUSES` and that number of clauses, or `p inccnf`, clauses and
  /// questions. Nil where `shouldStop` ends that.
  public init?(dimacs bytes: [UInt8], shouldStop: () -> Bool) throws(FormatError) {
    var reader = NumberReader(bytes)
    reader.acceptsNegativeZero = true
    reader.skipSpaceAndComments()
    let start = reader.offset
    guard reader.skip("p") else {
      throw reader.error("'p cnf VARIABLES CLAUSES' is expected here", at: start, fix: Self.header)
    }
    reader.skipSpace()
    let kind = reader.offset
    if reader.skip("inccnf") {
      clauses = ConjunctiveNormalForm(variableCount: 0)
      isIncremental = true
      clauses.reserve(forBytes: reader.byteCount)
      guard try readQuestions(from: &reader, shouldStop) else { return nil }
    } else if reader.skip("cnf") {
      let variables = try reader.number(
        "the number of variables", in: 0...ConjunctiveNormalForm.greatestVariableCount)
      let announced = try reader.number("the number of clauses", in: 0...(1 << 40))
      clauses = ConjunctiveNormalForm(variableCount: variables)
      clauses.reserve(forBytes: reader.byteCount)
      guard try readClauses(announced, from: &reader, shouldStop) else { return nil }
    } else if reader.skip("wcnf") {
      throw reader.error(
        "a formula with weights (wcnf) is not read: 'solve' looks for any model, not for a best one",
        at: kind,
        fix: "give the clauses that must hold as 'p cnf'")
    } else {
      throw reader.error("'cnf' or 'inccnf' is expected here", at: kind, fix: Self.header)
    }
    if questions.isEmpty { questions = [Question(assumptions: [], clauseCount: clauses.clauseCount)] }
  }

  private mutating func readClauses(
    _ announced: Int, from reader: inout NumberReader, _ shouldStop: () -> Bool
  ) throws(FormatError) -> Bool {
    let range = -clauses.variableCount...clauses.variableCount
    while try goesOn(&reader) {
      if clauses.clauseCount == announced {
        throw reader.error(
          "only \(ConjunctiveNormalForm.announcement(of: announced))", at: reader.offset,
          fix: "announce as many clauses as there are, or leave this one out")
      }
      guard try readClause(from: &reader, range, shouldStop) else { return false }
    }
    guard clauses.clauseCount == announced else {
      throw reader.error(
        ConjunctiveNormalForm.miscount(of: clauses.clauseCount, announced: announced), at: reader.offset,
        fix: "write 'p cnf \(clauses.variableCount) \(clauses.clauseCount)', or add what is missing")
    }
    return true
  }

  private mutating func readQuestions(
    from reader: inout NumberReader, _ shouldStop: () -> Bool
  ) throws(FormatError) -> Bool {
    let greatest = ConjunctiveNormalForm.greatestVariableCount
    var asked: [Question] = []
    while try goesOn(&reader) {
      if reader.skip("a") {
        var assumptions: [Int32] = []
        while case let literal = try reader.number("a literal", in: -greatest...greatest), literal != 0 {
          assumptions.append(Int32(literal))
          clauses.variableCount = max(clauses.variableCount, abs(literal))
        }
        asked.append(Question(assumptions: assumptions, clauseCount: clauses.clauseCount))
      } else {
        let isRead = try readClause(
          from: &reader, -greatest...greatest, announcesVariables: true, shouldStop)
        guard isRead else { return false }
      }
    }
    assert(
      zip(asked, asked.dropFirst()).allSatisfy { $0.clauseCount <= $1.clauseCount },
      "the formula grows from one question to the next")
    questions = asked
    return true
  }

  /// Reads a clause up to its 0; it may contain comment lines. False where `shouldStop` ends that.
  private mutating func readClause(
    from reader: inout NumberReader, _ range: ClosedRange<Int>, announcesVariables: Bool = false,
    _ shouldStop: () -> Bool
  ) throws(FormatError) -> Bool {
    while true {
      if clauses.isTimeToAsk, shouldStop() { return false }
      let literal = try reader.number("a literal", in: range, fix: Self.outOfRange)
      if literal == 0 {
        clauses.endClause()
        return true
      }
      clauses.append(Int32(literal))
      if announcesVariables { clauses.variableCount = max(clauses.variableCount, abs(literal)) }
      reader.skipSpaceAndComments()
      guard !reader.isAtEnd else {
        throw reader.error("the last clause is not ended by 0", at: reader.offset, fix: "end it with ' 0'")
      }
    }
  }

  /// Skips what is between clauses, including comments; false at the end of the formula.
  private func goesOn(_ reader: inout NumberReader) throws(FormatError) -> Bool {
    while true {
      reader.skipSpaceAndComments()
      switch reader.next {
      case nil: return false
      case UInt8(ascii: "c") where reader.skip("c"): reader.skipLine()
      case UInt8(ascii: "%") where reader.skip("%"):
        try finish(&reader)
        return false
      case UInt8(ascii: "x"):
        throw reader.error(
          "an exclusive-or clause ('x …') is not read", at: reader.offset,
          fix: "write it as clauses: 'x 1 2 0' is '1 2 0' and '-1 -2 0'")
      default: return true
      }
    }
  }

  /// Only a 0 may follow the `%` at the end.
  private func finish(_ reader: inout NumberReader) throws(FormatError) {
    reader.skipSpaceAndComments()
    _ = reader.skip("0")
    reader.skipSpaceAndComments()
    guard reader.isAtEnd else {
      throw reader.error(
        "'%' ends the formula, and nothing may follow it but 0", at: reader.offset,
        fix: "leave '%' out if the formula goes on")
    }
  }
}
