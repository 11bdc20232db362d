// An explanation drawn by rows: what happens again in every round, a retry that is lost each time or a copy that is
// missing each time, is one box that names its rounds. Only the explanation is drawn like this; the lineage of a run
// keeps its rounds apart.

import Dedalus
import Evaluation
import Indices
import Lineage

extension LineagePicture {
  /// The picture of `explanation`, which compares the runs of `difference`.
  init(of explanation: Explanation, in difference: Difference) {
    var builder = ExplanationPictureBuilder(explanation, difference)
    builder.placeBoxes()
    builder.connectBoxes()
    builder.labelBoxes()
    self = builder.picture
  }
}

private struct ExplanationPictureBuilder {
  var picture = LineagePicture()

  private let explanation: Explanation
  private let difference: Difference
  private let goodMessages: [FiringID: Message]
  private var boxOfCause: [CauseID: PictureNodeID] = [:]
  private var boxes: [BoxKey: PictureNodeID] = [:]
  private var firingNodes: [FiringKey: PictureNodeID] = [:]
  private var details: [PictureNodeID: BoxDetails] = [:]
  private var sendings: [SendingKey: Set<Round>] = [:]
  private var sendingOrder: [SendingKey] = []

  /// What is one box.
  private enum BoxKey: Hashable {
    case missing(RowID), held(RowID), added(RowID)
    case absent(RelationID, [Constant?])
  }

  /// Firings of one rule from the same boxes to the same box.
  private struct FiringKey: Hashable {
    let rule: RuleID
    let head: PictureNodeID
    let causes: [PictureNodeID]
  }

  /// A message that is lost, perhaps in several rounds.
  private struct SendingKey: Hashable {
    let tail: PictureNodeID
    let head: PictureNodeID
    let sender: NodeID?
    let receiver: NodeID
  }

  /// What the second line of a box is made of.
  private struct BoxDetails {
    var prefix = ""
    var rounds: Set<Round> = []
    var places: [String] = []
  }

  init(_ explanation: Explanation, _ difference: Difference) {
    self.explanation = explanation
    self.difference = difference
    goodMessages = Dictionary(
      difference.good.messages.map { ($0.firing, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Boxes

  mutating func placeBoxes() {
    for id in explanation.nodes.indices {
      switch explanation.nodes[id] {
      case .missing(let tuple): placeTuple(tuple, of: difference.good, .missing, id)
      case .held(let tuple): placeTuple(tuple, of: difference.good, .tuple, id)
      case .added(let tuple):
        if difference.bad.fault(toldBy: difference.bad.store.row(of: tuple)) == nil {
          placeTuple(tuple, of: difference.bad, .added, id)
        }
      case .absent(let absence): placeAbsence(difference.bad.absence(absence), id)
      case .fault(let fault): boxOfCause[id] = picture.node(of: fault, in: difference.bad)
      case .blocked, .enabled: continue
      }
      if id.position < explanation.rootCount, let box = boxOfCause[id] {
        picture.update(box) { $0.isRoot = true }
      }
    }
    for id in explanation.nodes.indices {
      guard case .added = explanation.nodes[id], boxOfCause[id] == nil else { continue }
      boxOfCause[id] = explanation.causes[id].first.flatMap { boxOfCause[$0] }
    }
  }

  private mutating func placeTuple(
    _ tuple: TupleID, of execution: Execution, _ kind: LineagePicture.Node.Kind, _ id: CauseID
  ) {
    let row = execution.store.row(of: tuple)
    let key: BoxKey =
      switch kind {
      case .missing: .missing(row)
      case .added: .added(row)
      default: .held(row)
      }
    let isRow = execution.schema[execution.store.relation(of: row)].aggregateRule != nil
    let box = box(
      key,
      LineagePicture.Node(
        kind: kind, lines: [execution.label(of: row)], round: nil,
        location: isRow ? nil : execution.constants.node(execution.store.symbol(row, 0))))
    note(execution.store.round(of: tuple), at: box, kind)
    boxOfCause[id] = box
  }

  private mutating func placeAbsence(_ absence: Absence, _ id: CauseID) {
    let box = box(
      .absent(absence.relation, absence.pattern),
      LineagePicture.Node(
        kind: .absence, lines: [difference.bad.label(of: absence)], round: nil, location: nil))
    note(absence.round, at: box, .absence)
    boxOfCause[id] = box
  }

  private mutating func box(_ key: BoxKey, _ node: LineagePicture.Node) -> PictureNodeID {
    if let box = boxes[key] { return box }
    let box = picture.add(node)
    boxes[key] = box
    return box
  }

  private mutating func note(_ round: Round, at box: PictureNodeID, _ kind: LineagePicture.Node.Kind) {
    details[box, default: BoxDetails()].rounds.insert(round)
    switch kind {
    case .missing: details[box]?.prefix = "missing in "
    case .added: details[box]?.prefix = "only under the faults, "
    default: details[box]?.prefix = ""
    }
  }

  // MARK: Arrows

  mutating func connectBoxes() {
    for id in explanation.nodes.indices {
      guard let head = boxOfCause[id] else { continue }
      for cause in explanation.causes[id] {
        switch explanation.nodes[cause] {
        case .blocked(let firing): connect(cause, firing, of: difference.good, to: head)
        case .enabled(let firing): connect(cause, firing, of: difference.bad, to: head)
        default: if let tail = boxOfCause[cause], tail != head { picture.connect(tail, head, .cut("")) }
        }
      }
    }
    for key in sendingOrder {
      let names = difference.good.setting.nodes
      let rounds = text(of: sendings[key] ?? [])
      let sender = key.sender.map { names[$0].string } ?? "_"
      let text = "\(sender)→\(names[key.receiver]) @\(rounds)"
      picture.connect(key.tail, key.head, .message(text), isMissing: true)
    }
  }

  private mutating func connect(
    _ id: CauseID, _ firing: FiringID, of execution: Execution, to head: PictureNodeID
  ) {
    let causes = explanation.causes[id].filter { boxOfCause[$0] != head }
    let tails = causes.compactMap { boxOfCause[$0] }
    guard !tails.isEmpty else { return }
    let isBlocked = if case .blocked = explanation.nodes[id] { true } else { false }
    let held = tails.filter { picture.nodes[$0].kind == .tuple }
    let message = isBlocked && !held.isEmpty ? goodMessages[firing] : nil
    let place = execution.place(of: execution.rule(of: firing))
    var target = head
    if isBlocked && tails.count > 1 && !(message != nil && held.count == 1) {
      target = firingNode(
        FiringKey(rule: execution.rule(of: firing), head: head, causes: tails), place)
      if message == nil { picture.connect(target, head, .premise, isMissing: true) }
    } else if details[head]?.places.contains(place) == false {
      details[head]?.places.append(place)
    }
    for tail in tails {
      connect(tail, to: target, isBlocked: isBlocked, isMessage: message != nil && target == head)
    }
    if let message { note(message, from: target == head ? held[0] : target, to: head) }
  }

  private mutating func connect(
    _ tail: PictureNodeID, to target: PictureNodeID, isBlocked: Bool, isMessage: Bool
  ) {
    switch picture.nodes[tail].kind {
    case .fault, .added: picture.connect(tail, target, isBlocked ? .cut("") : .premise)
    case .absence: picture.connect(tail, target, .absence)
    case .tuple where isMessage: return
    default: picture.connect(tail, target, .premise, isMissing: isBlocked)
    }
  }

  private mutating func firingNode(_ key: FiringKey, _ place: String) -> PictureNodeID {
    if let node = firingNodes[key] { return node }
    let node = picture.add(
      LineagePicture.Node(kind: .firing, lines: [place], round: nil, location: nil))
    firingNodes[key] = node
    return node
  }

  private mutating func note(_ message: Message, from tail: PictureNodeID, to head: PictureNodeID) {
    let key = SendingKey(tail: tail, head: head, sender: message.sender, receiver: message.receiver)
    if sendings[key] == nil { sendingOrder.append(key) }
    sendings[key, default: []].insert(message.sent)
  }

  // MARK: Second lines

  mutating func labelBoxes() {
    for (box, details) in details.sorted(by: { $0.key < $1.key }) {
      let noun = details.rounds.count == 1 ? "round" : "rounds"
      let place = details.places.count == 1 ? "   \(details.places[0])" : ""
      picture.update(box) { $0.lines.append("\(details.prefix)\(noun) \(text(of: details.rounds))\(place)") }
    }
  }
}

/// `rounds` in few words: "2, 4–6".
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
