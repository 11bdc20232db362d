// A program that leaves inputs open, through every verb, with what is written read back.

import Foundation
import Testing

@Suite("Calls about inputs that are chosen")
struct ChoiceCallTests {
  private static let program = #"""
    nodes "a", "b";
    go("a", 1)@{1..2}; maybe stop("b")@{3..4};
    got("b", V)@async :- go("a", V); got(N, V)@next :- got(N, V), notin stop(N);
    sent(N, V)@next :- go(N, V); sent(N, V)@next :- sent(N, V);
    pre(V) :- sent("a", V); post(V) :- got("b", V); post(V) :- sent("a", V), late(_);
    late("b") :- stop("b"); late(N)@next :- late(N);
    """#
  private static let other = #"""
    nodes "a", "b"; go("a", "b")@{1..2};
    came(Y)@async :- go(X, Y); came(Y)@next :- came(Y);
    alone("a") :- time(_, 5, _), notin came("b");
    """#
  private let here: Workplace

  init() throws { here = try Workplace(["p.ded": Self.program, "q.ded": Self.other]) }

  @Test("a counterexample is told, saved, replayed and recorded with its inputs, and can be run again")
  func counterexample() throws {
    let call = "$FAULTLINE check p.ded -t 5 -f 4 --save out --store runs.sqlite --report page.html"
    let told = try here.shell(call)
    #expect(told.status == 1, "\(told.errors)")
    #expect(told.output.contains("\n  with go(\"a\", 1)@1 chosen\n"), "\(told.output)")
    #expect(told.output.contains("\n  (1) what a sends to b in round 1 is lost: got\n"), "\(told.output)")
    #expect(told.output.contains("under exactly these faults and with these inputs.\n"))

    let document = try json(try here.shell("$FAULTLINE check p.ded -t 5 -f 4 --json").output)
    let first = try #require((document["counterexamples"] as? [[String: Any]])?.first)
    #expect(first["inputs"] as? [String] == ["go(\"a\", 1)@1"])

    let saved = try here.shell("cat out/*.cex.json out/*.txt")
    #expect(saved.output.contains(#""inputs": ["go(\"a\", 1)@1"]"#))
    #expect(saved.output.contains(#"--fault 'omit a b 1' --choose 'go("a", 1)@1'"#))
    let again = try here.shell("$FAULTLINE $(tail -1 out/*.txt | sed 's/^  faultline //' | tr -d \"'\")")
    #expect(again.status == 2, "quotes matter")
    let pasted = try here.shell("eval \"$(tail -1 out/*.txt | sed 's/^  faultline/$FAULTLINE/')\" | tail -2")
    #expect(pasted.output.hasPrefix("VIOLATED  under 'omit a b 1', with go(\"a\", 1)@1 chosen\n"))

    #expect(try here.shell("$FAULTLINE replay out").output.hasPrefix("still broken"))
    let drawn = try here.shell(
      "$FAULTLINE graph out/*.cex.json > a.dot && $FAULTLINE graph --store runs.sqlite --run 2 > b.dot && cmp a.dot b.dot"
    )
    #expect(drawn.status == 0, "\(drawn.errors)")
    #expect(try here.shell("$FAULTLINE report runs.sqlite -o again.html").status == 0)
    #expect(try here.read("page.html").contains("go("))
  }

  @Test("a saved counterexample whose input is gone, or open, cannot be replayed, and says why")
  func changedProgram() throws {
    _ = try here.shell("$FAULTLINE check p.ded -t 5 -f 4 --save out")
    _ = try here.shell("sed -i 's/{1..2}/{2..3}/' p.ded")
    let gone = try here.shell("$FAULTLINE replay out")
    #expect(gone.status == 2 && gone.errors.contains("[no-such-choice]"), "\(gone.errors)")
    _ = try here.shell("sed -i 's/{2..3}/{1..3}/; s/maybe stop/stop/' p.ded")
    let open = try here.shell("$FAULTLINE replay out")
    #expect(open.status == 2 && open.errors.contains("[open-choice]"), "\(open.errors)")
  }

  @Test("a bad baseline is told with its inputs, and how to see it")
  func badBaseline() throws {
    _ = try here.shell("sed -i 's/, late(_)/, late(\"z\")/' p.ded")
    let bad = try here.shell("$FAULTLINE check p.ded -t 5 -f 2")
    #expect(bad.status == 4, "\(bad.errors)")
    #expect(bad.output.contains(#"  with go("a", 1)@1 and stop("b")@3 chosen"#), "\(bad.output)")
    let line = try here.shell(
      "$FAULTLINE check p.ded -t 5 -f 2 | sed -n 's/^To see the whole run: faultline/$FAULTLINE/p' > see.sh; . ./see.sh"
    )
    #expect(line.status == 1 && line.output.contains("VIOLATED  without faults, with"), "\(line.output)")
  }

  @Test(
    "what does not go together is refused",
    arguments: [
      ("run p.ded -t 5", "open-choice"), ("run p.ded -t 5 --choose 'go(\"a\", 1)@9'", "no-such-choice"),
      ("run p.ded -t 5 --choose 'go(\"a\", 1)@1' --choose 'go(\"a\", 1)@2'", "chosen-twice"),
      ("run p.ded -t 5 --choose 'go'", "bad-fact"), ("graph p.ded -t 5", "open-choice"),
      ("check p.ded -t 5 --oracle molly", "choice-without-premise"),
      ("check p.ded -t 5 --outcome got", "choice-without-premise"),
      ("check p.ded -t 5 --strategy loop", "bad-strategy"),
      ("find 'gat(_, _)' p.ded -t 5", "unknown-relation"), ("find 'got(_)' p.ded -t 5", "bad-row"),
      ("find 'got(_, _)@7' p.ded -t 5", "bad-row"), ("find got p.ded -t 5", "bad-row"),
      ("find 'got(_, _)' p.ded", "missing-eot"),
    ])
  func refused(_ call: String, _ code: String) throws {
    let outcome = try here.shell("$FAULTLINE \(call)")
    #expect(outcome.status == 2 && outcome.errors.contains("[\(code)]"), "\(call): \(outcome.errors)")
  }

  @Test("certificates are about all inputs, and about rows that are looked for")
  func certificates() throws {
    let calls = [
      ("check p.ded -t 5", "VALID  "), ("check p.ded -t 5 -f 3", "VALID  "),
      ("find 'late(\"b\")' p.ded -t 2", "VALID  no set of faults within the bounds leads to 'late(\"b\")'"),
      (
        "find 'alone(_)' q.ded -t 5 -f 3",
        "VALID  this fault leads to 'alone(_)', which is not there without faults"
      ),
    ]
    for (call, valid) in calls {
      let made = try here.shell("rm -rf cert; $FAULTLINE \(call) --certificate cert")
      #expect(made.output.contains("cert"), "\(call): \(made.output) \(made.errors)")
      let verified = try here.shell("$FAULTLINE verify cert")
      #expect(verified.status == 0 && verified.output.hasPrefix(valid), "\(call): \(verified.output)")
    }
    let found = try here.shell(
      "rm -rf cert; $FAULTLINE find 'late(\"b\")@4' p.ded -t 5 --certificate cert; ls")
    #expect(found.errors.contains("nothing is proved"), "\(found.errors)")
    #expect(!found.output.contains("cert"), "\(found.output)")
  }

  @Test("find tells a run with its inputs, saves, records and replays it; or that there is none")
  func find() throws {
    let found = try here.shell(
      "$FAULTLINE find 'late(\"b\")@4' p.ded -t 5 --save out --store runs.sqlite --report page.html")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.hasPrefix("FOUND  late(\"b\")@4 holds in a run without faults\n"), "\(found.output)")
    #expect(found.output.contains(#"with go("a", 1)@1 and stop("b")@3 chosen"#))
    #expect(try here.shell("$FAULTLINE replay out --expect broken").status == 0)
    #expect(try here.shell("$FAULTLINE graph out/*.cex.json").output.contains("late"))
    let document = try json(try here.shell("$FAULTLINE find 'late(_)@4' p.ded -t 5 --json").output)
    #expect(document["verdict"] as? String == "found" && document["format"] as? String == "faultline-find/1")

    let faulty = try here.shell("$FAULTLINE find 'late(\"b\")' p.ded -t 2")
    #expect(
      faulty.status == 1 && faulty.output.hasPrefix("NONE  no run within the bounds has a row late(\"b\")\n"))
  }
}
