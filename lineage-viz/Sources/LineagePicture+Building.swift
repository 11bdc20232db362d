// Two things make the picture smaller than the derivation graph without changing what is reachable from what:
// - a chain of plain frame copies (the same row in consecutive rounds, each resting on the one before and on nothing
//   else) is one box, "rounds 2–6". It is entered at its first round only, so no path is lost and none is made up;
// - a firing that is the only one of its tuple is not drawn: arrows into a box mean "all of these". Where a tuple has
//   several firings, each is drawn: arrows from firings mean "any one of these".

import Dedalus
import Evaluation
import Indices
import Lineage

extension LineagePicture {
  /// The picture of `graph`, the lineage of something in `execution`. With `difference`, whose bad run it is, the
  /// faults are drawn that account for what is absent.
  init(of graph: DerivationGraph, in execution: Execution, against difference: Difference? = nil) {
    var builder = LineagePictureBuilder(graph, execution, difference)
    builder.placeTuples()
    builder.placeAbsences()
    builder.connectTuples()
    self = builder.picture
  }
}

/// Turns a derivation graph into a picture.
private struct LineagePictureBuilder {
  var picture = LineagePicture()

  private let graph: DerivationGraph
  private let execution: Execution
  private let difference: Difference?
  private let messages: [FiringID: Message]
  /// The last round of each box that stands for several.
  private var lastRounds: [PictureNodeID: Round] = [:]

  init(_ graph: DerivationGraph, _ execution: Execution, _ difference: Difference?) {
    self.graph = graph
    self.execution = execution
    self.difference = difference
    messages = Dictionary(
      execution.messages.map { ($0.firing, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Boxes

  /// In order of derivation, so that the first tuple of a chain has its box before the others join it.
  mutating func placeTuples() {
    let tuples = graph.nodes.indices
      .compactMap { id in if case .tuple(let tuple) = graph.nodes[id] { (id: id, tuple: tuple) } else { nil }
      }
      .sorted { $0.tuple < $1.tuple }
    for (id, tuple) in tuples {
      if let source = frameSource(of: id), let box = picture.boxes[source] {
        picture.boxes[id] = box
        lastRounds[box] = execution.store.round(of: tuple)
      } else {
        picture.boxes[id] = placeTuple(tuple)
      }
      if id.position < graph.rootCount, let box = picture.boxes[id] {
        picture.update(box) { $0.isRoot = true }
      }
    }
    for (box, last) in lastRounds.sorted(by: { $0.key < $1.key }) {
      picture.update(box) { $0.lines[1] = "rounds \($0.round?.rawValue ?? 0)–\(last.rawValue)" }
    }
  }

  private mutating func placeTuple(_ tuple: TupleID) -> PictureNodeID {
    let store = execution.store
    let row = store.row(of: tuple)
    let round = store.round(of: tuple)
    let isRow = execution.schema[store.relation(of: row)].aggregateRule != nil
    return picture.add(
      LineagePicture.Node(
        kind: .tuple, lines: [execution.label(of: row), "round \(round.rawValue)"], round: round,
        location: isRow ? nil : execution.constants.node(store.symbol(row, 0))))
  }

  /// The tuple that `id` is a plain copy of and nothing else.
  private func frameSource(of id: DerivationNodeID) -> DerivationNodeID? {
    guard graph.supports[id].count == 1, let support = graph.supports[id].first,
      case .firing(let firing) = graph.nodes[support], execution.copiedTuple(of: firing) != nil
    else { return nil }
    return graph.supports[support].first
  }

  mutating func placeAbsences() {
    for id in graph.nodes.indices {
      guard case .absence(let number) = graph.nodes[id] else { continue }
      let absence = execution.absence(number)
      let box = picture.add(
        LineagePicture.Node(
          kind: .absence, lines: [execution.label(of: absence), "round \(absence.round.rawValue)"],
          round: absence.round, location: nil))
      picture.boxes[id] = box
      for fault in faults(behind: number, id) {
        picture.connect(picture.node(of: fault, in: execution), box, .cut(""))
      }
    }
  }

  /// The faults that account for an absence: all of them where the good run is known, else those that lost a message
  /// that would have matched.
  private func faults(behind absence: AbsenceID, _ id: DerivationNodeID) -> [Fault] {
    if let difference { return Explanation(of: [.absent(absence)], in: difference).faults }
    return graph.supports[id].compactMap { support in
      if case .loss(let message) = graph.nodes[support] { execution.fault(behind: message) } else { nil }
    }
  }

  // MARK: Arrows

  mutating func connectTuples() {
    for id in graph.nodes.indices {
      guard case .tuple(let tuple) = graph.nodes[id], let box = picture.boxes[id] else { continue }
      if let source = frameSource(of: id), picture.boxes[source] == box { continue }
      for support in graph.supports[id] {
        guard case .firing(let firing) = graph.nodes[support] else { continue }
        connect(firing, support, to: box, isOnly: graph.supports[id].count == 1)
      }
      if let fault = execution.fault(toldBy: execution.store.row(of: tuple)) {
        picture.connect(picture.node(of: fault, in: execution), box, .cut(""))
      }
    }
  }

  private mutating func connect(
    _ firing: FiringID, _ id: DerivationNodeID, to box: PictureNodeID, isOnly: Bool
  ) {
    let place = execution.place(of: execution.rule(of: firing))
    let message = messages[firing].map { LineagePicture.Edge.Kind.message(text(of: $0)) }
    let premises = graph.supports[id].compactMap { picture.boxes[$0] }
    let tuples = premises.filter { picture.nodes[$0].kind == .tuple }
    var target = box
    if isOnly && (message == nil || tuples.count == 1) {
      picture.update(box) { $0.lines[1] += "   \(place)" }
    } else {
      target = picture.add(
        LineagePicture.Node(kind: .firing, lines: [place], round: round(of: firing), location: nil))
      picture.connect(target, box, message ?? .premise)
    }
    for premise in premises {
      let isAbsence = picture.nodes[premise].kind == .absence
      picture.connect(
        premise, target, isAbsence ? .absence : (target == box ? message ?? .premise : .premise))
    }
  }

  /// The round in which `firing`, which derived something, happened.
  private func round(of firing: FiringID) -> Round? {
    guard let head = execution.head(of: firing) else { return nil }
    let round = execution.store.round(of: head)
    let isLater = execution.program.rules[execution.rule(of: firing)].timing != .deductive
    return isLater ? Round(rawValue: round.rawValue - 1) : round
  }

  private func text(of message: Message) -> String {
    let names = execution.setting.nodes
    let sender = message.sender.map { names[$0].string } ?? "_"
    return "\(sender)→\(names[message.receiver]) @\(message.sent.rawValue)"
  }
}
