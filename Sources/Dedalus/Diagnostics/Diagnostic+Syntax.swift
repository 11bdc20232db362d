import Indices
import Texts

// The errors and warnings about the text of a program, by name.

extension Diagnostic {
  /// A rule without an atom, whose first column would say where it fires.
  static func bodyWithoutAtom(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .bodyWithoutAtom, severity: .error,
      message: "a body needs at least one atom: its first column is the node",
      range: range)
  }

  /// A column of a fact that is not a constant; nil where it is one.
  static func factNotConstant(_ column: NodeID, of file: FileID, in parser: Parser) -> Diagnostic? {
    let range = parser.tree.range(of: column, in: file)
    let message: String
    var fix: String?
    switch parser.tree.nodes[column].kind {
    case .integer, .string: return nil
    case .variable(let name):
      message = "the columns of a fact are constants, and '\(parser.lexer.symbols[name])' is a variable"
      fix = "put it in quotes: \"\(parser.lexer.symbols[name])\""
    case .wildcard: message = "the columns of a fact are constants, and '_' is none"
    case .binary: message = "the columns of a fact are constants; arithmetic stands in rules"
    case .aggregate: message = "the columns of a fact are constants; aggregates stand in the heads of rules"
    case .count: message = "the columns of a fact are constants; 'count { … }' stands in rules"
    }
    return Diagnostic(code: .factNotConstant, severity: .error, message: message, range: range, fix: fix)
  }

  /// `p("a");` or `p("a")@next;`
  static func factWithoutRound(_ atom: AtomSyntax, in parser: Parser, fix: String) -> Diagnostic {
    Diagnostic(
      code: .factWithoutRound, severity: .error, message: "a fact needs the round in which it holds",
      range: parser.range(of: atom), fix: fix)
  }

  /// `p(X)@3 :- …`
  static func headAtRound(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .headAtRound, severity: .error, message: "a rule cannot derive into a fixed round", range: range,
      fix: "leave it out, or write '@next' or '@async'")
  }

  /// `@next` or `@async` on a premise.
  static func ignoredTiming(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .ignoredTiming, severity: .warning,
      message: "a premise is always read in the present round; this is ignored",
      range: range, fix: "leave it out")
  }

  /// An integer literal that does not fit 64 bits.
  static func integerOutOfRange(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .integerOutOfRange, severity: .error,
      message: "integer out of range: integers go from -9223372036854775808 to 9223372036854775807",
      range: range)
  }

  /// An '@' that is not followed by a round.
  static func invalidRound(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invalidRound, severity: .error,
      message: "a round is a whole number from 1 on, or 'next' or 'async'",
      range: range)
  }

  /// Invalid UTF-8 or a NUL byte, at its offset.
  static func encoding(_ error: EncodingError, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: error.kind == .nul ? .nulByte : .invalidUTF8, severity: .error,
      message: "\(error.phrase) at byte offset \(error.offset)", range: range)
  }

  /// Bytes that do not form a token.
  static func lexicalError(_ error: LexicalError, at range: SourceRange, fix: String?) -> Diagnostic {
    switch error {
    case .unexpectedCharacter(let scalar):
      Diagnostic(
        code: .unexpectedCharacter, severity: .error, message: "'\(scalar)' has no meaning here",
        range: range,
        fix: fix)
    case .unterminatedString:
      Diagnostic(
        code: .unterminatedString, severity: .error, message: "this string does not end on its line",
        range: range, fix: fix)
    case .unterminatedComment:
      Diagnostic(
        code: .unterminatedComment, severity: .error, message: "this comment does not end", range: range,
        fix: fix)
    case .integerOutOfRange, .magnitudeOfMinimum: integerOutOfRange(range)
    }
  }

  /// `durable log(X);`
  static func columnsInDeclaration(of kind: DeclarationSyntax.Kind, at range: SourceRange) -> Diagnostic {
    unexpectedToken(
      "'('", expected: "',' or ';'", at: range,
      fix: "name relations without columns, as in '\(kind.rawValue) log, term;'")
  }

  /// An aggregate outside the head of a rule.
  static func misplacedAggregate(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .misplacedAggregate, severity: .error,
      message: "aggregates stand only in heads", range: range,
      fix: "derive the aggregate with a rule of its own, and let this rule read it")
  }

  /// `max(X)` where `max<X>` is meant.
  static func aggregateInParentheses(_ word: String, at range: SourceRange) -> Diagnostic {
    unexpectedToken(
      "'('", expected: "'<' after '\(word)'", at: range, fix: "write '\(word)<X>', with a variable")
  }

  /// A minus before something other than an integer.
  static func misplacedMinus(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .misplacedMinus, severity: .error, message: "a leading '-' stands only before an integer",
      range: range,
      fix: "subtract from 0")
  }

  /// A statement without a semicolon before the next statement.
  static func missingSemicolon(after range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingSemicolon, severity: .error, message: "a statement ends with ';'", range: range,
      fix: "write ';' here")
  }

  /// `notin X == Y`
  static func negatedComparison(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .negatedComparison, severity: .error,
      message: "'notin' stands before an atom, not before a comparison",
      range: range, fix: "use the opposite comparison operator")
  }

  /// Parentheses or operators beyond the limit.
  static func nestingTooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nestingTooDeep, severity: .error, message: "nesting deeper than \(Limits.nesting)", range: range)
  }

  /// `p()` or `p` alone.
  static func noColumns(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .noColumns, severity: .error, message: "'\(name)' needs columns: the first is the node",
      range: range,
      fix: "write them in parentheses, as in '\(name)(X)'")
  }

  /// More premises, variables, constants and operators than the limit.
  static func programTooLarge(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .programTooLarge, severity: .error,
      message: "program too large: it has too many premises, variables and constants", range: range)
  }

  /// A reserved word where a name is needed.
  static func reservedWord(_ word: String, at range: SourceRange, fix: String) -> Diagnostic {
    Diagnostic(
      code: .reservedWord, severity: .error, message: "'\(word)' is a word of the language and names nothing",
      range: range, fix: fix)
  }

  /// More columns than the limit.
  static func tooManyColumns(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyColumns, severity: .error, message: "more than \(Limits.columns) columns", range: range)
  }

  /// So many errors that further ones would not help.
  static func tooManyErrors(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyErrors, severity: .error,
      message: "more than \(Limits.errors) errors; what follows was not read",
      range: range)
  }

  /// More errors than are kept.
  static func tooManyErrors(unlisted count: Int) -> Diagnostic {
    Diagnostic(
      code: .tooManyErrors, severity: .error, message: "\(counted(count, "error")) more, not listed",
      range: nil)
  }

  /// More facts than the limit.
  static func tooManyFacts(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyFacts, severity: .error, message: "too many facts: more than \(Limits.facts)",
      range: range)
  }

  /// More premises than the limit.
  static func tooManyPremises(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyPremises, severity: .error, message: "more than \(Limits.premises) premises",
      range: range,
      fix: "derive a part of them with a rule of its own")
  }

  /// More rules than the limit.
  static func tooManyRules(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyRules, severity: .error, message: "too many rules: more than \(Limits.rules)",
      range: range)
  }

  /// A token that the grammar does not allow here.
  static func unexpectedToken(
    _ found: String, expected: String, at range: SourceRange, fix: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .unexpectedToken, severity: .error, message: "expected \(expected), found \(found)", range: range,
      fix: fix)
  }

  /// `median<X>`
  static func unknownAggregate(_ name: String, at range: SourceRange) -> Diagnostic {
    let known = ["avg", "count", "max", "min", "sum"]
    return Diagnostic(
      code: .unknownAggregate, severity: .error, message: "there is no aggregate '\(name)'", range: range,
      fix: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "use one of \(known.joined(separator: ", "))")
  }
}
