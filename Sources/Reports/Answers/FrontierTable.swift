// The frontier as text: a dot where the outcome holds, and the size of the smallest fault set where it
// breaks. So the boundary is the edge between dots and numbers.

import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Search
import Texts

/// The frontiers of an answer, ready to be shown: one, or one for each EFF.
package struct FrontierTable {
  private let found: FrontierAnswer
  /// The files of the call, as given.
  private let files: [String]
  /// The warnings about the program.
  private let warnings: [Diagnostic]

  /// The tables that were found about the program of `files`; nil where there are none.
  package init?(_ found: FrontierAnswer, warnings: [Diagnostic] = [], files: [String]) {
    guard !found.frontiers.isEmpty else { return nil }
    self.found = found
    self.warnings = warnings
    self.files = files
  }

  private var frontiers: [Frontier] { found.frontiers }
  private var question: Question { found.answer.question }
  private var nodes: Nodes { question.bounds.nodes }

  /// Whether every cell is known and every breaking cell has its smallest set.
  package var isComplete: Bool { frontiers.allSatisfy(\.isComplete) }

  // MARK: For people

  package func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    var text =
      "FRONTIER  which faults \(question.quotedNames) \(question.properties.count == 1 ? "survives" : "survive")\n\n"
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
    let header = (0...frontier.mostColumns).map(String.init) + (frontier.endsWithAny ? ["any"] : [])
    let label = frontier.axes.rows.meaning.plural
    var text = String(repeating: " ", count: label.count + 3) + "\(frontier.axes.columns.meaning.plural)\n"
    text += label + " " + header.map { padded($0) }.joined() + "\n"
    for (number, row) in frontier.cells.enumerated() {
      text += "\(number)".indented(to: label.count) + " "
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

  /// The boundary in one row.
  private func boundary(_ frontier: Frontier, _ row: Int, _ threshold: Frontier.Threshold) -> String {
    let (rows, columns) = (frontier.axes.rows.meaning, frontier.axes.columns.meaning)
    let given = "  with \(counted(row, rows.noun, rows.plural)) "
    func faults(_ count: Int) -> String { counted(count, columns.noun, columns.plural) }
    switch threshold {
    case .unbreakable:
      return given
        + (frontier.endsWithAny
          ? "it holds, whatever is lost\n" : "it holds up to \(faults(frontier.mostColumns))\n")
    case .moreThan(let harmless):
      return given + (harmless < 0 ? "nothing is known\n" : "it holds up to \(faults(harmless))\n")
    case .takes(let least):
      let column = min(least, frontier.cells[row].count - 1)
      guard case .breaks(let set?) = frontier.cells[row][column] else {
        return given + "it breaks from \(faults(least)) on\n"
      }
      let names = set.faults.faults.map { $0.text(nodes).showingEverything }.joined(separator: ", ")
      let inputs = question.program.choices.isEmpty ? "" : ", \(set.inputs.words)"
      return given + "it breaks from \(faults(least)) on: \(names)\(inputs)\n"
    }
  }

  // MARK: For programs

  package var json: JSON {
    let cost = found.answer.cost
    let document: JSON = [
      "format": "faultline-frontier/1",
      "program": JSON(question.program, files: files),
      "bounds": JSON(question.bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": question.outcome.map { .string($0.name) } ?? .null,
      "crashView": .string(question.crashView.rawValue),
      "complete": .bool(isComplete),
      "stoppedBy": found.limit.map { .string($0.kind.rawValue) } ?? .null,
      "cells": .array(frontiers.flatMap(cells)),
      "executions": .integer(cost[.executions]),
      "solver": ["conflicts": .integer(cost[.conflicts]), "calls": .integer(cost[.solverCalls])],
      "seconds": ["total": .decimal(cost[.total])],
    ]
    return .object(document.members + JSON.members(warnings: warnings, sources: question.program.sources))
  }

  private func cells(of frontier: Frontier) -> [JSON] {
    frontier.cells.enumerated().flatMap { row, cells in
      cells.enumerated().map { column, cell in json(cell, of: frontier, row, column) }
    }
  }

  /// One cell. The number of faults of the columns' kind is null for any number; `faults` is null where no
  /// set breaks the outcome or none is known.
  private func json(_ cell: Frontier.Cell, of frontier: Frontier, _ row: Int, _ column: Int) -> JSON {
    let (verdict, set): (String, BreakingSet?) =
      switch cell {
      case .holds: ("holds", nil)
      case .breaks(let set): ("breaks", set)
      case .unknown: ("unknown", nil)
      }
    return .object(
      [
        .init(key: "eff", value: .integer(frontier.eff)),
        .init(key: frontier.axes.rows.meaning.budget, value: .integer(row)),
        .init(
          key: frontier.axes.columns.meaning.budget,
          value: frontier.count(inColumn: column).map { .integer($0) } ?? .null),
        .init(key: "verdict", value: .string(verdict)),
        .init(key: "faults", value: set.map { JSON($0.faults, nodes: nodes) } ?? .null),
      ] + (set.map { JSON.members($0.inputs) } ?? [])
        + (set.map { JSON.members($0.violations, in: question) } ?? [.init(key: "violated", value: .null)]))
  }
}
