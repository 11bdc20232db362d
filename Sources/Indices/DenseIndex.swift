// A variable, a clause and a tuple are different things, even where each is a row number of some table.
// Giving every kind of number its own type turns a mixed-up index into a compile error and costs nothing at
// run time.

/// An integer that names one row of one kind of table, counted from 0.
public protocol DenseIndex: RawRepresentable, Hashable, Comparable, Sendable where RawValue == UInt32 {
  /// The index with this row number.
  init(rawValue: UInt32)
}

extension DenseIndex {
  /// The index of the row at `position`, which must fit 32 bits.
  public init(_ position: Int) {
    self.init(rawValue: UInt32(position))
  }

  /// The row number as an offset into an array.
  public var position: Int { Int(rawValue) }

  /// Orders indices by row number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
