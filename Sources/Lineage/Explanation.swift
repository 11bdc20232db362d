// Why something of the good run is missing in the bad one, followed back through both runs to the faults. A tuple is
// missing because each of its firings is blocked; a firing because a premise is missing, because its message is lost
// or its node stopped, or because something is there now that must not be; and that is there because of what it rests
// on, and because of what is missing where it needs an absence. So the walk changes sides with every negation, as
// "why-not" provenance does (Wu, Zhao, Haeberlen, Zhou and Loo, "Diagnosing Missing Events in Distributed Systems
// with Negative Provenance", SIGCOMM 2014), but both sides are runs that happened: nothing has to be imagined.
//
// For each blocked firing one reason is given although there may be several, and for each added tuple one firing.

import Dedalus
public import Evaluation
public import Indices

/// Names a node of an `Explanation`.
public struct CauseID: DenseIndex {
  /// The number of the node, in order of discovery.
  public let rawValue: UInt32
  /// The node with that number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Why tuples of the failure-free run are missing in the faulty one.
public struct Explanation: Sendable {
  /// A fact about the two runs.
  public enum Node: Hashable, Sendable {
    /// A tuple of the good run that the bad one lacks, because each of its firings is blocked.
    case missing(TupleID)
    /// A firing of the good run that does not happen in the bad one.
    case blocked(FiringID)
    /// A tuple of the good run, held by the bad one too, that would have been a premise.
    case held(TupleID)
    /// A tuple that only the bad run has.
    case added(TupleID)
    /// A firing of the bad run that does not happen in the good one.
    case enabled(FiringID)
    /// A pattern that nothing matches in the bad run, because the tuples that matched it are missing.
    case absent(AbsenceID)
    /// A fault: it needs no reason.
    case fault(Fault)
  }

  /// The nodes, roots first, then breadth first.
  public let nodes: IndexedArray<CauseID, Node>
  /// What each node is due to.
  public let causes: IndexedArray<CauseID, [CauseID]>
  /// How many of the first nodes are roots.
  public let rootCount: Int
  /// The size of the whole explanation; larger than `nodes.count` where the limit cut it.
  public let total: Int

  /// Why `roots` are as they are, cut after `limit` nodes.
  public init(of roots: [Node], in difference: Difference, limit: Int = .max) {
    var search = CauseSearch(difference)
    search.run(from: roots)
    let kept = Swift.min(limit, search.nodes.count)
    nodes = IndexedArray(Array(search.nodes.elements.prefix(kept)))
    causes = IndexedArray(search.causes.elements.prefix(kept).map { $0.filter { $0.position < kept } })
    rootCount = Swift.min(search.rootCount, kept)
    total = search.nodes.count
  }

  /// Every fault that plays a part, sorted.
  public var faults: [Fault] {
    nodes.compactMap { if case .fault(let fault) = $0 { fault } else { nil } }.sorted()
  }
}

/// The breadth-first walk from what is different to the faults.
private struct CauseSearch {
  private(set) var nodes: IndexedArray<CauseID, Explanation.Node> = []
  private(set) var causes: IndexedArray<CauseID, [CauseID]> = []
  private(set) var rootCount = 0

  private let difference: Difference
  private let good: Execution
  private let bad: Execution
  private var numbers: [Explanation.Node: CauseID] = [:]
  /// The negated atom that first led to an absence.
  private var atoms: [AbsenceID: Atom] = [:]

  init(_ difference: Difference) {
    self.difference = difference
    good = difference.good
    bad = difference.bad
  }

  mutating func run(from roots: [Explanation.Node]) {
    for root in roots { _ = number(of: root) }
    rootCount = nodes.count
    while causes.count < nodes.count {
      let node = nodes[causes.nextIndex]
      causes.append(reasons(for: node).map { number(of: $0) })
    }
  }

  private mutating func number(of node: Explanation.Node) -> CauseID {
    if let number = numbers[node] { return number }
    let number = nodes.append(node)
    numbers[node] = number
    return number
  }

  private mutating func reasons(for node: Explanation.Node) -> [Explanation.Node] {
    switch node {
    case .missing(let tuple): reasonsForMissing(tuple)
    case .blocked(let firing): reasonsForBlocked(firing)
    case .added(let tuple): reasonsForAdded(tuple)
    case .enabled(let firing): reasonsForEnabled(firing)
    case .absent(let absence): difference.expected(at: absence, of: atoms[absence]).map { .missing($0) }
    case .held, .fault: []
    }
  }

  private func reasonsForMissing(_ tuple: TupleID) -> [Explanation.Node] {
    let firings = difference.goodSide.firings[tuple]
    if firings.isEmpty, let node = good.constants.node(good.store.symbol(tuple, 0)),
      let crash = bad.faults.crashRound(of: node)
    {
      return [.fault(.crash(node, crash))]
    }
    return firings.map { .blocked($0) }
  }

  private func reasonsForBlocked(_ firing: FiringID) -> [Explanation.Node] {
    if let premise = difference.gaps.premise(of: firing) { return [.missing(premise)] }
    var held: [Explanation.Node] = []
    for case .tuple(let premise) in good.premises(of: firing) where !held.contains(.held(premise)) {
      held.append(.held(premise))
    }
    switch difference.hindrance(of: firing) {
    case .loss(let message): return held + (bad.fault(behind: message).map { [.fault($0)] } ?? [])
    case .crash(let node, let round): return held + [.fault(.crash(node, round))]
    case .contradiction(let tuple): return held + [.added(tuple)]
    case nil: return held
    }
  }

  private func reasonsForAdded(_ tuple: TupleID) -> [Explanation.Node] {
    if let fault = bad.fault(toldBy: bad.store.row(of: tuple)) { return [.fault(fault)] }
    let firings = difference.badSide.firings[tuple]
    let copy = firings.first { bad.copiedTuple(of: $0) != nil }
    return (copy ?? firings.first).map { [.enabled($0)] } ?? []
  }

  private mutating func reasonsForEnabled(_ firing: FiringID) -> [Explanation.Node] {
    var reasons: [Explanation.Node] = []
    for (premise, atom) in bad.premisesWithNegatedAtoms(of: firing) {
      let reason: Explanation.Node
      switch premise {
      case .tuple(let tuple):
        reason = difference.badSide.counterparts[tuple].map { .held($0) } ?? .added(tuple)
      case .absence(let absence):
        if difference.expected(at: absence, of: atom).isEmpty { continue }
        if atoms[absence] == nil { atoms[absence] = atom }
        reason = .absent(absence)
      }
      if !reasons.contains(reason) { reasons.append(reason) }
    }
    return reasons + difference.badSide.otherRows(of: firing, in: difference.goodSide).map { .missing($0) }
  }
}

/// For each firing that lacks premises in the bad run, the one whose absence is explained in the fewest steps.
///
/// A missing tuple is as deep as the deepest of its firings, a firing as deep as the shallowest of its missing
/// premises, or 0 where something else hinders it. One pass in order of derivation suffices for a heuristic: only
/// within a round may a firing rest on a tuple derived later, and such a premise comes last.
struct NearestGaps: Sendable {
  private var premises: [FiringID: TupleID] = [:]

  init(_ good: ComparedRun) {
    let execution = good.execution
    var depths = IndexedArray<TupleID, Int>(repeating: .max, count: execution.store.tupleCount)
    for tuple in execution.store.tuples where good.counterparts[tuple] == nil {
      var depth = 0
      for firing in good.firings[tuple] {
        let missing = execution.premises(of: firing).compactMap { premise -> TupleID? in
          if case .tuple(let tuple) = premise, good.counterparts[tuple] == nil { tuple } else { nil }
        }
        guard let nearest = missing.min(by: { depths[$0] < depths[$1] }) else { continue }
        premises[firing] = nearest
        depth = max(depth, depths[nearest] == .max ? 0 : depths[nearest] + 1)
      }
      depths[tuple] = depth
    }
  }

  /// The premise that explains why `firing` does not happen; nil where none is missing.
  func premise(of firing: FiringID) -> TupleID? { premises[firing] }
}
