import Foundation

@testable import LineageViz

/// What Graphviz reads in a DOT text: nodes with their labels, and edges. Labels are as they will be drawn,
/// line by line: `\n`, `\l`, `\\` and `&amp;` are what the label reader knows, and nothing else may stand in
/// one.
struct ParsedDOT {
  struct Edge: Hashable {
    let tail: String
    let head: String
    let isVisible: Bool
  }

  let labels: [String: [String]]
  let edges: [Edge]

  init(_ dot: String) throws {
    let text = try Graphviz.run(arguments: ["-Tdot_json"], input: dot)
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    let clusters = document._subgraph_cnt
    let objects = document.objects ?? []
    labels = Dictionary(
      uniqueKeysWithValues: objects.dropFirst(clusters).map { ($0.name, Self.lines(of: $0.label ?? "")) })
    edges = (document.edges ?? []).map {
      Edge(tail: objects[$0.tail].name, head: objects[$0.head].name, isVisible: $0.style != "invis")
    }
  }

  private struct Document: Decodable {
    struct Object: Decodable {
      let name: String
      let label: String?
    }
    struct Arrow: Decodable {
      let tail: Int
      let head: Int
      let style: String?
    }
    let _subgraph_cnt: Int
    let objects: [Object]?
    let edges: [Arrow]?
  }

  private static func lines(of label: String) -> [String] {
    var lines = [""]
    var isEscaped = false
    for scalar in label.unicodeScalars {
      switch (isEscaped, scalar) {
      case (false, "\\"): isEscaped = true
      case (true, "n"), (true, "l"):
        lines.append("")
        isEscaped = false
      default:
        lines[lines.count - 1].unicodeScalars.append(scalar)
        isEscaped = false
      }
    }
    return lines.map { $0.replacingOccurrences(of: "&amp;", with: "&") }
  }
}
