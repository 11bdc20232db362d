// The messages from one node to another in one round are lost. Messages of a node to itself are never lost.
// EFF bounds omissions: they strike only in rounds before it. There may be any number of them, unless a
// budget is given.

import Texts

/// `omit a b t`
struct Omission: FaultKind {
  var name: String { "omission" }
  var verb: String { "is lost" }
  var state: Predicate { Predicate("is lost", "are lost") }
  var word: String { "omit" }
  var subject: Fault.Subject.Form { .link }
  var budget: String { "omissions" }
  var usualBudget: Int? { nil }
  var transmission: Transmission? { .loses }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<max(1, bounds.eff) }

  func leastEFF(of fault: Fault) -> Int { fault.round.position + 1 }

  /// Draws each omission with probability 1 / (2 · EFF), as the published random search does (SIGMOD 2015,
  /// section 6).
  func draw(using random: inout SplitMix, from possible: PossibleFaults, within bounds: Bounds) -> [Fault] {
    var faults: [Fault] = []
    for round in rounds(within: bounds) {
      for sender in bounds.nodes.ids {
        for receiver in bounds.nodes.ids where receiver != sender {
          guard random.number(below: 2 * bounds.eff) == 0 else { continue }
          let fault = Fault.omission(from: sender, to: receiver, Round(round))
          if bounds.covers(fault) { faults.append(fault) }
        }
      }
    }
    guard let most = bounds.most(of: .omission), most < faults.count else { return faults }
    return Array(faults.shuffled(using: &random).prefix(most))
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "what \(fault.subject.words(nodes)) in round \(fault.round.rawValue) is lost"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String { nothingSentSentence(of: fault, nodes) }
}

extension KindID {
  /// The kind of lost messages.
  public static let omission = KindID(of: Omission.self)
}

extension Fault {
  /// The loss of what `sender` sends to `receiver` in `round`.
  public static func omission(from sender: NodeID, to receiver: NodeID, _ round: Round) -> Fault {
    Fault(.omission, .link(Link(from: sender, to: receiver)), round)
  }
}
