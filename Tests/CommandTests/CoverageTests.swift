import Foundation
import Testing

@Suite("--coverage, and bounds whose faults touch nothing")
struct CoverageTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "push.ded": """
      nodes "a", "b";
      owes("a", 1)@1;
      owes(N, V)@next :- owes(N, V);
      push("b", V)@async :- owes("a", V), notin acked("a", V);
      got(N, V)@next :- push(N, V);
      got(N, V)@next :- got(N, V);
      again(N, V) :- push(N, V), got(N, V);
      late(N, V) :- owes(_, V), push(N, V), time(N, R, _), R > 3;
      bad(N, V) :- got(N, V), V > 5;
      worse(N, V) :- bad(N, V);
      acked("a", V)@async :- got("b", V);
      acked(N, V)@next :- acked(N, V);
      dead(N) :- owes(N, _), crash(N, N, _);
      property kept: finally got => got;
      property ofdead: always dead => alive;
      alive(N) :- owes(N, _);
      property never_seen: always worse => bad;
      """,
      "open.ded": """
      nodes "a", "b";
      x("a")@1; x(N)@next :- x(N);
      maybe y("a")@1;
      y(N)@next :- y(N), x(N);
      z(N) :- x(N), notin y(N);
      gone(N) :- y(N), notin y(N)@1;
      told("b", N)@async :- y(N), x(N);
      heard(N) :- told(_, N);
      untold(N) :- y(N)@1, time(N, 3, _), notin heard(N);
      property kept: always y => x;
      """,
      "silent.ded": "p(\"a\", 1)@1; p(N, V)@next :- p(N, V); post(V) :- p(_, V); p(\"b\", 2)@1;",
      "early.ded": """
      nodes "a", "b";
      tick("a", 3)@1; tick(N, T - 1)@next :- tick(N, T), T > 0;
      m("b")@async :- tick("a", 0);
      x("a")@1; x(N)@next :- x(N); m(N)@next :- m(N);
      pre("w") :- x("a"); post("w") :- x("a"); post("w") :- m("b");
      """,
      "unread.ded": """
      nodes "a", "b";
      x("a")@1; x(N)@next :- x(N); m("b")@async :- x("a");
      pre("w") :- x("a"); post("w") :- x("a");
      never m3; m3(N) :- m(N), x(N);
      """,
    ])
  }

  @Test("the table says of each rule whether it fires, only under faults, or never and why")
  func table() throws {
    let outcome = try here.shell("$FAULTLINE check push.ded --eot 6 --eff 3 --crashes 1 --coverage")
    #expect(outcome.status == 0)
    func line(_ number: Int) -> String {
      outcome.output.split(separator: "\n").first { $0.hasPrefix("  push.ded:\(number) ") }
        .map { $0.split(separator: " ").dropFirst().joined(separator: " ") } ?? ""
    }
    #expect(line(7) == "2")
    #expect(line(8) == "1")
    #expect(line(9) == "0 never: its premises are never met together")
    #expect(line(10) == "0 never: 'bad' is never met")
    #expect(line(13) == "0 only under faults")
    #expect(
      outcome.output.contains(
        """

        In all runs within the bounds
          property     demands something
          kept         in some run
          ofdead       only of nodes that crash
          never_seen   in no run

        """))
    let lines = outcome.output.split(separator: "\n").prefix(5)
    #expect(lines.contains("The rules push.ded:9, push.ded:10 fire in no run within the bounds."))
    #expect(lines.contains { $0.hasPrefix("'ofdead' demands something of crashed nodes only") })
  }

  @Test("what fires only under other inputs is told from what needs a fault")
  func inputs() throws {
    func uses(_ bounds: String) throws -> [String?] {
      let document = try json(here.shell("$FAULTLINE check open.ded \(bounds) --coverage --json").output)
      let rules = (document["coverage"] as? [String: Any])?["rules"] as? [[String: Any]]
      return rules?.map { $0["use"] as? String } ?? []
    }
    let other = "under-inputs"
    #expect(
      try uses("--eot 4 --eff 3") == ["fires", other, "fires", "never", other, other, "under-faults"])
    #expect(try uses("--eot 4") == ["fires", other, "fires", "never", other, other, "never"])
    let text = try here.shell("$FAULTLINE check open.ded --eot 4 --coverage").output
    #expect(text.contains("open.ded:4                  0  only under other inputs\n"))
    #expect(
      text.contains(
        """
        No fault was admitted: EFF and crashes are 0. Only runs without faults were judged, one for each choice of
        inputs.
        """) || text.contains("Only runs without faults were judged, one for each choice of inputs."))
  }

  @Test("the document has classes and codes, the page the table, and a strict call fails")
  func document() throws {
    let call = "$FAULTLINE check push.ded --eot 6 --eff 3 --crashes 1 --coverage"
    let document = try json(here.shell(call + " --json").output)
    let coverage = try #require(document["coverage"] as? [String: Any])
    let rules = try #require(coverage["rules"] as? [[String: Any]])
    let uses = Set(rules.compactMap { $0["use"] as? String })
    #expect(uses == ["fires", "under-faults", "never"])
    #expect(rules.compactMap { $0["unmet"] as? String } == ["bad"])
    let demands = (coverage["properties"] as? [[String: Any]])?.compactMap { $0["demands"] as? String }
    #expect(demands == ["some", "crashed", "none"])
    let codes = (document["warnings"] as? [[String: Any]])?.compactMap { $0["code"] as? String }
    #expect(codes?.contains("rule-never-fires") == true && codes?.contains("demand-of-crashed") == true)
    #expect(codes?.contains("vacuous-property") == true)
    #expect(try here.shell(call + " --strict").status == 2)
    #expect(try here.shell(call + " --report p.html").status == 0)
    #expect(try here.read("p.html").contains("What of the program is used"))
    #expect(try here.shell(call + " --each").output.contains("only of nodes that crash"))
  }

  struct Untouched: CustomTestStringConvertible {
    let call: String
    let line: String
    var testDescription: String { call }
  }

  @Test(
    "the second line says that no fault touches what is asked, and why",
    arguments: [
      Untouched(call: "silent.ded --eot 3 --eff 2", line: "the program sends no message"),
      Untouched(
        call: "early.ded --eot 6 --eff 3",
        line:
          "without faults the first message is sent in round 4, and EFF is 3"),
      Untouched(
        call: "unread.ded --eot 4 --eff 2 --property post",
        line:
          "what they change comes to no row that is asked for until round 4; perhaps the rounds are too few"),
    ])
  func untouched(_ expected: Untouched) throws {
    let outcome = try here.shell("$FAULTLINE check \(expected.call)")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1] == "No fault within the bounds touches what is asked: \(expected.line).")
    #expect(lines[2] == "Try more rounds or a larger EFF, or other faults.")
    let document = try json(here.shell("$FAULTLINE check \(expected.call) --json").output)
    let codes = (document["warnings"] as? [[String: Any]])?.compactMap { $0["code"] as? String }
    #expect(codes?.contains("untouched") == true)
    #expect(try here.shell("$FAULTLINE check \(expected.call) --strict").status == 2)
  }
}
