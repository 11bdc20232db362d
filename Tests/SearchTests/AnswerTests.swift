// What an answer says about itself, for each finding.

import Dedalus
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Answers")
struct AnswerTests {
  private static func question(eff: Int, outcome: String? = nil) throws -> Question {
    try Question(
      program: Program(text: UnrepeatedBroadcast.program),
      bounds: Bounds(eot: 4, eff: eff, nodes: Nodes(["a", "b", "c"])), outcome: outcome)
  }

  @Test("a counterexample has faults, rows and what is proved")
  func counterexample() throws {
    let answer = try check(Self.question(eff: 2))
    let found = try #require(answer.counterexample)
    #expect(answer.verdict == .counterexample && answer.strategy == .circuit)
    #expect(found.faults.faults.map { $0.text(answer.question.bounds.nodes) } == ["omit a b 1"])
    #expect(found.minimum && answer.harmlessUpTo == 0 && answer.limit == nil && !answer.isVacuous)
    #expect(answer.violations == found.violations && found.violations.rows == [["c", "hello"]])
    #expect(answer.minimalSets == nil && answer.renamings == nil && answer.exhaustiveRuns == nil)
    #expect(answer.everyCounterexample.map(\.faults) == [found.faults])
  }

  @Test("minimal sets are all given with their runs, the first as it was found")
  func minimalSets() throws {
    let answer = try checkAll(Self.question(eff: 2))
    let nodes = answer.question.bounds.nodes
    let every = Array(answer.everyCounterexample)
    #expect(every.map { $0.faults.faults.map { $0.text(nodes) } } == [["omit a b 1"], ["omit a c 1"]])
    #expect(
      every.allSatisfy(\.minimum) && every.map(\.violations.rows) == [[["c", "hello"]], [["b", "hello"]]])
    #expect(every.map(\.execution.faults) == every.map(\.faults))
    #expect(answer.minimalSets?.isComplete == true && answer.minimalSets?.elements.count == 2)
    let one = try checkAll(Self.question(eff: 2), atMost: 1)
    #expect(
      one.minimalSets?.isComplete == false && one.limit == nil && Array(one.everyCounterexample).count == 1)
  }

  @Test("what holds has neither faults nor a limit")
  func holds() throws {
    let answer = try check(Self.question(eff: 0))
    #expect(answer.verdict == .holds && answer.counterexample == nil && answer.violations.isEmpty)
    #expect(answer.limit == nil && answer.harmlessUpTo == nil && !answer.isVacuous)
    #expect(Array(answer.everyCounterexample).isEmpty && answer.cost[.executions] == 1)
  }

  @Test("a bad baseline has the rows that it violates, or none where the outcome is empty")
  func badBaseline() throws {
    let empty = try check(Self.question(eff: 2, outcome: "say"))
    #expect(empty.verdict == .badBaseline && empty.violations.isEmpty && empty.baseline != nil)
    let program = try Program(
      text: UnrepeatedBroadcast.program.replacing("post(\"c\", P) :- log(\"b\", P), log(\"c\", P);", with: "")
    )
    let broken = try check(
      Question(program: program, bounds: Bounds(eot: 4, eff: 2, nodes: Nodes(["a", "b", "c"]))))
    #expect(broken.verdict == .badBaseline && broken.violations.rows == [["c", "hello"]])
    #expect(broken.counterexample == nil && Array(broken.everyCounterexample).isEmpty)
  }

  @Test("an interrupted search has its limit, and nothing else")
  func inconclusive() throws {
    let answer = try check(Self.question(eff: 2), patience: Patience(isInterrupted: { true }))
    #expect(answer.verdict == .inconclusive && answer.limit == .interrupted && answer.harmlessUpTo == nil)
    #expect(answer.counterexample == nil && answer.violations.isEmpty)
  }

  @Test("a failure has its faults")
  func failure() throws {
    let text = #"p("a", 0)@1; p(N, C)@next :- p(N, C); q(N, 1 / C) :- p(N, C); post(N) :- p(N, _);"#
    let question = try Question(
      program: Program(text: text), bounds: Bounds(eot: 2, eff: 1, nodes: Nodes(["a", "b"])))
    let answer = try check(question)
    guard case .error(let error, let scenario, nil, nil) = answer.finding else {
      Issue.record("\(answer.verdict)")
      return
    }
    #expect(answer.verdict == .error && scenario == Scenario() && error.round == Round(1))
    #expect(error.failure == .divisionByZero && answer.violations.isEmpty && answer.limit == nil)
  }

  @Test("another finding, or another time, leaves the rest as it was")
  func changes() throws {
    let answer = try check(Self.question(eff: 2))
    let cut = answer.finding(.inconclusive(.time, harmlessUpTo: 3))
    #expect(cut.verdict == .inconclusive && cut.limit == .time && cut.harmlessUpTo == 3)
    #expect(cut.cost[.executions] == answer.cost[.executions] && cut.baseline != nil)
    let long = answer.lasting(1.5)
    #expect(long.cost[.total] == 1.5 && long.verdict == .counterexample)
    #expect(Cost.Counter.allCases.allSatisfy { long.cost[$0] == answer.cost[$0] })
  }
}

@Suite("Limits of a search")
struct LimitKindTests {
  @Test("each has a kind, words, and what belongs to it")
  func kinds() throws {
    let memory = MemoryLimit(halfOf: 8 << 20, .controlGroup)
    let rows: [(limit: Limit, kind: Limit.Kind, words: String)] = [
      (.time, .time, "time limit"), (.budget(.tuples, nil), .tuples, "tuple budget"),
      (.budget(.firings, nil), .firings, "firing budget"), (.budget(.gates, nil), .gates, "gate budget"),
      (.memory(memory), .memory, "memory limit of 4 MiB, half of this control group's"),
      (.interrupted, .interrupted, "interrupted"), (.runs, .runs, "run limit"),
      (.candidates, .candidates, "no candidate left"), (.arithmetic, .arithmetic, "arithmetic may fail"),
    ]
    for row in rows {
      #expect(row.limit.kind == row.kind && row.limit.words == row.words)
      #expect(row.limit.memoryLimit == (row.kind == .memory ? memory : nil))
    }
    #expect(rows.map(\.kind) == Limit.Kind.allCases)
  }

  @Test("at six of them a search could go on, at three it has reached its own end")
  func cutOff() {
    let own: [Limit.Kind] = [.runs, .candidates, .arithmetic]
    for kind in Limit.Kind.allCases { #expect(kind.isCutOff == !own.contains(kind)) }
  }

  @Test(
    "memory limits say whose half they are",
    arguments: [
      (MemoryLimit.Owner.machine, "memory limit of 3 MiB, half of this machine's"),
      (.controlGroup, "memory limit of 3 MiB, half of this control group's"),
      (.addressSpace, "memory limit of 3 MiB, half of what 'ulimit -v' allows"),
    ])
  func memory(owner: MemoryLimit.Owner, words: String) {
    #expect(MemoryLimit(halfOf: 6 << 20, owner).words == words)
    #expect(MemoryLimit(halfOf: 6 << 20, owner).bytes == 3 << 20)
    #expect(
      MemoryLimit(mebibytes: 5).words == "memory limit of 5 MiB" && MemoryLimit(mebibytes: 5).owner == nil)
  }

  @Test("a used-up budget names the relation that filled it")
  func largestRelation() throws {
    let program = try Program(
      text: #"p("a", 0)@1; p(N, X + 1) :- p(N, X), X < 90; q(N) :- p(N, _); post(N) :- p(N, _);"#)
    let question = try Question(program: program, bounds: Bounds(eot: 3, eff: 0, nodes: Nodes(["a"])))
    let answer = try check(question, patience: Patience(budget: Budget(tuples: 60, firings: 1000)))
    #expect(answer.verdict == .inconclusive && answer.limit?.kind == .tuples)
    #expect(answer.limit?.largestRelation?.name == "p" && answer.limit?.largestRelation?.all == 61)
    #expect(Limit.time.largestRelation == nil)
  }
}
