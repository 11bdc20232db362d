// What stands in a file or an argument may be meant to deceive whoever reads a message about it: terminal control
// sequences, or characters that reverse or hide others. In messages they are written out.

/// `string` with everything that is not itself visible written as `\u{…}`.
public func visible(_ string: String) -> String {
  guard string.unicodeScalars.contains(where: isInvisible) else { return string }
  var result = ""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where isInvisible(scalar): result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether `scalar` is a control character, or one that changes how others look: the Unicode categories Cc, Cf,
/// Zl and Zp.
func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: return true
  default: return false
  }
}
