// Why a tuple holds in one execution: its firings, their premises, the firings of those, down to facts. This is the
// provenance graph of the database literature (Green, Karvounarakis and Tannen, "Provenance Semirings", PODS 2007),
// with alternatives (the firings of a tuple) and conjunctions (the premises of a firing) as nodes of their own.
//
// Every tuple, firing and absence is one node however many things rest on it: there may be exponentially many
// derivation trees, but never more nodes than the execution recorded. Nodes are numbered breadth first from the
// roots, so what a limit leaves out is what lies farthest from them.

import Dedalus
public import Evaluation
public import Indices

/// Names a node of a `DerivationGraph`.
public struct DerivationNodeID: DenseIndex {
  /// The number of the node, in order of discovery.
  public let rawValue: UInt32
  /// The node with that number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The lineage of some tuples in one execution.
public struct DerivationGraph: Sendable {
  /// What a node stands for.
  public enum Node: Hashable, Sendable {
    /// A tuple that holds; it rests on any one of its firings, on none when it is given.
    case tuple(TupleID)
    /// A rule instance; it rests on all its premises. Those of an aggregate are the rows that it ranges over.
    case firing(FiringID)
    /// A pattern that nothing matched; it rests on the loss of every message that would have matched it.
    case absence(AbsenceID)
    /// A message that was lost.
    case loss(Message)
  }

  /// How much of the lineage is taken in.
  public enum Scope: Sendable {
    /// Every firing of every tuple.
    case everything
    /// One firing of each tuple: a plain copy of the round before where there is one, else the first.
    case oneReason
  }

  /// The nodes, roots first, then breadth first.
  public let nodes: IndexedArray<DerivationNodeID, Node>
  /// What each node rests on, as far as that is in the graph.
  public let supports: IndexedArray<DerivationNodeID, [DerivationNodeID]>
  /// How many of the first nodes are roots.
  public let rootCount: Int
  /// The size of the whole lineage; larger than `nodes.count` where the limit cut it.
  public let total: Int

  /// The lineage of `roots` in `execution`, cut after `limit` nodes.
  public init(
    of roots: [TupleID], in execution: Execution, scope: Scope = .everything, limit: Int = .max
  ) {
    var search = LineageSearch(execution, scope)
    search.run(from: roots)
    let kept = Swift.min(limit, search.nodes.count)
    nodes = IndexedArray(Array(search.nodes.elements.prefix(kept)))
    supports = IndexedArray(search.supports.elements.prefix(kept).map { $0.filter { $0.position < kept } })
    rootCount = Swift.min(search.rootCount, kept)
    total = search.nodes.count
  }

  /// Whether the limit left something out.
  public var isCut: Bool { nodes.count < total }
}

/// The breadth-first walk from tuples to what they rest on.
private struct LineageSearch {
  private(set) var nodes: IndexedArray<DerivationNodeID, DerivationGraph.Node> = []
  private(set) var supports: IndexedArray<DerivationNodeID, [DerivationNodeID]> = []
  private(set) var rootCount = 0

  private let execution: Execution
  private let firings: IndexedArray<TupleID, [FiringID]>
  private let losses: LossTable
  private let scope: DerivationGraph.Scope
  private var numbers: [DerivationGraph.Node: DerivationNodeID] = [:]
  /// The negated atom that first led to an absence: its pattern alone does not say which columns must agree.
  private var atoms: [AbsenceID: Atom] = [:]

  init(_ execution: Execution, _ scope: DerivationGraph.Scope) {
    self.execution = execution
    self.scope = scope
    firings = execution.firingsByHead()
    losses = LossTable(of: execution)
  }

  mutating func run(from roots: [TupleID]) {
    for root in roots { _ = number(of: .tuple(root)) }
    rootCount = nodes.count
    while supports.count < nodes.count {
      let node = nodes[supports.nextIndex]
      supports.append(foundations(of: node).map { number(of: $0) })
    }
  }

  private mutating func number(of node: DerivationGraph.Node) -> DerivationNodeID {
    if let number = numbers[node] { return number }
    let number = nodes.append(node)
    numbers[node] = number
    return number
  }

  /// What `node` rests on, each once.
  private mutating func foundations(of node: DerivationGraph.Node) -> [DerivationGraph.Node] {
    switch node {
    case .tuple(let tuple): chosenFirings(of: tuple).map { .firing($0) }
    case .firing(let firing): premises(of: firing)
    case .absence(let absence):
      losses.messages(matching: execution.absence(absence), of: atoms[absence], in: execution)
        .map { .loss($0) }
    case .loss: []
    }
  }

  private func chosenFirings(of tuple: TupleID) -> [FiringID] {
    switch scope {
    case .everything: return firings[tuple]
    case .oneReason:
      let copy = firings[tuple].first { execution.copiedTuple(of: $0) != nil }
      return (copy ?? firings[tuple].first).map { [$0] } ?? []
    }
  }

  private mutating func premises(of firing: FiringID) -> [DerivationGraph.Node] {
    var found: [DerivationGraph.Node] = []
    for (premise, atom) in execution.premisesWithNegatedAtoms(of: firing) {
      let node: DerivationGraph.Node
      switch premise {
      case .tuple(let tuple): node = .tuple(tuple)
      case .absence(let absence):
        node = .absence(absence)
        if atoms[absence] == nil { atoms[absence] = atom }
      }
      if !found.contains(node) { found.append(node) }
    }
    return found
  }
}

/// The lost messages of an execution, by relation and the round in which they were missed.
private struct LossTable {
  private struct Key: Hashable {
    let relation: RelationID
    let round: Round
  }

  private var messages: [Key: [Message]] = [:]

  init(of execution: Execution) {
    for message in execution.messages where message.fate != .delivered {
      let relation = execution.store.relation(of: message.row)
      messages[Key(relation: relation, round: message.sent.next), default: []].append(message)
    }
  }

  /// The messages that would have matched `absence`, the pattern of `atom`, in order of sending.
  func messages(matching absence: Absence, of atom: Atom?, in execution: Execution) -> [Message] {
    (messages[Key(relation: absence.relation, round: absence.round)] ?? [])
      .filter { absence.pattern.matches(execution.values(of: $0.row), as: atom) }
  }
}
