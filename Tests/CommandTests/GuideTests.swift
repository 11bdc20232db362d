// Whoever follows the guide must see what the guide shows. Tests/Guide/run does what every page says; `make
// guide` puts what comes out today into the pages.

import Foundation
import Support
import Testing

@Suite struct GuideTests {
  static let root = URL(fileURLWithPath: Binary.programs).deletingLastPathComponent().path
  static let script = root + "/Tests/Guide/run"
  static let pages = [
    "tutorial", "language", "specification", "faults", "modelling", "mistakes", "warnings",
    "reference-language",
    "reference-faults", "reference-command", "reference-files",
  ]

  @Test(
    "every command of the guide prints what the guide shows", .needs(.python),
    arguments: pages)
  func page(_ name: String) throws {
    let place = try Workplace()
    let played = try place.shell("'\(Self.script)' \"$FAULTLINE\" '\(Self.root)/programs/guide/\(name).md'")
    #expect(played.status == 0, "\(played.output)\(played.errors)")
    #expect(!played.output.contains(" 0 blocks"))
  }

  @Test("no page is left out")
  func everyPage() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.root + "/programs/guide")
    #expect(files.filter { $0.hasSuffix(".md") }.sorted() == Self.pages.map { $0 + ".md" }.sorted())
  }

  @Test("the name of each file stands above it, where a renderer shows it", arguments: pages)
  func namesOfFiles(_ name: String) throws {
    let text = try String(contentsOfFile: "\(Self.root)/programs/guide/\(name).md", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.hasPrefix("```dedalus ") {
      #expect(lines[number - 2] == "`\(line.dropFirst("```dedalus ".count))`:", "line \(number + 1)")
    }
  }

  @Test(
    "a page that shows something else is told, with the place", .needs(.python)
  )
  func outdatedPage() throws {
    let text = """
      ```dedalus p.ded
      p("a", 1)@1;
      post(X, Y) :- p(X, Y);
      ```

      ```console
      $ faultline run p.ded --eot 1 | tail -1
      BROKEN  without faults
      ```

      """
    let place = try Workplace(["page.md": text])
    let played = try place.shell("'\(Self.script)' \"$FAULTLINE\" page.md")
    #expect(played.status == 1)
    #expect(
      played.output.hasPrefix(
        "page.md:8: the page shows\n  BROKEN  without faults\nbut this comes out\n  MET"))
    let written = try place.shell("'\(Self.script)' --write \"$FAULTLINE\" page.md; cat page.md")
    #expect(written.output.contains("MET  without faults"))
    #expect(!written.output.contains("BROKEN"))
  }

  @Test(
    "links between pages lead somewhere",
    arguments: ["README.md", "programs/README.md"] + pages.map { "programs/guide/\($0).md" })
  func links(_ page: String) throws {
    let url = URL(fileURLWithPath: Self.root).appendingPathComponent(page)
    let text = try String(contentsOf: url, encoding: .utf8)
    for link in text.matches(of: /\]\(([^)#]+)\)/) where !link.1.contains("://") {
      let target = url.deletingLastPathComponent().appendingPathComponent(String(link.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links to \(link.1)")
    }
  }
}
