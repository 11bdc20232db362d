// What is sent between the nodes of a side and the other nodes is lost for some rounds, either way. A
// partition is named by its smaller side.

import Texts

/// `partition a,b t u`
struct Partition: FaultKind {
  var name: String { "partition" }
  var verb: String { "is cut off" }
  var state: Predicate { Predicate("is cut off", "are cut off") }
  var word: String { "partition" }
  var subject: Fault.Subject.Form { .side }
  var measure: Measure? { .until }
  var budget: String { "partitions" }

  func rounds(within bounds: Bounds) -> Range<Int> { bounds.windowStarts(from: 1) }

  func extents(from round: Int, within bounds: Bounds) -> Range<Int> { bounds.windowLengths(from: round) }

  func leastEFF(of fault: Fault) -> Int { fault.until.position }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .side(let side) = fault.subject else { return [] }
    return [.separates(side, .init(of: fault))]
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) cannot talk to the other nodes in \(fault.roundsText)"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "nothing is sent between \(fault.subject.words(nodes)) and the other nodes in \(fault.roundsText)"
  }
}

extension KindID {
  /// The kind of networks that fall apart for a while.
  public static let partition = KindID(of: Partition.self)
}
