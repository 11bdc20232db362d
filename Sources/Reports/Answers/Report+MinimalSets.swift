import Dedalus
import Documents
import Evaluation
import Scenarios
import Search
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

  /// The sets, line by line. Where each has inputs of its own, none is like another.
  private func list(_ elements: [BreakingSet]) -> String {
    if !question.program.choices.isEmpty {
      return elements.map { set in
        let faults = set.faults.faults.map { $0.text(nodes).showingEverything }.joined(separator: ", ")
        return "  \(faults), \(set.inputs.words)\n"
      }.joined()
    }
    return question.bounds.isOfThePaper ? groupedByCrash(elements) : folded(elements)
  }

  private func groupedByCrash(_ elements: [BreakingSet]) -> String {
    let groups = CrashGroup.groups(of: elements.map(\.faults))
    let note =
      groups.count < elements.count ? "Sets that differ only in the round of one crash share a line.\n" : ""
    return note + groups.map { "  " + line(of: $0, elements) + "\n" }.joined()
  }

  /// A line for each effect: sets with the same run share one, and harsher forms are counted behind it.
  private func folded(_ elements: [BreakingSet]) -> String {
    let groups = Disguise.groups(of: elements.map { ($0.faults, $0.fingerprint) }, question.crashView)
    let note =
      groups.count < elements.count
      ? "Sets with the same run share a line; harsher forms of a set are counted behind it.\n" : ""
    return note
      + groups.map { group in
        let faults = elements[group.shown].faults.faults.map { $0.text(nodes).showingEverything }
        var behind: [String] = []
        if !group.alike.isEmpty {
          behind.append("\(counted(group.alike.count, "other set")) with the same run")
        }
        if !group.harsher.isEmpty {
          behind.append(
            "and \(group.harsher.count) that \(group.harsher.count == 1 ? "is a harsher form" : "are harsher forms")"
          )
        }
        let rest = behind.isEmpty ? "" : "  (\(behind.joined(separator: ", ")))"
        return "  \(faults.joined(separator: ", "))\(rest)\n"
      }.joined()
  }

  /// The faults of one set, or of several sets that differ in the round of a crash.
  private func line(of group: CrashGroup, _ sets: [BreakingSet]) -> String {
    sets[group.members[0]].faults.faults.map { fault in
      guard group.varies(fault), let node = group.node else { return fault.text(nodes) }
      return "\(fault.meaning.word) \([nodes[node]].nodeList) from round \(group.roundsText)"
    }.map(\.showingEverything).joined(separator: ", ")
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
