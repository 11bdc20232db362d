import Testing

@testable import Dedalus

/// The names of relations, sorted.
private func names(_ relations: Set<RelationID>, in program: Program) -> [String] {
  relations.map { program.relations[$0].name }.sorted()
}

@Suite("Declarations")
struct DeclarationTests {
  /// A program with facts, state, a message and what is derived from them; it has no warnings.
  static let protocolText = """
    node("a", "b")@1;
    node(N, M)@next :- node(N, M);
    msg(M, 1)@async :- node(_, M);
    log(N, P)@next :- msg(N, P);
    log(N, P)@next :- log(N, P);
    seen(N) :- log(N, _);
    post(N) :- seen(N), node(N, _);

    """

  @Test(
    "what is declared, whatever the number of statements",
    arguments: [
      ("", [], []), ("durable log;", ["log"], []), ("durable log, msg;", ["log", "msg"], []),
      ("durable log; durable msg;", ["log", "msg"], []), ("durable log, log; durable log;", ["log"], []),
      ("configuration node;", [], ["node"]), ("durable node; configuration node;", ["node"], ["node"]),
      ("durable\n /* all */ log\n,\nmsg\n;", ["log", "msg"], []),
    ] as [(String, [String], [String])])
  func declared(text: String, durable: [String], configuration: [String]) throws {
    let program = try program(Self.protocolText + text)
    #expect(names(program.durable, in: program) == durable)
    #expect(names(program.configuration, in: program) == configuration)
    #expect(program.warnings.isEmpty)
    #expect(try Dedalus.Program(text: text + "\n" + Self.protocolText).durable.count == durable.count)
  }

  @Test("a declaration in an included file, and of what another file defines")
  func included() throws {
    try withTemporaryFolder { folder in
      try "include \"kept.ded\";\n\(Self.protocolText)".write(to: "\(folder)/a.ded")
      try "durable log; durable msg;".write(to: "\(folder)/kept.ded")
      let program = try Program(reading: ["\(folder)/a.ded"])
      #expect(names(program.durable, in: program) == ["log", "msg"])
      #expect(program.sources.count == 2)
      #expect(try Program(rereading: program.sources.elements).durable == program.durable)
    }
  }

  @Test("declarations go with an included file that is no program")
  func includedNonsense() throws {
    try withTemporaryFolder { folder in
      try "include \"b.ded\";\n\(Self.protocolText)".write(to: "\(folder)/a.ded")
      try "durable nothing; is; not; a program;".write(to: "\(folder)/b.ded")
      let error = #expect(throws: InvalidProgram.self) { try Program(reading: ["\(folder)/a.ded"]) }
      #expect(error?.errors.map(\.code) == [.notAProgram])
    }
  }

  @Test(
    "the words stay names of relations",
    arguments: [
      "durable(X) :- q(X);", "durable(\"a\")@1;", "durable(X)@next :- durable(X), q(X); durable(\"a\")@1;",
      "r(X) :- q(X), notin durable(X); durable(\"b\")@1;", "configuration(X) :- q(X);",
      "configuration(\"a\")@2; durable(X) :- configuration(X); r(X) :- durable(X);",
      "durable(\"a\")@1; r(X) :- durable(X); durable durable;",
      "r(X) :- q(X), durable == 1, configuration == durable;",
    ])
  func ordinaryNames(text: String) {
    #expect(diagnose("q(\"a\")@1; post(X) :- q(X);\n" + text).isEmpty)
  }

  @Test("a relation may be called durable and be declared so")
  func durableDurable() throws {
    let program = try program("durable(\"a\")@1; r(X) :- durable(X); durable durable, durable;")
    #expect(names(program.durable, in: program) == ["durable"])
  }

  @Test(
    "declarations of another form",
    arguments: [
      ("durable log(X);", "9:12 unexpected-token"), ("durable log,;", "9:13 unexpected-token"),
      ("durable log msg;", "9:13 unexpected-token"), ("durable log, \"msg\";", "9:14 unexpected-token"),
      ("durable log, 7;", "9:14 unexpected-token"), ("durable notin;", "9:9 reserved-word"),
      ("durable log, _;", "9:14 reserved-word"), ("durable include;", "9:9 reserved-word"),
      ("durable;", "9:1 no-columns"), ("durable, log;", "9:1 no-columns"),
      ("durable log", "9:12 missing-semicolon"),
      ("durable log\npost(N) :- seen(N);", "9:12 missing-semicolon"),
      ("post(N) :- seen(N)\ndurable log;", "9:19 missing-semicolon"),
      ("post(N) :- durable log;", "9:12 no-columns"), ("durable log@1;", "9:12 unexpected-token"),
    ])
  func badForm(text: String, expected: String) {
    #expect(diagnose(Self.protocolText + "\n" + text) == [expected])
  }

  @Test(
    "what a declaration cannot mean, or need not say",
    arguments: [
      ("durable logs;", ["9:9 unknown-relation"]), ("durable logs, logs;", ["9:9 unknown-relation"]),
      ("durable logs; configuration nodes;", ["9:9 unknown-relation", "9:29 unknown-relation"]),
      ("durable crash;", ["9:9 declared-world-relation"]),
      ("configuration crash, outage;", ["9:15 declared-world-relation", "9:22 declared-world-relation"]),
      ("durable time; r(N) :- time(N, _, _);", ["9:9 declared-world-relation"]),
      ("durable pause; r(N) :- pause(N, _);", ["9:24 undefined-relation"]),
      ("durable time; time(N)@next :- seen(N); r(N) :- time(N);", []),
      ("durable seen;", ["9:9 nothing-durable"]),
      ("durable seen, seen; durable seen;", ["9:9 nothing-durable"]),
      ("durable post;", ["9:9 nothing-durable"]), ("durable seen; seen(\"a\")@1;", []),
      ("durable seen; seen(N)@next :- log(N, _);", []), ("durable seen; seen(N)@async :- log(N, _);", []),
      ("durable other; r(N) :- other(N);", ["9:24 undefined-relation"]),
      ("durable other; other(\"a\")@1;", ["9:9 unused-declaration"]),
      ("durable other; other(N) :- seen(N);", ["9:9 nothing-durable", "9:9 unused-declaration"]),
      ("configuration log;", ["9:15 configuration-without-facts"]),
      ("configuration other; other(\"a\")@1;", ["9:15 unused-declaration"]),
      (
        "durable other; configuration other; other(\"a\")@1;",
        ["9:30 unused-declaration", "9:9 unused-declaration"]
      ),
    ])
  func meaning(text: String, expected: [String]) {
    #expect(diagnose(Self.protocolText + "\n" + text).sorted() == expected.sorted())
  }

  @Test("in a program with errors of form, what is declared may be in a statement that was not read")
  func brokenElsewhere() {
    #expect(diagnose(Self.protocolText + "\ndurable other; other(\"a\")@;") == ["9:27 invalid-round"])
  }

  @Test("a list of 10 MB is refused in time")
  func longList() {
    let text = "durable log" + String(repeating: ",log", count: 2_500_000) + ";"
    #expect(diagnose(Self.protocolText + "\n" + text) == ["9:1 program-too-large"])
  }

  @Test(
    "static relations",
    arguments: [
      ("p(X, Y)@next :- p(X, Y);", true), ("", true),
      ("p(A, B)@next :- p(A, B); p(X, Y)@next :- p(X, Y);", true),
      ("p(X, Y)@next :- nothing(X, Y);", true), ("r(X) :- p(X, _);", true), ("configuration p;", true),
      ("durable p;", false), ("p(X, Y)@next :- p(X, Y); durable p;", false),
      ("p(X, Y)@next :- p(Y, X);", false), ("p(X, X)@next :- p(X, X);", false),
      ("p(X, \"b\")@next :- p(X, \"b\");", false), ("p(X, Y)@next :- p(X, Y)@1;", false),
      ("p(X, Y)@next :- p(X, Y), q(X);", false), ("p(X, Y)@next :- p(X, Y), X != Y;", false),
      ("p(X, Y)@next :- p(X, Y), notin q(X);", false), ("p(X, Y)@async :- p(X, Y);", false),
      ("p(X, Y) :- p(X, Y);", false), ("p(X, max<Y>)@next :- p(X, Y);", false),
      ("p(X, Y)@next :- p(X, Y); p(X, X) :- q(X);", false), ("p(X, Y)@next :- s(X, Y);", false),
    ])
  func staticRelations(rules: String, isStatic: Bool) throws {
    let facts = "p(\"a\", \"b\")@1; q(\"a\")@1; s(\"a\", \"b\")@1; post(X) :- q(X), p(X, Y), s(X, Y);"
    let program = try program(facts + rules)
    let found = names(program.staticRelations, in: program)
    #expect(found.contains("p") == isStatic)
    #expect(Set(found).isSuperset(of: ["q", "s"]) && !found.contains("post") && !found.contains("crash"))
  }
}
