// As a restart, but what was durable is gone, too: only rows of fixed relations, code and configuration,
// stay. The relation `outage` reports it, even before it happens.

import Texts

/// `wipe n t u`
struct Wipe: FaultKind {
  var name: String { "wipe" }
  var verb: String { "goes down" }
  var state: Predicate { Predicate("is down", "are down") }
  var ending: String? { "is back, empty" }
  var word: String { "wipe" }
  var subject: Fault.Subject.Form { .node }
  var measure: Measure? { .until }
  var budget: String { "wipes" }
  var isStated: Bool { true }

  func rounds(within bounds: Bounds) -> Range<Int> { bounds.windowStarts(from: 2) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.windowLengths(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.until.position }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .node(let node) = fault.subject else { return [] }
    return [
      .stops(node, .init(of: fault)), .isolates(node, .init(of: fault)),
      .bars(node, .init(of: fault), unless: [.fixed]),
      .keeps(node, .init(of: fault), [.fixed]),
      .states(StatedFact(.outage, node, fault.round, until: fault.until)),
    ]
  }

  /// A node has one trouble at a time.
  func occupation(of fault: Fault) -> Occupation? { onePerNode(fault) }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) is down in \(fault.roundsText) and restarts with nothing"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) does nothing, keeps nothing and gets nothing in \(fault.roundsText)"
  }
}

extension KindID {
  /// The kind of nodes that come back with nothing.
  public static let wipe = KindID(of: Wipe.self)
}
