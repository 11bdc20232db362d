import Support
import Testing

@testable import LineageViz

@Suite("DOT text")
struct DOTDocumentTests {
  @Test(
    "whatever a label contains, there are exactly our nodes and edges", .needs(.graphviz),
    arguments: hostileStrings)
  func hostileLabels(text: String) throws {
    let label = DOTValue(label: [text, text])
    var document = DOTDocument(
      name: "g", graph: ["label": DOTValue(leftAlignedLabel: [text])], node: [:], edge: [:])
    document.cluster("c", ["label": label]) { $0.node("n1", ["label": label]) }
    document.node("n2", ["label": label])
    document.edge("n1", "n2", ["label": label])
    let plain = try Plain(of: document.finish())
    #expect(plain.nodes == ["n1", "n2"])
    #expect(plain.edges == ["n1 -> n2"])
  }

  @Test(
    "labels show their text as it is", .needs(.graphviz),
    arguments: [
      (#"a"];x->y;""#, "a&quot;];x&#45;&gt;y;&quot;"), (#"\N"#, #"\N"#), ("<b>", "&lt;b&gt;"),
      ("&amp;", "&amp;amp;"),
      ("x\ny", #"x\u{A}y"#), ("x\0y", #"x\u{0}y"#), (#"a\"b"#, #"a\&quot;b"#),
    ])
  func shownText(text: String, shown: String) throws {
    var document = DOTDocument(name: "g", graph: [:], node: [:], edge: [:])
    document.node("n", ["label": DOTValue(label: [text])])
    let svg = try Graphviz.run(arguments: ["-Tsvg"], input: document.finish())
    #expect(svg.contains(">\(shown)</text>"), "\(svg)")
  }

  @Test("numbers are grouped and long texts cut")
  func words() {
    #expect([0, 999, 1000, 31415, 1_000_000].map(grouped) == ["0", "999", "1,000", "31,415", "1,000,000"])
    #expect(shortened("abc", to: 3) == "abc" && shortened("abcd", to: 3) == "abc…")
  }
}
