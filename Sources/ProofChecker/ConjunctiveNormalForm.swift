/// A formula as a DIMACS file states it.
public struct ConjunctiveNormalForm: Sendable {
  /// The largest number of variables that a file may announce; tables by variable then take half a gigabyte.
  public static let greatestVariableCount = 1 << 26

  /// The number of variables that the file announces.
  public internal(set) var variableCount: Int
  private var literals: [Int32] = []
  private var ends: [Int] = []

  /// The number of clauses.
  public var clauseCount: Int { ends.count }

  /// The number of literals of all clauses together.
  public var literalCount: Int { literals.count }

  /// The literals of the clause at `position`, counting from 0.
  public subscript(position: Int) -> ArraySlice<Int32> {
    assert(ends.indices.contains(position), "clauses are counted from 0, as far as they are read")
    return literals[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
  }

  /// A formula without clauses over `variableCount` variables.
  init(variableCount: Int) { self.variableCount = variableCount }

  /// Adds a literal to the clause that is being read.
  mutating func append(_ literal: Int32) {
    assert(literal != 0 && literal != .min, "0 ends a clause, and every literal has a negation")
    literals.append(literal)
  }

  /// Ends the clause that is being read.
  mutating func endClause() {
    assert(literals.count >= ends.last ?? 0, "a clause ends after the one before it, or is empty")
    ends.append(literals.count)
  }

  /// Whether to poll whether to continue reading: every few milliseconds.
  var isTimeToAsk: Bool { (literals.count + ends.count) & 0xFFFF == 0 }

  /// Makes room for the contents of a file with this number of bytes.
  mutating func reserve(forBytes count: Int) {
    literals.reserveCapacity(count / 4)
    ends.reserveCapacity(count / 12)
  }

  /// Reads a file strictly: comment lines (`c …`), `p cnf VARIABLES CLAUSES`, and exactly that number of
  /// clauses, each ended by 0, over no more variables. Nil where `shouldStop` ends that.
  public init?(dimacs bytes: [UInt8], shouldStop: () -> Bool = { false }) throws(FormatError) {
    var reader = NumberReader(bytes)
    reader.skipSpaceAndComments()
    let start = reader.offset
    guard reader.skip("p") else {
      throw reader.error("'p cnf VARIABLES CLAUSES' is expected here", at: start)
    }
    reader.skipSpace()
    guard reader.skip("cnf") else { throw reader.error("'cnf' is expected here", at: reader.offset) }
    variableCount = try reader.number("the number of variables", in: 0...Self.greatestVariableCount)
    let announced = try reader.number("the number of clauses", in: 0...(1 << 40))
    guard try readClauses(announced, from: &reader, shouldStop) else { return nil }
  }

  private mutating func readClauses(
    _ announced: Int, from reader: inout NumberReader, _ shouldStop: () -> Bool
  ) throws(FormatError) -> Bool {
    literals.reserveCapacity(reader.byteCount / 4)
    ends.reserveCapacity(min(announced, reader.byteCount / 4))
    reader.skipSpaceAndComments()
    while !reader.isAtEnd {
      if isTimeToAsk, shouldStop() { return false }
      let start = reader.offset
      let literal = try reader.number("a literal", in: -variableCount...variableCount)
      if ends.count == announced {
        throw reader.error("only \(Self.announcement(of: announced))", at: start)
      }
      if literal == 0 { ends.append(literals.count) } else { literals.append(Int32(literal)) }
      reader.skipSpaceAndComments()
    }
    guard literals.count == ends.last ?? 0 else {
      throw reader.error("the last clause is not ended by 0", at: reader.offset)
    }
    guard ends.count == announced else {
      throw reader.error(
        Self.miscount(of: ends.count, announced: announced), at: reader.offset)
    }
    return true
  }

  /// In words, the number that a file announces.
  static func announcement(of count: Int) -> String {
    "\(count) \(count == 1 ? "clause was" : "clauses were") announced"
  }

  /// In words, that a file does not contain what it announces.
  static func miscount(of found: Int, announced: Int) -> String {
    "\(announcement(of: announced)), but there \(found == 1 ? "is" : "are") \(found)"
  }
}
