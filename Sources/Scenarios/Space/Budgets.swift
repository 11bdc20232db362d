import Texts

/// How many faults of each kind there may be, how far each may go, and what is spared.
public struct Budgets: Hashable, Sendable {
  /// Which sides partitions may have.
  public enum Split: String, Hashable, Sendable, CaseIterable {
    /// Any side.
    case any
    /// A single node.
    case one
    /// Half of the nodes, rounded down.
    case half
  }

  /// The nodes and links on which nothing goes wrong by itself. A partition can cut spared links.
  public struct Spared: Hashable, Sendable {
    /// Nodes that neither crash, restart, pause nor are wiped.
    public var nodes: Set<NodeID>
    /// Links whose messages are neither lost, delayed nor doubled.
    public var links: Set<Link>

    /// Spares `nodes` and `links`.
    public init(nodes: Set<NodeID> = [], links: Set<Link> = []) {
      (self.nodes, self.links) = (nodes, links)
    }

    /// Whether nothing is spared.
    public var isEmpty: Bool { nodes.isEmpty && links.isEmpty }
  }

  /// The largest number of faults of a kind, where it is not the usual one.
  private var counts: [KindID: Int]
  /// The largest number of rounds that a pause, a restart, a wipe or a partition takes.
  public var window: Int
  /// The largest number of rounds by which a message comes late.
  public var late: Int
  /// Which sides partitions may have.
  public var split: Split
  /// The last round in which a node may crash; nil for any before the last round of the run.
  public var lastCrash: Int?
  /// What is spared.
  public var spared: Spared

  /// The value of `window` where none is given.
  public static let usualWindow = 2
  /// The value of `late` where none is given.
  public static let usualLate = 2
  /// The largest budget that can be given, and the largest window and lateness.
  public static let greatest = 1_000_000

  /// The budgets with these counts; a kind without a count has its usual one.
  public init(
    _ counts: [KindID: Int] = [:], window: Int = usualWindow, late: Int = usualLate, split: Split = .any,
    spared: Spared = Spared()
  ) {
    self.counts = counts.filter { $0.value != $0.key.meaning.usualBudget }
    (self.window, self.late, self.split, self.spared) = (window, late, split, spared)
  }

  /// The largest number of faults of `kind`; nil for any number.
  public subscript(kind: KindID) -> Int? {
    get { counts[kind] ?? kind.meaning.usualBudget }
    set { counts[kind] = newValue == kind.meaning.usualBudget ? nil : newValue }
  }

  /// The kinds whose budget is not the usual one, with their budgets, in the order of kinds.
  public var given: [(kind: KindID, count: Int)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The largest number of crashes.
  public static func crashes(_ count: Int) -> Budgets { Budgets([.crash: count]) }
}
