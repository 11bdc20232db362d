// What an execution records beside its tuples, on programs small enough to say it in a line. That tuples and
// firings are right on thousands of programs is the business of AgreementTests.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Testing

@Suite("Execution")
struct ExecutionTests {
  private static let text = """
    ping("a", "b")@1; self("a", "a")@1;
    pong(M, N)@async :- ping(N, M);
    pong(M, N)@async :- self(N, M);
    pong(M, N)@next :- pong(M, N);
    heard(M, count<N>) :- pong(M, N);
    lonely(N) :- ping(N, M)@1, notin pong(N, M), notin crash(N, N, _);
    """

  private func execute(_ faults: [Fault], eot: Int = 3, crashView: CrashView = .silent) throws -> Execution {
    let program = try Program(text: Self.text)
    return run(
      program, Setting(nodes: Nodes(["a", "b"]), eot: eot, crashView: crashView),
      under: Scenario(FaultSet(faults)))
  }

  private static let a = NodeID(0)
  private static let b = NodeID(1)

  private func messages(_ execution: Execution) -> [String] {
    execution.messages.map { message in
      let nodes = execution.setting.nodes
      let sender = message.sender.map { nodes[$0].string } ?? "_"
      return "\(sender)>\(nodes[message.receiver]) @\(message.sent.rawValue) "
        + "\(execution.text(of: message.row)) \(message.fate.rawValue)"
    }
  }

  struct FateRow: Sendable {
    let faults: [Fault]
    let messages: [String]
  }

  static let fateRows = [
    FateRow(
      faults: [], messages: [#"a>b @1 pong("b", "a") delivered"#, #"a>a @1 pong("a", "a") delivered"#]),
    FateRow(
      faults: [.omission(from: a, to: b, Round(1))],
      messages: [#"a>b @1 pong("b", "a") omitted"#, #"a>a @1 pong("a", "a") delivered"#]),
    FateRow(
      faults: [.crash(a, Round(1)), .omission(from: a, to: b, Round(1))],
      messages: [#"a>b @1 pong("b", "a") sender-crashed"#, #"a>a @1 pong("a", "a") delivered"#]),
    FateRow(
      faults: [.crash(a, Round(2)), .omission(from: b, to: a, Round(1))],
      messages: [#"a>b @1 pong("b", "a") delivered"#, #"a>a @1 pong("a", "a") delivered"#]),
  ]

  @Test("says what became of each message, and why", arguments: fateRows)
  func fates(_ row: FateRow) throws {
    #expect(try messages(execute(row.faults)) == row.messages)
  }

  @Test("sends nothing from a node that fail-stop has stopped")
  func failStop() throws {
    let execution = try execute([.crash(Self.a, Round(1))], crashView: .failStop)
    #expect(execution.messages.isEmpty)
  }

  @Test("derives nothing of a lost message, and keeps why it was sent")
  func lostMessage() throws {
    let execution = try execute([.omission(from: Self.a, to: Self.b, Round(1))])
    let lost = try #require(execution.messages.first)
    #expect(execution.head(of: lost.firing) == nil)
    #expect(execution.premises(of: lost.firing).count == 1)
    let pong = try #require(execution.program.relation(named: "pong"))
    #expect(execution.tuple(pong, [.string("b"), .string("a")], in: Round(2)) == nil)
  }

  @Test("an aggregate rests on its rows, and each row on what it was read from")
  func aggregateLineage() throws {
    let execution = try execute([])
    let heard = try #require(execution.program.relation(named: "heard"))
    let head = try #require(execution.tuple(heard, [.string("b"), .integer(1)], in: Round(2)))
    let firings = execution.firingsByHead()
    let aggregate = try #require(firings[head].first)
    guard case .tuple(let row)? = execution.premises(of: aggregate).first else {
      Issue.record("an aggregate has a row")
      return
    }
    let rowRelation = execution.store.relation(of: execution.store.row(of: row))
    #expect(execution.schema[rowRelation].aggregateRule == execution.rule(of: aggregate))
    #expect(firings[row].count == 1)
  }

  @Test("an absence says what was not there, and when")
  func absences() throws {
    let execution = try execute([])
    let lonely = try #require(execution.program.relation(named: "lonely"))
    let head = try #require(execution.tuple(lonely, [.string("a")], in: Round(1)))
    let firing = try #require(execution.firingsByHead()[head].first)
    let absences = execution.premises(of: firing).compactMap { premise -> String? in
      guard case .absence(let id) = premise else { return nil }
      let absence = execution.absence(id)
      return "\(execution.text(of: absence)) @\(absence.round.rawValue)"
    }
    #expect(absences == [#"pong("a", "b") @1"#, #"crash("a", "a", _) @1"#])
  }

  @Test(
    "an atom or a fact may name any round, and one beyond the end is empty",
    arguments: [
      2_147_483_647, 4_294_967_295, 4_294_967_296, 9_223_372_036_854_775_807,
    ])
  func roundsBeyondTheEnd(_ round: Int) throws {
    let program = try Program(
      text: """
        p("a")@1; p("a")@\(round);
        absent(X) :- p(X), notin p(X)@\(round);
        held(X) :- p(X), p(X)@\(round);
        told(X) :- p(X), notin crash(X, X, _)@\(round);
        """)
    let execution = run(program, Setting(nodes: Nodes(["a"]), eot: 2))
    #expect(execution.ending == .complete)
    let rows = execution.store.tuples.map { execution.text(of: execution.store.row(of: $0)) }
    #expect(rows == [#"p("a")"#, #"absent("a")"#, #"told("a")"#])
  }

  @Test("an aggregate that is sent has the rows of its group for premises, and one message for each sender")
  func sentAggregates() throws {
    let program = try Program(
      text: #"v("a", 1)@1; v("a", 2)@1; v("b", 5)@1; total("b", sum<X>)@async :- v(N, X);"#)
    let faults = FaultSet([.omission(from: Self.a, to: Self.b, Round(1))])
    let execution = run(program, Setting(nodes: Nodes(["a", "b"]), eot: 2), under: Scenario(faults))
    #expect(
      messages(execution) == [
        #"b>b @1 total("b", 5) delivered"#, #"a>b @1 total("b", 3) omitted"#,
      ])
    let lost = try #require(execution.messages.last)
    let premises = execution.premises(of: lost.firing).compactMap { premise -> String? in
      guard case .tuple(let tuple) = premise else { return nil }
      return
        "\(execution.text(of: execution.store.row(of: tuple))) @\(execution.store.round(of: tuple).rawValue)"
    }
    #expect(premises == [##"total#0("b", 2, "a") @1"##, ##"total#0("b", 1, "a") @1"##])
  }

  struct BudgetRow: Sendable {
    let budget: Budget
    let ending: Ending
  }

  @Test(
    "what grows without end stops at its budget and keeps what it has",
    arguments: [
      BudgetRow(budget: Budget(tuples: 100, firings: 1000), ending: .exhausted(.tuples, Round(1))),
      BudgetRow(budget: Budget(tuples: 1000, firings: 100), ending: .exhausted(.firings, Round(1))),
    ])
  func budgets(_ row: BudgetRow) throws {
    let program = try Program(text: "n(\"a\", 0)@1; n(A, X + 1) :- n(A, X);")
    let execution = run(program, Setting(nodes: Nodes(["a"]), eot: 2), budget: row.budget)
    #expect(execution.ending == row.ending)
    #expect(execution.store.tupleCount >= 100)
    let largest = try #require(execution.largestRelation)
    #expect(largest.name == "n" && largest.tuples == largest.all && largest.all == execution.store.tupleCount)
  }

  @Test("a join that never completes a match is stopped when the caller wants no more")
  func stopping() throws {
    let facts = (1...20).map { "d(\"a\", \($0))@1; " }.joined()
    let text = facts + "p(N) :- d(N, X), d(N, Y), d(N, Z), d(N, W), X + Y + Z + W > 1000;"
    let program = try Program(text: text)
    let compiled = CompiledProgram(program, nodes: Nodes(["a"]))
    var polls = 0
    let setting = Setting(nodes: Nodes(["a"]), eot: 3)
    let execution = compiled.run(
      setting,
      shouldStop: {
        polls += 1
        return polls == 5
      })
    #expect(execution.ending == .stopped(Round(1)) && polls == 5)
    #expect(execution.store.tupleCount == 20, "what was there stays")
    let whole = compiled.run(setting)
    #expect(whole.ending == .complete && whole.store.tupleCount == 20)
  }

  @Test("exponentially many derivation trees share their tuples")
  func sharing() throws {
    var text = "l0(\"a\")@1;\n"
    for layer in 0..<60 {
      text +=
        "l\(layer + 1)(X) :- l\(layer)(X); m\(layer)(X) :- l\(layer)(X); l\(layer + 1)(X) :- m\(layer)(X);\n"
    }
    let execution = run(try Program(text: text), Setting(nodes: Nodes(["a"]), eot: 1))
    #expect(execution.store.tupleCount == 121)
    #expect(execution.firingIDs.count == 180)
  }

  @Test("constants are told apart by their bytes", arguments: [("e\u{301}", "\u{e9}"), ("a", "a ")])
  func bytes(first: String, second: String) throws {
    let program = try Program(
      text: "p(\"n\", \"\(first)\")@1; p(\"n\", \"\(second)\")@1; c(N, count<X>) :- p(N, X);")
    let execution = run(program, Setting(nodes: Nodes(["n"]), eot: 1))
    let count = try #require(program.relation(named: "c"))
    #expect(
      execution.tuples(of: count, in: execution.setting.eot).map {
        execution.values(of: execution.store.row(of: $0))
      } == [[.string("n"), .integer(2)]])
  }

  @Test(
    "integers keep their value at every size", arguments: [0, -1, 1 << 30, -(1 << 30), .max, .min] as [Int64])
  func integers(value: Int64) throws {
    let program = try Program(text: "p(\"n\", \(value))@1; q(N, X) :- p(N, X), X == \(value);")
    let execution = run(program, Setting(nodes: Nodes(["n"]), eot: 1))
    let relation = try #require(program.relation(named: "q"))
    #expect(
      execution.tuples(of: relation, in: execution.setting.eot).map {
        execution.values(of: execution.store.row(of: $0))
      } == [[.string("n"), .integer(value)]])
  }
}

@Suite("Faults")
struct FaultTests {
  @Test("are listed crashes first, then by round, then by names")
  func order() {
    let (a, b) = (NodeID(0), NodeID(1))
    let sorted: [Fault] = [
      .crash(b, Round(1)), .crash(a, Round(2)), .omission(from: b, to: a, Round(1)),
      .omission(from: a, to: b, Round(2)), .omission(from: b, to: a, Round(2)),
    ]
    #expect(FaultSet(sorted.reversed() + sorted).faults == sorted)
  }

  @Test("nodes are sorted by bytes and named once")
  func nodes() {
    #expect(Nodes(["b", "a", "Z", "a"]).names.elements == ["Z", "a", "b"])
  }
}
