// Small programs whose gates can be said in a sentence. That gates agree with runs on thousands of programs is the
// business of CircuitAgreementTests.

import Dedalus
import Evaluation
import Indices
import Lineage
import Testing

@Suite("Grounding")
struct GroundingTests {
  private func ground(
    _ text: String, eot: Int, eff: Int = 0, crashes: Int = 0, crashView: CrashView = .silent,
    budget: Budget = .standard
  ) throws -> Grounding {
    let program = try Program(text: text)
    let setting = Setting(nodes: Nodes(program.defaultNodes), eot: eot, crashView: crashView)
    return Grounding(
      CompiledProgram(program, nodes: setting.nodes), setting,
      PossibleFaults(setting, eff: eff, crashes: crashes), budget: budget)
  }

  private func gate(_ grounding: Grounding, _ relation: String, _ round: Int) throws -> Edge {
    let id = try #require(grounding.compiled.program.relation(named: relation))
    return grounding.possibleRows(of: id, in: Round(round)).first?.gate ?? .never
  }

  /// Under how many of the admissible combinations of the inputs the edge is true.
  private func models(_ edge: Edge, _ grounding: Grounding) -> Int {
    let count = grounding.faults.inputCount
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
    // Inputs: crashes of a and b in rounds 1 and 2, and the omissions of round 1 (four places, two of them links).
    #expect(grounding.faults.inputCount == 8)
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
    let all = 1 << grounding.faults.inputCount
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

  @Test("a budget that is used up stops the grounding and says so")
  func budget() throws {
    let text = "n(\"a\", 0)@1; n(A, X + 1) :- n(A, X);"
    let tuples = try ground(text, eot: 1, budget: Budget(tuples: 100, firings: 1000))
    #expect(tuples.interruption == .exhausted(.tuples, Round(1)))
    let instances = try ground(text, eot: 1, budget: Budget(tuples: 1000, firings: 100))
    #expect(instances.interruption == .exhausted(.firings, Round(1)))
  }
}
