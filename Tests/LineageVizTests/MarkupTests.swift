import Dedalus
import Testing

@testable import LineageViz

@Suite("XML and HTML text")
struct MarkupTests {
  @Test(
    "whatever is shown, there are exactly our elements, and the text is read back",
    arguments: hostileStrings + hostileMarkup)
  func hostileText(text: String) throws {
    var markup = Markup()
    markup.begin("a", ["class": text])
    markup.element("b", text: text)
    markup.leaf("c", ["id": text])
    markup.end()
    let parsed = try ParsedMarkup(markup.text)
    #expect(parsed.elements.map(\.name) == ["a", "b", "c"])
    let shown = text.showingEverything
    if !text.unicodeScalars.contains(where: { $0.properties.isNoncharacterCodePoint }) {
      #expect(Array(parsed.elements[1].text.utf8) == Array(shown.utf8))
      #expect(parsed.elements[0].attributes["class"] == shown && parsed.elements[2].attributes["id"] == shown)
    }
  }

  @Test("what XML forbids is spelled out")
  func noncharacters() {
    #expect(Markup.escaped("\u{FFFE}<\0") == #"\u{FFFE}&lt;\u{0}"#)
  }
}

/// What naive HTML stumbles over.
let hostileMarkup = [
  "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]>", "<!--",
  "--><b>", "' onmouseover='alert(1)", "\" onload=\"alert(1)", "</title></svg>", "&lt;b&gt;", "{{7*7}}",
  "\u{2028}\u{2029}", "\u{FFFE}\u{FFFF}", "</style>*{}", "<?xml?>", "<!DOCTYPE x>", "${1}", "`",
]
