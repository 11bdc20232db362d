import ProofChecker
import Satisfiability

/// The variables of a file that the solver gets, and their numbers in the solver: those that occur in a
/// clause or a question, in order. A file may announce millions that do not occur.
package struct OccurringVariables {
  /// The numbers in the file, from 1, ascending.
  package let numbers: [Int32]
  /// Whether the numbers are 1, 2, 3, …, so that the solver's numbers are smaller by 1.
  private let isDense: Bool

  package init(of found: FoundFormula) {
    let formula = found.clauses
    var occurs = [Bool](repeating: false, count: formula.variableCount + 1)
    for position in 0..<formula.clauseCount {
      for literal in formula[position] { occurs[Int(literal.magnitude)] = true }
    }
    for question in found.questions {
      for literal in question.assumptions { occurs[Int(literal.magnitude)] = true }
    }
    numbers = occurs.indices.filter { occurs[$0] }.map(Int32.init)
    isDense = Int(numbers.last ?? 0) == numbers.count
  }

  /// The solver's literal for `literal` of the file.
  package func literal(_ literal: Int32) -> Literal {
    let number = Int32(literal.magnitude)
    return Literal(Variable(isDense ? Int(number) - 1 : place(of: number)), negated: literal < 0)
  }

  /// The index of `number` in `numbers`, by bisection.
  private func place(of number: Int32) -> Int {
    var range = numbers.indices
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = numbers[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    assert(numbers[range.lowerBound] == number, "every variable of a clause occurs")
    return range.lowerBound
  }

  /// Adapts `sink` to a solver whose variables are renumbered: it receives the variables of the file.
  package func original(_ sink: ProofSink) -> ProofSink {
    guard !isDense else { return sink }
    func original(_ clause: [Literal]) -> [Literal] {
      clause.map { Literal(Variable(Int(numbers[$0.variable.position]) - 1), negated: $0.isNegated) }
    }
    return ProofSink(
      given: { sink.given($0, original($1)) },
      learned: { sink.learned($0, original($1), $2) },
      deleted: { sink.deleted($0, original($1)) })
  }
}
