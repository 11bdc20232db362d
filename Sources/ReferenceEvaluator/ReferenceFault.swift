import Dedalus
import Texts

/// One thing that goes wrong.
public enum ReferenceFault: Hashable, Sendable {
  /// From `round` on, `node` sends nothing to other nodes.
  case crash(node: Text, round: Int)
  /// The messages from one node to another sent in `round` are lost.
  case omission(from: Text, to: Text, round: Int)
}

extension ReferenceFault {
  /// The fault with this `name` in documents and these nodes, in the order in which they are written; nil
  /// where there is no such fault.
  public init?(_ name: String, _ nodes: [Text], round: Int) {
    switch (name, nodes.count) {
    case ("crash", 1): self = .crash(node: nodes[0], round: round)
    case ("omission", 2): self = .omission(from: nodes[0], to: nodes[1], round: round)
    default: return nil
    }
  }

  /// The name in documents.
  public var name: String {
    switch self {
    case .crash: "crash"
    case .omission: "omission"
    }
  }

  /// Its nodes, in the order in which they are written.
  public var nodes: [Text] {
    switch self {
    case .crash(let node, _): [node]
    case .omission(let from, let to, _): [from, to]
    }
  }

  /// The round in which the fault begins, or the only round in which it strikes.
  public var round: Int {
    switch self {
    case .crash(_, let round), .omission(_, _, let round): round
    }
  }
}

extension ReferenceFault: Comparable {
  /// The names of the kinds, in the order in which faults are listed.
  private static let kinds = ["crash", "omission"]

  /// Orders faults by kind, then by round, then by names.
  public static func < (left: ReferenceFault, right: ReferenceFault) -> Bool {
    let places = (kinds.firstIndex(of: left.name) ?? 0, kinds.firstIndex(of: right.name) ?? 0)
    if places.0 != places.1 { return places.0 < places.1 }
    if left.round != right.round { return left.round < right.round }
    return left.nodes.lexicographicallyPrecedes(right.nodes)
  }
}

extension ReferenceFault {
  /// Every single fault that may occur within `space`, in canonical order.
  static func all(in space: ReferenceFaultSpace) -> [ReferenceFault] {
    var faults: [ReferenceFault] = []
    if space.crashes > 0 {
      for round in 1..<max(space.eot, 1) { faults += space.nodes.map { .crash(node: $0, round: round) } }
    }
    for round in 1..<max(space.eff, 1) {
      for from in space.nodes {
        faults += space.nodes.filter { $0 != from }.map { .omission(from: from, to: $0, round: round) }
      }
    }
    return faults
  }
}

/// What happens to the rules of a node that crashes.
public enum ReferenceCrashView: Hashable, Sendable, CaseIterable {
  /// They continue to fire; only their messages to other nodes are lost.
  case silent
  /// They no longer fire.
  case failStop
}

/// A run to be made: a program, its nodes, and what goes wrong.
public struct ReferenceRun: Sendable {
  /// The program that runs.
  public let program: Program
  /// The nodes, sorted.
  public let nodes: [Text]
  /// The last round.
  public let eot: Int
  /// What a crash does to the rules of the crashed node.
  public let crashView: ReferenceCrashView
  /// The faults of the run; they need not be admissible.
  public let faults: [ReferenceFault]

  /// A run of `program` for the rounds 1…`eot` on `nodes`, in any order.
  public init(
    program: Program, nodes: [Text], eot: Int, crashView: ReferenceCrashView = .silent,
    faults: [ReferenceFault] = []
  ) {
    self.program = program
    self.nodes = Set(nodes).sorted()
    self.eot = eot
    self.crashView = crashView
    self.faults = faults
  }
}

extension ReferenceRun {
  /// Whether rules located at `node` fire in `round`.
  public func acts(_ node: Text, in round: Int) -> Bool { !isStopped(node, in: round) }

  /// Whether facts of `round` are placed at `node`.
  public func getsFacts(_ node: Text, in round: Int) -> Bool { !isStopped(node, in: round - 1) }

  /// Whether a message from one node to another, sent in `round`, arrives.
  public func arrives(from sender: Text, to receiver: Text, sentIn round: Int) -> Bool {
    fate(from: sender, to: receiver, sentIn: round) == .delivered
  }
}

extension ReferenceRun {
  /// Each crash of the run, in canonical order.
  var crashes: [(node: Text, round: Int)] {
    faults.sorted().compactMap { fault in
      if case .crash(let node, let round) = fault { (node, round) } else { nil }
    }
  }

  /// Whether `node` has crashed in `round` or before.
  func hasCrashed(_ node: Text, by round: Int) -> Bool {
    faults.contains { fault in
      if case .crash(node, let crashRound) = fault { crashRound <= round } else { false }
    }
  }

  /// Whether rules located at `node` do not fire in `round`.
  func isStopped(_ node: Text, in round: Int) -> Bool {
    crashView == .failStop && hasCrashed(node, by: round)
  }

  /// Whether `fact` is placed: under fail-stop, not at a node that crashed in an earlier round.
  func isPlaced(_ fact: Fact) -> Bool {
    guard case .string(let place)? = fact.values.first else { return true }
    return getsFacts(place, in: fact.round)
  }

  /// What happens to a message; the sender is nil for a rule whose location is `_`.
  func fate(from sender: Text?, to receiver: Text, sentIn round: Int) -> MessageFate {
    guard let sender, sender != receiver else { return .delivered }
    if hasCrashed(sender, by: round) { return .lostByCrash }
    let isOmitted = faults.contains(.omission(from: sender, to: receiver, round: round))
    return isOmitted ? .lostByOmission : .delivered
  }
}
