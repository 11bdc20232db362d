/// A number with what is counted: `1 fault`, `2 faults`, `0 faults`.
public func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// The same for a number that is too large for an integer, or is written differently.
public func counted(_ digits: String, _ singular: String, _ plural: String? = nil) -> String {
  "\(digits) \(Text(digits) == "1" ? singular : plural ?? singular + "s")"
}

/// `no set of 2 faults or fewer breaks it`; for the empty set only, `it holds without faults`.
public func harmlessWords(upTo count: Int) -> String {
  switch count {
  case 0: "it holds without faults"
  case 1: "no single fault breaks it"
  default: "no set of \(count) faults or fewer breaks it"
  }
}

/// The number in `text`, which must consist of decimal digits: no sign, no space, no leading zero; nil
/// otherwise.
public func wholeNumber(_ text: String) -> Int? {
  guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
    return nil
  }
  guard text == "0" || !text.utf8.starts(with: "0".utf8) else { return nil }
  return Int(text)
}
