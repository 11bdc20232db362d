import Foundation
import Testing

@Suite("--each, and runs without faults that break something")
struct EachTableTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "five.ded": """
      nodes "a", "s";
      want("a")@1;
      want(C)@next :- want(C);
      ask("s", C)@async :- want(C);
      got(C)@async :- ask("s", C);
      got(C)@next :- got(C);
      odd(C) :- got(C), notin want(C);
      property served: finally want => got;
      property soon: within 3 want => got;
      property kept: stable got;
      property even: always odd => want;
      property now: always want => got;
      """,
      "division.ded": "v(\"a\", 0)@2; q(X, 10 / V) :- v(X, V); never q; never v;",
      "once.ded": "a(\"x\", 1)@1; post(X) :- a(X, _);",
      "chain.ded": "a(\"x\", 1)@1; b(X, Y) :- a(X, Y), Y > 3; c(X) :- b(X, _); post(X) :- c(X);",
    ])
  }

  private static let call = "$FAULTLINE check five.ded --eot 5 --eff 3 --each"

  @Test("the table says what was found of each property, and below it why")
  func table() throws {
    let outcome = try here.shell(Self.call)
    #expect(outcome.status == 4 && outcome.errors.isEmpty)
    let expected = """
      EACH  5 properties: 3 hold, 1 counterexample, 1 bad baseline

        property  verdict          fewest  faults
        served    holds                 -
        soon      counterexample        2  omit a s 1, omit a s 2
        kept      holds                 -
        even      holds (vacuous)       -
        now       bad baseline          0

      soon
        soon: in round 1 want("a") holds, and got("a") in no round up to 4
        late, not lost: what is missing comes in round 5
        to see why: faultline check five.ded --eot 5 --eff 3 --nodes a,s --property soon

      even
        Vacuously: no run within the bounds has a row in 'odd'.

      now
        now: in round 1 want("a") holds and got("a") does not
        to see why: faultline check five.ded --eot 5 --eff 3 --nodes a,s --property now

      bounds       EOT 5, EFF 3, 0 crashes, nodes a, s; oracle implication, crash view silent
      fault space  64 combinations

      """
    #expect(outcome.output.hasPrefix(expected))
  }

  @Test(
    "the exit code is the worst of the rows, and so that of the call without --each",
    arguments: [
      ("served kept", 0), ("served soon kept", 1), ("soon now", 4), ("served soon kept even now", 4),
    ])
  func status(_ names: String, _ status: Int) throws {
    let asked = names.split(separator: " ").map { " --property \($0)" }.joined()
    #expect(try here.shell(Self.call + asked).status == Int32(status))
    let whole = Self.call.replacingOccurrences(of: " --each", with: "")
    #expect(try here.shell(whole + asked).status == Int32(status))
  }

  @Test("each entry of the document is what is found of the property alone")
  func document() throws {
    let outcome = try here.shell(Self.call + " --json")
    let document = try json(outcome.output)
    #expect(document["format"] as? String == "faultline-each/1" && outcome.status == 4)
    let rows = try #require(document["properties"] as? [[String: Any]])
    #expect(rows.map { $0["property"] as? String } == ["served", "soon", "kept", "even", "now"])
    for row in rows {
      let name = try #require(row["property"] as? String)
      let alone = try json(
        here.shell("$FAULTLINE check five.ded --eot 5 --eff 3 --property \(name) --json").output)
      for key in ["verdict", "vacuous", "counterexamples", "warnings"] {
        #expect(row[key] as? NSObject == alone[key] as? NSObject, "\(name) \(key)")
      }
    }
  }

  @Test("files, record and page have each property apart")
  func files() throws {
    let outcome = try here.shell(Self.call + " --save saved --store runs.sqlite --report page.html")
    #expect(outcome.status == 4 && outcome.errors == "")
    let names = try here.shell("ls saved").output.split(separator: "\n").map(String.init)
    #expect(names.count == 4 && names.allSatisfy { $0.hasPrefix("five-soon-") })
    let replay = try here.shell("$FAULTLINE replay saved --expect broken; $FAULTLINE replay saved --json")
    #expect(replay.output.contains("soon: in round 1 want(\"a\") holds, and got(\"a\") in no round up to 4"))
    let alone = try here.shell(
      "$FAULTLINE check five.ded --eot 5 --eff 3 --property soon --save alone; cmp saved/*.json alone/*.json")
    #expect(alone.errors == "")
    let page = try here.read("page.html")
    for name in ["served", "soon", "kept", "even", "now"] { #expect(page.contains("“\(name)”")) }
    let stored = try here.shell("$FAULTLINE report runs.sqlite -o stored.html && grep -c . stored.html")
    #expect(stored.status == 0)
    for name in ["served: ", "soon: ", "now: "] where name != "" {
      #expect(try here.read("stored.html").contains(name.dropLast(2)))
    }
  }

  @Test("annotations and JUnit name property, round and row")
  func annotations() throws {
    _ = try here.shell(Self.call + " --save saved")
    let replay = try here.shell("$FAULTLINE replay saved --github --junit r.xml")
    let sentence = "soon: in round 1 want"
    #expect(try here.read("r.xml").contains(sentence))
    #expect((replay.output + replay.errors).contains(sentence))
    try here.write(
      "line.ded",
      Data((try here.read("five.ded") + "\n//! scenario eot=5 eff=3 property=soon expect=holds\n").utf8))
    let test = try here.shell("$FAULTLINE test line.ded")
    #expect(test.status == 1)
    #expect(
      test.output.contains(
        "  breaks   soon: in round 1 want(\"a\") holds, and got(\"a\") in no round up to 4\n"))
    #expect(test.output.contains("⟨5,3,0⟩ property=soon ✗ 2 faults"))
  }

  @Test("a failing computation fails for every property; calls that do not go together are refused")
  func refusals() throws {
    let failing = try here.shell("$FAULTLINE check division.ded --eot 3 --each")
    #expect(failing.status == 2 && failing.firstError.contains("[failed-computation]"))
    #expect(failing.output.hasPrefix("EACH  2 properties: 2 errors\n"))
    for (rest, code) in [
      ("--eot 5 --all", "bad-each"), ("--eot 5 --strategy random", "bad-each"), ("", "missing-eot"),
      ("--eot 5 --certificate c", "bad-each"), ("--eot 5 --property x", "unknown-property"),
    ] {
      let refused = try here.shell("$FAULTLINE check five.ded --each \(rest)")
      #expect(refused.status == 2 && refused.firstError.hasSuffix("[\(code)]"), "\(rest)")
      #expect(refused.output.isEmpty)
    }
  }

  @Test("frontier --each has a table for each property")
  func frontier() throws {
    let call = "$FAULTLINE frontier five.ded --eot 5 --eff 3 --crashes 1"
    let text = try here.shell("\(call) --each").output
    #expect(text.contains("FRONTIER  which faults 'soon' survives\n"))
    #expect(text.contains("  with 0 crashes it breaks from 2 omissions on: omit a s 1, omit a s 2\n"))
    #expect(text.contains("BAD BASELINE  'now' is broken without any fault\n"))
    let outcome = try here.shell("\(call) --each --json")
    let rows = try #require(try json(outcome.output)["properties"] as? [[String: Any]])
    #expect(outcome.status == 4 && rows.count == 5)
    for row in rows {
      let (name, found) = (row["property"] as? String ?? "", row["frontier"] as? [String: Any] ?? [:])
      let alone = try json(here.shell("\(call) --property \(name) --json").output)
      for key in ["format", "cells", "verdict"] {
        #expect(found[key] as? NSObject == alone[key] as? NSObject, "\(name) \(key)")
      }
    }
  }

  @Test("a bad baseline is told: how the row came about, and the call that shows the run")
  func badBaseline() throws {
    let outcome = try here.shell("$FAULTLINE check five.ded --eot 5 --property now --crashes 1")
    let expected = """
      BAD BASELINE  'now' is broken without any fault

        now: in round 1 want("a") holds and got("a") does not

      How it comes about without faults
        round 1
          want("a") is given.

      To see the whole run: faultline run five.ded --eot 5 --nodes a,s --property now

      """
    #expect(outcome.status == 4 && outcome.output.hasPrefix(expected))
    let shown = try here.shell("$FAULTLINE run five.ded --eot 5 --nodes a,s --property now | tail -2")
    #expect(
      shown.output
        == "VIOLATED  without faults\n  now: in round 1 want(\"a\") holds and got(\"a\") does not\n")
  }

  @Test("an empty outcome says when it had a row last, or which premises are never met")
  func empty() throws {
    let once = try here.shell("$FAULTLINE check once.ded --eot 3")
    #expect(
      once.output.hasPrefix(
        """
        BAD BASELINE  'post' is empty without any fault

        'post' has no row in round 3 of the failure-free run: there is nothing that faults could take away.
        The last round that has one is round 1, with post("x").
        Perhaps the row is not kept: a rule with @next would carry it on.
        To see the whole run: faultline run once.ded --eot 3 --nodes x

        """))
    let chain = try here.shell("$FAULTLINE check chain.ded --eot 3")
    #expect(
      chain.output.contains(
        """
        chain.ded:1 never derives 'post': its premise 'c' is never met.
        chain.ded:1 never derives 'c': its premise 'b' is never met.
        chain.ded:1 never derives 'b': its premises are never met together.
        Perhaps the run needs more rounds (--eot).

        """))
  }
}
