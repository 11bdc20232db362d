import Answers
import Dedalus
import Documents
import Evaluation
import Scenarios
import Texts

extension Report {
  /// The minimal sets, one per line, and what most of them have in common; `limit` is the reason why the list
  /// is not complete.
  func minimalSetsText(_ sets: MinimalSets, _ limit: Limit?) -> String {
    let elements = sets.elements
    let total = elements.reduce(0) { $0 + $1.renamings }
    let count =
      sets.isComplete
      ? "All minimal fault sets: \(elements.count)"
      : "Minimal fault sets: the first\(elements.count == 1 ? "" : " \(elements.count)")"
    let hidden =
      total > elements.count
      ? ", with \(total - elements.count) more that \(total - elements.count == 1 ? "differs" : "differ") by the "
        + "names of nodes only"
      : ""
    let rest =
      sets.isComplete
      ? "proved that there are no others"
      : "there may be others" + (limit.map { " (\($0.words))" } ?? "")
    var text = "\n\(count), each confirmed by a run\(hidden); \(rest).\n"
    text += list(elements)
    text += "\nHow many of them contain\n"
    text += line("fault", sets.byFault) { $0.text(nodes) }
    text += line("link", sets.byLink) { "\(nodes[$0.sender]) to \(nodes[$0.receiver])" }
    text += line(question.bounds.isOfThePaper ? "crash of" : "node", sets.byNode) { nodes[$0].string }
    text += line("round", sets.byRound) { "\($0.rawValue)" }
    return text
  }

  /// The sets, line by line. Those that are later forms of another one are only counted.
  private func list(_ elements: [BreakingSet]) -> String {
    let origins = LaterForms(in: elements.map(\.scenario)).origins
    let first = elements.indices.filter { origins[$0] == nil }
    var later: [Int: Int] = [:]
    for case let origin? in origins { later[origin, default: 0] += 1 }
    var notes =
      hasChoices
      ? "A set is listed once, with the first inputs that go with it; it may break with others, too.\n" : ""
    if !later.isEmpty {
      notes += "Sets that are another one in later rounds, faults and inputs alike, are counted behind it.\n"
    }
    let lines =
      question.bounds.isOfThePaper
      ? groupedByCrash(first.map { elements[$0] }) : folded(first.map { elements[$0] })
    if lines.all.count < first.count { notes += lines.note }
    return notes
      + lines.all.map { line in
        let count = line.members.map { later[first[$0]] ?? 0 }.reduce(0, +)
        let moved = count == 0 ? [] : ["and \(count) that \(count == 1 ? "is" : "are") the same, later"]
        let behind = (line.behind + moved).joined(separator: ", ")
        return "  \(line.text)\(behind.isEmpty ? "" : "  (\(behind))")\n"
      }.joined()
  }

  /// A line of the list: sets that are shown as one.
  private struct Line {
    /// The numbers of the sets.
    let members: [Int]
    let text: String
    /// What is told of those that do not show.
    var behind: [String] = []
  }

  /// Sets that differ only in the round of one crash share a line.
  private func groupedByCrash(_ elements: [BreakingSet]) -> (note: String, all: [Line]) {
    let lines = CrashGroup.groups(of: elements.map(\.scenario)).map {
      Line(members: $0.members, text: text(of: $0, elements))
    }
    return ("Sets that differ only in the round of one crash share a line.\n", lines)
  }

  /// A line for each effect: sets with the same run share one, and harsher forms are counted behind it.
  private func folded(_ elements: [BreakingSet]) -> (note: String, all: [Line]) {
    let groups = Disguise.groups(of: elements.map { ($0.scenario, $0.fingerprint) }, question.crashView)
    let lines = groups.map { group in
      let shown = elements[group.shown]
      let faults = shown.faults.faults.map { $0.text(nodes).showingEverything }
      var line = Line(
        members: [group.shown] + group.alike + group.harsher,
        text: faults.joined(separator: ", ") + inputs(of: shown))
      if !group.alike.isEmpty {
        line.behind.append("\(counted(group.alike.count, "other set")) with the same run")
      }
      if !group.harsher.isEmpty {
        line.behind.append(
          "and \(group.harsher.count) that \(group.harsher.count == 1 ? "is a harsher form" : "are harsher forms")"
        )
      }
      return line
    }
    return ("Sets with the same run share a line; harsher forms of a set are counted behind it.\n", lines)
  }

  /// What is chosen, behind the faults of a line.
  private func inputs(of set: BreakingSet) -> String { hasChoices ? ", \(set.inputs.words)" : "" }

  /// The faults of one set, or of several sets that differ in the round of a crash.
  private func text(of group: CrashGroup, _ sets: [BreakingSet]) -> String {
    let first = sets[group.members[0]]
    return first.faults.faults.map { fault in
      guard group.varies(fault), let node = group.node else { return fault.text(nodes) }
      return "\(fault.meaning.word) \([nodes[node]].nodeList) from round \(group.roundsText)"
    }.map(\.showingEverything).joined(separator: ", ") + inputs(of: first)
  }

  /// The most frequent subjects, as in `  link      a to b 3, a to c 1`.
  private func line<Subject>(
    _ name: String, _ occurrences: [MinimalSets.Occurrence<Subject>], _ words: (Subject) -> String
  ) -> String {
    guard !occurrences.isEmpty else { return "" }
    let shown = occurrences.prefix(6).map { "\(words($0.subject).showingEverything): \($0.count)" }
    let rest = occurrences.count > 6 ? ", \(occurrences.count - 6) more" : ""
    return "  \(name.padded(to: 10))\(shown.joined(separator: ", "))\(rest)\n"
  }

  /// The counterexamples of the document: all minimal sets where they were asked for. A baseline that
  /// violates rows is one, too, without faults.
  var counterexamplesJSON: JSON {
    switch answer.finding {
    case .counterexample(_, let sets?, _, _) where !sets.elements.isEmpty:
      let smallest = sets.elements.first?.faults.count
      return .array(
        sets.elements.map {
          json($0.scenario, isMinimum: $0.faults.count == smallest, $0.violations)
        })
    case .counterexample(let first, _, _, _):
      return [json(first.execution.scenario, isMinimum: first.minimum, first.violations)]
    case .badBaseline(let violations) where !violations.isEmpty:
      return [json(Scenario(.none, answer.inputs), isMinimum: true, violations)]
    case .holds, .inconclusive, .badBaseline, .error: return []
    }
  }

  /// Whether the list is complete, and how often each subject occurs in the sets; nil where the list was not
  /// asked for.
  var minimalSetsJSON: JSON? {
    guard let sets = answer.minimalSets else { return nil }
    var members: [JSON.Member] = [.init(key: "complete", value: .bool(sets.isComplete))]
    if hasChoices {
      let origins = LaterForms(in: sets.elements.map(\.scenario)).origins
      members.append(.init(key: "inputs", value: "first"))
      members.append(.init(key: "laterThan", value: .array(origins.map { $0.map { .integer($0) } ?? .null })))
    }
    if answer.renamings != nil {
      let renamed = sets.elements.map { JSON.integer($0.renamings) }
      members.append(.init(key: "renamings", value: .array(renamed)))
    }
    return .object(members + occurrencesJSON(sets))
  }

  private func occurrencesJSON(_ sets: MinimalSets) -> [JSON.Member] {
    let counts: JSON = [
      "byFault": counts(sets.byFault) { [.init(key: "fault", value: JSON($0, nodes: nodes))] },
      "byLink": counts(sets.byLink) {
        [
          .init(key: "from", value: .string(nodes[$0.sender].string)),
          .init(key: "to", value: .string(nodes[$0.receiver].string)),
        ]
      },
      "byNode": counts(sets.byNode) { [.init(key: "node", value: .string(nodes[$0].string))] },
      "byRound": counts(sets.byRound) { [.init(key: "round", value: .integer($0.position))] },
    ]
    return counts.members
  }

  private func counts<Subject>(
    _ occurrences: [MinimalSets.Occurrence<Subject>], _ members: (Subject) -> [JSON.Member]
  ) -> JSON {
    .array(
      occurrences.map { .object(members($0.subject) + [.init(key: "sets", value: .integer($0.count))]) })
  }
}
