// What faults do. In every round a rule asks five questions of the world, and each answer is a condition on
// the faults that may occur: does a node act, is it in reach, what arrives when, what stays at a node that
// does not act, and what does the world state. A new kind of fault has its third reading here.

import Dedalus
import ReferenceEvaluator
import Texts

/// The answers that were given, so that each has one variable.
struct WorldAnswers {
  fileprivate enum Question: Hashable {
    case acts(Text, Int)
    case reach(Text, Int)
    case fact(Text, Int, isStatic: Bool)
    case stays(Text, Int, isDurable: Bool, isStatic: Bool)
    case arrival(Text, Text, Int, late: Int)
  }

  fileprivate var known: [Question: Condition] = [:]
}

extension Encoder {
  private mutating func answer(
    _ question: WorldAnswers.Question, _ answer: (inout Encoder) -> Condition
  ) -> Condition {
    if let known = world.known[question] { return known }
    let condition = answer(&self)
    world.known[question] = condition
    return condition
  }

  /// The conditions of the faults of `nodes` that are `relevant`.
  private func faults(of nodes: [Text], _ relevant: (ReferenceFault) -> Bool) -> [Condition] {
    (faultsByNodes[nodes] ?? []).filter { relevant($0.fault) }.map(\.condition)
  }

  private var stopsAtCrash: Bool { question.crashView == .failStop }

  /// Whether rules located at `node` fire in `round`: it is not down, and does not pause.
  mutating func acts(_ node: Text, in round: Int) -> Condition {
    answer(.acts(node, round)) { encoder in
      let reasons = encoder.faults(of: [node]) { fault in
        switch fault {
        case .crash(node, let start): encoder.stopsAtCrash && start <= round
        case .pause(node, let start, let until), .restart(node, let start, let until),
          .wipe(node, let start, let until):
          start <= round && round < until
        default: false
        }
      }
      return encoder.clauses.all(reasons.map { !$0 })
    }
  }

  /// Whether anything reaches `node` in `round`: it is not down.
  private mutating func isInReach(_ node: Text, in round: Int) -> Condition {
    answer(.reach(node, round)) { encoder in
      let reasons = encoder.faults(of: [node]) { fault in
        switch fault {
        case .crash(node, let start): encoder.stopsAtCrash && start <= round
        case .restart(node, let start, let until), .wipe(node, let start, let until):
          start <= round && round < until
        default: false
        }
      }
      return encoder.clauses.all(reasons.map { !$0 })
    }
  }

  /// Whether the fact `row` is placed in `round`, if it is not missing. A crash takes those of later rounds;
  /// a restart and a wipe take those of their own, but what is static.
  mutating func getsFact(_ row: [Symbol], of relation: RelationID, in round: Int) -> Condition {
    guard let node = node(row[0]) else { return .always }
    let isStatic = question.program.staticRelations.contains(relation)
    return answer(.fact(node, round, isStatic: isStatic)) { encoder in
      let reasons = encoder.faults(of: [node]) { fault in
        switch fault {
        case .crash(node, let start): encoder.stopsAtCrash && start < round
        case .restart(node, let start, let until), .wipe(node, let start, let until):
          !isStatic && start <= round && round < until
        default: false
        }
      }
      return encoder.clauses.all(reasons.map { !$0 })
    }
  }

  /// Whether `fact` is missing.
  func isMissing(_ fact: ReferenceFact) -> Condition { conditions[.missing(fact: fact)] ?? .never }

  /// Whether `row`, which came into `round`, holds in the next one because its node does not act.
  mutating func stays(_ row: [Symbol], of relation: RelationID, in round: Int) -> Condition {
    guard let node = node(row[0]) else { return .never }
    let isDurable = question.program.durable.contains(relation)
    let isStatic = question.program.staticRelations.contains(relation)
    return answer(.stays(node, round, isDurable: isDurable, isStatic: isStatic)) { encoder in
      let reasons = encoder.faults(of: [node]) { fault in
        switch fault {
        case .pause(node, let start, let until): start <= round && round < until
        case .restart(node, let start, let until):
          (isDurable || isStatic) && start <= round && round < until
        case .wipe(node, let start, let until): isStatic && start <= round && round < until
        case .crash(node, let start): encoder.stopsAtCrash && isDurable && start <= round
        default: false
        }
      }
      return encoder.clauses.any(reasons)
    }
  }
}

// MARK: What arrives

extension Encoder {
  /// The rounds in which a message sent in `round` may arrive, each with its condition; the sender is nil for
  /// a rule with location `_`.
  mutating func arrivals(
    from sender: Text?, to receiver: Text, sentIn round: Int
  ) -> [(round: Int, condition: Condition)] {
    guard let sender, sender != receiver else { return [(round + 1, isInReach(receiver, in: round + 1))] }
    let late = question.space.late
    return (0...max(late, 0)).map { late in
      let arrives = answer(.arrival(sender, receiver, round, late: late)) { encoder in
        let isCut = encoder.cuts(from: sender, to: receiver, in: round)
        let isCopied = encoder.copy(from: sender, to: receiver, sentIn: round, late: late)
        return encoder.clauses.all(
          isCut.map { !$0 } + [isCopied, encoder.isInReach(receiver, in: round + 1 + late)])
      }
      return (round + 1 + late, arrives)
    }
    .filter { $0.condition != .never }
  }

  /// The faults that cut what `sender` sends `receiver` in `round`.
  private func cuts(from sender: Text, to receiver: Text, in round: Int) -> [Condition] {
    let crashes = faults(of: [sender]) {
      if case .crash(_, let start) = $0 { start <= round } else { false }
    }
    let omission = conditions[.omission(from: sender, to: receiver, round: round)]
    let partitions = faults(of: []) { fault in
      guard case .partition(let side, let start, let until) = fault else { return false }
      return start <= round && round < until && side.contains(sender) != side.contains(receiver)
    }
    return crashes + (omission.map { [$0] } ?? []) + partitions
  }

  /// Whether a copy of the message is so many rounds late: none is on time that is delayed.
  private mutating func copy(
    from sender: Text, to receiver: Text, sentIn round: Int, late: Int
  ) -> Condition {
    let link = [sender, receiver]
    if late == 0 {
      let delays = faults(of: link) { $0.kind == .delay && $0.round == round }
      return clauses.all(delays.map { !$0 })
    }
    return clauses.any(
      faults(of: link) {
        ($0.kind == .delay || $0.kind == .duplicate) && $0.round == round && $0.late == late
      })
  }
}

// MARK: What the world states

extension Encoder {
  /// What holds at every node in `round` by itself.
  func statements(in round: Int) -> [(relation: RelationID, values: [Constant], condition: Condition)] {
    var stated: [(relation: RelationID, values: [Constant], condition: Condition)] = []
    for observer in question.space.nodes {
      func state(_ relation: RelationID?, _ columns: [Constant], where condition: Condition) {
        guard let relation else { return }
        stated.append((relation, [.string(observer)] + columns, condition))
      }
      func window(_ node: Text, _ start: Int, _ until: Int) -> [Constant] {
        [.string(node), .integer(Int64(start)), .integer(Int64(until))]
      }
      let program = question.program
      for (fault, condition) in faults {
        switch fault {
        case .crash(let node, let start):
          state(program.crash, [.string(node), .integer(Int64(start))], where: condition)
        case .restart(let node, let start, let until), .wipe(let node, let start, let until):
          state(program.outage, window(node, start, until), where: condition)
        case .pause(let node, let start, let until):
          state(program.pause, window(node, start, until), where: condition)
        case .omission, .delay, .duplicate, .partition, .missing: break
        }
      }
      let time: [Constant] = [.integer(Int64(round)), .integer(Int64(question.space.eot))]
      state(program.time, time, where: .always)
    }
    return stated
  }
}
