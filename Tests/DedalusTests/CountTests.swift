import Testing

@testable import Dedalus

@Suite("Counts in checked rules")
struct CountTests {
  private static let facts = "p(\"a\", \"b\", 1)@1; q(\"a\")@1; "

  private func rule(_ text: String) throws -> Rule {
    try #require(try program(Self.facts + text).rules.elements.first)
  }

  private func names(_ variables: some Sequence<VariableID>, of rule: Rule) -> [String] {
    variables.sorted().map { rule.variables[$0].name }
  }

  @Test("a count stands before the term that computes with it, those of the head last")
  func order() throws {
    let rule = try rule(
      "r(X, count { q(Y) }) :- q(X), count { p(X, _, N) } + 1 > count { p(_, X, M), M > 2 }, 1 < 2;")
    let kinds = rule.body.map { term in
      switch term {
      case .atom: "atom"
      case .comparison: "comparison"
      case .count(let count): "count of \(count.atoms.count + count.comparisons.count)"
      }
    }
    #expect(kinds == ["atom", "count of 1", "count of 2", "comparison", "comparison", "count of 1"])
    let results = rule.counts.map(\.result)
    #expect(Set(results).count == 3)
    #expect(names(results, of: rule) == ["count", "count", "count"])
    #expect(results.allSatisfy { rule.variables[$0].type == .integer })
    #expect(rule.head[1] == .expression(.variable(results[2])))
    #expect(rule.location == .variable(VariableID(0)))
  }

  @Test("what occurs within the braces only is local, in each count apart")
  func locals() throws {
    let rule = try rule(
      "r(X) :- q(X), A == count { p(X, Y, N), N != 3 }, A < count { p(Y, X, _), notin q(Y) };")
    #expect(rule.counts.map { names($0.locals, of: rule) } == [["Y", "N"], ["Y"]])
    #expect(rule.counts.map { names($0.shared, of: rule) } == [["X"], ["X"]])
    #expect(rule.counts[0].locals.isDisjoint(with: rule.counts[1].locals))
  }

  @Test("a shared variable may be bound by a comparison, also by one that counts")
  func waiting() throws {
    let rule = try rule("r(X, B) :- q(X), B == count { p(X, _, A) }, A == count { q(Y) };")
    let binds = rule.body.compactMap { term in
      if case .comparison(let comparison) = term {
        comparison.binds.map { rule.variables[$0].name }
      } else {
        nil
      }
    }
    #expect(binds == ["B", "A"])
    #expect(names(rule.counts[0].shared, of: rule) == ["X", "A"])
  }

  @Test("what is counted only may have no facts, and the rule can fire")
  func undefined() throws {
    let program = try program(Self.facts + "r(X) :- q(X), count { missing(X, _) } == 0;")
    #expect(program.rules.count == 1)
    #expect(program.warnings.map(\.message) == ["'missing' is used but never derived: 'count' finds nothing"])
  }

  @Test("a rule that differs in what it counts is another rule")
  func duplicates() throws {
    let rules = ["q(Y)", "q(Y)", "q(Z)", "notin q(X), q(Y)", "p(X, Y, _)"].map {
      "r(X) :- q(X), count { \($0) } > 0;"
    }
    #expect(try program(Self.facts + rules.joined()).rules.count == 4)
  }

  @Test("instances have their own relations within braces, too, and names of constants have their values")
  func instances() throws {
    let program = try program(
      "let few = 2; let who = \"b\"; " + Self.facts + "r(X) :- q(X), count { p(X, who, N) } < few;")
    let rule = try #require(program.rules.elements.first)
    #expect(rule.counts[0].atoms[0].columns[1] == .constant(.string("b")))
    #expect(rule.comparisons[0].right == .constant(.integer(2)))
  }

  private static let wrong: [(body: String, code: Diagnostic.Code, notes: Int)] = [
    ("q(X), count { p(X, Y, N), Y == Z } > 0", .unsafeVariable, 0),
    ("q(X), notin q(Y), count { p(X, Y, _) } > 0", .unsafeVariable, 1),
    ("q(X), count { p(X, Y, _) } > 0, Y != X", .unsafeVariable, 1),
    ("q(X), V == count { p(X, _, V) }", .unsafeVariable, 1),
    ("q(X), count { p(X, Y, N) } == \"two\"", .typeClash, 0),
    ("q(X), count { p(X, Y, N), N == Y } == 2", .typeClash, 2),
    ("q(X), count { r(Y) } == 0", .aggregateInCycle, 0),
    ("q(X), count { q(Y), notin r(Y) } == 0", .negationInCycle, 0),
    ("q(X), count { q(Y), count { q(Y) } > 1 } == 0", .misplacedCount, 0),
    ("q(X), p(X, _, count { q(Y) })", .misplacedCount, 0),
    ("q(X), count { q(Y), q(max<Y>) } == 0", .misplacedAggregate, 0),
    ("q(X), count { p(X, Y, 1 + 1) } == 0", .computationInCount, 0),
    ("q(X), count { p(X, Y, N), 1 > max(N, 1) } == 0", .computationInCount, 0),
    ("q(X), count { notin q(X) } == 0", .countWithoutAtom, 0),
    ("q(X), count { q(X), q(X, X) } == 0", .arityMismatch, 1),
    ("count { q(X) } == 0", .bodyWithoutAtom, 0),
  ]

  private func errors(_ text: String) -> [Diagnostic] {
    do throws(InvalidProgram) {
      _ = try Program(text: text)
      return []
    } catch {
      return error.errors
    }
  }

  @Test("what is wrong", arguments: wrong.indices)
  func mistakes(_ number: Int) throws {
    let (body, code, notes) = Self.wrong[number]
    let found = errors(Self.facts + "r(\"x\") :- \(body);")
    #expect(found.map(\.code) == [code], "\(body)")
    #expect(found.first?.notes.count == notes, "\(body)")
  }
}
