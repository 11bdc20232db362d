import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import LineageViz

@Suite("What a page says first")
struct PageOpeningTests {
  private let question: Question
  private let baseline: Execution
  private let toB: FaultSet
  private let toC: FaultSet

  /// A message to two nodes, which are interchangeable.
  init() throws {
    let program = try Program(
      text: """
        peer("a", "b")@1; peer("a", "c")@1; peer(N, M)@next :- peer(N, M);
        bcast("a", "x")@1; here("b")@1; here("c")@1;
        log(M, P)@async :- bcast(N, P), peer(N, M);
        log(N, P)@next :- log(N, P);
        pre(M, P) :- peer(_, M), bcast(_, P)@1;
        post(M, P) :- log(M, P);
        """)
    let nodes = Nodes(program.defaultNodes)
    question = try Question(program: program, bounds: Bounds(eot: 3, eff: 2, crashes: 0, nodes: nodes))
    baseline = run(program, question.setting)
    func loss(_ receiver: Int) -> FaultSet {
      FaultSet([.omission(from: NodeID(0), to: NodeID(receiver), Round(1))])
    }
    (toB, toC) = (loss(1), loss(2))
  }

  private func page(_ verdict: Verdict, _ sets: [FaultSet] = [], complaint: String = "") throws -> String {
    var report = HTMLReport(title: "t")
    report.begin(
      ReportedAnalysis(
        question, name: "p.ded", verdict: verdict, explanation: "It is so.", complaint: complaint,
        facts: [.init("Digest", "sha256")]),
      baseline: .init(number: 1, kind: .baseline, execution: baseline))
    for (number, set) in sets.enumerated() {
      report.add(
        .init(
          number: number + 2, kind: .counterexample,
          execution: run(question.program, question.setting, under: Scenario(set)), isMinimum: true))
    }
    return try report.finish()
  }

  @Test("the title names program and verdict, as the terminal writes it")
  func titles() throws {
    let rows: [(Verdict, String)] = [
      (.counterexample, "COUNTEREXAMPLE"), (.holds, "HOLDS"), (.inconclusive, "INCONCLUSIVE"),
      (.badBaseline, "BAD BASELINE"), (.error, "ERROR"),
    ]
    for (verdict, word) in rows {
      let page = try page(verdict)
      #expect(page.contains("<title>p.ded: \(word) – t</title>") && page.contains(">\(word)</span>"))
    }
  }

  @Test("without a script there are verdict, sentence, faults, what is broken, and the story, in this order")
  func order() throws {
    let page = try page(.counterexample, [toB])
    let parts = [
      "class=\"badge bad\"", "<h2>", "class=\"broken\"", "<li class=\"fault\">", "It is so.",
      "class=\"story\"", "Digest",
    ]
    let places = parts.compactMap { page.firstRange(of: $0)?.lowerBound }
    #expect(places.count == parts.count && places == places.sorted())
    let sentence =
      "log(&quot;b&quot;, &quot;x&quot;) is missing, because what a sends to b in round 1 is lost."
    #expect(page.contains("<h2>\(sentence)</h2>"))
  }

  @Test("a run is data, and so is the run without one of its faults; nothing is a stored picture")
  func data() throws {
    let page = try page(.counterexample, [toB])
    #expect(!page.contains("image/svg+xml"))
    let run = try #require(page.firstRange(of: "id=\"run-1-2\">"))
    let record = page[run.upperBound...].prefix { $0 != "<" }
    #expect(record.contains("\"without\":[{\"tuples\"") && record.contains("\"broken\":[]"))
    #expect(record.contains("\"brokenIn\":[[3]]"))
  }

  @Test("fault sets that are renamings of each other are one item of the list")
  func renamings() throws {
    let page = try page(.counterexample, [toB, toC])
    #expect(page.contains("<summary>and 1 renaming of the same</summary>"))
    #expect(!page.contains("class=\"meaning\""), "both break the same, up to renaming")
    let alone = try self.page(.counterexample, [toB])
    #expect(!alone.contains("<nav"), "of two runs, one is beside the other")
  }

  @Test("a program that is itself at fault is told what the terminal says, line by line")
  func complaint() throws {
    let page = try page(.error, complaint: "one <two>\n  three")
    #expect(page.contains("<pre>one &lt;two&gt;\n  three\n</pre>"))
  }
}
