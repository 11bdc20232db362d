/// The name of a clause in a proof.
///
/// Given and learned clauses are counted apart, each from 1 (stored as twice the number, plus 1 when
/// learned), so that the n-th clause of the formula is number n whenever it was added.
public struct ClauseIdentifier: Hashable, Sendable, BitwiseCopyable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  static let none = ClauseIdentifier(rawValue: 0)

  static func given(_ number: Int) -> ClauseIdentifier { ClauseIdentifier(rawValue: UInt32(number) << 1) }

  static func learned(_ number: Int) -> ClauseIdentifier {
    ClauseIdentifier(rawValue: UInt32(number) << 1 | 1)
  }

  /// Whether the clause was derived and not given.
  public var isLearned: Bool { rawValue & 1 == 1 }

  /// The position among the given or among the learned clauses, from 1.
  public var number: Int { Int(rawValue >> 1) }
}
