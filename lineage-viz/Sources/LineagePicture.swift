// What a lineage diagram shows, before it is written as DOT: boxes and arrows.

import Dedalus
import Evaluation
import Indices
import Lineage

/// Names a node of a `LineagePicture`.
struct PictureNodeID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The boxes and arrows of a lineage diagram.
struct LineagePicture {
  /// A box, or the place of a firing.
  struct Node {
    enum Kind: Hashable {
      /// It holds.
      case tuple
      /// It holds in the good run only.
      case missing
      /// It holds in the bad run only.
      case added
      /// A rule instance, drawn as the rule's place.
      case firing
      /// A pattern that nothing matches.
      case absence
      /// A fault of the run.
      case fault
    }

    var kind: Kind
    /// What it says.
    var lines: [String]
    /// The round in whose frame it is drawn; nil for none.
    var round: Round?
    /// The node that it belongs to, for the colour.
    var location: NodeID?
    /// Whether the diagram is about it.
    var isRoot = false
  }

  /// An arrow from what is needed to what rests on it.
  struct Edge: Hashable {
    enum Kind: Hashable {
      /// A tuple that a rule needs, or an alternative.
      case premise
      /// A pattern that nothing may match.
      case absence
      /// A message, e.g. "a→b @1".
      case message(String)
      /// What is taken away, and by what; the text says how.
      case cut(String)
    }

    let tail: PictureNodeID
    let head: PictureNodeID
    let kind: Kind
    /// Whether it is missing in the bad run.
    var isMissing = false
  }

  private(set) var nodes: IndexedArray<PictureNodeID, Node> = []
  private(set) var edges: [Edge] = []
  /// Where each tuple and absence of the derivation graph is drawn.
  var boxes: [DerivationNodeID: PictureNodeID] = [:]
  private var edgeSet: Set<Edge> = []
  private var faultNodes: [Fault: PictureNodeID] = [:]

  /// Adds a node.
  mutating func add(_ node: Node) -> PictureNodeID { nodes.append(node) }

  /// Changes a node.
  mutating func update(_ node: PictureNodeID, _ body: (inout Node) -> Void) { body(&nodes[node]) }

  /// Adds an edge unless it is there.
  mutating func connect(
    _ tail: PictureNodeID, _ head: PictureNodeID, _ kind: Edge.Kind, isMissing: Bool = false
  ) {
    let edge = Edge(tail: tail, head: head, kind: kind, isMissing: isMissing)
    if edgeSet.insert(edge).inserted { edges.append(edge) }
  }

  /// The octagon of a fault of `execution`, new where it is drawn for the first time.
  mutating func node(of fault: Fault, in execution: Execution) -> PictureNodeID {
    if let node = faultNodes[fault] { return node }
    let text = execution.setting.nodes.text(of: fault)
    let node = add(Node(kind: .fault, lines: [text], round: fault.round, location: nil))
    faultNodes[fault] = node
    return node
  }
}

extension Execution {
  /// `row` as it is written in a program, a row of an aggregate as what it is.
  func label(of row: RowID) -> String {
    let relation = schema[store.relation(of: row)]
    let columns = values(of: row).map(\.description).joined(separator: ", ")
    guard let rule = relation.aggregateRule else { return shortened("\(relation.name)(\(columns))") }
    let head = program.relations[program.rules[rule].headRelation].name
    return shortened("row of \(head): \(columns)")
  }

  /// `absence` as it is written in a program.
  func label(of absence: Absence) -> String {
    shortened("no \(text(of: absence))")
  }
}
