import Indices

extension Checker {
  /// Resolves the properties, and reports those that cannot be asked.
  ///
  /// - Parameter isWhole: whether every statement was understood; otherwise an unknown relation may be in one
  ///   that was not.
  mutating func checkProperties(isWhole: Bool) -> [PropertyDeclaration] {
    var first: [String: SourceRange] = [:]
    var unknown: Set<Symbol> = []
    var properties: [PropertyDeclaration] = []
    for property in tree.properties {
      let name = property.name.map { symbols[$0.name] } ?? text(of: property.form)
      if let place = first[name] {
        // Two instances of a part may demand the same of relations that both are given.
        if place == property.name?.range ?? property.range { continue }
        diagnostics.report(.propertyTwice(name, at: property.name?.range ?? property.range, first: place))
      } else {
        first[name] = property.name?.range ?? property.range
      }
      let missing = property.relations.filter { relations.relation(named: $0.name) == nil }
      for mention in missing where isWhole && unknown.insert(mention.name).inserted {
        let isEarly = unknown.count <= DiagnosticRenderer.shownCount
        reportUnknown(mention, among: isEarly ? relations.entries.map(\.name) : [])
      }
      if missing.isEmpty {
        compareArities(of: property)
        properties.append(
          PropertyDeclaration(name: name, form: resolve(property.form), range: property.range))
      }
    }
    return properties
  }

  /// Checks that the rows of two relations can be compared. That of `pre` and `post` is checked anyway.
  private mutating func compareArities(of property: PropertySyntax) {
    let (names, entries) = (property.relations.map(\.name), property.relations.map { relations[known($0)] })
    guard let first = entries.first, let second = entries.last, first.arity != second.arity,
      names != [.pre, .post]
    else { return }
    diagnostics.report(
      .propertyArity(
        (symbols[first.name], symbols[second.name]), first, second,
        at: property.relations[0].range.joined(with: property.relations[1].range)))
  }

  private func resolve(_ form: PropertySyntax.Form) -> PropertyDeclaration.Form {
    switch form {
    case .finally(let first, let second): .finally(known(first), known(second))
    case .always(let first, let second): .always(known(first), known(second))
    case .never(let only): .never(known(only))
    case .within(let delay, let first, let second): .within(delay, known(first), known(second))
    case .stable(let only): .stable(known(only))
    }
  }

  private func known(_ mention: NameSyntax) -> RelationID {
    guard let relation = relations.relation(named: mention.name) else {
      preconditionFailure("unknown relations have been reported")
    }
    return relation
  }

  /// The form as it is written with single blanks.
  private func text(of form: PropertySyntax.Form) -> String {
    func name(_ mention: NameSyntax) -> String { symbols[mention.name] }
    return switch form {
    case .finally(let first, let second): "finally \(name(first)) => \(name(second))"
    case .always(let first, let second): "always \(name(first)) => \(name(second))"
    case .never(let only): "never \(name(only))"
    case .within(let delay, let first, let second): "within \(delay) \(name(first)) => \(name(second))"
    case .stable(let only): "stable \(name(only))"
    }
  }
}
