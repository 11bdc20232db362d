import Evaluation
import Scenarios
import Search

/// The list of the runs of an analysis, from which a reader of the page chooses one.
struct RunList {
  /// A line of the list.
  struct Line {
    fileprivate let number: Int
    fileprivate let kind: ReportedAnalysis.Run.Kind
    fileprivate let scenario: Scenario
    /// What is chosen, in words; empty where the program leaves nothing open.
    fileprivate let choice: String
    fileprivate let what: String
    fileprivate let fingerprint: RunFingerprint?

    /// The line of `run`, in words; with a fingerprint where equal runs are to be found.
    init(_ run: ReportedAnalysis.Run, what: String, hasFingerprint: Bool) {
      number = run.number
      kind = run.kind
      scenario = run.execution.scenario
      choice =
        run.execution.program.choices.isEmpty
        ? "" : run.execution.inputs.phrase.map { "with \($0)" } ?? "with nothing chosen"
      self.what = what
      fingerprint = hasFingerprint ? RunFingerprint(run.execution) : nil
    }
  }

  private let lines: [Line]
  private let bounds: Bounds
  private let view: CrashView
  private var nodes: Nodes { bounds.nodes }

  /// The list of `lines`, of an analysis within `bounds`.
  init(_ lines: [Line], within bounds: Bounds, _ view: CrashView) {
    (self.lines, self.bounds, self.view) = (lines, bounds, view)
  }

  /// The items of the list, in the order of their first runs.
  func items() -> Markup {
    var list = Markup()
    let counterexamples = lines.indices.filter { lines[$0].kind == .counterexample }
    let items = bounds.isOfThePaper ? crashes(counterexamples) : disguises(counterexamples)
    for place in lines.indices {
      let item = items[place] ?? Item(members: [place])
      guard place == item.members.min() else { continue }
      list.begin("li", ["data-role": lines[place].kind.rawValue])
      for (position, member) in item.shown.enumerated() {
        write(lines[member], position == 0 ? item.group : nil, &list)
      }
      if !item.hidden.isEmpty {
        list.begin("details")
        list.element("summary", text: item.words)
        for member in item.hidden { write(lines[member], nil, &list) }
        list.end()
      }
      list.end()
    }
    return list
  }

  /// An item of the list.
  private struct Item {
    /// The lines of the item.
    let members: [Int]
    /// Those that are shown, in this order.
    var shown: [Int]
    /// Those that are shown on demand.
    var hidden: [Int] = []
    /// What those on demand are.
    var words = ""
    /// Why the lines are one item, where they differ in the round of a crash.
    var group: CrashGroup?

    init(members: [Int]) { (self.members, shown) = (members, members) }
  }

  /// Counterexamples that differ only in the round of one crash share an item; the one with the latest crash
  /// comes first.
  private func crashes(_ counterexamples: [Int]) -> [Int: Item] {
    var items: [Int: Item] = [:]
    for group in CrashGroup.groups(of: counterexamples.map { lines[$0].scenario }) {
      var item = Item(members: group.members.map { counterexamples[$0] })
      item.shown = item.members.reversed()
      item.group = group
      for member in item.members { items[member] = item }
    }
    return items
  }

  /// Counterexamples with the same run, and harsher forms of them, share an item.
  private func disguises(_ counterexamples: [Int]) -> [Int: Item] {
    var items: [Int: Item] = [:]
    let members = counterexamples.map { (set: lines[$0].scenario, run: lines[$0].fingerprint) }
    for group in Disguise.groups(of: members, view) {
      var item = Item(members: ([group.shown] + group.alike + group.harsher).map { counterexamples[$0] })
      item.shown = [counterexamples[group.shown]]
      item.hidden = (group.alike + group.harsher).map { counterexamples[$0] }
      let alike = group.alike.isEmpty ? [] : ["\(group.alike.count) with the same run"]
      let harsher = group.harsher.isEmpty ? [] : ["\(group.harsher.count) in harsher forms"]
      item.words = "and " + (alike + harsher).joined(separator: ", ")
      for member in item.members { items[member] = item }
    }
    return items
  }

  private func write(_ line: Line, _ group: CrashGroup?, _ list: inout Markup) {
    list.begin("button", ["type": "button", "data-run": "\(line.number)"])
    list.element("span", ["class": "what"], text: "Run \(line.number): \(line.what)")
    let which = line.scenario.faults.faults.map { fault in
      guard let group, group.varies(fault), let node = group.node else { return nodes.text(of: fault) }
      return "\(fault.meaning.word) \(nodes[node]) @\(group.roundsText)"
    }
    let words = which.isEmpty ? "what should happen" : which.joined(separator: ", ")
    list.element(
      "span", ["class": "which"], text: line.choice.isEmpty ? words : "\(words), \(line.choice)")
    list.end()
  }
}
