import Indices

/// Names a file of a program, in the order of reading.
public struct FileID: DenseIndex {
  /// The index of the file in `Program.sources`.
  public let rawValue: UInt32
  /// The file with this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A range of one source file, as byte offsets; `lower == upper` marks a place between two bytes.
public struct SourceRange: Hashable, Sendable {
  /// The file that contains the range.
  public let file: FileID
  /// The offset of the first byte.
  public let lower: Int
  /// The offset just past the last byte.
  public let upper: Int

  /// The bytes `lower..<upper` of `file`.
  public init(file: FileID, lower: Int, upper: Int) {
    assert(lower <= upper, "a range does not end before it begins")
    self.file = file
    self.lower = lower
    self.upper = upper
  }

  /// The smallest range that covers both, which must be in one file.
  public func joined(with other: SourceRange) -> SourceRange {
    assert(file == other.file, "no range is in two files")
    return SourceRange(file: file, lower: Swift.min(lower, other.lower), upper: Swift.max(upper, other.upper))
  }
}
