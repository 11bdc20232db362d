// What one node sends another in one round arrives some rounds late. It counts as sent so many rounds later,
// so it must still have been sent before EFF.

import Texts

/// `delay a b t d`
struct Delay: FaultKind {
  var name: String { "delay" }
  var verb: String { "comes late" }
  var state: Predicate { Predicate("comes late", "come late") }
  var word: String { "delay" }
  var subject: Fault.Subject.Form { .link }
  var measure: Measure? { .late }
  var budget: String { "delays" }
  var transmission: Transmission? { .delays }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<max(1, bounds.eff - 1) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.latenesses(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.round.position + fault.extent + 1 }

  /// A message is delayed at most once.
  func occupation(of fault: Fault) -> Occupation? { oncePerMessage(fault) }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "what \(fault.subject.words(nodes)) in round \(fault.round.rawValue) arrives "
      + "\(counted(fault.extent, "round")) late"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String { nothingSentSentence(of: fault, nodes) }
}

extension KindID {
  /// The kind of messages that come late.
  public static let delay = KindID(of: Delay.self)
}
