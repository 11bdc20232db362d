extension Unicode.Scalar {
  /// Whether the character has no width or changes the direction of the text around it.
  package var isInvisible: Bool {
    switch value {
    case 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    default: false
    }
  }

  /// Whether it may be shown unchanged.
  var isShowable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x2028, 0x2029, 0xE0000...0xE0FFF: false
    default: !isInvisible
    }
  }

  /// The character, or its number where it cannot be shown as itself.
  package var shown: String {
    isShowable ? String(Character(self)) : "\\u{\(String(value, radix: 16, uppercase: true))}"
  }
}

extension String {
  /// The string with everything escaped that a terminal would interpret or not show: control characters,
  /// characters that change the direction of text, characters without width.
  public var showingEverything: String {
    unicodeScalars.allSatisfy(\.isShowable) ? self : unicodeScalars.map(\.shown).joined()
  }
}
