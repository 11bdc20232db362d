// A file is checked once, before it is cut into tokens, so that all later code may rely on well-formed UTF-8
// without NUL. Swift would repair ill-formed bytes silently (U+FFFD), and two different constants would
// become equal.

/// The first bytes of a file that are not text.
struct EncodingError: Equatable {
  enum Kind { case nul, illFormed, truncated }
  let kind: Kind
  let offset: Int

  /// What is wrong, as the start of a sentence.
  var phrase: String {
    switch kind {
    case .nul: "NUL byte"
    case .illFormed: "invalid UTF-8"
    case .truncated: "invalid UTF-8, cut off by the end of the file,"
    }
  }
}

/// The result of scanning the bytes of a file.
struct EncodingScan {
  private(set) var error: EncodingError?
  /// Offsets of the first characters that are invisible or change the order in which text is shown.
  private(set) var invisible: [Int] = []

  init(_ bytes: [UInt8]) {
    var index = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    while index < bytes.count {
      if case 1..<0x80 = bytes[index] {
        index += 1
        continue
      }
      guard let width = Self.width(of: bytes, at: index) else {
        let kind: EncodingError.Kind = bytes[index] == 0 ? .nul : .illFormed
        error = EncodingError(kind: kind, offset: index)
        return
      }
      guard index + width <= bytes.count else {
        error = EncodingError(kind: .truncated, offset: index)
        return
      }
      if width == 3, invisible.count < 20, Self.isInvisible(bytes, at: index) { invisible.append(index) }
      index += width
    }
    assert(index == bytes.count, "the last character ends where the file does")
  }

  /// The length of the well-formed scalar at `index` (Unicode table 3-7), which may be cut off at the end;
  /// nil for ill-formed bytes.
  private static func width(of bytes: [UInt8], at index: Int) -> Int? {
    let (width, second): (Int, ClosedRange<UInt8>)
    switch bytes[index] {
    case 0xC2...0xDF: (width, second) = (2, 0x80...0xBF)
    case 0xE0: (width, second) = (3, 0xA0...0xBF)
    case 0xED: (width, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (width, second) = (3, 0x80...0xBF)
    case 0xF0: (width, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (width, second) = (4, 0x80...0xBF)
    case 0xF4: (width, second) = (4, 0x80...0x8F)
    default: return nil
    }
    let rest = bytes[(index + 1)..<min(index + width, bytes.count)]
    guard rest.first.map(second.contains) ?? true else { return nil }
    return rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 } ? width : nil
  }

  /// Decodes the three bytes at `index`, which must be well-formed.
  private static func isInvisible(_ bytes: [UInt8], at index: Int) -> Bool {
    let value =
      UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    return Unicode.Scalar(value).map(\.isInvisible) ?? false
  }
}
