import Foundation
import FoundationXML

/// What an XML parser finds in a text: the oracle for "exactly our elements".
final class ParsedMarkup: NSObject, XMLParserDelegate {
  /// An element with its own text, in document order.
  struct Element {
    let name: String
    let attributes: [String: String]
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Parses `text`; throws what the parser objects to.
  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  /// How often each element occurs.
  var counts: [String: Int] { Dictionary(elements.map { ($0.name, 1) }, uniquingKeysWith: +) }

  /// The texts of the elements called `name` that have the class `kind`.
  func texts(_ name: String, _ kind: String) -> [String] {
    elements.filter { element in
      element.name == name
        && element.attributes["class"]?.split(separator: " ").contains(Substring(kind)) == true
    }.map(\.text)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let element = open.last { elements[element].text += text }
  }
}
