// Pictures of runs, as `graph` draws them.

import Dedalus
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports
@testable import Workbench

@Suite("Pictures")
struct PictureTests {
  private static let program = UnrepeatedBroadcast.program

  private func run(_ faults: [String] = [], _ text: String = program, eot: Int = 4) throws -> DrawnRun {
    var inquiry = Inquiry(eot: eot)
    inquiry.nodes = Example.nodes
    let program = try Example.program(text)
    let scenario = try Scenario(faults: faults, choosing: [], of: program, Example.nodes, eot: eot)
    return try DrawnRun(program, inquiry, scenario, title: "p.ded")
  }

  private func text(
    _ subject: Picture.Subject, _ form: Picture.Form = .dot, _ part: LineagePart = LineagePart(),
    of run: DrawnRun
  ) throws -> String {
    try Picture(subject, as: form, part: part).text(of: run)
  }

  private func refusal(
    _ subject: Picture.Subject, _ part: LineagePart = LineagePart(), _ faults: [String] = [],
    _ program: String = program
  ) -> String? {
    do {
      _ = try text(subject, .dot, part, of: run(faults, program))
      return nil
    } catch {
      return Refusal(error).text(coloured: false)
    }
  }

  @Test("each subject has its own picture, in the form that is asked for")
  func forms() throws {
    let run = try run(["omit a b 1"])
    let subjects: [Picture.Subject] = [.row("log(\"c\", _)"), .absence("log(\"b\", _)"), .spaceTime]
    var seen: Set<String> = []
    for subject in subjects {
      let (dot, svg) = try (text(subject, of: run), text(subject, .svg, of: run))
      #expect(dot.hasPrefix("digraph ") && svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
      seen.formUnion([dot, svg])
    }
    #expect(seen.count == 2 * subjects.count)
    let messages = try text(.spaceTime, .mermaid, of: run)
    #expect(messages.hasPrefix("sequenceDiagram\n") || messages.contains("sequenceDiagram"))
  }

  @Test("without another subject, it is why the outcome holds in the last round")
  func outcome() throws {
    let run = try run()
    #expect(try text(.outcome, of: run) == text(.row("post(_, _)@4"), of: run))
  }

  /// The files of the counterexample of the program in `folder`.
  private func save(into folder: TestFolder) throws -> OutputFiles {
    let program = try Program(reading: [folder["p.ded"]])
    let question = try Question(
      program: program, bounds: Bounds(eot: 4, eff: 2, crashes: 0, nodes: Example.nodes))
    var outputs = OutputFiles(replacing: false)
    try outputs.save(Report(check(question), warnings: [], files: [folder["p.ded"]]), into: folder.path)
    return outputs
  }

  @Test("of a counterexample it is why the outcome breaks")
  func counterexample() throws {
    let folder = try TestFolder(["p.ded": Self.program])
    var outputs = try save(into: folder)
    let path = try #require(outputs.written.first { $0.hasSuffix(".cex.json") })
    let saved = try DrawnRun(saved: path, writing: &outputs)
    let dot = try #require(outputs.written.first { $0.hasSuffix(".dot") })
    #expect(try text(.outcome, of: saved) == contents(of: dot))
  }

  @Test("what today's program does not break is not explained")
  func fixed() throws {
    let folder = try TestFolder(["p.ded": Self.program])
    var outputs = try save(into: folder)
    try folder.write(Self.program + #"say("a", "hello")@2; node("a", "b")@2; node("a", "c")@2;"#, to: "p.ded")
    let path = try #require(outputs.written.first { $0.hasSuffix(".cex.json") })
    let saved = try DrawnRun(saved: path, writing: &outputs)
    #expect {
      _ = try text(.outcome, of: saved)
    } throws: { error in
      Refusal(error).text(coloured: false) == """
        error: today's program is not broken under these faults: there is nothing to explain [fixed]
          fix: draw the run itself with --row or --space-time

        """
    }
    #expect(try text(.spaceTime, of: saved).hasPrefix("digraph "))
  }

  @Test("a part shows less, and full more")
  func parts() throws {
    let run = try run()
    let whole = try text(.outcome, of: run)
    let part = try text(.outcome, .dot, LineagePart(depth: "1"), of: run)
    #expect(part.contains("showing ") && !whole.contains("showing ") && part.count < whole.count)
    #expect(try text(.outcome, .dot, LineagePart(isFull: true), of: run).count > whole.count)
    let rule = try text(.outcome, .dot, LineagePart(rule: "p.ded:3"), of: run)
    #expect(rule == whole, "every row of this picture leads through the rule that keeps the log")
    #expect(try text(.outcome, .dot, LineagePart(focus: "log(\"b\", _)"), of: run) != whole)
  }

  @Test(
    "a part that is not there is refused",
    arguments: [
      (
        LineagePart(depth: "1e3"),
        "error: '1e3' is no depth [bad-depth]\n  fix: give a number, as in --depth 3\n"
      ),
      (
        LineagePart(depth: "x"), "error: 'x' is no depth [bad-depth]\n  fix: give a number, as in --depth 3\n"
      ),
      (
        LineagePart(depth: "1000001"),
        "error: '1000001' is no depth [bad-depth]\n  fix: give a number, as in --depth 3\n"
      ),
      (
        LineagePart(focus: "say(_, \"bye\")"),
        "error: say(_, \"bye\") is no part of this lineage [no-such-row]\n  fix: leave --focus out to see all of it\n"
      ),
      (
        LineagePart(rule: "lgo"),
        "error: the program has no rule 'lgo' [no-such-rule]\n  fix: did you mean 'log'?\n"
      ),
      (
        LineagePart(rule: "p.ded:1"),
        "error: the program has no rule 'p.ded:1' [no-such-rule]\n  fix: name it by its place, as in 'kafka.ded:92', or its relation\n"
      ),
      (
        LineagePart(rule: "pre"),
        "error: pre does not fire in this lineage [no-such-rule]\n  fix: leave --rule out to see all of it\n"
      ),
    ])
  func misses(part: LineagePart, message: String) {
    #expect(refusal(.outcome, part) == message)
  }

  @Test("without 'post' a row must be named")
  func noOutcome() {
    #expect(
      refusal(.outcome, LineagePart(), [], #"p("a", 1)@1; q(N, X) :- p(N, X);"#)
        == "error: the program has no relation 'post' to draw [no-post]\n  fix: name a row with --row\n")
  }
}
