import Testing

@testable import Dedalus

@Suite("What a checked rule says")
struct RuleTests {
  private static let facts = "p(\"a\", \"b\", 1)@1; q(\"a\")@1; "

  private func rule(_ text: String) throws -> Rule {
    try #require(try program(Self.facts + text).rules.elements.first)
  }

  private func names(_ rule: Rule) -> [String] { rule.variables.map(\.name) }

  @Test("timing", arguments: [("", Timing.deductive), ("@next", .inductive), ("@async", .async)])
  func timing(suffix: String, timing: Timing) throws {
    #expect(try rule("r(X)\(suffix) :- q(X);").timing == timing)
  }

  @Test("the location is the first column of the first atom")
  func location() throws {
    #expect(try rule("r(Y) :- 1 < 2, p(X, Y, _);").location == .variable(VariableID(0)))
    #expect(try rule("r(Y) :- p(\"a\", Y, _);").location == .constant(.string("a")))
    #expect(try rule("r(Y) :- p(_, Y, _);").location == .unconstrained)
    #expect(try rule("r(Y) :- q(Y)@3;").location == .variable(VariableID(0)))
    #expect(try rule("r(Y) :- notin p(X, Y, _), q(Y);").location == .variable(VariableID(1)))
  }

  @Test("what only a location or a destination names ranges over all nodes")
  func nodeVariables() throws {
    let negated = try rule("r(Y) :- notin p(X, Y, _), q(Y);")
    #expect(negated.nodeVariables.map { negated.variables[$0].name } == ["X"])
    let sent = try rule("r(D, X)@async :- q(X);")
    #expect(sent.nodeVariables.map { sent.variables[$0].name } == ["D"])
    let both = try rule("r(D)@async :- notin q(D);")
    #expect(both.nodeVariables.map { both.variables[$0].name } == ["D"])
    let filtered = try rule("r(D, X)@async :- q(X), D == \"b\";")
    #expect(filtered.nodeVariables.count == 1)
    #expect(comparisons(filtered).map(\.binds) == [nil])
    #expect(try rule("r(X) :- q(X), notin q(Y);").nodeVariables.isEmpty)
  }

  private func comparisons(_ rule: Rule) -> [Comparison] {
    rule.body.compactMap { if case .comparison(let comparison) = $0 { comparison } else { nil } }
  }

  private func atoms(_ rule: Rule) -> [Atom] {
    rule.body.compactMap { if case .atom(let atom) = $0 { atom } else { nil } }
  }

  @Test("comparisons bind in an order that works, each variable once")
  func binding() throws {
    let chain = try rule("r(X, C) :- C == B + 1, B == N, p(X, _, N), B > 0, C == 2;")
    #expect(comparisons(chain).map { $0.binds.map { chain.variables[$0].name } } == ["C", "B", nil, nil])
    #expect(names(chain) == ["X", "N", "B", "C"])
    let bound = try rule("r(X) :- p(X, _, N), N == 1;")
    #expect(comparisons(bound).map(\.binds) == [nil])
    let twice = try rule("r(X) :- q(X), N == 1, N == 2;")
    #expect(comparisons(twice).map { $0.binds != nil } == [true, false])
  }

  @Test("a variable that only one 'notin' names is any value there, in each for itself")
  func existential() throws {
    let once = try rule("r(X) :- q(X), notin p(X, Y, _), notin p(Y, X, _);")
    #expect(atoms(once)[1].columns == [.variable(VariableID(0)), .wildcard, .wildcard])
    #expect(names(once) == ["X"])
    let twice = try rule("r(X) :- q(X), notin p(Y, Y, _), notin p(Y, Y, Z);")
    #expect(atoms(twice)[1].columns == [.variable(VariableID(1)), .variable(VariableID(1)), .wildcard])
    #expect(atoms(twice)[2].columns == [.variable(VariableID(2)), .variable(VariableID(2)), .wildcard])
    #expect(names(twice) == ["X", "Y", "Y"])
  }

  @Test("columns of atoms")
  func columns() throws {
    let rule = try rule("r(X) :- q(X), p(X, \"b\", N + 1), p(_, _, (N)), p(_, _, -1), p(_, _, (N * 2));")
    let n = try #require(rule.variables.indices.first { rule.variables[$0].name == "N" })
    #expect(atoms(rule)[1].columns[1] == .constant(.string("b")))
    #expect(atoms(rule)[1].columns[2] == .expression(.binary(.add, .variable(n), .constant(.integer(1)))))
    #expect(atoms(rule)[2].columns == [.wildcard, .wildcard, .variable(n)])
    #expect(atoms(rule)[3].columns[2] == .constant(.integer(-1)))
    #expect(
      atoms(rule)[4].columns[2] == .expression(.binary(.multiply, .variable(n), .constant(.integer(2)))))
  }

  @Test(
    "arithmetic groups as in arithmetic",
    arguments: [
      ("1 + 2 * 3", "(1 + (2 * 3))"), ("1 - 2 - 3", "((1 - 2) - 3)"), ("8 / 4 * 2", "((8 / 4) * 2)"),
      ("(1 + 2) * 3", "((1 + 2) * 3)"), ("1 - (2 - 3)", "(1 - (2 - 3))"), ("1--1", "(1 - -1)"),
      ("1-1", "(1 - 1)"),
      ("2 * -3", "(2 * -3)"), ("((1))", "1"),
    ])
  func arithmetic(text: String, grouped: String) throws {
    let rule = try rule("r(X) :- q(X), \(text) == 0;")
    #expect(describe(comparisons(rule)[0].left) == grouped)
  }

  private func describe(_ expression: Dedalus.Expression) -> String {
    switch expression {
    case .constant(let value): "\(value)"
    case .variable(let variable): "v\(variable.rawValue)"
    case .binary(let operation, let left, let right):
      "(\(describe(left)) \(operation.rawValue) \(describe(right)))"
    }
  }

  @Test("every comparison", arguments: ["==", "!=", "<", "<=", ">", ">="])
  func comparators(text: String) throws {
    #expect(comparisons(try rule("r(X) :- q(X), X \(text) \"a\";"))[0].comparator.rawValue == text)
  }

  @Test("aggregates in heads of the next round and in messages")
  func timedAggregates() throws {
    let next = try rule("r(X, count<N>)@next :- p(X, _, N);")
    #expect(next.isAggregate && next.timing == .inductive && !next.groupsBySender)
    let sent = try rule("r(X, count<N>)@async :- p(X, _, N);")
    #expect(sent.isAggregate && sent.timing == .async && sent.groupsBySender)
    #expect(try !rule("r(X, count<N>)@async :- p(_, X, N);").groupsBySender)
  }

  @Test("every aggregate", arguments: ["count", "min", "max", "sum", "avg"])
  func aggregates(name: String) throws {
    let rule = try rule("r(X, \(name)<N>) :- p(X, _, N);")
    #expect(rule.isAggregate)
    let aggregate = try #require(Aggregate(rawValue: name))
    #expect(rule.head[1] == .aggregate(aggregate, VariableID(1)))
  }

  @Test("names are what the language says, words of the grammar too where nothing else fits")
  func identifiers() throws {
    let program = try program(
      "a.b?c_1(\"a\")@1; _x(count) :- a.b?c_1(count), count < \"z\"; next(async) :- _x(async);")
    #expect(program.relations.map(\.name) == ["a.b?c_1", "_x", "next", "crash"])
  }

  @Test("ranges cover what they say")
  func ranges() throws {
    let text = "q(\"a\")@1;\n  r(X)@next :-\n q(X) ,\n notin q(X)@3 ;"
    let program = try program(text)
    func slice(_ range: SourceRange) -> String {
      String(Array(text.unicodeScalars)[range.lower..<range.upper].map(Character.init))
    }
    let rule = program.rules.elements[0]
    #expect(slice(rule.range) == "r(X)@next :-\n q(X) ,\n notin q(X)@3 ;")
    #expect(slice(rule.headRange) == "r(X)")
    #expect(atoms(rule).map { slice($0.range) } == ["q(X)", "notin q(X)@3"])
    #expect(slice(program.facts[0].range) == "q(\"a\")@1;")
  }

  @Test("types are found through rules, wherever the evidence stands")
  func types() throws {
    let program = try program(
      "r(X, Y, Z) :- s(X, Y, Z); s(X, Y, Z) :- p(X, Y, Z); t(X, Y) :- u(X, Y); u(X, Y)@next :- u(X, Y), q(X); "
        + Self.facts
        + "u(X, Y) :- t(X, Y), q(X); n(X, count<Y>) :- p(X, Y, _);")
    let types = Dictionary(uniqueKeysWithValues: program.relations.map { ($0.name, $0.columnTypes) })
    #expect(types["r"] == [.string, .string, .integer])
    #expect(types["s"] == [.string, .string, .integer])
    #expect(types["n"] == [.string, .integer])
    #expect(types["u"] == [.string, nil])
  }

  @Test("writing something twice changes nothing")
  func duplicates() throws {
    let twice = try program(
      "q(\"a\")@1; q(\"a\")@1; q(\"a\")@2; r(X) :- q(X); r(X):-q( (X) ); r(Y) :- q(Y); r(X)@next :- q(X);")
    #expect(twice.facts.map(\.round) == [1, 2])
    #expect(twice.rules.count == 3)
  }
}
