extension String {
  /// The text with blanks after it, up to `width` characters; unchanged where it is longer.
  public func padded(to width: Int) -> String { self + blanks(upTo: width) }

  /// The text with blanks before it, up to `width` characters; unchanged where it is longer.
  public func indented(to width: Int) -> String { blanks(upTo: width) + self }

  private func blanks(upTo width: Int) -> String { String(repeating: " ", count: max(0, width - count)) }
}
