import Testing

@testable import Dedalus

extension Program {
  fileprivate var names: [String] { relations.map(\.name) }

  /// The rules as `head <- premises`, by the names of relations.
  fileprivate var arrows: [String] {
    rules.map { rule in
      let body = rule.body.compactMap { term in
        if case .atom(let atom) = term { relations[atom.relation].name } else { nil }
      }
      return "\(relations[rule.headRelation].name) <- \(body.joined(separator: " "))"
    }
  }
}

/// Checks files in a folder of their own, the first of which is given.
private func check(_ files: KeyValuePairs<String, String>, _ body: (Program) throws -> Void) throws {
  try withTemporaryFolder { folder in
    for (name, text) in files { try text.write(to: "\(folder)/\(name)") }
    let program = try Program(reading: ["\(folder)/\(files[0].key)"])
    try body(program)
    let again = try Program(rereading: program.sources.elements)
    #expect(again.names == program.names && again.arrows == program.arrows && again.facts == program.facts)
    #expect(again.properties == program.properties && again.declaredNodes == program.declaredNodes)
  }
}

/// The diagnostics of files, the first of which is given.
private func diagnose(_ files: KeyValuePairs<String, String>) throws -> [String] {
  var found: [String] = []
  try withTemporaryFolder { folder in
    for (name, text) in files { try text.write(to: "\(folder)/\(name)") }
    do throws(InvalidProgram) {
      let program = try Program(reading: ["\(folder)/\(files[0].key)"])
      found = program.warnings.map { summary(of: $0, in: program.sources.elements) }
    } catch {
      found = error.errors.map { summary(of: $0, in: error.sources.elements) }
    }
  }
  return found
}

@Suite("Instances of parts")
struct PartTests {
  /// A part: what is put in comes out a round later, and stays.
  static let part = """
    out(X, Y)@next :- put(X, Y), notin stop(X);
    seen(X, Y)@next :- out(X, Y);
    seen(X, Y)@next :- seen(X, Y), notin crash(X, X, _);
    optional stop(X);
    """

  @Test("what is given has the names of the program, everything else belongs to the instance")
  func instance() throws {
    let main =
      "include \"b.ded\" as q with put = p, out = r;\np(\"a\", 1)@1; post(X, Y) :- r(X, Y), q.seen(X, Y);"
    try check(["a.ded": main, "b.ded": Self.part]) { program in
      #expect(
        program.arrows == ["post <- r q.seen", "r <- p q.stop", "q.seen <- r", "q.seen <- q.seen crash"])
      #expect(program.names == ["p", "post", "r", "q.seen", "q.stop", "crash"])
      #expect(program.sources.count == 2)
      #expect(program.warnings.isEmpty)
    }
  }

  @Test("two instances of one part are two parts, and the file is one of the sources once")
  func twoInstances() throws {
    let main = """
      include "b.ded" as q with put = p, out = r;
      include "./b.ded" as s with put = r, out = t, stop = halt;
      p("a", 1)@1; post(X, Y) :- t(X, Y), q.seen(X, Y), s.seen(X, Y); halt("a")@3;
      """
    try check(["a.ded": main, "b.ded": Self.part]) { program in
      #expect(program.sources.count == 2)
      #expect(program.warnings.isEmpty)
      #expect(program.arrows.contains("t <- r halt") && program.arrows.contains("r <- p q.stop"))
      #expect(program.rules.count == 7)
    }
  }

  @Test("a file may be a whole and a part")
  func wholeAndPart() throws {
    let main =
      "include \"b.ded\"; include \"b.ded\" as s with put = out; put(\"a\", 1)@1; post(X, Y) :- s.seen(X, Y);"
    try check(["a.ded": main, "b.ded": Self.part]) { program in
      #expect(program.names.contains("seen") && program.names.contains("s.seen"))
      #expect(program.sources.count == 2 && program.warnings.isEmpty)
    }
  }

  @Test("what a part includes belongs to the instance, and instances nest")
  func nested() throws {
    let outer = """
      include "c.ded"; include "b.ded" as inner with put = start, out = end;
      start(X, Y) :- begin(X, Y), helper(X);
      """
    let main = """
      include "sub/d.ded" as one with begin = p, end = r; include "sub/d.ded" as two with begin = r;
      p("a", 1)@1; post(X, Y) :- two.end(X, Y), one.inner.seen(X, Y);
      """
    try check([
      "a.ded": main, "sub/d.ded": outer, "sub/c.ded": "helper(\"a\")@1; helper(\"b\")@1;",
      "sub/b.ded": Self.part,
    ]) { program in
      #expect(program.sources.count == 4)
      #expect(program.warnings.isEmpty)
      #expect(program.arrows.contains("r <- one.start one.inner.stop"))
      #expect(program.arrows.contains("two.end <- two.start two.inner.stop"))
      #expect(program.arrows.contains("two.start <- r two.helper"))
      #expect(program.facts.count == 5)
    }
  }

  @Test("names for constants, nodes, properties and declarations of a part")
  func statements() throws {
    let part = """
      let wait = 2; nodes "a", "b"; durable kept; configuration limit; limit("a", wait)@1;
      kept(N, V)@next :- put(N, V), limit(N, V), V >= wait; kept(N, V)@next :- kept(N, V);
      property safe: always kept => put; never time; stable kept;
      """
    let main = """
      let put = 7; include "b.ded" as x with put = p; include "b.ded" as y with put = p;
      p("a", 2)@1; post(N, wait) :- x.kept(N, wait), y.kept(N, put);
      """
    try check(["a.ded": main, "b.ded": part]) { program in
      #expect(program.declaredNodes == ["a", "b"])
      #expect(program.durable.map { program.relations[$0].name }.sorted() == ["x.kept", "y.kept"])
      #expect(program.configuration.count == 2)
      #expect(
        program.properties.map(\.name) == [
          "x.safe", "never time", "stable x.kept", "y.safe", "stable y.kept",
        ])
    }
  }

  @Test("a part reads what the run states under its own name, unless the part derives it")
  func world() throws {
    let main = """
      include "b.ded" as x; include "c.ded" as y; p("a")@1; post(X) :- p(X), x.log(X, _), y.pause(X);
      """
    let reading = "log(X, T) :- time(X, T, _), notin pause(X, X, T, _);"
    try check(["a.ded": main, "b.ded": reading, "c.ded": "pause(\"a\")@1;"]) { program in
      #expect(program.time != nil && program.pause != nil)
      #expect(program.names.contains("y.pause"))
    }
  }

  @Test("'optional' spares a part the warnings about what is left out, in every file")
  func optional() throws {
    let stop = "halted(X) :- stop(X); ended(X) :- halted(X); on(X) :- put(X), notin stop(X);"
    let main = "put(\"a\")@1; post(X) :- on(X), ended(X); "
    #expect(try diagnose(["a.ded": main + stop]).count == 3)
    #expect(diagnose(main + stop + "optional stop(N);").isEmpty)
    #expect(
      diagnose(main + stop + "optional stop(N, K);")
        == ["1:126 arity-mismatch"])
    #expect(
      diagnose("optional(\"a\")@1; post(X) :- optional(X); optional optional(X); optional other(X);").isEmpty)
    #expect(
      diagnose(main + "ended(X) :- on(X), gone(X), stop(X); on(X) :- put(X); optional stop(X);").count == 2)
  }

  @Test("the words stay names")
  func ordinaryNames() {
    #expect(diagnose("as(\"a\")@1; with(X) :- as(X); post(as) :- with(as), as(as), as == as;").isEmpty)
  }

  @Test(
    "instances of another form",
    arguments: [
      ("include \"b.ded\" as;", "a.ded:1:19 unexpected-token"),
      ("include \"b.ded\" as \"x\";", "1:20 unexpected-token"),
      ("include \"b.ded\" as x put = p;", "1:22 unexpected-token"),
      ("include \"b.ded\" as x with;", "1:26 unexpected-token"),
      ("include \"b.ded\" as x with put;", "1:30 unexpected-token"),
      ("include \"b.ded\" as x with put == p;", "1:31 unexpected-token"),
      ("include \"b.ded\" as x with put = p(X);", "1:34 unexpected-token"),
      ("include \"b.ded\" as _;", "1:20 reserved-word"),
      ("include \"b.ded\" with put = p;", "1:17 unexpected-token"),
      ("include \"b.ded\" as x with put = 1;", "1:33 unexpected-token"),
      ("include \"b.ded\" as x with put = p, out = r", "1:43 missing-semicolon"),
    ])
  func badForm(text: String, expected: String) throws {
    let main = text + "\npost(X, Y) :- put(X, Y); put(\"a\", 1)@1;"
    let expected = expected.replacing("a.ded:", with: "")
    #expect(try diagnose(["a.ded": main, "b.ded": Self.part]) == [expected])
  }

  @Test(
    "instances that mean nothing",
    arguments: [
      ("include \"b.ded\" as x with puts = p;", ["1:27 not-in-part"]),
      ("include \"b.ded\" as x with put = p, put = p;", ["1:36 given-twice"]),
      ("include \"b.ded\" as x with put = p; include \"b.ded\" as x;", ["1:55 instance-twice"]),
      ("include \"c.ded\" as x;", ["1:1 unreadable-file"]),
      ("include \"a.ded\" as x;", ["1:1 part-is-given"]),
      ("include \"d.ded\" as x;", ["1:1 not-a-program"]),
      ("include \"e.ded\" as x; include \"e.ded\" as y;", ["e.ded:1:1 no-columns"]),
      ("include \"f.ded\" as x; include \"f.ded\" as y;", ["f.ded:1:26 let-twice"]),
      ("include \"g.ded\" as x;", ["g.ded:1:1 include-too-deep"]),
      ("include \"h.ded\" as x;", ["h.ded:1:23 too-many-files"]),
      (
        "include \"b.ded\" as x with put = pp;",
        ["b.ded:1:19 undefined-relation", "b.ded:2:20 rule-never-fires", "b.ded:3:20 rule-never-fires"]
      ),
    ] as [(String, [String])])
  func meaning(text: String, expected: [String]) throws {
    let main = text + "\npost(X, Y) :- p(X, Y); p(\"a\", 1)@1;"
    #expect(
      try diagnose([
        "a.ded": main, "b.ded": Self.part, "d.ded": "Dear all; how; are; you?",
        "e.ded": "a; b(\"a\")@1; c(\"a\")@1;",
        "f.ded": "let a = 1; c(\"a\")@1; let a = 1;", "g.ded": "include \"g.ded\" as again; c(\"a\")@1;",
        "h.ded": "include \"h.ded\" as a; include \"h.ded\" as b; c(\"a\")@1;",
      ]) == expected)
  }
}
