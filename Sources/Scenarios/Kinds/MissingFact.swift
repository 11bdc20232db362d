// A fact of a relation that the program declares as `configuration` is not there: a peer that the
// configuration forgot.

import Texts

/// `missing "p(…)@k"`
struct MissingFact: FaultKind {
  var name: String { "missing" }
  var verb: String { "is missing" }
  var state: Predicate { Predicate("is missing", "are missing") }
  var word: String { "missing" }
  var subject: Fault.Subject.Form { .fact }
  var budget: String { "missing" }
  var noun: String { "missing fact" }
  var plural: String { "missing facts" }
  var isForGood: Bool { true }

  /// The rounds of all facts; which of them a relation has, `Bounds.facts` says.
  func rounds(within bounds: Bounds) -> Range<Int> { 1..<(bounds.eot + 1) }

  func leastEFF(of fault: Fault) -> Int { 0 }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .fact(let fact) = fault.subject else { return [] }
    return [.removes(fact, fault.round)]
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "the fact \(fault.factText) is missing"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "there is no fact \(fault.factText)"
  }
}

extension KindID {
  /// The kind of facts that are not there.
  public static let missing = KindID(of: MissingFact.self)
}
