import Testing

@testable import Dedalus

@Suite("What passes between nodes without a message")
struct RemoteAccessTests {
  /// b and c are nodes, too; `link` is configuration, and `x` is what a has.
  private static let facts = """
    x("a", 1)@1; link("a", "b")@1; link("b", "c")@1; link(N, M)@next :- link(N, M);
    have(N, V) :- x(N, V); have(N, V)@next :- have(N, V);\n
    """

  /// The places in line 3 and the beginnings of the messages.
  private func found(_ rules: String) throws -> [String] {
    let program = try program(Self.facts + rules)
    return program.warnings(nodes: ["a", "b", "c"], eot: 5, outcomes: nil)
      .filter { $0.code == .remoteAccess }.map { warning in
        let column = warning.range.map { program.sources[$0.file].position(of: $0.lower).column }
        return "\(column ?? 0) \(warning.message)"
      }
  }

  private static let sent = " m(M, V)@async :- have(N, V), link(N, M);"

  @Test(
    "what is told",
    arguments: [
      // A forgotten '@async': nothing sends what is derived, and nothing but the specification reads it.
      ("have(M, V) :- x(N, V), link(N, M);", "1 a rule at 'N' derives this row at 'M' without a message"),
      ("have(M, V)@next :- x(N, V), link(N, M);", "1 a rule at 'N' derives this row at 'M'"),
      ("have(\"b\", V)@next :- x(\"a\", V);", "1 a rule at \"a\" derives this row at \"b\""),
      ("have(M, max<V>) :- x(N, V), link(N, M);", "1 a rule at 'N' derives this row at 'M'"),
      ("have(M, V)@next :- x(_, V), link(N, M);", "1 a rule at no node derives this row at 'M'"),
      (
        "post(N) :- have(N, _); finally wish => have; wish(N, V) :- x(_, V), link(N, _); "
          + "have(M, V)@next :- x(N, V), link(N, M);", "81 a rule at 'N' derives this row at 'M'"
      ),
      // A message rests on it.
      ("m(M, V)@async :- link(N, M), have(K, V), K != N;", "30 a rule at 'N' reads what holds at 'K'"),
      (
        "m(M, V)@async :- link(N, M), x(N, V), notin have(_, V);",
        "39 a rule at 'N' reads what holds at all nodes"
      ),
      (
        "m(M, V)@async :- link(N, M), x(N, V), count { have(_, V) } > 1;",
        "47 a rule at 'N' reads what holds at all nodes"
      ),
      ("m(M, V)@async :- have(_, V), link(N, M);", "18 a rule at no node reads what holds at all nodes"),
      (
        "d(N, V) :- link(N, M), have(M, V); m(M, V)@async :- d(N, V), link(N, M);",
        "24 a rule at 'N' reads what holds at 'M'"
      ),
      ("m(M, V)@async :- link(N, M), have(\"b\", V);", "30 a rule at 'N' reads what holds at \"b\""),
      // State that rests on the same state elsewhere.
      (
        "held(N)@next :- x(N, _), notin held(_); held(N)@next :- held(N);",
        "26 a rule at 'N' reads what holds at all nodes"
      ),
      (
        "held(N)@next :- link(N, M), notin busy(M); busy(N) :- held(N); held(N)@next :- held(N);",
        "29 a rule at 'N' reads what holds at 'M'"
      ),
    ])
  func told(rules: String, message: String) throws {
    let found = try found(rules)
    #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix(message) }, "\(found)")
  }

  @Test(
    "what is not",
    arguments: [
      // Messages, what stands here under another name, what cannot stand at a node.
      sent, "m(M, V)@async :- have(N, V), link(N, M), m(K, V), K == N;" + sent,
      "m(M, V)@async :- have(\"a\", V), link(N, M), N == \"a\";",
      "m(M, V)@async :- have(N, V), link(N, M), table(\"colour\", V); table(\"colour\", 1)@1; "
        + "table(\"colour\", V)@next :- table(_, V);",
      "m(M, V)@async :- have(N, V), link(N, M), step(V, 2); step(1, 2)@1; step(2, W + 1)@next :- step(_, W);",
      // Configuration, and what completes it.
      "m(M, V)@async :- have(N, V), link(_, M);", "m(M, V)@async :- have(N, V), link(\"b\", M);",
      "to(M, N) :- link(N, M)@1; m(M, V)@async :- have(N, V), to(N, M);",
      "peer(\"a\", \"b\")@1; peer(N, M) :- peer(M, N); m(M, V)@async :- have(N, V), peer(N, M);",
      // What the run states; what only judges it, in one round or kept.
      "m(M, V)@async :- have(N, V), link(N, M), time(_, 2, _);",
      "pre(V) :- x(_, V); post(V) :- have(N, V), have(M, V), N != M;" + sent,
      "two(N, M)@next :- have(N, V), have(M, V), N != M; two(N, M)@next :- two(N, M); never two;" + sent,
      "gap(N, V)@next :- have(N, V), link(N, M), notin have(M, V); gap(N, V)@next :- gap(N, V); never gap;"
        + sent,
      "pre(M, V)@next :- x(N, V), link(N, M); pre(M, V)@next :- pre(M, V); post(N, V) :- have(N, V);" + sent,
      "wish(M, V)@next :- x(N, V), link(N, M); wish(M, V)@next :- wish(M, V); finally wish => have;" + sent,
    ])
  func silent(rules: String) throws { #expect(try found(rules) == []) }

  @Test("a warning names the message that rests on the rule, and what to write")
  func notes() throws {
    let rules = "d(N, V) :- link(N, M), have(M, V); m(M, V)@async :- d(N, V), link(N, M);"
    let program = try program(Self.facts + rules)
    let warning = try #require(
      program.warnings(nodes: ["a", "b", "c"], eot: 5).first { $0.code == .remoteAccess })
    #expect(warning.notes.map(\.message) == ["this message depends on it"])
    #expect(warning.notes.map { $0.range?.lower } == [Self.facts.utf8.count + 35])
    #expect(warning.fix == "send it with '@async'; only what judges a run sees all nodes at once")
  }
}
