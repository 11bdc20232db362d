import Documents
import Foundation
import Testing

@Suite("run and graph, of a row that does not hold")
struct WhyNotCallTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "p.ded": """
      //   log(N, P)      N has got P
      say("a", "hi")@1;
      peer("a", "b")@1;
      log(Y, P)@async :- say(X, P), peer(X, Y);
      log(X, P)@next :- log(X, P);
      heard(X, count<P>) :- log(X, P);
      calm(X) :- peer(X, Y), notin log(Y, _);
      pre(P) :- say(_, P)@1;
      post(P) :- log("b", P);
      peer(X, Y)@next :- peer(X, Y);
      """
    ])
  }

  private static let call = "$FAULTLINE run p.ded --eot 3 --nodes a,b --fault 'omit a b 1' --why-not"

  @Test("what is told leads from the row to the lost message, and names every rule")
  func lost() throws {
    let outcome = try here.shell("\(Self.call) 'log(\"b\", \"hi\")'")
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        log("b", "hi") does not hold in round 3, because what a sends to b in round 1 is
        lost.
          (1) rounds 1–3: b has not got hi: no log("b", "hi")
              p.ded:4: in round 2 what a sends to b in round 1 is lost
              p.ded:4: in round 3 no say(_, "hi") (2)
              p.ded:5: it did not hold before, either
          (2) round 2: no say(_, "hi"); no rule derives it, and no fact states it

        VIOLATED  under 'omit a b 1'
          in round 3 pre("hi") holds and post("hi") does not

        """)
  }

  @Test("a row that is in the way is told with its fault, an aggregate with its other value")
  func others() throws {
    let blocked = try here.shell("$FAULTLINE run p.ded --eot 3 --nodes a,b --why-not 'calm(\"a\")@2'")
    #expect(blocked.output.contains("p.ded:7: log(\"b\", \"hi\") holds (2)\n"), "\(blocked.output)")
    let counted = try here.shell("$FAULTLINE run p.ded --eot 3 --nodes a,b --why-not 'heard(\"b\", 2)'")
    #expect(
      counted.output.contains("p.ded:6: the aggregate derives heard(\"b\", 1) instead (2)\n"),
      "\(counted.output)")
  }

  @Test("an aggregate that takes another value is told down to the row that it lacks")
  func aggregate() throws {
    try here.write(
      "two.ded",
      Data(
        """
        say("a", "x")@1;
        say("c", "y")@1;
        log("b", P)@async :- say(X, P);
        heard(X, count<P>) :- log(X, P);
        """.utf8))
    let one = try here.shell(
      "$FAULTLINE run two.ded --eot 2 --nodes a,b,c --fault 'omit a b 1' --why-not 'heard(\"b\", 2)'")
    let sentence = "heard(\"b\", 2) does not hold in round 2, because what a sends to b in round 1 is lost."
    #expect(one.output.replacing("\n", with: " ").hasPrefix(sentence), "\(one.output)")
    #expect(one.output.contains("the aggregate derives heard(\"b\", 1) instead (2)"), "\(one.output)")
  }

  @Test("the document has the claims, each with the rules and what they lack")
  func document() throws {
    let outcome = try here.shell("\(Self.call) 'log(\"b\", _)' --json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let whyNot = try #require(document["whyNot"] as? [String: Any])
    #expect(whyNot["relation"] as? String == "log" && whyNot["round"] as? Int == 3)
    let claims = try #require(whyNot["claims"] as? [[String: Any]])
    #expect(claims.first?["holds"] as? Bool == false)
    let rules = try #require(claims.first?["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["rule"] as? String } == ["p.ded:4", "p.ded:5"])
    #expect(outcome.output.contains(#""kind": "omission", "from": "a", "to": "b", "round": 1"#))
  }

  @Test("the picture is DOT or SVG, and has the fault")
  func picture() throws {
    let call = "$FAULTLINE graph p.ded --eot 3 --nodes a,b --fault 'omit a b 1' --why-not 'log(\"b\", _)'"
    let dot = try here.shell(call)
    #expect(dot.status == 0 && dot.output.hasPrefix("digraph lineage") && dot.output.contains("omit a→b @1"))
    let svg = try here.shell("\(call) --svg")
    #expect(svg.status == 0 && svg.output.hasPrefix("<svg ") && svg.output.contains(">omit a→b @1<"))
  }

  @Test("check tells it of the counterexample, and the answer stays what it is")
  func answer() throws {
    let call = "$FAULTLINE check p.ded --eot 3 --eff 2 --nodes a,b"
    let outcome = try here.shell("\(call) --why-not 'log(\"b\", _)'")
    #expect(outcome.status == 1 && !outcome.errors.contains("error:"))
    #expect(outcome.output.contains("\nlog(\"b\", _) does not hold in round 3, because what a sends to b"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == lines.last && lines.first?.hasPrefix("COUNTEREXAMPLE  ") == true)
    let document = try here.shell("\(call) --why-not 'log(\"b\", _)' --json")
    #expect(document.output.contains("\"whyNot\": {"))
    let held = try here.shell("\(call) --why-not 'say(_, _)@1'")
    #expect(held.status == 1 && held.errors.contains("say(_, _) holds in round 1 of this run [row-holds]"))
    #expect(try here.shell(call).output == held.output)
    let unknown = try here.shell("\(call) --why-not 'lag(_, _)'")
    #expect(
      unknown.status == 2 && unknown.errors.contains("the program has no relation 'lag' [unknown-relation]"))
  }

  @Test(
    "what cannot be meant says why",
    arguments: [
      (
        "run p.ded --eot 3 --nodes a,b --why-not 'log(\"b\", \"hi\")'",
        "log(\"b\", \"hi\") holds in round 3 of this run [row-holds]"
      ),
      (
        "graph p.ded --eot 3 --nodes a,b --why-not 'log(_, _)'",
        "log(_, _) holds in round 3 of this run [row-holds]"
      ),
      ("run p.ded --eot 3 --nodes a,b --why-not 'log(_, _)@4'", "the run has 3 rounds [no-such-round]"),
      (
        "run p.ded --eot 3 --nodes a,b --why-not 'lag(_, _)'",
        "the program has no relation 'lag' [unknown-relation]"
      ),
      ("run p.ded --eot 3 --nodes a,b --why-not 'log(_)'", "'log' has 2 columns, not 1 [bad-row]"),
      ("run p.ded --eot 3 --nodes a,b --why-not 'log(b, _)'", "'log(b, _)' is no row [bad-row]"),
      ("run p.ded --eot 3 --nodes a,b --explain full", "--explain needs --why-not [usage]"),
      (
        "graph p.ded --eot 3 --nodes a,b --why-not 'log(_, 1)' --row 'log(_, _)'",
        "--row and --why-not are two different pictures [usage]"
      ),
      (
        "graph p.ded --eot 3 --nodes a,b --why-not 'log(_, 1)' --mermaid",
        "--mermaid is text about messages: it goes neither with --svg nor with lineage [usage]"
      ),
    ])
  func refused(call: String, error: String) throws {
    let outcome = try here.shell("$FAULTLINE \(call)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError == "error: " + error)
  }
}
