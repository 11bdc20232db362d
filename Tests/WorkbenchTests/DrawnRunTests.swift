// Runs for pictures: of a counterexample file, and of a store.

import Answers
import Dedalus
import Properties
import RunStore
import Scenarios
import Search
import Support
import Testing

@testable import Workbench

@Suite("Runs that are drawn")
struct DrawnRunTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder(["p.ded": UnrepeatedBroadcast.program]) }

  /// A store with an analysis at each EFF.
  private func store(_ effs: Int...) throws -> String {
    let path = folder["runs.sqlite"]
    let program = try Program(reading: [folder["p.ded"]])
    for eff in effs {
      let question = try Question(
        program: program, bounds: Bounds(eot: 4, eff: eff, crashes: 0, nodes: Nodes(["a", "b", "c"])))
      let recorder = try RunRecorder(of: question, by: .circuit, in: path) { _ in }
      var patience = Patience()
      recorder.listen(to: &patience)
      try recorder.finish(check(question, patience: patience))
    }
    return path
  }

  private func refusal<Value>(_ body: () throws -> Value) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return Refusal(error).text(coloured: false)
    }
  }

  @Test("a counterexample file brings its question and the run without its faults")
  func saved() throws {
    let path = try folder.save("p.ded")
    var outputs = OutputFiles(replacing: false)
    let run = try DrawnRun(saved: path, writing: &outputs)
    let counterexample = try #require(run.counterexample)
    #expect(run.title == path && run.trial.violations.rows == [["c", "hello"]])
    #expect(counterexample.isMinimum && counterexample.baseline.faults == FaultSet.none)
    #expect(counterexample.question.bounds.eot == 4)
  }

  @Test("a picture never replaces a file of the program that a counterexample names")
  func input() throws {
    let path = try folder.save("p.ded")
    var outputs = OutputFiles(replacing: true)
    outputs.add(file: folder["p.ded"])
    #expect(
      refusal { try DrawnRun(saved: path, writing: &outputs) }
        == "error: '\(folder["p.ded"])' is read by this call, so it cannot be its output [output]\n")
  }

  @Test("a run of a store is compared with the one without faults beside it")
  func stored() throws {
    let path = try store(2)
    let run = try StoredRun("2", ofAnalysis: nil, in: path) { Issue.record("\($0)") }
    #expect(run.trial.violations.rows == [["c", "hello"]] && run.isMinimum)
    #expect(run.baseline.faults == FaultSet.none)
    let drawn = DrawnRun(run, storedIn: path)
    #expect(drawn.title == folder["p.ded"] && drawn.counterexample?.isMinimum == true)
    let first = DrawnRun(try StoredRun("1", ofAnalysis: "1", in: path) { _ in }, storedIn: path)
    #expect(first.counterexample == nil && first.trial.violations.isEmpty)
  }

  @Test("of several analyses the last is taken, and that is said")
  func last() throws {
    let path = try store(2, 0)
    var notes: [String] = []
    let run = try StoredRun("1", ofAnalysis: nil, in: path) { notes.append($0) }
    #expect(run.trial.question?.bounds.eff == 0)
    #expect(notes == ["note: '\(path)' holds 2 analyses; this is the last, of \(folder["p.ded"])\n"])
    #expect(try RunStore(reading: path).analyses(numbered: 2).map(\.id.number) == [2])
    #expect(try RunStore(reading: path).analyses(numbered: nil).count == 2)
    #expect(
      refusal { try RunStore(reading: path).analyses(numbered: 3) }
        == "error: the store holds no analysis 3 [no-analysis]\n  fix: its analyses are 1 to 2\n")
  }

  @Test(
    "what is not on record is refused",
    arguments: [
      (nil, nil, "error: a run is missing [no-such-run]\n  fix: give one from 1 to 2, as in --run 2\n"),
      ("3", nil, "error: analysis 1 of '$store' has 2 runs, and no run 3 [no-such-run]\n"),
      ("0", nil, "error: --run takes a whole number from 1 to 2147483647, not '0' [bad-number]\n"),
      ("1", "2", "error: '$store' has no analysis 2 [not-in-store]\n"),
      ("1", "x", "error: --analysis takes a whole number from 1 to 2147483647, not 'x' [bad-number]\n"),
    ] as [(String?, String?, String)])
  func missing(run: String?, analysis: String?, message: String) throws {
    let path = try store(2)
    #expect(
      refusal { try StoredRun(run, ofAnalysis: analysis, in: path) { _ in } }
        == message.replacing("$store", with: path))
  }

  @Test("a sweep goes on from the last bounds on record")
  func sweep() throws {
    let path = folder["runs.sqlite"]
    let program = try Program(reading: [folder["p.ded"]])
    var inquiry = Inquiry(eot: 1)
    inquiry.nodes = Nodes(["a", "b", "c"])
    func sweep() throws -> Sweep { try Sweep(over: program, asking: inquiry) }
    let records = AnalysisRecords { try RunRecorder(of: $0, by: .circuit, in: path) { _ in } }
    var first = try sweep()
    let found = try first.run(within: Patience()) { question, patience in
      try records.recording(question, patience) { try check(question, patience: $0) }
    }
    #expect(records.failures.isEmpty && found.answer.verdict == .counterexample)
    var (again, notes) = (try sweep(), [String]())
    try again.advance(over: path) { notes.append($0) }
    let last = try #require(again.question?.bounds)
    #expect((last.eot, last.eff) == (found.answer.question.bounds.eot, found.answer.question.bounds.eff))
    #expect(
      notes == [
        "\(path): the sweep goes on from EOT \(last.eot), EFF \(last.eff), the last bounds on record\n"
      ])
  }

  @Test("after the first record that cannot be written nothing more is recorded, but the search goes on")
  func unwritable() throws {
    var count = 0
    let records = AnalysisRecords { _ in
      count += 1
      throw Refusal.output("the disk is full")
    }
    let program = try Program(reading: [folder["p.ded"]])
    for eff in [0, 2] {
      let question = try Question(
        program: program, bounds: Bounds(eot: 4, eff: eff, crashes: 0, nodes: Nodes(["a", "b", "c"])))
      let answer = try records.recording(question, Patience()) { try check(question, patience: $0) }
      #expect(answer.verdict == (eff == 0 ? .holds : .counterexample))
    }
    #expect(count == 1 && records.failures.map(\.summary) == ["the disk is full"])
  }
}
