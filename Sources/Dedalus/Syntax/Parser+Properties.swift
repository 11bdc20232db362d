// `always granted => asked;` demands something of every run.

extension Parser {
  /// `property = [ "property" name ":" ] form ";"`
  mutating func parseProperty() throws(Abandoned) {
    part = .clause
    let start = current.lower
    var name: NameSyntax?
    if case .identifier(.property) = current.kind {
      advance()
      name = try parseName("the name of a property", fix: "choose another name")
      try expect(.colon, "':'")
    }
    let form = try parseForm()
    let range = SourceRange(file: file, lower: start, upper: previousUpper)
    try endStatement(expecting: "';'")
    tree.properties.append(PropertySyntax(name: name, form: form, range: range))
  }

  /// `form = ( "finally" | "always" | "within" integer ) name "=>" name | ( "never" | "stable" ) name`
  private mutating func parseForm() throws(Abandoned) -> PropertySyntax.Form {
    guard case .identifier(let name) = current.kind, let word = ClauseWord(rawValue: lexer.symbols[name]),
      word.beginsForm
    else { throw unexpected("'finally', 'always', 'never', 'within' or 'stable'") }
    advance()
    let delay = word == .within ? try parseDelay() : 0
    let first = try parseRelation()
    if word == .never || word == .stable { return word == .never ? .never(first) : .stable(first) }
    try expect(.arrow, "'=>'")
    let second = try parseRelation()
    return switch word {
    case .within: .within(delay, first, second)
    case .always: .always(first, second)
    default: .finally(first, second)
    }
  }

  /// The number of rounds of `within`.
  private mutating func parseDelay() throws(Abandoned) -> Int {
    guard case .integer(let delay) = current.kind, !isFractional else {
      throw reportAndAbandon(.invalidDelay(here))
    }
    advance()
    return Int(delay)
  }

  private mutating func parseRelation() throws(Abandoned) -> NameSyntax {
    let name = try parseName("the name of a relation", fix: "name a relation")
    guard current.kind != .leftParenthesis else { throw reportAndAbandon(.columnsInProperty(here)) }
    return name
  }
}
