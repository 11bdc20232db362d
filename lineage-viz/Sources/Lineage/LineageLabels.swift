import Dedalus
import Evaluation
import Indices
import Scenarios

/// Describes the boxes of a lineage in words.
struct LineageLabels {
  private let whole: LineageBoxes
  /// The run under the faults.
  private let execution: Execution
  private let roots: Set<BoxID>
  private let explained: Set<BoxID>

  init(_ whole: LineageBoxes, _ execution: Execution) {
    self.whole = whole
    self.execution = execution
    roots = Set(whole.lineage.roots.map { whole.boxOfStep[$0] })
    explained = Set(whole.arrows.filter { $0.kind == .cut }.map(\.head))
  }

  func box(_ id: BoxID, isOpen: Bool) -> LineagePicture.Box {
    let members = whole.members[id]
    let principal = whole.lineage.steps[whole.principal(of: id)]
    let subject = whole.lineage.subjects[principal.subject]
    let rounds = Set(
      members.map { whole.lineage.steps[$0] }.filter { $0.kind == principal.kind }.map(\.round))
    return LineagePicture.Box(
      id: id, kind: principal.kind, title: title(of: subject), rounds: rounds, location: principal.location,
      place: principal.kind.isTuple ? place(of: members) : nil,
      isStaying: subjects(deriving: members) == [.staying],
      reason: explained.contains(id) ? nil : reason(for: subject, rounds),
      excluded: principal.excluded, isRoot: roots.contains(id),
      isFrontier: members.contains { whole.lineage.steps[$0].isFrontier }, isOpen: isOpen,
      subject: subject)
  }

  private func title(of subject: Subject) -> String {
    switch subject {
    case .row(let relation, let values):
      let columns = values.map(\.description).joined(separator: ", ")
      guard let rule = execution.schema[relation].aggregateRule else {
        return shortened("\(execution.schema[relation].name)(\(columns))")
      }
      let head = execution.program.relations[execution.program.rules[rule].headRelation]
      let row = values.prefix(head.arity).map(\.description).joined(separator: ", ")
      let sender = values.dropFirst(head.arity).map { " at \($0.description)" }.joined()
      return shortened("row of \(head.name): \(row)\(sender)")
    case .pattern(let relation, let pattern):
      let columns = pattern.map { $0?.description ?? "_" }.joined(separator: ", ")
      return shortened("no \(execution.schema[relation].name)(\(columns))")
    case .rule(let rule): return execution.place(of: rule)
    case .obstacle(let rule, let words):
      return (rule.map { execution.place(of: $0) + ": " } ?? "") + shortened(words)
    case .staying: return "stays"
    case .fault(let fault): return execution.setting.nodes.text(of: fault)
    }
  }

  /// The place of the only rule whose firings are part of the box, or that the row stays.
  private func place(of members: [StepID]) -> String? {
    let subjects = subjects(deriving: members)
    return subjects.count == 1 ? title(of: subjects[0]) : nil
  }

  /// Whether a firing only copies a row, by a rule.
  private func isMereCopy(_ step: StepID) -> Bool {
    let content = whole.lineage.steps[step]
    return content.isCopy && whole.lineage.subjects[content.subject] != .staying
  }

  /// The rules whose firings are part of the box, not counting copies of its own row; a row that stays counts
  /// as such.
  private func subjects(deriving members: [StepID]) -> [Subject] {
    var subjects: [Subject] = []
    for step in members where whole.lineage.steps[step].kind == .firing && !isMereCopy(step) {
      let subject = whole.lineage.subjects[whole.lineage.steps[step].subject]
      if !subjects.contains(subject) { subjects.append(subject) }
    }
    return subjects
  }

  /// Why nothing matches the pattern in `rounds`, told by the rounds in which something does.
  private func reason(for subject: Subject, _ rounds: Set<Round>) -> String? {
    guard case .pattern(let relation, let pattern) = subject else { return nil }
    if let stated = execution.program.statedRelations.first(where: { $0.value == relation })?.key {
      return "no such \(stated.rawValue) happens"
    }
    var matching: Set<Round> = []
    for tuple in execution.store.tuples {
      let row = execution.store.row(of: tuple)
      guard execution.store.relation(of: row) == relation else { continue }
      let matches = zip(execution.values(of: row), pattern).allSatisfy { value, wanted in
        wanted == nil || wanted == value
      }
      if matches { matching.insert(execution.store.round(of: tuple)) }
    }
    matching.subtract(rounds)
    guard let first = matching.min(), let last = matching.max(), let absent = rounds.max() else {
      return "it never holds"
    }
    if first > absent { return "it holds only from round \(first.rawValue) on" }
    return last < absent
      ? "it holds only until round \(last.rawValue)" : "it holds in \(roundsText(matching))"
  }
}

/// `rounds` in words: "round 2", "rounds 2, 4–6".
func roundsText(_ rounds: Set<Round>) -> String {
  "\(rounds.count == 1 ? "round" : "rounds") \(text(of: rounds))"
}

/// `rounds` in short: "2, 4–6".
func text(of rounds: Set<Round>) -> String {
  var ranges: [ClosedRange<UInt32>] = []
  for round in rounds.sorted() {
    if let last = ranges.last, last.upperBound + 1 == round.rawValue {
      ranges[ranges.count - 1] = last.lowerBound...round.rawValue
    } else {
      ranges.append(round.rawValue...round.rawValue)
    }
  }
  return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    .joined(separator: ", ")
}
