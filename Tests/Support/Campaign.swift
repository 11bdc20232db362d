import Foundation

/// How long property tests run.
public enum Campaign {
  /// The variable `FAULTLINE_CAMPAIGN` of the environment: so many times as many cases as usual.
  public static let factor =
    ProcessInfo.processInfo.environment["FAULTLINE_CAMPAIGN"].flatMap { Int($0) } ?? 1

  /// `FAULTLINE_SEED` of the environment: where the seeds of property tests begin.
  public static let firstSeed =
    ProcessInfo.processInfo.environment["FAULTLINE_SEED"].flatMap { UInt64($0) } ?? 0

  /// The seeds of a property test that usually has `count` cases.
  public static func seeds(_ count: Int) -> Range<UInt64> {
    firstSeed..<(firstSeed + UInt64(count * max(factor, 1)))
  }
}
