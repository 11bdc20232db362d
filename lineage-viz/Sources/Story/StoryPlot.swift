// The plot of a story: the boxes of a comparison, similar ones gathered into one event, in the order in which
// they are told: by round, and within a round first what follows from what, then what is sent.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// The events of a comparison and their causes.
struct StoryPlot {
  /// One derivation of a tuple: a rule that fires, or would have fired.
  struct Derivation {
    /// What the rule rests on, and what prevents it from firing.
    let causes: [Cause]
    /// The place of the rule; nil for a fact, and for a row that stays.
    let place: String?
    /// Whether the row stays, because its node does not act.
    let isStaying: Bool
    /// The nodes between which a message is sent, and when.
    let message: (sender: NodeID?, receiver: NodeID, sent: Set<Round>)?

    /// The faults because of which the message comes late, or once more.
    var shifts: [Fault] {
      causes.filter { !$0.isAgainst }.compactMap(\.box.fault).filter { $0.subject.form == .link }
    }
  }

  struct Cause {
    let box: LineagePicture.Box
    /// Whether the cause prevents the rule from firing.
    let isAgainst: Bool
  }

  /// Boxes that are told in one sentence.
  struct Event {
    var boxes: [LineagePicture.Box]
    /// How the boxes are derived, or would have been.
    var derivations: [Derivation]
    let kind: StepKind
    /// The round in whose chapter the event is told.
    let round: Round
    /// Whether its derivations are messages; these are told when they are sent.
    let isMessage: Bool

    /// Its position in a chapter: crashes, then what follows from what, then what is sent.
    fileprivate var phase: Int { kind == .fault ? 0 : isMessage ? 2 : 1 }
  }

  let picture: LineagePicture
  /// The events in the order in which they are told.
  private(set) var events: [Event] = []

  private let boxes: [BoxID: LineagePicture.Box]
  private let arrowsInto: [BoxID: [LineagePicture.Arrow]]

  init(_ picture: LineagePicture) {
    self.picture = picture
    boxes = Dictionary(uniqueKeysWithValues: picture.boxes.map { ($0.id, $0) })
    arrowsInto = Dictionary(grouping: picture.arrows, by: \.head)
    gatherEvents()
  }

  // MARK: How a box comes about

  func derivations(of box: LineagePicture.Box) -> [Derivation] {
    var direct: [LineagePicture.Arrow] = []
    var found: [Derivation] = []
    for arrow in arrowsInto[box.id] ?? [] {
      if let tail = boxes[arrow.tail], tail.kind == .firing {
        let causes = (arrowsInto[tail.id] ?? []).compactMap(cause)
        let isStaying = tail.subject == .staying
        found.append(
          Derivation(
            causes: causes, place: isStaying ? nil : tail.title, isStaying: isStaying,
            message: Self.message(arrow)))
      } else {
        direct.append(arrow)
      }
    }
    if !direct.isEmpty {
      let message = direct.lazy.compactMap(Self.message).first
      found.append(
        Derivation(
          causes: direct.compactMap(cause), place: box.isStaying ? nil : box.place, isStaying: box.isStaying,
          message: message))
    }
    return found
  }

  private func cause(_ arrow: LineagePicture.Arrow) -> Cause? {
    boxes[arrow.tail].map { Cause(box: $0, isAgainst: arrow.kind == .cut) }
  }

  private static func message(
    _ arrow: LineagePicture.Arrow
  ) -> (sender: NodeID?, receiver: NodeID, sent: Set<Round>)? {
    guard case .message(let sender, let receiver) = arrow.kind else { return nil }
    return (sender, receiver, arrow.sent)
  }

  // MARK: Events

  private mutating func gatherEvents() {
    var numbers: [Text: Int] = [:]
    var found: [Event] = []
    for box in inOrderOfDerivation() where isTold(box) {
      for event in parts(of: box) {
        let key = Text("\(event.round.rawValue) \(event.isMessage) " + signature(of: box, event.derivations))
        if let number = numbers[key] {
          found[number].boxes.append(box)
          found[number].derivations += event.derivations
        } else {
          numbers[key] = found.count
          found.append(event)
        }
      }
    }
    let order = found.indices.sorted { left, right in
      (found[left].round, found[left].phase, left) < (found[right].round, found[right].phase, right)
    }
    events = order.map { found[$0] }
  }

  /// `box` as one event, or as several: what is sent in different rounds is told in each of them.
  private func parts(of box: LineagePicture.Box) -> [Event] {
    let derivations = derivations(of: box)
    let beginning = box.rounds.min() ?? Round(1)
    // What comes late is told when it arrives.
    guard !derivations.isEmpty, derivations.allSatisfy({ $0.message != nil && $0.shifts.isEmpty }) else {
      return [
        Event(boxes: [box], derivations: derivations, kind: box.kind, round: beginning, isMessage: false)
      ]
    }
    let rounds = Dictionary(grouping: derivations) { $0.message?.sent.min() ?? beginning }
    return rounds.sorted { $0.key < $1.key }.map { round, derivations in
      Event(boxes: [box], derivations: derivations, kind: box.kind, round: round, isMessage: true)
    }
  }

  /// Whether the box is told. It is not if both runs share it, if it only continues an event, if it is a fact
  /// that a fault takes away, or if it is a fault of a link, which is told with the message.
  private func isTold(_ box: LineagePicture.Box) -> Bool {
    switch box.kind {
    case .firing, .absence: return false
    case .fault: return box.fault.map { $0.subject.form != .link } ?? false
    case .held, .added, .missing:
      let derivations = derivations(of: box)
      return !derivations.isEmpty && (origin(of: box) ?? removal(of: box) == nil || box.isRoot)
    }
  }

  /// The box that `box` only copies into later rounds.
  private func origin(of box: LineagePicture.Box) -> LineagePicture.Box? {
    let derivations = derivations(of: box)
    guard derivations.count == 1, derivations[0].causes.count == 1, let cause = derivations[0].causes.first,
      cause.box.subject == box.subject
    else { return nil }
    return cause.box
  }

  /// The fault because of which the fact `box` is missing, and that nothing else would derive; nil for other
  /// boxes.
  private func removal(of box: LineagePicture.Box) -> LineagePicture.Box? {
    let causes = derivations(of: box).flatMap(\.causes)
    guard box.kind == .missing, causes.count == 1, causes[0].box.fault?.subject.form == .fact else {
      return nil
    }
    return causes[0].box
  }

  /// What boxes of one event have in common: their kind and derivations, apart from values.
  private func signature(of box: LineagePicture.Box, _ derivations: [Derivation]) -> String {
    let ways = derivations.map { derivation in
      let causes = derivation.causes.map { Text("\($0.box.kind) \($0.isAgainst) \(name(of: $0.box))") }
      return Text("\(derivation.place ?? "") \(Set(causes).sorted())")
    }
    return "\(box.kind) \(name(of: box)) \(box.isRoot) \(box.excluded == nil) \(Set(ways).sorted())"
  }

  /// The relation of a box; the words of a fault; one name for what happens to messages in the same way.
  private func name(of box: LineagePicture.Box) -> String {
    switch box.subject {
    case .row(let relation, _), .pattern(let relation, _): "\(relation.rawValue)"
    case .fault(let fault) where fault.subject.form == .link: fault.nameOfTransmission
    default: box.title
    }
  }

  /// The boxes ordered so that causes come before their effects, except for what recurs.
  private func inOrderOfDerivation() -> [LineagePicture.Box] {
    let starts = picture.boxes.sorted {
      ($0.rounds.min() ?? Round(1), $0.id) < ($1.rounds.min() ?? Round(1), $1.id)
    }
    var order: [LineagePicture.Box] = []
    var seen: Set<BoxID> = []
    for start in starts {
      var pending = [(box: start, isOpen: false)]
      while let (box, isOpen) = pending.popLast() {
        if isOpen {
          order.append(box)
          continue
        }
        guard seen.insert(box.id).inserted else { continue }
        pending.append((box, true))
        for arrow in (arrowsInto[box.id] ?? []).reversed() {
          if let tail = boxes[arrow.tail], !seen.contains(tail.id) { pending.append((tail, false)) }
        }
      }
    }
    return order
  }
}

extension LineagePicture.Box {
  /// The fault that the box is about; nil for any other box.
  var fault: Fault? {
    if case .fault(let fault) = subject { fault } else { nil }
  }
}

extension Fault {
  /// A name that faults share which do the same to messages.
  var nameOfTransmission: String {
    switch meaning.transmission {
    case .loses: "loss"
    case .delays: "late \(extent)"
    case .repeats: "again \(extent)"
    case nil: meaning.name
    }
  }
}
