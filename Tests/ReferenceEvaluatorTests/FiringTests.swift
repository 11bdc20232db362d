import Dedalus
import ReferenceEvaluator
import Testing

@Suite("Firings and messages")
struct FiringTests {
  /// `round rule kind: head <- premises | absences`, in order.
  private func firings(_ text: String, faults: [ReferenceFault] = []) throws -> [String] {
    let program = try Program(text: text)
    let run = ReferenceRun(program: program, nodes: ["a", "b"], eot: 2, faults: faults)
    return run.execution().firings.map { firing in
      "\(firing.round) \(firing.rule.map { "\($0.rawValue)" } ?? "-") \(firing.kind): \(program.text(of: [firing.head]))"
        + " <- \(program.text(of: firing.premises)) | \(program.text(of: firing.absences))"
    }
  }

  @Test("each tuple that a wildcard meets is a firing of its own")
  func wildcard() throws {
    let found = try firings(#"p("a", 1)@1; p("a", 2)@1; q(N) :- p(N, _);"#)
    #expect(found == ["1 0 rule: q(a)@1 <- p(a 1)@1 | ", "1 0 rule: q(a)@1 <- p(a 2)@1 | "])
  }

  @Test("an absence names its values, any value, and the round read")
  func absence() throws {
    let found = try firings(
      #"p("a", 1)@1; q("b", 1)@2; r("b", 2, 2)@2; o(N)@next :- p(N, X), notin q(N, X)@2, notin r(N, Y, X + 1);"#
    )
    #expect(found == ["1 0 rule: o(a)@2 <- p(a 1)@1 | q(a 1)@2, r(a _ 2)@1"])
  }

  @Test("an aggregate rests on its distinct rows, and these on matches")
  func aggregate() throws {
    let found = try firings(#"p("a", 1, 5)@1; p("a", 2, 5)@1; p("a", 1, 6)@1; q(N, sum<X>) :- p(N, _, X);"#)
    #expect(
      found == [
        "1 0 row: q(a 5)@1 <- p(a 1 5)@1 | ", "1 0 row: q(a 5)@1 <- p(a 2 5)@1 | ",
        "1 0 row: q(a 6)@1 <- p(a 1 6)@1 | ", "1 0 aggregate: q(a 11)@1 <- q(a 5)@1, q(a 6)@1 | ",
      ])
  }

  @Test("nothing is derived in the round after the last")
  func lastRound() throws {
    let found = try firings(#"p("a")@2; p(N)@next :- p(N); q(N)@async :- p(N); r(N) :- p(N);"#)
    #expect(found == ["2 2 rule: r(a)@2 <- p(a)@2 | "])
  }

  @Test("a message is recorded with its fate; one that is lost is no firing")
  func messages() throws {
    let text = #"p("a", "b")@1; p("a", "a")@1; q(M, N)@async :- p(N, M); s(M)@async :- p(_, M);"#
    let expected: [([ReferenceFault], MessageFate)] = [
      ([], .delivered), ([.omission(from: "a", to: "b", round: 1)], .omitted),
      ([.crash(node: "a", round: 1)], .senderCrashed),
      ([.crash(node: "a", round: 1), .omission(from: "a", to: "b", round: 1)], .senderCrashed),
    ]
    let program = try Program(text: text)
    for (faults, fate) in expected {
      let execution = ReferenceRun(program: program, nodes: ["a", "b"], eot: 2, faults: faults).execution()
      let sent = execution.messages.map {
        "\(program.text(of: [$0.head])) \($0.sender?.string ?? "_")->\($0.receiver)"
      }
      #expect(sent == ["q(a a)@2 a->a", "q(b a)@2 a->b", "s(a)@2 _->a", "s(b)@2 _->b"])
      #expect(execution.messages.map(\.fate) == [.delivered, fate, .delivered, .delivered])
      #expect(execution.firings.count == (fate == .delivered ? 4 : 3))
    }
  }

  @Test("under fail-stop a crashed node sends no message at all")
  func failStop() throws {
    let program = try Program(text: #"p("a", "b")@1; q(M, N)@async :- p(N, M);"#)
    let execution = ReferenceRun(
      program: program, nodes: ["a", "b"], eot: 2, crashView: .failStop, faults: [.crash(node: "a", round: 1)]
    ).execution()
    #expect(execution.messages.isEmpty)
  }
}

extension Program {
  fileprivate func text(of tuples: [GroundTuple]) -> String {
    tuples.map { "\(relations[$0.relation].name)(\($0.values.text))@\($0.round)" }.joined(separator: ", ")
  }

  fileprivate func text(of absences: [AbsencePattern]) -> String {
    absences.map { absence in
      let columns = absence.columns.map { $0.map { [$0].text } ?? "_" }.joined(separator: " ")
      return "\(relations[absence.relation].name)(\(columns))@\(absence.round)"
    }.joined(separator: ", ")
  }
}
