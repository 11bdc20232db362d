import Dedalus
import Evaluation
import Properties
import Scenarios
import Search
import Testing
import Texts

@testable import LineageViz

@Suite("Stories of each kind of fault")
struct FaultStoryTests {
  /// `a` tells `b` and `c`; `b` must hear it early.
  private static let telling = """
    durable log;
    configuration peer;
    put("a", "x")@1;
    peer("a", "b")@1; peer("a", "c")@1;
    peer(N, M)@next :- peer(N, M);
    rep(M, V)@async :- put(N, V), peer(N, M);
    log(M, V)@next :- rep(M, V);
    log(N, V)@next :- log(N, V);
    tick("b", 0)@1;
    tick(N, T+1)@next :- tick(N, T);
    early(N) :- log(N, _), tick(N, T), T < 3;
    early(N)@next :- early(N);
    pre(V) :- put(_, V)@1;
    post(V) :- early("b"), log("c", V), put(_, V)@1;
    """

  /// What `a` sends must not reach `b` in round 3.
  private static let waiting = """
    x("a", 1)@1;
    m("b", X)@async :- x("a", X);
    flag("b")@3;
    hit(N, X)@next :- m(N, X), flag(N);
    hit(N, X)@next :- hit(N, X);
    pre(X) :- hit("b", X);
    post(X) :- none("b", X);
    none("b", 0)@1;
    """

  /// Nobody must hear of trouble.
  private static let stating = """
    down(N, M)@next :- outage(N, M, _, _);
    down(N, M)@next :- down(N, M);
    pre(X) :- down("a", X);
    post(X) :- none("b", X);
    none("b", 0)@1;
    """

  static let stories: [(text: String, kind: String, story: String)] = [
    (
      telling, "pause",
      """
        round 1
          a pauses in round 1.
          a does not send rep("b", "x") to b [p.ded:6], for a pauses in round 1.
        round 3
          log("b", "x") is missing [p.ded:7], for want of rep("b", "x").
          early("b") is missing [p.ded:11], for want of log("b", "x").
      """
    ),
    (
      telling, "restart",
      """
        round 2
          b is down in round 2 and restarts with what is durable.
        round 3
          tick("b", 2) is missing [p.ded:10], although tick("b", 1) holds: b is down in round 2.
          early("b") is missing [p.ded:11], for want of tick("b", 2).
      """
    ),
    (
      telling, "wipe",
      """
        round 2
          b is down in round 2 and restarts with nothing.
        round 3
          tick("b", 2) is missing [p.ded:10], although tick("b", 1) holds: b is down in round 2.
          early("b") is missing [p.ded:11], for want of tick("b", 2).
      """
    ),
    (
      telling, "partition",
      """
        round 1
          a cannot talk to the other nodes in round 1.
          rep("c", "x") from a to c is lost [p.ded:6], for a is cut off in round 1.
        round 3
          log("c", "x") is missing [p.ded:7], for want of rep("c", "x").
      """
    ),
    (
      telling, "delay",
      """
        round 1
          rep("b", "x") from a to b comes 1 round late [p.ded:6].
        round 3
          log("b", "x") is missing [p.ded:7], for want of rep("b", "x").
          early("b") is missing [p.ded:11], for want of log("b", "x").
      """
    ),
    (
      telling, "missing",
      """
        round 1
          the fact peer("a", "b")@1 is missing.
          a does not send rep("b", "x") to b [p.ded:6], for want of peer("a", "b").
        round 3
          log("b", "x") is missing [p.ded:7], for want of rep("b", "x").
          early("b") is missing [p.ded:11], for want of log("b", "x").
      """
    ),
    (
      waiting, "pause",
      """
        round 1
          a pauses in round 1.
        round 2
          x("a", 1) stays, because a pauses in round 1.
          a sends m("b", 1) to b [p.ded:2], from x("a", 1).
        round 4
          hit("b", 1) now holds [p.ded:4], from m("b", 1) and flag("b").
      """
    ),
    (
      waiting, "delay",
      """
        round 3
          m("b", 1) arrives from a, 1 round late [p.ded:2].
        round 4
          hit("b", 1) now holds [p.ded:4], from m("b", 1) and flag("b").
      """
    ),
    (
      waiting, "duplicate",
      """
        round 3
          m("b", 1) arrives from a, once more [p.ded:2].
        round 4
          hit("b", 1) now holds [p.ded:4], from m("b", 1) and flag("b").
      """
    ),
    (
      stating, "restart",
      """
        round 2
          a is down in round 2 and restarts with what is durable.
        round 4
          down("a", "a") now holds [p.ded:1], because a is down in round 2.
      """
    ),
  ]

  @Test("what happens before the last round, word for word", arguments: stories)
  func story(text: String, kind: String, story: String) throws {
    let kind = try #require(KindID(named: kind))
    let program = try Program(text: text, path: "p.ded")
    let facts = program.facts.filter { program.configuration.contains($0.relation) }
      .map { TimedFact($0, of: program) }
    let bounds = try Bounds(
      eot: 5, eff: 5, budgets: Budgets([.omission: 0, kind: 1]), nodes: Nodes(["a", "b", "c"]), facts: facts)
    let question = try Question(program: program, bounds: bounds)
    let answer = try check(question, patience: Patience())
    let narrative = Story(
      try #require(answer.counterexample), of: question, baseline: try #require(answer.baseline), files: []
    ).narrative
    let parts = narrative.components(separatedBy: "Under the faults\n")
    let told = try #require(parts.last?.components(separatedBy: "  round 5\n").first)
    #expect(told == story + "\n", "\(told)")
  }

  @Test("that a crashed node goes on computing is told once, beside other kinds of faults")
  func unheard() throws {
    let text = """
      x("a", 1)@1; x(N, V)@next :- x(N, V);
      m("b", X)@async :- x("a", X);
      got(N, X)@next :- m(N, X);
      got(N, X)@next :- got(N, X);
      pre(X) :- x("a", X);
      post(X) :- got("b", X);
      """
    let program = try Program(text: text, path: "p.ded")
    let question = try Question(program: program, bounds: Bounds(eot: 4, nodes: Nodes(["a", "b"])))
    let baseline = Evaluation.run(program, question.setting)
    func told(_ faults: String...) throws -> String {
      let set = FaultSet(try faults.map { try Fault($0, nodes: question.bounds.nodes) })
      let run = Evaluation.run(program, question.setting, under: Scenario(set))
      let violations = question.violations(in: run, baseline: baseline)
      let counterexample = Counterexample(minimum: false, violations: violations, execution: run)
      return Story(counterexample, of: question, baseline: baseline, files: []).narrative
    }
    let sentence = "a crashes. It goes on computing, but nobody hears it."
    #expect(try told("crash a 2", "delay a b 1 3").components(separatedBy: sentence).count == 2)
    #expect(try told("crash a 1").components(separatedBy: "goes on computing, but").count == 2)
  }

  @Test("what reaches a node that is down is lost, though it is sent")
  func receiverDown() throws {
    let text = """
      x("a", 1)@1; x(N, V)@next :- x(N, V);
      m("b", X)@async :- x("a", X)@1;
      pre(X) :- x("a", X);
      post(X) :- got("b", X);
      got(N, X)@next :- m(N, X);
      got(N, X)@next :- got(N, X);
      durable got;
      """
    let program = try Program(text: text, path: "p.ded")
    let bounds = try Bounds(
      eot: 4, eff: 4, budgets: Budgets([.omission: 0, .restart: 1]), nodes: Nodes(["a", "b"]))
    let question = try Question(program: program, bounds: bounds)
    let answer = try check(question, patience: Patience())
    let story = Story(
      try #require(answer.counterexample), of: question, baseline: try #require(answer.baseline), files: [])
    #expect(
      story.narrative.contains(
        #"m("b", 1) from a to b is lost [p.ded:2], for b is down in rounds 2 to 3."#), "\(story.narrative)")
  }
}
