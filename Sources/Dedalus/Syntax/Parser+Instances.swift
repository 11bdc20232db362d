// `include "retry.ded" as push with owes = writes;` makes a part of the program out of a file, under a name.

extension Parser {
  /// `instance = "as" name [ "with" name "=" name { "," name "=" name } ]`; nil where none follows.
  mutating func parseInstance() throws(Abandoned) -> InstanceSyntax? {
    guard case .identifier(.as) = current.kind else { return nil }
    part = .clause
    advance()
    let name = try parseName("the name of the instance", fix: "choose another name")
    var given: [InstanceSyntax.Given] = []
    if case .identifier(.with) = current.kind {
      repeat {
        advance()
        let inner = try parseName("a relation of the part", fix: "name a relation")
        guard current.kind == .equals else { throw unexpected("'='") }
        advance()
        let outer = try parseName("a relation of this file", fix: "name a relation")
        given.append(InstanceSyntax.Given(inner: inner, outer: outer))
      } while current.kind == .comma
    }
    return InstanceSyntax(name: name, given: given)
  }

  /// `optional = "optional" atom ";"`
  mutating func parseOptionalRelation() throws(Abandoned) {
    advance()
    let atom = try parseAtom(isNegated: false, inHead: false)
    try endStatement(expecting: "';'")
    tree.optionals.append(OptionalSyntax(file: file, atom: atom))
  }
}
