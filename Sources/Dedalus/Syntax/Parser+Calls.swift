// `count { … }`, and `min` and `max` of two terms. Their names are names everywhere else.

extension Parser {
  /// The count, or the smaller or larger of two terms, that begins at the current token, which is `name`; nil
  /// where none does.
  mutating func parseCall(of name: Symbol) throws(Abandoned) -> Operand? {
    switch ahead.kind {
    case .leftBrace: return name == .count ? try parseCount() : nil
    case .leftParenthesis:
      guard let operation = ArithmeticOperator(rawValue: lexer.symbols[name]) else { return nil }
      return try parseExtremum(operation)
    default: return nil
    }
  }

  /// `count = "count" "{" bodyTerm { "," bodyTerm } "}"`
  private mutating func parseCount() throws(Abandoned) -> Operand {
    let start = current
    if isInBraces { throw reportAndAbandon(.misplacedCount(.nested, at: here)) }
    if isInColumns, part == .body { throw reportAndAbandon(.misplacedCount(.column, at: here)) }
    advance()
    advance()
    let outside = (part: part, isInColumns: isInColumns)
    (part, isInColumns, isInBraces) = (.body, false, true)
    let terms = try parseCounted()
    (part, isInColumns, isInBraces) = (outside.part, outside.isInColumns, false)
    tree.counts.append(CountSyntax(terms: terms))
    let node = makeNode(.count(tree.counts.count - 1), from: start.lower)
    guard tree.counted[terms].contains(where: { $0.atom.map { !$0.isNegated } ?? false }) else {
      throw reportAndAbandon(.countWithoutAtom(tree.range(of: node, in: file)))
    }
    return Operand(node: node, depth: 0)
  }

  /// What stands within the braces, and the brace that ends it.
  private mutating func parseCounted() throws(Abandoned) -> Range<Int> {
    let first = tree.counted.count
    while true {
      let term = try parseTerm()
      tree.counted.append(term)
      guard case .comma = current.kind else { break }
      advance()
      guard tree.counted.count - first < Limits.premises else {
        throw reportAndAbandon(.tooManyPremises(here))
      }
    }
    try expect(.rightBrace, "',' or '}'")
    return first..<tree.counted.count
  }

  /// `min(A, B)` or `max(A, B)`. In a head, one operand is what is meant as an aggregate.
  private mutating func parseExtremum(_ operation: ArithmeticOperator) throws(Abandoned) -> Operand {
    let start = current
    let parenthesis = range(of: ahead)
    nesting += 1
    guard nesting <= Limits.nesting else { throw reportAndAbandon(.nestingTooDeep(here)) }
    advance()
    advance()
    let left = try parseSum()
    if current.kind == .rightParenthesis, part == .head {
      throw reportAndAbandon(.aggregateInParentheses(operation.rawValue, at: parenthesis))
    }
    try expect(.comma, "',' and a second term")
    let right = try parseSum()
    try expect(.rightParenthesis, "')'")
    assert(nesting > 0, "every parenthesis that closes was opened")
    nesting -= 1
    let whole = try combine(operation, left, right, at: range(of: start))
    tree.nodes[whole.node].lower = UInt32(start.lower)
    tree.nodes[whole.node].upper = UInt32(previousUpper)
    return whole
  }
}
