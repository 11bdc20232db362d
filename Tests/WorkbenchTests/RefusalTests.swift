import Dedalus
import Documents
import Files
import RunStore
import Scenarios
import Testing

@testable import Workbench

@Suite("Refusals")
struct RefusalTests {
  private static func program(_ text: String) -> Refusal {
    do throws(InvalidProgram) {
      _ = try Program(text: text, path: "p.ded")
      return .silent
    } catch {
      return .program(error)
    }
  }

  struct Row: Sendable {
    let refusal: Refusal
    let text: String
    let summary: String
    let diagnostics: String
    var place: Place?
  }

  private static let rows = [
    Row(
      refusal: .call("bad-limit", "--limit needs --all", fix: "give --all"),
      text: "error: --limit needs --all [bad-limit]\n  fix: give --all\n", summary: "--limit needs --all",
      diagnostics: #"""
        [{"severity": "error", "code": "bad-limit", "message": "--limit needs --all", "fix": "give --all"}]

        """#),
    Row(
      refusal: .call("x", "a\u{1B}b"), text: "error: a\\u{1B}b [x]\n", summary: "a\u{1B}b",
      diagnostics: "[{\"severity\": \"error\", \"code\": \"x\", \"message\": \"a\\u001bb\"}]\n"),
    Row(
      refusal: .file(
        InvalidFile(
          path: "x.cex.json", position: .init(line: 3, column: 7), code: "bad-counterexample",
          message: "expected a digit")),
      text: "x.cex.json:3:7: error: expected a digit [bad-counterexample]\n", summary: "expected a digit",
      diagnostics: """
        [
          {
            "severity": "error",
            "code": "bad-counterexample",
            "message": "expected a digit",
            "file": "x.cex.json",
            "line": 3,
            "column": 7
          }
        ]

        """, place: Place(file: "x.cex.json", line: 3, column: 7)),
    Row(
      refusal: .file(InvalidFile(path: "y", code: "unreadable-file", message: "it is a folder")),
      text: "y: error: it is a folder [unreadable-file]\n", summary: "it is a folder",
      diagnostics: """
        [{"severity": "error", "code": "unreadable-file", "message": "it is a folder", "file": "y"}]

        """, place: Place(file: "y")),
    Row(
      refusal: .usage("unknown verb 'chek'", usage: "Usage: faultline\n"),
      text: "error: unknown verb 'chek' [usage]\nUsage: faultline\n", summary: "unknown verb 'chek'",
      diagnostics: #"""
        [{"severity": "error", "code": "usage", "message": "unknown verb 'chek'"}]

        """#),
    Row(
      refusal: .output("'x' cannot be written: the disk is full", fix: "make room"),
      text: "error: 'x' cannot be written: the disk is full [output]\n  fix: make room\n",
      summary: "'x' cannot be written: the disk is full",
      diagnostics: """
        [
          {
            "severity": "error",
            "code": "output",
            "message": "'x' cannot be written: the disk is full",
            "fix": "make room"
          }
        ]

        """),
    Row(refusal: .silent, text: "", summary: "nobody reads the answer", diagnostics: "[]\n"),
  ]

  @Test("have a text, a line, a document and a place", arguments: rows)
  func forms(_ row: Row) {
    #expect(row.refusal.text(coloured: false) == row.text && row.refusal.summary == row.summary)
    #expect(JSON.array(row.refusal.diagnostics).text == row.diagnostics && row.refusal.place == row.place)
  }

  @Test("the document for standard output says that there is an error")
  func document() {
    #expect(
      Refusal.call("a", "b").json.text == """
        {
          "format": "faultline-verdict/1",
          "verdict": "error",
          "diagnostics": [{"severity": "error", "code": "a", "message": "b"}]
        }

        """)
  }

  @Test("of a program is its first error, with the number of the others")
  func programs() {
    let one = Self.program("post(N) :- p(N, X);\np(\"a\")@1;")
    #expect(one.summary.contains("'p'") && !one.summary.contains("more error"))
    #expect(one.place?.file == "p.ded" && one.diagnostics.count == 1)
    #expect(one.text(coloured: false).hasPrefix("p.ded:"))
    #expect(one.text(coloured: true) != one.text(coloured: false))
    let two = Self.program("post(N) :- ;\nq(N) :- ;")
    #expect(two.summary.hasSuffix("; and 1 more error") && two.place?.line == 1)
    #expect(two.diagnostics.count == 2)
  }

  @Test("are made of the errors of all modules")
  func errors() {
    let question = InvalidQuestion(code: "no-post", message: "there is no 'post'", fix: "add one")
    let file = InvalidFile(path: "f", code: "c", message: "m")
    let rows: [(error: any Error, text: String)] = [
      (question, "error: there is no 'post' [no-post]\n  fix: add one\n"), (file, "f: error: m [c]\n"),
      (OutputFailure(message: "full", fix: nil), "error: full [output]\n"),
      (StoreError.absent(path: "s"), "error: 's': there is no such file [no-such-file]\n"),
      (
        StoreError.otherSchemaNumber(path: "s", number: 1),
        "error: 's' has schema 1, and this Faultline reads schema 7 [other-schema-number]\n"
          + "  fix: record the analysis again into a new file\n"
      ),
      (Refusal.call("a", "b"), "error: b [a]\n"),
      (CancellationError(), "error: CancellationError() [output]\n"),
    ]
    for row in rows { #expect(Refusal(row.error).text(coloured: false) == row.text) }
  }

  @Test("of a question that a file asks name the file")
  func questionInFile() {
    let error = InvalidQuestion(code: "bad-bounds", message: "EFF is above EOT", fix: "lower EFF")
    #expect(
      InvalidFile(error, in: "p.ded", line: 4).description
        == "p.ded:4:1: error: EFF is above EOT [bad-bounds]\n  fix: lower EFF")
    #expect(InvalidFile(error, in: "x.cex.json").position == nil)
  }
}
