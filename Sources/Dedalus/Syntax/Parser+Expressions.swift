import Indices

extension Parser {
  /// A node and the length of the longest path below it.
  struct Operand {
    let node: NodeID
    let depth: Int
  }

  /// `aggregate<Variable>` or an expression.
  mutating func parseHeadColumn() throws(Abandoned) -> NodeID {
    guard case .identifier(let name) = current.kind, ahead.kind == .comparator(.less) else {
      if let call = aggregateCallHere { throw reportAndAbandon(call) }
      return try parseExpression()
    }
    let start = current
    advance()
    advance()
    guard let aggregate = Aggregate(rawValue: lexer.symbols[name]) else {
      throw reportAndAbandon(.unknownAggregate(lexer.symbols[name], at: range(of: start)))
    }
    guard case .identifier(let variable) = current.kind, !isReserved(variable), !beginsWithDigit(variable)
    else {
      throw unexpected("the variable that '\(aggregate.rawValue)' is to range over")
    }
    advance()
    try expect(.comparator(.greater), "'>'")
    return makeNode(.aggregate(aggregate, variable), from: start.lower)
  }

  /// Sums and differences of products, left-associative.
  mutating func parseExpression() throws(Abandoned) -> NodeID { try parseSum().node }

  /// `product { ( "+" | "-" ) product }`
  mutating func parseSum() throws(Abandoned) -> Operand {
    var left = try parseProduct()
    while case .arithmetic(let operation) = current.kind, operation == .add || operation == .subtract {
      let place = here
      advance()
      left = try combine(operation, left, try parseProduct(), at: place)
    }
    return left
  }

  /// `operand { ( "*" | "/" | "%" ) operand }`
  private mutating func parseProduct() throws(Abandoned) -> Operand {
    var left = try parseOperand()
    while case .arithmetic(let operation) = current.kind, operation != .add, operation != .subtract {
      if isCommentMark { throw unexpected("',' or ';'") }
      let place = here
      advance()
      left = try combine(operation, left, try parseOperand(), at: place)
    }
    return left
  }

  /// Joins two operands; `place` is the operator, at which a tree that is too deep is reported.
  mutating func combine(
    _ operation: ArithmeticOperator, _ left: Operand, _ right: Operand, at place: SourceRange
  ) throws(Abandoned) -> Operand {
    if isInBraces { throw reportAndAbandon(.computationInCount(place)) }
    assert(
      tree.nodes[left.node].upper <= tree.nodes[right.node].lower, "operands stand in the order of the text")
    let depth = max(left.depth, right.depth) + 1
    guard depth <= Limits.nesting else { throw reportAndAbandon(.nestingTooDeep(place)) }
    let node = makeNode(.binary(operation, left.node, right.node), from: Int(tree.nodes[left.node].lower))
    return Operand(node: node, depth: depth)
  }

  /// A constant, a variable, `_`, or an expression in parentheses.
  ///
  /// An integer out of range is reported and read as 0, so that the rest of the statement is checked too.
  private mutating func parseOperand() throws(Abandoned) -> Operand {
    let start = current
    switch current.kind {
    case .leftParenthesis: return try parseParentheses()
    case .arithmetic(.subtract): return Operand(node: try parseNegativeInteger(), depth: 0)
    case .integer(let value):
      advance()
      return Operand(node: makeNode(.integer(value), from: start.lower), depth: 0)
    case .string(let text):
      advance()
      return Operand(node: makeNode(.string(text), from: start.lower), depth: 0)
    case .identifier(let name):
      if isReserved(name) {
        throw reportAndAbandon(.reservedWord(lexer.symbols[name], at: here, fix: "choose another name"))
      }
      if beginsWithDigit(name) { throw unexpected("a variable or a constant") }
      if let call = try parseCall(of: name) { return call }
      advance()
      return Operand(
        node: makeNode(name == .wildcard ? .wildcard : .variable(name), from: start.lower), depth: 0)
    case .invalid(.integerOutOfRange), .invalid(.magnitudeOfMinimum):
      diagnostics.report(.integerOutOfRange(here))
      advance()
      return Operand(node: makeNode(.integer(0), from: start.lower), depth: 0)
    default: throw unexpected("a variable or a constant")
    }
  }

  private mutating func parseParentheses() throws(Abandoned) -> Operand {
    let start = current.lower
    nesting += 1
    guard nesting <= Limits.nesting else { throw reportAndAbandon(.nestingTooDeep(here)) }
    advance()
    let inner = try parseSum()
    try expect(.rightParenthesis, "')'")
    assert(nesting > 0, "every parenthesis that closes was opened")
    nesting -= 1
    tree.nodes[inner.node].lower = UInt32(start)
    tree.nodes[inner.node].upper = UInt32(previousUpper)
    return inner
  }

  /// The minus belongs to the literal, so that the smallest integer, whose magnitude is out of range, can be
  /// written.
  private mutating func parseNegativeInteger() throws(Abandoned) -> NodeID {
    let start = current
    var signs = 0
    while case .arithmetic(.subtract) = current.kind {
      signs += 1
      guard signs <= Limits.nesting else { throw reportAndAbandon(.nestingTooDeep(here)) }
      advance()
    }
    guard signs == 1 else { throw reportAndAbandon(.misplacedMinus(range(of: start))) }
    let value: Int64
    switch current.kind {
    case .integer(let magnitude): value = -magnitude
    case .invalid(.magnitudeOfMinimum): value = .min
    case .invalid(.integerOutOfRange):
      diagnostics.report(.integerOutOfRange(here))
      value = 0
    default: throw reportAndAbandon(.misplacedMinus(range(of: start)))
    }
    advance()
    return makeNode(.integer(value), from: start.lower)
  }

  /// A string or an integer, with its sign.
  mutating func parseConstant() throws(Abandoned) -> NodeID {
    switch current.kind {
    case .string, .integer, .arithmetic(.subtract), .invalid: try parseOperand().node
    default: throw unexpected("a string or an integer")
    }
  }

  private func isReserved(_ name: Symbol) -> Bool { name == .notin || name == .include }

  mutating func makeNode(_ kind: SyntaxNode.Kind, from lower: Int) -> NodeID {
    assert(lower < previousUpper, "a node covers bytes that have been read")
    return tree.nodes.append(SyntaxNode(kind: kind, lower: UInt32(lower), upper: UInt32(previousUpper)))
  }
}
