// A program mentions the same few names again and again. Each name becomes a `String` once, when its bytes
// first occur; from then on only 32-bit numbers are compared. The table uses open addressing over the bytes.

import Indices
import Texts

/// Names a string of bytes: an identifier or the characters of a constant.
typealias Symbol = IndexOf<SymbolMark>

/// Tells a `Symbol` from other indices.
enum SymbolMark {}

extension Symbol {
  static var notin: Self { Self(rawValue: 0) }
  static var include: Self { Self(rawValue: 1) }
  static var next: Self { Self(rawValue: 2) }
  static var async: Self { Self(rawValue: 3) }
  static var wildcard: Self { Self(rawValue: 4) }
  static var crash: Self { Self(rawValue: 5) }
  static var pre: Self { Self(rawValue: 6) }
  static var post: Self { Self(rawValue: 7) }
  static var clock: Self { Self(rawValue: 8) }
  static var outage: Self { Self(rawValue: 9) }
  static var pause: Self { Self(rawValue: 10) }
  static var time: Self { Self(rawValue: 11) }
  static var durable: Self { Self(rawValue: 12) }
  static var configuration: Self { Self(rawValue: 13) }
  static var property: Self { Self(rawValue: 14) }
  static var within: Self { Self(rawValue: 15) }
  static var `for`: Self { Self(rawValue: 16) }
  static var `in`: Self { Self(rawValue: 17) }
  static var `as`: Self { Self(rawValue: 18) }
  static var with: Self { Self(rawValue: 19) }
  static var count: Self { Self(rawValue: 20) }
}

/// Every distinct byte string of a program, each with its number.
struct SymbolTable {
  private(set) var texts = IndexedArray<Symbol, Text>()
  private var hashes: [UInt64] = []
  /// Symbol + 1, or 0 for a free slot; the size is a power of two, and at least a quarter of the slots are
  /// free.
  private var slots = [UInt32](repeating: 0, count: 256)

  init() {
    let names = [
      "notin", "include", "next", "async", "_", "crash", "pre", "post", "clock", "outage", "pause", "time",
      "durable", "configuration", "property", "within", "for", "in", "as", "with", "count",
    ]
    for name in names {
      let bytes = Array(name.utf8)
      _ = symbol(of: bytes, bytes.indices)
    }
    assert(
      self[.notin] == "notin" && self[.count] == "count",
      "the constants of Symbol follow the order of the names")
  }

  /// The number of symbols; the raw value of each is below it.
  var count: Int { texts.count }

  subscript(symbol: Symbol) -> String { texts[symbol].string }

  /// The symbol for `bytes[range]`, which must be valid UTF-8.
  mutating func symbol(of bytes: [UInt8], _ range: Range<Int>) -> Symbol {
    let hash = Self.hash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let symbol = Symbol(rawValue: slots[slot] - 1)
      if hashes[symbol.position] == hash, isEqual(symbol, bytes, range) { return symbol }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(texts.count + 1)
    hashes.append(hash)
    let symbol = texts.append(Text(String(decoding: bytes[range], as: UTF8.self)))
    if texts.count * 4 > slots.count * 3 { grow() }
    return symbol
  }

  /// Compares bytes, because `==` on strings considers canonically equivalent strings equal.
  private func isEqual(_ symbol: Symbol, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    texts[symbol].string.utf8.elementsEqual(bytes[range])
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (position, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(position + 1)
    }
  }

  /// FNV-1a, with a final mix because the low bits choose the slot.
  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 32)
  }
}
