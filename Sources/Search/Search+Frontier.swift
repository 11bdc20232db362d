// The frontier is drawn by one solver that keeps what it has learned: all budgets are assumptions. First
// comes the staircase, from the largest budget of the rows' kind and the largest EFF down. With less of
// either it never takes fewer faults of the columns' kind, so every step goes up or left, and the cells above
// are never asked about. Then comes the smallest set of each breaking cell, from the largest budget down: a
// set that fits into a smaller budget is the answer there too.

import Answers
import Evaluation
import Lineage
import Properties
import Scenarios

/// The extent of a frontier's tables.
public struct FrontierShape: Hashable, Sendable {
  /// The kinds of faults whose numbers the tables vary. The rows' kind must have a budget. Where the columns'
  /// kind has none, there are as many columns as show every threshold, and one for any number.
  public var axes: Frontier.Axes
  /// Whether there is a table for each EFF from 0 to that of the bounds, or only for the latter.
  public var showsEveryEFF: Bool

  /// One table of crashes by omissions, unless given.
  public init(_ axes: Frontier.Axes = .usual, showsEveryEFF: Bool = false) {
    self.axes = axes
    self.showsEveryEFF = showsEveryEFF
  }
}

/// The fault budgets that an outcome survives.
public struct FrontierAnswer: Sendable {
  /// The answer to the question.
  public let answer: Answer
  /// One frontier for each EFF that was asked for; none where the answer is not `holds` or `counterexample`.
  public let frontiers: [Frontier]
  /// The limit that ended the search before the tables were complete.
  public let limit: Limit?
}

/// Finds the numbers of faults of two kinds, within the question's bounds, for which the outcome holds.
///
/// The answer is that of `check`; for `holds` and `counterexample` there are tables.
///
/// - Throws: `Disagreement`, which is a bug in Faultline.
public func frontier(
  _ question: Question, _ shape: FrontierShape = FrontierShape(), patience: Patience = Patience()
) throws(Disagreement) -> FrontierAnswer {
  var search = Search(question, patience)
  let answer = try search.run(then: .drawFrontiers(shape))
  return FrontierAnswer(answer: answer, frontiers: search.frontiers, limit: search.draft.limit)
}

extension Search {
  /// Draws the frontiers, once it is known whether anything within the bounds breaks the outcome.
  mutating func drawFrontiers(
    _ model: inout FaultModel, for goal: Edge, _ view: CircuitView, _ shape: FrontierShape
  ) throws(Disagreement) {
    switch draft.decision {
    case .holds, .counterexample: break
    case .badBaseline, .error, nil: return
    }
    var staircases: [(eff: Int, thresholds: [Frontier.Threshold])] = []
    for eff in (shape.showsEveryEFF ? 0 : question.bounds.eff)...question.bounds.eff {
      staircases.append((eff, []))
    }
    for position in staircases.indices.reversed() {
      let later = position + 1 < staircases.count ? staircases[position + 1].thresholds : nil
      staircases[position].thresholds = try staircase(
        &model, goal, shape.axes, eff: staircases[position].eff, below: later)
    }
    let widest = staircases.flatMap { $0.thresholds.map { $0.known ?? 0 } }.reduce(0, max)
    let most = question.bounds.most(of: shape.axes.columns)
    frontiers = staircases.map {
      Frontier(
        shape.axes, eff: $0.eff, $0.thresholds, mostColumns: most ?? widest, endsWithAny: most == nil)
    }
    assert(zip(frontiers, frontiers.dropFirst()).allSatisfy { $0.eff + 1 == $1.eff }, "a table for each EFF")
    for position in frontiers.indices.reversed() {
      guard try fillFrontier(position, &model, for: goal, view) else { return }
    }
  }

  /// For each number of faults of the rows' kind: how many of the columns' kind it takes with `eff`. `later`
  /// is the result for a larger `eff`.
  private mutating func staircase(
    _ model: inout FaultModel, _ goal: Edge, _ axes: Frontier.Axes, eff: Int,
    below later: [Frontier.Threshold]?
  ) throws(Disagreement) -> [Frontier.Threshold] {
    var thresholds: [Frontier.Threshold] = []
    for row in (0...(question.bounds.most(of: axes.rows) ?? 0)).reversed() {
      let call = FaultModel.Call(goals: [goal], most: [axes.rows: row], eff: eff)
      let known = [thresholds.last, later?[row]].compactMap { $0 }
      thresholds.append(try threshold(axes.columns, &model, call, knowing: known))
    }
    assert(thresholds.count == (question.bounds.most(of: axes.rows) ?? 0) + 1, "each row has a threshold")
    return thresholds.reversed()
  }

  /// How many faults of `kind` it takes for `call`; `known` are the thresholds for larger budgets of another
  /// kind.
  private mutating func threshold(
    _ kind: KindID, _ model: inout FaultModel, _ call: FaultModel.Call, knowing known: [Frontier.Threshold]
  ) throws(Disagreement) -> Frontier.Threshold {
    if known.contains(.unbreakable) { return .unbreakable }
    var count = known.compactMap { if case .takes(let least) = $0 { least } else { nil } }.max() ?? 0
    let cut = known.compactMap { if case .moreThan(let harmless) = $0 { harmless } else { nil } }.max()
    if let cut { return .moreThan(max(cut, count - 1)) }
    switch try prove(&model, call) {
    case .unknown:
      stopped()
      return .moreThan(count - 1)
    case .unsatisfiable: return .unbreakable
    case .satisfiable: break
    }
    var enough = model.count(of: kind)
    assert(enough >= count, "with less of one kind it takes no less of the other")
    var call = call
    while count < enough {
      call.most[kind] = count
      switch try prove(&model, call) {
      case .unknown:
        stopped()
        return .moreThan(count - 1)
      case .unsatisfiable: count += 1
      case .satisfiable: enough = model.count(of: kind)
      }
    }
    return .takes(count)
  }

  /// Finds the smallest set of every breaking cell of a table; false where patience ends first.
  private mutating func fillFrontier(
    _ table: Int, _ model: inout FaultModel, for goal: Edge, _ view: CircuitView
  ) throws(Disagreement) -> Bool {
    let frontier = frontiers[table]
    for row in frontier.cells.indices.reversed() {
      for column in frontier.cells[row].indices.reversed() {
        guard frontiers[table].cells[row][column] == .breaks(nil) else { continue }
        var call = FaultModel.Call(goals: [goal], most: [frontier.axes.rows: row], eff: frontier.eff)
        call.most[frontier.axes.columns] = frontier.count(inColumn: column)
        let larger = setsOfLargerBudgets(table, row, column)
        guard let set = try breakingSet(&model, call, view, larger) else { return false }
        frontiers[table].cells[row][column] = .breaks(set)
      }
    }
    return true
  }

  /// The first of the smallest sets for `call`. It is taken from `larger`, the first smallest sets for larger
  /// budgets, where one of them fits. Nil where patience ends before it is known.
  private mutating func breakingSet(
    _ model: inout FaultModel, _ call: FaultModel.Call, _ view: CircuitView, _ larger: [BreakingSet]
  ) throws(Disagreement) -> BreakingSet? {
    if let known = larger.first(where: { $0.faults.fits(call) }) { return known }
    guard try prove(&model, call) == .satisfiable else {
      stopped()
      return nil
    }
    let smallest = try smallestSet(
      &model, call, within: model.solution, from: larger.map(\.faults.count).max() ?? 0)
    guard smallest.isFirst else { return nil }
    return BreakingSet(try confirm(smallest.scenario(possible), view, isMinimum: true))
  }

  /// The sets known to break with the next larger budget of each kind.
  private func setsOfLargerBudgets(_ table: Int, _ row: Int, _ column: Int) -> [BreakingSet] {
    [(table, row, column + 1), (table, row + 1, column), (table + 1, row, column)]
      .compactMap { table, row, column in
        guard table < frontiers.count, row < frontiers[table].cells.count,
          column < frontiers[table].cells[row].count,
          case .breaks(let set) = frontiers[table].cells[row][column]
        else { return nil }
        return set
      }
  }
}

extension FaultSet {
  /// Whether the set is within the budgets of `call`.
  fileprivate func fits(_ call: FaultModel.Call) -> Bool {
    call.most.allSatisfy { kind, most in faults.count { $0.kind == kind } <= most }
      && faults.allSatisfy { $0.meaning.leastEFF(of: $0) <= call.eff ?? .max }
  }
}

extension FaultModel {
  /// The number of faults of `kind` in the last set that was found.
  fileprivate func count(of kind: KindID) -> Int { choices.count { possible.fault($0).kind == kind } }
}
