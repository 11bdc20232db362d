// In every round a rule sees the faults of a run through five questions only, and here they are answered:
// whether a node acts, in which rounds a message arrives, whether a node is in reach, whether a row stays at
// a node that does not act, and what the world states by itself.

import Dedalus
import Texts

// MARK: Which nodes act, and which are in reach

extension ReferenceRun {
  /// Whether rules located at `node` fire in `round`.
  public func acts(_ node: Text, in round: Int) -> Bool {
    !isDown(node, in: round) && !isPaused(node, in: round)
  }

  /// Whether anything arrives at `node` in `round`.
  public func isInReach(_ node: Text, in round: Int) -> Bool { !isDown(node, in: round) }

  private func isDown(_ node: Text, in round: Int) -> Bool {
    isStopped(node, in: round) || isRestarting(node, in: round) || isWiped(node, in: round)
  }

  /// Whether `node` has crashed in `round` or before.
  private func hasCrashed(_ node: Text, by round: Int) -> Bool {
    faults.contains { fault in
      if case .crash(node, let crashRound) = fault { crashRound <= round } else { false }
    }
  }

  /// Whether a crash has put an end to `node`.
  private func isStopped(_ node: Text, in round: Int) -> Bool {
    crashView == .failStop && hasCrashed(node, by: round)
  }

  private func isPaused(_ node: Text, in round: Int) -> Bool {
    standstills.contains { fault in
      if case .pause(node, let first, let until) = fault { first <= round && round < until } else { false }
    }
  }

  private func isRestarting(_ node: Text, in round: Int) -> Bool {
    standstills.contains { fault in
      if case .restart(node, let first, let until) = fault { first <= round && round < until } else { false }
    }
  }

  private func isWiped(_ node: Text, in round: Int) -> Bool {
    standstills.contains { fault in
      if case .wipe(node, let first, let until) = fault { first <= round && round < until } else { false }
    }
  }
}

// MARK: What is placed, and what stays

extension ReferenceRun {
  /// Whether facts of `round` are placed at `node`; those of static relations are in spite of a restart.
  public func getsFacts(_ node: Text, in round: Int, ofStaticRelation isStatic: Bool = false) -> Bool {
    if isStopped(node, in: round - 1) { return false }
    return isStatic || !(isRestarting(node, in: round) || isWiped(node, in: round))
  }

  /// Whether `fact` is placed.
  func isPlaced(_ fact: Fact) -> Bool {
    !isMissing(fact) && canPlace(fact.relation, fact.values, in: fact.round)
  }

  /// Whether a fact can be placed in `round` at the node that it is located at.
  private func canPlace(_ relation: RelationID, _ values: [Constant], in round: Int) -> Bool {
    guard case .string(let place)? = values.first else { return true }
    return getsFacts(place, in: round, ofStaticRelation: program.staticRelations.contains(relation))
  }

  /// What is chosen for `round` and can be placed. A chosen fact is never missing.
  func chosenFacts(of round: Int) -> [GroundTuple] {
    inputs.filter { $0.round == round }.compactMap { fact in
      guard let relation = program.relation(named: fact.relation.string),
        canPlace(relation, fact.values, in: round)
      else { return nil }
      return GroundTuple(relation: relation, values: fact.values, round: round)
    }
  }

  private func isMissing(_ fact: Fact) -> Bool {
    faults.contains { fault in
      if case .missing(let missing) = fault { missing == ReferenceFact(fact, of: program) } else { false }
    }
  }

  /// Whether `tuple`, which came into its round, holds in the next one because its node does not act.
  public func stays(_ tuple: GroundTuple) -> Bool {
    guard case .string(let node)? = tuple.values.first else { return false }
    let isDurable = program.durable.contains(tuple.relation)
    let isStatic = program.staticRelations.contains(tuple.relation)
    if isPaused(node, in: tuple.round) { return true }
    if isRestarting(node, in: tuple.round) && (isDurable || isStatic) { return true }
    if isWiped(node, in: tuple.round) && isStatic { return true }
    return isStopped(node, in: tuple.round) && isDurable
  }
}

// MARK: What arrives

extension ReferenceRun {
  /// The rounds in which a message arrives that is sent in `round`, ascending; the sender is nil for a rule
  /// whose location is `_`.
  public func arrivals(from sender: Text?, to receiver: Text, sentIn round: Int) -> [Int] {
    delivery(from: sender, to: receiver, sentIn: round).arrivals
  }

  /// The rounds in which the message would arrive if its receiver were always in reach, ascending.
  public func copies(from sender: Text?, to receiver: Text, sentIn round: Int) -> [Int] {
    loss(from: sender, to: receiver, sentIn: round) == nil
      ? copiesNotLost(from: sender, to: receiver, sentIn: round) : []
  }

  /// What happens to a message, and the rounds in which it arrives.
  func delivery(
    from sender: Text?, to receiver: Text, sentIn round: Int
  ) -> (fate: MessageFate, arrivals: [Int]) {
    if let loss = loss(from: sender, to: receiver, sentIn: round) { return (loss, []) }
    let copies = copiesNotLost(from: sender, to: receiver, sentIn: round)
    let arrivals = copies.filter { isInReach(receiver, in: $0) }
    return (arrivals.isEmpty ? .receiverDown : .delivered, arrivals)
  }

  private func copiesNotLost(from sender: Text?, to receiver: Text, sentIn round: Int) -> [Int] {
    guard let sender, sender != receiver else { return [round + 1] }
    let delays = faults.compactMap { fault in
      if case .delay(sender, receiver, round, let late) = fault { round + 1 + late } else { nil }
    }
    let duplicates = faults.compactMap { fault in
      if case .duplicate(sender, receiver, round, let late) = fault { round + 1 + late } else { nil }
    }
    return Set((delays.isEmpty ? [round + 1] : delays) + duplicates).sorted()
  }

  /// Why no copy of what one node sends another arrives; nil where that depends on the receiver.
  private func loss(from sender: Text?, to receiver: Text, sentIn round: Int) -> MessageFate? {
    guard let sender, sender != receiver else { return nil }
    if hasCrashed(sender, by: round) { return .senderCrashed }
    if faults.contains(.omission(from: sender, to: receiver, round: round)) { return .omitted }
    return isSeparated(sender, from: receiver, in: round) ? .partitioned : nil
  }

  private func isSeparated(_ sender: Text, from receiver: Text, in round: Int) -> Bool {
    faults.contains { fault in
      guard case .partition(let side, let first, let until) = fault else { return false }
      return first <= round && round < until && side.contains(sender) != side.contains(receiver)
    }
  }
}

// MARK: What the world states

extension ReferenceRun {
  /// What the world states in `round`, at every node.
  func statements(in round: Int) -> [GroundTuple] {
    let faults = faults.sorted()
    return nodes.flatMap { observer in
      var tuples: [GroundTuple] = []
      func state(_ relation: RelationID?, _ values: [Constant]) {
        guard let relation else { return }
        tuples.append(
          GroundTuple(relation: relation, values: [.string(observer)] + values, round: round))
      }
      for fault in faults {
        switch fault {
        case .crash(let node, let first): state(program.crash, [.string(node), .number(first)])
        case .restart(let node, let first, let until), .wipe(let node, let first, let until):
          state(program.outage, [.string(node), .number(first), .number(until)])
        case .pause(let node, let first, let until):
          state(program.pause, [.string(node), .number(first), .number(until)])
        case .omission, .delay, .duplicate, .partition, .missing: continue
        }
      }
      state(program.time, [.number(round), .number(eot)])
      return tuples
    }
  }
}

extension Constant {
  fileprivate static func number(_ number: Int) -> Constant { .integer(Int64(number)) }
}
