// All programs and their scenarios on one page: a table whose cells lead to the details below, first those
// that are not as expected, then the rest. The page is read where a build server keeps it. So everything is
// in one file, nothing in it is executed, and a policy forbids the browser to load anything else: even the
// filter is a choice of which the styles take note.

import Dedalus
import Files
import Foundation

/// A table of programs and their scenarios, as an HTML page.
public struct MatrixPage {
  private let title: String
  private let summary: String
  private let rows: [Row]

  /// A program and its scenarios.
  public struct Row {
    /// The name of the program.
    public let name: String
    /// The scenarios of the program, in order.
    public let cells: [Cell]

    /// The program called `name`.
    public init(name: String, cells: [Cell]) {
      self.name = name
      self.cells = cells
    }
  }

  /// The result of a scenario, shown by colour. Red is only what is not as expected.
  public enum Kind: String, Sendable, CaseIterable {
    case holds, broken, other
  }

  /// A scenario and its result.
  public struct Cell {
    let bounds: String
    let finding: String
    let asked: String
    let kind: Kind
    let complaint: String?
    let place: String
    let notes: [(name: String, text: String)]

    /// A scenario at `place`. `asked` says what is special about the question or what is broken, and is empty
    /// where nothing need be said; `complaint` says how its result differs from what is expected, and is nil
    /// where it does not.
    public init(
      bounds: String, finding: String, asked: String = "", kind: Kind, complaint: String?, place: String,
      notes: [(name: String, text: String)]
    ) {
      self.bounds = bounds
      self.finding = finding
      self.asked = asked
      self.kind = kind
      self.complaint = complaint
      self.place = place
      self.notes = notes
    }
  }

  /// The page of `rows`; `summary` gives the counts.
  public init(title: String, summary: String, rows: [Row]) {
    self.title = title
    self.summary = summary
    self.rows = rows
  }

  /// The complete page.
  public var text: String {
    var page = Markup()
    page.write(trusted: "<!DOCTYPE html>\n")
    page.begin("html", ["lang": "en"])
    page.writeHead(title: title, style: Self.style)
    page.write(trusted: "\n")
    page.begin("body")
    page.element("h1", text: title)
    let isGreen = rows.allSatisfy { $0.cells.allSatisfy { $0.complaint == nil } }
    page.element("p", ["class": isGreen ? "summary" : "summary failed"], text: summary)
    writeFilter(&page)
    writeTable(&page)
    writeDetails(&page)
    page.end()
    page.end()
    return page.text + "\n"
  }

  // MARK: The filter, which is the legend as well

  private func writeFilter(_ page: inout Markup) {
    let cells = rows.flatMap(\.cells)
    var choices: [(kind: String, words: String, count: Int)] = [("all", "all", cells.count)]
    choices.append(("failed", "✗ not as expected", cells.count { $0.complaint != nil }))
    for kind in Kind.allCases {
      choices.append(
        (kind.rawValue, kind.words, cells.count { $0.complaint == nil && $0.kind == kind }))
    }
    page.begin("fieldset")
    page.element("legend", text: "Show")
    for (kind, words, count) in choices where count > 0 || kind == "all" {
      page.begin("label", ["class": kind])
      if kind == "all" {
        page.leaf("input", ["type": "radio", "name": "show", "id": "show-\(kind)", "checked": ""])
      } else {
        page.leaf("input", ["type": "radio", "name": "show", "id": "show-\(kind)"])
      }
      page.write(" \(words) (\(count))")
      page.end()
    }
    page.end()
  }

  // MARK: The table

  private func writeTable(_ page: inout Markup) {
    page.begin("div", ["class": "wide"])
    page.begin("table")
    let hasOthers = rows.contains { $0.cells.contains { $0.bounds.contains("⟩ ") } }
    let others = hasOthers ? ", other bounds by name," : ""
    page.element(
      "caption",
      text: "Each program's scenarios in order, as ⟨EOT, EFF, crashes⟩\(others) and what was found.")
    for (number, row) in rows.enumerated() {
      page.begin("tr")
      page.element("th", ["scope": "row"], text: row.name)
      for (position, cell) in row.cells.enumerated() { write(cell, Self.name(number, position), &page) }
      page.end()
      page.write(trusted: "\n")
    }
    page.end()
    page.end()
  }

  private func write(_ cell: Cell, _ name: String, _ page: inout Markup) {
    page.begin("td", ["class": cell.complaint == nil ? cell.kind.rawValue : "failed"])
    page.begin("a", ["href": "#\(name)", "title": cell.complaint ?? cell.place])
    if !cell.bounds.isEmpty {
      page.element("span", ["class": "bounds"], text: cell.bounds)
      page.write(" ")
    }
    page.element("span", ["class": "finding"], text: (cell.complaint == nil ? "" : "✗ ") + cell.finding)
    if !cell.asked.isEmpty { page.element("span", ["class": "asks"], text: cell.asked) }
    page.end()
    page.end()
  }

  /// The name of the target of the cell's link.
  private static func name(_ row: Int, _ position: Int) -> String { "s\(row + 1)-\(position + 1)" }

  // MARK: Below the table

  private func writeDetails(_ page: inout Markup) {
    let cells = rows.enumerated().flatMap { number, row in
      row.cells.enumerated().map { (name: Self.name(number, $0), cell: $1) }
    }
    write("Not as expected", cells.filter { $0.cell.complaint != nil }, &page)
    write("As expected", cells.filter { $0.cell.complaint == nil }, &page)
  }

  private func write(_ heading: String, _ cells: [(name: String, cell: Cell)], _ page: inout Markup) {
    guard !cells.isEmpty else { return }
    page.element("h2", text: heading)
    for (name, cell) in cells {
      page.begin("section", ["id": name, "class": cell.complaint == nil ? cell.kind.rawValue : "failed"])
      page.begin("h3")
      page.element("code", text: cell.place)
      page.write(" \(cell.bounds) \(cell.finding)" + (cell.asked.isEmpty ? "" : ", \(cell.asked)"))
      page.end()
      if let complaint = cell.complaint { page.element("p", ["class": "failed"], text: complaint) }
      page.begin("dl")
      for (name, text) in cell.notes {
        page.element("dt", text: name)
        page.begin("dd")
        if name == "again" { page.element("code", text: text) } else { page.write(text) }
        page.end()
      }
      page.end()
      page.end()
      page.write(trusted: "\n")
    }
  }

  /// Both colour schemes have a contrast of 7 or more between text and background.
  private static let style = """
    :root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --line: #d0d0d0; --quiet: #555555;
      --holds: #e9f4ea; --broken: #eef1f6; --other: #ececec; --failed: #b00020; --onfailed: #ffffff; --bad: #a0001c; }
    @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #161616; --line: #444444; --quiet: #b0b0b0;
      --holds: #16301a; --broken: #242b36; --other: #303030; --failed: #ffb3b8; --onfailed: #400008; --bad: #ffb3b8; } }
    body { color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
    code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    .summary { font-weight: 600; } p.failed { color: var(--bad); font-weight: 600; margin: .25rem 0; }
    fieldset { border: 0; margin: 0 0 1rem; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
    legend { float: left; margin-right: .6rem; color: var(--quiet); } label { padding: .15rem .7rem .15rem .4rem; border-radius: .4rem;
      border: 1px solid var(--line); }
    .wide { overflow-x: auto; }
    table, tbody, caption { display: block; } caption { text-align: left; color: var(--quiet); padding-bottom: .5rem; }
    tr { display: flex; flex-wrap: wrap; gap: .3rem; padding: .35rem 0; border-top: 1px solid var(--line); }
    th { flex: 0 0 19rem; text-align: left; overflow-wrap: anywhere; }
    td { border-radius: .3rem; padding: .1rem .6rem; }
    th { font-weight: 600; } td a { color: inherit; text-decoration: none; } td a:hover { text-decoration: underline; }
    .bounds { font-variant-numeric: tabular-nums; } .finding { font-weight: 600; } .asks { display: block; font-size: .8rem; opacity: .8; }
    .holds:not(section) { background: var(--holds); } .broken:not(section) { background: var(--broken); }
    .other:not(section) { background: var(--other); }
    td.failed, label.failed { background: var(--failed); color: var(--onfailed); font-weight: 600; }
    section { border-left: .25rem solid var(--line); padding: .25rem 1rem; margin: 1rem 0; max-width: 60rem; }
    section:target { border-color: currentColor; }
    dl { display: grid; grid-template-columns: 6rem 1fr; margin: .25rem 0; } dt { color: var(--quiet); }
    dd { margin: 0; }
    body:has(#show-failed:checked) :is(td, section):not(.failed), body:has(#show-failed:checked) tr:not(:has(td.failed)),
    body:has(#show-holds:checked) :is(td, section):not(.holds), body:has(#show-holds:checked) tr:not(:has(td.holds)),
    body:has(#show-broken:checked) :is(td, section):not(.broken), body:has(#show-broken:checked) tr:not(:has(td.broken)),
    body:has(#show-other:checked) :is(td, section):not(.other), body:has(#show-other:checked) tr:not(:has(td.other)) {
      display: none; }
    @media (max-width: 48rem) { body { margin: 1rem; } th { flex-basis: 100%; } dl { grid-template-columns: 1fr; } }
    @media print { fieldset { display: none; } }
    """
}

extension MatrixPage.Kind {
  /// The result in words, in the legend.
  fileprivate var words: String {
    switch self {
    case .holds: "holds"
    case .broken: "broken, as expected"
    case .other: "other"
    }
  }
}
