/// The row number of a `Row` in its table, counted from 0. `Row` is a type that need have no values: it only
/// keeps indices of one table from being taken for those of another.
@frozen
public struct IndexOf<Row>: DenseIndex {
  /// The row number.
  public let rawValue: UInt32
  /// The index with this row number.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension IndexOf: BitwiseCopyable {}
