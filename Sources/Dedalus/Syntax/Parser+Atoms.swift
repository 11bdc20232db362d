import Indices

/// A time after `@`, and its range.
struct TimeSyntax {
  enum Kind {
    case none, next, async
    case round(Int)
    /// Rounds in braces.
    case range(ClosedRange<Int>)
  }
  let kind: Kind
  let range: SourceRange

  var isPresent: Bool { if case .none = kind { false } else { true } }

  /// The rounds after `@`; nil for anything else.
  var rounds: ClosedRange<Int>? {
    switch kind {
    case .round(let round): round...round
    case .range(let rounds): rounds
    case .none, .next, .async: nil
    }
  }
}

extension Parser {
  /// `name(column, …)`, without the time.
  mutating func parseAtom(isNegated: Bool, inHead: Bool, from start: Int? = nil) throws(Abandoned)
    -> AtomSyntax
  {
    let lower = start ?? current.lower
    let name = try parseRelationName(inHead: inHead)
    try expect(.leftParenthesis, "'('")
    if case .rightParenthesis = current.kind {
      throw reportAndAbandon(.noColumns(lexer.symbols[name], at: here))
    }
    // A count in a head has atoms with columns of its own, so these are added together.
    var columns: [NodeID] = []
    isInColumns = true
    while true {
      guard columns.count < Limits.columns else { throw reportAndAbandon(.tooManyColumns(here)) }
      if !inHead, let aggregate = aggregateHere { throw reportAndAbandon(.misplacedAggregate(aggregate)) }
      columns.append(inHead ? try parseHeadColumn() : try parseExpression())
      guard case .comma = current.kind else { break }
      advance()
    }
    try expect(.rightParenthesis, "',' or ')'")
    isInColumns = false
    let first = tree.columns.count
    tree.columns += columns
    return AtomSyntax(
      name: name, columns: first..<tree.columns.count, round: nil, isNegated: isNegated, lower: UInt32(lower),
      upper: UInt32(previousUpper))
  }

  /// The range of an aggregate that begins here.
  private var aggregateHere: SourceRange? {
    guard case .identifier(let name) = current.kind, ahead.kind == .comparator(.less),
      Aggregate(rawValue: lexer.symbols[name]) != nil
    else { return nil }
    return here
  }

  /// The name before the parenthesis. A name without a parenthesis is reported as a relation without columns.
  private mutating func parseRelationName(inHead: Bool) throws(Abandoned) -> Symbol {
    guard case .identifier(let name) = current.kind else {
      throw unexpected(inHead ? "the name of a relation" : "the name of a relation after 'notin'")
    }
    guard name != .notin, name != .include, name != .wildcard else {
      let fix = name == .notin && inHead && followsRule ? Self.premiseFix : "choose another name"
      throw reportAndAbandon(.reservedWord(lexer.symbols[name], at: here, fix: fix))
    }
    switch ahead.kind {
    case .implies, .semicolon, .comma, .at:
      throw reportAndAbandon(.noColumns(lexer.symbols[name], at: here))
    default:
      advance()
      return name
    }
  }

  /// `@next`, `@async`, `@k`, `@{k..m}` or nothing.
  mutating func parseTime() throws(Abandoned) -> TimeSyntax {
    let start = current.lower
    guard case .at = current.kind else {
      return TimeSyntax(
        kind: .none, range: SourceRange(file: file, lower: previousUpper, upper: previousUpper))
    }
    advance()
    let kind: TimeSyntax.Kind
    switch current.kind {
    case .identifier(.next): kind = .next
    case .identifier(.async): kind = .async
    case .leftBrace: kind = .range(try parseRange())
    default: kind = .round(try roundHere())
    }
    advance()
    return TimeSyntax(kind: kind, range: SourceRange(file: file, lower: start, upper: previousUpper))
  }

  /// `{ integer .. integer }`, up to the brace that ends it.
  private mutating func parseRange() throws(Abandoned) -> ClosedRange<Int> {
    let (start, part) = (current.lower, part)
    self.part = .clause
    advance()
    let first = try roundHere()
    advance()
    try expect(.dots, "'..'")
    let last = try roundHere()
    advance()
    guard current.kind == .rightBrace else { throw unexpected("'}'") }
    self.part = part
    guard first <= last else {
      let range = SourceRange(file: file, lower: start, upper: current.upper)
      throw reportAndAbandon(.emptyRange(first, last, at: range))
    }
    return first...last
  }

  /// The round that the current token is.
  private mutating func roundHere() throws(Abandoned) -> Int {
    guard case .integer(let round) = current.kind, round >= 1, !isFractional else {
      throw reportAndAbandon(.invalidRound(here))
    }
    return Int(round)
  }

  /// Whether `.` follows directly, as in 1.5.
  var isFractional: Bool {
    ahead.kind == .invalid(.unexpectedCharacter(".")) && ahead.lower == current.upper
      && lexer.isDigit(at: ahead.upper)
  }
}
