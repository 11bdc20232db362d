// Where the program lets choose when something begins, a mistake that takes one fault in round 1 takes
// another one in round 2, if all begins a round later. A list of minimal sets says so once for each round.
// Sets that equal an earlier one of the list, with faults and inputs moved by the same number of rounds, are
// later forms of it. Without inputs the rounds of faults mean something by themselves, and no set is a form
// of another.

import Dedalus
import Evaluation
import Scenarios

/// Which sets of a list are later forms of another one.
public struct LaterForms: Hashable, Sendable {
  /// For each set of the list: the index of the first of which it is a later form; nil where there is none.
  public let origins: [Int?]

  /// The later forms in `list`, whose sets come with the inputs with which they break.
  public init(in list: [Scenario]) {
    var first: [Shape: Int] = [:]
    origins = list.enumerated().map { place, set in
      guard let shape = Shape(set) else { return nil }
      if let known = first[shape] { return known }
      first[shape] = place
      return nil
    }
  }

  /// A set with its rounds counted from the first of them.
  private struct Shape: Hashable {
    let faults: [Fault]
    let inputs: [TimedFact]

    init?(_ set: Scenario) {
      guard !set.inputs.facts.isEmpty, set.faults.faults.allSatisfy({ $0.subject.form != .fact }),
        let start = (set.faults.faults.map(\.round) + set.inputs.facts.map(\.round)).min()
      else { return nil }
      func moved(_ round: Round) -> Round { Round(rawValue: round.rawValue - start.rawValue + 1) }
      faults = set.faults.faults.map { Fault($0.kind, $0.subject, moved($0.round), extent: $0.extent) }
      inputs = set.inputs.facts.map { TimedFact($0.fact, in: moved($0.round)) }
    }
  }
}
