import Foundation
import Testing

@Suite("Options that an answer cannot honour")
struct RefusedOptionTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "p.ded": """
      nodes "a", "b"; m("b", V)@async :- s("a", V); s("a", 1)@1; got(N, V)@next :- m(N, V);
      got(N, V)@next :- got(N, V); post(V) :- got("b", V);
      """,
      "zero.ded": "nodes \"a\"; n(\"a\", 0)@1; q(N, 1 / V) :- n(N, V); post(V) :- q(_, V);",
    ])
  }

  struct Refused: CustomTestStringConvertible {
    let call: String
    let code: String
    var testDescription: String { call }
  }

  @Test(
    "are refused before the search, with a sentence and without a file",
    arguments: [
      Refused(call: "check p.ded --eot 4 --eff 2 --each --itf t.itf", code: "bad-each"),
      Refused(call: "check p.ded --eot 4 --eff 2 --each --settle", code: "bad-each"),
      Refused(call: "check p.ded --settle", code: "missing-eot"),
      Refused(call: "check p.ded --eot 4 --eff 2 --why-not 'got(_, _)@9'", code: "no-such-round"),
      Refused(call: "check p.ded --eot 4 --eff 2 --save ''", code: "output"),
      Refused(call: "check p.ded --eot 4 --eff 2 --certificate ''", code: "output"),
      Refused(call: "verify ''", code: "no-such-path"),
      Refused(call: "lab zero.ded --eot 2 -o lab.html", code: "failed-computation"),
    ])
  func refused(_ expected: Refused) throws {
    let outcome = try here.shell("$FAULTLINE \(expected.call)")
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.output)")
    #expect(outcome.errors.contains("[\(expected.code)]"), "\(outcome.errors)")
    #expect(here.names == ["p.ded", "zero.ded"])
  }

  @Test("a call that --strict makes fail says so in its document")
  func strict() throws {
    let outcome = try here.shell("$FAULTLINE check p.ded --eot 4 --strict --json")
    #expect(outcome.status == 2)
    let document = try json(outcome.output)
    let codes = (document["failures"] as? [[String: Any]])?.compactMap { $0["code"] as? String }
    #expect(document["verdict"] as? String == "holds" && codes == ["strict"])
  }

  @Test("what was not asked for is null in the document: whether an answer has settled, and what comes later")
  func nulls() throws {
    let holds = try json(here.shell("$FAULTLINE check p.ded --eot 4 --json").output)
    #expect(holds["settled"] is NSNull && holds["forever"] is NSNull)
    let settled = try json(here.shell("$FAULTLINE check p.ded --eot 4 --settle --json").output)
    #expect((settled["settled"] as? [String: Any])?["period"] as? Int == 1 && settled["forever"] is NSNull)
    let broken = try json(here.shell("$FAULTLINE check p.ded --eot 4 --eff 2 --json").output)
    #expect(broken["settled"] is NSNull && (broken["forever"] as? [String: Any])?["from"] as? Int != nil)
  }

  @Test("a sweep that ends soon has its page all the same")
  func page() throws {
    let outcome = try here.shell("$FAULTLINE check p.ded --time-limit 0.01 --report r.html")
    #expect(here.names.contains("r.html"), "\(outcome.errors)")
  }

  @Test("what faults state can be looked for, though no rule reads it")
  func statements() throws {
    let found = try here.shell(
      "$FAULTLINE find 'crash(\"b\", \"a\", _)' p.ded --eot 3 --crashes 1 --certificate c")
    #expect(found.status == 0 && found.output.contains("a crashes in round 1"), "\(found.output)")
    let none = try here.shell("$FAULTLINE find 'crash(_, \"a\", _)' p.ded --eot 3 --eff 2 --certificate n")
    #expect(none.status == 1)
    #expect(try here.shell("$FAULTLINE verify n").status == 0)
  }

  @Test("'replay' takes choices, in the place of those of the file")
  func choices() throws {
    try here.write(
      "c.ded",
      Data(
        """
        nodes "a", "b"; s("a", 1)@{1..2}; m("b", V)@async :- s("a", V); got(N, V)@next :- m(N, V);
        got(N, V)@next :- got(N, V); pre(V) :- s("a", V)@1; post(V) :- got("b", V);
        """.utf8))
    let saved = try here.shell("$FAULTLINE check c.ded --eot 5 --eff 3 --save out")
    #expect(saved.status == 1)
    #expect(try here.shell("$FAULTLINE replay out").output.hasPrefix("still broken"))
    let other = try here.shell("$FAULTLINE replay out --choose 's(\"a\", 1)@2'")
    #expect(other.status != 2 && !other.output.hasPrefix("still broken"), "\(other.output)")
    #expect(
      try here.shell("$FAULTLINE replay out --choose 's(\"a\", 1)@4'").errors.contains("[no-such-choice]"))
  }
}
