import Indices

/// Names something that a search may choose: an input of the circuit, a variable of the solver. It is a
/// fault, or the round of an open fact; faults come first, in canonical order.
public struct ChoiceID: DenseIndex {
  /// The number of the choice; some numbers belong to nothing.
  public let rawValue: UInt32
  /// The choice with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The faults that may occur within some bounds, each a choice, and behind them what else may be chosen. Some
/// numbers belong to no fault, such as those for messages of a node to itself, so number and fault can be
/// computed from each other, with tables for partitions and facts only. Where only the faults of one run are
/// possible, these are listed, and their places in the list are their numbers.
public struct PossibleFaults: Hashable, Sendable {
  /// The choices of one kind, ordered by round, then by subject, then by extent.
  private struct Block: Hashable {
    let kind: KindID
    let form: Fault.Subject.Form
    let transmission: Transmission?
    let start: Int
    /// The rounds in which faults begin. The facts of all rounds are numbered as one round.
    let rounds: Range<Int>
    let subjects: Int
    /// The smallest extent.
    let leastExtent: Int
    /// For each of the rounds: the number of extents.
    let extents: [Int]
    /// The largest number of extents.
    let width: Int

    var end: Int { start + rounds.count * subjects * width }
  }

  private let blocks: [Block]
  private let nodeCount: Int
  private let spared: Budgets.Spared
  /// The sides that partitions may have, ascending.
  private let sides: [NodeSet]
  private let numberOfSide: [NodeSet: Int]
  /// The facts that may be missing, ascending.
  private let facts: [TimedFact]
  /// The largest number of rounds by which a message may come late.
  public let mostLate: Int
  /// What may be chosen beside the faults; its choices follow theirs.
  public let inputs: PossibleInputs
  /// The faults of one run, ascending, where no others are possible.
  private let listed: [Fault]

  /// All faults that may occur within `bounds`.
  public init(_ bounds: Bounds) {
    nodeCount = bounds.nodes.count
    spared = bounds.budgets.spared
    listed = []
    sides = bounds.most(of: .partition) == 0 ? [] : bounds.nodes.sides(bounds.budgets.split)
    numberOfSide = Dictionary(uniqueKeysWithValues: sides.enumerated().map { ($1, $0) })
    facts = bounds.most(of: .missing) == 0 ? [] : bounds.facts
    var blocks: [Block] = []
    for kind in KindID.allIDs where bounds.most(of: kind) != 0 {
      let meaning = kind.meaning
      let subjects =
        switch meaning.subject {
        case .node: nodeCount
        case .link: nodeCount * nodeCount
        case .side: sides.count
        case .fact: facts.count
        }
      let rounds = meaning.subject == .fact ? 1..<2 : meaning.rounds(within: bounds)
      let extents = rounds.map { meaning.extents(from: $0, within: bounds).count }
      blocks.append(
        Block(
          kind: kind, form: meaning.subject, transmission: meaning.transmission,
          start: blocks.last?.end ?? 0, rounds: rounds, subjects: subjects,
          leastExtent: meaning.measure == nil ? 0 : 1, extents: extents, width: extents.max() ?? 1))
    }
    assert(zip(blocks, blocks.dropFirst()).allSatisfy { $0.end == $1.start }, "each number is of one kind")
    assert(blocks.allSatisfy { $0.extents.count == $0.rounds.count }, "each round has its extents")
    self.blocks = blocks
    inputs = PossibleInputs(bounds.openFacts, upTo: bounds.eot, from: blocks.last?.end ?? 0)
    mostLate =
      blocks.filter { $0.transmission == .delays || $0.transmission == .repeats }.map {
        $0.rounds.isEmpty ? 0 : $0.width
      }.max() ?? 0
  }

  /// The faults of `scenario`, which need not be admissible, in runs of `eot` rounds of a program that leaves
  /// `openFacts` open. What is chosen is as in the scenario.
  public init(of scenario: Scenario, openFacts: [OpenFact], upTo eot: Int) {
    (blocks, nodeCount, spared, sides, numberOfSide, facts) = ([], 0, Budgets.Spared(), [], [:], [])
    listed = scenario.faults.faults
    let chosen = openFacts.flatMap { open in
      scenario.inputs.facts.filter { $0.fact == open.fact }.map {
        OpenFact(open.fact, in: $0.round.position...$0.round.position, isOptional: false)
      }
    }
    inputs = PossibleInputs(chosen, upTo: eot, from: listed.count)
    mostLate = listed.filter(\.meaning.shiftsMessages).map(\.extent).max() ?? 0
  }

  /// One more than the largest number of a fault's choice.
  public var count: Int { blocks.last?.end ?? listed.count }

  /// The number of possible faults of `kind`.
  public func count(of kind: KindID) -> Int {
    guard let block = blocks.first(where: { $0.kind == kind }) else {
      return listed.count { $0.kind == kind }
    }
    let subjects =
      switch block.form {
      case .node: nodeCount - spared.nodes.count
      case .link: nodeCount * (nodeCount - 1) - spared.links.count
      case .side, .fact: block.subjects
      }
    return block.extents.reduce(0, +) * subjects
  }

  /// The choice of `fault`; nil where the fault is not possible.
  public func choice(of fault: Fault) -> ChoiceID? {
    if !listed.isEmpty { return listed.firstIndex(of: fault).map { ChoiceID($0) } }
    for block in blocks where block.kind == fault.kind {
      let round = block.form == .fact ? 1 : fault.round.position
      guard block.rounds.contains(round), let subject = number(of: fault) else { return nil }
      let (place, extent) = (round - block.rounds.lowerBound, fault.extent - block.leastExtent)
      guard 0..<block.extents[place] ~= extent else { return nil }
      return ChoiceID(block.start + (place * block.subjects + subject) * block.width + extent)
    }
    return nil
  }

  /// The number of the subject of `fault` among those of its form; nil for one that cannot be struck.
  private func number(of fault: Fault) -> Int? {
    switch fault.subject {
    case .node(let node): spared.nodes.contains(node) ? nil : node.position
    case .link(let link): number(of: link)
    case .side(let side): numberOfSide[side]
    case .fact(let fact): facts.firstIndex(of: TimedFact(fact, in: fault.round))
    }
  }

  private func number(of link: Link) -> Int? {
    guard link.sender != link.receiver else { return nil }
    if !spared.links.isEmpty, spared.links.contains(link) { return nil }
    return link.sender.position * nodeCount + link.receiver.position
  }

  /// The fault of `choice`; nil for a number that belongs to no fault.
  public func possibleFault(_ choice: ChoiceID) -> Fault? {
    if !listed.isEmpty { return choice.position < listed.count ? listed[choice.position] : nil }
    guard let block = blocks.first(where: { choice.position < $0.end }) else { return nil }
    return fault(block, choice.position - block.start)
  }

  private func fault(_ block: Block, _ number: Int) -> Fault? {
    assert(number < block.end - block.start, "the number belongs to the kind")
    let (rest, extent) = number.quotientAndRemainder(dividingBy: block.width)
    let (place, subject) = rest.quotientAndRemainder(dividingBy: block.subjects)
    guard extent < block.extents[place] else { return nil }
    let round = Round(block.rounds.lowerBound + place)
    guard let struck = self.subject(block.form, subject) else { return nil }
    return Fault(
      block.kind, struck, block.form == .fact ? facts[subject].round : round,
      extent: extent + block.leastExtent)
  }

  private func subject(_ form: Fault.Subject.Form, _ number: Int) -> Fault.Subject? {
    switch form {
    case .node: return spared.nodes.contains(NodeID(number)) ? nil : .node(NodeID(number))
    case .link:
      let (sender, receiver) = number.quotientAndRemainder(dividingBy: nodeCount)
      let link = Link(from: NodeID(sender), to: NodeID(receiver))
      return self.number(of: link) == nil ? nil : .link(link)
    case .side: return .side(sides[number])
    case .fact: return .fact(facts[number].fact)
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

  /// A fault of `kind`, each with the same probability; nil where none is possible.
  func draw(_ kind: KindID, using random: inout SplitMix) -> Fault? {
    guard count(of: kind) > 0, let block = blocks.first(where: { $0.kind == kind }) else { return nil }
    while true {
      if let fault = fault(block, random.number(below: block.end - block.start)) { return fault }
    }
  }

  /// For each choice, by number: whether `scenario` makes it. All faults of the scenario must be possible.
  public func values(under scenario: Scenario) -> [Bool] {
    assert(inputs.end >= count, "the choices of inputs follow those of faults")
    var values = Array(repeating: false, count: inputs.end)
    for fault in scenario.faults.faults {
      guard let choice = choice(of: fault) else { preconditionFailure("\(fault) is not possible") }
      values[choice.position] = true
    }
    for entry in inputs.entries where entry.isFree {
      for (choice, round) in entry.choices where scenario.inputs.contains(entry.placed(in: round)) {
        values[choice.position] = true
      }
    }
    return values
  }
}

extension PossibleFaults: FaultSource {
  /// Calls `body` for every possible fault that strikes subjects of this form.
  public func eachFault(striking form: Fault.Subject.Form, _ body: (Fault, ChoiceID) -> Void) {
    for (number, fault) in listed.enumerated() where fault.subject.form == form {
      body(fault, ChoiceID(number))
    }
    for block in blocks where block.form == form {
      for number in block.start..<block.end {
        if let fault = fault(block, number - block.start) { body(fault, ChoiceID(number)) }
      }
    }
  }

  /// Calls `body` for every possible fault that strikes `link` in `round`.
  public func eachFault(on link: Link, in round: Round, _ body: (LinkFault) -> Void) {
    if !listed.isEmpty { return eachListedFault(on: link, in: round, body) }
    guard let subject = number(of: link) else { return }
    for block in blocks {
      guard let transmission = block.transmission, block.rounds.contains(round.position) else { continue }
      let place = round.position - block.rounds.lowerBound
      let first = block.start + (place * block.subjects + subject) * block.width
      for extent in 0..<block.extents[place] {
        body(LinkFault(transmission, late: extent + block.leastExtent, ChoiceID(first + extent)))
      }
    }
  }

  private func eachListedFault(on link: Link, in round: Round, _ body: (LinkFault) -> Void) {
    for (number, fault) in listed.enumerated() where fault.round == round && fault.subject == .link(link) {
      guard let transmission = fault.meaning.transmission else { continue }
      body(LinkFault(transmission, late: fault.extent, ChoiceID(number)))
    }
  }
}

extension FaultKind {
  /// Whether its faults let messages come late.
  fileprivate var shiftsMessages: Bool { transmission == .delays || transmission == .repeats }
}
