import Foundation
import Testing

@testable import LineageViz

/// What `dot -Tplain` finds in a DOT text: the oracle for "it is valid and means what we meant".
struct Plain {
  let nodes: [String]
  let edges: [String]

  init(of dot: String) throws {
    let lines = try Graphviz.run(arguments: ["-Tplain"], input: dot)
      .split(separator: "\n").map { $0.split(separator: " ") }
    nodes = lines.filter { $0[0] == "node" }.map { String($0[1]) }.sorted()
    edges = lines.filter { $0[0] == "edge" }.map { "\($0[1]) -> \($0[2])" }.sorted()
  }
}

/// Those of the hostile strings that a program can write.
let hostileConstants = hostileStrings.filter { text in
  !text.unicodeScalars.contains { ["\"", "\n", "\r", "\0"].contains($0) }
}

/// What naive quoting stumbles over.
let hostileStrings = [
  #"a"];x->y;""#, #"\"#, #"a\"b"#, "line\nbreak", "nul\0byte", #"\N"#, #"\G\l\r"#, "<b>", "<<b>>", "&amp;",
  "&#34;",
  "{a|b}", "\u{202E}reversed", "tab\there", "\r", "\u{2028}", "e\u{301}", "日本語", "", "\\\n", #"\\""#,
]
