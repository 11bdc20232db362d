import Dedalus
import Texts

/// One thing that goes wrong. A window is the rounds from `round` to the one before `until`.
public enum ReferenceFault: Hashable, Sendable {
  /// From `round` on, `node` sends nothing to other nodes.
  case crash(node: Text, round: Int)
  /// The messages from one node to another sent in `round` are lost.
  case omission(from: Text, to: Text, round: Int)
  /// The messages from one node to another sent in `round` arrive `late` rounds late.
  case delay(from: Text, to: Text, round: Int, late: Int)
  /// The messages from one node to another sent in `round` arrive once more, `late` rounds late.
  case duplicate(from: Text, to: Text, round: Int, late: Int)
  /// In its window `node` does nothing and forgets nothing.
  case pause(node: Text, round: Int, until: Int)
  /// In its window `node` is down; then it is back with what is durable.
  case restart(node: Text, round: Int, until: Int)
  /// What is sent in its window between the nodes of `side` and the others is lost.
  case partition(side: [Text], round: Int, until: Int)
  /// In its window `node` is down; then it is back, and what was durable is gone.
  case wipe(node: Text, round: Int, until: Int)
  /// A fact of the configuration is not there.
  case missing(fact: ReferenceFact)
}

extension ReferenceFault {
  /// The kinds, in the order in which faults are listed.
  public enum Kind: Hashable, Comparable, Sendable, CaseIterable {
    case crash, omission, delay, duplicate, pause, restart, partition, wipe, missing

    /// The name in documents.
    public var name: String {
      switch self {
      case .crash: "crash"
      case .omission: "omission"
      case .delay: "delay"
      case .duplicate: "duplicate"
      case .pause: "pause"
      case .restart: "restart"
      case .partition: "partition"
      case .wipe: "wipe"
      case .missing: "missing"
      }
    }
  }

  /// The kind.
  public var kind: Kind {
    switch self {
    case .crash: .crash
    case .omission: .omission
    case .delay: .delay
    case .duplicate: .duplicate
    case .pause: .pause
    case .restart: .restart
    case .partition: .partition
    case .wipe: .wipe
    case .missing: .missing
    }
  }

  /// The name of the kind in documents.
  public var name: String { kind.name }

  /// Its nodes, in the order in which they are written; of a partition the side, of a missing fact none.
  public var nodes: [Text] {
    switch self {
    case .crash(let node, _), .pause(let node, _, _), .restart(let node, _, _), .wipe(let node, _, _): [node]
    case .omission(let from, let to, _), .delay(let from, let to, _, _), .duplicate(let from, let to, _, _):
      [from, to]
    case .partition(let side, _, _): side
    case .missing: []
    }
  }

  /// The round in which the fault begins, or the only round in which it strikes.
  public var round: Int {
    switch self {
    case .crash(_, let round), .omission(_, _, let round), .delay(_, _, let round, _),
      .duplicate(_, _, let round, _), .pause(_, let round, _), .restart(_, let round, _),
      .partition(_, let round, _), .wipe(_, let round, _):
      round
    case .missing(let fact): fact.round
    }
  }

  /// The round after the last of its window; nil where it has none.
  public var until: Int? {
    switch self {
    case .pause(_, _, let until), .restart(_, _, let until), .partition(_, _, let until),
      .wipe(_, _, let until):
      until
    case .crash, .omission, .delay, .duplicate, .missing: nil
    }
  }

  /// How many rounds late a message arrives; nil where the fault does not say it.
  public var late: Int? {
    switch self {
    case .delay(_, _, _, let late), .duplicate(_, _, _, let late): late
    case .crash, .omission, .pause, .restart, .partition, .wipe, .missing: nil
    }
  }

  /// The fact that is missing; nil for other kinds.
  public var fact: ReferenceFact? {
    if case .missing(let fact) = self { fact } else { nil }
  }
}

extension ReferenceFault {
  /// The fault with this `name` in documents and these nodes, in the order in which they are written; nil
  /// where there is no such fault, or where it lacks a part.
  public init?(
    _ name: String, _ nodes: [Text], round: Int, until: Int? = nil, late: Int? = nil,
    fact: ReferenceFact? = nil
  ) {
    switch (Kind.allCases.first { $0.name == name }, nodes.count, until, late, fact) {
    case (.crash, 1, nil, nil, nil): self = .crash(node: nodes[0], round: round)
    case (.omission, 2, nil, nil, nil): self = .omission(from: nodes[0], to: nodes[1], round: round)
    case (.delay, 2, nil, let late?, nil):
      self = .delay(from: nodes[0], to: nodes[1], round: round, late: late)
    case (.duplicate, 2, nil, let late?, nil):
      self = .duplicate(from: nodes[0], to: nodes[1], round: round, late: late)
    case (.pause, 1, let until?, nil, nil): self = .pause(node: nodes[0], round: round, until: until)
    case (.restart, 1, let until?, nil, nil): self = .restart(node: nodes[0], round: round, until: until)
    case (.partition, _, let until?, nil, nil): self = .partition(side: nodes, round: round, until: until)
    case (.wipe, 1, let until?, nil, nil): self = .wipe(node: nodes[0], round: round, until: until)
    case (.missing, 0, nil, nil, let fact?) where fact.round == round: self = .missing(fact: fact)
    default: return nil
    }
  }
}

extension ReferenceFault: Comparable {
  /// Orders faults by kind, then by round, then by their other parts from left to right.
  public static func < (left: ReferenceFault, right: ReferenceFault) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.round != right.round { return left.round < right.round }
    if let left = left.fact, let right = right.fact { return left < right }
    if left.nodes != right.nodes { return left.nodes.lexicographicallyPrecedes(right.nodes) }
    if let left = left.until, let right = right.until { return left < right }
    if let left = left.late, let right = right.late { return left < right }
    return false
  }
}
