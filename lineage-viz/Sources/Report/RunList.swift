import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Search
import Texts

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
    /// What it breaks.
    fileprivate let broken: Set<Broken>

    /// The line of `run`, in words, which breaks what `violations` say; with a fingerprint where equal runs
    /// are to be found.
    init(
      _ run: ReportedAnalysis.Run, what: String, breaking violations: [Violation], hasFingerprint: Bool
    ) {
      broken = Set(violations.map { Broken(property: $0.property, row: $0.row) })
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

  /// A violated row, in whichever round.
  struct Broken: Hashable, Comparable {
    let property: String
    let row: [Constant]

    static func < (left: Self, right: Self) -> Bool {
      left.property == right.property
        ? left.row.lexicographicallyPrecedes(right.row) : left.property < right.property
    }
  }

  private let lines: [Line]
  private let question: Question
  private var bounds: Bounds { question.bounds }
  private var nodes: Nodes { bounds.nodes }
  private let renamings: [Renaming]

  /// The largest number of fault sets that are renamed, all together.
  private static let mostRenamed = 50_000

  /// The list of `lines`, of an analysis of `question`.
  init(_ lines: [Line], of question: Question) {
    (self.lines, self.question) = (lines, question)
    let symmetry = Symmetry(
      of: question.program, nodes: question.bounds.nodes, sparing: question.bounds.budgets.spared)
    let isBearable = symmetry.renamings.count * lines.count <= Self.mostRenamed
    renamings = isBearable ? symmetry.renamings : Array(symmetry.renamings.prefix(1))
  }

  /// The items of the list, in the order of their first runs.
  func items() -> Markup {
    var list = Markup()
    let counterexamples = lines.indices.filter { lines[$0].kind == .counterexample }
    let items = renamed(bounds.isOfThePaper ? crashes(counterexamples) : disguises(counterexamples))
    var meanings: Set<[Broken]> = []
    let differs = Set(counterexamples.map { meaning(of: lines[$0]) }).count > 1
    for place in order(of: items) {
      let item = items[place] ?? Item(members: [place])
      let meaning = meaning(of: lines[place])
      if differs, lines[place].kind == .counterexample, meanings.insert(meaning).inserted {
        list.element("li", ["class": "meaning"], text: words(for: lines[place].broken))
      }
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
    for group in Disguise.groups(of: members, question.crashView) {
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

  // MARK: What means the same

  /// The first lines of all items: those that break the same stand together, in the order of the first.
  private func order(of items: [Int: Item]) -> [Int] {
    let firsts = lines.indices.filter { $0 == (items[$0]?.members.min() ?? $0) }
    var rank: [[Broken]: Int] = [:]
    for place in firsts where lines[place].kind == .counterexample {
      let meaning = meaning(of: lines[place])
      if rank[meaning] == nil { rank[meaning] = rank.count }
    }
    func key(_ place: Int) -> (Int, Int, Int) {
      switch lines[place].kind {
      case .baseline: (0, 0, place)
      case .counterexample: (1, rank[meaning(of: lines[place])] ?? 0, place)
      case .trial: (2, 0, place)
      }
    }
    return firsts.sorted { key($0) < key($1) }
  }

  /// What `line` breaks, the same for all whose nodes can be renamed to break it.
  private func meaning(of line: Line) -> [Broken] {
    let images = renamings.map { renaming in
      Set(
        line.broken.map { broken in
          Broken(property: broken.property, row: broken.row.map { renaming.constant($0, in: nodes) })
        }
      ).sorted()
    }
    return images.min { $0.lexicographicallyPrecedes($1) } ?? []
  }

  private func words(for broken: Set<Broken>) -> String {
    let shown = broken.sorted().prefix(2).map { broken in
      "\(broken.property)(\(broken.row.map(\.description).joined(separator: ", ")))"
    }
    let rest = broken.count - shown.count
    return "breaks " + shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// Items joined whose first fault sets are renamings of each other: of these, only the first is shown.
  private func renamed(_ items: [Int: Item]) -> [Int: Item] {
    guard renamings.count > 1, question.program.choices.isEmpty else { return items }
    var classes: [FaultSet: [Item]] = [:]
    for place in items.keys.sorted() {
      guard let item = items[place], place == item.members.min() else { continue }
      let images = renamings.map { $0.faults(lines[item.shown[0]].scenario.faults) }
      let first = images.min { $0.faults.lexicographicallyPrecedes($1.faults) }
      if let first { classes[first, default: []].append(item) }
    }
    var joined = items
    for members in classes.values where members.count > 1 {
      var item = Item(members: members.flatMap(\.members))
      item.shown = members[0].shown
      item.group = members[0].group
      item.hidden = members[0].hidden + members.dropFirst().flatMap { $0.shown + $0.hidden }
      item.words =
        "and " + counted(members.count - 1, "renaming") + " of the same"
        + (members[0].hidden.isEmpty ? "" : ", \(members[0].words.dropFirst(4))")
      for member in item.members { joined[member] = item }
    }
    return joined
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
