import Indices
import Scenarios

extension Circuit {
  /// Checks the invariants that the head of Circuit.swift states. Tests call it after whatever makes gates.
  package func checkInvariants() {
    var known: Set<[UInt32]> = []
    for number in 0..<gateCount {
      switch kind(of: GateID(number)) {
      case .constant: precondition(number == 0, "gate 0 is the only constant")
      case .input(let input):
        precondition(known.insert([.max, UInt32(input)]).inserted, "an input has one gate")
      case .and(let children):
        precondition(children.count >= 2, "an AND has at least two children")
        precondition(known.insert(Array(children)).inserted, "no two gates are alike")
        checkChildren(children, of: number)
      }
    }
  }

  private func checkChildren(_ children: ArraySlice<UInt32>, of number: Int) {
    for (child, next) in zip(children, children.dropFirst()) {
      precondition(child < next, "children ascend, without duplicates")
      precondition(child ^ 1 != next, "an AND has no edge and its complement")
    }
    for word in children {
      let gate = Edge(rawValue: word).gate
      precondition(gate.position != 0, "an AND has no constant among its children")
      precondition(gate.position < number, "children come before parents")
    }
  }
}

extension Grounding {
  /// Checks that gates, tuples and choices are each in order, and fit together. Tests call it on every
  /// grounding that they make.
  package func checkInvariants() {
    circuit.checkInvariants()
    store.checkInvariants()
    precondition(gates.count == store.tupleCount, "every tuple has a gate")
    for tuple in store.tuples {
      precondition(gates[tuple].gate.position < circuit.gateCount, "a tuple's gate is one of the circuit")
      let round = store.round(of: tuple)
      precondition(round.position >= 1 && round <= setting.eot, "a tuple holds in a round of the setting")
    }
    for number in 0..<circuit.gateCount {
      guard case .input(let choice) = circuit.kind(of: GateID(number)) else { continue }
      precondition(choice < faults.inputs.end, "an input is the number of a choice")
      if choice < faults.count {
        precondition(faults.possibleFault(.init(choice)) != nil, "a choice that the circuit reads is a fault")
      }
    }
    for error in errors {
      precondition(error.condition != .never, "an error that cannot happen is not listed")
      precondition(error.condition.gate.position < circuit.gateCount, "an error's gate is one of the circuit")
    }
  }
}
