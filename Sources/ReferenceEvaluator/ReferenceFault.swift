import Dedalus
import Texts

/// One thing that goes wrong.
public enum ReferenceFault: Hashable, Sendable {
  /// From `round` on, `node` sends nothing to other nodes.
  case crash(node: Text, round: Int)
  /// The messages from one node to another sent in `round` are lost.
  case omission(from: Text, to: Text, round: Int)
}

extension ReferenceFault: Comparable {
  /// Crashes before omissions, then by round, then by names.
  public static func < (left: ReferenceFault, right: ReferenceFault) -> Bool {
    switch (left, right) {
    case (.crash, .omission): true
    case (.omission, .crash): false
    case (.crash(let leftNode, let leftRound), .crash(let rightNode, let rightRound)):
      (leftRound, leftNode) < (rightRound, rightNode)
    case (
      .omission(let leftFrom, let leftTo, let leftRound),
      .omission(let rightFrom, let rightTo, let rightRound)
    ):
      (leftRound, leftFrom, leftTo) < (rightRound, rightFrom, rightTo)
    }
  }
}

/// What becomes of the rules of a node that crashes.
public enum ReferenceCrashView: Hashable, Sendable, CaseIterable {
  /// They go on firing; only their messages to other nodes are lost.
  case silent
  /// They fire no more.
  case failStop
}

/// One execution to be made: a program, its nodes, and what goes wrong.
public struct ReferenceRun: Sendable {
  /// The program.
  public let program: Program
  /// The nodes, sorted.
  public let nodes: [Text]
  /// The last round.
  public let eot: Int
  /// What a crash does to the rules of the crashed node.
  public let crashView: ReferenceCrashView
  /// What goes wrong; not necessarily admissible.
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
    return !isStopped(place, in: fact.round - 1)
  }

  /// What becomes of a message; nil is the sender of a rule whose location is `_`.
  func fate(from sender: Text?, to receiver: Text, sentIn round: Int) -> MessageFate {
    guard let sender, sender != receiver else { return .delivered }
    if hasCrashed(sender, by: round) { return .lostByCrash }
    let isOmitted = faults.contains(.omission(from: sender, to: receiver, round: round))
    return isOmitted ? .lostByOmission : .delivered
  }
}
