import Support
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

  /// The table of edit distances, entry by entry (Damerau 1964, with each part edited once).
  private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var table = [Array(0...second.count)]
    for row in 1..<(first.count + 1) {
      table.append([row] + Array(repeating: 0, count: second.count))
      for column in 1..<(second.count + 1) {
        let isEqual = first[row - 1] == second[column - 1]
        var least = min(table[row - 1][column], table[row][column - 1]) + 1
        least = min(least, table[row - 1][column - 1] + (isEqual ? 0 : 1))
        let isExchange =
          row > 1 && column > 1 && first[row - 1] == second[column - 2]
          && first[row - 2] == second[column - 1]
        if isExchange { least = min(least, table[row - 2][column - 2] + 1) }
        table[row][column] = least
      }
    }
    return table[first.count][second.count]
  }

  @Test("the distance of names is that of the table")
  func distances() {
    for seed in Campaign.seeds(5000) {
      var random = SplitMix64(seed: seed)
      func name(_ lengths: ClosedRange<Int>) -> [UInt8] {
        let letters = random.number(in: 1...4)
        return (0..<random.number(in: lengths)).map { _ in UInt8(96 + random.number(in: 1...letters)) }
      }
      let (first, second) = (name(0...64), name(0...80))
      #expect(
        EditDistance(from: first).distance(to: second) == editDistance(first, second), "seed \(seed)")
    }
  }

  @Test("a text is taken apart by its bytes")
  func parts() {
    #expect(Text("a//\u{301}b/é").parts(separatedBy: "/") == ["a", "\u{301}b", "é"])
    #expect(Text("e\u{301}").hasPrefix("e") && !Text("e\u{301}").hasPrefix("é"))
    #expect(Text("xe\u{301}").hasSuffix("\u{301}") && !Text("xe\u{301}").hasSuffix("é"))
    #expect(nearest(to: "terrace-cafe\u{301}", among: ["terrace-caf\u{E9}"]) == "terrace-caf\u{E9}")
  }
}
