// `knows(X, Y)@1 for X in members, Y in members, X != Y;` stands for many facts.

extension Parser {
  /// `[ "for" item { "," item } ]` behind the rounds of a fact.
  mutating func parseItems(after time: TimeSyntax) throws(Abandoned) -> [ItemSyntax] {
    guard time.isPresent, case .identifier(.for) = current.kind, case .identifier = ahead.kind else {
      return []
    }
    part = .body
    var items: [ItemSyntax] = []
    repeat {
      advance()
      guard items.count < Limits.premises else { throw reportAndAbandon(.tooManyPremises(here)) }
      items.append(try parseItem())
    } while current.kind == .comma
    return items
  }

  /// `item = name "in" name | comparison`
  private mutating func parseItem() throws(Abandoned) -> ItemSyntax {
    if case .identifier(let name) = current.kind, ahead.kind == .identifier(.in), !beginsWithDigit(name) {
      let variable = try parseName("a variable", fix: "choose another name")
      advance()
      return .generator(variable, list: try parseName("the name of a list", fix: "name a list"))
    }
    let left = try parseExpression()
    guard case .comparator(let comparator) = current.kind else { throw unexpected("a comparison operator") }
    advance()
    return .filter(ComparisonSyntax(comparator: comparator, left: left, right: try parseExpression()))
  }
}
