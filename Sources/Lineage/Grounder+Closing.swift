// The gates of a complete stratum. Tuples that do not depend on themselves get the OR of their instances, in
// an order in which premises come first. Where tuples support each other, their gates are the least solution
// of their equations: starting from false, every tuple is computed from the others, sweep after sweep.
//
// The gates do not show when to stop sweeping, since equal functions may have different gates and go on
// changing. But a tuple has a derivation in which no tuple occurs twice on a branch. A sweep goes through the
// tuples so that most premises come before what they derive. A branch needs one more sweep only where it
// passes a premise that comes *after* what it derives, and it passes each of these once. So one sweep more
// than there are such premises gives the fixpoint: two for a ring of any length.

import Evaluation
import Indices
import Scenarios

extension Grounder {
  /// Computes the gates of `tuples`, which are open in `round` and depend on no other open tuple.
  mutating func close(_ tuples: [TupleID], in round: Round) {
    guard instances.dependsOnOpen else {
      for tuple in tuples where !isStopped { gates[tuple] = disjunction(of: tuple, in: round) }
      return
    }
    for component in Components(of: tuples, in: instances).list where !isStopped {
      if component.isCyclic {
        closeCycle(component.tuples, in: round)
      } else {
        gates[component.tuples[0]] = disjunction(of: component.tuples[0], in: round)
      }
    }
  }

  /// The condition under which `tuple`, which is open, has come into `round` by the instances that it has
  /// now.
  mutating func cameIn(_ tuple: TupleID, in round: Round) -> Edge { disjunction(of: tuple, in: round) }

  private mutating func closeCycle(_ tuples: [TupleID], in round: Round) {
    var cycle = Cycle(tuples, instances)
    for tuple in tuples { gates[tuple] = .never }
    for _ in 0...cycle.latePremiseCount {
      let changesBefore = cycle.changeCount
      for (position, tuple) in tuples.enumerated() {
        spend(1, in: round)
        guard cycle.takeOutdated(position) else { continue }
        let gate = disjunction(of: tuple, in: round)
        if isStopped { return }
        if gate == gates[tuple] { continue }
        gates[tuple] = gate
        cycle.noteChange(at: position)
      }
      if cycle.changeCount == changesBefore { return }
    }
  }

  /// The OR of the instances of `tuple`, with the present gates of their premises. An instance with the tuple
  /// itself as a premise derives nothing new.
  private mutating func disjunction(of tuple: TupleID, in round: Round) -> Edge {
    terms.removeAll(keepingCapacity: true)
    var instance = instances.first(of: tuple)
    while instance != .none, !isStopped {
      let premises = instances.premises(of: instance)
      let condition = instances.condition(of: instance)
      if premises.isEmpty {
        terms.append(condition)
      } else if !premises.contains(tuple) {
        terms.append(circuit.and([condition] + premises.map { gates[$0] ?? .never }))
      }
      instance = instances.next(after: instance)
      spend(1 + premises.count, in: round)
    }
    return circuit.or(terms)
  }
}

/// The tuples of a cycle while their gates are computed, by position in the order of a sweep.
private struct Cycle {
  /// For each tuple: the tuples with an instance that has it as a premise, possibly repeated.
  private var readers: [[UInt32]]
  /// Whether a premise has changed since the tuple was last computed.
  private var isOutdated: [Bool]
  /// How many of the tuples are premises of one that comes earlier in a sweep.
  let latePremiseCount: Int
  private(set) var changeCount = 0

  init(_ tuples: [TupleID], _ instances: InstanceTable) {
    let positions = Dictionary(
      uniqueKeysWithValues: tuples.enumerated().map { ($0.element, $0.offset) })
    var readers = [[UInt32]](repeating: [], count: tuples.count)
    var isLate = [Bool](repeating: false, count: tuples.count)
    for (position, tuple) in tuples.enumerated() {
      instances.forEachPremise(of: tuple) { premise in
        guard let place = positions[premise], place != position else { return }
        if readers[place].last != UInt32(position) { readers[place].append(UInt32(position)) }
        if place > position { isLate[place] = true }
      }
    }
    self.readers = readers
    latePremiseCount = isLate.count { $0 }
    isOutdated = Array(repeating: true, count: tuples.count)
  }

  /// Whether the tuple at `position` must be computed again; from here on it counts as computed.
  mutating func takeOutdated(_ position: Int) -> Bool {
    defer { isOutdated[position] = false }
    return isOutdated[position]
  }

  mutating func noteChange(at position: Int) {
    changeCount += 1
    for reader in readers[position] { isOutdated[Int(reader)] = true }
  }
}

/// The strongly connected components of open tuples, premises before what they derive (Tarjan, 1972; with an
/// explicit stack, because chains of tuples may be long). Within a component, tuples are in the order in
/// which the search left them, so that most premises come before what they derive.
struct Components {
  struct Component {
    let tuples: [TupleID]
    /// Whether some tuple may support itself.
    let isCyclic: Bool
  }

  private(set) var list: [Component] = []
  /// By position relative to the first tuple: its number in the order of visiting, or -1. The tuples of a
  /// round lie close together.
  private var numbers: [Int]
  private let base: Int
  private var lowest: [Int] = []
  private var isOnStack: [Bool] = []
  private var stack: [TupleID] = []
  /// The tuples on the stack that the search has left, in that order.
  private var left: [TupleID] = []

  init(of tuples: [TupleID], in instances: InstanceTable) {
    let positions = tuples.map(\.position)
    base = positions.min() ?? 0
    numbers = Array(repeating: -1, count: (positions.max() ?? 0) - base + 1)
    for tuple in tuples where number(of: tuple) < 0 { visit(tuple, instances) }
  }

  private func number(of tuple: TupleID) -> Int { numbers[tuple.position - base] }

  private struct Frame {
    let tuple: TupleID
    let number: Int
    let premises: [TupleID]
    var next = 0
  }

  private mutating func visit(_ root: TupleID, _ instances: InstanceTable) {
    var frames = [enter(root, instances)]
    while let frame = frames.last {
      guard frame.next < frame.premises.count else {
        leave(frame)
        frames.removeLast()
        if let parent = frames.last {
          lowest[parent.number] = min(lowest[parent.number], lowest[frame.number])
        }
        continue
      }
      frames[frames.count - 1].next += 1
      let premise = frame.premises[frame.next]
      let number = number(of: premise)
      if number >= 0 {
        if isOnStack[number] { lowest[frame.number] = min(lowest[frame.number], number) }
      } else {
        frames.append(enter(premise, instances))
      }
    }
  }

  private mutating func enter(_ tuple: TupleID, _ instances: InstanceTable) -> Frame {
    let number = lowest.count
    numbers[tuple.position - base] = number
    lowest.append(number)
    isOnStack.append(true)
    stack.append(tuple)
    var premises: [TupleID] = []
    var instance = instances.first(of: tuple)
    while instance != .none {
      premises += instances.premises(of: instance)
      instance = instances.next(after: instance)
    }
    return Frame(tuple: tuple, number: number, premises: premises)
  }

  private mutating func leave(_ frame: Frame) {
    left.append(frame.tuple)
    guard lowest[frame.number] == frame.number else { return }
    var size = 0
    var tuple: TupleID
    repeat {
      tuple = stack.removeLast()
      isOnStack[number(of: tuple)] = false
      size += 1
    } while tuple != frame.tuple
    let isCyclic = size > 1 || frame.premises.contains(frame.tuple)
    list.append(Component(tuples: Array(left.suffix(size)), isCyclic: isCyclic))
    left.removeLast(size)
  }
}
