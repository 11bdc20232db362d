import Dedalus
import ReferenceEvaluator
import Testing

@Suite("What the world states, and how rows stay")
struct StatementTests {
  static let start = #"p("a")@1; p(N)@next :- p(N); "#

  static let cases: [LanguageCase] = [
    LanguageCase(
      "restarts and wipes, everywhere and always", #"p("a")@1; out(N, M, T, U) :- outage(N, M, T, U);"#,
      eot: 2,
      faults: [
        .restart(node: "b", round: 2, until: 3), .wipe(node: "a", round: 3, until: 4),
        .pause(node: "a", round: 5, until: 6),
      ],
      gives: [
        "1: a a 3 4", "1: a b 2 3", "1: b a 3 4", "1: b b 2 3", "2: a a 3 4", "2: a b 2 3",
      ]),
    LanguageCase(
      "pauses", #"p("a")@1; out(N, M, T, U) :- pause(N, M, T, U);"#, eot: 1,
      faults: [.restart(node: "b", round: 2, until: 3), .pause(node: "a", round: 2, until: 4)],
      gives: ["1: a a 2 4", "1: b a 2 4"]),
    LanguageCase(
      "the time", #"p("a")@1; out(N, R, E) :- time(N, R, E);"#, nodes: ["a"], eot: 2,
      gives: ["1: a 1 2", "2: a 2 2"]),
    LanguageCase(
      "not where the program has its own", #"time("a", 7, 8)@1; out(N, R, E) :- time(N, R, E);"#, eot: 2,
      gives: ["1: a 7 8"]),
    LanguageCase(
      "nor where it has one of another arity",
      #"outage("a", 1)@1; out(N, M) :- outage(N, M);"#, eot: 2,
      faults: [.restart(node: "b", round: 2, until: 3)], gives: ["1: a 1"]),
  ]

  @Test("what holds when", arguments: cases)
  func holds(_ example: LanguageCase) throws {
    let (program, execution) = try example.run()
    #expect(execution.rows(of: "out", in: program) == example.rows)
  }

  @Test("the time at a paused node holds in its round only")
  func time() throws {
    let program = try Program(text: #"x("b", 1)@2; d("a", V) :- x(_, V), time("a", _, _);"#)
    let run = ReferenceRun(
      program: program, nodes: ["a", "b"], eot: 4, faults: [.pause(node: "a", round: 2, until: 4)])
    let execution = run.execution()
    #expect(execution.rows(of: "d", in: program) == ["2: a 1"])
    #expect(execution.rows(of: "time", in: program).filter { $0.contains("a 2 4") } == ["2: a 2 4"])
  }

  @Test("a row that stays is a firing without a rule, by itself a round before")
  func stays() throws {
    let program = try Program(text: #"k("a", 1)@1; k(N, V)@next :- k(N, V); d(N) :- k(N, _);"#)
    let run = ReferenceRun(
      program: program, nodes: ["a"], eot: 3, faults: [.pause(node: "a", round: 1, until: 3)])
    let firings = run.execution().firings
    let relation = try #require(program.relation(named: "k"))
    func tuple(_ round: Int) -> GroundTuple {
      GroundTuple(relation: relation, values: [.string("a"), .integer(1)], round: round)
    }
    let stays = firings.filter { $0.kind == .stay }
    #expect(stays.map(\.head) == [tuple(2), tuple(3)])
    #expect(stays.map(\.premises) == [[tuple(1)], [tuple(2)]])
    #expect(stays.map(\.round) == [1, 2])
    #expect(stays.allSatisfy { $0.rule == nil && $0.absences.isEmpty })
    #expect(firings.map(\.round) == [1, 2, 3])
  }

  @Test("a row that a rule elsewhere derives too is there for both reasons")
  func twice() throws {
    let program = try Program(text: #"k("a")@1; k("a")@next :- x(_); x("b")@1; durable k;"#)
    let run = ReferenceRun(
      program: program, nodes: ["a", "b"], eot: 2, faults: [.pause(node: "a", round: 1, until: 2)])
    #expect(run.execution().firings.map(\.kind) == [.rule, .stay])
  }

  @Test("a duplicate fires twice")
  func duplicate() throws {
    let program = try Program(text: #"x("a", "b")@1; m(M)@async :- x(N, M);"#)
    let run = ReferenceRun(
      program: program, nodes: ["a", "b"], eot: 4,
      faults: [.duplicate(from: "a", to: "b", round: 1, late: 2)])
    let firings = run.execution().firings
    #expect(firings.map(\.head.round) == [2, 4])
    #expect(firings.map(\.round) == [1, 1])
  }
}
