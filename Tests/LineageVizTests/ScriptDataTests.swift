import Documents
import Foundation
import Testing

@testable import LineageViz

@Suite("Data inside a script element")
struct ScriptDataTests {
  @Test("is read back as it was, and cannot end its element", arguments: hostileStrings + hostileMarkup)
  func readBack(text: String) throws {
    let document: JSON = [.string(text), ["key": .integer(-3), "other": .null], .bool(true)]
    let script = document.scriptText
    #expect(!script.contains("<") && !script.unicodeScalars.contains { $0.value < 0x20 })
    #expect(!script.contains("\u{2028}") && !script.contains("\u{2029}"))
    let read = try #require(try JSONSerialization.jsonObject(with: Data(script.utf8)) as? [Any])
    #expect(Array((read[0] as? String ?? "").utf8) == Array(text.utf8))
    #expect((read[1] as? [String: Any])?["key"] as? Int == -3 && read[2] as? Bool == true)
  }

  @Test("has no white space")
  func compact() {
    #expect((["a": [1, 2], "b": []] as JSON).scriptText == #"{"a":[1,2],"b":[]}"#)
  }
}
