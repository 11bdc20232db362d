// SQLite's own check does not notice a value that has changed, so each run carries a digest of what held in it: the
// sum of the SHA-256 of its tuples, lane by lane. A sum does not depend on the order of derivation, and runs share
// most tuples, so recording a run costs a few additions for each. (A sum of hashes can be forged on purpose; what has
// to be noticed here is accident.)

import Dedalus
import Evaluation

/// The digest of a set of tuples.
struct RunDigest: Equatable {
  private var sum = SIMD4<UInt64>()

  /// The contribution of one tuple.
  struct Part {
    fileprivate let lanes: SIMD4<UInt64>

    /// The tuple of `relation` with `values` in `round`; exact for any string.
    init(_ relation: String, _ values: [Constant], round: Int) {
      var text = "\(round)\t\(relation)"
      for value in values {
        switch value {
        case .integer(let number): text += "\t\(number)"
        case .string(let string): text += "\t\(string.string.utf8.count):\(string.string)"
        }
      }
      let bytes = SHA256.digest(of: Array(text.utf8))
      var lanes = SIMD4<UInt64>()
      for (position, byte) in bytes.enumerated() {
        lanes[position / 8] = lanes[position / 8] << 8 | UInt64(byte)
      }
      self.lanes = lanes
    }
  }

  mutating func add(_ part: Part) { sum &+= part.lanes }

  /// 64 hexadecimal digits.
  var text: String {
    (0..<4).map { lane in
      let digits = String(sum[lane], radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension Execution {
  /// The digest of everything that held.
  var digest: String {
    var digest = RunDigest()
    for tuple in store.tuples { digest.add(part(store.row(of: tuple), store.round(of: tuple))) }
    return digest.text
  }

  /// What a tuple contributes to the digest.
  func part(_ row: RowID, _ round: Round) -> RunDigest.Part {
    RunDigest.Part(schema[store.relation(of: row)].name, values(of: row), round: round.position)
  }
}
