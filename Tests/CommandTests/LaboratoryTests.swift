// The laboratory against the tool: in a browser, some thousand admissible scenarios of the programs are
// shown, and every row of every round, every message and the verdict are those of `run`.

import Foundation
import Testing

@Suite("Laboratories")
struct LaboratoryTests {
  private let here: Workplace
  private static let kafka = "$PROGRAMS/kafka/kafka.ded --eot 7 --eff 4 --crashes 1 --nodes a,b,c,C,Z"

  init() throws { here = try Workplace(["none.ded": "p(\"a\")@1; p(N)@next :- p(N);\n"]) }

  @Test("show what the tool says of any admissible run, and can be played with", .needs(.browser))
  func agreement() throws {
    let made = try here.shell("$FAULTLINE lab \(Self.kafka) -o lab.html")
    #expect(made.status == 0 && made.output.isEmpty && made.errors.isEmpty, "\(made.errors)")
    #expect(try here.browse("lab.html", with: "laboratory.py") == "")
  }

  @Test("say why a row does not hold as the tool does, and of others that no run has them", .needs(.browser))
  func absence() throws {
    _ = try here.shell("$FAULTLINE lab \(Self.kafka) -o lab.html")
    #expect(try here.browse("lab.html", with: "whynot.py") == "")
  }

  @Test("cut partitions with a drag of the mouse, with a finger and with keys", .needs(.browser))
  func cuts() throws {
    let bounds = "--eot 7 --eff 4 --crashes 0 --partitions 2 --nodes a,b,c,C,Z"
    let made = try here.shell("$FAULTLINE lab $PROGRAMS/kafka/kafka.ded \(bounds) -o lab.html")
    #expect(made.status == 0, "\(made.errors)")
    #expect(try here.browse("lab.html", with: "cut.py") == "")
  }

  @Test("the same question makes the same page, on standard output as well")
  func bytes() throws {
    let outcome = try here.shell(
      "$FAULTLINE lab \(Self.kafka) -o one.html && $FAULTLINE lab \(Self.kafka) > two.html && cmp one.html two.html"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    let page = try here.read("one.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("<title>Laboratory: kafka.ded</title>"))
    #expect(page.contains("Content-Security-Policy"))
  }

  @Test("the call that makes the same run asks what was asked, of the same nodes")
  func call() throws {
    let program = "say(\"a b\", \"c\")@1; got(M)@async :- say(N, M); post(M) :- got(M);\n"
    try here.write("odd.ded", Data(program.utf8))
    let made = try here.shell(
      "$FAULTLINE lab odd.ded --eot 3 --eff 2 --nodes 'a b,c' --outcome got --crash-view fail-stop -o lab.html"
    )
    #expect(made.status == 0, "\(made.errors)")
    let nodes = #""--nodes '\"a b\",c'""#
    let call =
      #""call":["faultline","run","odd.ded","--eot","3",\#(nodes),"--crash-view","fail-stop","--outcome got"]"#
    #expect(try here.read("lab.html").contains(call))
  }

  @Test("a report of one answer has one, which begins with the counterexample")
  func report() throws {
    _ = try here.shell("$FAULTLINE check \(Self.kafka) --report page.html")
    let page = try here.read("page.html")
    #expect(page.contains("id=\"lab-data\""))
    #expect(page.contains(#""start":{"faults":["crash a 5","omit b Z 1","omit c Z 1"],"inputs":[]}"#))
    _ = try here.shell(
      "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4 --store runs.sqlite; $FAULTLINE report runs.sqlite -o all.html"
    )
    #expect(try !here.read("all.html").contains("id=\"lab-data\""))
  }

  @Test(
    "wrong calls are refused",
    arguments: [
      ("$PROGRAMS/kafka/kafka.ded -o x.html", "[missing-eot]"),
      ("none.ded --eot 3 -o x.html", "[no-post]"),
      ("$PROGRAMS/kafka/kafka.ded --eot 3 -o none.ded", "[output]"),
    ])
  func refused(_ arguments: String, _ code: String) throws {
    let outcome = try here.shell("$FAULTLINE lab \(arguments)")
    #expect(
      outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains(code), "\(outcome.errors)")
    #expect(here.names == ["none.ded"])
  }

  @Test("a circuit that is too large for its memory makes no page, and says so")
  func size() throws {
    let outcome = try here.shell(
      "$FAULTLINE lab $PROGRAMS/consensus/paxos-synod.ded --eot 12 --eff 11 --crashes 1 --memory-limit 1 -o x.html"
    )
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains("larger than the memory limit allows"), "\(outcome.errors)")
    #expect(here.names == ["none.ded"])
  }
}
