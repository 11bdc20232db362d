import Dedalus
import Texts

/// All fault sets that are admissible within some bounds.
public struct ReferenceFaultSpace: Hashable, Sendable {
  /// The nodes, sorted.
  public let nodes: [Text]
  /// The last round; crashes are in rounds before it.
  public let eot: Int
  /// Everything that passes is over by this round.
  public let eff: Int
  /// The largest number of faults of each kind. A kind that is not here has none, but for omissions, of which
  /// there may be any number.
  public var budgets: [ReferenceFault.Kind: Int]
  /// The largest number of rounds in a window.
  public var window = 2
  /// The largest number of rounds that a message is late.
  public var late = 2
  /// The last round in which a node may crash; nil for any before `eot`.
  public var lastCrash: Int?
  /// The sides that partitions may have.
  public var split = Split.any
  /// Nodes with no crash, restart, wipe or pause.
  public var sparedNodes: Set<Text> = []
  /// Links on which nothing is omitted, delayed or duplicated.
  public var sparedLinks: Set<Link> = []
  /// The facts that may be missing.
  public var configuration: [ReferenceFact] = []

  /// How many nodes a side of a partition may have.
  public enum Split: Hashable, Sendable, CaseIterable {
    case any
    case one
    /// Half of the nodes, rounded down.
    case half
  }

  /// Two nodes, of which the first sends to the second.
  public struct Link: Hashable, Sendable {
    /// The sender.
    public let from: Text
    /// The receiver.
    public let to: Text

    /// What `from` sends `to`.
    public init(from: Text, to: Text) {
      self.from = from
      self.to = to
    }
  }

  /// The space of the bounds ⟨`eot`, `eff`⟩ and `budgets` on `nodes`, in any order.
  public init(nodes: [Text], eot: Int, eff: Int, budgets: [ReferenceFault.Kind: Int]) {
    assert(budgets.values.allSatisfy { $0 >= 0 }, "a budget is a number of faults")
    self.nodes = Set(nodes).sorted()
    self.eot = eot
    self.eff = eff
    self.budgets = budgets
  }

  /// The space of the bounds ⟨`eot`, `eff`, `crashes`⟩ on `nodes`, in any order.
  public init(nodes: [Text], eot: Int, eff: Int, crashes: Int) {
    self.init(nodes: nodes, eot: eot, eff: eff, budgets: [.crash: crashes])
  }

  /// The largest number of nodes that crash.
  public var crashes: Int { budgets[.crash] ?? 0 }

  /// The largest number of faults of `kind`; nil where there may be any number.
  public func budget(of kind: ReferenceFault.Kind) -> Int? {
    budgets[kind] ?? (kind == .omission ? nil : 0)
  }
}

extension ReferenceFaultSpace {
  /// The same space for runs of `eot` rounds of `program`: what passes is over by their end.
  public func with(eot: Int, for program: Program) -> ReferenceFaultSpace {
    var space = ReferenceFaultSpace(nodes: nodes, eot: eot, eff: min(eff, eot), budgets: budgets)
    (space.window, space.late, space.split, space.lastCrash) = (window, late, split, lastCrash)
    (space.sparedNodes, space.sparedLinks) = (sparedNodes, sparedLinks)
    space.configuration = program.configurationFacts.filter { $0.round <= eot }
    return space
  }
}

extension Program {
  /// The facts of relations that are declared `configuration`, sorted.
  public var configurationFacts: [ReferenceFact] {
    facts.filter { configuration.contains($0.relation) }.map { ReferenceFact($0, of: self) }.sorted()
  }
}
