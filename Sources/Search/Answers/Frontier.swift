/// Which budgets of faults the outcome survives: so many omissions and so many crashes.
///
/// More faults never mend: a cell breaks where one with a smaller budget does.
public struct Frontier: Hashable, Sendable {
  /// What happens within one budget.
  public enum Cell: Hashable, Sendable {
    /// No fault set within the budget breaks the outcome.
    case holds
    /// Some does; the first of the smallest, or nil where a limit was reached before it was known.
    case breaks(BreakingSet?)
    /// A limit was reached first.
    case unknown
  }

  /// How many omissions it takes to break the outcome with a number of crashes.
  public enum Threshold: Hashable, Sendable {
    /// So many, and no fewer.
    case omissions(Int)
    /// No number of them does.
    case unbreakable
    /// More than so many, or -1 when nothing is known: a limit was reached.
    case moreThan(Int)
  }

  /// Messages are lost in rounds before this one.
  public let eff: Int
  /// By the number of crashes that are allowed, from 0 on.
  public let thresholds: [Threshold]
  /// The columns are 0 … this number of omissions, and one more for any number of them.
  public let mostOmissions: Int
  /// By crashes, then by column.
  public internal(set) var cells: [[Cell]]

  /// Whether every cell is known, with its smallest set.
  public var isComplete: Bool {
    cells.allSatisfy { row in row.allSatisfy { $0 != .unknown && $0 != .breaks(nil) } }
  }

  /// A table about which nothing is known but the thresholds.
  init(eff: Int, _ thresholds: [Threshold], mostOmissions: Int) {
    self.eff = eff
    self.thresholds = thresholds
    self.mostOmissions = mostOmissions
    cells = thresholds.map { threshold in
      (0...mostOmissions).map { threshold.cell($0) } + [threshold.cell(nil)]
    }
  }
}

extension Frontier.Threshold {
  /// The last number of omissions about which something is known, where there is one.
  var known: Int? {
    switch self {
    case .omissions(let number), .moreThan(let number): number
    case .unbreakable: nil
    }
  }

  /// What it says about a budget of so many omissions, nil for any number.
  fileprivate func cell(_ omissions: Int?) -> Frontier.Cell {
    switch self {
    case .unbreakable: .holds
    case .omissions(let least): omissions ?? .max >= least ? .breaks(nil) : .holds
    case .moreThan(let harmless): omissions ?? .max <= harmless ? .holds : .unknown
    }
  }
}
