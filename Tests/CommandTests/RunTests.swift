import Documents
import Foundation
import Reports
import Testing

@Suite("run, and what holds of every verb")
struct RunTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "p.ded": """
      say("a b", "hi")@1;
      log(Y, P)@async :- say(X, P), peer(X, Y);
      peer("a b", "c")@1;
      log(X, P)@next :- log(X, P);
      heard(X, count<P>) :- log(X, P);
      pre(P) :- say(_, P)@1;
      post(P) :- log("c", P);
      """
    ])
  }

  @Test("the tables of a run, round by round, and its verdict")
  func tables() throws {
    let outcome = try here.faultline("run", "p.ded", "-t", "3", "--nodes", "c,a b")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        round 1
          say("a b", "hi")
          peer("a b", "c")
          pre("hi")
          a b -> c  log("c", "hi")

        round 2
          log("c", "hi")
          heard("c", 1)
          pre("hi")
          post("hi")

        round 3
          log("c", "hi")
          heard("c", 1)
          pre("hi")
          post("hi")

        MET  without faults

        """)
  }

  @Test("faults need not be admissible, and are told with what they take away")
  func faults() throws {
    let outcome = try here.shell(
      "$FAULTLINE run p.ded -t 3 -N 'c,\"a b\"' --fault 'omit \"a b\" c 1' --fault 'crash c 3'"
    )
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\n  a b -> c  log(\"c\", \"hi\")  LOST: omission\n"))
    #expect(outcome.output.contains("\n  crash(\"a b\", \"c\", 3)\n"))
    #expect(
      outcome.output.hasSuffix(
        """
        VIOLATED  under 'crash c 3', 'omit "a b" c 1'
          in round 3 pre("hi") holds and post("hi") does not

        """))
  }

  @Test("the run as JSON")
  func document() throws {
    let outcome = try here.shell("$FAULTLINE run p.ded -t 3 -N 'c,a b' --fault 'crash \"a b\" 1' --json")
    let document = try json(outcome.output)
    #expect(
      document["format"] as? String == "faultline-run/1" && document["verdict"] as? String == "violated")
    let first = try #require((document["rounds"] as? [[String: Any]])?.first)
    #expect(((first["messages"] as? [[String: Any]])?.first)?["fate"] as? String == "sender-crashed")
  }

  @Test("a program without a specification runs")
  func withoutSpecification() throws {
    try here.write("q.ded", Data("p(\"a\", 1)@1; q(X) :- p(X, _);".utf8))
    let outcome = try here.faultline("run", "q.ded", "-t", "1")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasSuffix("NO SPECIFICATION  there is no relation 'post'\n"))
  }

  @Test("a run that fails names the rule, the round and the values")
  func failure() throws {
    try here.write(
      "d.ded", Data("v(\"a\", 2)@1;\nv(X, V - 1)@next :- v(X, V);\nq(X, 6 / V) :- v(X, V);".utf8))
    let outcome = try here.faultline("run", "d.ded", "-t", "5")
    #expect(outcome.status == 2)
    #expect(
      outcome.firstError == "d.ded:3:1: error: in round 3, '6 / 0' divides by zero [failed-computation]")
    #expect(
      outcome.errors.hasSuffix(
        "  fix: compare the operands first, as in 'V != 0, 10 / V > 2': comparisons are evaluated left to right\n"
      ))
  }

  @Test("what does not fit gets advice about large values, and not about zero")
  func overflow() throws {
    try here.write("o.ded", Data("v(\"a\", 4611686018427387904)@1;\nq(X, V * 2) :- v(X, V);".utf8))
    let outcome = try here.faultline("run", "o.ded", "-t", "1")
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == """
        o.ded:2:1: error: in round 1, '4611686018427387904 * 2' does not fit 64 bits [failed-computation]
          q(X, V * 2) :- v(X, V);
          ^^^^^^^^^^^^^^^^^^^^^^^
          fix: leave large values out first, as in 'V < 1000, V * V > 2', or count in a larger unit

        """)
  }

  @Test("a run without end stops at its budget and shows a part")
  func budget() throws {
    try here.write("n.ded", Data("n(\"a\", 0)@1; n(X, V + 1) :- n(X, V);".utf8))
    let outcome = try here.faultline("run", "n.ded", "-t", "2", "--memory-limit", "2")
    #expect(outcome.status == 3)
    #expect(
      outcome.firstError
        == "warning: the run was cut in round 1, where its budget of tuples was used up: 'n' has 5001 of 5001 tuples; "
        + "what follows is missing; '--memory-limit' raises the budget")
    #expect(outcome.output.contains(/\n  n: [0-9]+ more\n/))
  }

  static let calls = [
    "check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z",
    "check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z --json",
    "check $PROGRAMS/commit/3pc.ded -t 9 -f 7 -c 1 --save .",
    "check $PROGRAMS/delivery/classic-deliv.ded",
    "run $PROGRAMS/commit/3pc.ded -t 7",
    "run $PROGRAMS/delivery/ack-deliv.ded -t 6 --fault 'crash a 2' --json",
  ]

  @Test("two runs of a call give the same bytes, times aside", arguments: calls)
  func determinism(call: String) throws {
    let line = "$FAULTLINE \(call) | sed '/seconds/d'; cat ./*.cex.json ./*.dot ./*.txt 2>/dev/null"
    let first = try here.shell(line)
    #expect(first == (try here.shell(line)))
    #expect(!first.output.isEmpty)
  }

  @Test("the flags of the published tool mean the same")
  func aliases() throws {
    let outcomes = try [
      "-t 4 -f 2 -c 1 -N a,b,c", "--EOT 4 --EFF 2 -c 1 --nodes a,b,c",
      "--eot=4 --eff=2 --crashes=1 --nodes=c,b,a",
    ].map {
      try here.shell(
        "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded \($0) --explain full | sed '/seconds/d'")
    }
    #expect(outcomes[0].output.contains("EOT 4, EFF 2, 1 crash"))
    #expect(outcomes.allSatisfy { $0 == outcomes[0] })
  }
}
