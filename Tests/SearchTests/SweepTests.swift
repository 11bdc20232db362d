import Answers
import Dedalus
import Evaluation
import Properties
import QuestionSupport
import Scenarios
import Search
import Support
import Testing
import Texts

@Suite("Sweeps")
struct SweepTests {
  private func sweep(
    _ path: String, crashes: Int, from start: (eot: Int, eff: Int)? = nil
  ) throws -> Sweep {
    var inquiry = Inquiry(eot: 1)
    inquiry.settings = [BudgetSetting("crashes", "\(crashes)")]
    return try Sweep(over: ProgramLibrary.program(path), asking: inquiry, from: start)
  }

  private func inquiry(_ nodes: [Text]) -> Inquiry {
    var inquiry = Inquiry(eot: 1)
    inquiry.nodes = Nodes(nodes)
    return inquiry
  }

  /// The bounds that a sweep asks about, until it ends or `count` of them.
  private func walk(_ sweep: inout Sweep, atMost count: Int) throws -> [[Int]] {
    var asked: [[Int]] = []
    while let question = sweep.question, asked.count < count {
      asked.append([question.bounds.eot, question.bounds.eff])
      try sweep.take(check(question))
    }
    return asked
  }

  @Test("raise EOT until the outcome has rows, then EFF, then both")
  func order() throws {
    var sweep = try self.sweep("delivery/ack-deliv.ded", crashes: 1)
    #expect(try walk(&sweep, atMost: 6) == [[1, 0], [2, 0], [2, 1], [3, 2], [4, 3], [5, 4]])
    #expect(sweep.proved.count == 5 && sweep.question?.bounds.eot == 6)
  }

  @Test("end at the smallest bounds that break, whose answer is the result")
  func breaking() throws {
    var sweep = try self.sweep("delivery/classic-deliv.ded", crashes: 0)
    let asked = try walk(&sweep, atMost: 100)
    let result = try #require(sweep.result)
    #expect(sweep.question == nil && result.answer.verdict == .counterexample && result.next == nil)
    #expect(asked.last == [result.answer.question.bounds.eot, result.answer.question.bounds.eff])
    let before = try #require(result.proved.last)
    #expect(asked.dropLast().last == [before.eot, before.eff])
    var again = try self.sweep("delivery/classic-deliv.ded", crashes: 0)
    let whole = try again.run(within: Patience())
    #expect(whole.proved == result.proved)
    #expect(whole.answer.counterexample?.faults == result.answer.counterexample?.faults)
  }

  @Test("a limit that strikes before the outcome has rows leaves nothing but the limit")
  func cutBeforeRows() throws {
    var sweep = try self.sweep("delivery/classic-deliv.ded", crashes: 0)
    let first = try check(try #require(sweep.question))
    try sweep.take(first, stoppedBy: .memory(MemoryLimit(mebibytes: 3)))
    let result = try #require(sweep.result)
    #expect(sweep.question == nil && result.answer.verdict == .inconclusive && result.proved.isEmpty)
    #expect(result.answer.limit?.words == "memory limit of 3 MiB" && result.answer.harmlessUpTo == nil)
    #expect(result.answer.violations.isEmpty && !result.answer.isVacuous && result.next?.eot == 1)
    #expect(result.answer.cost[.executions] == first.cost[.executions])
  }

  @Test("may begin elsewhere, or skip what is known, and come to the same end")
  func resuming() throws {
    let path = "delivery/classic-deliv.ded"
    var (whole, late, skipping) = (
      try sweep(path, crashes: 0), try sweep(path, crashes: 0, from: (2, 1)), try sweep(path, crashes: 0)
    )
    let asked = try walk(&whole, atMost: 100)
    for _ in 0..<3 { try skipping.skip(check(try #require(skipping.question)).verdict) }
    #expect(skipping.result == nil, "there is no answer to show yet")
    #expect(try asked.prefix(3) + walk(&skipping, atMost: 100) == asked)
    #expect(skipping.proved == whole.proved)
    #expect(try walk(&late, atMost: 100).first == [2, 1])
    #expect(late.result?.answer.verdict == .counterexample)
    #expect(throws: InvalidQuestion.self) { try sweep(path, crashes: 0, from: (3, 4)) }
  }

  @Test("cut short, report the largest bounds that hold and where to go on")
  func cutShort() throws {
    var sweep = try self.sweep("delivery/ack-deliv.ded", crashes: 1)
    _ = try walk(&sweep, atMost: 4)
    let question = try #require(sweep.question)
    try sweep.take(check(question, patience: Patience(isInterrupted: { true })))
    let result = try #require(sweep.result)
    #expect(
      sweep.question == nil && result.answer.verdict == .holds && result.answer.question.bounds.eot == 3)
    #expect(result.next == question.bounds && result.proved.count == 3)
    var impatient = try self.sweep("delivery/ack-deliv.ded", crashes: 1)
    let nothing = try impatient.run(within: Patience(isInterrupted: { true }))
    #expect(nothing.answer.verdict == .inconclusive && nothing.answer.limit == .interrupted)
    #expect(nothing.proved.isEmpty && nothing.next?.eot == 1)
  }

  @Test("give up on an outcome that stays empty")
  func empty() throws {
    let program = try Program(text: #"p("a")@1; post(X) :- p(X), q(X); q("b")@1;"#)
    var sweep = try Sweep(
      over: program, asking: inquiry(["a"]), lastEmptyEOT: 6)
    #expect(try walk(&sweep, atMost: 100) == (1...6).map { [$0, 0] })
    #expect(sweep.result?.answer.verdict == .badBaseline && sweep.proved.isEmpty)
  }

  /// The premise of a safety property may need a fault, and then no number of rounds alone gives it a row.
  @Test("grow both bounds from the smallest on where the outcome of a 'pre' stays empty")
  func emptyWithPremise() throws {
    let program = try Program(
      text: #"""
        x("a")@1; m("b")@async :- x("a"); waits(N)@next :- x(N);
        alarm(N) :- waits(N), notin m("b"); alarm(N)@next :- alarm(N);
        pre(N) :- alarm(N); post(N) :- alarm(N), m("b");
        """#)
    var sweep = try Sweep(
      over: program, asking: inquiry(["a", "b"]), lastEmptyEOT: 3)
    #expect(try walk(&sweep, atMost: 100) == [[1, 0], [2, 0], [3, 0], [2, 1], [3, 2]])
    #expect(sweep.result?.answer.verdict == .counterexample && sweep.proved.isEmpty)
    var skipping = try Sweep(
      over: program, asking: inquiry(["a", "b"]), lastEmptyEOT: 3)
    for _ in 0..<4 { try skipping.skip(.holds) }
    #expect(skipping.question?.bounds == sweep.result?.answer.question.bounds)
  }

  /// Where EFF grows no more: what the sweep ends with, and the bounds that it proved before.
  static let settling:
    [(program: String, settings: [String: String], eff: Int?, words: String, proved: Int)] = [
      // Only crashes: nothing passes.
      (retry, ["omissions": "0", "crashes": "1"], nil, "settled from 2", 1),
      (retry, ["omissions": "0"], nil, "settled from 2", 1),
      // EFF ends at 3, and EOT with it.
      (retry, [:], 3, "settled from 4", 4), (retry, ["crashes": "1"], 3, "settled from 4", 4),
      (
        retry + #"c("a", 0)@1; c(N, T + 1)@next :- c(N, T); post(V) :- c(_, T), w(_, V), T > 90;"#, [:], 2,
        "Not settled by EOT 40: 'c' still changes.", 10
      ),
    ]
  private static let retry = """
    nodes "a", "b";
    w("a", 1)@1; w(N, V)@next :- w(N, V);
    k("b", V)@async :- w("a", V); k(N, V)@next :- k(N, V);
    pre(V) :- w(_, V), notin crash("a", "a", _), k("b", V);
    post(V) :- k("b", V);
    """

  @Test("end with one proof for every larger EOT where only EOT is left", arguments: settling.indices)
  func settles(_ index: Int) throws {
    let row = Self.settling[index]
    var inquiry = Inquiry(eot: 1)
    inquiry.settings = row.settings.sorted { $0.key < $1.key }.map { BudgetSetting($0.key, $0.value) }
    var sweep = try Sweep(over: Program(text: row.program), asking: inquiry, largestEFF: row.eff)
    var asked = 0
    let result = try sweep.run(within: Patience()) { question, patience in
      asked += 1
      // A sweep that does not settle would go on.
      return asked > row.proved + 3
        ? try check(question, patience: Patience(time: .zero)) : try check(question, patience: patience)
    }
    let words =
      switch result.settlement {
      case .settled(let settled): "settled from \(settled.from)"
      case .open(let reason): reason
      case .broken, .inconclusive, nil: "nothing"
      }
    #expect(words == row.words && result.answer.verdict == .holds)
    #expect(row.proved == 10 || result.proved.count == row.proved && result.next == nil)
    #expect(result.proved.allSatisfy { $0.eff <= row.eff ?? 0 })
  }

  @Test("go on where EFF grows with EOT, or crashes are kept away from it")
  func growing() throws {
    for (settings, eff) in [([:], nil), (["crashes": "1"], nil)] as [([String: String], Int?)] {
      var inquiry = Inquiry(eot: 1)
      inquiry.settings = settings.map { BudgetSetting($0.key, $0.value) }
      var sweep = try Sweep(over: Program(text: Self.retry), asking: inquiry, largestEFF: eff)
      for _ in 0..<6 {
        let question = try #require(sweep.question)
        try sweep.take(check(question))
        #expect(sweep.questionToSettle == nil)
      }
    }
  }
}
