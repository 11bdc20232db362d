// The messages from one node to another in one round are lost. Messages of a node to itself are never lost.
// EFF bounds omissions: they strike only in rounds before it, but there may be any number of them.

import Texts

/// `omit a b t`
struct Omission: FaultKind {
  var name: String { "omission" }
  var verb: String { "is lost" }
  var word: String { "omit" }
  var subject: Fault.Subject.Form { .link }
  var budget: String? { nil }
  var isForGood: Bool { false }
  var isStated: Bool { false }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<max(1, bounds.eff) }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .link(let link) = fault.subject else { return [] }
    return [.cuts(link, fault.round, .omitted)]
  }

  func slot(of fault: Fault) -> Fault.Subject? { nil }

  /// Draws each omission with probability 1 / (2 · EFF), as the published random search does (SIGMOD 2015,
  /// section 6).
  func draw(using random: inout SplitMix, within bounds: Bounds) -> [Fault] {
    var faults: [Fault] = []
    for round in rounds(within: bounds) {
      for sender in bounds.nodes.ids {
        for receiver in bounds.nodes.ids where receiver != sender {
          guard random.number(below: 2 * bounds.eff) == 0 else { continue }
          faults.append(.omission(from: sender, to: receiver, Round(round)))
        }
      }
    }
    return faults
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    guard case .link(let link) = fault.subject else { return "" }
    return "what \(nodes[link.sender].string.showingEverything) sends to "
      + "\(nodes[link.receiver].string.showingEverything) in round \(fault.round.rawValue) is lost"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    guard case .link(let link) = fault.subject else { return "" }
    return "\(nodes[link.sender].string.showingEverything) sends nothing to "
      + "\(nodes[link.receiver].string.showingEverything) in round \(fault.round.rawValue)"
  }
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
