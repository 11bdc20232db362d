import Dedalus
import Evaluation
import Scenarios
import Texts

extension Nodes {
  /// A short text for `fault`, e.g. `omit b→Z @1`.
  func text(of fault: Fault) -> String {
    let names = fault.subject.nodes.map { self[$0].string }
    return "\(fault.meaning.word) \(names.joined(separator: "→")) @\(fault.round.rawValue)"
  }
}

extension Execution {
  /// The place of a rule, e.g. `kafka.ded:23`.
  func place(of rule: RuleID) -> String { program.place(of: program.rules[rule].range) }
}

extension Program {
  /// The file and line where `range` begins, e.g. `kafka.ded:23`.
  func place(of range: SourceRange) -> String {
    let source = sources[range.file]
    let name = Text(source.path).parts(separatedBy: "/").last?.string ?? source.path
    return "\(name):\(source.position(of: range.lower).line)"
  }
}
