// A node is down for some rounds and then back with what is durable: rows of durable and of fixed relations
// stay, everything else is gone, and what would have arrived meanwhile is lost. The relation `outage` reports
// it, even before it happens.

import Texts

/// `restart n t u`
struct Restart: FaultKind {
  var name: String { "restart" }
  var verb: String { "goes down" }
  var state: Predicate { Predicate("is down", "are down") }
  var ending: String? { "is back" }
  var word: String { "restart" }
  var subject: Fault.Subject.Form { .node }
  var measure: Measure? { .until }
  var budget: String { "restarts" }
  var isStated: Bool { true }

  func rounds(within bounds: Bounds) -> Range<Int> { bounds.windowStarts(from: 2) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.windowLengths(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.until.position }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .node(let node) = fault.subject else { return [] }
    return [
      .stops(node, .init(of: fault)), .isolates(node, .init(of: fault)),
      .bars(node, .init(of: fault), unless: [.fixed]),
      .keeps(node, .init(of: fault), [.durable, .fixed]),
      .states(StatedFact(.outage, node, fault.round, until: fault.until)),
    ]
  }

  /// A node has one trouble at a time.
  func occupation(of fault: Fault) -> Occupation? { onePerNode(fault) }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) is down in \(fault.roundsText) and restarts with what is durable"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) does nothing, keeps nothing and gets nothing in \(fault.roundsText)"
  }
}

extension KindID {
  /// The kind of nodes that come back with what is durable.
  public static let restart = KindID(of: Restart.self)
}
