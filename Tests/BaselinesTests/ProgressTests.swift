import Dedalus
import Evaluation
import QuestionSupport
import Support
import Synchronization
import Testing

@testable import Answers
@testable import Baselines
@testable import Properties
@testable import Scenarios
@testable import Search

@Suite("Progress")
struct ProgressTests {
  /// What was told, in order.
  private final class Log: Sendable {
    let states = Mutex<[Progress]>([])
  }

  private func progress(
    of search: (Question, Patience) throws -> Answer
  ) throws -> (states: [Progress], answer: Answer) {
    let program = try ProgramLibrary.program("commit/3pc.ded")
    let bounds = try Bounds(eot: 9, eff: 7, crashes: 1, nodes: Nodes(program.defaultNodes))
    let log = Log()
    var patience = Patience()
    patience.didProgress = { state in log.states.withLock { $0.append(state) } }
    let answer = try search(Question(program: program, bounds: bounds), patience)
    return (log.states.withLock { $0 }, answer)
  }

  @Test("tells of the solver's budget, conflicts and gates")
  func circuit() throws {
    let (states, answer) = try progress { try check($0, patience: $1) }
    #expect(Set(states.map(\.phase)).isSuperset(of: [.solving]))
    #expect(Set(states.map(\.budget)).isSuperset(of: [nil, 0, 1, 2]))
    #expect(states.last?.round == 9)
    #expect(states.allSatisfy { (1...answer.cost[.gates]).contains($0.gates) })
    #expect(states.last.map { $0.conflicts <= answer.cost[.conflicts] } == true)
    #expect(states.map(\.elapsed) == states.map(\.elapsed).sorted())
  }

  @Test("tells of every run of the loop before it is made")
  func loop() throws {
    let (states, answer) = try progress { try checkByLoop($0, patience: $1) }
    let runs = states.filter { $0.phase == .running }.map(\.runs)
    #expect(runs == Array(1..<answer.cost[.executions]))
  }

  @Test("the loop says where it has asked the solver more often than an exhaustive search makes runs")
  func slowLoop() throws {
    let program = try ProgramLibrary.program("delivery/ack-deliv.ded")
    let bounds = try Bounds(eot: 2, eff: 1, crashes: 1, nodes: Nodes(program.defaultNodes))
    let question = try Question(program: program, bounds: bounds)
    #expect(try checkByLoop(question).exhaustiveRuns == nil, "a thousand calls take no time")
    var patience = Patience()
    patience.fewSolverCalls = 0
    let answer = try checkByLoop(question, patience: patience)
    let exhaustive = try checkExhaustively(question)
    #expect(exhaustive.cost[.executions] == 4)
    #expect(answer.cost[.solverCalls] > 4 && answer.exhaustiveRuns == 4)
    #expect(answer.cautions.contains { $0.code == "slow-strategy" })
  }

  @Test("tells of the rounds of a large grounding")
  func grounding() throws {
    let program = try ProgramLibrary.program("consensus/paxos-synod.ded")
    let bounds = try Bounds(eot: 14, eff: 3, crashes: 1, nodes: Nodes(program.defaultNodes))
    let log = Log()
    var patience = Patience()
    patience.didProgress = { state in log.states.withLock { $0.append(state) } }
    _ = try check(Question(program: program, bounds: bounds), patience: patience)
    let states = log.states.withLock { $0 }.filter { $0.phase == .grounding }
    #expect(states.count >= 3 && states.map(\.round) == states.map(\.round).sorted())
    #expect(states.map(\.gates) == states.map(\.gates).sorted() && states.last?.gates ?? 0 > 1000)
  }

  @Test("the memory that the process occupies is known, and limits a search")
  func memory() throws {
    let before = try #require(residentMemory())
    #expect(before > 1 << 20)
    let bytes = [UInt8](repeating: 1, count: 64 << 20)
    let after = try #require(residentMemory())
    #expect(after > before + 32 << 20 && bytes.count == 64 << 20)
    let program = try ProgramLibrary.program("commit/3pc.ded")
    let bounds = try Bounds(eot: 9, eff: 7, crashes: 1, nodes: Nodes(program.defaultNodes))
    var patience = Patience()
    patience.memory = MemoryLimit(halfOf: 2 << 20, .machine)
    let answer = try check(Question(program: program, bounds: bounds), patience: patience)
    #expect(answer.verdict == .inconclusive && answer.limit?.kind == .memory)
    #expect(answer.limit?.words == "memory limit of 1 MiB, half of this machine's")
  }
}
