// The sentences of a story. They say what happens in the terms of the program, including rows and rule
// places, for readers who know the protocol: "a does not send replicate({"b", "c"}, "a", "x") to b and c, for
// want of …".

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// Puts the events of a plot into words.
struct StorySentences {
  let plot: StoryPlot
  private let execution: Execution
  let marks: FaultMarks

  init(_ plot: StoryPlot, of execution: Execution) {
    self.plot = plot
    marks = FaultMarks(of: execution)
    self.execution = execution
  }

  // MARK: Without faults

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
        ", from \(premises.count > 1 && derivations.count > 1 ? "any of " : "")\(list(premises, isReferring: false))"
    }
    if !obstacles.isEmpty { text += ", for there is no \(list(obstacles, isReferring: false))" }
    return text + "."
  }

  // MARK: Under the faults

  /// What happens in `event` under the faults; further lines are indented.
  func disturbed(_ event: StoryPlot.Event) -> [String] {
    let number = event.number.map { "(\($0)) " } ?? ""
    var lines: [String]
    switch event.kind {
    case .fault:
      let faults = event.boxes.compactMap(\.fault)
      lines = [
        "\(Self.joined(faults.map(beginning)))." + (faults.contains(where: isUnheard) ? Self.unheard : "")
      ]
    case .missing: lines = missing(event)
    default: lines = [present(event)]
    }
    lines[0] = number + lines[0]
    return lines
  }

  private func missing(_ event: StoryPlot.Event) -> [String] {
    let derivations = event.derivations
    let ways = byReason(alike(derivations))
    let rows = rows(event.boxes)
    let verb = isOne(event.boxes) ? "is" : "are"
    guard ways.count == 1, let (reason, way) = ways.first else {
      return ["\(rows) \(verb) missing:"] + ways.map { "  - \($0.reason)\(places($0.way))" }
    }
    guard event.isMessage else { return ["\(rows) \(verb) missing\(places(way)), \(reason)."] }
    let (from, to) = (senders(way), receivers(way))
    if let shift = linkFaults(way).first, shift.meaning.transmission != .loses {
      let come = isOne(event.boxes) ? "comes" : "come"
      return ["\(rows) from \(from) to \(to) \(come) \(shift.lateness)\(places(way))."]
    }
    if !linkFaults(way).isEmpty { return ["\(rows) from \(from) to \(to) \(verb) lost\(places(way))."] }
    if isSent(way) { return ["\(rows) from \(from) to \(to) \(verb) lost\(places(way)), \(reason)."] }
    let not = Self.plural(senders: way, "does", "do")
    return ["\(from) \(not) not send \(rows) to \(to)\(places(way)), \(reason)."]
  }

  /// The derivations grouped by what prevents them. A reason that two rules share is told once, with both
  /// places.
  private func byReason(
    _ ways: [[StoryPlot.Derivation]]
  ) -> [(reason: String, way: [StoryPlot.Derivation])] {
    var found: [(reason: String, way: [StoryPlot.Derivation])] = []
    for way in ways {
      let reason = hindrance(way)
      if let known = found.firstIndex(where: { Text($0.reason) == Text(reason) }) {
        found[known].way += way
      } else {
        found.append((reason, way))
      }
    }
    return found
  }

  /// Why none of the similar `derivations` happens.
  private func hindrance(_ derivations: [StoryPlot.Derivation]) -> String {
    let causes = derivations.flatMap(\.causes)
    let missing = causes.filter { $0.box.kind == .missing && !$0.isAgainst }.map(\.box)
    if !missing.isEmpty { return "for want of \(list(missing))" }
    let held = causes.filter { !$0.isAgainst && $0.box.kind.isTuple }.map(\.box)
    let from = held.isEmpty ? "" : "although \(list(held)) \(isOne(held) ? "holds" : "hold"): "
    let (faults, against) = (
      otherFaults(causes), causes.filter { $0.isAgainst && $0.box.kind.isTuple }.map(\.box)
    )
    let isMessage = derivations.allSatisfy { $0.message != nil }
    if let fault = linkFaults(derivations).first {
      let rounds = roundsText(Set(linkFaults(derivations).map(\.round)))
      let how = fault.meaning.transmission == .loses ? "lost" : fault.lateness
      return "\(how) on the way from \(senders(derivations)) to \(receivers(derivations)) in \(rounds)"
    }
    if !faults.isEmpty { return (isMessage ? "for " : from) + states(of: faults) }
    return from + "\(list(against)) \(isOne(against) ? "stands" : "stand") against it"
  }

  private func present(_ event: StoryPlot.Event) -> String {
    let derivations = event.derivations
    let rows = rows(event.boxes)
    let reasons = reasons(derivations)
    if event.isMessage {
      let send = Self.plural(senders: derivations, "sends", "send")
      return
        "\(senders(derivations)) \(send) \(rows) to \(receivers(derivations))\(places(derivations))\(reasons)."
    }
    if let shift = derivations.first?.shifts.first, derivations.allSatisfy({ $0.shifts == [shift] }) {
      let arrive = isOne(event.boxes) ? "arrives" : "arrive"
      return "\(rows) \(arrive) from \(senders(derivations)), \(shift.lateness)\(places(derivations))."
    }
    if derivations.allSatisfy(\.isStaying), !derivations.isEmpty {
      let faults = otherFaults(derivations.flatMap(\.causes))
      let stay = isOne(event.boxes) ? "stays" : "stay"
      return "\(rows) \(stay)" + (faults.isEmpty ? "" : ", because \(states(of: faults))") + "."
    }
    let verb = isOne(event.boxes) ? "holds" : "hold"
    let how = event.kind == .added ? "now \(verb)" : "\(verb) nevertheless"
    return "\(rows) \(how)\(places(derivations))\(reasons)."
  }

  /// The causes of something that does happen.
  private func reasons(_ derivations: [StoryPlot.Derivation]) -> String {
    let causes = derivations.flatMap(\.causes)
    let held = causes.filter { $0.box.kind.isTuple && !$0.isAgainst }.map(\.box)
    let lost = causes.filter { $0.isAgainst && $0.box.kind.isTuple }.map(\.box)
    let absent = causes.filter { $0.box.kind == .absence && !isAboutFaults($0.box) }.map(\.box)
    var text = held.isEmpty ? "" : ", from \(list(held))"
    if !lost.isEmpty { text += ", without \(list(lost))" }
    if !absent.isEmpty { text += ", for there is \(list(absent))" }
    let late = Self.distinct(derivations.flatMap(\.shifts).map(\.lateness))
    if !late.isEmpty { text += ", which comes \(Self.joined(late))" }
    let faults = otherFaults(causes)
    if !faults.isEmpty { text += ", because \(states(of: faults, \.reason))" }
    return text
  }

  // MARK: Words

  /// Derivations grouped by place and by what prevents them.
  private func alike(_ derivations: [StoryPlot.Derivation]) -> [[StoryPlot.Derivation]] {
    var groups: [[StoryPlot.Derivation]] = []
    var numbers: [Text: Int] = [:]
    for derivation in derivations {
      let against = derivation.causes.filter(\.isAgainst).map(\.box)
      let missing = derivation.causes.filter { $0.box.kind == .missing && !$0.isAgainst }.map {
        relation($0.box)
      }
      let hindrances = against.map { $0.kind == .fault ? faultName($0) : relation($0) } + missing
      let key = Text("\(derivation.place ?? "") \(derivation.message != nil) \(hindrances)")
      if let number = numbers[key] {
        groups[number].append(derivation)
      } else {
        numbers[key] = groups.count
        groups.append([derivation])
      }
    }
    return groups.sorted { Self.beginning($0) < Self.beginning($1) }
  }

  /// The round in which the first cause of `derivations` begins.
  private static func beginning(_ derivations: [StoryPlot.Derivation]) -> Round {
    derivations.flatMap(\.causes).compactMap { $0.box.rounds.min() }.min() ?? Round(1)
  }

  private func relation(_ box: LineagePicture.Box) -> String {
    if case .row(let relation, _) = box.subject { execution.schema[relation].name } else { box.title }
  }

  private func faultName(_ box: LineagePicture.Box) -> String {
    if let fault = box.fault, fault.subject.form == .link { fault.nameOfTransmission } else { box.title }
  }

  private func isAboutFaults(_ box: LineagePicture.Box) -> Bool {
    guard case .pattern(let relation, _) = box.subject else { return false }
    return execution.program.statedRelations.values.contains(relation)
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

  /// `boxes`, with references to the events that tell them.
  private func list(_ boxes: [LineagePicture.Box], isReferring: Bool = true) -> String {
    Self.joined(
      byRelation(boxes).map { group in
        let isAbsent = group[0].kind == .absence
        return (isAbsent ? titles(group) : rows(group))
          + (isReferring ? plot.reference(to: group) : "")
      })
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
