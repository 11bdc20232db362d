// A line may be 10 MB long, and may contain bytes that are not text, or characters that are invisible, move
// the cursor or change the direction of the text. So an excerpt is made of cells, one per character, each
// with what is shown for it, and only as many as fit; the carets are counted in the same cells.

/// The part of a source line around a place, and the carets below it.
struct Excerpt {
  /// The part of the line that is shown.
  let text: String
  /// Blanks, then at least one caret under the place.
  let carets: String

  /// The width of the excerpt, in columns.
  static let width = 120
  /// The number of bytes that are read on either side of the place: enough for a full line of four-byte
  /// characters.
  private static let reach = 4 * width

  /// A character: what is shown for it, and its range in the file.
  private struct Cell {
    let shown: String
    let offset: Int
    var width: Int { shown.unicodeScalars.count }
  }

  /// The excerpt around `range` of `source`.
  init(of range: SourceRange, in source: SourceFile) {
    let line = source.line(around: range.lower, reach: Self.reach)
    let cells = Self.cells(of: source.bytes[line])
    let focus = cells.firstIndex { $0.offset >= range.lower } ?? cells.count
    let window = Self.window(around: focus, of: cells)
    let isCutBefore = window.lowerBound > 0 || source.continues(before: line.lowerBound)
    let isCutAfter = window.upperBound < cells.count || source.continues(after: line.upperBound)
    var text = isCutBefore ? "…" : ""
    var blanks = isCutBefore ? 1 : 0
    var marks = 0
    for cell in cells[window] {
      text += cell.shown
      if cell.offset < range.lower { blanks += cell.width }
      if cell.offset >= range.lower, cell.offset < range.upper { marks += cell.width }
    }
    assert(text.unicodeScalars.count < Self.width, "the window leaves room for the ellipses")
    assert(blanks + marks <= text.unicodeScalars.count, "carets stand below the text")
    self.text = isCutAfter ? text + "…" : text
    carets = String(repeating: " ", count: blanks) + String(repeating: "^", count: max(marks, 1))
  }

  /// The cells that fit; half of the width is reserved for what precedes the focus.
  private static func window(around focus: Int, of cells: [Cell]) -> Range<Int> {
    var room = width - 2  // for an ellipsis at either end
    var upper = focus
    func take(_ cell: Cell, keeping kept: Int) -> Bool {
      guard room - cell.width >= kept else { return false }
      room -= cell.width
      return true
    }
    while upper < cells.count, take(cells[upper], keeping: width / 2) { upper += 1 }
    var lower = focus
    while lower > 0, take(cells[lower - 1], keeping: 0) { lower -= 1 }
    while upper < cells.count, take(cells[upper], keeping: 0) { upper += 1 }
    return lower..<upper
  }

  /// Decodes by hand, because `String` would replace the ill-formed bytes, which must be shown.
  private static func cells(of bytes: ArraySlice<UInt8>) -> [Cell] {
    var cells: [Cell] = []
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        cells.append(Cell(shown: scalar == "\t" ? " " : scalar.shown, offset: offset))
        offset += encoded.count
      case .error(let length):
        for index in offset..<(offset + length) {
          cells.append(Cell(shown: "\\x{\(String(bytes[index], radix: 16, uppercase: true))}", offset: index))
        }
        offset += length
      case .emptyInput: return cells
      }
    }
  }
}

extension SourceFile {
  /// The line around the byte at `offset`, and a caret below it; both indented by two, with nothing after the
  /// caret.
  public func excerpt(at offset: Int) -> String {
    let place = SourceRange(file: FileID(rawValue: 0), lower: offset, upper: offset)
    let excerpt = Excerpt(of: place, in: self)
    return "  \(excerpt.text)\n  \(excerpt.carets)"
  }
}
