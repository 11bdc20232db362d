import Testing

@testable import Dedalus

extension Program {
  /// The properties as `name: form`, with the names of relations.
  fileprivate var demands: [String] {
    properties.map { property in
      let form =
        switch property.form {
        case .finally(let first, let second): "finally \(name(first)) \(name(second))"
        case .always(let first, let second): "always \(name(first)) \(name(second))"
        case .never(let only): "never \(name(only))"
        case .within(let delay, let first, let second): "within \(delay) \(name(first)) \(name(second))"
        case .stable(let only): "stable \(name(only))"
        }
      return "\(property.name): \(form)"
    }
  }

  private func name(_ relation: RelationID) -> String { relations[relation].name }
}

@Suite("Properties")
struct PropertyTests {
  /// Nine lines, without warnings; p, q and r have two columns, s has one.
  static let programText = """
    p("a", 1)@1;
    p(N, V)@next :- p(N, V);
    q(N, V) :- p(N, V);
    r(N, V)@async :- q(N, V);
    s(N) :- r(N, _);
    post(N) :- s(N);


    """

  @Test(
    "every form, with a name and without",
    arguments: [
      ("finally p => q;", ["finally p => q: finally p q"]),
      ("always  p=>q ;", ["always p => q: always p q"]),
      ("never s;", ["never s: never s"]),
      ("within 0 p => q;", ["within 0 p => q: within 0 p q"]),
      ("within 007 p\n => /* soon */ q;", ["within 7 p => q: within 7 p q"]),
      ("stable p;", ["stable p: stable p"]),
      ("property kept: stable p;", ["kept: stable p"]),
      ("property\npost:finally p=>q;", ["post: finally p q"]),
      ("property 2pc.safe?: within 3 p => r;", ["2pc.safe?: within 3 p r"]),
      (
        "never s; property b: always p => p; property a: never s; stable q;",
        [
          "never s: never s", "b: always p p", "a: never s", "stable q: stable q",
        ]
      ),
    ] as [(String, [String])])
  func forms(text: String, expected: [String]) throws {
    let program = try program(Self.programText + text)
    #expect(program.demands == expected)
    #expect(program.warnings.isEmpty)
    #expect(try Dedalus.Program(text: text + "\n" + Self.programText).demands == expected)
  }

  @Test("a property begins with its first word and ends with its last relation")
  func range() throws {
    let program = try program("property kept: stable  p ;" + Self.programText)
    let range = try #require(program.properties.first?.range)
    #expect(
      program.sources[range.file].bytes[range.lower..<range.upper].elementsEqual(
        "property kept: stable  p".utf8))
  }

  @Test("included files declare properties, in the order of reading")
  func included() throws {
    try withTemporaryFolder { folder in
      try "include \"asked.ded\";\n\(Self.programText) never s;".write(to: "\(folder)/a.ded")
      try "property kept: stable p; always r => q;".write(to: "\(folder)/asked.ded")
      let program = try Program(reading: ["\(folder)/a.ded"])
      let expected = ["never s: never s", "kept: stable p", "always r => q: always r q"]
      #expect(program.demands == expected)
      #expect(try Program(rereading: program.sources.elements).demands == expected)
      try "never s; is; not; a program;".write(to: "\(folder)/asked.ded")
      #expect(throws: InvalidProgram.self) { try Program(reading: ["\(folder)/a.ded"]) }
    }
  }

  @Test(
    "the words stay names of relations and variables",
    arguments: ["property", "finally", "always", "never", "within", "stable"])
  func ordinaryNames(word: String) throws {
    let text = """
      \(word)("a")@1; \(word)(X)@next :- \(word)(X); r(X) :- \(word)(X), notin \(word)(X)@1;
      r(\(word)) :- \(word)(\(word)), \(word) == "a"; durable \(word);
      never \(word); property \(word): finally \(word) => \(word);
      """
    let program = try program(text)
    #expect(program.warnings.isEmpty)
    #expect(program.demands == ["never \(word): never \(word)", "\(word): finally \(word) \(word)"])
  }

  @Test("what the run states may be named, and has then its columns")
  func world() throws {
    let program = try program(
      "q(\"a\")@1; post(X) :- q(X); never outage; stable time; always crash => crash;")
    #expect(program.demands.count == 3)
    #expect(program.outage.map { program.relations[$0].arity } == 4)
    #expect(program.time.map { program.relations[$0].columnTypes } == [.string, .integer, .integer])
    #expect(program.pause == nil)
    let own = try Dedalus.Program(text: "pause(\"a\")@1; post(X) :- pause(X); never pause;")
    #expect(
      own.pause == nil
        && own.properties == [
          PropertyDeclaration(
            name: "never pause", form: .never(RelationID(0)), range: own.properties[0].range)
        ])
  }

  @Test("what a property names is read")
  func read() {
    #expect(diagnose("q(\"a\")@1; k(X)@next :- q(X); durable k; stable k; configuration q;").isEmpty)
  }

  @Test(
    "statements of another form",
    arguments: [
      ("never s(X);", "9:8 unexpected-token"), ("finally p(X, Y) => q;", "9:10 unexpected-token"),
      ("finally p;", "9:10 unexpected-token"), ("never p => q;", "9:9 unexpected-token"),
      ("always p, q;", "9:9 unexpected-token"), ("always p = q;", "9:10 unexpected-token"),
      ("always p >= q;", "9:10 unexpected-token"), ("always p => ;", "9:13 unexpected-token"),
      ("always p => \"q\";", "9:13 unexpected-token"), ("always p :- q;", "9:10 unexpected-token"),
      ("never notin;", "9:7 reserved-word"), ("never _;", "9:7 reserved-word"),
      ("property _: never p;", "9:10 reserved-word"), ("property a never p;", "9:12 unexpected-token"),
      ("property a:- never p;", "9:11 unexpected-token"), ("property a: p => q;", "9:13 unexpected-token"),
      ("property a: property b: never p;", "9:13 unexpected-token"),
      ("property a: ;", "9:13 unexpected-token"),
      ("property never;", "9:15 unexpected-token"), ("property \"a\": never p;", "9:10 unexpected-token"),
      ("within p => q;", "9:8 invalid-delay"), ("within -1 p => q;", "9:8 invalid-delay"),
      ("within \"2\" p => q;", "9:8 invalid-delay"), ("within 1.5 p => q;", "9:8 invalid-delay"),
      ("within 99999999999999999999 p => q;", "9:8 invalid-delay"), ("within 2;", "9:9 unexpected-token"),
      ("never s", "9:8 missing-semicolon"), ("never s\nstable p;", "9:8 missing-semicolon"),
      ("post(N) :- s(N)\nwithin 2 p => q;", "9:16 missing-semicolon"),
      ("never;", "9:1 no-columns"), ("r(X, Y) => q(X, Y);", "9:9 unexpected-character"),
      ("r(X, Y) :- q(X, Y), X => Y;", "9:23 unexpected-character"),
      ("r(X : Y) :- q(X, Y);", "9:5 unexpected-character"),
    ])
  func badForm(text: String, expected: String) {
    #expect(diagnose(Self.programText + "\n" + text) == [expected])
  }

  @Test(
    "what cannot be asked",
    arguments: [
      ("never t;", ["9:7 unknown-relation"]),
      ("finally t => u;", ["9:9 unknown-relation", "9:14 unknown-relation"]),
      ("never t; stable t;", ["9:7 unknown-relation"]), ("finally p => s;", ["9:9 property-arity"]),
      ("always time => p;", ["9:8 property-arity"]),
      ("pre(N, N) :- s(N); finally pre => post;", ["6:1 specification-arity"]),
      ("never s; never s;", ["9:10 property-twice"]), ("never s; never  s;", ["9:10 property-twice"]),
      ("property a: never s; property a: stable p;", ["9:31 property-twice"]),
      ("property a: never s; property a: never s; never s;", ["9:31 property-twice"]),
      ("property a: never t; property a: never s;", ["9:19 unknown-relation", "9:31 property-twice"]),
      ("never nothing; r(N, 1) :- nothing(N);", ["9:27 undefined-relation"]),
    ])
  func meaning(text: String, expected: [String]) {
    #expect(diagnose(Self.programText + "\n" + text) == expected)
  }

  @Test("in a program with errors of form, what is asked may be in a statement that was not read")
  func brokenElsewhere() {
    #expect(diagnose(Self.programText + "\nnever other; other(\"a\")@;") == ["9:25 invalid-round"])
  }
}
