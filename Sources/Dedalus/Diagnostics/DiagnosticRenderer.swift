import Indices

/// Turns diagnostics into text for people: place, message and code; the line with carets; notes; the likely
/// fix.
///
///     ack.ded:4:7: error: 'Y' is bound by no positive atom [unsafe-variable]
///       log(N, Y) :- bcast(N, X);
///              ^
///       fix: did you mean 'X'?
public struct DiagnosticRenderer: Sendable {
  /// The number of errors, and of warnings, that are shown one by one; the others are only counted. The same
  /// holds for notes.
  public static let shownCount = 20

  private let sources: IndexedArray<FileID, SourceFile>
  private let isColored: Bool

  /// A renderer for places in `sources`; `colored` for a terminal with colours.
  public init(sources: IndexedArray<FileID, SourceFile>, colored: Bool = false) {
    self.sources = sources
    isColored = colored
  }

  /// The text for `diagnostics`, in their order; every line ends with a line break.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var errors = 0
    var warnings = 0
    var text = ""
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      }
      let count = diagnostic.severity == .error ? errors : warnings
      if count <= Self.shownCount { text += render(diagnostic) }
    }
    return text + rest(of: errors, "error") + rest(of: warnings, "warning")
  }

  /// The text for one diagnostic; every line ends with a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    let color: Color = diagnostic.severity == .error ? .red : .magenta
    let label = paint(diagnostic.severity.rawValue + ":", color)
    let message = diagnostic.message.showingEverything
    var text = "\(place(of: diagnostic.range))\(label) \(message) [\(diagnostic.code.rawValue)]\n"
    text += excerpt(of: diagnostic.range)
    for note in diagnostic.notes.prefix(Self.shownCount) {
      text += "\(place(of: note.range))\(paint("note:", .cyan)) \(note.message.showingEverything)\n"
      text += excerpt(of: note.range)
    }
    text += rest(of: diagnostic.notes.count, "note")
    if let fix = diagnostic.fix { text += "  \(paint("fix:", .green)) \(fix.showingEverything)\n" }
    return text
  }

  /// `file:line:column: `; empty for a diagnostic without a place.
  private func place(of range: SourceRange?) -> String {
    guard let range else { return "" }
    let source = sources[range.file]
    let position = source.position(of: range.lower)
    return paint("\(source.path.showingEverything):\(position.line):\(position.column):", .bold) + " "
  }

  private func excerpt(of range: SourceRange?) -> String {
    guard let range else { return "" }
    let excerpt = Excerpt(of: range, in: sources[range.file])
    guard !excerpt.text.isEmpty else { return "" }
    return "  \(excerpt.text)\n  \(paint(excerpt.carets, .green))\n"
  }

  private func rest(of count: Int, _ noun: String) -> String {
    let rest = count - Self.shownCount
    return rest <= 0 ? "" : "\(rest) more \(noun)\(rest == 1 ? "" : "s")\n"
  }

  private enum Color: String {
    case bold = "1"
    case red = "1;31"
    case green = "32"
    case magenta = "1;35"
    case cyan = "36"
  }

  private func paint(_ text: String, _ color: Color) -> String {
    isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
  }
}
