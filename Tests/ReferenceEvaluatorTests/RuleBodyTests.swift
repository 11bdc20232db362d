import Dedalus
import ReferenceEvaluator
import Testing

@Suite("Bodies and heads of rules")
struct RuleBodyTests {
  @Test("what holds", arguments: negation + comparisons + aggregates)
  func holds(_ example: LanguageCase) throws {
    let (program, execution) = try example.run()
    #expect(execution.rows(of: "out", in: program) == example.rows)
    #expect(execution.failure == nil)
  }

  static let negation: [LanguageCase] = [
    LanguageCase(
      "no tuple agrees on the bound columns",
      #"p("a", 1)@1; p("a", 2)@1; q("a", 2)@1; out(N, X) :- p(N, X), notin q(N, X);"#,
      gives: ["1: a 1"]),
    LanguageCase(
      "a wildcard is any value", #"p("a", 1)@1; p("b", 1)@1; q("b", 7)@1; out(N) :- p(N, _), notin q(N, _);"#,
      gives: ["1: a"]),
    LanguageCase(
      "a variable of its own, twice, is one value",
      #"p("a")@1; p("b")@1; q("a", 1, 2)@1; q("b", 1, 1)@1; out(N) :- p(N), notin q(N, X, X);"#,
      gives: ["1: a"]),
    LanguageCase(
      "the same name in two negated atoms is two variables",
      #"p("a")@1; q("a", 1)@1; r("a", 2)@1; out(N) :- p(N), notin q(N, X), notin r(N, X);"#, gives: []),
    LanguageCase(
      "a computed column is looked for",
      #"p("a", 1)@1; p("a", 5)@1; q("a", 2)@1; out(N, X) :- p(N, X), notin q(N, X + 1);"#, gives: ["1: a 5"]),
  ]

  static let numbers = #"p("a", 0)@1; p("a", 2)@1; p("a", 3)@1; p("a", 5)@1; "#

  static let comparisons: [LanguageCase] = [
    LanguageCase(
      "integers by value", numbers + "out(N, X) :- p(N, X), X >= 3;", gives: ["1: a 3", "1: a 5"]),
    LanguageCase(
      "strings by bytes", #"p("a", "Z")@1; p("a", "b")@1; p("a", "é")@1; out(N, X) :- p(N, X), X < "b";"#,
      gives: ["1: a Z"]),
    LanguageCase(
      "canonically equivalent strings differ",
      "p(\"a\", \"e\u{301}\", \"\u{e9}\")@1; out(N) :- p(N, X, Y), X == Y;", gives: []),
    LanguageCase(
      "a false one protects what follows", numbers + "out(N, X) :- p(N, X), X != 0, 10 / X > 2;",
      gives: ["1: a 2", "1: a 3"]),
    LanguageCase(
      "one may bind a variable", numbers + "out(N, Y) :- p(N, X), Y == X * X, Y < 10;",
      gives: ["1: a 0", "1: a 4", "1: a 9"]),
    LanguageCase(
      "one that must wait for another does", numbers + "out(N, Y) :- p(N, X), Y > 3, Y == X - 1;",
      gives: ["1: a 4"]),
    LanguageCase(
      "a computed column of a premise compares", numbers + "out(N, X) :- p(N, X), p(N, X + 2);",
      gives: ["1: a 0", "1: a 3"]),
    LanguageCase(
      "division truncates towards zero", #"p("a", -7)@1; p("a", 7)@1; out(N, X / 2) :- p(N, X);"#,
      gives: ["1: a -3", "1: a 3"]),
    LanguageCase(
      "operators bind as usual", #"p("a", 2)@1; out(N, 1 + X * 3 - 4 / X - 1) :- p(N, X);"#, gives: ["1: a 4"]
    ),
  ]

  static let sales = #"""
    p("a", "u", -5)@1; p("a", "v", -5)@1; p("a", "v", 2)@1; p("b", "w", 7)@1; 
    """#

  static let aggregates: [LanguageCase] = [
    LanguageCase(
      "count distinct values", sales + "out(N, count<X>) :- p(N, _, X);", gives: ["1: a 2", "1: b 1"]),
    LanguageCase(
      "sum distinct values", sales + "out(N, sum<X>) :- p(N, _, X);", gives: ["1: a -3", "1: b 7"]),
    LanguageCase(
      "the average truncates towards zero", sales + "out(N, avg<X>) :- p(N, _, X);",
      gives: ["1: a -1", "1: b 7"]),
    LanguageCase(
      "smallest and largest", sales + "out(N, min<X>, max<W>) :- p(N, W, X);",
      gives: ["1: a -5 v", "1: b 7 w"]),
    LanguageCase(
      "two aggregates share their rows", sales + "out(N, count<W>, sum<X>) :- p(N, W, X);",
      gives: ["1: a 3 -8", "1: b 1 7"]),
    LanguageCase(
      "groups by computed columns", sales + #"out("all", X / 2, count<N>) :- p(N, _, X), X > 0;"#,
      gives: ["1: all 1 1", "1: all 3 1"]),
    LanguageCase("no row, no group", sales + "out(N, count<X>) :- p(N, _, X), X > 9;", gives: []),
    LanguageCase(
      "other rules may derive the same head",
      sales + #"out(N, count<X>) :- p(N, _, X); out(N, 9) :- p(N, "w", _);"#,
      gives: ["1: a 2", "1: b 1", "1: b 9"]),
    LanguageCase(
      "an aggregate of the next round groups the rows of this one",
      sales + "out(N, count<X>, max<W>)@next :- p(N, W, X);", gives: ["2: a 3 v", "2: b 1 w"]),
    LanguageCase(
      "each node aggregates what it sends",
      sales + #"out("b", count<X>)@async :- p(N, _, X);"#, gives: ["2: b 1", "2: b 2"]),
    LanguageCase(
      "an aggregate is lost like any message",
      sales + #"out("b", count<X>)@async :- p(N, _, X);"#,
      faults: [.omission(from: "a", to: "b", round: 1)], gives: ["2: b 1"]),
    LanguageCase(
      "an aggregate may be the destination",
      sales + "out(max<N>, N2)@async :- p(N, _, _), p(N2, _, _), N2 < N;",
      gives: ["2: b a"]),
    LanguageCase(
      "a location that is '_' sends one aggregate for all",
      sales + #"out("b", count<X>)@async :- p(_, _, X);"#, gives: ["2: b 3"]),
  ]
}
