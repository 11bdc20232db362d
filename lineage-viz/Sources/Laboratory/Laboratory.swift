// A page in which faults are played with: one message lost here, one crash there, and what becomes of the
// promise is seen at once. It is one file that opens from disk. Its script has the circuit of all runs, so it
// can show any admissible one; a policy forbids it to load anything.

import Dedalus
import Documents
import Evaluation
import Files
import Foundation
import Lineage
import Properties
import Scenarios
import Texts

/// A page that computes every admissible run of a question itself.
public struct Laboratory {
  private let title: String
  private let data: LaboratoryData

  /// Why there is no laboratory.
  public enum Obstacle: Error, Sendable {
    /// The caller wanted to stop.
    case stopped
    /// The run without faults, or the circuit of all runs, would be larger than the budget.
    case size(gates: Int)

    /// The obstacle in a sentence.
    public var words: String {
      switch self {
      case .stopped: "the call was interrupted while the circuit was made: there is no page"
      case .size(let gates):
        "the circuit of all runs is larger than the memory limit allows, with \(counted(gates, "gate")) so far: "
          + "there is no page; fewer rounds or a smaller EFF make it smaller"
      }
    }
  }

  /// The laboratory of `question` about a program in `files`, the names of the call. It shows the run under
  /// `start` first. `shouldStop` is asked every few thousand steps.
  public init(
    _ question: Question, files: [String], startingWith start: Scenario = Scenario(),
    budget: Budget = .standard, shouldStop: () -> Bool = { false }
  ) throws(Obstacle) {
    title = (files.first.map { SourcePath($0).name } ?? "program").showingEverything
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    var expected: [[Constant]] = []
    if question.comparesWithBaseline {
      let baseline = compiled.run(
        question.setting, under: Scenario(.none, question.bounds.possibleInputs.first), budget: budget)
      guard baseline.ending == .complete else { throw .size(gates: 0) }
      expected = question.expectedRows(in: baseline)
    }
    let grounding = Grounding(
      compiled, question.setting, PossibleFaults(question.bounds), budget: budget, recordingHow: true,
      shouldStop: { _ in shouldStop() })
    switch grounding.interruption {
    case nil: break
    case .stopped: throw .stopped
    case .exhausted: throw .size(gates: grounding.circuit.gateCount)
    }
    data = LaboratoryData(question, grounding, expecting: expected, files: files, startingWith: start)
  }

  /// The complete page.
  public var page: String {
    var page = Markup()
    page.write(trusted: "<!DOCTYPE html>\n")
    page.begin("html", ["lang": "en"])
    page.writeHead(title: "Laboratory: \(title)", style: Self.style, script: Self.script)
    page.begin("body")
    page.begin("header", ["class": "top"])
    page.element("h1", text: "Laboratory: \(title)")
    page.end()
    write(into: &page, isAlone: true)
    page.begin("script")
    page.write(trusted: Self.script)
    page.end()
    page.end()
    page.end()
    return page.text + "\n"
  }

  /// Writes the place of the laboratory and its data; the page needs `ownStyle` and `ownScript` besides.
  func write(into page: inout Markup, isAlone: Bool) {
    page.begin(isAlone ? "main" : "div", ["id": "lab", "class": "laboratory"])
    page.element(
      "noscript",
      text: "The laboratory computes runs with a script of its own, which the browser does not run.")
    page.end()
    page.begin("script", ["type": "application/json", "id": "lab-data"])
    page.write(trusted: data.json(isAlone: isAlone).scriptText)
    page.end()
  }

  /// The styles beside those of a report.
  static let ownStyle = String(decoding: PackageResources.lab_css, as: UTF8.self)

  /// The script, which uses what makes elements.
  static let ownScript = [
    PackageResources.lab_circuit_js, PackageResources.lab_picture_js, PackageResources.lab_cut_js,
    PackageResources.lab_reasons_js, PackageResources.lab_why_js, PackageResources.lab_js,
  ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")

  private static let style =
    String(decoding: PackageResources.report_css, as: UTF8.self) + ownStyle + SpaceTimeSVG.style

  private static let script =
    String(decoding: PackageResources.elements_js, as: UTF8.self) + "\n" + ownScript
}
