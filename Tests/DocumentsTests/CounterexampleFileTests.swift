import Dedalus
import Evaluation
import Testing

@testable import Answers
@testable import Documents
@testable import Files
@testable import Scenarios

@Suite("Counterexample files")
struct CounterexampleFileTests {
  static let digest = "sha256:" + String(repeating: "0a", count: 32)
  static let document = """
    {
      "format": "faultline-counterexample/1",
      "program": {
        "files": [{"path": "../kafka.ded", "digest": "\(digest)"}],
        "included": [{"path": "../membership.ded", "digest": "\(digest)"}]
      },
      "bounds": {"eot": 7, "eff": 4, "crashes": 1, "nodes": ["C", "Z", "a", "b c"]},
      "oracle": "implication",
      "outcome": "post",
      "ignoresPre": false,
      "crashView": "silent",
      "faults": [
        {"kind": "crash", "node": "a", "round": 5},
        {"kind": "omission", "from": "b c", "to": "Z", "round": 1}
      ],
      "minimum": true,
      "confirmed": true,
      "violated": [["Data1", -3]]
    }

    """

  private func read(_ text: String) throws -> CounterexampleFile {
    try CounterexampleFile(reading: SourceFile(path: "x.cex.json", bytes: Array(text.utf8)))
  }

  @Test("a file is read as it was meant, and written as it was read")
  func roundTrip() throws {
    let file = try read(Self.document)
    #expect(file.asked.files == [.init(path: "../kafka.ded", digest: Self.digest)])
    #expect(file.asked.bounds.eot == 7 && file.asked.bounds.nodes == Nodes(["C", "Z", "a", "b c"]))
    #expect(file.faults.faults.map { $0.text(file.asked.bounds.nodes) } == ["crash a 5", "omit \"b c\" Z 1"])
    #expect(file.violations.rows == [[.string("Data1"), .integer(-3)]])
    #expect(try read(file.json.text) == file)
    #expect(file.json.text == file.json.text)
  }

  @Test("the name depends on the program's name and the faults, and is safe in any folder")
  func name() throws {
    let file = try read(Self.document)
    #expect(file.name == "kafka-5369dc1e5ba7")
    let hostile = Self.document.replacing("../kafka.ded", with: "../a b\\\"$(x)é.ded")
    #expect(try read(hostile).name == "a_b___x__-5369dc1e5ba7")
  }

  @Test(
    "what was changed by hand into something else is refused with line and column",
    arguments: [
      (
        "counterexample/1", "counterexample/2", "2:13",
        "made by a newer version: the format is faultline-counterexample/2"
      ),
      (
        "counterexample/1", "verdict/1", "2:13",
        "the format is \"faultline-verdict/1\", not \"faultline-counterexample/1\""
      ),
      ("\"minimum\": true", "\"minimum\": 1", "16:14", "expected true or false, found an integer"),
      ("\"minimum\": true", "\"smallest\": true", "16:3", "there is no key \"smallest\" here"),
      ("  \"minimum\": true,\n", "", "1:1", "the key \"minimum\" is missing"),
      ("\"confirmed\": true", "\"confirmed\": false", "17:16", "only confirmed counterexamples are saved"),
      ("\"eot\": 7", "\"eot\": 7.0", "7:21", "expected an integer, found a decimal number"),
      ("\"eot\": 7", "\"eot\": \"7\"", "7:21", "expected an integer, found a string"),
      ("\"eot\": 7", "\"eot\": 3", "7:13", "EFF (4) must not be larger than EOT (3)"),
      ("\"crashes\": 1", "\"crashes\": 0", "12:13", "more crashes than the bounds allow"),
      ("\"node\": \"a\"", "\"node\": \"q\"", "13:31", "there is no node 'q' in the bounds"),
      (
        "\"to\": \"Z\"", "\"to\": \"b c\"", "14:5",
        "the fault 'omit \"b c\" \"b c\" 1' lies outside the bounds: a message to oneself always arrives"
      ),
      (
        "\"round\": 1}", "\"round\": 4}", "14:5",
        "the fault 'omit \"b c\" Z 4' lies outside the bounds: with EOT 7 and EFF 4 it begins in a round from 1 to 3"
      ),
      (
        "\"round\": 5}", "\"round\": 7}", "13:5",
        "the fault 'crash a 7' lies outside the bounds: with EOT 7 and EFF 4 it begins in a round from 1 to 6"
      ),
      (
        "\"kind\": \"crash\"", "\"kind\": \"stop\"", "13:14",
        "expected \"crash\" or \"omission\" or \"delay\" or \"duplicate\" or \"pause\" or \"restart\" or "
          + "\"partition\" or \"wipe\" or \"missing\", found \"stop\""
      ),
      ("[\"C\", \"Z\"", "[\"Z\", \"Z\"", "7:63", "the node 'Z' is named twice"),
      ("[[\"Data1\", -3]]", "[[\"Data1\", null]]", "18:26", "expected a string or an integer, found null"),
      (
        "\"oracle\": \"implication\"", "\"oracle\": \"delphi\"", "8:13",
        "expected \"implication\" or \"molly\", found \"delphi\""
      ),
      ("sha256:0a", "sha256:0A", "4:50", "a digest is 'sha256:' and 64 hexadecimal digits"),
    ])
  func refused(part: String, change: String, place: String, message: String) {
    let text = Self.document.replacing(part, with: change, maxReplacements: 1)
    let error = #expect(throws: InvalidFile.self) { try read(text) }
    #expect(error?.message == message)
    #expect(error?.position.map { "\($0.line):\($0.column)" } == place)
  }

  @Test("a fault that stands there twice is refused")
  func duplicateFault() {
    let fault = "{\"kind\": \"crash\", \"node\": \"a\", \"round\": 5}"
    let error = #expect(throws: InvalidFile.self) {
      try read(Self.document.replacing(fault, with: fault + ", " + fault))
    }
    #expect(error?.message == "the fault 'crash a 5' stands here twice")
  }

  @Test("more faults than any search finds are refused")
  func tooManyFaults() {
    let fault = "{\"kind\": \"crash\", \"node\": \"a\", \"round\": 5}"
    let many = Array(repeating: fault, count: 10_001).joined(separator: ",")
    let error = #expect(throws: InvalidFile.self) { try read(Self.document.replacing(fault, with: many)) }
    #expect(error?.message == "10002 elements; at most 10000 are possible")
  }

  @Test(
    "the question is the one that was asked", arguments: [("post", false), ("post", true), ("good", false)])
  func question(outcome: String, ignoresPre: Bool) throws {
    let program = try Program(
      text: """
        p("a", 1)@1; pre(X) :- p(X, _); post(X) :- p(X, _); good(X) :- p(X, _);
        """)
    let text = Self.document
      .replacing("\"outcome\": \"post\"", with: "\"outcome\": \"\(outcome)\"")
      .replacing("\"ignoresPre\": false", with: "\"ignoresPre\": \(ignoresPre)")
    let question = try read(text).asked.question(about: program)
    #expect(question.outcome?.name == outcome)
    #expect((question.outcome?.pre == nil) == (ignoresPre || outcome != "post"))
  }
}
