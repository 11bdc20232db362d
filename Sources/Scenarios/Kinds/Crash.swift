// From its round on, a crashed node sends nothing to other nodes, for good. The view decides what happens at
// the node itself: in the silent view it continues to receive and compute; in the fail-stop view its rules no
// longer fire, messages do not reach it, facts are not placed there after the round of the crash, and only
// durable rows stay. The relation `crash` reports the crash, even before it happens.

import Texts

/// `crash n t`
struct Crash: FaultKind {
  var name: String { "crash" }
  var verb: String { "crashes" }
  var state: Predicate { Predicate("has crashed", "have crashed") }
  var reason: Predicate { Predicate("crashed", "crashed") }
  var word: String { "crash" }
  var subject: Fault.Subject.Form { .node }
  var budget: String { "crashes" }
  var isForGood: Bool { true }
  var isStated: Bool { true }

  func rounds(within bounds: Bounds) -> Range<Int> { 1..<bounds.endOfCrashes }

  func leastEFF(of fault: Fault) -> Int { 0 }

  func effects(of fault: Fault, in view: CrashView) -> [Effect] {
    guard case .node(let node) = fault.subject else { return [] }
    let silent: [Effect] = [
      .silences(node, .init(from: fault.round)), .states(StatedFact(.crash, node, fault.round)),
    ]
    switch view {
    case .silent: return silent
    case .failStop:
      return silent + [
        .stops(node, .init(from: fault.round)), .isolates(node, .init(from: fault.round)),
        .bars(node, .init(from: fault.round.next), unless: []),
        .keeps(node, .init(from: fault.round), [.durable]),
      ]
    }
  }

  /// A node crashes at most once, and nothing else happens to it afterwards.
  func occupation(of fault: Fault) -> Occupation? {
    guard case .node(let node) = fault.subject else { return nil }
    return Occupation(.node(node), from: fault.round, through: nil)
  }

  /// Draws a number of crashes from none to the bound; their nodes and rounds are uniform.
  func draw(using random: inout SplitMix, from possible: PossibleFaults, within bounds: Bounds) -> [Fault] {
    var nodes = bounds.nodes.ids.filter { !bounds.budgets.spared.nodes.contains($0) }
    let count = bounds.endOfCrashes > 1 ? random.number(below: min(bounds.crashes, nodes.count) + 1) : 0
    return (0..<count).map { _ in
      let node = nodes.remove(at: random.number(below: nodes.count))
      return .crash(node, Round(1 + random.number(below: bounds.endOfCrashes - 1)))
    }
  }

  func sentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) crashes in round \(fault.round.rawValue)"
  }

  func inertSentence(of fault: Fault, _ nodes: Nodes) -> String {
    "\(fault.subject.words(nodes)) does nothing from round \(fault.round.rawValue) on"
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

  /// The round before which crashes happen.
  fileprivate var endOfCrashes: Int { min(eot, budgets.lastCrash.map { $0 + 1 } ?? eot) }
}
