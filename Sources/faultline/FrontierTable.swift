// The frontier on paper: a dot where the outcome holds, the size of the smallest fault set where it breaks, so that
// the boundary is the edge between dots and numbers.

import Evaluation
import FaultInjection

/// A frontier on its way to whoever asked.
struct FrontierTable {
  let frontier: Frontier
  private let report: Report

  /// The table of an answer that has one.
  init?(_ report: Report) {
    guard let frontier = report.answer.frontier else { return nil }
    self.frontier = frontier
    self.report = report
  }

  // MARK: For people

  func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    let question = report.question
    var text = "FRONTIER  which faults '\(question.outcome.name)' survives\n\n"
    text += "          omissions\n"
    text += "crashes " + header.map(padded).joined() + "\n"
    for (crashes, row) in frontier.cells.enumerated() {
      text += padded("\(crashes)", to: 7) + " "
      text += row.map { mark($0, paint) }.joined() + "\n"
    }
    text += "\n  .  holds: proved for every such fault set\n"
    text += "  n  breaks, and n faults are the fewest that do it\n"
    if !frontier.isComplete { text += "  ?  not known: \(report.answer.limit?.rawValue ?? "stopped")\n" }
    text += "\n" + frontier.thresholds.enumerated().map(boundary).joined()
    return text + "\nbounds       \(question.bounds.words); oracle \(question.oracle.rawValue), "
      + "crash view \(question.crashView.rawValue)\nseconds      \(seconds(report.answer.cost.total))\n"
  }

  private var header: [String] { (0...frontier.mostOmissions).map(String.init) + ["any"] }

  private func padded(_ text: String) -> String { padded(text, to: 5) }

  private func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func mark(_ cell: Frontier.Cell, _ paint: Paint) -> String {
    switch cell {
    case .holds: paint.green(padded("."))
    case .breaks(let set?): paint.red(padded("\(set.faults.count)"))
    case .breaks(nil): paint.red(padded("?!"))
    case .unknown: paint.yellow(padded("?"))
    }
  }

  /// What one number of crashes comes to.
  private func boundary(_ crashes: Int, _ threshold: Frontier.Threshold) -> String {
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
      let faults = set.faults.faults.map { $0.text(report.nodes).showingEverything }.joined(separator: ", ")
      return given + "it breaks from \(counted(least, "omission")) on: \(faults)\n"
    }
  }

  // MARK: For programs

  var json: JSON {
    let (question, cost) = (report.question, report.answer.cost)
    return [
      "format": "faultline-frontier/1",
      "program": [
        "files": .array(report.files.map { .string($0) }), "digest": .string(question.program.digest),
      ],
      "bounds": JSON(question.bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": .string(question.outcome.name),
      "crashView": .string(question.crashView.rawValue),
      "complete": .bool(frontier.isComplete),
      "cells": .array(
        frontier.cells.enumerated().flatMap { crashes, row in
          row.enumerated().map { column, cell in json(cell, crashes: crashes, column: column) }
        }),
      "executions": .integer(cost.executions),
      "solver": ["conflicts": .integer(cost.conflicts), "calls": .integer(cost.solverCalls)],
      "seconds": ["total": .decimal(cost.total)],
    ]
  }

  /// One cell; `omissions` is null for any number of them, `faults` where none break it or they are not known.
  private func json(_ cell: Frontier.Cell, crashes: Int, column: Int) -> JSON {
    let (verdict, set): (String, BreakingSet?) =
      switch cell {
      case .holds: ("holds", nil)
      case .breaks(let set): ("breaks", set)
      case .unknown: ("unknown", nil)
      }
    return [
      "crashes": .integer(crashes),
      "omissions": column > frontier.mostOmissions ? .null : .integer(column),
      "verdict": .string(verdict),
      "faults": set.map { JSON($0.faults, nodes: report.nodes) } ?? .null,
      "violated": set.map { JSON(rows: $0.violated) } ?? .null,
    ]
  }
}
