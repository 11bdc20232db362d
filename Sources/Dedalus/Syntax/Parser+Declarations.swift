// `durable log, term;` says something about relations that other statements define. Its first word is a word
// of the language only before another name, which no fact and no rule has there; so a relation may be called
// `durable`, too.

extension Parser {
  /// The kind of declaration that begins at the current token; nil where none does.
  var declarationHere: DeclarationSyntax.Kind? {
    guard case .identifier(let word) = current.kind, case .identifier = ahead.kind else { return nil }
    return switch word {
    case .durable: .durable
    case .configuration: .configuration
    default: nil
    }
  }

  /// `declaration = ( "durable" | "configuration" ) name { "," name } ";"`
  mutating func parseDeclaration(_ kind: DeclarationSyntax.Kind) throws(Abandoned) {
    let word = here
    var declared: [DeclarationSyntax] = []
    repeat {
      advance()
      let relation = try parseName("the name of a relation", fix: "name a relation")
      declared.append(DeclarationSyntax(kind: kind, name: relation.name, range: relation.range))
      guard tree.weight + declared.count <= Limits.weight else { return exhaust(.programTooLarge(word)) }
    } while current.kind == .comma
    guard current.kind != .leftParenthesis else {
      throw reportAndAbandon(.columnsInDeclaration(of: kind, at: here))
    }
    try endStatement(expecting: "',' or ';'")
    tree.declarations += declared
  }

  /// A name that stands by itself; `description` says of what, and `fix` what to do about a reserved word.
  mutating func parseName(_ description: String, fix: String) throws(Abandoned) -> NameSyntax {
    guard case .identifier(let name) = current.kind else { throw unexpected(description) }
    guard name != .notin, name != .include, name != .wildcard else {
      throw reportAndAbandon(.reservedWord(lexer.symbols[name], at: here, fix: fix))
    }
    let range = here
    advance()
    return NameSyntax(name: name, range: range)
  }
}
