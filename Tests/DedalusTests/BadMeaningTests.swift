import Testing

@testable import Dedalus

@Suite("Programs that read but mean nothing")
struct BadMeaningTests {
  @Test("a relation that nothing derives")
  func underived() throws {
    let text = "node(\"a\")@1; r(X) :- nodes(X); s(X) :- r(X); t(X) :- node(X), notin other(X);"
    #expect(
      diagnose(text) == ["1:22 undefined-relation", "1:40 rule-never-fires", "1:63 undefined-relation"])
    #expect(rendered(text).contains("fix: did you mean 'node'?"))
    #expect(try program(text).rules.count == 1)
  }

  @Test("crash counts as derived")
  func crashIsDerived() throws {
    #expect(try program("q(X) :- crash(X, _, _);").rules.count == 1)
    #expect(diagnose("q(X) :- crash(X, _);") == ["1:9 arity-mismatch"])
  }

  @Test("a second number of columns shows both places")
  func secondArity() {
    #expect(diagnose("p(\"a\")@1; q(X) :- p(X, X);") == ["1:19 arity-mismatch"])
    #expect(rendered("p(\"a\")@1; q(X) :- p(X, X);").contains("1:1: note: 1 column here"))
    #expect(diagnose("q(X, X) :- p(X); q(X) :- p(X); p(\"a\")@1;") == ["1:18 arity-mismatch"])
  }

  @Test(
    "strings and integers in one place",
    arguments: [
      ("p(\"a\")@1; p(1)@1; q(X) :- p(X);", "1:13"),
      ("p(\"a\", 1)@1; q(X) :- p(X, \"a\");", "1:27"),
      ("p(\"a\", 1)@1; q(X) :- p(X, Y), Y == X;", "1:36"),
      ("p(\"a\", \"b\")@1; q(X, Y + 1) :- p(X, Y);", "1:36"),
      ("p(\"a\", \"b\")@1; q(X, sum<Y>) :- p(X, Y);", "1:37"),
      ("p(\"a\", \"b\")@1; q(X, count<Y>) :- p(X, Y); q(X, Y) :- p(X, Y);", "1:59"),
      ("p(\"a\", \"b\")@1; q(X, max<Y>) :- p(X, Y); r(X, Y + 1) :- q(X, Y);", "1:61"),
      ("q(X) :- crash(X, _, \"1\");", "1:21"),
      ("p(\"a\", 1)@1; q(X, Y) :- p(X, Y), Z == Y, q(X, Z), q(X, \"b\");", "1:56"),
      ("p(\"a\", 1)@1; q(X) :- p(X, Y), \"a\" < 1;", "1:37"),
    ])
  func typeClash(text: String, place: String) {
    #expect(diagnose(text) == ["\(place) type-clash"])
  }

  @Test(
    "variables that nothing binds",
    arguments: [
      ("q(X, Y) :- p(X);", "1:6", "Y"), ("q(X, count<Y>) :- p(X);", "1:6", "Y"),
      ("q(X) :- p(X), Y > 1;", "1:15", "Y"),
      ("q(X) :- p(X), 1 == Y;", "1:20", "Y"), ("q(X) :- p(X), Y == Z;", "1:20", "Z"),
      ("q(X) :- p(X), Y == Y + 1;", "1:15", "Y"),
      ("q(X) :- p(X), notin p(Y + 1);", "1:23", "Y"), ("q(X) :- p(X), notin p(Y), Y > 1;", "1:27", "Y"),
      ("q(Y) :- p(X), notin p(Y);", "1:3", "Y"), ("q(Y)@next :- p(X);", "1:3", "Y"),
      ("q(X, Y)@async :- p(X);", "1:6", "Y"), ("q(X) :- p(X), p(Y + 1);", "1:17", "Y"),
    ])
  func unbound(rule: String, place: String, name: String) {
    #expect(diagnose("\(rule) p(\"a\")@1;").filter { $0.contains("unsafe") } == ["\(place) unsafe-variable"])
    #expect(firstMessage(rule) == "'\(name)' is bound by no positive atom")
  }

  @Test("variables that only bind each other")
  func boundInCircle() {
    let found = diagnose("q(X) :- p(X), Y == Z, Z == Y; p(\"a\")@1;")
    #expect(found == ["1:15 unsafe-variable", "1:20 unsafe-variable"])
  }

  @Test("negation and aggregation through themselves print the cycle")
  func cyclesWithinRound() {
    let facts = "p(\"a\")@1; "
    #expect(diagnose(facts + "q(X) :- p(X), notin q(X);") == ["1:25 negation-in-cycle"])
    #expect(
      diagnose(facts + "q(X, count<X>) :- p(X), q(X, _); q(X, 1) :- p(X);") == ["1:35 aggregate-in-cycle"])
    let long = "a(X) :- p(X), notin c(X); b(X) :- a(X); c(X) :- b(X);"
    #expect(diagnose(facts + long) == ["1:25 negation-in-cycle"])
    #expect(firstMessage(facts + long)?.hasSuffix(": a <- c <- b <- a") == true)
    #expect(diagnose(facts + "a(X) :- p(X), notin b(X)@3; b(X) :- a(X);") == ["1:25 negation-in-cycle"])
    #expect(firstMessage(facts + "a(X) :- p(X), notin b(X)@3; b(X) :- a(X);")?.contains("in round 3") == true)
  }

  @Test(
    "cycles across rounds are fine",
    arguments: [
      "q(X)@next :- p(X), notin q(X);", "q(X)@async :- p(X), notin q(X);", "q(X, count<X>)@next :- p(X);",
      "q(X) :- p(X), notin r(X)@2; r(X)@next :- q(X);", "q(X) :- p(X), notin r(X)@2; r(X) :- q(X)@1;",
      "q(X) :- p(X), q(X);", "q(X) :- p(X), notin q(X), dead(X);",
    ])
  func cyclesAcrossRounds(rules: String) {
    let found = diagnose("p(\"a\")@1; " + rules)
    #expect(!found.contains { $0.contains("cycle") })
  }

  @Test("columns and premises beyond the limit")
  func columnsAndPremises() {
    func columns(_ count: Int) -> String { Array(repeating: "\"a\"", count: count).joined(separator: ", ") }
    let rule = "q(X) :- r(X); r(\"a\")@1; "
    #expect(diagnose(rule + "p(\(columns(64)))@1;").isEmpty)
    #expect(diagnose(rule + "p(\(columns(65)))@1;") == ["1:\(25 + 2 + 64 * 5) too-many-columns"])
    #expect(diagnose(rule + "p(\(columns(1000)))@1;") == ["1:\(25 + 2 + 64 * 5) too-many-columns"])
    func premises(_ count: Int) -> String { Array(repeating: "r(X)", count: count).joined(separator: ", ") }
    #expect(diagnose(rule + "s(X) :- \(premises(256));").isEmpty)
    #expect(diagnose(rule + "s(X) :- \(premises(10_000));") == ["1:\(25 + 8 + 256 * 6) too-many-premises"])
  }

  @Test(
    "rounds that are none",
    arguments: ["0", "-1", "1.5", "six", "1e3", "9223372036854775808", "\"1\"", ""])
  func badRound(round: String) {
    let found = diagnose("p(\"a\")@\(round); q(X) :- p(X);")
    #expect(found.count == 1 && found[0].hasPrefix("1:8 "))
  }

  @Test("a fact after the end")
  func factAfterEnd() throws {
    let program = try program("p(\"a\")@5; p(\"a\")@6; q(X) :- p(X);")
    let warnings = program.warnings(nodes: ["a"], eot: 5)
    #expect(warnings.map(\.code) == [.factAfterEnd, .unreadRelation])
    #expect(warnings[0].message == "this fact is never reached: it holds in round 6, and the last round is 5")
  }

  @Test("locations that are never a node")
  func noNode() throws {
    let text =
      "p(\"a\", 1)@1; q(Y) :- p(_, Y); r(Y) :- q(Y); s(X) :- p(X, Y), notin q(Y); t(X) :- q(1), p(X, _);"
    #expect(diagnose(text) == ["1:41 location-not-node", "1:84 location-not-node"])
    let program = try program("p(\"alice\", 1)@1; q(\"bob\")@async :- p(\"alise\", _); q(X) :- p(X, Y);")
    let warnings = program.warnings(nodes: ["alice"], eot: 3)
    #expect(warnings.map(\.code) == [.locationNotNode, .locationNotNode, .unreadRelation])
    #expect(warnings[0].fix == "did you mean \"alice\"?")
    // With both as nodes nothing is astray, but nothing is ever given to "alise" either.
    let known = program.warnings(nodes: ["alice", "alise", "bob"], eot: 3)
    #expect(known.map(\.code) == [.unreadRelation, .neverMatched])
  }

  @Test(
    "words, quotes and signs as names",
    arguments: [
      ("notin(X) :- p(X);", "1:1 reserved-word"), ("include(X) :- p(X);", "1:1 reserved-word"),
      ("\"q\"(X) :- p(X);", "1:1 unexpected-token"), (":-(X) :- p(X);", "1:1 unexpected-token"),
      ("q:-(X) :- p(X);", "1:1 no-columns"), ("q(notin) :- p(X);", "1:3 reserved-word"),
      ("q(X) :- include(X);", "1:9 reserved-word"), ("q'(X) :- p(X);", "1:2 unexpected-character"),
    ])
  func badName(text: String, expected: String) {
    #expect(diagnose("\(text) p(\"a\")@1;") == [expected])
  }
}
