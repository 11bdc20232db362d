// Generators that fill in templates say what they mean in Dedalus itself; the pieces below cut such a text
// into the parts that shrinking drops. Only what the templates use is understood.

extension SourceFact {
  /// The fact written as `text`, e.g. `node("a", "b")`, in `round`.
  public init(_ text: String, round: Int) {
    let atom = SourceAtom(written: text)
    self.init(atom.relation, atom.columns, round: round)
  }
}

extension SourceRule {
  /// The rule whose head and body terms are written so, e.g. `("log(M, P)@async", ["log(N, P)", "N != M"])`.
  public init(_ head: String, _ body: [String]) {
    let cut = head.firstIndex(of: "@") ?? head.endIndex
    let atom = SourceAtom(written: String(head[..<cut]))
    self.init(
      atom.relation, atom.columns, Timing(rawValue: String(head[cut...])) ?? .deductive,
      body.map(SourceTerm.init(written:)))
  }
}

extension SourceTerm {
  fileprivate init(written text: String) {
    let negation = "notin "
    if text.hasPrefix(negation) {
      var atom = SourceAtom(written: String(text.dropFirst(negation.count)))
      atom.isNegated = true
      self = .atom(atom)
      return
    }
    let words = text.split(separator: " ").map(String.init)
    if text.hasPrefix("count {"), words.count > 2 {
      self = .comparison(
        .written(words.dropLast(2).joined(separator: " ")), words[words.count - 2],
        .written(words[words.count - 1]))
    } else if words.count == 3, "=!<>".contains(words[1].first ?? " ") {
      self = .comparison(.written(words[0]), words[1], .written(words[2]))
    } else {
      self = .atom(SourceAtom(written: text))
    }
  }
}

extension SourceAtom {
  fileprivate init(written text: String) {
    let open = text.firstIndex(of: "(") ?? text.endIndex
    let close = text.lastIndex(of: ")") ?? text.endIndex
    let columns = text[open..<close].dropFirst().split(separator: ",").map { column in
      SourceExpression.written(String(column.drop { $0 == " " }))
    }
    let time = text[close...].split(separator: "@").last.flatMap { Int($0) }
    self.init(String(text[..<open]), columns, round: time)
  }
}
