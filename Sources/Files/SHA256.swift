// SHA-256 as in FIPS 180-4. It is written out here because the package for it costs more build time than all
// other dependencies together (128 CPU-seconds measured) and 10 MB of binary.

/// The hash by which files are recognised.
public struct SHA256 {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// The digest of `bytes` as 64 lower-case hexadecimal digits.
  public static func hexadecimalDigest(of bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let digest = digest(of: bytes)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The 32 bytes of the digest of `bytes`.
  public static func digest(of bytes: [UInt8]) -> [UInt8] {
    let words = words(of: bytes)
    return words.indices.flatMap { index in
      (0..<4).map { UInt8(truncatingIfNeeded: words[index] >> (24 - 8 * $0)) }
    }
  }

  /// The digest of `bytes` as eight words, each with its first byte as the most significant.
  public static func words(of bytes: [UInt8]) -> InlineArray<8, UInt32> {
    var hash = SHA256()
    let whole = bytes.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) { hash.absorb(bytes, at: start) }
    let tail = padding(of: bytes[whole...], length: bytes.count)
    for start in stride(from: 0, to: tail.count, by: 64) { hash.absorb(tail, at: start) }
    return hash.state
  }

  /// The last, incomplete block, a one bit, zeros, and the length in bits: one or two blocks.
  private static func padding(of rest: ArraySlice<UInt8>, length: Int) -> [UInt8] {
    var tail = [UInt8](repeating: 0, count: rest.count < 56 ? 64 : 128)
    tail.replaceSubrange(..<rest.count, with: rest)
    tail[rest.count] = 0x80
    for place in 0..<8 {
      tail[tail.count - 1 - place] = UInt8(truncatingIfNeeded: (length << 3) >> (8 * place))
    }
    return tail
  }

  /// The compression function (FIPS 180-4, section 6.2.2) on the 64 bytes from `start`.
  private mutating func absorb(_ bytes: [UInt8], at start: Int) {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      let place = start + 4 * index
      let (high, low) = (
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16,
        UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
      )
      schedule[index] = high | low
    }
    for index in 16..<64 {
      let early = schedule[index - 15]
      let late = schedule[index - 2]
      let mixedEarly = early.rotated(7) ^ early.rotated(18) ^ (early >> 3)
      let mixedLate = late.rotated(17) ^ late.rotated(19) ^ (late >> 10)
      schedule[index] = schedule[index - 16] &+ mixedEarly &+ schedule[index - 7] &+ mixedLate
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let first =
        h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice &+ constants[index] &+ schedule[index]
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    let words: InlineArray<8, UInt32> = [a, b, c, d, e, f, g, h]
    for index in words.indices { state[index] &+= words[index] }
  }
}

extension UInt32 {
  fileprivate func rotated(_ count: UInt32) -> UInt32 { self >> count | self << (32 - count) }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let constants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
