// A program mentions the same few names again and again. Each name becomes a `String` once, when its bytes
// first occur; from then on only 32-bit numbers are compared. The table uses open addressing over the bytes.

import Indices
import Texts

/// Names a string of bytes: an identifier or the characters of a constant.
struct Symbol: DenseIndex {
  let rawValue: UInt32

  static let notin = Symbol(rawValue: 0)
  static let include = Symbol(rawValue: 1)
  static let next = Symbol(rawValue: 2)
  static let async = Symbol(rawValue: 3)
  static let wildcard = Symbol(rawValue: 4)
  static let crash = Symbol(rawValue: 5)
  static let pre = Symbol(rawValue: 6)
  static let post = Symbol(rawValue: 7)
  static let clock = Symbol(rawValue: 8)
  static let outage = Symbol(rawValue: 9)
  static let pause = Symbol(rawValue: 10)
  static let time = Symbol(rawValue: 11)
  static let durable = Symbol(rawValue: 12)
  static let configuration = Symbol(rawValue: 13)
  static let property = Symbol(rawValue: 14)
  static let within = Symbol(rawValue: 15)
  static let `for` = Symbol(rawValue: 16)
  static let `in` = Symbol(rawValue: 17)
  static let `as` = Symbol(rawValue: 18)
  static let with = Symbol(rawValue: 19)
  static let count = Symbol(rawValue: 20)
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
    assert(texts.count * 4 <= slots.count * 3, "a quarter of the slots is free, so each search for one ends")
    assert(hashes.count == texts.count, "each symbol has a hash, by which it is found again when slots grow")
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
