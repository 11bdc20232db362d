import Answers
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
          (1) a pauses in round 1.
        round 2
          (2) rep("b", "x") is missing [p.ded:6] (1).
        round 3
          (3) log("b", "x") is missing [p.ded:7] (2).
          (4) early("b") is missing, up to round 5 [p.ded:11, p.ded:12] (3).
        round 5
          (5) post("x") is missing [p.ded:14] (4).
      """
    ),
    (
      telling, "restart",
      """
        round 2
          (1) b is down in round 2 and restarts with what is durable.
        round 3
          (2) log("b", "x") is missing [p.ded:7] (1).
          (3) early("b") is missing, up to round 5 [p.ded:11, p.ded:12] (2).
        round 5
          (4) post("x") is missing [p.ded:14] (3).
      """
    ),
    (
      telling, "wipe",
      """
        round 2
          (1) b is down in round 2 and restarts with nothing.
        round 3
          (2) log("b", "x") is missing [p.ded:7] (1).
          (3) early("b") is missing, up to round 5 [p.ded:11, p.ded:12] (2).
        round 5
          (4) post("x") is missing [p.ded:14] (3).
      """
    ),
    (
      telling, "partition",
      """
        round 1
          (1) a cannot talk to the other nodes in round 1.
        round 2
          (2) rep("c", "x") is missing [p.ded:6] (1).
        round 3
          (3) log("c", "x") is missing, up to round 5 [p.ded:7, p.ded:8] (2).
        round 5
          (4) post("x") is missing [p.ded:14] (3).
      """
    ),
    (
      telling, "delay",
      """
        round 1
          (1) what a sends to b in round 1 arrives 1 round late: rep.
        round 2
          (2) rep("b", "x") is missing [p.ded:6] (1).
        round 3
          (3) log("b", "x") is missing [p.ded:7] (2).
          (4) early("b") is missing, up to round 5 [p.ded:11, p.ded:12] (3).
        round 5
          (5) post("x") is missing [p.ded:14] (4).
      """
    ),
    (
      telling, "missing",
      """
        round 1
          (1) the fact peer("a", "b")@1 is missing.
          (2) peer("a", "b") is missing (1).
        round 2
          (3) rep("b", "x") is missing [p.ded:6] (2).
        round 3
          (4) log("b", "x") is missing [p.ded:7] (3).
          (5) early("b") is missing, up to round 5 [p.ded:11, p.ded:12] (4).
        round 5
          (6) post("x") is missing [p.ded:14] (5).
      """
    ),
    (
      waiting, "pause",
      """
        round 1
          (1) a pauses in round 1.
        round 2
          (2) x("a", 1) holds (1).
        round 3
          (3) m("b", 1) holds [p.ded:2] (2).
        round 4
          (4) hit("b", 1) holds, up to round 5 [p.ded:4, p.ded:5] (3).
        round 5
          (5) pre(1) holds [p.ded:6] (4).
      """
    ),
    (
      waiting, "delay",
      """
        round 1
          (1) what a sends to b in round 1 arrives 1 round late.
        round 3
          (2) m("b", 1) holds [p.ded:2] (1).
        round 4
          (3) hit("b", 1) holds, up to round 5 [p.ded:4, p.ded:5] (2).
        round 5
          (4) pre(1) holds [p.ded:6] (3).
      """
    ),
    (
      waiting, "duplicate",
      """
        round 1
          (1) what a sends to b in round 1 arrives once more, 1 round later.
        round 3
          (2) m("b", 1) holds [p.ded:2] (1).
        round 4
          (3) hit("b", 1) holds, up to round 5 [p.ded:4, p.ded:5] (2).
        round 5
          (4) pre(1) holds [p.ded:6] (3).
      """
    ),
    (
      stating, "restart",
      """
        round 2
          (1) a is down in round 2 and restarts with what is durable.
        round 5
          (2) down("a", "a") holds [p.ded:1] (1).
          (3) pre("a") holds [p.ded:3] (2).
      """
    ),
  ]

  @Test("what is so because of the faults, word for word", arguments: stories)
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
      try #require(answer.counterexample), of: question, because: try answer.reasoning(),
      baseline: try #require(answer.baseline), files: []
    ).narrative
    let parts = narrative.components(separatedBy: "Under the faults\n")
    let told = try #require(parts.last?.components(separatedBy: "\n  and so").first)
    #expect(told == story, "\(told)")
  }

  @Test("what reaches a node that is down is lost")
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
      try #require(answer.counterexample), of: question, because: try answer.reasoning(),
      baseline: try #require(answer.baseline), files: [])
    #expect(
      story.narrative.contains(
        #"(2) got("b", 1) is missing, up to round 4 [p.ded:5, p.ded:6] (1)."#), "\(story.narrative)")
  }
}
