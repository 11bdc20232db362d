import Indices

/// Names one file of a program, in the order in which they were read.
public struct FileID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A stretch of one source file, as byte offsets; `lower == upper` marks a place between two bytes.
public struct SourceRange: Hashable, Sendable {
  /// The file.
  public let file: FileID
  /// Offset of the first byte.
  public let lower: Int
  /// Offset just past the last byte.
  public let upper: Int

  /// The bytes `lower..<upper` of `file`.
  public init(file: FileID, lower: Int, upper: Int) {
    self.file = file
    self.lower = lower
    self.upper = upper
  }

  /// The smallest range that covers both, which must be in one file.
  public func joined(with other: SourceRange) -> SourceRange {
    SourceRange(file: file, lower: Swift.min(lower, other.lower), upper: Swift.max(upper, other.upper))
  }
}
