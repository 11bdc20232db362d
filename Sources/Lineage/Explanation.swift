// Why something of the good run is missing in the bad one, followed back through both runs to the faults. A
// tuple is missing because each of its firings is blocked. A firing is blocked because a premise is missing,
// because its message is lost or its node stopped, or because a tuple is there that must be absent. That
// tuple is there because of what it rests on, and because of what is missing where it needs an absence. So
// the walk changes sides with every negation, as "why-not" provenance does (Wu, Zhao, Haeberlen, Zhou and
// Loo, "Diagnosing Missing Events in Distributed Systems with Negative Provenance", SIGCOMM 2014). But both
// sides are runs that happened, so nothing has to be imagined.
//
// For each blocked firing one reason is given although there may be several, and for each tuple of the bad
// run one firing: one that copies the tuple from the round before if possible, otherwise the first. A tuple
// that both runs have for the same reasons, down to the facts, needs no explanation.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// Names a node of an `Explanation`.
public struct CauseID: DenseIndex {
  /// The number of the node, in order of discovery.
  public let rawValue: UInt32
  /// The node with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Why two runs differ in some tuples.
public struct Explanation: Sendable {
  /// A statement about the two runs.
  public enum Node: Hashable, Sendable {
    /// A tuple of the good run that the bad one lacks, because each of its firings is blocked.
    case missing(TupleID)
    /// A firing of the good run that does not happen in the bad one.
    case blocked(FiringID)
    /// A tuple of both runs that is a premise, or would have been one.
    case held(TupleID)
    /// A tuple that only the bad run has.
    case added(TupleID)
    /// A tuple of both runs that the bad one has for another reason.
    case rederived(TupleID)
    /// A firing of the bad run on which an added or rederived tuple rests.
    case enabled(FiringID)
    /// A pattern that nothing matches in the bad run. The tuples that matched it in the good run explain it;
    /// where there are none, it needs no explanation.
    case absent(AbsenceID)
    /// A fault, which needs no explanation.
    case fault(Fault)
  }

  private let graph: SupportGraph<CauseID, Node>

  /// Explains `roots`.
  public init(of roots: [Node], in difference: Difference) {
    var walk = CauseWalk(difference)
    graph = SupportGraph(from: roots) { walk.reasons(for: $0) }
  }

  /// The nodes, roots first, then breadth first.
  public var nodes: IndexedArray<CauseID, Node> { graph.nodes }
  /// The direct causes of each node.
  public var causes: IndexedArray<CauseID, [CauseID]> { graph.supports }
  /// The number of roots; they are the first nodes.
  public var rootCount: Int { graph.rootCount }

  /// Every fault of the explanation, sorted.
  public var faults: [Fault] {
    nodes.compactMap { if case .fault(let fault) = $0 { fault } else { nil } }.sorted()
  }
}

/// The direct causes of each node of an explanation.
private struct CauseWalk {
  private let difference: Difference
  private let good: Execution
  private let bad: Execution
  private var rederivations: Rederivations
  /// The negated atom that first led to an absence.
  private var atoms: [AbsenceID: Atom] = [:]

  init(_ difference: Difference) {
    self.difference = difference
    good = difference.good
    bad = difference.bad
    rederivations = Rederivations(difference)
  }

  mutating func reasons(for node: Explanation.Node) -> [Explanation.Node] {
    switch node {
    case .missing(let tuple): reasonsForMissing(tuple)
    case .blocked(let firing): reasonsForBlocked(firing)
    case .added(let tuple), .rederived(let tuple): reasonsForHolding(tuple)
    case .enabled(let firing): reasonsForEnabled(firing)
    case .absent(let absence): difference.expected(at: absence, of: atoms[absence]).map { .missing($0) }
    case .held, .fault: []
    }
  }

  private func reasonsForMissing(_ tuple: TupleID) -> [Explanation.Node] {
    let firings = difference.goodSide.firings[tuple]
    if firings.isEmpty, let fault = faultWithoutFact(tuple) { return [.fault(fault)] }
    return firings.map { .blocked($0) }
  }

  /// The fault that keeps the fact `tuple` of the good run out of the bad one; nil where none does.
  private func faultWithoutFact(_ tuple: TupleID) -> Fault? {
    let (row, round) = (good.store.row(of: tuple), good.store.round(of: tuple))
    let relation = good.store.relation(of: row)
    let name = Text(good.schema[relation].name)
    let fact = TimedFact(NamedFact(name, good.values(of: row)), in: round)
    if let removal = bad.faults.removal(of: fact, bad.setting.crashView) { return removal }
    let persistence = good.program.persistence(of: relation)
    return good.constants.node(good.store.symbol(tuple, 0)).flatMap {
      bad.faults.bar(at: $0, persistence, in: round, bad.setting.crashView)
    }
  }

  private func reasonsForBlocked(_ firing: FiringID) -> [Explanation.Node] {
    if let premise = difference.gaps.premise(of: firing) { return [.missing(premise)] }
    var held: [Explanation.Node] = []
    for case .tuple(let premise) in good.premises(of: firing) where !held.contains(.held(premise)) {
      held.append(.held(premise))
    }
    switch difference.hindrance(of: firing) {
    case .loss(let message): return held + (bad.fault(behind: message).map { [.fault($0)] } ?? [])
    case .stoppage(let fault): return held + [.fault(fault)]
    case .contradiction(let tuple): return held + [.added(tuple)]
    case nil: return held + difference.goodSide.ownExcluded(of: firing).map { .missing($0) }
    }
  }

  private func reasonsForHolding(_ tuple: TupleID) -> [Explanation.Node] {
    if let fault = bad.fault(toldBy: bad.store.row(of: tuple)) { return [.fault(fault)] }
    return difference.badSide.chosenFiring(of: tuple).map { [.enabled($0)] } ?? []
  }

  private mutating func reasonsForEnabled(_ firing: FiringID) -> [Explanation.Node] {
    let premises = bad.premisesWithNegatedAtoms(of: firing).map { premise, atom -> Explanation.Node in
      switch premise {
      case .tuple(let tuple): return reason(for: tuple)
      case .absence(let absence):
        if atoms[absence] == nil { atoms[absence] = atom }
        return .absent(absence)
      }
    }
    return premises + bad.faults(enabling: firing).map { .fault($0) }
      + difference.badSide.otherRows(of: firing, in: difference.goodSide).map { .missing($0) }
      + difference.badSide.otherCounted(of: firing, in: difference.goodSide).map { .missing($0) }
      + difference.badSide.ownExcluded(of: firing).map { reason(for: $0) }
  }

  private mutating func reason(for tuple: TupleID) -> Explanation.Node {
    guard let counterpart = difference.badSide.counterparts[tuple] else { return .added(tuple) }
    return rederivations.contains(tuple) ? .rederived(tuple) : .held(counterpart)
  }
}

/// For each firing that lacks premises in the bad run: the missing premise that takes the fewest steps to
/// explain.
///
/// The depth of a missing tuple is that of its deepest firing. The depth of a firing is that of its
/// shallowest missing premise, or 0 where something else prevents it. One pass in order of derivation
/// suffices for a heuristic: a firing rests on a tuple derived later only within a round, and such a premise
/// comes last.
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

  /// The missing premise that explains why `firing` does not happen; nil where none is missing.
  func premise(of firing: FiringID) -> TupleID? { premises[firing] }
}
