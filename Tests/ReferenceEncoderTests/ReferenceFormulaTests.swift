import Dedalus
import ReferenceEncoder
import ReferenceEvaluator
import Support
import Testing
import Texts

@Suite("The reference formula")
struct ReferenceFormulaTests {
  private func question(
    _ text: String, eot: Int, eff: Int = 0, _ specify: (Program) -> ReferenceSpecification?
  ) throws -> ReferenceQuestion {
    let program = try Program(text: text)
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: eot, eff: eff, budgets: [:])
    return ReferenceQuestion(
      program: program, space: space, crashView: .silent,
      specifications: [try #require(specify(program))])
  }

  private static let once = """
    go("a", "b")@1;
    m(Y, X)@async :- go(X, Y);
    pre(X) :- go(X, _)@1;
    post(X) :- m(_, X);
    """

  @Test("of a program of four lines is short enough to be read")
  func text() throws {
    let formula = try ReferenceFormula(
      of: try question(Self.once, eot: 2, eff: 2) { ReferenceSpecification(of: $0) })
    // 1 is true; 2 and 3 are the losses from a to b and back in round 1. The message arrives if 2 is not.
    #expect(
      String(decoding: formula.dimacs(comments: ["one loss"]), as: UTF8.self) == """
        c one loss
        p cnf 3 2
        1 0
        2 0

        """)
    #expect(formula.choices.map(\.variable) == [2, 3])
    #expect(formula.models(atMost: 9).count == 2)
  }

  @Test("is the same, byte by byte, whenever it is made")
  func isDeterministic() throws {
    for seed in Campaign.seeds(40) {
      let generated = GeneratedProtocol(seed: seed, limit: 2000, hasEveryKind: true)
      let question = ReferenceQuestion(
        program: generated.program, space: generated.space, crashView: .failStop,
        specifications: [try #require(ReferenceSpecification(of: generated.program))], mostFaults: 2)
      let first = try ReferenceFormula(of: question).dimacs()
      #expect(try ReferenceFormula(of: question).dimacs() == first, "seed \(seed)")
    }
  }

  @Test("admits each input once: one round of those given, or none where it is left open")
  func inputs() throws {
    let text = #"x("a", 1)@{1..2}; maybe v("b", 1)@{1..9}; z("a")@1; y("a", X) :- x("a", X);"#
    let formula = try ReferenceFormula(
      of: try question(text, eot: 2) { $0.relation(named: "z").map { .never($0) } })
    let models = formula.models(atMost: 20)
    let expected: [[ReferenceFormula.Choice]] = [1, 2].flatMap { round in
      let first = ReferenceFormula.Choice.placing(statement: 0, round: round)
      return [[first]] + [1, 2].map { [first, .placing(statement: 1, round: $0)] }
    }
    #expect(models.count == expected.count && Set(models) == Set(expected))
  }

  @Test("is broken by the inputs that break it")
  func breakingInputs() throws {
    let text = #"x("a", 1)@{1..4}; maybe v("a", 1)@2; bad("a") :- x("a", V), v("a", V);"#
    let formula = try ReferenceFormula(
      of: try question(text, eot: 3) { $0.relation(named: "bad").map { .never($0) } })
    #expect(
      formula.models(atMost: 9) == [[.placing(statement: 0, round: 2), .placing(statement: 1, round: 2)]])
  }

  @Test("without choices is either true or false")
  func withoutChoices() throws {
    for (limit, count) in [("T < 5", 0), ("T < 3", 1)] {
      let text =
        #"c("a", 1)@1; c(N, T + 1)@next :- c(N, T); post(N) :- c(N, T), \#(limit); pre(N) :- c(N, _);"#
      let formula = try ReferenceFormula(of: try question(text, eot: 4) { ReferenceSpecification(of: $0) })
      #expect(formula.models(atMost: 2).count == count && formula.variableCount == 1)
    }
  }

  @Test("a ring of rows does not support itself, however long it is")
  func ring() throws {
    let ring = (0..<9).map { #"e("a", \#($0), \#(($0 + 1) % 9))@1; "# }.joined()
    let text =
      ring + #"""
        s("a", 0)@{1..1}; maybe s("a", 4)@1;
        r(N, X) :- s(N, X);
        r(N, Y) :- r(N, X), e(N, X, Y), notin cut(N, X);
        maybe cut("a", 2)@1; maybe cut("a", 6)@1;
        bad(N) :- r(N, 3), notin r(N, 8);
        """#
    // Of round 1 alone: 3 is reached, and 8 is not. From 0 it is, unless 2 is cut; from 4 only round the
    // ring, which 6 cuts.
    let formula = try ReferenceFormula(
      of: try question(text, eot: 1) { $0.relation(named: "bad").map { .never($0) } })
    let program = try Program(text: text)
    let names = formula.models(atMost: 20).map { model in
      model.compactMap { choice -> String? in
        guard case .placing(let statement, _) = choice else { return nil }
        let placed = program.choices[statement]
        return program.relations[placed.relation].name + placed.values.dropFirst().map(\.description).joined()
      }
    }
    #expect(Set(names) == [["cut6"], ["s4", "cut6"]], "\(names)")
  }

  @Test("a formula that is stopped, or grows without end, says so")
  func unfinished() throws {
    let endless = #"c("a", 1)@1; c(N, T + 1) :- c(N, T); post(N) :- c(N, _);"#
    let question = try question(endless, eot: 2) { ReferenceSpecification(of: $0) }
    var calls = 0
    #expect(throws: UnfinishedFormula.stopped) {
      try ReferenceFormula(of: question) { _ in
        calls += 1
        return calls == 20
      }
    }
  }

  @Test("the counter of a large budget can be stopped, too")
  func largeBudget() throws {
    let small = try question(Self.once, eot: 9) { ReferenceSpecification(of: $0) }
    let nodes = "abcdefgh".map { Text(String($0)) }
    let question = ReferenceQuestion(
      program: small.program,
      space: ReferenceFaultSpace(nodes: nodes, eot: 9, eff: 9, budgets: [.omission: 300]),
      crashView: .silent, specifications: small.specifications)
    #expect(throws: UnfinishedFormula.stopped) {
      try ReferenceFormula(of: question) { $0.round == 0 && $0.variables > 20_000 }
    }
  }
}
