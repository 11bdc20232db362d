// The frontier as text: a dot where the outcome holds, and the size of the smallest fault set where it
// breaks. So the boundary is the edge between dots and numbers.

import Dedalus
import Documents
import Evaluation
import Properties
import Search
import Texts

/// The frontiers of an answer, ready to be shown: one, or one for each EFF.
package struct FrontierTable {
  private let found: FrontierAnswer
  /// The files of the call, as given.
  private let files: [String]

  /// The tables that were found about the program of `files`; nil where there are none.
  package init?(_ found: FrontierAnswer, files: [String]) {
    guard !found.frontiers.isEmpty else { return nil }
    self.found = found
    self.files = files
  }

  private var frontiers: [Frontier] { found.frontiers }
  private var question: Question { found.answer.question }

  /// Whether every cell is known and every breaking cell has its smallest set.
  package var isComplete: Bool { frontiers.allSatisfy(\.isComplete) }

  // MARK: For people

  package func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    var text = "FRONTIER  which faults '\(question.outcome.name)' survives\n\n"
    for (table, effs) in groups {
      if frontiers.count > 1 { text += "EFF \(effs.map(String.init).joined(separator: ", "))\n" }
      text += self.text(table, paint)
      if frontiers.count > 1 { text += "\n" + boundaries(of: table) + "\n" }
    }
    text += (frontiers.count > 1 ? "" : "\n") + legend
    if let frontier = frontiers.last, frontiers.count == 1 { text += "\n" + boundaries(of: frontier) }
    return text + "\nbounds       \(question.bounds.words); oracle \(question.oracle.rawValue), "
      + "crash view \(question.crashView.rawValue)\nseconds      \(seconds(found.answer.cost[.total]))\n"
  }

  /// Equal tables form a group, with every EFF to which they apply.
  private var groups: [(table: Frontier, effs: [Int])] {
    var groups: [(table: Frontier, effs: [Int])] = []
    for frontier in frontiers {
      if let last = groups.last, last.table.cells == frontier.cells,
        last.table.thresholds == frontier.thresholds
      {
        groups[groups.count - 1].effs.append(frontier.eff)
      } else {
        groups.append((frontier, [frontier.eff]))
      }
    }
    return groups
  }

  private func text(_ frontier: Frontier, _ paint: Paint) -> String {
    let header = (0...frontier.mostOmissions).map(String.init) + ["any"]
    var text = "          omissions\n"
    text += "crashes " + header.map { padded($0) }.joined() + "\n"
    for (crashes, row) in frontier.cells.enumerated() {
      text += "\(crashes)".indented(to: 7) + " "
      text += row.map { mark($0, paint) }.joined() + "\n"
    }
    return text
  }

  private var legend: String {
    var text = "  .  holds: proved for every such fault set\n"
    text += "  n  breaks, and n faults are the fewest that do it\n"
    let reason = found.limit?.words ?? "stopped"
    let marks = frontiers.flatMap { $0.cells.flatMap { $0 } }
    if marks.contains(.breaks(nil)) {
      text += "  ?! breaks, but the fewest faults are not known: \(reason)\n"
    }
    if marks.contains(.unknown) { text += "  ?  not known: \(reason)\n" }
    return text
  }

  private func padded(_ text: String) -> String { text.indented(to: 5) }

  private func mark(_ cell: Frontier.Cell, _ paint: Paint) -> String {
    switch cell {
    case .holds: paint.green(padded("."))
    case .breaks(let set?): paint.red(padded("\(set.faults.count)"))
    case .breaks(nil): paint.red(padded("?!"))
    case .unknown: paint.yellow(padded("?"))
    }
  }

  private func boundaries(of frontier: Frontier) -> String {
    frontier.thresholds.enumerated().map { boundary(frontier, $0, $1) }.joined()
  }

  /// The boundary in the row of one number of crashes.
  private func boundary(_ frontier: Frontier, _ crashes: Int, _ threshold: Frontier.Threshold) -> String {
    let given = "  with \(counted(crashes, "crash", "crashes")) "
    switch threshold {
    case .unbreakable: return given + "it holds, whatever is lost\n"
    case .moreThan(let harmless):
      return given
        + (harmless < 0 ? "nothing is known\n" : "it holds up to \(counted(harmless, "omission"))\n")
    case .omissions(let least):
      let column = min(least, frontier.mostOmissions + 1)
      guard case .breaks(let set?) = frontier.cells[crashes][column] else {
        return given + "it breaks from \(counted(least, "omission")) on\n"
      }
      let faults = set.faults.faults.map { $0.text(question.bounds.nodes).showingEverything }.joined(
        separator: ", ")
      return given + "it breaks from \(counted(least, "omission")) on: \(faults)\n"
    }
  }

  // MARK: For programs

  package var json: JSON {
    let cost = found.answer.cost
    return [
      "format": "faultline-frontier/1",
      "program": JSON(question.program, files: files),
      "bounds": JSON(question.bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": .string(question.outcome.name),
      "crashView": .string(question.crashView.rawValue),
      "complete": .bool(isComplete),
      "stoppedBy": found.limit.map { .string($0.kind.rawValue) } ?? .null,
      "cells": .array(frontiers.flatMap(cells)),
      "executions": .integer(cost[.executions]),
      "solver": ["conflicts": .integer(cost[.conflicts]), "calls": .integer(cost[.solverCalls])],
      "seconds": ["total": .decimal(cost[.total])],
    ]
  }

  private func cells(of frontier: Frontier) -> [JSON] {
    frontier.cells.enumerated().flatMap { crashes, row in
      row.enumerated().map { column, cell in
        json(
          cell, eff: frontier.eff, crashes: crashes, omissions: column > frontier.mostOmissions ? nil : column
        )
      }
    }
  }

  /// One cell. `omissions` is null for any number of omissions; `faults` is null where no set breaks the
  /// outcome or none is known.
  private func json(_ cell: Frontier.Cell, eff: Int, crashes: Int, omissions: Int?) -> JSON {
    let (verdict, set): (String, BreakingSet?) =
      switch cell {
      case .holds: ("holds", nil)
      case .breaks(let set): ("breaks", set)
      case .unknown: ("unknown", nil)
      }
    return [
      "eff": .integer(eff),
      "crashes": .integer(crashes),
      "omissions": omissions.map { .integer($0) } ?? .null,
      "verdict": .string(verdict),
      "faults": set.map { JSON($0.faults, nodes: question.bounds.nodes) } ?? .null,
      "violated": set.map { JSON(rows: $0.violations.rows) } ?? .null,
    ]
  }
}
