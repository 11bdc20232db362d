import Dedalus
import Documents
import Files
import Foundation
import Support
import Testing

@testable import Workbench

@Suite("Replays")
struct ReplayBenchTests {
  private let folder: TestFolder
  private let saved: String

  /// The protocol in which everything is said once more.
  private static let repeated =
    UnrepeatedBroadcast.program + #"say("a", "hello")@2; node("a", "b")@2; node("a", "c")@2;"#

  init() throws {
    folder = try TestFolder(["p.ded": UnrepeatedBroadcast.program])
    saved = try folder.save("p.ded")
  }

  private func replay(_ program: String? = nil) throws -> ReplayAnswer {
    if let program { try folder.write(program, to: "p.ded") }
    var bench = ReplayBench(programFiles: [])
    return bench.replay(saved)
  }

  @Test("of the same program finds the same rows, and the rule that demands them")
  func same() throws {
    let answer = try replay()
    let findings = try #require(answer.findings)
    #expect(
      answer.result == .stillBroken && !findings.hasProgramChanged
        && findings.violations.rows == [["c", "hello"]])
    #expect(
      findings.inert.isEmpty && findings.difference == nil && answer.remark == nil && answer.warning == nil)
    #expect(answer.places == [Place(file: folder["p.ded"], line: 5, column: 1, endLine: 5)])
    #expect(answer.refusal == nil && answer.seconds >= 0 && answer.path == saved)
  }

  @Test("of a program that says it twice finds nothing")
  func fixed() throws {
    let answer = try replay(Self.repeated)
    let findings = try #require(answer.findings)
    #expect(answer.result == .fixed && findings.hasProgramChanged && findings.violations.rows.isEmpty)
    #expect(answer.remark == "post(\"c\", \"hello\") holds now" && answer.places.isEmpty)
  }

  @Test("of a program that breaks in another way finds other rows")
  func changed() throws {
    let answer = try replay(UnrepeatedBroadcast.program.replacing("hello", with: "bye"))
    #expect(answer.result == .changed && answer.findings?.violations.rows == [["c", "bye"]])
    #expect(
      answer.remark == "pre(\"c\", \"hello\") does not hold any more; post(\"c\", \"bye\") is violated now")
  }

  @Test("under faults that touch nothing say so")
  func inert() throws {
    let answer = try replay(
      UnrepeatedBroadcast.program.replacing("say(\"a\", \"hello\")@1", with: "say(\"a\", \"hello\")@2"))
    #expect(answer.result == .inert && answer.findings?.inert.count == 1 && answer.warning == nil)
    #expect(answer.remark == "a sends nothing to b in round 1; pre(\"c\", \"hello\") does not hold any more")
  }

  @Test("under some faults that touch nothing warn")
  func partlyInert() throws {
    let text = try String(contentsOfFile: saved, encoding: .utf8)
      .replacing("\"crashes\": 0", with: "\"crashes\": 1").replacing(
        "\"nodes\": [", with: "\"nodes\": [\"z\", "
      )
      .replacing("\"faults\": [", with: "\"faults\": [{\"kind\": \"crash\", \"node\": \"z\", \"round\": 2}, ")
    try Data(text.utf8).write(to: URL(fileURLWithPath: saved))
    let answer = try replay()
    #expect(answer.result == .stillBroken && answer.remark == nil)
    #expect(answer.warning == "'crash z 2' touches nothing any more: z does nothing from round 2 on")
  }

  @Test("of a program that cannot be run say why")
  func unreadable() throws {
    let wrong = try replay("post(N) :- ;")
    #expect(wrong.result == .unreadable && wrong.findings == nil && wrong.warning == nil)
    #expect(wrong.places == [Place(file: folder["p.ded"], line: 1, column: 12, endLine: 1)])
    #expect(wrong.remark == wrong.refusal?.summary)
    let silent = try replay("p(\"a\")@1; q(N) :- p(N);")
    #expect(silent.remark == "the program has no relation 'post' that says what must hold")
    #expect(silent.places == [Place(file: saved)])
    let failing = try replay(
      UnrepeatedBroadcast.program + "n(\"a\", 1)@1; n(N, X - 1)@next :- n(N, X); h(N, 1 / X) :- n(N, X);")
    #expect(failing.remark == "in round 2 under 'omit a b 1', '1 / 0' divides by zero")
    #expect(failing.places.isEmpty)
    try FileManager.default.removeItem(atPath: folder["p.ded"])
    #expect(try replay().result == .unreadable)
  }

  @Test("of a file that is none say where it is wrong")
  func damaged() throws {
    try folder.write("{\"format\": \"faultline-counterexample/1\"}", to: "bad.cex.json")
    var bench = ReplayBench(programFiles: [])
    let answer = bench.replay(folder["bad.cex.json"])
    #expect(answer.result == .unreadable && answer.remark == "the key \"program\" is missing")
    #expect(answer.places == [Place(file: folder["bad.cex.json"], line: 1, column: 1)])
    let absent = bench.replay(folder["none.cex.json"])
    #expect(absent.refusal?.text(coloured: false).contains("[unreadable-file]") == true)
    #expect(bench.paths(of: folder["bad.cex.json"]).isEmpty)
  }

  @Test("may be of another program, which is named once for all files")
  func otherProgram() throws {
    try folder.write(Self.repeated, to: "q.ded")
    var bench = ReplayBench(programFiles: [folder["q.ded"]])
    #expect(bench.replay(saved).result == .fixed && bench.replay(saved).result == .fixed)
    #expect(Set(bench.paths(of: saved)) == [folder["q.ded"]])
    var own = ReplayBench(programFiles: [])
    #expect(Set(own.paths(of: saved)) == [folder["p.ded"]] && own.replay(saved).result == .stillBroken)
  }

  @Test("keep the digests of all sources")
  func digests() throws {
    let file = try SavedCounterexample(saved)
    let digest = "sha256:" + SHA256.hexadecimalDigest(of: Array(UnrepeatedBroadcast.program.utf8))
    #expect(file.files == [folder["p.ded"]] && file.digests == [digest])
  }
}
