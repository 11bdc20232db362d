import Dedalus
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import LineageViz

@Suite("How much a page holds")
struct PageLimitTests {
  private let question: Question
  private let baseline: Execution

  /// Everybody greets everybody, in every round.
  init() throws {
    let names = (0..<20).map { "node(\"n\($0)\")@1;" }.joined(separator: "\n")
    let program = try Program(
      text: names + """

        node(X)@next :- node(X);
        hello(Y, X)@async :- node(X);
        h(X, Y)@next :- hello(X, Y); h(X, Y)@next :- h(X, Y);
        pre(X) :- node(X);
        post(X) :- h(X, _);
        post(X) :- node(X), notin h(X, _);
        """)
    question = try Question(
      program: program, bounds: Bounds(eot: 4, eff: 2, crashes: 0, nodes: Nodes(program.defaultNodes)))
    baseline = run(program, question.setting)
  }

  private func report(holding bytes: Int = 100_000, shouldStop: @escaping () -> Bool = { false })
    -> HTMLReport
  {
    var report = HTMLReport(title: "t", shouldStop: shouldStop)
    report.mostBytes = bytes
    report.begin(
      ReportedAnalysis(question, name: "n", verdict: .counterexample, explanation: "", facts: []),
      baseline: .init(number: 1, kind: .baseline, execution: baseline))
    return report
  }

  @Test("a store of any number of runs is a page of bearable size, which says what it leaves out")
  func runs() throws {
    var report = report()
    for number in 2...400 { report.add(.init(number: number, kind: .trial, execution: baseline)) }
    for number in 401...600 { report.add(.init(number: number, kind: .counterexample, execution: baseline)) }
    let page = try report.finish()
    #expect(page.utf8.count < 3_000_000)
    let shown = page.components(separatedBy: "<button type=\"button\" data-run=").count - 1
    #expect(page.contains("<p class=\"note\">Showing \(shown) of 600 runs: a page holds no more. "))
    #expect(shown > 20 && shown < 600)
    #expect(
      page.contains("data-run=\"401\"") && !page.contains("data-run=\"400\""), "what breaks comes first")
  }

  @Test("messages are tried as long as the runs are not too much together")
  func trials() {
    let messages = CriticalMessages(
      of: baseline, question, breaking: [], underFaults: MessagesUnderFaults(beside: baseline))
    #expect(messages.total == 20 * 19 * 3)
    #expect(messages.entries.count == 400_000 / baseline.store.tuples.count)
  }

  @Test("a page that is stopped, at whatever point, is none", arguments: [1, 2, 3, 10, 50])
  func stopped(after polls: Int) {
    let counter = Counter()
    #expect(throws: HTMLReport.Stopped.self) {
      var report = report { counter.next() > polls }
      for number in 2...3 { report.add(.init(number: number, kind: .trial, execution: baseline)) }
      _ = try report.finish()
    }
    #expect(counter.value < polls + 300)
  }

  private final class Counter {
    var value = 0
    func next() -> Int {
      value += 1
      return value
    }
  }
}
