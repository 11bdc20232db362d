import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios
import Support
import Testing

/// Which rows break a property, in a history written by hand and in runs.
@Suite("Properties")
struct PropertyTests {
  /// A history of two relations, 0 and 1, of one column.
  private struct Past: History {
    typealias Algebra = OneRun
    let lastRound: Round
    /// By relation and round.
    let contents: [[Int]: [Int64]]

    func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Bool)] {
      (contents[[relation.position, round.position]] ?? []).map { ([.integer($0)], true) }
    }

    func rows(of relation: RelationID) -> [[(row: [Constant], condition: Bool)]] {
      (1...lastRound.position).map { rows(of: relation, in: Round($0)) }
    }
  }
  private static let (p, q) = (RelationID(0), RelationID(1))

  private func violations(_ form: Property.Form, _ past: Past, expecting: [Int64] = []) -> [Violation] {
    var algebra = OneRun()
    return Property(name: "kept", form: form)
      .violations(in: past, expecting: expecting.map { [.integer($0)] }, &algebra)
      .filter(\.condition).map(\.violation)
  }

  @Test("each form, by its definition, in the last round only")
  func forms() {
    let past = Past(
      lastRound: Round(3),
      contents: [[0, 2]: [9], [0, 3]: [1, 2, 3, 4], [1, 2]: [1, 2, 3, 4], [1, 3]: [2, 5]])
    func broken(_ form: Property.Form, expecting: [Int64] = []) -> [Int64] {
      violations(form, past, expecting: expecting).compactMap { violation in
        #expect(violation.property == "kept" && violation.round == Round(3))
        if case .integer(let value)? = violation.row.first { return value }
        return nil
      }
    }
    #expect(broken(.finally(Self.p, Self.q)) == [1, 3, 4])
    #expect(broken(.finallyExpected(Self.p, Self.q), expecting: [1, 2, 7]) == [1])
    #expect(broken(.survival(Self.q), expecting: [1, 2, 7]) == [1, 7])
    #expect(broken(.survival(Self.p)) == [])
  }

  @Test("each form of a property, as its definition says, by rounds and rows")
  func formsOverRounds() {
    let past = Past(
      lastRound: Round(4), contents: [[0, 1]: [1], [0, 2]: [1], [0, 3]: [2], [1, 2]: [1], [1, 4]: [2]])
    func broken(_ form: Property.Form) -> [[Int64]] {
      violations(form, past).map { violation in
        guard case .integer(let value)? = violation.row.first else { return [] }
        return [Int64(violation.round.position), value]
      }
    }
    #expect(broken(.finally(Self.p, Self.q)) == [])
    #expect(broken(.finally(Self.q, Self.p)) == [[4, 2]])
    #expect(broken(.within(1, Self.p, Self.q)) == [])
    #expect(broken(.always(Self.p, Self.q)) == [[1, 1], [3, 2]])
    #expect(broken(.within(0, Self.p, Self.q)) == [[1, 1], [3, 2]])
    #expect(broken(.never(Self.q)) == [[2, 1], [4, 2]])
    #expect(broken(.stable(Self.p)) == [[2, 1], [3, 2]])
    #expect(broken(.within(4, Self.p, Self.q)) == [])
  }

  @Test("a property that no row demands anything of says so; survival always demands")
  func demand() {
    var algebra = OneRun()
    let empty = Past(lastRound: Round(2), contents: [[0, 1]: [1]])
    let full = Past(lastRound: Round(2), contents: [[0, 2]: [1]])
    let implication = Property(name: "kept", form: .finally(Self.p, Self.q))
    #expect(!implication.demand(in: empty, &algebra) && implication.demand(in: full, &algebra))
    #expect(Property(name: "kept", form: .survival(Self.q)).demand(in: empty, &algebra))
  }

  @Test("a question's property is that of its relations, its oracle and its outcome")
  func questions() throws {
    let program = try Program(
      text: #"pre("a", X) :- p("a", X); post("a", X) :- p("a", X), X > 1; p("a", 1)@2; p("a", 2)@2;"#)
    let bounds = try Bounds(eot: 2, nodes: Nodes(["a"]))
    let (pre, post) = (program.relation(named: "pre"), program.relation(named: "post"))
    func form(_ oracle: Oracle, _ outcome: String? = nil) throws -> Property.Form {
      try Question(program: program, bounds: bounds, oracle: oracle, outcome: outcome).properties[0].form
    }
    let (premise, conclusion) = (try #require(pre), try #require(post))
    #expect(try form(.implication) == .finally(premise, conclusion))
    #expect(try form(.molly) == .finallyExpected(premise, conclusion))
    #expect(try form(.implication, "post") == .survival(conclusion))
    let question = try Question(program: program, bounds: bounds)
    #expect(
      question.violations(in: run(program, question.setting)) == [
        Violation(property: "post", round: Round(2), row: [.string("a"), .integer(1)])
      ])
  }
}
