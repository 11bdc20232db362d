/// The fault budgets that the outcome survives, as numbers of omissions and of crashes.
///
/// More faults never repair an outcome: a cell breaks wherever a cell with a smaller budget does.
public struct Frontier: Hashable, Sendable {
  /// The result for one budget.
  public enum Cell: Hashable, Sendable {
    /// No fault set within the budget breaks the outcome.
    case holds
    /// Some fault set does. The value is the first of the smallest ones, or nil where a limit was reached
    /// before that was known.
    case breaks(BreakingSet?)
    /// A limit was reached before this was known.
    case unknown
  }

  /// How many omissions it takes to break the outcome with a number of crashes.
  public enum Threshold: Hashable, Sendable {
    /// This number of omissions breaks the outcome, and no smaller number does.
    case omissions(Int)
    /// No number of omissions breaks the outcome.
    case unbreakable
    /// It takes more than this number of omissions: a limit was reached. The number is -1 when nothing is
    /// known.
    case moreThan(Int)
  }

  /// The omissions of the table strike only in rounds before this one.
  public let eff: Int
  /// Indexed by the number of crashes that are allowed, from 0.
  public let thresholds: [Threshold]
  /// The columns are 0 … this number of omissions, followed by a column for any number of omissions.
  public let mostOmissions: Int
  /// Indexed by the number of crashes, then by column.
  public internal(set) var cells: [[Cell]]

  /// Whether every cell is known and every breaking cell has its smallest set.
  public var isComplete: Bool {
    cells.allSatisfy { row in row.allSatisfy { $0 != .unknown && $0 != .breaks(nil) } }
  }

  /// A table that knows the thresholds, but no smallest sets.
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
  /// The largest number of omissions about which something is known; nil where nothing is.
  var known: Int? {
    switch self {
    case .omissions(let number), .moreThan(let number): number
    case .unbreakable: nil
    }
  }

  /// What the threshold says about a budget of `omissions`, where nil stands for any number.
  fileprivate func cell(_ omissions: Int?) -> Frontier.Cell {
    switch self {
    case .unbreakable: .holds
    case .omissions(let least): omissions ?? .max >= least ? .breaks(nil) : .holds
    case .moreThan(let harmless): omissions ?? .max <= harmless ? .holds : .unknown
    }
  }
}
