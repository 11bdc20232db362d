import ReferenceEncoder
import Satisfiability

extension ReferenceFormula {
  /// The choices in satisfying assignments, each combination once; no more than `most` of them.
  func models(atMost most: Int) -> [[Choice]] {
    var solver = Solver()
    let variables = (0..<variableCount).map { _ in solver.newVariable() }
    func literal(_ number: Int32) -> Literal {
      let variable = variables[Int(number.magnitude) - 1]
      return number > 0 ? variable.positive : variable.negative
    }
    for clause in numbers.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
      solver.add(clause.map(literal))
    }
    var models: [[Choice]] = []
    while models.count < most, solver.solve() == .satisfiable {
      var (model, block) = ([Choice](), [Literal]())
      for (choice, variable) in choices {
        let isChosen = solver.value(literal(variable))
        if isChosen { model.append(choice) }
        block.append(literal(isChosen ? -variable : variable))
      }
      models.append(model)
      solver.add(block)
    }
    return models
  }
}
