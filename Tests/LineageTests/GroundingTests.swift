// Small programs whose gates can be said in a sentence. That gates agree with runs on thousands of programs
// is the business of CircuitAgreementTests.

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Testing

@Suite("Grounding")
struct GroundingTests {
  private func ground(
    _ text: String, eot: Int, eff: Int = 0, crashes: Int = 0, crashView: CrashView = .silent,
    budget: Budget = .standard
  ) throws -> Grounding {
    let program = try Program(text: text)
    let setting = Setting(nodes: Nodes(program.defaultNodes), eot: eot, crashView: crashView)
    let grounding = Grounding(
      CompiledProgram(program, nodes: setting.nodes), setting,
      PossibleFaults(setting, eff: eff, crashes: crashes), budget: budget)
    grounding.checkInvariants()
    return grounding
  }

  private func gate(_ grounding: Grounding, _ relation: String, _ round: Int) throws -> Edge {
    let id = try #require(grounding.compiled.program.relation(named: relation))
    return grounding.possibleRows(of: id, in: Round(round)).first?.gate ?? .never
  }

  /// Under how many of the admissible combinations of the inputs the edge is true.
  private func models(_ edge: Edge, _ grounding: Grounding) -> Int {
    let count = grounding.faults.count
    return (0..<(1 << count)).count { bits in
      let values = grounding.circuit.values((0..<count).map { bits >> $0 & 1 == 1 })
      return values[edge.gate] != edge.isNegated
    }
  }

  private static let ping = """
    ping("a", "b")@1; other("b", "a")@1;
    pong(M)@async :- ping(N, M);
    pong(N)@next :- pong(N);
    silent(N) :- other(N, _)@1, notin pong(N);
    """

  @Test("a message arrives unless its link or its sender fails")
  func delivery() throws {
    let grounding = try ground(Self.ping, eot: 3, eff: 2, crashes: 1)
    // Inputs: crashes of a and b in rounds 1 and 2, and the omissions of round 1 (four places, two of them
    // links).
    #expect(grounding.faults.count == 8)
    let pong = try gate(grounding, "pong", 2)
    #expect(models(pong, grounding) == 64)  // neither "crash a 1" nor "omit a b 1": a quarter of 256
    #expect(try gate(grounding, "pong", 3) == pong)
    #expect(try gate(grounding, "silent", 3) == !pong)
  }

  @Test("what no fault can touch is certain")
  func certainty() throws {
    let grounding = try ground(Self.ping, eot: 3)
    #expect(try gate(grounding, "pong", 3) == .always)
    #expect(try gate(grounding, "silent", 3) == .never)
    #expect(grounding.circuit.gateCount == 1)
  }

  @Test("fail-stop takes the state of a crashed node")
  func failStop() throws {
    let text = "p(\"a\")@1; q(\"b\")@1; p(N)@next :- p(N); q(N)@next :- q(N);"
    let silent = try ground(text, eot: 3, crashes: 1)
    #expect(try gate(silent, "p", 3) == .always)
    let failStop = try ground(text, eot: 3, crashes: 1, crashView: .failStop)
    // a crashes neither in round 1 nor in 2: 16 / 4
    #expect(models(try gate(failStop, "p", 3), failStop) == 4)
  }

  @Test("a tuple does not support itself")
  func recursion() throws {
    let text = """
      link("a", "b")@1; link("b", "a")@1; start("a", "x")@1;
      say(M, P)@async :- start(N, P), link(N, M)@1;
      know(N, P) :- say(N, P);
      know(M, P) :- know(N, P), link(N, M)@1;
      """
    let grounding = try ground(text, eot: 2, eff: 2)
    let id = try #require(grounding.compiled.program.relation(named: "know"))
    let rows = grounding.possibleRows(of: id, in: Round(2))
    #expect(rows.count == 2)
    #expect(Set(rows.map(\.gate)).count == 1)
    #expect(models(rows[0].gate, grounding) == 8)  // unless "omit a b 1": half of 16
  }

  @Test("a count takes each possible value under its own faults")
  func counting() throws {
    let text = """
      to("a", "b")@1; to("a", "c")@1; node("b")@1; node("c")@1;
      hello(M)@async :- to(_, M);
      got("a", M)@next :- hello(M), node(M)@1;
      number(A, count<M>) :- got(A, M);
      hi(M)@async :- to(N, M);
      heard("a", M) :- hi(M), to("a", M)@1;
      total(A, count<M>) :- heard(A, M);
      """
    let grounding = try ground(text, eot: 2, eff: 2)
    let id = try #require(grounding.compiled.program.relation(named: "total"))
    let rows = grounding.possibleRows(of: id, in: Round(2))
    #expect(rows.map { $0.values[1] } == [.integer(1), .integer(2)])
    // One of the two omissions, or none: a half and a quarter of all combinations.
    let all = 1 << grounding.faults.count
    #expect(rows.map { models($0.gate, grounding) } == [all / 2, all / 4])
  }

  @Test("a division by zero has the gate of its premises")
  func errors() throws {
    let text = """
      to("a", "b")@1; fill("b", 1)@2;
      hi(M, 5)@async :- to(N, M);
      least(N, min<X>) :- hi(N, X);
      share(N, 10 / (X - 5)) :- least(N, X);
      """
    let grounding = try ground(text, eot: 2, eff: 2)
    #expect(grounding.errors.map(\.error.failure) == [.divisionByZero])
    #expect(grounding.errors[0].error.round == Round(2))
    #expect(models(grounding.errors[0].condition, grounding) == 8)
  }

  /// Who is reached, over links that each depend on a message of their own.
  private static func closure(_ nodes: Int, links: (Int, Int) -> Bool, _ rules: String) -> String {
    let pairs = (0..<nodes).flatMap { from in (0..<nodes).map { (from, $0) } }.filter { $0 != $1 }
    return pairs.filter(links).map { "l(\"n\($0)\", \"n\($1)\")@1;\n" }.joined()
      + "t(B, A)@async :- l(A, B); g(\"n0\", A, B)@async :- t(B, A);\n" + rules
  }

  private static let squaring = "r(N, A, B) :- g(N, A, B); r(N, A, C) :- r(N, A, B), r(N, B, C);"
  private static let stepping = "r(N, A) :- g(N, \"n0\", A); r(N, B) :- r(N, A), g(N, A, B);"

  @Test("a ring is closed in two sweeps, however long")
  func ring() throws {
    func gates(_ nodes: Int) throws -> Int {
      let text = Self.closure(
        nodes, links: { $1 == ($0 + 1) % nodes }, Self.stepping)
      return try ground(text, eot: 3, eff: 3).circuit.gateCount
    }
    let (small, large) = (try gates(10), try gates(40))
    #expect(large < 6 * small, "\(small) gates, and \(large) for four times the ring")
  }

  struct Explosion: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
  }

  static let explosions = [
    Explosion(testDescription: "a cycle", text: closure(12, links: { _, _ in true }, squaring)),
    Explosion(
      testDescription: "a sum",
      text: (0..<18).map { "v(\"n\($0)\", \(1 << $0))@1;\n" }.joined()
        + "m(\"n0\", I, V)@async :- v(I, V); s(X, sum<V>) :- m(X, _, V);"),
    Explosion(
      testDescription: "several aggregates",
      text: (0..<14).map { "v(\"n\($0)\", \($0 * $0))@1;\n" }.joined()
        + "m(\"n0\", I, V)@async :- v(I, V); s(X, count<I>, sum<V>, avg<V>, max<V>) :- m(X, I, V);"),
    Explosion(
      testDescription: "negation with a wildcard",
      text: (0..<60).map { "v(\"n\($0)\")@1;\n" }.joined()
        + "m(\"n0\", I)@async :- v(I); q(X, I) :- v(X), v(I), v(J)@1, I != J, notin m(X, _)@2;"
        + "r(X, Y, Z) :- v(X)@1, v(Y)@1, v(Z)@1, notin m(_, Y);"),
  ]

  /// Says true at poll number `last`; how often it was polled, and what came of it.
  private func ground(_ text: String, stoppingAt last: Int) throws -> (polls: Int, grounding: Grounding) {
    let program = try Program(text: text)
    let setting = Setting(nodes: Nodes(program.defaultNodes), eot: 3)
    var polls = 0
    let grounding = Grounding(
      CompiledProgram(program, nodes: setting.nodes), setting, PossibleFaults(setting, eff: 3, crashes: 0),
      budget: Budget(tuples: 50_000, firings: 100_000, gates: 60_000),
      shouldStop: { _ in
        polls += 1
        return polls >= last
      })
    return (polls, grounding)
  }

  @Test(
    "whatever makes gates asks every few thousand whether to go on, and stops when told",
    arguments: explosions)
  func polls(_ explosion: Explosion) throws {
    let (polls, grounding) = try ground(explosion.text, stoppingAt: .max)
    #expect(polls > 4, "\(grounding.circuit.gateCount) gates, \(polls) polls")
    #expect(grounding.circuit.gateCount <= polls * 8200)
    for last in [1, 2, polls / 2, polls - 1] {
      let (polls, grounding) = try ground(explosion.text, stoppingAt: last)
      #expect(polls == last && grounding.interruption == .stopped, "\(polls) polls, \(last) wanted")
    }
  }

  @Test("aggregates of the next round and of messages have exact gates")
  func timedAggregates() throws {
    let text = """
      v("a", 1)@1; v("b", 2)@1;
      m("a", X)@async :- v(N, X);
      next(N, count<X>)@next :- m(N, X);
      sent("b", count<X>)@async :- m(N, X);
      """
    let grounding = try ground(text, eot: 3, eff: 3)
    let all = 1 << grounding.faults.count
    let next = try #require(grounding.compiled.program.relation(named: "next"))
    let rows = grounding.possibleRows(of: next, in: Round(3))
    // What a sends to itself always arrives; what b sends, under half of all combinations.
    #expect(rows.map { $0.values[1] } == [.integer(1), .integer(2)])
    #expect(rows.map { models($0.gate, grounding) } == [all / 2, all / 2])
    let sent = try #require(grounding.compiled.program.relation(named: "sent"))
    #expect(
      grounding.possibleRows(of: sent, in: Round(3)).map { models($0.gate, grounding) } == [all / 4, all / 4])
  }

  @Test("a budget that is used up stops the grounding and says so")
  func budget() throws {
    let text = "n(\"a\", 0)@1; n(A, X + 1) :- n(A, X);"
    let tuples = try ground(text, eot: 1, budget: Budget(tuples: 100, firings: 1000))
    #expect(tuples.interruption == .exhausted(.tuples, Round(1)))
    let instances = try ground(text, eot: 1, budget: Budget(tuples: 1000, firings: 100))
    #expect(instances.interruption == .exhausted(.firings, Round(1)))
  }
}
