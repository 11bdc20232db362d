// SQLite's own check does not notice a value that has changed, so each run carries a digest of all that is on record of
// it: under which faults it ran, what held, what fired and what was lost, in which order, and what it violates. A tuple
// counts as the SHA-256 of its text; a firing mixes its rule with the digests of its head and premises, and each of
// these is computed once per analysis, because runs share most of them. The digest of a run is the sum of its parts,
// each times an odd number that tells its place. (A sum of hashes can be forged on purpose; what has to be noticed here
// is accident.)

import Dedalus
import Evaluation

/// The digest of a run.
struct RunDigest: Equatable {
  private var sum = SIMD4<UInt64>()

  /// What something contributes, wherever it stands.
  struct Part: Equatable, Sendable {
    private var lanes = SIMD4<UInt64>()

    /// The part of `text`: its SHA-256.
    init(_ text: String) {
      let words = SHA256.words(of: Array(text.utf8))
      for lane in 0..<4 { lanes[lane] = UInt64(words[2 * lane]) << 32 | UInt64(words[2 * lane + 1]) }
    }

    /// The tuple of `relation` with `values` in `round`; exact for any string.
    init(_ relation: String, _ values: [Constant], round: Int) {
      self.init("\(round)\t\(relation)" + values.map { Self.text(of: $0) }.joined())
    }

    /// The absence of `relation` with `pattern` in `round`.
    init(_ relation: String, without pattern: [Constant?], round: Int) {
      self.init("\(round)\tno \(relation)" + pattern.map { $0.map(Self.text) ?? "\t_" }.joined())
    }

    /// The part that firings begin with.
    init(rule: UInt32) {
      lanes = SIMD4(repeating: UInt64(rule) + 1)
      stir()
    }

    private static func text(of value: Constant) -> String {
      switch value {
      case .integer(let number): "\t\(number)"
      case .string(let string): "\t\(string.string.utf8.count):\(string.string)"
      }
    }

    /// Takes in `other`; the order matters.
    mutating func absorb(_ other: Part) {
      lanes ^= other.lanes
      stir()
    }

    /// Takes in a number.
    mutating func absorb(_ number: UInt32) {
      lanes ^= SIMD4(repeating: UInt64(number) + 1)
      stir()
    }

    /// Multiplication and shift, as in SplitMix64: a bijection of each lane.
    private mutating func stir() {
      lanes &*= Self.factors
      lanes ^= lanes &>> 29
    }

    private static let factors = SIMD4<UInt64>(
      0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB, 0xD6E8_FEB8_6659_FD93)

    fileprivate func times(_ factor: UInt64) -> SIMD4<UInt64> { lanes &* SIMD4(repeating: factor) }
  }

  /// Adds the part that stands at `position` among those of its kind.
  mutating func add(_ part: Part, at position: Int) { sum &+= part.times(2 * UInt64(position) + 1) }

  /// 64 hexadecimal digits.
  var text: String {
    (0..<4).map { lane in
      let digits = String(sum[lane], radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
