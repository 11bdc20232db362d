/// A file name from the system, for which names are bytes.
public struct FileName {
  /// The name; nil where the bytes are not UTF-8, so that no text can name this file.
  public let text: String?
  /// The name for messages. If it is not UTF-8, each byte that is not ASCII is shown as in `\xE9`.
  public let shown: String

  /// The name with these bytes.
  public init(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    let text = String(validating: bytes, as: UTF8.self)
    self.text = text
    shown = text ?? bytes.map { 0x20..<0x7F ~= $0 ? String(UnicodeScalar($0)) : Self.escape($0) }.joined()
  }

  private static func escape(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
