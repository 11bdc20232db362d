import Answers
import Documents
import Foundation
import Reports
import Testing

@Suite("check")
struct CheckTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "division.ded": "v(\"a\", 0)@1; q(X, 10 / V) :- v(X, V); post(X) :- q(X, _);",
      "empty.ded": "p(\"a\", 1)@1; post(X) :- p(X, V), V > 5;",
      "broken.ded": "p(\"a\", 1)@1; pre(X) :- p(X, _); post(X) :- p(X, V), V > 5; post(\"b\") :- p(_, _);",
      "alarm.ded": """
      x("a")@1; x(N)@next :- x(N); m("b")@async :- x("a"); seen(N) :- m(N); seen(N)@next :- seen(N);
      pre(N) :- x(N), notin seen("b"), late(N); late("a")@4; post(N) :- pre(N), seen("b");
      """,
      "endless.ded": "n(\"a\", 0)@1; n(X, V + 1) :- n(X, V); post(X) :- n(X, _);",
      "vacuous.ded": "p(\"a\", 1)@1; pre(X) :- p(X, V), V > 5; post(X) :- p(X, _); p(X, V)@next :- p(X, V);",
    ])
  }

  struct Expectation: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let headline: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let verdicts = [
    Expectation(
      arguments: [
        Binary.program("kafka/kafka.ded"), "--eot", "7", "--eff", "4", "--crashes", "1", "-N", "a,b,c,C,Z",
      ],
      status: 1, headline: "COUNTEREXAMPLE  3 faults take 'post' away"),
    Expectation(
      arguments: [Binary.program("kafka/kafka.ded"), "-t", "7", "-f", "4", "-c", "0", "-N", "a,b,c,C,Z"],
      status: 0, headline: "HOLDS  no set of faults within the bounds breaks 'post'"),
    Expectation(
      arguments: [Binary.program("delivery/simple-deliv.ded"), "--EOT", "4", "--EFF", "2"],
      status: 1, headline: "COUNTEREXAMPLE  1 fault takes 'post' away"),
    Expectation(
      arguments: ["endless.ded", "--eot", "3", "--memory-limit", "10"], status: 3,
      headline: "INCONCLUSIVE  tuple budget"),
    Expectation(
      arguments: ["empty.ded", "--eot", "3"], status: 4,
      headline: "BAD BASELINE  'post' is empty without any fault"),
    Expectation(
      arguments: ["broken.ded", "--eot", "1"], status: 4,
      headline: "BAD BASELINE  'post' is broken without any fault"),
    Expectation(
      arguments: ["division.ded", "--eot", "3"], status: 2,
      headline: "ERROR  the program computes what has no result"),
    Expectation(
      arguments: ["vacuous.ded", "--eot", "3"], status: 0,
      headline: "HOLDS  no set of faults within the bounds breaks 'post'"),
    Expectation(
      arguments: [Binary.program("delivery/simple-deliv.ded")], status: 1,
      headline: "COUNTEREXAMPLE  1 fault takes 'post' away"),
  ]

  @Test("each verdict has its exit code and first line", arguments: verdicts)
  func verdict(_ expected: Expectation) throws {
    let outcome = try here.faultline(["check"] + expected.arguments)
    #expect(outcome.status == expected.status)
    #expect(outcome.output.prefix { $0 != "\n" } == expected.headline)
  }

  @Test("the Kafka counterexample is told in words")
  func kafka() throws {
    let outcome = try here.shell("$FAULTLINE check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.first == "COUNTEREXAMPLE  3 faults take 'post' away" && lines.dropLast().last == lines.first)
    for line in [
      "C has been told that Data1 is safe, because Z does not hear that b or c lives:",
      "  (1) what b and c send to Z in round 1 is lost: heartbeat",
      "  (2) round 2: Z does not hear that b or c lives (1)",
      "Fewer is impossible: no set of 2 faults or fewer breaks it.",
      "Confirmed: the program was run under exactly these faults.",
      "Broken for ever: from round 7 on every round is the same.",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)\n\(outcome.output)")
    }
    let call = "$FAULTLINE check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z --explain full"
    let figures = """

      bounds       EOT 7, EFF 4, 1 crash, nodes C, Z, a, b, c; oracle implication, crash view silent
      fault space  24581485516582768649175040 combinations

      """
    #expect(try here.shell(call).output.contains(figures))
    #expect(outcome.errors.isEmpty)
  }

  @Test("the verdict as JSON has exactly the fields of reference-files.md, in their order")
  func jsonVerdict() throws {
    let outcome = try here.shell(
      "$FAULTLINE check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z --json")
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    let document = try json(outcome.output)
    let keys = [
      "format", "program", "bounds", "oracle", "outcome", "crashView", "strategy", "verdict", "vacuous",
      "warnings", "settled", "forever", "faultSpace", "counterexamples", "executions", "circuit", "cnf",
      "solver",
      "proofs", "certificate", "seconds",
    ]
    #expect(Set(document.keys) == Set(keys))
    let places = keys.map { outcome.output.range(of: "\n  \"\($0)\"")?.lowerBound ?? outcome.output.endIndex }
    #expect(places == places.sorted() && !places.contains(outcome.output.endIndex))
    #expect(document["verdict"] as? String == "counterexample")
    #expect(document["faultSpace"] as? String == "24581485516582768649175040")
    let counterexample = try #require((document["counterexamples"] as? [[String: Any]])?.first)
    #expect(counterexample["minimum"] as? Bool == true && counterexample["confirmed"] as? Bool == true)
    #expect(counterexample["violated"] as? [[String]] == [["Data1"]])
    #expect(document["forever"] as? [String: Int] == ["from": 7, "period": 1])
    #expect(
      (counterexample["faults"] as? [[String: Any]])?.map { $0["kind"] as? String } == [
        "crash", "omission", "omission",
      ])
  }

  @Test("the digest is that of the files one after the other")
  func digest() throws {
    let outcome = try here.shell("$FAULTLINE check empty.ded -t 3 --json; sha256sum < empty.ded")
    let sum = try #require(outcome.output.split(separator: "\n").last?.prefix(64))
    #expect(outcome.output.contains("\"digest\": \"sha256:\(sum)\""))
  }

  @Test("JSON is valid and alone on standard output, whatever the verdict", arguments: verdicts)
  func alwaysJSON(_ expected: Expectation) throws {
    let outcome = try here.faultline(["check", "--json"] + expected.arguments)
    #expect(outcome.status == expected.status)
    let verdict = try json(outcome.output)["verdict"] as? String
    let codes: [Int32: String] = [
      0: "holds", 1: "counterexample", 2: "error", 3: "inconclusive", 4: "bad-baseline",
    ]
    #expect(verdict == codes[expected.status])
  }

  @Test("a bad baseline shows its rows without faults; an empty outcome none")
  func badBaseline() throws {
    let broken = try json(here.faultline("check", "broken.ded", "-t", "1", "--json").output)
    let entry = try #require((broken["counterexamples"] as? [[String: Any]])?.first)
    #expect((entry["faults"] as? [Any])?.isEmpty == true)
    #expect(entry["violated"] as? [[String]] == [["a"]])
    let empty = try json(here.faultline("check", "empty.ded", "-t", "1", "--json").output)
    #expect((empty["counterexamples"] as? [Any])?.isEmpty == true)
  }

  struct Caution: CustomTestStringConvertible {
    let arguments: String
    let lines: [String]
    let codes: [String]
    var testDescription: String { arguments }
  }

  @Test(
    "what a verdict does not say by itself stands in the next lines and among the warnings",
    arguments: [
      Caution(
        arguments: "alarm.ded -t 4 -f 4 -N a,b",
        lines: [
          "COUNTEREXAMPLE  3 faults break 'post'", "Without faults 'post' has no row in round 4.",
        ], codes: ["empty-without-faults"]),
      Caution(
        arguments: "$PROGRAMS/delivery/simple-deliv.ded -t 4",
        lines: [
          "HOLDS  no set of faults within the bounds breaks 'post'",
          "No fault was admitted: EFF and crashes are 0. Only one run was judged, that without faults.",
          "Try --eff 2 --crashes 1.",
        ], codes: ["no-fault-admitted"]),
      Caution(
        arguments: "$PROGRAMS/delivery/simple-deliv.ded -t 7 -f 1",
        lines: [
          "HOLDS  no set of faults within the bounds breaks 'post'",
          "No fault was admitted: with EFF 1 no message may be lost, and crashes is 0. Only one run was judged, "
            + "that without faults.", "Try --eff 4 --crashes 1.",
        ], codes: ["no-fault-admitted"]),
      Caution(
        arguments: "$PROGRAMS/delivery/retry-deliv.ded -t 6 -f 3",
        lines: [
          "HOLDS  no set of faults within the bounds breaks 'post'", "",
          "Proved for every run within the bounds, not sampled.",
        ], codes: []),
    ])
  func cautions(_ expected: Caution) throws {
    let text = try here.shell("$FAULTLINE check \(expected.arguments)").output
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(Array(lines.prefix(expected.lines.count)) == expected.lines)
    let document = try json(here.shell("$FAULTLINE check \(expected.arguments) --json").output)
    let warnings = try #require(document["warnings"] as? [[String: Any]])
    #expect(warnings.map { $0["code"] as? String } == expected.codes)
  }

  @Test("a vacuous verdict says so")
  func vacuous() throws {
    let outcome = try here.faultline("check", "vacuous.ded", "-t", "3", "--json")
    #expect(outcome.output.contains("\"vacuous\": true"))
  }

  /// ack-deliv among many nodes: many seconds of search.
  private static func gossip(nodes: Int) -> String {
    var text = ""
    for node in 0..<nodes {
      for other in 0..<nodes where other != node { text += "node(\"n\(node)\", \"n\(other)\")@1;\n" }
    }
    return text + """
      node(N, O)@next :- node(N, O);
      log("n0", "x")@1;
      log(N, P)@next :- log(N, P);
      relay(O, N, P)@async :- log(N, P), node(N, O), notin ack(N, O, P);
      log(N, P) :- relay(N, _, P);
      ack(S, N, P)@async :- relay(N, S, P);
      ack(N, O, P)@next :- ack(N, O, P);
      missing(N, P) :- log(_, P), node(N, _), notin log(N, P);
      pre(P) :- log(_, P);
      post(P) :- log(_, P), notin missing(_, P);
      """
  }

  @Test("a time limit, and Ctrl-C, end a search as inconclusive", arguments: ["", "INT"])
  func limits(signal: String) throws {
    try here.write("gossip.ded", Data(Self.gossip(nodes: 24).utf8))
    let call = "check gossip.ded -t 300 -f 299 -c 5 --memory-limit 1000"
    let outcome =
      signal.isEmpty
      ? try here.shell("$FAULTLINE \(call) --time-limit 0.1")
      : try here.interrupted(call)
    #expect(outcome.status == 3)
    #expect(
      outcome.output.hasPrefix(signal.isEmpty ? "INCONCLUSIVE  time limit" : "INCONCLUSIVE  interrupted"))
  }
}
