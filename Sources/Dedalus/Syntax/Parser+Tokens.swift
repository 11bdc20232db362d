// Moving along the tokens, and the errors for tokens that do not fit.

extension Parser {
  /// The range of the current token.
  var here: SourceRange { range(of: current) }

  func range(of token: Token) -> SourceRange {
    SourceRange(file: file, lower: token.lower, upper: token.upper)
  }

  func range(of atom: AtomSyntax) -> SourceRange { tree.range(of: atom, in: file) }

  mutating func advance() {
    assert(current.upper <= ahead.lower, "tokens stand one after the other")
    previousUpper = current.upper
    current = ahead
    ahead = lexer.next()
  }

  /// Reads a token of this kind, or reports that it was expected.
  mutating func expect(_ kind: Token.Kind, _ description: String) throws(Abandoned) {
    guard current.kind == kind else { throw unexpected(description) }
    advance()
  }

  /// Reads the semicolon. Where it is missing and a new statement begins on another line, continues with
  /// that.
  mutating func endStatement(expecting description: String) throws(Abandoned) {
    isStatementEnded = true
    if case .semicolon = current.kind { return advance() }
    isStatementEnded = startsStatementOnNewLine
    guard isStatementEnded || current.kind == .end else { throw unexpected(description) }
    let end = SourceRange(file: file, lower: previousUpper, upper: previousUpper)
    diagnostics.report(.missingSemicolon(after: end))
    if current.kind == .end { throw Abandoned() }
  }

  private var startsStatementOnNewLine: Bool {
    looksLikeStatement && lexer.hasLineBreak(in: previousUpper..<current.lower)
  }

  /// Whether a statement seems to begin here: at the margin, where the premises of a rule usually are not.
  private var startsStatementAtMargin: Bool { looksLikeStatement && lexer.startsLine(at: current.lower) }

  private var looksLikeStatement: Bool {
    guard case .identifier(let name) = current.kind else { return false }
    switch ahead.kind {
    case .leftParenthesis: return name != .notin
    case .string: return name == .include || clauseHere != nil
    case .identifier: return declarationHere != nil || clauseHere != nil
    default: return clauseHere != nil
    }
  }

  /// Skips to after the semicolon that ends the abandoned statement, or to what seems to be the next
  /// statement.
  mutating func skipStatement() {
    if diagnostics.errorCount + (tree.lets.isEmpty ? openColumns : 0) >= Limits.errors {
      exhaust(.tooManyErrors(here))
    }
    if isStatementEnded { return }
    while current.kind != .end, current.kind != .semicolon {
      advance()
      if startsStatementAtMargin { return }
    }
    if current.kind == .semicolon { advance() }
  }

  /// Reports that something else was expected at the current token.
  mutating func unexpected(_ expected: String) -> Abandoned {
    if part != .clause, let scalar = current.kind.rareMark {
      let range = SourceRange(file: file, lower: current.lower, upper: current.lower + 1)
      let error = LexicalError.unexpectedCharacter(scalar)
      return reportAndAbandon(.lexicalError(error, at: range, fix: meantFix ?? error.fix))
    }
    if isCommentMark {
      return reportAndAbandon(.lexicalError(.unexpectedCharacter("%"), at: here, fix: meantFix))
    }
    if case .invalid(let error) = current.kind {
      return reportAndAbandon(.lexicalError(error, at: here, fix: meantFix ?? error.fix))
    }
    return reportAndAbandon(
      .unexpectedToken(
        current.kind.description(in: lexer.symbols), expected: expected, at: here, fix: meantFix))
  }

  /// Reports why the statement is abandoned; the caller throws the result.
  mutating func reportAndAbandon(_ diagnostic: Diagnostic) -> Abandoned {
    diagnostics.report(diagnostic)
    return Abandoned()
  }

  /// Reports that a limit on the whole program is exceeded, and stops reading.
  mutating func exhaust(_ diagnostic: Diagnostic) {
    guard !isExhausted else { return }
    diagnostics.report(diagnostic)
    isExhausted = true
  }
}
