// An instance of a part has relations of its own. Its statements are read like those of any file, and then
// each relation in them gets the name that it has in the program.

/// The relations of an instance, as the program calls them.
struct Renaming {
  /// What the instance is called, with the names of the instances that it is in.
  let prefix: String
  /// The relations that are given, by their names in the part.
  let given: [Symbol: Symbol]
  /// What the run fills, which has one name everywhere.
  let common: Set<Symbol>

  /// The name of `name` in the program.
  func callAsFunction(_ name: Symbol, _ symbols: inout SymbolTable) -> Symbol {
    given[name] ?? (common.contains(name) ? name : symbols.symbol(of: "\(prefix).\(symbols[name])"))
  }
}

extension SyntaxTree {
  /// The relations that the statements after `mark` name.
  func relations(after mark: Mark) -> Set<Symbol> {
    var names = Set(facts[mark.facts...].map(\.atom.name))
    for rule in rules[mark.rules...] {
      names.insert(rule.head.name)
      names.formUnion(atoms(of: rule).map(\.name))
    }
    names.formUnion(declarations[mark.declarations...].map(\.name))
    names.formUnion(properties[mark.properties...].flatMap(\.relations).map(\.name))
    names.formUnion(optionals[mark.optionals...].map(\.atom.name))
    return names
  }

  /// What the run would fill in a program of the statements after `mark`.
  func worldNames(after mark: Mark) -> Set<Symbol> {
    var part = SyntaxTree()
    (part.terms, part.counts, part.counted) = (terms, counts, counted)
    part.rules = Array(rules[mark.rules...])
    part.facts = Array(facts[mark.facts...])
    part.properties = Array(properties[mark.properties...])
    return Set(WorldRelations(of: part).names)
  }

  /// Gives the relations in the statements after `mark` their names in the program.
  mutating func rename(after mark: Mark, _ renaming: Renaming, _ symbols: inout SymbolTable) {
    for number in facts.indices[mark.facts...] {
      facts[number].atom.name = renaming(facts[number].atom.name, &symbols)
    }
    for number in rules.indices[mark.rules...] {
      rules[number].head.name = renaming(rules[number].head.name, &symbols)
      for term in rules[number].body { terms[term].rename(renaming, &symbols) }
      for count in rules[number].counts {
        for term in counts[count].terms { counted[term].rename(renaming, &symbols) }
      }
    }
    for number in declarations.indices[mark.declarations...] {
      declarations[number].name = renaming(declarations[number].name, &symbols)
    }
    for number in optionals.indices[mark.optionals...] {
      optionals[number].atom.name = renaming(optionals[number].atom.name, &symbols)
    }
    for number in properties.indices[mark.properties...] { properties[number].rename(renaming, &symbols) }
  }

  /// Forgets nodes that are declared after `mark` by a statement that has been read before: a part with two
  /// instances has the same nodes in both.
  mutating func forgetRepeatedNodes(after mark: Mark) {
    let known = Set(declaredNodes[..<mark.declaredNodes].map(\.range))
    let new = declaredNodes[mark.declaredNodes...].filter { !known.contains($0.range) }
    declaredNodes.replaceSubrange(mark.declaredNodes..., with: new)
  }
}

extension TermSyntax {
  /// Gives the relation of an atom its name in the program.
  fileprivate mutating func rename(_ renaming: Renaming, _ symbols: inout SymbolTable) {
    guard case .atom(var atom) = self else { return }
    atom.name = renaming(atom.name, &symbols)
    self = .atom(atom)
  }
}

extension PropertySyntax {
  /// Gives the relations, and the property itself, their names in the program.
  fileprivate mutating func rename(_ renaming: Renaming, _ symbols: inout SymbolTable) {
    if let name {
      self.name?.name = symbols.symbol(of: "\(renaming.prefix).\(symbols[name.name])")
    }
    func renamed(_ mention: NameSyntax) -> NameSyntax {
      NameSyntax(name: renaming(mention.name, &symbols), range: mention.range)
    }
    form =
      switch form {
      case .finally(let first, let second): .finally(renamed(first), renamed(second))
      case .always(let first, let second): .always(renamed(first), renamed(second))
      case .never(let only): .never(renamed(only))
      case .within(let delay, let first, let second): .within(delay, renamed(first), renamed(second))
      case .stable(let only): .stable(renamed(only))
      }
  }
}

extension SymbolTable {
  /// The symbol for `text`.
  mutating func symbol(of text: String) -> Symbol {
    let bytes = Array(text.utf8)
    return symbol(of: bytes, bytes.indices)
  }
}
