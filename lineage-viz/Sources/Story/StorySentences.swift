// The sentences about the run without faults. They say what happens in the terms of the program, including
// rows and rule places, for readers who know the protocol: "a sends replicate("b", "a", "x") and
// replicate("c", "a", "x") to b and c".

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// Puts the events of a plot into words.
struct StorySentences {
  private let execution: Execution

  init(of execution: Execution) { self.execution = execution }

  /// What happens without faults in `event`, which the faults prevent.
  func undisturbed(_ event: StoryPlot.Event) -> String {
    let derivations = event.derivations
    let (rows, place) = (rows(event.boxes), places(derivations))
    if event.isMessage {
      return "\(senders(derivations)) \(Self.plural(senders: derivations, "sends", "send")) \(rows) "
        + "to \(receivers(derivations))\(place)."
    }
    let causes = derivations.flatMap(\.causes).filter { $0.box.kind.isTuple && $0.box.excluded == nil }
    let premises = causes.filter { !$0.isAgainst && $0.box.kind != .added }.map(\.box)
    let obstacles = causes.filter(\.isAgainst).map(\.box)
    var text = "\(rows) \(isOne(event.boxes) ? "holds" : "hold")\(place)"
    if event.boxes.contains(where: \.isRoot), !premises.isEmpty {
      text +=
        ", from \(premises.count > 1 && derivations.count > 1 ? "any of " : "")\(list(premises))"
    }
    if !obstacles.isEmpty { text += ", for there is no \(list(obstacles))" }
    return text + "."
  }

  // MARK: Words

  private func relation(_ box: LineagePicture.Box) -> String {
    if case .row(let relation, _) = box.subject { execution.schema[relation].name } else { box.title }
  }

  private func places(_ derivations: [StoryPlot.Derivation]) -> String {
    let places = Self.distinct(derivations.compactMap(\.place).map { Text($0) }).map(\.string)
    return places.isEmpty ? "" : " [\(places.joined(separator: ", "))]"
  }

  private func senders(_ derivations: [StoryPlot.Derivation]) -> String {
    Self.joined(Self.senderNames(derivations).map { $0.map(name) ?? "_" })
  }

  private func receivers(_ derivations: [StoryPlot.Derivation]) -> String {
    Self.joined(Self.distinct(derivations.compactMap(\.message?.receiver).sorted()).map(name))
  }

  private static func senderNames(_ derivations: [StoryPlot.Derivation]) -> [NodeID?] {
    Self.distinct(
      derivations.compactMap(\.message).map(\.sender).sorted { ($0?.rawValue ?? 0) < ($1?.rawValue ?? 0) })
  }

  private static func plural(senders: [StoryPlot.Derivation], _ one: String, _ many: String) -> String {
    senderNames(senders).count == 1 ? one : many
  }

  func name(_ node: NodeID) -> String {
    shortened(execution.setting.nodes[node].string.showingEverything, to: 40)
  }

  private func isOne(_ boxes: [LineagePicture.Box]) -> Bool { Set(boxes.map(\.subject)).count == 1 }

  private func list(_ boxes: [LineagePicture.Box]) -> String {
    Self.joined(byRelation(boxes).map { group in group[0].kind == .absence ? titles(group) : rows(group) })
  }

  private func byRelation(_ boxes: [LineagePicture.Box]) -> [[LineagePicture.Box]] {
    var groups: [[LineagePicture.Box]] = []
    for box in boxes {
      let name = Text(relation(box))
      let isAbsent = box.kind == .absence
      if let position = groups.firstIndex(where: {
        ($0[0].kind == .absence) == isAbsent && Text(relation($0[0])) == name
      }) {
        groups[position].append(box)
      } else {
        groups.append([box])
      }
    }
    return groups
  }

  private func rows(_ boxes: [LineagePicture.Box]) -> String {
    var values: [[Constant]] = []
    for box in boxes {
      guard case .row(let relation, let columns) = box.subject,
        execution.schema[relation].aggregateRule == nil
      else { return titles(boxes) }
      values.append(columns)
    }
    return RowGroup(name: relation(boxes[0]), rows: values).text
  }

  private func titles(_ boxes: [LineagePicture.Box]) -> String {
    Self.joined(Self.distinct(boxes.map { Text($0.title.showingEverything) }).map(\.string))
  }

  static func distinct<Element: Equatable>(_ elements: [Element]) -> [Element] {
    var found: [Element] = []
    for element in elements where !found.contains(element) { found.append(element) }
    return found
  }

  /// The parts in a list such as `a, b and c`.
  static func joined(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
