import Testing

@testable import Dedalus
@testable import Texts

@Suite("What is no node, though something rests on its being one")
struct StrayNodeTests {
  private static let watched = """
    seen("store", "x")@1;
    seen(N, V)@next :- seen(N, V);
    tells("store", "watcher")@1;
    tells(N, M)@next :- tells(N, M);
    note(M, V)@async :- seen(N, V), tells(N, M);
    """

  /// The warnings about what is no node as `line message; fix`.
  private func warnings(_ text: String, _ nodes: [Text]? = nil) throws -> [String] {
    let program = try program(text)
    let strays: Set<Diagnostic.Code> = [.destinationNotNode, .locationNotNode]
    let found = program.warnings(nodes: nodes ?? program.defaultNodes, eot: 5, outcomes: nil)
    return found.filter { strays.contains($0.code) }.map { warning in
      let line = warning.range.map { program.sources[$0.file].position(of: $0.lower).line }
      return "\(line ?? 0) [\(warning.code.rawValue)] \(warning.message); \(warning.fix ?? "")"
    }
  }

  @Test("a string that only receives is told with the fact that brings it and the rule that sends")
  func receiverOnly() throws {
    #expect(
      try warnings(Self.watched) == [
        "3 [destination-not-node] \"watcher\" is no node, so no message is ever sent to it; "
          + "name it in --nodes store,watcher"
      ])
    #expect(try warnings(Self.watched, ["store", "watcher"]).isEmpty)
    let program = try program(Self.watched)
    let warning = try #require(
      program.warnings(nodes: ["store"], eot: 5).first { $0.code == .destinationNotNode })
    let note = try #require(warning.notes.first)
    #expect(note.message == "this rule would send to it" && note.range == program.rules[RuleID(2)].range)
  }

  @Test("of many strays no more are told than are kept")
  func many() throws {
    let names = (0..<60_000).map { "tells(\"store\", \"w\($0)\")@1;\n" }.joined()
    let program = try program("note(M)@async :- tells(N, M);\n" + names)
    #expect(program.warnings(nodes: ["store"], eot: 5).count == Limits.diagnostics)
  }

  @Test("a name that is near to a node's is probably that one; a long list is cut")
  func fixes() throws {
    #expect(
      try warnings("p(\"alpha\", \"alhpa\")@1; m(Y)@async :- p(X, Y);")[0].hasSuffix(
        "; did you mean \"alpha\"? if not, name it in --nodes alpha,alhpa"))
    let many = (1...40).map { "p(\"n\($0)\", \"b c\")@1;" }.joined()
    #expect(try warnings(many + "m(Y)@async :- p(X, Y);")[0].hasSuffix("name it in --nodes …,'\"b c\"'"))
  }

  @Test(
    "the option that is advised is one for a shell",
    arguments: [
      (["-1", "a"], "b", "--nodes=-1,a,b"), (["a"], "b c", "--nodes 'a,\"b c\"'"),
      (["-1", "a"], "b c", "--nodes='-1,a,\"b c\"'"), (["a'"], "$b", "--nodes 'a'\\'',$b'"),
      (["-" + String(repeating: "x", count: 80)], "b", "--nodes=…,b"),
    ])
  func option(nodes: [String], stray: String, expected: String) throws {
    let found = try warnings(
      "p(\"\(nodes[0])\", \"\(stray)\")@1; m(Y)@async :- p(X, Y);", nodes.map { Text($0) })
    #expect(found.count == 1 && found[0].hasSuffix("name it in \(expected)"), "\(found)")
  }

  @Test("a fact at what is no node is told once for each name, where a rule would fire there")
  func locations() throws {
    let text =
      "p(\"a\", \"b\")@1; p(\"c\", \"b\")@1; p(\"c\", \"a\")@2; q(X) :- p(X, Y); m(Y)@async :- p(X, Y);"
    #expect(
      try warnings(text, ["a", "b"]) == [
        "1 [location-not-node] \"c\" is no node, so no rule fires there; name it in --nodes a,b,c"
      ])
    #expect(try warnings("p(\"a\")@1; s(\"all\", 3)@1; q(X) :- p(X), s(_, Y);", ["a"]).isEmpty)
  }

  @Test(
    "a destination is followed through rules, as far as premises and comparisons allow",
    arguments: [
      ("q(X, Y) :- p(X, Y); m(Y)@async :- q(X, Y);", true),
      ("q(X, Y)@next :- p(X, Z), Y == Z; m(Y)@async :- q(X, Y);", true),
      ("q(X, max<Y>) :- p(X, Y); m(Y)@async :- q(X, Y);", true),
      ("q(X, \"w\") :- p(X, Y); m(Y)@async :- q(X, Y);", true),
      ("m(Z)@async :- p(X, Y), Z == Y;", true),
      ("m(Y)@async :- p(X, Y), Y != \"w\";", false),
      ("m(Y)@async :- p(X, Y), p(Y, Z);", false),
      ("m(Y)@async :- p(Y, Z);", false),
      ("k(\"a\")@1; m(Y)@async :- notin k(Y), p(_, Y);", false),
      ("m(Y)@async :- p(X, _), notin q(X, Y); q(X, Y) :- p(X, Y);", false),
      ("m(Y, Z)@async :- p(X, Y), p(Y, Z); r(Z)@async :- m(X, Z);", true),
      ("k(X, Z)@next :- k(X, Z), p(X, _); k(\"a\", \"b\")@1; m(Z)@async :- k(X, Z);", false),
    ])
  func flow(rules: String, isTold: Bool) throws {
    let found = try warnings("p(\"a\", \"b\")@1; p(\"b\", \"w\")@1; " + rules, ["a", "b"])
    #expect(found.count == (isTold ? 1 : 0), "\(found)")
    #expect(found.allSatisfy { $0.contains("[destination-not-node] \"w\" is no node") })
  }

  @Test("columns of facts are read together with the constants of an atom")
  func tables() throws {
    let facts = """
      has("a", "peer", "b")@1; has("a", "colour", "red")@1; has("b", "peer", "a")@1;
      has(N, K, V)@next :- has(N, K, V);
      """
    #expect(try warnings(facts + "m(V)@async :- has(N, \"peer\", V);").isEmpty)
    #expect(try warnings(facts + "m(V)@async :- has(N, \"colour\", V);").count == 1)
  }

  @Test("a long chain of rules, last first, is no trouble")
  func chain() throws {
    let rules = (1..<3000).reversed().map { "q\($0 + 1)(X, Y) :- q\($0)(X, Y);" }.joined()
    #expect(try warnings("q1(\"a\", \"w\")@1; m(Y)@async :- q3000(X, Y);" + rules).count == 1)
  }
}
