import Testing

@testable import Dedalus

extension Program {
  /// The facts and choices as they might have been written one by one.
  fileprivate var given: [String] {
    facts.map { "\(relations[$0.relation].name)\(list($0.values))@\($0.round)" }
      + choices.map {
        "\($0.isOptional ? "maybe " : "")\(relations[$0.relation].name)\(list($0.values))@\($0.rounds)"
      }
  }

  private func list(_ values: [Constant]) -> String {
    "(" + values.map(\.description).joined(separator: ", ") + ")"
  }
}

@Suite("Nodes and names for constants")
struct NamedConstantTests {
  /// One line without warnings.
  static let rules = "post(X, Y) :- p(X, Y);\n"

  // MARK: Nodes

  @Test("nodes are those that are declared, in any number of statements")
  func nodes() throws {
    let program = try program("nodes \"b\", \"a\"; p(\"a\", 1)@1; nodes \"c c\";" + Self.rules)
    #expect(program.declaredNodes == ["b", "a", "c c"])
    #expect(program.defaultNodes == ["b", "a", "c c"])
    #expect(program.warnings.isEmpty)
    let without = try Dedalus.Program(text: "p(\"a\", 1)@1;" + Self.rules)
    #expect(without.declaredNodes == nil && without.defaultNodes == ["a"])
  }

  @Test("'nodes' stays a name")
  func nodesIsName() {
    #expect(
      diagnose(
        "nodes(\"a\")@1; post(nodes) :- nodes(nodes), nodes == \"a\"; nodes \"a\"; durable nodes; nodes(X)@next :- nodes(X);"
      ).isEmpty)
  }

  @Test(
    "what cannot be declared a node",
    arguments: [
      ("nodes \"a\", \"b\", \"a\";", ["2:17 node-twice"]), ("nodes \"a\"; nodes \"a\";", ["2:18 node-twice"]),
      ("nodes \"a\", b;", ["2:12 unexpected-token"]), ("nodes a;", ["2:7 unexpected-token"]),
      ("nodes \"a\" \"b\";", ["2:11 unexpected-token"]), ("nodes \"a\",;", ["2:11 unexpected-token"]),
      ("nodes \"a\"", ["2:10 missing-semicolon"]), ("nodes;", ["2:1 no-columns"]),
      ("nodes 7;", ["2:7 unexpected-token"]),
      (
        "nodes \"a\", \"b\"; p(\"c\", 1)@1; p(\"c\", 2)@1; maybe p(\"d\", 1)@1; p(\"a\", 1)@1;",
        ["2:19 undeclared-node", "2:51 undeclared-node"]
      ),
    ] as [(String, [String])])
  func badNodes(text: String, expected: [String]) {
    let fact = expected.contains { $0.hasSuffix("undeclared-node") } ? "\n" : "p(\"a\", 1)@1;"
    #expect(diagnose((fact == "\n" ? Self.rules : fact + Self.rules) + text) == expected)
  }

  // MARK: Constants

  @Test("a name is its constant in rules and facts, whatever comes first")
  func constants() throws {
    let named = try program(
      "p(home, quorum)@1; post(home, N + quorum) :- p(home, N), notin p(X, quorum)@2, N >= quorum, X == home; let quorum = -2; let home = \"h\";"
    )
    let plain = try program(
      "p(\"h\", -2)@1; post(\"h\", N + -2) :- p(\"h\", N), notin p(X, -2)@2, N >= -2, X == \"h\";")
    #expect(named.given == plain.given && named.given == ["p(\"h\", -2)@1"])
    #expect(named.rules.map(\.head) == plain.rules.map(\.head))
    #expect(named.rules[RuleID(0)].location == .constant(.string("h")))
    #expect(named.warnings.isEmpty)
  }

  @Test(
    "facts for each value of a list",
    arguments: [
      ("p(X, 1)@2 for X in ab;", ["p(\"a\", 1)@2", "p(\"b\", 1)@2"]),
      ("p(X, Y)@1 for X in ab, Y in ab, X != Y;", ["p(\"a\", \"b\")@1", "p(\"b\", \"a\")@1"]),
      ("p(\"z\", Y)@1 for X in n, Y in n, Y == X + two;", ["p(\"z\", 3)@1"]),
      ("p(X, N)@1 for X in ab, X > \"a\", N in n, N * 2 >= 4;", ["p(\"b\", 2)@1", "p(\"b\", 3)@1"]),
      ("p(\"z\", two)@1 for X in ab;", ["p(\"z\", 2)@1"]), ("p(\"z\", T)@1 for T in two;", ["p(\"z\", 2)@1"]),
      ("p(X, 1)@{2..3} for X in ab;", ["p(\"a\", 1)@2...3", "p(\"b\", 1)@2...3"]),
      ("maybe p(X, 1)@2 for X in ab;", ["maybe p(\"a\", 1)@2...2", "maybe p(\"b\", 1)@2...2"]),
      ("p(X, 1)@2 for X in ab, 1 == 2;", []),
      ("p(X, 1)@2 for X in ab, 1 == 1, X == \"b\";", ["p(\"b\", 1)@2"]),
      ("p(for, in)@2 for for in ab, in in n, for < \"b\", in > two;", ["p(\"a\", 3)@2"]),
    ] as [(String, [String])])
  func comprehensions(text: String, expected: [String]) throws {
    let lets = "let ab = \"a\", \"b\"; let n = 1, 2, 3; let two = 2; r(X) :- q(X); q(\"q\")@1;"
    let program = try program(text + lets)
    #expect(Set(program.given) == Set(expected + ["q(\"q\")@1"]))
    #expect(program.given.filter { !$0.hasPrefix("q") } == expected)
  }

  @Test("each fact has the range of its statement, and repeated ones count once")
  func repeated() throws {
    let text = "p(X, 1)@2 for X in l, Y in l; let l = \"a\", \"b\";"
    let program = try program(text + "p(\"b\", 1)@2;" + Self.rules)
    #expect(program.facts.map(\.range.upper) == [29, 29])
  }

  @Test("what is named in an included file is known everywhere")
  func included() throws {
    try withTemporaryFolder { folder in
      try "include \"b.ded\"; p(X, two)@1 for X in l;\n\(Self.rules)".write(to: "\(folder)/a.ded")
      try "let l = \"a\", \"b\"; let two = 2; p(\"c\", two)@1; nodes \"a\", \"b\", \"c\";".write(
        to: "\(folder)/b.ded")
      let program = try Program(reading: ["\(folder)/a.ded"])
      #expect(program.given == ["p(\"a\", 2)@1", "p(\"b\", 2)@1", "p(\"c\", 2)@1"])
      #expect(try Program(rereading: program.sources.elements).facts == program.facts)
    }
  }

  @Test("'let', 'for' and 'in' stay names")
  func ordinaryNames() {
    #expect(
      diagnose(
        "let(\"a\")@1; let(X)@next :- let(X), let == let, for(in); for(\"a\")@1; in(for) :- let(for), for(for); let let = 2; r(let, in) :- in(in);"
      ).isEmpty)
  }

  @Test(
    "statements of another form",
    arguments: [
      ("let x = ;", "2:9 unexpected-token"), ("let x = y;", "2:9 unexpected-token"),
      ("let x == 2;", "2:7 unexpected-token"), ("let x 2;", "2:7 unexpected-token"),
      ("let x = 1 + 2;", "2:11 unexpected-token"), ("let x = 1, ;", "2:12 unexpected-token"),
      ("let _ = 1;", "2:5 reserved-word"), ("let notin = 1;", "2:5 reserved-word"),
      ("let 2x = 1;", "2:5 unexpected-token"), ("let x = 1", "2:10 missing-semicolon"),
      ("let x = 99999999999999999999;", "2:9 integer-out-of-range"),
      ("let x = -\"a\";", "2:9 misplaced-minus"),
      ("p(\"a\", 1)@1 for X in;", "2:21 unexpected-token"),
      ("p(\"a\", 1)@1 for X in \"a\";", "2:22 unexpected-token"),
      ("p(\"a\", 1)@1 for X;", "2:18 unexpected-token"),
      ("p(\"a\", 1)@1 for X = 1;", "2:19 unexpected-character"),
      ("p(\"a\", 1)@1 for X in l Y in l;", "2:24 unexpected-token"),
      ("p(\"a\", 1) for X in l;", "2:11 unexpected-token"),
      ("p(X, Y) :- p(X, Y) for X in l;", "2:20 unexpected-token"),
      ("p(\"a\", 1)@1 for;", "2:13 unexpected-token"),
    ])
  func badForm(text: String, expected: String) {
    #expect(diagnose("p(\"a\", 1)@1;" + Self.rules + text) == [expected])
  }

  @Test(
    "names that mean nothing, or two things",
    arguments: [
      ("let x = 1; let x = 1;", ["2:16 let-twice"]), ("let x = 1; let x = 2, 3;", ["2:16 let-twice"]),
      ("r(X, count<two>) :- p(X, two);", ["2:6 let-as-variable"]),
      ("r(X, l) :- p(X, _);", ["2:6 list-as-term"]), ("r(X) :- p(X, Y), Y + l > 1;", ["2:22 list-as-term"]),
      ("p(l, 1)@1;", ["2:3 list-as-term"]), ("p(a, 1)@1;", ["2:3 fact-not-constant"]),
      ("p(a, two)@1;", ["2:3 fact-not-constant"]),
      ("p(a, two + 1)@1;", ["2:3 fact-not-constant", "2:6 fact-not-constant"]),
      ("p(X, 1)@1 for Y in l;", ["2:3 fact-not-constant"]),
      ("p(X, _)@1 for X in l;", ["2:6 fact-not-constant"]),
      ("p(X, 1)@1 for X in m;", ["2:20 unknown-list"]),
      ("p(X, 1)@1 for X in l, X in l;", ["2:23 variable-twice"]),
      ("p(two, 1)@1 for two in l;", ["2:17 let-as-variable"]),
      ("p(l, 1)@1 for l in l;", ["2:15 let-as-variable"]),
      ("p(X, 1)@1 for X in l, X != Y, Y in l;", ["2:28 unsafe-variable"]),
      ("p(X, 1)@1 for X in l, X != l;", ["2:28 list-as-term"]),
      ("p(X, 1)@1 for X in l, X != _;", ["2:28 misplaced-wildcard"]),
      ("p(X, 1)@1 for X in l, X > two;", ["2:23 type-clash"]),
      ("p(X, 1)@1 for X in l, X + 1 > two;", ["2:23 type-clash"]),
      ("p(X, 1)@1 for X in l, 1 / (two - 2) == 1;", ["2:23 failed-computation"]),
      ("p(X, 1)@1 for X in l, two * 9223372036854775807 > 1;", ["2:23 failed-computation"]),
      ("p(X, 1)@1 for X in big;", ["2:20 unknown-list"]), ("p(X)@1 for X in l;", ["2:1 arity-mismatch"]),
      ("r(X) :- p(X, home);", ["2:14 type-clash"]),
    ] as [(String, [String])])
  func meaning(text: String, expected: [String]) {
    let lets = "\nlet l = \"a\", \"b\"; let two = 2; let home = \"a\";"
    #expect(diagnose("p(\"a\", 1)@1;" + Self.rules + text + lets) == expected)
  }

  @Test("the limits count facts and values")
  func limits() {
    let list = "let l = " + (0..<500).map(String.init).joined(separator: ",") + ";\n"
    #expect(diagnose(list + "p(\"a\", X, Y)@1 for X in l, Y in l;" + Self.rules) == ["2:1 too-many-facts"])
    #expect(
      diagnose(list + "p(\"a\", X)@1 for X in l, Y in l, Z in l, X < 0;" + Self.rules) == [
        "2:1 program-too-large"
      ])
  }
}
