// Why a tuple holds in one run: its firings, their premises, the firings of those, down to facts. This is the
// provenance graph of the database literature (Green, Karvounarakis and Tannen, "Provenance Semirings", PODS
// 2007). Alternatives (the firings of a tuple) and conjunctions (the premises of a firing) are separate
// nodes.
//
// Every tuple, firing and absence is one node: derivation trees are shared, never written out.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Names a node of a `DerivationGraph`.
public struct DerivationNodeID: DenseIndex {
  /// The number of the node, in order of discovery.
  public let rawValue: UInt32
  /// The node with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The lineage of some tuples in one run.
public struct DerivationGraph: Sendable {
  /// What a node stands for.
  public enum Node: Hashable, Sendable {
    /// A tuple that holds. It rests on any one of its firings, or on none when it is given.
    case tuple(TupleID)
    /// A rule instance. It rests on all its premises; those of an aggregate are the rows that it ranges over.
    case firing(FiringID)
    /// A pattern that nothing matched. It rests on the loss of every message that would have matched it.
    case absence(AbsenceID)
    /// A message that was lost or came late.
    case loss(Message)
  }

  private let graph: SupportGraph<DerivationNodeID, Node>

  /// The lineage of `roots` in `execution`: every firing of everything that they rest on.
  public init(of roots: [TupleID], in execution: Execution) {
    assert(roots.allSatisfy { $0 < execution.store.nextTuple }, "lineage is about tuples of the run")
    var walk = LineageWalk(execution)
    graph = SupportGraph(from: roots.map { .tuple($0) }) { walk.foundations(of: $0) }
  }

  /// The nodes, roots first, then breadth first.
  public var nodes: IndexedArray<DerivationNodeID, Node> { graph.nodes }
  /// What each node rests on.
  public var supports: IndexedArray<DerivationNodeID, [DerivationNodeID]> { graph.supports }
  /// The number of roots; they are the first nodes.
  public var rootCount: Int { graph.rootCount }
}

/// What each node of a derivation graph rests on.
private struct LineageWalk {
  private let execution: Execution
  private let firings: IndexedArray<TupleID, [FiringID]>
  private let losses: LossTable
  /// The negated atom that first led to an absence: its pattern alone does not say which columns must agree.
  private var atoms: [AbsenceID: Atom] = [:]

  init(_ execution: Execution) {
    self.execution = execution
    firings = execution.firingsByHead()
    losses = LossTable(of: execution)
  }

  mutating func foundations(of node: DerivationGraph.Node) -> [DerivationGraph.Node] {
    switch node {
    case .tuple(let tuple): firings[tuple].map { .firing($0) }
    case .firing(let firing): premises(of: firing)
    case .absence(let absence):
      losses.messages(matching: execution.absence(absence), of: atoms[absence], in: execution)
        .map { .loss($0) }
    case .loss: []
    }
  }

  private mutating func premises(of firing: FiringID) -> [DerivationGraph.Node] {
    execution.premisesWithNegatedAtoms(of: firing).map { premise, atom in
      switch premise {
      case .tuple(let tuple): return .tuple(tuple)
      case .absence(let absence):
        if atoms[absence] == nil { atoms[absence] = atom }
        return .absence(absence)
      }
    }
  }
}

/// The lost and late messages of a run, by relation and the round in which they would have arrived.
private struct LossTable {
  private struct Key: Hashable {
    let relation: RelationID
    let round: Round
  }

  private var messages: [Key: [Message]] = [:]

  init(of execution: Execution) {
    for message in execution.messages where !message.isOnTime {
      let relation = execution.store.relation(of: message.row)
      messages[Key(relation: relation, round: message.sent.next), default: []].append(message)
    }
  }

  /// The messages that would have matched `absence`, in order of sending; `atom` gives the absence its
  /// pattern.
  func messages(matching absence: Absence, of atom: Atom?, in execution: Execution) -> [Message] {
    (messages[Key(relation: absence.relation, round: absence.round)] ?? [])
      .filter { absence.pattern.matches(execution.values(of: $0.row), as: atom) }
  }
}
