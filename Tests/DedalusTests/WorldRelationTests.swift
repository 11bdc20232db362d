import Testing

@testable import Dedalus

@Suite("What the run states")
struct WorldRelationTests {
  static let facts = "q(\"a\", 1)@1; post(X) :- q(X, _);\n"

  @Test(
    "the names that a program leaves to the run",
    arguments: [
      ("", ["crash"]), ("r(X) :- crash(X, _, _);", ["crash"]),
      ("r(X) :- outage(X, _, _, _);", ["crash", "outage"]),
      ("r(X) :- q(X, _), notin pause(X, X, _, _);", ["crash", "pause"]),
      ("r(X)@async :- q(X, Y), dead(X), time(X, Y, _);", ["crash", "time"]),
      (
        "r(X) :- time(X, _, _), pause(X, _, _, _), outage(X, _, _, _);",
        ["crash", "outage", "pause", "time"]
      ),
      ("r(X) :- time(X, _);", ["crash"]), ("r(X) :- outage(X, _, _);", ["crash"]),
      ("r(X) :- time(X, _, _); time(\"a\", 1, 2)@1;", ["crash"]),
      ("r(X) :- time(X, _, _); time(X, Y, Y) :- q(X, Y);", ["crash"]),
      ("r(X) :- pause(X, _, _, _); pause(X, X, Y, Y) :- dead(X, Y);", ["crash"]),
      ("time(\"a\", 1, 2)@1; r(X) :- pause(X, _, _, _);", ["crash", "pause"]),
    ])
  func named(rules: String, expected: [String]) throws {
    let program = try program(Self.facts + rules)
    #expect(program.worldRelations.map { program.relations[$0].name } == expected)
    #expect(
      program.outage.map { program.relations[$0].name } == (expected.contains("outage") ? "outage" : nil))
    #expect(program.pause.map { program.relations[$0].name } == (expected.contains("pause") ? "pause" : nil))
    #expect(program.time.map { program.relations[$0].name } == (expected.contains("time") ? "time" : nil))
    #expect(program.staticRelations.isDisjoint(with: program.worldRelations))
  }

  @Test("they count as derived, and have the types of the language")
  func derivedAndTyped() throws {
    let rules = "r(X, Y) :- time(X, _, Y); s(X) :- outage(X, _, _, _), notin pause(X, X, _, _);"
    let program = try program(Self.facts + rules)
    #expect(program.warnings.isEmpty && program.rules.count == 3)
    func types(_ relation: RelationID?) -> [ColumnType?]? {
      relation.map { program.relations[$0].columnTypes }
    }
    #expect(types(program.time) == [.string, .integer, .integer])
    #expect(types(program.outage) == [.string, .string, .integer, .integer])
    #expect(types(program.pause) == [.string, .string, .integer, .integer])
  }

  @Test(
    "clashes and warnings",
    arguments: [
      ("r(X) :- time(X, \"1\", _);", ["2:17 type-clash"]),
      ("r(X) :- pause(X, 1, _, _);", ["2:18 type-clash"]),
      ("r(X, Y + 1) :- outage(X, Y, _, _);", ["2:26 type-clash"]),
      ("r(Y) :- time(_, Y, _); s(X) :- r(X);", ["2:34 location-not-node"]),
      ("r(X) :- time(X, _);", ["2:9 undefined-relation"]),
      ("r(X) :- outage(X, _, _);", ["2:9 undefined-relation"]),
      ("r(X) :- time(X, _, _), time(X, _);", ["2:24 arity-mismatch"]),
      ("time(\"a\", \"now\")@1; r(X) :- time(X, \"now\");", []),
      ("time(\"a\", 1, 1)@1; r(X) :- time(X, _, _), time(X, _);", ["2:43 arity-mismatch"]),
      ("r(X) :- time(X, _, _); time(X, Y, \"z\") :- q(X, Y);", []),
    ])
  func diagnostics(rules: String, expected: [String]) {
    #expect(diagnose(Self.facts + rules) == expected)
  }

  @Test(
    "what a protocol is, shows in its messages",
    arguments: [
      ("m(X)@async :- q(X, _), time(X, 2, _);", ["2:24"]),
      ("m(X)@async :- q(X, _), notin time(X, 2, _), time(X, 2, 3);", ["2:24"]),
      ("m(X)@async :- time(_, 2, _), q(X, _);", ["2:15"]),
      ("d(X) :- time(X, 2, _); m(X)@async :- d(X);", ["2:9"]),
      ("d(X)@next :- time(X, 2, _); e(X) :- d(X)@2; m(X)@async :- q(X, _), notin e(X);", ["2:14"]),
      ("d(X) :- time(X, 2, _); m(X)@async :- d(X), time(X, 2, _);", ["2:9", "2:44"]),
      ("d(X) :- time(X, 2, _); n(X)@async :- d(X); m(X)@async :- d(X);", ["2:9"]),
      ("d(X) :- time(X, 2, _), e(X); e(X) :- d(X); e(\"a\")@1; m(X)@async :- e(X);", ["2:9"]),
      // Specifications, logs of what arrived, and what can never fire.
      ("d(X) :- time(X, 2, _); m(X)@async :- q(X, _);", []),
      ("log(X, R)@next :- m(X), time(X, R, _); log(X, R)@next :- log(X, R); m(X)@async :- q(X, _);", []),
      ("d(X) :- m(X), time(X, 2, _); pre(X) :- d(X); m(X)@async :- q(X, _);", []),
      ("d(X) :- time(X, 2, _); e(X)@next :- d(X);", []),
      ("time(\"a\", 1, 1)@1; m(X)@async :- q(X, _), time(X, 1, _);", []),
    ])
  func synchronisedClocks(rules: String, places: [String]) {
    #expect(diagnose(Self.facts + rules) == places.map { "\($0) synchronised-clocks" })
  }

  @Test(
    "a protocol does not know what goes wrong, but may find out what is past",
    arguments: [
      (
        "d(X) :- pause(X, _, _, _); m(X)@async :- d(X), outage(X, _, _, _), crash(X, _, _);", ["2:9", "2:48"]
      ),
      ("m(X)@async :- q(X, _), notin crash(X, X, _);", ["2:24"]),
      ("m(X)@async :- q(X, Y), count { crash(X, _, _) } < Y;", ["2:32"]),
      ("m(X)@async :- q(X, _), crash(X, _, R), R > 2;", ["2:24"]),
      ("m(X)@async :- q(X, Y), crash(X, _, R), R != Y;", ["2:24"]),
      ("m(X)@async :- q(X, Y), crash(X, _, R), R + 1 < Y;", []),
      ("m(X)@async :- q(X, Y), crash(X, _, Y);", []),
      ("d(X) :- crash(X, _, _); pre(X) :- d(X), q(X, _); m(X)@async :- q(X, _);", []),
    ])
  func world(rules: String, places: [String]) {
    #expect(diagnose(Self.facts + rules) == places.map { "\($0) world-in-protocol" })
  }

  @Test("the warning shows the first message that depends on the clock")
  func dependingMessage() throws {
    let rules = "d(X) :- time(X, 2, _); n(X)@async :- d(X); m(X)@async :- d(X), time(X, 3, _);"
    let warnings = try program(Self.facts + rules).warnings
    #expect(warnings.map { $0.notes.map { $0.range?.lower } } == [[Self.facts.utf8.count + 23], []])
  }

  @Test("a program in which a rule that can never fire reads the clock has no such warning")
  func deadReader() {
    #expect(
      diagnose(Self.facts + "m(X)@async :- dead(X), time(X, 2, _);") == ["2:15 undefined-relation"])
  }
}
