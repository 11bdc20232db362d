// What one node sends another in one round arrives, and arrives once more some rounds later. The second copy
// counts as sent so many rounds later, so it must still have been sent before EFF.

import Texts

/// `duplicate a b t d`
struct Duplicate: FaultKind {
  var name: String { "duplicate" }
  var verb: String { "comes twice" }
  var state: Predicate { Predicate("comes twice", "come twice") }
  var word: String { "duplicate" }
  var subject: Fault.Subject.Form { .link }
  var measure: Measure? { .late }
  var budget: String { "duplicates" }
  var transmission: Transmission? { .repeats }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<max(1, bounds.eff - 1) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.latenesses(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.round.position + fault.extent + 1 }

  /// A message is doubled at most once.
  func occupation(of fault: Fault) -> Occupation? { oncePerMessage(fault) }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "what \(fault.subject.words(nodes)) in round \(fault.round.rawValue) arrives once more, "
      + "\(counted(fault.extent, "round")) later"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String { nothingSentSentence(of: fault, nodes) }
}

extension KindID {
  /// The kind of messages that come twice.
  public static let duplicate = KindID(of: Duplicate.self)
}
