// Statements that begin with a word of their own. Such words are names everywhere else: a statement begins
// with one of them only where another name, a number or a string follows, which stands after no name of a
// relation.

extension Parser {
  /// The word of a statement that begins at the current token and is neither a declaration of relations nor a
  /// fact or rule; nil where there is none.
  var clauseHere: ClauseWord? {
    guard case .identifier(let name) = current.kind, let word = ClauseWord(rawValue: lexer.symbols[name])
    else { return nil }
    switch ahead.kind {
    case .identifier: return word
    case .string: return word == .within || word == .nodes ? word : nil
    case .integer, .arithmetic(.subtract), .invalid: return word == .within ? word : nil
    default: return nil
    }
  }

  /// The statement that `word` begins.
  mutating func parseClause(_ word: ClauseWord) throws(Abandoned) {
    switch word {
    case .property, .finally, .always, .never, .within, .stable: try parseProperty()
    case .maybe: try parseOptionalFact()
    case .nodes: try parseNodes()
    case .let: try parseLet()
    case .optional: try parseOptionalRelation()
    }
  }

  /// `"maybe" fact`
  private mutating func parseOptionalFact() throws(Abandoned) {
    let start = current.lower
    advance()
    let atom = try parseAtom(isNegated: false, inHead: true)
    part = .afterHead
    try parseFact(atom, try parseTime(), isOptional: true, from: start)
  }

  /// `nodes = "nodes" string { "," string } ";"`
  private mutating func parseNodes() throws(Abandoned) {
    let word = here
    part = .clause
    var names: [NameSyntax] = []
    repeat {
      advance()
      guard case .string(let name) = current.kind else { throw unexpected("a node in double quotes") }
      names.append(NameSyntax(name: name, range: here))
      guard tree.weight + names.count <= Limits.weight else { return exhaust(.programTooLarge(word)) }
      advance()
    } while current.kind == .comma
    try endStatement(expecting: "',' or ';'")
    tree.declaredNodes += names
  }

  /// `let = "let" name "=" constant { "," constant } ";"`
  private mutating func parseLet() throws(Abandoned) {
    let word = here
    part = .clause
    advance()
    guard case .identifier(let symbol) = current.kind, !beginsWithDigit(symbol) else {
      throw unexpected("a name that begins with a letter")
    }
    let name = try parseName("a name", fix: "choose another name")
    guard current.kind == .equals else { throw unexpected("'='") }
    var values: [NodeID] = []
    repeat {
      advance()
      values.append(try parseConstant())
      guard tree.weight <= Limits.weight else { return exhaust(.programTooLarge(word)) }
    } while current.kind == .comma
    try endStatement(expecting: "',' or ';'")
    tree.lets.append(LetSyntax(name: name, values: values))
  }
}

/// A word that begins a statement of its own where what follows makes it so.
enum ClauseWord: String {
  case property, finally, always, never, within, stable, maybe, nodes, `let`, optional

  /// Whether it says what a property demands.
  var beginsForm: Bool {
    switch self {
    case .finally, .always, .never, .within, .stable: true
    case .property, .maybe, .nodes, .let, .optional: false
    }
  }
}
