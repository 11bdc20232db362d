/// The errors and warnings found so far, up to the number that is kept.
struct DiagnosticList {
  private(set) var all: [Diagnostic] = []
  private(set) var errorCount = 0
  private var warningCount = 0

  /// Whether one more warning would be kept. Where the input determines their number, check this before
  /// making one.
  var hasRoomForWarnings: Bool { warningCount < Limits.diagnostics }

  mutating func report(_ diagnostic: Diagnostic) {
    assert(
      ([diagnostic.message] + diagnostic.notes.map(\.message)).allSatisfy { !$0.hasSuffix(".") },
      "a message is a phrase without a full stop, because code and place follow it")
    switch diagnostic.severity {
    case .error:
      errorCount += 1
      if errorCount <= Limits.diagnostics { all.append(diagnostic) }
    case .warning:
      warningCount += 1
      if warningCount <= Limits.diagnostics { all.append(diagnostic) }
    }
  }

  /// In source order: first those without a place, then by file and place; those at one place in the order in
  /// which they were found. A statement may stand for many facts, and a part may have many instances: what is
  /// found in each of them is listed once.
  var sorted: [Diagnostic] {
    func key(_ diagnostic: Diagnostic) -> (UInt32, Int) {
      diagnostic.range.map { ($0.file.rawValue + 1, $0.lower) } ?? (0, 0)
    }
    let unlisted = errorCount - Limits.diagnostics
    let sorted = all.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }
    var told: [Diagnostic] = []
    for (_, diagnostic) in sorted {
      let before = told.reversed().prefix { key($0) == key(diagnostic) }
      if diagnostic.range == nil || !before.contains(diagnostic) { told.append(diagnostic) }
    }
    return told + (unlisted > 0 ? [.tooManyErrors(unlisted: unlisted)] : [])
  }
}

private func < (left: ((UInt32, Int), Int), right: ((UInt32, Int), Int)) -> Bool {
  left.0 == right.0 ? left.1 < right.1 : left.0 < right.0
}
