import Answers
import Dedalus
import Scenarios
import Texts

// The visible part of an analysis, in order of reading: verdict, why, the runs, and what all of it rests on.
extension AnalysisSection {
  func markup() -> String {
    var section = Markup()
    section.begin("section", ["class": "analysis", "id": "analysis-\(number)", "data-id": "\(number)"])
    writeVerdict(&section)
    section.begin("div", ["class": kinds.count > 2 ? "work with-list" : "work"])
    writeList(&section)
    section.begin("main", ["class": "run", "id": "run-\(number)", "tabindex": "-1"])
    writeOpening(&section)
    section.end()
    section.end()
    writeCriticalMessages(&section)
    writeGround(&section)
    section.end()
    return section.text
  }

  private func writeVerdict(_ section: inout Markup) {
    let kind = analysis.isGood ? "good" : analysis.isOpen ? "open" : "bad"
    section.begin("header", ["class": "answer"])
    section.begin("p", ["class": "verdict-line"])
    section.element("span", ["class": "badge \(kind)"], text: analysis.verdictWord)
    section.write(" ")
    section.element("span", ["class": "asked"], text: analysis.name)
    section.write(" ")
    section.element("span", ["class": "bounds"], text: question.bounds.words)
    section.end()
    section.end()
  }

  // MARK: The run that is shown first

  /// What the page says of the first run before its script replaces it by the same, with pictures.
  private func writeOpening(_ section: inout Markup) {
    let opening = opening
    section.begin("header", ["class": "heading"])
    section.element("h2", text: opening?.told.sentence ?? headline)
    let kind = question.sought == nil ? "broken" : "holds"
    for sentence in opening?.broken ?? [] { section.element("p", ["class": kind], text: sentence) }
    if let faults = opening?.run.execution.faults, faults.count > 0 {
      section.begin("ul", ["class": "faults", "aria-label": "Faults"])
      for fault in faults.faults { section.element("li", ["class": "fault"], text: fault.sentence(nodes)) }
      section.end()
    }
    if let chosen = opening?.chosen { section.element("p", ["class": "chosen"], text: chosen) }
    section.element("p", ["class": "because"], text: analysis.explanation)
    section.end()
    if !analysis.complaint.isEmpty {
      section.begin("section", ["class": "complaint"])
      section.element("h3", text: "What the terminal says")
      section.begin("pre")
      for line in analysis.complaint.split(separator: "\n", omittingEmptySubsequences: false) {
        section.write(String(line))
        section.write(trusted: "\n")
      }
      section.end()
      section.end()
    }
    guard let lines = opening?.told.lines, !lines.isEmpty else { return }
    section.begin("section", ["class": "story"])
    section.element("h3", text: "Step by step")
    section.begin("ol")
    for line in lines { section.element("li", ["class": line.kind], text: line.text) }
    section.end()
    section.end()
  }

  // MARK: The list of runs

  private static func omissionNote(_ shown: Int, of all: Int) -> String {
    "Showing \(grouped(shown)) of \(grouped(all)) runs: a page holds no more. Of the others, "
      + "'faultline graph --store FILE --run N' draws one, and SQL tells of all."
  }

  /// The runs to choose from; of two, the one without faults is beside the other.
  private func writeList(_ section: inout Markup) {
    guard kinds.count > 2 || omitted > 0 else { return }
    section.begin("nav", ["class": "runs", "aria-label": "Runs"])
    section.begin("details", ["open": ""])
    section.element("summary", ["class": "count"], text: counted(kinds.count, "run"))
    section.begin("div", ["class": "search"])
    section.leaf(
      "input",
      [
        "type": "search", "class": "filter", "placeholder": "Filter, e.g. crash a",
        "aria-label": "Filter the runs",
      ])
    let present = [ReportedAnalysis.Run.Kind.baseline, .counterexample, .trial].filter { kinds.contains($0) }
    if present.count > 1 {
      section.begin("select", ["class": "role", "aria-label": "Which runs"])
      section.element("option", ["value": ""], text: "all runs")
      for kind in present { section.element("option", ["value": kind.rawValue], text: kind.words) }
      section.end()
    }
    section.end()
    if omitted > 0 {
      section.element("p", ["class": "note"], text: Self.omissionNote(kinds.count, of: kinds.count + omitted))
    }
    section.begin("ol")
    section.write(trusted: RunList(lines, of: question).items().text)
    section.end()
    section.end()
    section.end()
  }

  // MARK: What the answer rests on

  private func writeGround(_ section: inout Markup) {
    section.begin("footer", ["class": "ground"])
    section.element("h3", text: "What the answer rests on")
    write(analysis.facts, &section)
    if !analysis.coverage.isEmpty { writeCoverage(&section) }
    if let cost = analysis.cost { writeCost(cost, &section) }
    section.end()
  }

  private func write(_ facts: [ReportedAnalysis.Fact], _ section: inout Markup) {
    section.begin("dl", ["class": "facts"])
    for fact in facts {
      section.begin("div")
      section.element("dt", text: fact.name)
      section.element("dd", text: fact.text)
      section.end()
    }
    section.end()
  }

  /// What of the program is used; it is hidden until somebody asks for it.
  private func writeCoverage(_ section: inout Markup) {
    section.begin("details", ["class": "cost"])
    section.element("summary", text: "What of the program is used")
    write(analysis.coverage, &section)
    section.end()
  }

  /// All counters and times; they are hidden until somebody asks for them.
  private func writeCost(_ cost: Cost, _ section: inout Markup) {
    section.begin("details", ["class": "cost"])
    section.element("summary", text: "All counters and times")
    let counters = Cost.Counter.allCases.map { counter in
      (counter.rawValue, counted(grouped(cost[counter]), counter.unit), counter.help)
    }
    let times = Cost.Phase.allCases.map { phase in
      (phase.rawValue, "\(seconds(cost[phase])) s", phase.help)
    }
    write((counters + times).map { .init("\($0): \($2)", $1) }, &section)
    section.end()
  }
}

extension ReportedAnalysis.Run.Kind {
  fileprivate var words: String {
    switch self {
    case .baseline: "without faults"
    case .counterexample: "counterexamples"
    case .trial: "tried"
    }
  }
}
