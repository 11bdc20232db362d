import Answers
import Dedalus
import Files
import Testing

@testable import Documents

@Suite("Parts of documents")
struct DocumentPartTests {
  private func digest(_ text: String) throws(JSONError) -> String {
    try StrictJSONReader.read(Array(JSON.string(text).text.utf8)).digest()
  }

  @Test("a digest is read as it stands")
  func digests() throws {
    for digits in [String(repeating: "0", count: 64), String(repeating: "9af3", count: 16)] {
      #expect(try digest("sha256:" + digits) == "sha256:" + digits)
    }
  }

  @Test(
    "and nothing else is one",
    arguments: [
      "", "sha256:", String(repeating: "0", count: 64), "sha256:" + String(repeating: "0", count: 63),
      "sha256:" + String(repeating: "0", count: 65), "sha256:" + String(repeating: "A", count: 64),
      "sha256:" + String(repeating: "g", count: 64), "SHA256:" + String(repeating: "0", count: 64),
      "sha256: " + String(repeating: "0", count: 63), "sha256:" + String(repeating: "0", count: 63) + "é",
    ])
  func noDigests(text: String) throws {
    do throws(JSONError) {
      _ = try digest(text)
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.message == "a digest is 'sha256:' and 64 hexadecimal digits")
      #expect(error.offset == 0 && error.wrongness == .meaning)
    }
  }

  @Test("a digest is a string")
  func kinds() {
    for (text, kind) in [("17", "an integer"), ("null", "null"), ("[]", "an array")] {
      #expect {
        _ = try StrictJSONReader.read(Array(text.utf8)).digest()
      } throws: { error in
        (error as? JSONError)?.message == "expected a string, found \(kind)"
      }
    }
  }

  @Test(
    "an error in a document has line and column",
    arguments: [(0, 1, 1), (2, 1, 3), (4, 2, 1), (5, 2, 2), (8, 2, 4), (9, 3, 1)])
  func places(offset: Int, line: Int, column: Int) {
    let file = SourceFile(path: "x.json", bytes: Array("abc\nd\u{E9}f\ng".utf8))
    let error = InvalidFile(JSONError(message: "no", offset: offset), in: file, code: "bad")
    #expect(error.description == "x.json:\(line):\(column): error: no [bad]")
    #expect(error.position == .init(line: line, column: column))
  }

  @Test("counters and times are objects, by name")
  func cost() {
    var cost = Cost()
    cost[.executions] = 3
    cost[.solverCalls] = 7
    cost[.checking] = 0.123_456_7
    #expect(
      JSON(counters: cost).text == """
        {
          "executions": 3,
          "skipped": 0,
          "tuples": 0,
          "instances": 0,
          "gates": 0,
          "faultVariables": 0,
          "variables": 0,
          "clauses": 0,
          "conflicts": 0,
          "decisions": 0,
          "propagations": 0,
          "solverCalls": 7,
          "proofs": 0,
          "proofSteps": 0
        }

        """)
    #expect(
      JSON(seconds: cost).text == """
        {"total": 0.0, "grounding": 0.0, "solving": 0.0, "checking": 0.123457, "confirming": 0.0}

        """)
  }
}
