import Texts

/// JSON lists of numbers, as the store writes them: without blanks, and read strictly.
enum NumberList {
  /// The array in `text`, with nil for each `null`, as in `[1,2,null]`; nil where the text is anything else.
  static func read(_ text: some BidirectionalCollection<UInt8>) -> [UInt32?]? {
    guard let bytes = contents(of: text) else { return nil }
    guard !bytes.isEmpty else { return [] }
    var list: [UInt32?] = []
    for item in bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      if item.elementsEqual("null".utf8) {
        list.append(nil)
      } else if let number = number(item) {
        list.append(number)
      } else {
        return nil
      }
    }
    return list
  }

  /// The sequence whose pieces `text` lists, as in `[[0,7],[12,12]]`; nil where the text is anything else.
  static func readPieces(_ text: some BidirectionalCollection<UInt8>) -> NumberSequence? {
    guard var bytes = contents(of: text) else { return nil }
    var pieces: [NumberSequence.Piece] = []
    while !bytes.isEmpty {
      if !pieces.isEmpty {
        guard bytes.removeFirst() == UInt8(ascii: ",") else { return nil }
      }
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), let pair = read(bytes[...end]),
        pair.count == 2, let first = pair[0], let last = pair[1], first <= last
      else { return nil }
      pieces.append(NumberSequence.Piece(first, last))
      bytes = bytes[bytes.index(after: end)...]
    }
    return NumberSequence(pieces: pieces)
  }

  /// The contents between brackets.
  private static func contents<Text: BidirectionalCollection<UInt8>>(of text: Text) -> Text.SubSequence? {
    guard text.count >= 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
    return text.dropFirst().dropLast()
  }

  private static func number(_ digits: some Collection<UInt8>) -> UInt32? {
    guard 1...9 ~= digits.count else { return nil }
    var number: UInt32 = 0
    for digit in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
      number = number * 10 + UInt32(digit - UInt8(ascii: "0"))
    }
    return number
  }
}
