import Dedalus
import Evaluation
import Scenarios
import Support
import Testing

@testable import Properties

@Suite("Violations in words")
struct SentenceTests {
  private func question(_ text: String, outcome: String? = nil) throws -> Question {
    try Question(
      program: Program(text: text), bounds: Bounds(eot: 3, eff: 0, nodes: Nodes(["a"])), outcome: outcome)
  }

  private static let implication = #"pre(X, Y) :- p(X, Y); post(X, Y) :- p(X, Y); p("a", 1)@1;"#

  private func violation(_ row: [Constant], _ round: Int = 3, of property: String = "post") -> Violation {
    Violation(property: property, round: Round(round), row: row)
  }

  @Test("say what holds and what does not, or what is missing")
  func sentences() throws {
    let implication = try question(Self.implication)
    #expect(
      implication.sentence(about: violation(["a", 1]))
        == #"in round 3 pre("a", 1) holds and post("a", 1) does not"#)
    let survival = try question(Self.implication, outcome: "p")
    #expect(
      survival.sentence(about: violation(["a", -7], 2, of: "p")) == #"in round 2 p("a", -7) is missing"#)
    let alone = try question(#"post(X) :- p(X); p("a")@1;"#)
    #expect(alone.sentence(about: violation(["é"])) == #"in round 3 post("é") is missing"#)
  }

  @Test("are escaped where they are lines of a text")
  func escaping() throws {
    let alone = try question(#"post(X) :- p(X); p("a")@1;"#)
    let hostile = violation(["x\u{1B}[2Jy\u{202E}"])
    #expect(alone.sentence(about: hostile).contains("\u{1B}"))
    #expect(
      alone.violationText([hostile]) == "  in round 3 post(\"x\\u{1B}[2Jy\\u{202E}\") is missing\n")
  }

  @Test("are ten lines at most", arguments: [0, 1, 10, 11, 12, 1000])
  func many(count: Int) throws {
    let alone = try question(#"post(X) :- p(X); p("a")@1;"#)
    let text = alone.violationText((0..<count).map { violation([.integer(Int64($0))]) })
    let lines = text.split(separator: "\n")
    #expect(lines.count == min(count, 11))
    #expect(lines.first.map { $0 == "  in round 3 post(0) is missing" } ?? (count == 0))
    if count > 10 {
      #expect(lines.last == (count == 11 ? "  and 1 more row" : "  and \(count - 10) more rows"))
    }
  }
}
