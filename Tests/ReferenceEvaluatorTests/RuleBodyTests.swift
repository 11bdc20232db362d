import Dedalus
import ReferenceEvaluator
import Testing

@Suite("Bodies and heads of rules")
struct RuleBodyTests {
  @Test("what holds", arguments: negation + comparisons + aggregates + counts)
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
      "a remainder has the sign of what is divided",
      #"p("a", -7)@1; p("a", 7)@1; out(N, X % 2, X % -4, X / 2 * 2 + X % 2) :- p(N, X);"#,
      gives: ["1: a -1 -3 -7", "1: a 1 3 7"]),
    LanguageCase(
      "the remainder by -1 is 0, also of the smallest integer",
      #"p("a", -9223372036854775808)@1; out(N, X % -1) :- p(N, X);"#, gives: ["1: a 0"]),
    LanguageCase(
      "the smaller and the larger of two",
      numbers + "out(N, min(X, 3), max(X, 3) % 4) :- p(N, X), X > min(0, 2), 4 >= max(X, 1);",
      gives: ["1: a 2 3", "1: a 3 3"]),
    LanguageCase(
      "relations may be called min, max and count",
      #"min("a", 1)@1; max("a", 2)@1; count("a", 3)@1; out(N, A, B, C) :- min(N, A), max(N, B), count(N, C);"#,
      gives: ["1: a 1 2 3"]),
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

  private static let votes = #"""
    n("a")@1; n("b")@1; n("c")@1; vote("a", "x", 1)@1; vote("a", "y", 1)@1; vote("b", "x", 2)@1;
    n(N)@next :- n(N); vote(N, X, T)@next :- vote(N, X, T); 
    """#

  private static func voted(_ description: String, _ rule: String, gives rows: [String]) -> LanguageCase {
    LanguageCase(description, votes + rule, nodes: ["a", "b", "c"], eot: 1, gives: rows)
  }

  static let counts: [LanguageCase] = [
    voted(
      "the rows that match, 0 where none does", "out(N, V) :- n(N), V == count { vote(N, X, T) };",
      gives: ["1: a 2", "1: b 1", "1: c 0"]),
    voted(
      "in a comparison, and fewer than so many holds of none", "out(N) :- n(N), count { vote(N, _, _) } < 2;",
      gives: ["1: b", "1: c"]),
    voted(
      "in arithmetic and in a head", "out(N, 10 - 2 * count { vote(N, _, _) }) :- n(N);",
      gives: ["1: a 6", "1: b 8", "1: c 10"]),
    voted(
      "a wildcard counts like a variable of its own: rows are counted, not values of X",
      #"out(N, count { vote(_, X, _) }, count { vote(_, "x", T) }) :- n(N), N == "a";"#, gives: ["1: a 3 2"]),
    voted(
      "a shared variable has the value that it has outside",
      "out(N, X, V) :- vote(N, X, _), V == count { vote(M, X, _) };",
      gives: ["1: a x 2", "1: a y 1", "1: b x 2"]),
    voted(
      "of several atoms, the ways in which they hold together",
      "out(N, count { vote(N, X, T), vote(M, X, U) }) :- n(N);",
      gives: ["1: a 3", "1: b 2", "1: c 0"]),
    voted(
      "under notin, what is not there",
      "out(N, count { n(M), notin vote(M, _, _), notin vote(N, M, _) }) :- n(N);",
      gives: ["1: a 1", "1: b 1", "1: c 1"]),
    voted(
      "with comparisons", "out(N, count { vote(M, X, T), M != N, T > 1 }) :- n(N);",
      gives: ["1: a 1", "1: b 0", "1: c 1"]),
    voted(
      "the same name in two counts is two variables",
      "out(N, A, B) :- n(N), A == count { vote(N, X, _) }, B == count { n(X) }, A < B - 1;",
      gives: ["1: b 1 3", "1: c 0 3"]),
    voted(
      "one may wait for another",
      "out(N, B) :- n(N), B == count { vote(_, _, T), T <= A }, A == count { vote(N, X, _) };",
      gives: ["1: a 3", "1: b 2", "1: c 0"]),
    voted(
      "beside an aggregate", "out(max<N>, count { n(M) }) :- n(N);", gives: ["1: c 3"]),
    LanguageCase(
      "of the rows of a round, none before it",
      #"n("a")@1; n("a")@2; p("a", 1)@2; p("a", 2)@2; out(N, count { p(N, X)@2 }) :- n(N);"#,
      gives: ["1: a 0", "2: a 2"]),
    LanguageCase(
      "a message tells what its sender has counted",
      votes + #"out("c", count { vote(N, _, _) })@async :- n(N);"#,
      nodes: ["a", "b", "c"], eot: 2, faults: [.omission(from: "b", to: "c", round: 1)],
      gives: ["2: c 0", "2: c 2"]),
  ]
}
