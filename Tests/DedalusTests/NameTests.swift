import Testing

@testable import Dedalus
@testable import Texts

@Suite("Names")
struct NameTests {
  @Test("a relation may begin with a digit, if a letter follows the digits")
  func digits() throws {
    let program = try program(
      "2pc(X, N + 1) :- 2pc(X, N), 3_c(X), N<2, notin 4a.b?(X); 2pc(\"a\", 1)@1; 3_c(\"a\")@1;")
    #expect(program.relations.map(\.name) == ["2pc", "3_c", "4a.b?", "crash"])
  }

  @Test(
    "what begins with a digit is no variable and no number",
    arguments: [
      ("q(2x) :- p(2x);", "1:3"), ("q(X) :- p(X), 1e3 < 2;", "1:15"), ("q(X) :- p(X), 2pc;", "1:15"),
      ("q(X, count<2x>) :- p(X);", "1:12"), ("p(0x1F)@1;", "1:3"),
    ])
  func noVariables(text: String, place: String) {
    #expect(diagnose(text).first == "\(place) unexpected-token")
  }

  @Test("relations are found by their bytes")
  func bytes() throws {
    let program = try program("KO(X) :- p(X); p(\"a\")@1;")
    #expect(program.relation(named: "KO") == RelationID(0) && program.relation(named: "\u{212A}O") == nil)
  }

  @Test("a text is taken apart by its bytes")
  func parts() {
    #expect(Text("a//\u{301}b/é").parts(separatedBy: "/") == ["a", "\u{301}b", "é"])
    #expect(Text("e\u{301}").hasPrefix("e") && !Text("e\u{301}").hasPrefix("é"))
    #expect(Text("xe\u{301}").hasSuffix("\u{301}") && !Text("xe\u{301}").hasSuffix("é"))
    #expect(nearest(to: "terrace-cafe\u{301}", among: ["terrace-caf\u{E9}"]) == "terrace-caf\u{E9}")
  }
}
