// Programs that explode, each construct of the language once. Whatever explodes, a call with limits ends soon
// after them and stays small, with an answer or with the limit that it met: never by a signal, and never by
// eating the machine.

import Documents
import Foundation
import Reports
import Support
import Testing

@Suite("Programs that explode")
struct ExplosionTests {
  struct Explosion: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    var bounds = "--eot 3 --eff 3"
  }

  private static func lines(_ range: Range<Int>, _ line: (Int) -> String) -> String {
    range.map { line($0) + "\n" }.joined()
  }

  /// Messages to n0 from each of `count` nodes: rows that are each there or not.
  private static func uncertain(_ count: Int, _ value: (Int) -> Int) -> String {
    lines(0..<count) { "v(\"n\($0)\", \(value($0)))@1;" } + "m(\"n0\", I, V)@async :- v(I, V);\n"
  }

  /// Links between `count` nodes, each of which is there or not.
  private static func links(_ count: Int) -> String {
    let pairs = (0..<count).flatMap { from in (0..<count).map { (from, $0) } }.filter { $0 != $1 }
    return pairs.map { "l(\"n\($0)\", \"n\($1)\")@1;\n" }.joined()
      + "t(B, A)@async :- l(A, B); g(\"n0\", A, B)@async :- t(B, A);\n"
  }

  private static func digits(_ count: Int) -> String { lines(0..<count) { "d(\"a\", \($0))@1;" } }

  private static func join(_ count: Int) -> String {
    (1...count).map { "d(N, X\($0))" }.joined(separator: ", ")
  }

  /// A name of 58 letters that is like no other.
  private static func name(_ number: Int) -> String {
    var random = SplitMix64(seed: UInt64(number))
    return String(decoding: (0..<58).map { _ in UInt8(97 + random.number(in: 0...7)) }, as: UTF8.self)
  }

  private static let sum = (1...12).map { "X\($0)" }.joined(separator: " + ")
  private static let columns = (1...12).map { "X\($0)" }.joined(separator: ", ")
  private static let nested =
    String(repeating: "(", count: 200) + "X6" + String(repeating: " + 1)", count: 200)

  static let explosions: [Explosion] = [
    .init(
      testDescription: "recursion over uncertain tuples",
      text: links(30)
        + "r(N, A, B) :- g(N, A, B); r(N, A, C) :- r(N, A, B), r(N, B, C); post(N) :- r(N, _, _);"),
    .init(
      testDescription: "recursion that counts",
      text: #"n("a", 0)@1; n(A, X + 1) :- n(A, X); post(A) :- n(A, _);"#),
    .init(
      testDescription: "count of many groups",
      text: uncertain(120) { $0 }
        + "c(X, Y, Z, count<I>) :- m(X, I, _), v(_, Y)@1, v(_, Z)@1, Y < 40, Z < 40; post(X) :- c(X, _, _, _);",
      bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "sum",
      text: uncertain(40) { 1 << $0 } + "s(X, sum<V>) :- m(X, _, V); post(X) :- s(X, _);",
      bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "avg",
      text: uncertain(40) { 1 << $0 } + "s(X, avg<V>) :- m(X, _, V); post(X) :- s(X, _);",
      bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "min and max of many values",
      text: uncertain(120) { $0 }
        + "s(X, max<W>, min<W>) :- m(X, _, V), v(_, Y)@1, W == 1000 * V + Y; post(X) :- s(X, _, _);",
      bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "several aggregates in one head",
      text: uncertain(40) { $0 * $0 }
        + "s(X, count<I>, sum<V>, avg<V>, max<V>) :- m(X, I, V); post(X) :- s(X, _, _, _, _);",
      bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "an aggregate in a message",
      text: uncertain(40) { 1 << $0 } + "s(I, sum<V>)@async :- m(X, _, V), v(I, _)@1; post(X) :- s(X, _);"),
    .init(
      testDescription: "negation with a wildcard",
      text: uncertain(200) { $0 }
        + "q(X, I, J) :- m(X, I, _), v(J, _)@1, notin m(X, _, _)@2; q(X, I, J) :- m(X, I, A), m(X, J, B), notin r(X, _, I);"
        + "r(X, I, J) :- m(X, I, _), m(X, J, _); post(X) :- m(X, _, _);", bounds: "--eot 2 --eff 2"),
    .init(
      testDescription: "a join of twelve",
      text: digits(10) + "p(N, \(columns)) :- \(join(12)); post(N) :- p(N, \(columns));"),
    .init(
      testDescription: "a join that derives nothing",
      text: digits(10) + "post(N) :- \(join(12)), \(sum) > 1000;"),
    .init(
      testDescription: "comparisons",
      text: digits(60) + "post(N) :- \(join(12)), X1 < X2, X3 < X4, X5 < X6, X12 < X1, X2 < X12;"),
    .init(
      testDescription: "messages to all",
      text: lines(0..<200) { "v(\"n\($0)\")@1;" }
        + "m(Anyone, X, Y, Z)@async :- v(X), v(Y)@1, v(Z)@1; post(X) :- m(X, _, _, _);"),
    .init(
      testDescription: "growth from round to round",
      text:
        #"p("a", 1)@1; p(N, 2 * X)@next :- p(N, X); p(N, 2 * X + 1)@next :- p(N, X); post(N) :- p(N, _);"#,
      bounds: "--eot 60 --eff 3"),
    .init(
      testDescription: "many named rounds",
      text: "p(\"a\")@1; q(\"a\")@1; q(X)@next :- q(X);\n"
        + lines(1..<8001) { "post(X) :- q(X), notin p(X)@\($0);" }),
    .init(
      testDescription: "strings",
      text: lines(0..<60) { "d(\"a\", \"\(String(repeating: "x", count: 200))\($0)\")@1;" }
        + "p(N, \(columns)) :- \(join(12)); post(N) :- p(N, \(columns));"),
    .init(
      testDescription: "wide relations",
      text: digits(10)
        + "p(N, \((1...60).map { "X\($0 % 12 + 1)" }.joined(separator: ", "))) :- \(join(12)); post(N) :- d(N, _);"
    ),
    .init(
      testDescription: "many rules",
      text: "p0(\"a\")@1;\n" + lines(0..<8000) { "p\($0 + 1)(X) :- p\($0)(X); p\($0)(X)@next :- p\($0)(X);" }
        + "post(X) :- p8000(X);", bounds: "--eot 900 --eff 3"),
    .init(
      testDescription: "many facts",
      text: lines(0..<40_000) { "d(\"a\", \($0))@1;" } + "post(N) :- d(N, X), d(N, Y), d(N, X + Y);"),
    .init(
      testDescription: "deep expressions", text: digits(60) + "post(N) :- \(join(6)), \(nested) < 0;"),
    .init(
      testDescription: "bodies of many atoms",
      text: digits(100) + "p(N, X1, X2, X3) :- \(join(3)), "
        + (1...200).map { _ in "d(N, X1)" }.joined(separator: ", ")
        + "; post(N) :- p(N, _, _, _);"),
    .init(
      testDescription: "names that are compared with many",
      text: lines(0..<25_000) { "\(name($0))a(N) :- \(name($0))b(N);" } + "p(\"a\")@1; post(N) :- p(N);",
      bounds: "--eot 1"),
    .init(
      testDescription: "crashes of many nodes",
      text: lines(0..<200) { "v(\"n\($0)\")@1;" } + "post(X) :- v(X)@1, notin crash(X, X, _);",
      bounds: "--eot 900 --eff 3 --crashes 200"),
    .init(
      testDescription: "runs one by one",
      text: digits(10) + "p(N, \(columns)) :- \(join(12)); post(N) :- p(N, \(columns));",
      bounds: "--eot 3 --eff 3 --strategy random --seed 1"),
  ]

  /// Runs what follows and says on the last line of standard error which CPU seconds and KiB at most it took.
  private static let measure = """
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[1:]).returncode
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=sys.stderr)
    sys.exit(status if status >= 0 else 128 - status)
    """

  @Test("end within two seconds of CPU and 200 MB", .needs(.python), arguments: explosions)
  func limits(_ explosion: Explosion) throws {
    let here = try Workplace(["p.ded": explosion.text, "measure.py": Self.measure])
    let outcome = try here.shell(
      "python3 measure.py $FAULTLINE check p.ded \(explosion.bounds) --time-limit 1 --memory-limit 100")
    #expect([0, 1, 3, 4].contains(outcome.status), "\(outcome.status): \(outcome.errors.suffix(400))")
    if outcome.status == 3 {
      let limits = /INCONCLUSIVE  (time|memory) limit|INCONCLUSIVE  (tuple|firing|gate) budget/
      #expect(outcome.output.prefixMatch(of: limits) != nil, "\(outcome.output.prefix(200))")
    }
    let usage = try #require(outcome.errors.split(separator: "\n").last).split(separator: " ").compactMap {
      Double($0)
    }
    try #require(usage.count == 2)
    #if !DEBUG  // without optimisation the same takes thirty times as long
      #expect(usage[0] < 2, "\(usage[0]) s")
      #expect(usage[1] < 200 * 1024, "\(usage[1] / 1024) MiB")
    #endif
  }

  @Test("the limit that is met is told with the relation that fills it, in words and JSON")
  func named() throws {
    let here = try Workplace(["p.ded": "n(\"a\", 0)@1; n(A, X + 1) :- n(A, X); post(A) :- n(A, _);"])
    let call = ["check", "p.ded", "--eot", "2", "--memory-limit", "2"]
    let outcome = try here.faultline(call)
    #expect(outcome.status == 3)
    #expect(
      outcome.output.contains(
        "The tuple budget was used up: 'n' has 5001 of 5001 tuples, perhaps growing without end inside a round.\n"
          + "'--memory-limit' raises this budget with the others.\n"), "\(outcome.output)")
    let stopped = try #require(
      try json(try here.faultline(call + ["--json"]).output)["stopped"] as? [String: Any])
    #expect(stopped["by"] as? String == "tuple budget")
    let largest = try #require(stopped["largestRelation"] as? [String: Any])
    #expect(
      largest["name"] as? String == "n" && largest["tuples"] as? Int == 5001 && largest["of"] as? Int == 5001)
  }

  @Test("a round beyond every number is empty, and no trap")
  func roundBeyondAll() throws {
    let here = try Workplace(["p.ded": "p(\"a\")@1; post(X) :- p(X), notin p(X)@4294967296;"])
    let outcome = try here.faultline("check", "p.ded", "--eot", "1", "--json")
    #expect(outcome.status == 0 && outcome.output.contains("\"verdict\": \"holds\""), "\(outcome)")
    for strategy in ["loop", "random", "exhaustive"] {
      let call = "$FAULTLINE check p.ded --eot 1 --strategy \(strategy)"
      #expect([0, 3].contains(try here.shell(call).status), "\(strategy)")
    }
    let stored = try here.shell(
      "$FAULTLINE check p.ded --eot 1 --store s.sqlite && $FAULTLINE graph --store s.sqlite --run 1 --row 'post(_)'"
    )
    #expect(stored.status == 0, "\(stored.errors)")
  }
}
