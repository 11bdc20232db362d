// The gates of a complete stratum. Tuples that do not depend on themselves get the OR of their instances, in an order
// in which premises come first. Where tuples support each other, their gates are the least solution of their
// equations: starting from false, every tuple is computed from the others as often as the component has tuples. A
// derivation that supports a tuple without a circle is at most that high, so this is the fixpoint, also where two
// equal functions look different and the gates keep changing.

import Evaluation
import Indices

extension Grounder {
  /// Computes the gates of `tuples`, which are open and need no other open tuple.
  mutating func close(_ tuples: [TupleID]) {
    guard instances.dependsOnOpen else {
      for tuple in tuples { gates[tuple] = disjunction(of: tuple) }
      return
    }
    for component in Components(of: tuples, in: instances).list {
      if component.isCyclic {
        closeCycle(component.tuples)
      } else {
        gates[component.tuples[0]] = disjunction(of: component.tuples[0])
      }
    }
  }

  private mutating func closeCycle(_ tuples: [TupleID]) {
    for tuple in tuples { gates[tuple] = .never }
    for _ in tuples {
      var changed = false
      for tuple in tuples {
        let gate = disjunction(of: tuple)
        changed = changed || gate != gates[tuple]
        gates[tuple] = gate
      }
      if !changed { return }
    }
  }

  /// The OR of the instances of `tuple`, with the gates that their premises have now.
  private mutating func disjunction(of tuple: TupleID) -> Edge {
    terms.removeAll(keepingCapacity: true)
    var instance = instances.first(of: tuple)
    while instance != .none {
      let premises = instances.premises(of: instance)
      let condition = instances.condition(of: instance)
      terms.append(
        premises.isEmpty ? condition : circuit.and([condition] + premises.map { gates[$0] ?? .never }))
      instance = instances.next(after: instance)
    }
    return circuit.or(terms)
  }
}

/// The strongly connected components of open tuples, premises before what they derive (Tarjan, 1972; with an
/// explicit stack, because chains of tuples may be long).
struct Components {
  struct Component {
    let tuples: [TupleID]
    /// Whether some tuple may support itself.
    let isCyclic: Bool
  }

  private(set) var list: [Component] = []
  /// By position relative to the first tuple: the order of visiting, or -1. The tuples of a round lie close together.
  private var numbers: [Int]
  private let base: Int
  private var lowest: [Int] = []
  private var isOnStack: [Bool] = []
  private var stack: [TupleID] = []

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
    guard lowest[frame.number] == frame.number else { return }
    var tuples: [TupleID] = []
    while tuples.last != frame.tuple {
      let tuple = stack.removeLast()
      isOnStack[number(of: tuple)] = false
      tuples.append(tuple)
    }
    let isCyclic = tuples.count > 1 || frame.premises.contains(frame.tuple)
    list.append(Component(tuples: tuples.reversed(), isCyclic: isCyclic))
  }
}
