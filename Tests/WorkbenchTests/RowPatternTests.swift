import Dedalus
import Evaluation
import Scenarios
import Testing

@testable import Workbench

@Suite("Row patterns")
struct RowPatternTests {
  @Test(
    "are written as in a program, with _ for any value",
    arguments: [
      (#"post("Data1")"#, [.string("Data1")], nil), ("log(_, 3)", [nil, .integer(3)], nil),
      (#"vote("a", -3)@4"#, [.string("a"), .integer(-3)], 4), (" p ( _ ) @ 1 ", [nil], 1),
      (#"p("")"#, [.string("")], nil), (#"p("a b, c)")"#, [.string("a b, c)")], nil),
      ("2pc(_)@1000000000", [nil], 1_000_000_000), ("p(9223372036854775807)", [.integer(.max)], nil),
      (#"p("é", "e\#u{301}")"#, [.string("é"), .string("e\u{301}")], nil),
    ] as [(String, [Constant?], Int?)])
  func reading(text: String, columns: [Constant?], round: Int?) throws {
    let pattern = try RowPattern(text)
    #expect(pattern.columns == columns && pattern.round == round)
  }

  @Test(
    "and nothing else is one",
    arguments: [
      "", "post", "post(", "post()", "post(a)", #"post("a)"#, #"post("a""b")"#, "post(1,)", "post(,1)",
      "post(1))", "post(1) x", "post(1)@", "post(1)@0", "post(1)@-1", "post(1)@01", "post(1)@1000000001",
      "post(1)@1@2", "post(-_)", "post(--1)", "post(9223372036854775808)", "post(1 2)", "(1)", "'post'(1)",
    ])
  func others(text: String) {
    #expect {
      _ = try RowPattern(text)
    } throws: { error in
      (error as? Refusal)?.text(coloured: false) == """
        error: '\(text)' is no row [bad-row]
          fix: write it as in a program, with strings in double quotes: 'post("Data1")', 'log(_, 3)@4'

        """
    }
  }

  private static let execution = Result {
    let program = try Program(
      text: """
        p("a", 1)@1; p("a", 2)@1; p("b", 2)@1;
        p(N, X)@next :- p(N, X), X > 1;
        post(N) :- p(N, _);
        """)
    return run(program, Setting(nodes: Nodes(["a", "b"]), eot: 3, crashView: .silent))
  }

  @Test(
    "match rows of their round, or of the last",
    arguments: [
      ("p(_, _)@1", [#"p("a", 1)"#, #"p("a", 2)"#, #"p("b", 2)"#]),
      (#"p("a", _)@1"#, [#"p("a", 1)"#, #"p("a", 2)"#]),
      ("p(_, 2)", [#"p("a", 2)"#, #"p("b", 2)"#]), (#"p("b", 2)@3"#, [#"p("b", 2)"#]),
      (#"post("a")"#, [#"post("a")"#]),
    ])
  func matching(text: String, rows: [String]) throws {
    let execution = try Self.execution.get()
    let tuples = try RowPattern(text).tuples(in: execution)
    #expect(tuples.map { execution.text(of: execution.store.row(of: $0)) }.sorted() == rows)
  }

  @Test(
    "that match nothing say why",
    arguments: [
      (#"p("a", 1)"#, #"p("a", 1) does not hold in round 3 of this run"#),
      ("p(_, 7)@2", "p(_, 7) does not hold in round 2 of this run"),
      ("p(_, _)@9", "p(_, _) does not hold in round 9 of this run"),
      ("q(1)", "the program has no relation 'q'"), ("pst(1)", "the program has no relation 'pst'"),
      ("p(_)", "'p' has 2 columns, not 1"), ("post(_, _)", "'post' has 1 column, not 2"),
    ])
  func misses(text: String, message: String) throws {
    let execution = try Self.execution.get()
    #expect {
      _ = try RowPattern(text).tuples(in: execution)
    } throws: { error in
      (error as? Refusal)?.summary == message
    }
  }

  @Test("a name nearly like one of the program's is advised")
  func advice() throws {
    let program = try Self.execution.get().program
    #expect {
      _ = try RowPattern("pots(_)").relation(in: program)
    } throws: { error in
      (error as? Refusal)?.text(coloured: false)
        == "error: the program has no relation 'pots' [unknown-relation]\n  fix: did you mean 'post'?\n"
    }
  }

  @Test("of a run that was cut, what comes later is not known")
  func cut() throws {
    let whole = try Self.execution.get()
    let short = CompiledProgram(whole.program, nodes: whole.setting.nodes)
      .run(whole.setting, budget: Budget(tuples: 8, firings: 1000))
    guard case .exhausted(.tuples, let round) = short.ending else {
      Issue.record("\(short.ending)")
      return
    }
    #expect(round == Round(2))
    #expect(try RowPattern("p(_, _)@1").tuples(in: short).count == 3)
    #expect {
      _ = try RowPattern("p(_, 7)").tuples(in: short)
    } throws: { error in
      (error as? Refusal)?.text(coloured: false) == """
        error: whether p(_, 7) holds in round 3 is not known: the run was cut in round 2, where its budget of tuples \
        was used up [cut-run]
          fix: ask for a row of an earlier round, as in 'p(_, 7)@1'

        """
    }
  }
}
