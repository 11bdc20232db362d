// The errors and warnings about declarations, and about what the run states.

extension Diagnostic {
  /// `configuration member;` where no fact can be missing.
  static func configurationWithoutFacts(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .configurationWithoutFacts, severity: .warning,
      message: "'\(name)' has no facts, so nothing of it can be missing", range: range,
      fix: "declare the relations whose facts it is derived from")
  }

  /// `durable crash;`
  static func declaredWorldRelation(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .declaredWorldRelation, severity: .error,
      message: "only the run fills '\(name)'; a program may read it, but declares nothing of it",
      range: range)
  }

  /// `durable seen;` where only deductive rules derive the relation.
  static func nothingDurable(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nothingDurable, severity: .warning,
      message: "'\(name)' is only derived within a round, so nothing of it is kept", range: range,
      fix: "declare the relations that it is derived from")
  }

  /// A premise on `time` in a rule that some message needs; nil for `message` where the rule itself sends it.
  static func synchronisedClocks(_ range: SourceRange, message: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .synchronisedClocks, severity: .warning,
      message: "a protocol that reads 'time' has synchronised clocks", range: range,
      notes: message.map { [Note(message: "this message depends on it", range: $0)] } ?? [],
      fix: "let each node count, as in 'ticks(N, T + 1)@next :- ticks(N, T);'")
  }

  /// A declared name that no fact and no rule mentions.
  static func unknownRelation(_ name: String, at range: SourceRange, suggestion: String?) -> Diagnostic {
    Diagnostic(
      code: .unknownRelation, severity: .error, message: "there is no relation '\(name)'", range: range,
      fix: suggestion.map { "did you mean '\($0)'?" })
  }

  /// A declared relation that nothing depends on.
  static func unusedDeclaration(
    _ kind: DeclarationSyntax.Kind, of name: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unusedDeclaration, severity: .warning,
      message: "'\(name)' is declared '\(kind.rawValue)', but no rule reads it", range: range)
  }
}
