// SQLite's own check does not notice a changed value, so each run carries a digest of everything that is
// recorded of it: its faults, what held, what fired and what was lost, in which order, and what it violates.
// A tuple counts as the SHA-256 of its text. A firing mixes its rule with the digests of its head and
// premises, each of which is computed once per analysis, because runs share most of them. The digest of a run
// is the sum of its parts, each multiplied by an odd number that depends on its position. (A sum of hashes
// can be forged on purpose; the digest is only meant to detect accidents.)

import Dedalus
import Evaluation
import Files

/// The digest of a run.
struct RunDigest: Equatable {
  private var sum = SIMD4<UInt64>()

  /// The contribution of one thing, without regard to its position.
  struct Part: Equatable, Sendable {
    private var lanes = SIMD4<UInt64>()

    /// The part of `text`: its SHA-256.
    init(_ text: String) { self.init(of: Array(text.utf8)) }

    private init(of text: [UInt8]) {
      let words = SHA256.words(of: text)
      for lane in 0..<4 { lanes[lane] = UInt64(words[2 * lane]) << 32 | UInt64(words[2 * lane + 1]) }
    }

    /// The part of the tuple of `relation` with `values` in `round`; exact for any string.
    init(_ relation: String, _ values: [Constant], round: Int) {
      var text = DigestText("\(round)\t")
      text.append(relation)
      for value in values { text.append(value) }
      self.init(of: text.bytes)
    }

    /// The part of the absence of `relation` with `pattern` in `round`.
    init(_ relation: String, without pattern: [Constant?], round: Int) {
      var text = DigestText("\(round)\tno ")
      text.append(relation)
      for value in pattern {
        if let value { text.append(value) } else { text.append("\t_") }
      }
      self.init(of: text.bytes)
    }

    /// The initial part of a firing of `rule`.
    init(rule: UInt32) {
      lanes = SIMD4(repeating: UInt64(rule) + 1)
      stir()
    }

    /// Mixes in `other`; the order matters.
    mutating func absorb(_ other: Part) {
      lanes ^= other.lanes
      stir()
    }

    /// Mixes in a number.
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

  /// Adds the part at `position` among those of its kind.
  mutating func add(_ part: Part, at position: Int) { sum &+= part.times(2 * UInt64(position) + 1) }

  /// The digest as 64 hexadecimal digits.
  var text: String {
    (0..<4).map { sum[$0].hexadecimal }.joined()
  }
}

extension UInt64 {
  /// The value as 16 hexadecimal digits.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The text of a tuple or an absence under construction; exact for any string.
private struct DigestText {
  private(set) var bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
    bytes.reserveCapacity(64)
  }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ value: Constant) {
    switch value {
    case .integer(let number): append("\t\(number)")
    case .string(let string):
      append("\t\(string.string.utf8.count):")
      append(string.string)
    }
  }
}
