// A paused node does nothing for some rounds and forgets nothing: every row that came into a round stays for
// the next one, messages among them. The relation `pause` reports it, even before it happens.

import Texts

/// `pause n t u`
struct Pause: FaultKind {
  var name: String { "pause" }
  var verb: String { "pauses" }
  var state: Predicate { Predicate("pauses", "pause") }
  var ending: String? { "goes on" }
  var word: String { "pause" }
  var subject: Fault.Subject.Form { .node }
  var measure: Measure? { .until }
  var budget: String { "pauses" }
  var isStated: Bool { true }

  func rounds(within bounds: Bounds) -> Range<Int> { bounds.windowStarts(from: 1) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.windowLengths(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.until.position }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .node(let node) = fault.subject else { return [] }
    return [
      .stops(node, .init(of: fault)), .keeps(node, .init(of: fault), Persistence.allCases),
      .states(StatedFact(.pause, node, fault.round, until: fault.until)),
    ]
  }

  /// A node has one trouble at a time.
  func occupation(of fault: Fault) -> Occupation? { onePerNode(fault) }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) pauses in \(fault.roundsText)"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) does nothing and gets nothing in \(fault.roundsText)"
  }
}

extension KindID {
  /// The kind of nodes that do nothing for a while.
  public static let pause = KindID(of: Pause.self)
}
