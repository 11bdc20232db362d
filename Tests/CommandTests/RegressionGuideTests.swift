import Foundation
import Properties
import Testing

/// The way from a counterexample to a regression test that `programs/README.md` shows, gone step by step.
@Suite("The guide to regression tests")
struct RegressionGuideTests {
  /// The section of the guide.
  private let guide: Substring
  private let here: Workplace

  init() throws {
    let text = try String(contentsOfFile: Binary.program("README.md"), encoding: .utf8)
    let start = try #require(text.range(of: "## From a counterexample to a regression test\n"))
    let rest = text[start.upperBound...]
    guide = rest.range(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest
    here = try Workplace()
    _ = try here.shell("git init -q; cp -r $PROGRAMS programs; ln -s $PROGRAMS/.. .faultline")
  }

  /// The five lines.
  private var lines: [String] {
    guide.split(separator: "\n").prefix { !$0.hasPrefix("```") }.filter { $0.hasPrefix("    ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// What the steps of the job run.
  private var steps: [String] {
    guide.split(separator: "\n").compactMap { line in
      line.range(of: "- run: ").map { String(line[$0.upperBound...]) }
    }
  }

  /// Runs `line` where `faultline` is the command.
  private func run(_ line: String) throws -> Outcome {
    try here.shell(
      "mkdir -p .bin; ln -sf $FAULTLINE .bin/faultline; export PATH=$PWD/.bin:$PATH GITHUB_PATH=$PWD/path; "
        + line)
  }

  private func mend() throws {
    _ = try run(
      """
      echo 'bcast(N, P)@next :- bcast(N, P);' >> programs/delivery/simple-deliv.ded
      sed -i 's/expect=counterexample minimum=1/expect=holds/' programs/delivery/simple-deliv.ded
      """)
  }

  @Test("each of the five lines does what the guide says")
  func fiveLines() throws {
    try #require(lines.count == 5, "\(lines)")
    #expect(try run(lines[0]).status == 0)
    #expect(try run(lines[1]).status == 1)
    let broken = try run(lines[2])
    #expect(broken.status == 1 && broken.output.hasPrefix("still broken  counterexamples/simple-deliv-"))
    try mend()
    let fixed = try run(lines[2])
    #expect(fixed.status == 0 && fixed.output.hasPrefix("fixed         counterexamples/simple-deliv-"))
    #expect(try run(lines[3]).status == 0)
    #expect(try run("git diff --cached --name-only").output.contains("counterexamples/simple-deliv-"))
    #expect(try run(lines[4]).status == 0)
    #expect(here.names.contains("counterexamples.xml"))
  }

  @Test("the job of the CI fails while the protocol is broken, and passes when it is mended")
  func job() throws {
    try #require(steps.count == 3, "\(steps)")
    #expect(try run(lines[0..<2].joined(separator: "; ")).status == 1)
    #expect(
      try run("MAKEFLAGS=n; export MAKEFLAGS; " + steps[0]).output.contains(
        " --product faultline"))
    #expect(try here.read("path").hasSuffix("/.faultline/.build/release\n"))
    #expect(try run(steps[1]).status == 0)
    let broken = try run(steps[2])
    #expect(broken.status == 1)
    #expect(broken.output.contains("\n::error file=programs/delivery/reliable-broadcast.ded,line="))
    try mend()
    _ = try run("rm *.xml *.html")
    #expect(try run(steps[1]).status == 0)
    #expect(try run(steps[2]).status == 0)
    for file in ["scenarios.xml", "counterexamples.xml"] {
      #expect(try run("python3 $PROGRAMS/../Tests/JUnit/check.py \(file)").status == 0)
    }
    #expect(try here.read("scenarios.html").contains(" scenarios as expected, in "))
  }
}
