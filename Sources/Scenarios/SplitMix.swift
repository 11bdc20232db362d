/// SplitMix64 (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): a seed
/// gives the same numbers on every machine.
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The sequence that starts from `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number in `0 ..< bound`, computed as the high half of a product (Lemire, ACM TOMACS 2019).
  ///
  /// The bias is below 2⁻⁵⁰ for the bounds in use.
  public mutating func number(below bound: Int) -> Int {
    assert(bound > 0, "there is no number below 0")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
