/// `text` in lines of at most `width` columns; all but the first begin with as many blanks as `hanging`
/// says. It is broken at blanks and, where a word is wider than a line, within the word.
public func wrapped(_ text: String, width: Int, hanging: Int = 0) -> [String] {
  if text.count <= width { return [text] }
  var lines: [String] = []
  var current = ""
  let indent = String(repeating: " ", count: min(hanging, width / 2))
  let lead = text.prefix { $0 == " " }
  var isFresh = true
  current = String(lead)
  for word in text.dropFirst(lead.count).split(separator: " ", omittingEmptySubsequences: true) {
    var word = word
    if !isFresh, current.count + 1 + word.count > width {
      lines.append(current)
      (current, isFresh) = (indent, true)
    }
    if !isFresh { current += " " }
    while current.count + word.count > width {
      let room = max(1, width - current.count)
      lines.append(current + word.prefix(room))
      word = word.dropFirst(room)
      current = indent
    }
    current += word
    isFresh = false
  }
  lines.append(current)
  return lines
}
