import Dedalus
public import Evaluation
public import FaultInjection
import Indices
import Lineage

/// Lineage diagrams in the DOT language: what rests on what, from the facts at the top to the conclusion at the
/// bottom, round by round.
public enum LineageDOT {
  /// What is drawn of a large lineage unless told otherwise: Graphviz needs about a second for it.
  public static let standardLimit = 2_000

  /// Why `roots` hold in `execution`: every firing of everything they rest on.
  public static func lineage(
    of roots: [TupleID], in execution: Execution, limit: Int = standardLimit
  ) -> String {
    let graph = DerivationGraph(of: roots, in: execution, limit: limit)
    let part = Part(
      name: "n", title: "", picture: LineagePicture(of: graph, in: execution), note: note(of: graph))
    return write([part], of: execution)
  }

  /// Why `counterexample` breaks the outcome, in two or more parts: why the violated rows of `post`, which the
  /// failure-free run `baseline` has, are missing, followed back to the faults; what each fault takes away that plays
  /// no part in this, because it strikes what happens under faults only; and one reason for which `pre` demands them.
  public static func explanation(
    of counterexample: Counterexample, of question: Question, baseline: Execution, limit: Int = standardLimit
  ) -> String {
    let breach = Breach(counterexample: counterexample, question: question, limit: limit)
    let outcome = question.outcome.name
    var parts: [Part] = []
    var explained: [Fault] = []
    if let (explanation, difference) = breach.explanation(comparedWith: baseline) {
      explained = explanation.faults
      parts.append(
        Part(
          name: "m", title: "what the faults take away: without them, \(outcome) holds",
          picture: LineagePicture(of: explanation, in: difference), note: note(of: explanation)))
    }
    for (number, fault) in counterexample.faults.faults.enumerated() where !explained.contains(fault) {
      guard let (explanation, difference) = breach.explanation(comparedWith: breach.run(without: fault))
      else { continue }
      let text = question.bounds.nodes.text(of: fault)
      parts.append(
        Part(
          name: "x\(number)_",
          title: "what \(text) takes away where the other faults strike",
          picture: LineagePicture(of: explanation, in: difference), note: note(of: explanation)))
    }
    if let (graph, pre) = breach.demand {
      parts.append(
        Part(
          name: "n", title: "under the faults: why \(pre) holds and demands \(outcome)",
          picture: LineagePicture(
            of: graph, in: counterexample.execution,
            against: Difference(from: baseline, to: counterexample.execution)),
          note: note(of: graph)))
    }
    return write(parts, of: counterexample.execution)
  }

  private static func note(of graph: DerivationGraph) -> String? {
    note(graph.nodes.count, of: graph.total)
  }

  private static func note(of explanation: Explanation) -> String? {
    note(explanation.nodes.count, of: explanation.total)
  }

  private static func note(_ shown: Int, of total: Int) -> String? {
    shown < total ? "showing \(grouped(shown)) of \(grouped(total)) steps" : nil
  }

  // MARK: Writing

  /// A lineage with its place in the diagram.
  private struct Part {
    let name: String
    let title: String
    let picture: LineagePicture
    let note: String?
  }

  private static func write(_ parts: [Part], of execution: Execution) -> String {
    let faults = execution.faults.faults.map { execution.setting.nodes.text(of: $0) }
    let caption =
      [faults.isEmpty ? "no faults" : "faults: " + faults.joined(separator: ", ")]
      + parts.compactMap(\.note) + reading
    var document = DOTDocument(
      name: "lineage",
      graph: [
        "rankdir": "TB", "newrank": "false", "nodesep": 0.25, "ranksep": 0.35, "fontname": "Helvetica",
        "fontsize": 11, "labelloc": "b", "labeljust": "l", "label": DOTValue(leftAlignedLabel: caption),
      ],
      node: [
        "fontname": "Helvetica", "fontsize": 10, "shape": "box", "style": "rounded,filled", "height": 0.3,
      ],
      edge: ["fontname": "Helvetica", "fontsize": 9, "color": "#444444", "arrowsize": 0.6])
    for part in parts { write(part, to: &document) }
    return document.finish()
  }

  private static let reading = [
    "Arrows into a box: all of these are needed. Arrows from a rule's place (file:line): any one of these will do.",
    "Dashed blue: a message. Dashed box: nothing matches. Octagon: an injected fault; red: what it takes away.",
    "Grey: missing under the faults, because every way to it is cut. Red box: there only under the faults.",
  ]

  private static func write(_ part: Part, to document: inout DOTDocument) {
    guard !part.title.isEmpty else { return writeRounds(of: part, to: &document) }
    document.cluster(
      part.name,
      [
        "label": DOTValue(label: [part.title]), "labelloc": "t", "labeljust": "c", "color": "#444444",
        "style": "rounded",
      ]
    ) { writeRounds(of: part, to: &$0) }
  }

  private static func writeRounds(of part: Part, to document: inout DOTDocument) {
    let rounds = Dictionary(grouping: part.picture.nodes.indices) { part.picture.nodes[$0].round }
    let usesFrames = part.picture.nodes.contains { $0.kind == .tuple && $0.round != nil }
    for node in usesFrames ? rounds[nil] ?? [] : Array(part.picture.nodes.indices) {
      write(part.picture.nodes[node], as: "\(part.name)\(node.rawValue)", to: &document)
    }
    for case (let round?, let nodes) in rounds.sorted(by: {
      ($0.key?.rawValue ?? 0) < ($1.key?.rawValue ?? 0)
    })
    where usesFrames {
      document.cluster(
        "\(part.name)\(round.rawValue)",
        [
          "label": DOTValue(trusted: "round \(round.rawValue)"), "labelloc": "t", "labeljust": "l",
          "color": "#dddddd", "fontcolor": "#7a7a7a", "style": "rounded",
        ]
      ) { document in
        for node in nodes {
          write(part.picture.nodes[node], as: "\(part.name)\(node.rawValue)", to: &document)
        }
      }
    }
    for edge in part.picture.edges {
      write(edge, "\(part.name)\(edge.tail.rawValue)", "\(part.name)\(edge.head.rawValue)", to: &document)
    }
  }

  private static func write(_ node: LineagePicture.Node, as name: String, to document: inout DOTDocument) {
    let label = DOTValue(label: node.lines)
    let red = DOTValue(trusted: Palette.fault)
    let grey = DOTValue(trusted: Palette.missing)
    let width: DOTValue = node.isRoot ? 2.5 : 0.8
    switch node.kind {
    case .tuple:
      let fill = DOTValue(trusted: Palette.fill(of: node.location))
      document.node(name, ["label": label, "fillcolor": fill, "penwidth": width])
    case .missing:
      document.node(
        name,
        [
          "label": label, "style": "rounded,filled,dashed", "fillcolor": "#fafafa", "color": grey,
          "fontcolor": grey, "penwidth": width,
        ])
    case .added:
      document.node(
        name, ["label": label, "fillcolor": "#ffffff", "color": red, "fontcolor": red, "penwidth": width])
    case .firing:
      document.node(
        name,
        [
          "label": label, "shape": "plaintext", "style": "solid", "fontsize": 8, "height": 0.15, "width": 0.1,
          "margin": "0.03,0.01", "fontcolor": DOTValue(trusted: Palette.quiet),
        ])
    case .absence:
      document.node(name, ["label": label, "style": "dashed", "fontcolor": "#444444"])
    case .fault:
      document.node(
        name,
        [
          "label": label, "shape": "octagon", "style": "filled",
          "fillcolor": DOTValue(trusted: Palette.faultFill),
          "color": red, "fontcolor": red, "penwidth": 2,
        ])
    }
  }

  private static func write(
    _ edge: LineagePicture.Edge, _ tail: String, _ head: String, to document: inout DOTDocument
  ) {
    let ink = DOTValue(trusted: edge.isMissing ? Palette.missing : "#444444")
    switch edge.kind {
    case .premise: document.edge(tail, head, ["color": ink])
    case .absence: document.edge(tail, head, ["color": ink, "style": "dotted"])
    case .message(let text):
      let blue = DOTValue(trusted: edge.isMissing ? Palette.missing : Palette.message)
      document.edge(
        tail, head, ["label": DOTValue(label: [text]), "style": "dashed", "color": blue, "fontcolor": blue])
    case .cut(let text):
      let red = DOTValue(trusted: Palette.fault)
      document.edge(
        tail, head,
        [
          "label": DOTValue(label: [text]), "color": red, "fontcolor": red, "penwidth": 1.5,
          "arrowhead": "tee",
        ])
    }
  }
}
