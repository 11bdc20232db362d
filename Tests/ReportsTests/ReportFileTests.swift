// What is written beside an answer: the files of its counterexamples, its certificate, its page.

import Answers
import Certificates
import Dedalus
import Documents
import Files
import Foundation
import LineageViz
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports
@testable import Workbench

/// The text of the file at `path`.
func contents(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

@Suite("Files of answers")
struct ReportFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder(["p.ded": UnrepeatedBroadcast.program]) }

  @Test("a counterexample is four files, called by one name")
  func four() throws {
    let report = Example.report(try check(Example.question()))
    var files = OutputFiles(replacing: false)
    try files.save(report, into: folder.path)
    let stem = try #require(files.written.first).dropLast(".cex.json".count)
    #expect(files.written == ["cex.json", "dot", "svg", "txt"].map { "\(stem).\($0)" })
    #expect(try contents(of: stem + ".svg").hasSuffix("</svg>\n"))
    #expect(try contents(of: stem + ".dot").hasPrefix("digraph "))
    #expect(try contents(of: stem + ".cex.json").contains("\"format\""))
    #expect(try contents(of: stem + ".txt").contains("what a sends to b in round 1 is lost"))
    #expect(files.failures.isEmpty)
  }

  @Test("many files are counted instead of named")
  func many() throws {
    let twice =
      UnrepeatedBroadcast.program + #"say("a", "bye")@2; node("a", "b")@2; node("a", "c")@2;"#
    let report = Example.report(try checkAll(Example.question(eff: 3, twice)))
    #expect(report.answer.minimalSets?.elements.count == 4)
    var files = OutputFiles(replacing: false)
    try files.save(report, into: folder["sets"])
    #expect(files.written == ["\(folder["sets"]) (16 files)"] && files.failures.isEmpty)
  }

  @Test("where one is in the way, it stays, and nothing is written after it")
  func inTheWay() throws {
    let report = Example.report(try check(Example.question()))
    var files = OutputFiles(replacing: false)
    try files.save(report, into: folder["first"])
    let name = try #require(files.written.first?.split(separator: "/").last)
    try folder.write("mine", to: String(name))
    var others = OutputFiles(replacing: false)
    try others.save(report, into: folder.path)
    #expect(others.written.isEmpty && others.failures.count == 1)
    #expect(try contents(of: folder[String(name)]) == "mine")
  }

  @Test("what holds has no files, and no trace")
  func none() throws {
    let report = Example.report(try check(Example.question(eff: 0)))
    var files = OutputFiles(replacing: false)
    try files.save(report, into: folder.path)
    files.writeTrace(of: report, to: folder["run.itf.json"])
    #expect(files.written.isEmpty && files.failures.isEmpty)
    files.writeTrace(of: Example.report(try check(Example.question())), to: folder["run.itf.json"])
    #expect(files.written == [folder["run.itf.json"]])
  }

  private func certified(_ answer: Answer) throws -> (report: Report, files: OutputFiles, notes: [String]) {
    var (report, files, notes) = (Example.report(answer), OutputFiles(replacing: false), [String]())
    var phases = 0
    try report.certify(
      into: folder["proof"], &files, Patience(), progress: { _ in phases += 1 }, note: { notes.append($0) })
    #expect(phases > 0 || !notes.isEmpty)
    return (report, files, notes)
  }

  @Test("a certificate is three files, the claim last")
  func certificate() throws {
    let (report, files, notes) = try certified(check(Example.question(eff: 0)))
    let names = CertificateFile.names
    #expect(files.written == [names.formula, names.proof, names.claim].map { "\(folder["proof"])/\($0)" })
    #expect(report.certificate == folder["proof"] && report.certificateFile != nil && notes.isEmpty)
  }

  @Test("of minimal sets up to renaming a certificate says that it is about the first")
  func renamings() throws {
    let (report, _, notes) = try certified(checkAll(Example.question(), symmetry: true))
    #expect(report.certificate != nil)
    #expect(
      notes == [
        "note: the certificate is about the first set: no smaller one breaks it; it does not prove the list\n"
      ])
  }

  @Test("where nothing is proved there is no certificate")
  func nothingProved() throws {
    let answer = try check(Example.question(outcome: "say", UnrepeatedBroadcast.program))
    #expect(answer.verdict == .badBaseline)
    let (report, files, notes) = try certified(answer)
    #expect(report.certificate == nil && files.written.isEmpty)
    #expect(notes == ["note: nothing is proved, so there is no certificate\n"])
  }

  @Test("a page has every answer; a single one has its laboratory")
  func page() throws {
    let reports = try [0, 2].map { Example.report(try check(Example.question(eff: $0))) }
    let both = try HTMLReport.page(of: reports, shouldStop: { false })
    let one = try HTMLReport.page(of: [reports[1]], shouldStop: { false })
    #expect(both.hasSuffix("</html>\n") && one.hasSuffix("</html>\n"))
    #expect(one.contains("laboratory") && one != both)
    #expect(throws: HTMLReport.Stopped.self) { try HTMLReport.page(of: reports, shouldStop: { true }) }
  }

  @Test("under --strict what a verdict does not say is an error, counted once")
  func strict() throws {
    let plain = Example.report(try check(Example.question()))
    #expect([plain].strictError() == nil)
    let cautious = Example.report(try check(Example.question(eff: 0)))
    #expect(cautious.cautions.count == 1)
    #expect(
      [cautious].strictError()?.text(coloured: false)
        == "error: the answer has 1 warning, and --strict makes it an error [strict]\n")
    #expect(
      [cautious, cautious].strictError(besides: cautious.cautions)?.text(coloured: false)
        == "error: the answers have 1 warning, and --strict makes it an error [strict]\n")
    let other = Caution(code: "other", message: "More is to be known.")
    #expect(
      [cautious].strictError(besides: [other])?.text(coloured: false)
        == "error: the answer has 2 warnings, and --strict makes them errors [strict]\n")
  }

  @Test("why a row does not hold is found out beside the answer")
  func absence() throws {
    var report = Example.report(try check(Example.question()))
    try report.explain(absenceOf: RowPattern("log(\"b\", _)"))
    #expect(report.whyNot?.text(ExplanationStyle()).contains("log(\"b\", _)") == true)
    #expect(throws: Refusal.self) { try report.explain(absenceOf: RowPattern("log(\"c\", _)")) }
  }
}
