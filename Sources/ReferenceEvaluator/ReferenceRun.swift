import Dedalus
import Texts

/// What happens to the rules of a node that crashes.
public enum ReferenceCrashView: Hashable, Sendable, CaseIterable {
  /// They continue to fire; only their messages to other nodes are lost.
  case silent
  /// They no longer fire, and nothing reaches the node.
  case failStop
}

/// A run to be made: a program, its nodes, what goes wrong, and what is chosen.
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
  /// The facts that are chosen; the others of which the program leaves the round open are not placed.
  public let inputs: [ReferenceFact]
  /// The pauses, restarts and wipes among them. They are kept apart because every match asks for them.
  let standstills: [ReferenceFault]

  /// A run of `program` for the rounds 1…`eot` on `nodes`, in any order.
  public init(
    program: Program, nodes: [Text], eot: Int, crashView: ReferenceCrashView = .silent,
    faults: [ReferenceFault] = [], inputs: [ReferenceFact] = []
  ) {
    self.program = program
    self.nodes = Set(nodes).sorted()
    self.eot = eot
    self.crashView = crashView
    self.faults = faults
    self.inputs = inputs
    standstills = faults.filter { [.pause, .restart, .wipe].contains($0.kind) }
  }
}
