// The frontiers of each property by itself: the tables one below the other.

import Answers
import Dedalus
import Documents
import Properties
import Search
import Workbench

/// The frontiers of each property of a question, ready to be shown.
package struct FrontierTables {
  private let found: EachAnswer
  private let warnings: [Diagnostic]
  private let files: [String]

  package init(_ found: EachAnswer, warnings: [Diagnostic], files: [String]) {
    self.found = found
    self.warnings = warnings
    self.files = files
  }

  /// For each property: its table or, where there is none, its report.
  private var parts: [(name: String, table: FrontierTable?, report: Report)] {
    zip(found.frontiers, reports).map { frontier, report in
      let name = report.question.restriction.first ?? ""
      return (name, FrontierTable(frontier, warnings: warnings, files: files), report)
    }
  }

  /// For each property the report of its answer.
  package var reports: [Report] { found.answers.map { Report($0, warnings: warnings, files: files) } }

  /// The exit code: the worst of those that the properties would have alone.
  package var status: ExitStatus {
    parts.map { _, table, report in
      table.map { $0.isComplete ? .success : .inconclusive } ?? report.status
    }.worst
  }

  /// The failure of the program, where an answer is that it fails.
  package var failure: RunFailure? { reports.lazy.compactMap(\.failure).first }

  package func text(coloured: Bool) -> String {
    parts.map { _, table, report in
      table?.text(coloured: coloured) ?? report.text(coloured: coloured)
    }.joined(separator: "\n")
  }

  /// For each property its name and the document that `frontier --property NAME --json` prints.
  package var json: JSON {
    [
      "format": "faultline-frontiers/1",
      "properties": .array(
        parts.map { name, table, report in
          ["property": .string(name), "frontier": table?.json ?? report.json]
        }),
    ]
  }
}
