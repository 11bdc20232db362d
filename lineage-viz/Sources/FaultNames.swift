import Dedalus
import Evaluation
import Scenarios
import Texts

extension Nodes {
  /// A short text for `fault`, e.g. `omit b→Z @1`.
  func text(of fault: Fault) -> String {
    let word = fault.meaning.word
    let last =
      switch fault.meaning.measure {
      case nil: ""
      case .until: fault.extent == 1 ? "" : "–\(fault.until.rawValue - 1)"
      case .late: " +\(fault.extent)"
      }
    switch fault.subject {
    case .node, .link:
      let names = fault.subject.nodes.map { self[$0].string }
      return "\(word) \(names.joined(separator: "→")) @\(fault.round.rawValue)\(last)"
    case .side(let side):
      let names = side.nodes.map { self[$0].string }
      return "\(word) \(names.joined(separator: ",")) @\(fault.round.rawValue)\(last)"
    case .fact(let fact): return "\(word) \(fact.text(in: fault.round))"
    }
  }
}

extension Execution {
  /// The place of a rule, e.g. `kafka.ded:23`.
  func place(of rule: RuleID) -> String { program.place(of: program.rules[rule].range) }
}
