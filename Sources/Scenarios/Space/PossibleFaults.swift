import Indices

/// Names something that a search may choose: an input of the circuit, a variable of the solver. Each choice
/// is a fault; choices are numbered in the canonical order of faults.
public struct ChoiceID: DenseIndex {
  /// The number of the choice; some numbers belong to no fault.
  public let rawValue: UInt32
  /// The choice with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The faults that may occur within some bounds, each a choice. Some numbers belong to no fault, such as
/// those for messages of a node to itself, so number and fault can be computed from each other without a
/// table.
public struct PossibleFaults: Hashable, Sendable {
  /// The choices of one kind, ordered by round, then by subject.
  private struct Block: Hashable {
    let kind: KindID
    let form: Fault.Subject.Form
    let start: Int
    let rounds: Range<Int>
    let subjects: Int

    var end: Int { start + rounds.count * subjects }
  }

  private let blocks: [Block]
  private let nodeCount: Int

  /// All faults that may occur within `bounds`.
  public init(_ bounds: Bounds) {
    nodeCount = bounds.nodes.count
    var blocks: [Block] = []
    for kind in KindID.allIDs where bounds.most(of: kind) != 0 {
      let meaning = kind.meaning
      let subjects = meaning.subject == .node ? nodeCount : nodeCount * nodeCount
      blocks.append(
        Block(
          kind: kind, form: meaning.subject, start: blocks.last?.end ?? 0,
          rounds: meaning.rounds(within: bounds), subjects: subjects))
    }
    self.blocks = blocks
  }

  /// One more than the largest number of a choice.
  public var count: Int { blocks.last?.end ?? 0 }

  /// The number of possible faults of `kind`.
  public func count(of kind: KindID) -> Int {
    guard let block = blocks.first(where: { $0.kind == kind }) else { return 0 }
    return block.rounds.count * (block.form == .node ? nodeCount : nodeCount * (nodeCount - 1))
  }

  /// The choice of `fault`; nil where the fault is not possible.
  public func choice(of fault: Fault) -> ChoiceID? {
    for block in blocks where block.kind == fault.kind {
      let round = fault.round.position
      guard block.rounds.contains(round), let subject = number(of: fault.subject) else { return nil }
      return ChoiceID(block.start + (round - block.rounds.lowerBound) * block.subjects + subject)
    }
    return nil
  }

  /// The number of `subject` among the subjects of its form; nil for the link of a node to itself.
  private func number(of subject: Fault.Subject) -> Int? {
    switch subject {
    case .node(let node): return node.position
    case .link(let link):
      guard link.sender != link.receiver else { return nil }
      return link.sender.position * nodeCount + link.receiver.position
    }
  }

  /// The fault of `choice`; nil for a number that belongs to no fault.
  public func possibleFault(_ choice: ChoiceID) -> Fault? {
    guard let block = blocks.first(where: { choice.position < $0.end }) else { return nil }
    let (round, subject) = (choice.position - block.start).quotientAndRemainder(dividingBy: block.subjects)
    let when = Round(block.rounds.lowerBound + round)
    switch block.form {
    case .node: return Fault(block.kind, .node(NodeID(subject)), when)
    case .link:
      let (sender, receiver) = subject.quotientAndRemainder(dividingBy: nodeCount)
      guard sender != receiver else { return nil }
      return Fault(block.kind, .link(Link(from: NodeID(sender), to: NodeID(receiver))), when)
    }
  }

  /// The fault of `choice`, which must belong to a fault.
  public func fault(_ choice: ChoiceID) -> Fault {
    guard let fault = possibleFault(choice) else { preconditionFailure("\(choice) is the number of a fault") }
    return fault
  }

  /// Every choice with its fault, in canonical order.
  public var all: some Sequence<(choice: ChoiceID, fault: Fault)> {
    (0..<count).lazy.compactMap { number in
      possibleFault(ChoiceID(number)).map { (choice: ChoiceID(number), fault: $0) }
    }
  }

  /// For each choice, by number: whether its fault is in `faults`. All of `faults` must be possible.
  public func values(under faults: FaultSet) -> [Bool] {
    var values = Array(repeating: false, count: count)
    for fault in faults.faults {
      guard let choice = choice(of: fault) else { preconditionFailure("\(fault) is not possible") }
      values[choice.position] = true
    }
    return values
  }
}

extension PossibleFaults: FaultSource {
  /// Whether some possible fault strikes a node.
  public var strikesNodes: Bool { blocks.contains { $0.form == .node && !$0.rounds.isEmpty } }

  /// Calls `body` for every possible fault that strikes `node`.
  public func eachFault(at node: NodeID, _ body: (Fault, ChoiceID) -> Void) {
    for block in blocks where block.form == .node {
      for round in block.rounds {
        let fault = Fault(block.kind, .node(node), Round(round))
        if let choice = choice(of: fault) { body(fault, choice) }
      }
    }
  }

  /// Calls `body` for every possible fault that strikes `link` in `round`.
  public func eachFault(on link: Link, in round: Round, _ body: (Fault, ChoiceID) -> Void) {
    for block in blocks where block.form == .link {
      let fault = Fault(block.kind, .link(link), round)
      if let choice = choice(of: fault) { body(fault, choice) }
    }
  }
}
