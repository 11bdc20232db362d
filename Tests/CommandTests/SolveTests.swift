import Foundation
import ProofChecker
import Reports
import Testing

@Suite("solve")
struct SolveTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "satisfiable.cnf": "c three\np cnf 5 3\n1 -2 0 2\n4 0\n-4 0\n",
      "square.cnf": "p cnf 2 4\n1 2 0\n-1 2 0\n1 -2 0\n-1 -2 0\n",
      "sparse.cnf": "p cnf 60000000 2\n60000000 0\n-60000000 0\n",
      "hard.cnf": Self.pigeons(11),
    ])
  }

  /// So many pigeons, and a hole fewer.
  private static func pigeons(_ count: Int) -> String {
    var clauses = (0..<count).map { pigeon in (0..<count - 1).map { pigeon * (count - 1) + $0 + 1 } }
    for hole in 1..<count {
      for pigeon in 0..<count {
        for other in 0..<pigeon {
          clauses.append([-(pigeon * (count - 1) + hole), -(other * (count - 1) + hole)])
        }
      }
    }
    let lines = clauses.map { $0.map(String.init).joined(separator: " ") + " 0\n" }
    return "p cnf \(count * (count - 1)) \(clauses.count)\n" + lines.joined()
  }

  @Test("a model of every variable, in the format of the competitions")
  func satisfiable() throws {
    let outcome = try here.faultline("solve", "satisfiable.cnf")
    #expect(outcome.status == 10)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "s SATISFIABLE" && lines.dropFirst().allSatisfy { $0.hasPrefix("v ") })
    let values = lines.dropFirst().flatMap { $0.split(separator: " ").dropFirst() }.compactMap { Int($0) }
    #expect(values.map(abs) == [1, 2, 3, 4, 5, 0])
    #expect(values.contains(2) && values.contains(1) && values.contains(-4))
    #expect(outcome.errors.contains("c conflicts: 0\n") && outcome.errors.contains("c seconds: "))
  }

  @Test("lines of a long model are wrapped")
  func wrapped() throws {
    try here.write("wide.cnf", Data("p cnf 20000 1\n1 0\n".utf8))
    let outcome = try here.faultline("solve", "wide.cnf")
    let lines = outcome.output.split(separator: "\n").dropFirst()
    #expect(lines.count > 1_000 && lines.allSatisfy { $0.utf8.count <= 78 })
    let values = lines.flatMap { $0.split(separator: " ").dropFirst() }.compactMap { Int($0) }
    #expect(values == [1] + (2...20_000).map { -$0 } + [0])
  }

  @Test("a formula from standard input, and its proof in both formats")
  func proofs() throws {
    let outcome = try here.shell(
      """
      $FAULTLINE solve --proof square.lrat - < square.cnf; echo $?
      $FAULTLINE solve square.cnf --proof square.drat --proof-format drat; echo $?
      """)
    #expect(outcome.output == "s UNSATISFIABLE\n20\ns UNSATISFIABLE\n20\n")
    let verification = try Verification(
      of: Array(here.read("square.cnf").utf8), by: Array(here.read("square.lrat").utf8))
    #expect(verification.derivedCount > 0)
    let binary = try Data(contentsOf: URL(fileURLWithPath: here.path + "/square.drat"))
    #expect(binary.first == UInt8(ascii: "a") && binary.last == 0)
    #expect(here.names.contains { $0.hasSuffix(".partial") } == false)
  }

  @Test("a file may announce many variables that no clause speaks of; its proof speaks of the file's")
  func sparse() throws {
    let outcome = try here.shell("ulimit -v 4000000; $FAULTLINE solve sparse.cnf --proof sparse.lrat")
    #expect(outcome.status == 20, "\(outcome.errors)")
    _ = try Verification(of: Array(here.read("sparse.cnf").utf8), by: Array(here.read("sparse.lrat").utf8))
  }

  @Test("a limit ends the search without a verdict", arguments: ["--time-limit 0.2", "--conflict-limit 50"])
  func limits(option: String) throws {
    let outcome = try here.shell("$FAULTLINE solve hard.cnf \(option)")
    #expect(outcome.status == 0 && outcome.output == "s UNKNOWN\n")
  }

  @Test("Ctrl-C ends the search without a verdict")
  func interrupt() throws {
    let outcome = try here.interrupted("solve hard.cnf", once: .hasComputed(0.2))
    #expect(outcome.status == 0 && outcome.output == "s UNKNOWN\n")
  }

  struct Case: CustomTestStringConvertible {
    let formula: String
    let error: String
    var testDescription: String { formula }
  }

  @Test(
    "what is no formula is refused with line, column and reason",
    arguments: [
      Case(formula: "", error: "1:1: error: 'p cnf VARIABLES CLAUSES' is expected here"),
      Case(formula: "p cnf 1 2\n1 0\n", error: "3:1: error: 2 clauses were announced, but there is 1"),
      Case(formula: "p cnf 1 1\n1 0\n-1 0\n", error: "3:1: error: only 1 clause was announced"),
      Case(formula: "p cnf 1 1\n2147483648 0\n", error: "2:1: error: a literal must be between -1 and 1"),
      Case(formula: "p cnf 1 1\n1\n", error: "3:1: error: the last clause is not ended by 0"),
      Case(formula: "p cnf 1 1\n1 x 0\n", error: "2:3: error: a literal is expected here"),
      Case(
        formula: "p cnf 99999999999 1\n1 0\n",
        error: "1:7: error: the number of variables must be between 0 and 67108864"),
      Case(
        formula: "p cnf 99999999999999999999 1\n1 0\n", error: "1:7: error: the number is too great"),
    ])
  func malformed(_ row: Case) throws {
    try here.write("bad.cnf", Data(row.formula.utf8))
    let outcome = try here.faultline("solve", "bad.cnf", "--proof", "never.lrat")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError == "bad.cnf:\(row.error) [bad-dimacs]")
    #expect(!here.names.contains("never.lrat"))
  }

  @Test("calls that make no sense, and proofs that cannot be written")
  func calls() throws {
    #expect(
      try here.faultline("solve", "none.cnf").firstError
        == "none.cnf: error: there is no such file [unreadable-file]")
    #expect(try here.faultline("solve", "square.cnf", "--time-limit", "-1").status == 2)
    #expect(try here.faultline("solve", "square.cnf", "--conflict-limit", "many").status == 2)
    #expect(try here.faultline("solve", "square.cnf", "--proof-format", "zip").status == 2)
    let kept = try here.faultline("solve", "square.cnf", "--proof", "satisfiable.cnf")
    #expect(kept.status == 2 && kept.firstError == "error: 'satisfiable.cnf' is already there [output]")
    #expect(try here.faultline("solve", "square.cnf", "--proof", "satisfiable.cnf", "--force").status == 20)
    #expect(try here.faultline("solve", "square.cnf", "--proof", "no/such/folder/p").status == 20)
    #expect(
      FileManager.default.fileExists(atPath: here.path + "/no/such/folder/p"), "missing folders are made")
    #expect(try here.shell("$FAULTLINE solve square.cnf > /dev/full").status == 2)
  }
}
