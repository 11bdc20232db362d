// The report is one file that opens from disk in any browser. It contains its styles, script and data, and a
// content security policy forbids everything else, so it loads nothing from a network and executes nothing
// from a program's strings. The answer, the figures and the list of runs are plain elements. A run is data
// until it is opened, so a thousand runs cost a reader nothing.
//
// The page itself lays out lineage. Graphviz would need some 30 ms for each picture, several for each run,
// and the report would depend on its installation. Without it, the same analyses always give the same bytes.

import Dedalus
import Evaluation
import Files
import Foundation

/// A self-contained page about analyses.
public struct HTMLReport {
  private var sections = Markup()
  private var scripts = Markup()
  private var names: [String] = []
  private var verdicts: [(name: String, word: String)] = []
  private var open: AnalysisSection?
  private var laboratory: Laboratory?
  private let title: String
  private let shouldStop: () -> Bool

  /// The approximate number of bytes of runs on a page; runs that break the outcome may take a quarter more.
  var mostBytes = 3_500_000

  /// The caller stopped the report.
  public struct Stopped: Error {}

  /// A report without analyses; `title` is its heading. When `shouldStop` returns true, the report is
  /// abandoned.
  public init(title: String, shouldStop: @escaping () -> Bool = { false }) {
    (self.title, self.shouldStop) = (title, shouldStop)
  }

  /// Begins the section of `analysis`; `baseline` is its run without faults.
  public mutating func begin(_ analysis: ReportedAnalysis, baseline: ReportedAnalysis.Run) {
    close()
    verdicts.append((analysis.name, analysis.verdictWord))
    let bounds = analysis.question.bounds
    let others = bounds.budgets.settings(bounds.nodes).filter { $0.name != "crashes" }
      .map { ", \($0.name) \($0.value)" }.joined()
    names.append(
      "\(analysis.name), EOT \(bounds.eot), EFF \(bounds.eff), crashes \(bounds.crashes)\(others)"
        + analysis.question.restriction.map { ", \($0)" }.joined() + ": "
        + (analysis.verdict?.rawValue ?? "unfinished"))
    open = AnalysisSection(
      analysis, number: names.count, baseline: baseline, room: mostBytes - scripts.text.utf8.count,
      shouldStop)
  }

  /// Adds a further run to the analysis that was last begun.
  public mutating func add(_ run: ReportedAnalysis.Run) {
    precondition(open != nil, "a run belongs to an analysis that was begun")
    if !shouldStop() { open?.add(run) }
  }

  /// Adds a laboratory below the analyses.
  public mutating func add(_ laboratory: Laboratory) { self.laboratory = laboratory }

  private mutating func close() {
    guard let section = open.take() else { return }
    sections.write(trusted: section.markup())
    scripts.write(trusted: section.scripts())
  }

  /// The complete page.
  public mutating func finish() throws(Stopped) -> String {
    if !shouldStop() { close() }
    if shouldStop() { throw Stopped() }
    let style = Self.style + (laboratory == nil ? "" : Laboratory.ownStyle)
    let script = Self.script + (laboratory == nil ? "" : "\n" + Laboratory.ownScript)
    var page = Markup()
    page.write(trusted: "<!DOCTYPE html>\n")
    page.begin("html", ["lang": "en"])
    page.writeHead(title: wholeTitle, style: style, script: script)
    page.begin("body")
    page.element("a", ["class": "skip", "href": "#run-1"], text: "To the answer")
    writeTop(&page)
    page.write(trusted: sections.text)
    if let laboratory {
      page.begin("section", ["class": "laboratory-place"])
      page.element("h2", text: "Laboratory: other faults")
      laboratory.write(into: &page, isAlone: false)
      page.end()
    }
    writeKeys(&page)
    page.write(trusted: scripts.text)
    page.begin("script")
    page.write(trusted: script)
    page.end()
    page.end()
    page.end()
    return page.text + "\n"
  }

  /// The title names the program and the verdict, or how many analyses have which.
  private var wholeTitle: String {
    if let only = verdicts.first, verdicts.count == 1 { return "\(only.name): \(only.word) – \(title)" }
    var counts: [(word: String, count: Int)] = []
    for verdict in verdicts {
      if let place = counts.firstIndex(where: { $0.word == verdict.word }) {
        counts[place].count += 1
      } else {
        counts.append((verdict.word, 1))
      }
    }
    let list = counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
    return list.isEmpty ? title : "\(title): \(list)"
  }

  private func writeTop(_ page: inout Markup) {
    page.begin("header", ["class": names.count > 1 ? "top" : "top for-ears"])
    page.element("h1", text: wholeTitle)
    if names.count > 1 {
      page.begin("label")
      page.write("Analysis ")
      page.begin("select", ["id": "pick"])
      for (position, name) in names.enumerated() {
        page.element("option", ["value": "\(position + 1)"], text: "\(position + 1): \(name)")
      }
      page.end()
      page.end()
    }
    page.end()
    page.element(
      "noscript",
      text:
        "The diagrams are drawn by a script of this page, which the browser does not run: what follows is the answer, and the story."
    )
  }

  private func writeKeys(_ page: inout Markup) {
    page.begin("footer", ["class": "keys"])
    page.write("Keys: ")
    let keys = [
      ("← →", "on the scrubber: a round back or on"), ("← → ↑ ↓", "in the table: from row to row"),
      ("j k", "next run, run before"), ("/", "filter"), ("Esc", "close the panel"),
    ]
    for (position, (key, meaning)) in keys.enumerated() {
      if position > 0 { page.write(" · ") }
      page.element("kbd", text: key)
      page.write(" \(meaning)")
    }
    page.end()
  }

  // MARK: Parts of the page that are the same in every report

  private static let style =
    [PackageResources.report_css, PackageResources.time_css, PackageResources.lineage_css].map {
      String(decoding: $0, as: UTF8.self)
    }
    .joined()
    + SpaceTimeSVG.style + SpaceTimeSVG.markStyle

  private static let script = [
    PackageResources.elements_js, PackageResources.page_js, PackageResources.run_js, PackageResources.pair_js,
    PackageResources.time_js, PackageResources.heat_js, PackageResources.why_js, PackageResources.outline_js,
    PackageResources.stage_js, PackageResources.lineage_js,
  ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
}
