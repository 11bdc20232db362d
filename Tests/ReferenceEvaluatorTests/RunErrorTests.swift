import Dedalus
import ReferenceEvaluator
import Testing

/// A program whose run must end in `round`, or must not end early.
struct FailureCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let program: String
  let round: Int?
  let operation: String

  init(_ description: String, _ program: String, failsIn round: Int?, _ operation: String = "") {
    testDescription = description
    self.program = program
    self.round = round
    self.operation = operation
  }
}

@Suite("Arithmetic without a result")
struct RunErrorTests {
  static let max = "9223372036854775807"
  static let min = "-9223372036854775808"

  static let cases: [FailureCase] = [
    FailureCase("division by zero", #"p("a", 0)@2; q(N, 1 / X) :- p(N, X);"#, failsIn: 2, "1 / 0"),
    FailureCase("too large a sum", #"p("a", \#(max))@1; q(N, X + 1) :- p(N, X);"#, failsIn: 1, "\(max) + 1"),
    FailureCase(
      "too small a difference", #"p("a", \#(min))@1; q(N, X - 1) :- p(N, X);"#, failsIn: 1, "\(min) - 1"),
    FailureCase(
      "too large a product", #"p("a", \#(max))@1; q(N, X * 2) :- p(N, X);"#, failsIn: 1, "\(max) * 2"),
    FailureCase(
      "the one quotient that does not fit", #"p("a", \#(min), -1)@1; q(N, X / Y) :- p(N, X, Y);"#, failsIn: 1,
      "\(min) / -1"),
    FailureCase("in a comparison", #"p("a", 0)@1; q(N) :- p(N, X), 1 / X == 2;"#, failsIn: 1, "1 / 0"),
    FailureCase(
      "in a column of a premise", #"p("a", 0)@1; q(N) :- p(N, X), p(N, 1 / X);"#, failsIn: 1, "1 / 0"),
    FailureCase(
      "under notin", #"p("a", 0)@1; r("a", 3)@1; q(N) :- p(N, X), notin r(N, 1 / X);"#, failsIn: 1, "1 / 0"),
    FailureCase(
      "not where an atom has no tuple", #"p("a", 0)@1; r("a")@2; q(N, 1 / X) :- p(N, X), r(N);"#, failsIn: nil
    ),
    FailureCase(
      "not in a head that a negated atom forbids",
      #"p("a", 0)@1; r("a")@1; q(N, 1 / X) :- p(N, X), notin r(N);"#, failsIn: nil),
    FailureCase(
      "a comparison errs even where a negated atom would forbid",
      #"p("a", 0)@1; r("a")@1; q(N) :- p(N, X), notin r(N), 1 / X > 0;"#, failsIn: 1, "1 / 0"),
    FailureCase(
      "a rule for the next round, in its own", #"p("a", 0)@2; q(N, 1 / X)@next :- p(N, X);"#, failsIn: 2,
      "1 / 0"),
    FailureCase(
      "but not in the last round", #"p("a", 0)@3; q(N, 1 / X)@next :- p(N, X);"#, failsIn: nil),
    FailureCase(
      "a sum of rows that does not fit", #"p("a", \#(max))@1; p("a", 1)@1; q(N, sum<X>) :- p(N, X);"#,
      failsIn: 1,
      "sum of 2 values"),
    FailureCase(
      "a sum that fits though a part does not",
      #"p("a", \#(max))@1; p("a", 1)@1; p("a", -1)@1; q(N, sum<X>) :- p(N, X);"#, failsIn: nil),
    FailureCase(
      "an average always fits",
      #"p("a", \#(max))@1; p("a", 9223372036854775806)@1; q(N, avg<X>) :- p(N, X);"#,
      failsIn: nil),
  ]

  @Test("a run ends in the round of its first error", arguments: cases)
  func fails(_ example: FailureCase) throws {
    let program = try Program(text: example.program)
    let execution = ReferenceRun(program: program, nodes: ["a", "b"], eot: 3).execution()
    switch execution.failure {
    case .arithmetic(_, let round, let operation):
      #expect(round == example.round)
      #expect(operation == example.operation)
      #expect(execution.tuples.allSatisfy { $0.round < round })
    case .tupleLimit, .stopped, nil: #expect(example.round == nil)
    }
  }

  @Test("a program that grows without end reaches the limit")
  func limit() throws {
    let program = try Program(text: #"p("a", 1)@1; p(N, X + 1) :- p(N, X);"#)
    let execution = ReferenceRun(program: program, nodes: ["a"], eot: 3).execution(tupleLimit: 50)
    #expect(execution.failure == .tupleLimit(round: 1))
  }
}
