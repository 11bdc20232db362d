// From its round on, a crashed node sends nothing to other nodes, for good. The view decides what happens at
// the node itself: in the silent view it continues to receive and compute; in the fail-stop view its rules no
// longer fire, and facts are not placed there after the round of the crash. The relation `crash` reports the
// crash, even before it happens.

import Texts

/// `crash n t`
struct Crash: FaultKind {
  var name: String { "crash" }
  var verb: String { "crashes" }
  var word: String { "crash" }
  var subject: Fault.Subject.Form { .node }
  var budget: String? { "crashes" }
  var isForGood: Bool { true }
  var isStated: Bool { true }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<bounds.eot }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    let (node, round) = (fault.subject.node, fault.round)
    let silent: [Effect] = [
      .silences(node, .init(from: round), .senderCrashed), .states(StatedFact(node: node, round: round)),
    ]
    switch view {
    case .silent: return silent
    case .failStop: return silent + [.stops(node, .init(from: round)), .bars(node, .init(from: round.next))]
    }
  }

  /// A node crashes at most once.
  func slot(of fault: Fault) -> Fault.Subject? { fault.subject }

  /// Draws a number of crashes from none to the bound; their nodes and rounds are uniform.
  func draw(using random: inout SplitMix, within bounds: Bounds) -> [Fault] {
    var nodes = Array(bounds.nodes.ids)
    let count = bounds.eot > 1 ? random.number(below: bounds.crashes + 1) : 0
    return (0..<count).map { _ in
      let node = nodes.remove(at: random.number(below: nodes.count))
      return .crash(node, Round(1 + random.number(below: bounds.eot - 1)))
    }
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(nodes[fault.subject.node].string.showingEverything) crashes in round \(fault.round.rawValue)"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(nodes[fault.subject.node].string.showingEverything) does nothing from round \(fault.round.rawValue) on"
  }
}

extension KindID {
  /// The kind of a node that falls silent for good.
  public static let crash = KindID(of: Crash.self)
}

extension Fault {
  /// `node` crashes in `round`.
  public static func crash(_ node: NodeID, _ round: Round) -> Fault { Fault(.crash, .node(node), round) }
}

extension Bounds {
  /// The largest number of nodes that may crash.
  public var crashes: Int { most(of: .crash) ?? 0 }
}
