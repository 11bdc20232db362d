import Dedalus
import ReferenceEvaluator
import Testing

@Suite("Rounds, nodes and messages")
struct TimeAndMessageTests {
  @Test("what holds when", arguments: rounds + messages + locations + crashes)
  func holds(_ example: LanguageCase) throws {
    let (program, execution) = try example.run()
    #expect(execution.rows(of: "out", in: program) == example.rows)
    #expect(execution.failure == nil)
  }

  static let rounds: [LanguageCase] = [
    LanguageCase("a fact holds in its round only", #"out("a", 1)@2; p(N) :- out(N, _);"#, gives: ["2: a 1"]),
    LanguageCase(
      "a fact after the end does not hold", #"out("a")@1; out("a")@4; p(N) :- out(N);"#, gives: ["1: a"]),
    LanguageCase(
      "a frame rule keeps state", #"out("a")@1; out(N)@next :- out(N);"#,
      gives: ["1: a", "2: a", "3: a"]),
    LanguageCase(
      "a deductive rule holds at once", #"p("a")@2; out(N) :- p(N);"#, gives: ["2: a"]),
    LanguageCase(
      "a fixed round is read from then on",
      #"p("a", 1)@2; q("a")@1; q(N)@next :- q(N); out(N, X) :- q(N), p(N, X)@2;"#,
      gives: ["2: a 1", "3: a 1"]),
    LanguageCase(
      "before that round, nothing is there to negate",
      #"p("a")@2; q("a")@1; q(N)@next :- q(N); out(N) :- q(N), notin p(N)@2;"#, gives: ["1: a"]),
    LanguageCase(
      "recursion within a round",
      #"e("a", 1, 2)@1; e("a", 2, 3)@1; e("a", 3, 1)@1; out(N, Y) :- e(N, 1, Y); out(N, Z) :- out(N, Y), e(N, Y, Z);"#,
      eot: 1, gives: ["1: a 1", "1: a 2", "1: a 3"]),
  ]

  static let sending = #"p("a", "b")@1; p(N, M)@next :- p(N, M); out(M, N)@async :- p(N, M);"#

  static let messages: [LanguageCase] = [
    LanguageCase("a message arrives in the next round", sending, gives: ["2: b a", "3: b a"]),
    LanguageCase(
      "an omission loses what is sent in its round", sending,
      faults: [.omission(from: "a", to: "b", round: 1)], gives: ["3: b a"]),
    LanguageCase(
      "an omission the other way loses nothing", sending,
      faults: [.omission(from: "b", to: "a", round: 1)], gives: ["2: b a", "3: b a"]),
    LanguageCase(
      "a crashed node sends nothing from its round on", sending,
      faults: [.crash(node: "a", round: 2)], gives: ["2: b a"]),
    LanguageCase(
      "a crashed node still receives", sending, faults: [.crash(node: "b", round: 1)],
      gives: ["2: b a", "3: b a"]),
    LanguageCase(
      "a message to oneself is never lost", #"p("a")@1; out(N)@async :- p(N);"#,
      faults: [.crash(node: "a", round: 1), .omission(from: "a", to: "a", round: 1)], gives: ["2: a"]),
    LanguageCase(
      "without a location it is never lost", #"p("a", "b")@1; out(M)@async :- p(_, M);"#,
      faults: [.crash(node: "a", round: 1), .omission(from: "a", to: "b", round: 1)], gives: ["2: b"]),
    LanguageCase(
      "a destination that nothing binds is every node", #"p("a")@1; out(M, N)@async :- p(N);"#,
      gives: ["2: a a", "2: b a"]),
    LanguageCase(
      "what is sent to no node is not sent", #"p("a", "x")@1; p("a", "b")@1; out(M)@async :- p(N, M);"#,
      gives: ["2: b"]),
  ]

  static let locations: [LanguageCase] = [
    LanguageCase(
      "a rule fires at nodes only", #"p("a")@1; p("x")@1; out(N) :- p(N);"#, gives: ["1: a"]),
    LanguageCase(
      "without a location it fires anywhere", #"p("a", 1)@1; p("x", 2)@1; out("y", X) :- p(_, X);"#,
      gives: ["1: y 1", "1: y 2"]),
    LanguageCase(
      "a constant location", #"p("a", 1)@1; p("b", 2)@1; out("b", X) :- p("a", X);"#, gives: ["1: b 1"]),
    LanguageCase(
      "a location that only a negated atom names is every node",
      #"p("a")@1; q("a", 1)@1; q("b", 2)@1; out(N, X) :- notin p(N), q(_, X);"#, nodes: ["a", "b", "c"],
      eot: 1,
      gives: ["1: b 1", "1: b 2", "1: c 1", "1: c 2"]),
    LanguageCase(
      "the first atom locates, also from another round",
      #"p("x")@1; q("a")@2; out(N) :- p(M)@1, q(N);"#, gives: []),
  ]

  static let state = #"p("a")@1; p("b")@1; p(N)@next :- p(N); out(N) :- p(N);"#

  static let crashes: [LanguageCase] = [
    LanguageCase(
      "every node sees every crash in every round", #"p("a")@1; out(N, M, T) :- crash(N, M, T);"#, eot: 2,
      faults: [.crash(node: "b", round: 2)], gives: ["1: a b 2", "1: b b 2", "2: a b 2", "2: b b 2"]),
    LanguageCase(
      "by default a crashed node computes on", state, faults: [.crash(node: "b", round: 2)],
      gives: ["1: a", "1: b", "2: a", "2: b", "3: a", "3: b"]),
    LanguageCase(
      "under fail-stop its rules fire no more", state, .failStop, faults: [.crash(node: "b", round: 2)],
      gives: ["1: a", "1: b", "2: a", "3: a"]),
    LanguageCase(
      "under fail-stop its later facts are not placed",
      #"out("b", 1)@1; out("b", 2)@2; out("b", 3)@3; p(N) :- out(N, _);"#,
      .failStop, faults: [.crash(node: "b", round: 2)], gives: ["1: b 1", "2: b 2"]),
    LanguageCase(
      "under fail-stop rules without location fire on", #"p("b", 1)@2; out("y", X) :- p(_, X);"#, .failStop,
      faults: [.crash(node: "b", round: 1)], gives: []),
    LanguageCase(
      "under fail-stop crash rows stay", #"p("a")@1; p(N)@next :- p(N); out(N, M) :- p(N), crash(M, M, _);"#,
      .failStop, faults: [.crash(node: "b", round: 1)], gives: ["1: a b", "2: a b", "3: a b"]),
    LanguageCase(
      "under fail-stop nothing is computed, so nothing fails",
      #"p("b", 0)@1; out(N, X / X) :- p(N, X);"#, .failStop, faults: [.crash(node: "b", round: 1)], gives: []),
  ]
}
