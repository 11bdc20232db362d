import Dedalus
import Files
import Foundation
import LineageViz
import Testing

@Suite("The page of the matrix")
struct MatrixPageTests {
  /// Two programs, three scenarios, one of them not as expected; every string that a caller gives is `text`.
  private func page(_ text: String) -> MatrixPage {
    func cell(_ complaint: String?, _ kind: MatrixPage.Kind) -> MatrixPage.Cell {
      .init(
        bounds: text, finding: text, asked: text, kind: kind, complaint: complaint, place: text,
        notes: [("because", text), ("again", text)])
    }
    return MatrixPage(
      title: text, summary: text,
      rows: [
        .init(name: text, cells: [cell(nil, .holds), cell(text, .broken)]),
        .init(name: text, cells: [cell(nil, .other)]),
      ])
  }

  @Test(
    "whatever the strings, there are exactly our elements",
    arguments: (hostileStrings + hostileMarkup).filter { !$0.isEmpty })
  func hostile(text: String) throws {
    let plain = try ParsedMarkup(page("plain").text)
    let parsed = try ParsedMarkup(page(text).text)
    #expect(parsed.elements.map(\.name) == plain.elements.map(\.name))
    #expect(
      parsed.elements.map { $0.attributes.keys.sorted() }
        == plain.elements.map { $0.attributes.keys.sorted() })
    #expect(
      parsed.elements.first { $0.name == "style" }?.text == plain.elements.first { $0.name == "style" }?.text)
  }

  @Test("it holds its style and nothing that runs, and forbids the rest")
  func policy() throws {
    let parsed = try ParsedMarkup(page("x").text)
    let allowed: Set = [
      "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "div", "table", "caption",
      "tr", "th",
      "td", "a", "span", "section", "code", "dl", "dt", "dd", "fieldset", "legend", "label", "input",
    ]
    #expect(Set(parsed.elements.map(\.name)).subtracting(allowed).isEmpty)
    let style = try #require(parsed.elements.first { $0.name == "style" }).text
    let digest = Data(SHA256.digest(of: Array(style.utf8))).base64EncodedString()
    let policy = parsed.elements.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(
      policy?.attributes["content"]
        == "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'")
    #expect(!style.contains("url(") && !style.contains("@import"))
    #expect(style.contains("prefers-color-scheme: dark"))
  }

  @Test("each cell leads to its scenario, and what is not as expected comes first")
  func links() throws {
    let parsed = try ParsedMarkup(page("x").text)
    let links = parsed.elements.compactMap { $0.attributes["href"] }
    #expect(links == ["#s1-1", "#s1-2", "#s2-1"])
    let sections = parsed.elements.filter { $0.name == "section" }.compactMap { $0.attributes["id"] }
    #expect(sections == ["s1-2", "s1-1", "s2-1"])
    #expect(
      parsed.elements.filter { $0.name == "td" }.map { $0.attributes["class"] } == [
        "holds", "failed", "other",
      ])
    let labels = parsed.elements.filter { $0.name == "label" }
    #expect(
      labels.map { $0.attributes["class"] } == ["all", "failed", "holds", "other"], "and can be shown alone")
    #expect(parsed.elements.filter { $0.name == "h2" }.map(\.text) == ["Not as expected", "As expected"])
  }
}
