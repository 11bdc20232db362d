import Scenarios

/// The fault budgets that the outcome survives, as numbers of faults of two kinds. Other kinds keep the
/// budgets of the bounds.
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

  /// How many faults of the columns' kind it takes to break the outcome in a row.
  public enum Threshold: Hashable, Sendable {
    /// This number of faults breaks the outcome, and no smaller number does.
    case takes(Int)
    /// No number of faults within the bounds breaks the outcome.
    case unbreakable
    /// It takes more than this number of faults: a limit was reached. The number is -1 when nothing is known.
    case moreThan(Int)
  }

  /// Two kinds of faults whose numbers a table varies.
  public struct Axes: Hashable, Sendable {
    /// The kind of the rows: a row for each number within its budget.
    public let rows: KindID
    /// The kind of the columns.
    public let columns: KindID

    /// A row for each number of faults of `rows`, a column for each of `columns`.
    public init(rows: KindID, columns: KindID) {
      precondition(rows != columns, "a table has two axes")
      (self.rows, self.columns) = (rows, columns)
    }

    /// Crashes by omissions, as in the paper.
    public static let usual = Axes(rows: .crash, columns: .omission)
  }

  /// The kinds of faults whose numbers the table varies.
  public let axes: Axes
  /// The faults of the table are those that this EFF admits.
  public let eff: Int
  /// Indexed by the number of faults of the rows' kind, from 0.
  public let thresholds: [Threshold]
  /// The columns are 0 … this number of faults, perhaps followed by a column for any number.
  public let mostColumns: Int
  /// Whether the last column is for any number of faults: where no budget bounds their kind.
  public let endsWithAny: Bool
  /// Indexed by the number of faults of the rows' kind, then by column.
  public package(set) var cells: [[Cell]]

  /// The number of faults in `column`; nil for any number.
  public func count(inColumn column: Int) -> Int? { column > mostColumns ? nil : column }

  /// Whether every cell is known and every breaking cell has its smallest set.
  public var isComplete: Bool {
    cells.allSatisfy { row in row.allSatisfy { $0 != .unknown && $0 != .breaks(nil) } }
  }

  /// A table that knows the thresholds, but no smallest sets.
  package init(_ axes: Axes, eff: Int, _ thresholds: [Threshold], mostColumns: Int, endsWithAny: Bool) {
    assert(mostColumns >= 0 && !thresholds.isEmpty, "a table has a row and a column at least")
    self.axes = axes
    self.eff = eff
    self.thresholds = thresholds
    self.mostColumns = mostColumns
    self.endsWithAny = endsWithAny
    cells = thresholds.map { threshold in
      (0...mostColumns).map { threshold.cell($0) } + (endsWithAny ? [threshold.cell(nil)] : [])
    }
  }
}

extension Frontier.Threshold {
  /// The largest number of faults about which something is known; nil where nothing is.
  package var known: Int? {
    switch self {
    case .takes(let number), .moreThan(let number): number
    case .unbreakable: nil
    }
  }

  /// What the threshold says about a budget of `count`, where nil stands for any number.
  fileprivate func cell(_ count: Int?) -> Frontier.Cell {
    switch self {
    case .unbreakable: .holds
    case .takes(let least): count ?? .max >= least ? .breaks(nil) : .holds
    case .moreThan(let harmless): count ?? .max <= harmless ? .holds : .unknown
    }
  }
}
