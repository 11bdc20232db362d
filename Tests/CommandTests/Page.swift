// What parsers and browsers say about a page. Both are asked through Python, because that is where an HTML
// parser by the standard is to be had; `.ci/install-packages tests` sees to it.

import Foundation
import Testing

/// The scripts that read pages.
enum PageReaders {
  static let folder: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Browser").path

  /// A Python that has the parser; a system may have several.
  static let python =
    ["python3", "/usr/bin/python3"].first { python in
      (try? Workplace().shell("\(python) -c 'import html5lib'"))?.status == 0
    } ?? "python3"
}

extension Workplace {
  /// How often each element stands in the page at `path`; fails where anything foreign does.
  func elements(of path: String) throws -> [String: Int] {
    let outcome = try shell("\(PageReaders.python) -B '\(PageReaders.folder)/elements.py' '\(path)'")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), Int($0[1]) ?? 0) })
  }

  /// Has a browser go through the page at `path` with one of the scripts; what it found wrong, or nothing.
  func browse(_ path: String, with script: String) throws -> String {
    let outcome = try shell("timeout 1800 python3 -B '\(PageReaders.folder)/\(script)' '\(path)'")
    return outcome.status == 0 ? "" : "\(outcome.status): \(outcome.errors)"
  }
}
