import Files
import ProofChecker
import Satisfiability
import Support
import Testing

@testable import Workbench

@Suite("Formulas from files")
struct FormulaFileTests {
  private func read(_ bytes: [UInt8], shouldStop: () -> Bool = { false }) throws -> FormulaFile? {
    let folder = try TestFolder()
    try folder.write(bytes, to: "f.cnf")
    return try FormulaFile(folder["f.cnf"], shouldStop: shouldStop)
  }

  /// The message, the place and the fix of a refusal.
  private func refusal(_ text: String) throws -> (
    message: String, place: InvalidFile.Position?, fix: String?
  )? {
    do {
      _ = try read(Array(text.utf8))
      return nil
    } catch let error as InvalidFile {
      return (error.message, error.position, error.fix)
    }
  }

  @Test("a formula is read as it stands")
  func reading() throws {
    let file = try #require(try read(Array("c a comment\np cnf 4 2\n1 -3 0\n4 0\n".utf8)))
    #expect(file.formula.clauses.variableCount == 4 && file.formula.clauses.clauseCount == 2)
    #expect(Array(file.formula.clauses[0]) == [1, -3] && Array(file.formula.clauses[1]) == [4])
    #expect(file.formula.questions.count == 1 && !file.formula.isIncremental)
  }

  @Test(
    "what is no formula is refused with its place",
    arguments: [
      ("", 1, 1, "'p cnf VARIABLES CLAUSES' is expected here"),
      ("1 2 0\n", 1, 1, "'p cnf VARIABLES CLAUSES' is expected here"),
      ("p cnf 2 1\n1 2 0\n1 0\n", 3, 1, "only 1 clause was announced"),
      ("p cnf 2 2\n1 2 0\n", 3, 1, "2 clauses were announced, but there is 1"),
      (
        "p wcnf 2 1\n", 1, 3,
        "a formula with weights (wcnf) is not read: 'solve' looks for any model, not for a best one"
      ),
    ])
  func refusals(text: String, line: Int, column: Int, message: String) throws {
    let found = try #require(try refusal(text))
    #expect(found.message == message && found.fix != nil)
    #expect(found.place == .init(line: line, column: column))
  }

  @Test("the line around the place is shown")
  func excerpt() throws {
    let folder = try TestFolder(["f.cnf": "p cnf 2 1\n1 x 0\n"])
    #expect {
      _ = try FormulaFile(folder["f.cnf"], shouldStop: { false })
    } throws: { error in
      guard let error = error as? InvalidFile else { return false }
      return error.position == .init(line: 2, column: 3) && error.excerpt?.contains("1 x 0") == true
        && error.code == "bad-dimacs"
    }
  }

  @Test("a file that is not there, or a folder, is refused by its name")
  func absence() throws {
    let folder = try TestFolder()
    for path in [folder["none"], folder.path] {
      #expect {
        _ = try FormulaFile(path, shouldStop: { false })
      } throws: { error in
        (error as? InvalidFile)?.path == path && (error as? InvalidFile)?.code == "unreadable-file"
      }
    }
  }

  @Test(
    "packed files are known by their first bytes",
    arguments: [
      ([0x1F, 0x8B, 8, 0], .gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1], .xz), (Array("BZh9".utf8), .bzip2),
      (Array("p cnf".utf8), nil), ([0x1F], nil), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], nil), ([], nil),
      (Array("BZ".utf8), nil),
    ] as [([UInt8], Packer?)])
  func packers(bytes: [UInt8], packer: Packer?) {
    #expect(Packer(of: bytes) == packer)
  }

  @Test("damaged packed files are refused")
  func damaged() throws {
    #expect {
      _ = try read([0x1F, 0x8B, 8, 0, 1, 2, 3])
    } throws: { error in
      (error as? InvalidFile)?.message.hasPrefix("it is packed") == true
    }
  }

  @Test("bytes are gathered line by line, within their limits")
  func gathering() throws {
    var lines = GatheredBytes()
    let line =
      [UInt8](repeating: UInt8(ascii: "1"), count: FormulaFile.longestLine - 1) + [UInt8(ascii: "\n")]
    for _ in 0..<3 { try lines.append(line[...]) }
    #expect(lines.bytes.count == 3 * FormulaFile.longestLine)
    #expect {
      var endless = GatheredBytes()
      for _ in 0..<3 { try endless.append(line.dropLast()) }
    } throws: { error in
      (error as? UnreadableFormula)?.file("f").message == "it has a line longer than 16 MB"
    }
    var packed = GatheredBytes()
    try packed.append([0x1F, 0x8B])
    for _ in 0..<2 { try packed.append(line.dropLast()) }
    #expect(packed.bytes.count == 2 * FormulaFile.longestLine)
  }
}

@Suite("Variables that occur")
struct OccurringVariablesTests {
  private func occurring(_ text: String) throws -> OccurringVariables {
    OccurringVariables(of: try #require(try FoundFormula(dimacs: Array(text.utf8), shouldStop: { false })))
  }

  @Test(
    "only they get numbers in the solver",
    arguments: [
      ("p cnf 3 1\n1 -2 3 0\n", [1, 2, 3]), ("p cnf 9 2\n7 -2 0\n9 0\n", [2, 7, 9]), ("p cnf 5 0\n", []),
      ("p cnf 5 1\n0\n", []), ("p inccnf\n4 0\na -6 0\n", [4, 6]),
    ] as [(String, [Int32])])
  func numbers(text: String, numbers: [Int32]) throws {
    let occurring = try occurring(text)
    #expect(occurring.numbers == numbers)
    for (position, number) in numbers.enumerated() {
      #expect(occurring.literal(number) == Literal(Variable(position), negated: false))
      #expect(occurring.literal(-number) == Literal(Variable(position), negated: true))
    }
  }
}
