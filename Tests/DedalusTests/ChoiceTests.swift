import Testing

@testable import Dedalus

extension Program {
  /// The choices as `relation(values) first...last`, with a `?` behind where nothing need be chosen.
  fileprivate var inputs: [String] {
    choices.map { choice in
      let values = choice.values.map(\.description).joined(separator: ", ")
      return "\(relations[choice.relation].name)(\(values)) \(choice.rounds)\(choice.isOptional ? "?" : "")"
    }
  }
}

@Suite("Choices")
struct ChoiceTests {
  /// Three lines, without warnings.
  static let programText = """
    p("a", 7)@1;
    p(N, V)@next :- p(N, V);
    post(N, V) :- p(N, V);

    """

  @Test(
    "every form",
    arguments: [
      ("p(\"a\", 1)@{2..5};", ["p(\"a\", 1) 2...5"]), ("maybe p(\"a\", 1)@3;", ["p(\"a\", 1) 3...3?"]),
      ("maybe p(\"a\", 1)@{2..5};", ["p(\"a\", 1) 2...5?"]),
      ("p(\"a\", 1)@ { 2 .. 5 };", ["p(\"a\", 1) 2...5"]),
      ("p(\"a\", 1)@{2..5}; p( \"a\",1)@{2..5};", ["p(\"a\", 1) 2...5"]),
      (
        "p(\"a\", 1)@{6..7}; maybe p(\"a\", 1)@{2..5}; p(\"b\", 1)@{2..5};",
        [
          "p(\"a\", 1) 6...7", "p(\"a\", 1) 2...5?", "p(\"b\", 1) 2...5",
        ]
      ),
      ("p(\"a\", 1)@{1..9223372036854775807};", ["p(\"a\", 1) 1...9223372036854775807"]),
    ] as [(String, [String])])
  func forms(text: String, expected: [String]) throws {
    let program = try program(Self.programText + text)
    #expect(program.inputs == expected)
    #expect(program.facts.count == 1)
    #expect(program.warnings.isEmpty)
  }

  @Test("one round without 'maybe' is a fact")
  func certain() throws {
    let program = try program("q(\"a\")@{3..3}; q(\"b\")@{2..2}; q(\"a\")@3; r(X) :- q(X);")
    #expect(program.choices.isEmpty)
    #expect(program.facts.map(\.round) == [3, 2])
  }

  @Test("a choice has the range of its statement, with 'maybe'")
  func range() throws {
    let text = "maybe q(\"a\")@3; r(X) :- q(X);"
    let range = try #require(try program(text).choices.first?.range)
    #expect(range.lower == 0 && range.upper == 15)
  }

  @Test("what may be chosen has types, makes nodes, lets rules fire, and is durable")
  func evidence() throws {
    let program = try program("q(\"b\", 1)@{1..2}; maybe q(\"a\", 2)@1; post(X, Y) :- q(X, Y); durable q;")
    #expect(program.defaultNodes == ["a", "b"])
    #expect(program.relations[program.choices[0].relation].columnTypes == [.string, .integer])
    #expect(program.rules.count == 1 && program.warnings.isEmpty)
    #expect(diagnose("maybe q(\"b\", 1)@1; r(X) :- q(X, \"z\");") == ["1:33 type-clash"])
    #expect(diagnose("maybe outage(\"b\")@1; r(X) :- outage(X);").isEmpty)
    let stray = try Dedalus.Program(text: "to(\"a\", \"c\")@{1..2}; m(Y)@async :- to(_, Y); post(X) :- m(X);")
    #expect(stray.warnings(nodes: ["a", "b"], eot: 4).map(\.code) == [.unknownNode, .destinationNotNode])
  }

  @Test("nothing that is chosen is configuration")
  func configuration() {
    #expect(
      diagnose("q(\"b\")@{1..2}; r(X) :- q(X); post(X) :- r(X); configuration q;")
        == ["1:61 configuration-without-facts"])
  }

  @Test("a choice whose first round is after the last one is warned about")
  func afterEnd() throws {
    let program = try program("q(\"a\")@{4..9}; maybe q(\"b\")@5; post(X) :- q(X);")
    #expect(program.warnings(nodes: ["a", "b"], eot: 4).map(\.code) == [.factAfterEnd, .noMessage])
    let early = program.warnings(nodes: ["a", "b"], eot: 3).map(\.code)
    #expect(early == [.factAfterEnd, .factAfterEnd, .noMessage])
  }

  @Test("'maybe' stays a name")
  func ordinaryName() throws {
    let program = try program(
      "maybe(\"a\")@1; maybe(X)@next :- maybe(X), maybe == maybe, p(maybe); maybe p(\"a\")@1; maybe maybe(\"b\")@2;"
    )
    #expect(program.inputs == ["p(\"a\") 1...1?", "maybe(\"b\") 2...2?"])
  }

  @Test("choices in included files")
  func included() throws {
    try withTemporaryFolder { folder in
      try "include \"b.ded\";\n\(Self.programText)".write(to: "\(folder)/a.ded")
      try "maybe p(\"b\", 1)@2;".write(to: "\(folder)/b.ded")
      let program = try Program(reading: ["\(folder)/a.ded"])
      #expect(program.inputs == ["p(\"b\", 1) 2...2?"])
      #expect(try Program(rereading: program.sources.elements).choices == program.choices)
    }
  }

  @Test(
    "statements of another form",
    arguments: [
      ("p(\"a\", 1)@{5..2};", "4:11 empty-range"), ("maybe p(\"a\", 1)@{5..4};", "4:17 empty-range"),
      ("p(\"a\", 1)@{0..2};", "4:12 invalid-round"), ("p(\"a\", 1)@{-1..2};", "4:12 invalid-round"),
      ("maybe p(\"a\", 1)@0;", "4:17 invalid-round"), ("p(\"a\", 1)@{};", "4:12 invalid-round"),
      ("p(\"a\", 1)@{2};", "4:13 unexpected-token"), ("p(\"a\", 1)@{2..};", "4:15 invalid-round"),
      ("p(\"a\", 1)@{2..5;", "4:16 unexpected-token"), ("p(\"a\", 1)@{2, 5};", "4:13 unexpected-token"),
      ("p(\"a\", 1)@{2.5..4};", "4:12 invalid-round"),
      ("p(\"a\", 1)@{2..5} :- p(\"a\", 1);", "4:10 head-at-round"),
      ("p(X, 1) :- p(X, 1)@{2..5};", "4:19 invalid-round"),
      ("maybe p(X, 1) :- p(X, 1);", "4:15 unexpected-token"),
      ("maybe p(X, 1)@2;", "4:9 fact-not-constant"), ("maybe p(\"a\", 1);", "4:7 fact-without-round"),
      ("maybe p(\"a\", 1)@next;", "4:7 fact-without-round"), ("maybe p;", "4:7 no-columns"),
      ("maybe maybe p(\"a\", 1)@2;", "4:13 unexpected-token"),
      ("maybe crash(\"a\", \"a\", 1)@2;", "4:1 crash-derived"),
      ("p(\"a\", 1)@2..5;", "4:12 unexpected-character"), ("p(\"a\", {1})@2;", "4:8 unexpected-character"),
    ])
  func badForm(text: String, expected: String) {
    #expect(diagnose(Self.programText + text) == [expected])
  }

  @Test(
    "two statements that may place one row in one round",
    arguments: [
      ("p(\"a\", 1)@{2..5}; p(\"a\", 1)@{5..6};", ["4:19 overlapping-choices"]),
      ("p(\"a\", 1)@{2..5}; maybe p(\"a\", 1)@{2..5};", ["4:19 overlapping-choices"]),
      ("maybe p(\"a\", 1)@3; p(\"a\", 1)@{2..5};", ["4:20 overlapping-choices"]),
      ("p(\"a\", 1)@3; p(\"a\", 1)@{2..5};", ["4:14 overlapping-choices"]),
      ("p(\"a\", 1)@{2..5}; p(\"a\", 1)@2;", ["4:19 overlapping-choices"]),
      ("maybe p(\"a\", 1)@3; p(\"a\", 1)@{3..3};", ["4:20 overlapping-choices"]),
      (
        "p(\"a\", 1)@{2..9}; p(\"a\", 1)@{3..4}; p(\"a\", 1)@{6..7};",
        [
          "4:19 overlapping-choices", "4:37 overlapping-choices",
        ]
      ),
      ("p(\"a\", 1)@{2..5}; p(\"a\", 2)@{2..5}; p(\"b\", 1)@3; p(\"a\", 1)@6; maybe p(\"a\", 1)@1;", []),
    ] as [(String, [String])])
  func overlaps(text: String, expected: [String]) {
    #expect(diagnose(Self.programText + text) == expected)
  }
}
