import Texts

// The errors about what a program demands.

extension Diagnostic {
  /// `never log(X);`
  static func columnsInProperty(_ range: SourceRange) -> Diagnostic {
    unexpectedToken(
      "'('", expected: "'=>' or ';'", at: range,
      fix: "name relations without columns; what needs columns, a rule derives first")
  }

  /// `within soon p => q;`
  static func invalidDelay(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidDelay, severity: .error,
      message: "'within' needs a number of rounds, from 0 on", range: range,
      fix: "write it before the first relation, as in 'within 2 asked => answered;'")
  }

  /// Two relations of a property with different numbers of columns.
  static func propertyArity(
    _ names: (String, String), _ first: RelationTable.Entry, _ second: RelationTable.Entry,
    at range: SourceRange
  ) -> Diagnostic {
    let notes = [(names.0, first), (names.1, second)].compactMap { name, entry in
      entry.range.map { Note(message: "'\(name)' has \(counted(entry.arity, "column")) here", range: $0) }
    }
    return Diagnostic(
      code: .propertyArity, severity: .error,
      message: "'\(names.0)' and '\(names.1)' are compared row by row, "
        + "but have \(first.arity) and \(counted(second.arity, "column"))",
      range: range, notes: notes)
  }

  /// A second property of one name.
  static func propertyTwice(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .propertyTwice, severity: .error, message: "there is a property '\(name)' already", range: range,
      notes: [Note(message: "it is declared here", range: first)])
  }
}
