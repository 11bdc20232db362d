// Guesses what an unexpected token was meant to be: habits from other languages (`=<`, `<>`, `not`, `%`
// before a comment), recognised by the token, its neighbours and the part of the statement. Where no guess is
// likely, there is none.

import Indices

extension Parser {
  static let premiseFix = "if it is a premise, write ',' instead of the ';' before it"

  /// The likely fix for the current token, judged by its neighbours; nil where only the token itself can
  /// tell.
  var meantFix: String? {
    if part != .clause, let scalar = current.kind.rareMark { return fix(of: scalar) }
    return switch current.kind {
    case .invalid(.unexpectedCharacter(let scalar)): fix(of: scalar)
    case .comparator(let comparator): fix(of: comparator)
    case .arithmetic(.subtract) where part == .head && isFirstOfStatement: "comments begin with '//'"
    case .arithmetic(.remainder) where isCommentMark: "comments begin with '//'"
    case .arithmetic(.multiply) where isWithin("<", "*"): "name a variable of the body, as in 'count<X>'"
    case .leftParenthesis where isInColumns && isColumnOfCount: "count rows as in 'count { p(X, Y) }'"
    case .identifier(let name): fix(of: name)
    default: nil
    }
  }

  /// Whether the current parenthesis stands in `count(p(`.
  private var isColumnOfCount: Bool {
    guard part == .body else { return false }
    var place = current.lower - 1
    while let byte = lexer.byte(at: place), byte != UInt8(ascii: "("), byte != UInt8(ascii: ",") {
      place -= 1
    }
    return followsName(of: .count, endingAt: place)
  }

  private func fix(of scalar: Unicode.Scalar) -> String? {
    let next = lexer.byte(at: current.lower + UTF8.width(scalar))
    switch (scalar, next) {
    case (":", UInt8(ascii: "=")): return part == .body ? "write '==' to compare" : Self.impliesFix
    case (":", _) where part == .body: return "write '==' to compare, ',' between premises"
    case ("=", UInt8(ascii: "<")): return "write '<='"
    case ("=", UInt8(ascii: ">")): return part == .body ? "write '>='" : Self.impliesFix
    case ("=", _) where part == .afterHead: return Self.impliesFix
    case ("{", _) where part == .body: return "only 'count' stands before braces"
    case (".", UInt8(ascii: ".")): return "there are no ranges: write a fact for each value"
    case (".", _) where lexer.isDigit(at: current.lower + 1):
      return "there are no fractions: count in a smaller unit"
    default: return nil
    }
  }

  private func fix(of comparator: Comparator) -> String? {
    switch comparator {
    case .less where part == .afterHead && ahead.kind == .arithmetic(.subtract): Self.impliesFix
    case .lessOrEqual where part == .afterHead: Self.impliesFix
    case .greater where isWithin("<", ">"): "write '!='"
    case .less where part == .body && followsName(of: .count): "count rows as in 'count { p(X, Y) }'"
    case _ where part == .body && followsExtremum: "write the other side first, as in 'X == min(A, B)'"
    case _ where part != .body && !isInColumns && followsRule: Self.premiseFix
    default: nil
    }
  }

  private func fix(of name: Symbol) -> String? {
    let word = lexer.symbols[name]
    if beginsWithDigit(name) {
      return "a number is all digits, and a variable begins with a letter; "
        + "a relation has columns, as in '\(word)(X)'"
    }
    return part == .body && word.lowercased() == "and" ? "write ','" : nil
  }

  private static let impliesFix = "write ':-' between head and body"

  /// The fix for a fact without a round; a fact with variables was probably meant as something else.
  func fixOfMissingRound(_ atom: AtomSyntax, _ time: TimeSyntax) -> String {
    let isConstant = tree.columns[atom.columns].allSatisfy(tree.isConstant)
    if followsRule, !isConstant, !time.isPresent { return Self.premiseFix }
    return time.isPresent ? "write a round, such as '@1'" : "write '@1' after it"
  }

  /// The error for an aggregate that is written with parentheses here; nil where there is none.
  var aggregateCallHere: Diagnostic? {
    guard case .identifier(let name) = current.kind, ahead.kind == .leftParenthesis else { return nil }
    let word = lexer.symbols[name]
    guard Aggregate(rawValue: word) != nil, ArithmeticOperator(rawValue: word) == nil else { return nil }
    return .aggregateInParentheses(word, at: range(of: ahead))
  }

  /// Whether the current token is a `%` that begins a comment in other languages, and not the operator.
  var isCommentMark: Bool { current.kind == .arithmetic(.remainder) && isFirstOfStatement }

  /// Whether the name of an aggregate stands directly before the current token.
  private func followsName(of aggregate: Aggregate, endingAt end: Int? = nil) -> Bool {
    let name = Array(aggregate.rawValue.utf8)
    let start = (end ?? current.lower) - name.count
    return name.indices.allSatisfy { lexer.byte(at: start + $0) == name[$0] }
  }

  /// Whether a premise that ends here reads a relation `min` or `max`.
  private var followsExtremum: Bool {
    guard let atom = tree.terms.last?.atom, Int(atom.upper) == previousUpper else { return false }
    return ArithmeticOperator(rawValue: lexer.symbols[atom.name]) != nil
  }

  /// Whether a name begins with a digit, which only relations may.
  func beginsWithDigit(_ name: Symbol) -> Bool {
    lexer.symbols[name].utf8.first.map { $0 < UInt8(ascii: "A") } ?? false
  }

  private var isFirstOfStatement: Bool { lexer.beginsLineOrStatement(at: current.lower) }

  /// Whether `first` comes directly before the current token, which is `second`.
  private func isWithin(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    assert(lexer.byte(at: current.lower) == UInt8(ascii: second), "the token begins with it")
    return lexer.byte(at: current.lower - 1) == UInt8(ascii: first)
  }
}

extension LexicalError {
  /// The likely fix, as far as the error alone shows it; nil where there is none.
  var fix: String? {
    switch self {
    case .unexpectedCharacter(let scalar):
      switch scalar {
      case "=": "write '==' to compare"
      case "!": "write 'notin' before an atom, '!=' to compare"
      case "~", "\\", "\u{AC}": "write 'notin' before an atom"
      case ".": "end a statement with ';'"
      case ":": "write ':-' between head and body"
      case "'", "\u{201C}", "\u{201D}": "put strings in double quotes: \"…\""
      case "#": "write '//' before a comment"
      case "&": "write ',' between premises"
      case "|": "write a rule for each case"
      case _ where scalar.properties.isAlphabetic:
        "names are made of a to z, A to Z, digits, '_', '.' and '?'"
      default: nil
      }
    case .unterminatedString: "close it with '\"'"
    case .unterminatedComment: "close it with '*/'"
    case .integerOutOfRange, .magnitudeOfMinimum: nil
    }
  }
}
