// XML and HTML text that contains exactly the elements written here, whatever strings it shows. Names of
// elements and attributes are literals, which the type `StaticString` ensures; everything else is escaped.
// Characters that would be invisible, would move others or are forbidden in XML are spelled out.

import Dedalus

/// A tree of elements under construction.
public struct Markup {
  /// Attributes in the order in which they are written.
  public typealias Attributes = KeyValuePairs<StaticString, String>

  /// The text so far.
  public private(set) var text = ""
  private var openElements: [StaticString] = []

  /// An empty document.
  public init() {}

  /// Begins an element; what is added from now on is inside it.
  public mutating func begin(_ name: StaticString, _ attributes: Attributes = [:]) {
    openElement(name, attributes)
    text += ">"
    openElements.append(name)
  }

  /// Ends the element that was last begun.
  public mutating func end() {
    guard let name = openElements.popLast() else { preconditionFailure("an element ends that was begun") }
    text += "</\(name)>"
  }

  /// Adds an element that contains only the text `content`.
  public mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text content: String) {
    begin(name, attributes)
    write(content)
    end()
  }

  /// Adds an empty element; in HTML, only one that must be empty.
  public mutating func leaf(_ name: StaticString, _ attributes: Attributes = [:]) {
    openElement(name, attributes)
    text += "/>"
  }

  /// Adds text of any origin.
  public mutating func write(_ content: String) { text += Self.escaped(content) }

  /// Adds existing markup, or the contents of a style or script, which must be generated here.
  public mutating func write(trusted content: String) { text += content }

  private mutating func openElement(_ name: StaticString, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  /// `content` as text or as the value of an attribute.
  static func escaped(_ content: String) -> String {
    if content.utf8.allSatisfy(isPlain) { return content }
    var result = ""
    for scalar in content.showingEverything.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case _ where scalar.properties.isNoncharacterCodePoint:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      false
    default: (0x20..<0x7F).contains(byte)
    }
  }
}
