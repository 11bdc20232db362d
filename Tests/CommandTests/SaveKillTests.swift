// `--save` under kill -9: at every write, sync and rename of its own, one process after the other. What
// stands under a file's final name must be the whole file, what was there before stays until it is replaced
// as a whole, and the next call finishes the work. `strace` kills at the entry of the system call, before it
// has done anything.

import Foundation
import Support
import Testing

@Suite("--save and kill -9", .needs(.strace))
struct SaveKillTests {
  private static let program = UnrepeatedBroadcast.program
  private static let save = "$FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save out"
  private static let suffixes = [".cex.json", ".dot", ".svg", ".txt"]

  @Test(
    "killed anywhere, there are whole files or none",
    arguments: ["write", "fsync", "link", "unlink", "openat"])
  func fresh(call: String) throws {
    try kill(at: call, save: Self.save, before: nil)
  }

  @Test(
    "killed anywhere while it replaces, there are whole files, old or new",
    arguments: ["write", "fsync", "rename"])
  func replacing(call: String) throws {
    try kill(at: call, save: Self.save + " --force", before: "old")
  }

  /// Kills `save` at the first, second, … system call named `call`, until it survives.
  private func kill(at call: String, save: String, before: String?) throws {
    let here = try Workplace(["p.ded": Self.program])
    #expect(try here.shell("mkdir out; \(Self.save)").status == 1)
    let whole = try files(here)
    #expect(whole.keys.map { $0 }.sorted().map(suffix) == Self.suffixes)

    // Files are created late, after the libraries were loaded; what comes before is nobody's file.
    let first = call == "openat" ? try openings(here, save) : 1
    var killed = 0
    for number in first..<(first + 60) {
      _ = try here.shell("rm -rf out; mkdir out")
      if let before { for name in whole.keys { try here.write("out/\(name)", Data(before.utf8)) } }
      let outcome = try here.shell(
        "strace -f -qq -o /dev/null -e inject=\(call):signal=KILL:when=\(number) \(save); exit $?")
      for (name, text) in try files(here) {
        #expect(text == whole[name] || text == before, "\(name) after \(call) \(number)")
      }
      if outcome.status == 1 {
        #expect(try files(here) == whole)
        break
      }
      #expect(outcome.status == 137, "\(outcome.errors)")
      killed += 1
      if outcome.output.contains("written") {
        #expect(try files(here) == whole, "what was reported is there")
      }
      #expect(try here.shell(save).status == 1)
      #expect(try files(here) == whole, "the next call finishes what \(call) \(number) left")
    }
    #expect(killed >= 4, "each of the four files has such a call")
  }

  /// How many files are opened before the first of ours.
  private func openings(_ here: Workplace, _ save: String) throws -> Int {
    let outcome = try here.shell(
      "rm -rf out; mkdir out; strace -f -o trace -e trace=openat \(save) >/dev/null; "
        + "grep openat trace | grep -n partial | head -1 | cut -d: -f1")
    return try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// The files that have their final names, with their contents.
  private func files(_ here: Workplace) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: here.path + "/out")
    return try Dictionary(
      uniqueKeysWithValues: names.filter { !$0.hasSuffix(".partial") }.map {
        ($0, try here.read("out/\($0)"))
      })
  }

  private func suffix(_ name: String) -> String { String(name.drop { $0 != "." }) }
}
