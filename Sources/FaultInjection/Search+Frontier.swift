// The frontier, drawn by one solver that keeps what it has learned: both budgets are assumptions. First the
// staircase, from the most crashes down: fewer crashes never need fewer omissions, so every step goes up or left and
// no cell above it is asked about. Then the smallest set of each breaking cell, from the largest budget down: a set
// that fits into a smaller budget is the answer there too.

import Evaluation
import Lineage

/// Finds out for which numbers of omissions and crashes, up to those of the question's bounds, the outcome holds.
///
/// The answer is that of `check`; with `holds` and `counterexample`, `frontier` holds the table. It has columns for
/// up to `omissions` omissions, or as many as show every threshold.
///
/// - Throws: `Disagreement`, which is a fault of ours.
public func frontier(
  _ question: Question, omissions: Int? = nil, patience: Patience = Patience()
) throws(Disagreement) -> Answer {
  var search = Search(question, patience)
  return try search.run(then: .drawFrontier(omissions: omissions))
}

extension Search {
  /// Draws the frontier, once it is known whether anything within the bounds breaks the outcome.
  mutating func drawFrontier(
    _ model: inout FaultModel, for goal: Edge, _ view: CircuitView, omissions: Int?
  ) throws(Disagreement) {
    guard answer.verdict == .holds || answer.verdict == .counterexample else { return }
    var thresholds: [Frontier.Threshold] = []
    for crashes in (0...question.bounds.crashes).reversed() {
      let call = FaultModel.Call(goals: [goal], crashes: crashes)
      thresholds.append(try threshold(&model, call, after: thresholds.last))
    }
    answer.frontier = Frontier(thresholds.reversed(), omissions: omissions)
    try fillFrontier(&model, for: goal, view)
  }

  /// How many omissions it takes for `call`, where `previous` is the threshold with one crash more.
  private mutating func threshold(
    _ model: inout FaultModel, _ call: FaultModel.Call, after previous: Frontier.Threshold?
  ) throws(Disagreement) -> Frontier.Threshold {
    var omissions: Int
    switch previous {
    case .unbreakable: return .unbreakable
    case .moreThan(let harmless): return .moreThan(harmless)
    case .omissions(let least): omissions = least
    case nil: omissions = 0
    }
    switch solve(&model, call) {
    case .unknown:
      stopped()
      return .moreThan(omissions - 1)
    case .unsatisfiable:
      try checkProof(model)
      return .unbreakable
    case .satisfiable: break
    }
    var enough = model.omissionCount
    var call = call
    while omissions < enough {
      call.omissions = omissions
      switch solve(&model, call) {
      case .unknown:
        stopped()
        return .moreThan(omissions - 1)
      case .unsatisfiable:
        try checkProof(model)
        omissions += 1
      case .satisfiable: enough = model.omissionCount
      }
    }
    return .omissions(omissions)
  }

  /// Finds the smallest set of every cell that breaks, until patience ends.
  private mutating func fillFrontier(
    _ model: inout FaultModel, for goal: Edge, _ view: CircuitView
  ) throws(Disagreement) {
    guard var frontier = answer.frontier else { return }
    defer { answer.frontier = frontier }
    for crashes in frontier.cells.indices.reversed() {
      for column in frontier.cells[crashes].indices.reversed() {
        guard frontier.cells[crashes][column] == .breaks(nil) else { continue }
        let omissions = column > frontier.mostOmissions ? nil : column
        let larger = frontier.sets(aboveCrashes: crashes, column: column)
        if let known = larger.first(where: { $0.faults.fits(omissions: omissions, crashes: crashes) }) {
          frontier.cells[crashes][column] = .breaks(known)
          continue
        }
        let call = FaultModel.Call(goals: [goal], omissions: omissions, crashes: crashes)
        guard solve(&model, call) == .satisfiable else { return stopped() }
        let size = larger.map(\.faults.count).max() ?? 0
        let smallest = try smallestSet(&model, call, from: size)
        guard smallest.isMinimum else { return }
        frontier.cells[crashes][column] = .breaks(
          BreakingSet(try confirm(smallest.inputs, view, isMinimum: true)))
      }
    }
  }
}

extension Frontier {
  /// What is known to break the next larger budgets.
  fileprivate func sets(aboveCrashes crashes: Int, column: Int) -> [BreakingSet] {
    var found: [BreakingSet] = []
    for (row, column) in [(crashes, column + 1), (crashes + 1, column)] {
      guard row < cells.count, column < cells[row].count else { continue }
      if case .breaks(let set?) = cells[row][column] { found.append(set) }
    }
    return found
  }
}

extension FaultSet {
  /// Whether it has at most so many omissions, nil for any number, and at most so many crashes.
  fileprivate func fits(omissions: Int?, crashes: Int) -> Bool {
    self.crashes.count <= crashes && count - self.crashes.count <= omissions ?? .max
  }
}

extension FaultModel {
  /// The number of omissions in the set found last.
  fileprivate var omissionCount: Int { inputs.count { possible.fault($0).isOmission } }
}
