// The errors about names for constants and lists, and about nodes that are named.

extension Diagnostic {
  /// A comparison after `for` that cannot be computed: of a string and an integer, or without a result.
  static func filterFails(_ isType: Bool, at range: SourceRange) -> Diagnostic {
    isType
      ? Diagnostic(
        code: .typeClash, severity: .error, message: "here a string meets an integer", range: range)
      : Diagnostic(
        code: .failedComputation, severity: .error,
        message: "this divides by zero, or does not fit 64 bits, for some values of the lists", range: range)
  }

  /// `count<quorum>` or `for quorum in …`, where `quorum` is declared by `let`.
  static func letAsVariable(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .letAsVariable, severity: .error, message: "'\(name)' names a constant and is no variable",
      range: range, notes: [Note(message: "it is declared here", range: first)],
      fix: "give the variable another name")
  }

  /// A second `let` for one name.
  static func letTwice(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .letTwice, severity: .error, message: "'\(name)' is declared already", range: range,
      notes: [Note(message: "it is declared here", range: first)])
  }

  /// The name of a list where one value is needed.
  static func listAsTerm(_ name: String, at range: SourceRange, list: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .listAsTerm, severity: .error,
      message: "'\(name)' is a list, and lists stand only after 'in', behind a fact", range: range,
      notes: [Note(message: "it is declared here", range: list)],
      fix: "give the variable another name, or write a fact for each, as in 'p(X)@1 for X in \(name);'")
  }

  /// A second `nodes` entry for one node.
  static func nodeTwice(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nodeTwice, severity: .error, message: "\"\(name)\" is declared a node already", range: range,
      notes: [Note(message: "it is declared here", range: first)])
  }

  /// A name in a comparison after `for` that has no value there.
  static func unboundInFact(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unsafeVariable, severity: .error, message: "'\(name)' is bound by no 'in' before it",
      range: range, fix: "write '\(name) in' with a list before it")
  }

  /// A fact at a string that `nodes` does not name.
  static func undeclaredNode(_ name: String, at range: SourceRange, suggestion: String?) -> Diagnostic {
    Diagnostic(
      code: .undeclaredNode, severity: .warning,
      message: "\"\(name)\" is not among the nodes that the program declares", range: range,
      fix: suggestion.map { "did you mean \"\($0)\"?" } ?? "name it in the statement 'nodes'")
  }

  /// A name after `in` that no `let` declares.
  static func unknownList(_ name: String, at range: SourceRange, suggestion: String?) -> Diagnostic {
    Diagnostic(
      code: .unknownList, severity: .error, message: "there is no list '\(name)'", range: range,
      fix: suggestion.map { "did you mean '\($0)'?" } ?? "declare it, as in 'let \(name) = \"a\", \"b\";'")
  }

  /// `for X in members, X in others`
  static func variableTwice(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .variableTwice, severity: .error, message: "'\(name)' has its values from an earlier list",
      range: range, fix: "give this variable another name")
  }
}
