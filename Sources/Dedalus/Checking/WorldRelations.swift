// What the run itself states: `crash` always, `outage`, `pause` and `time` where the program leaves these
// names to it. A program that has a fact, a rule or another arity of such a name means a relation of its own.

/// The relations that the run fills in this program.
struct WorldRelations {
  /// The columns of everything that a run can state; `crash` comes first, and is in every program.
  private static let columnTypes: [(name: Symbol, types: [ColumnType?])] = [
    (.crash, [.string, .string, .integer]),
    (.outage, [.string, .string, .integer, .integer]),
    (.pause, [.string, .string, .integer, .integer]),
    (.time, [.string, .integer, .integer]),
  ]

  /// Their names, `crash` first.
  let names: [Symbol]

  /// Finds those of the program `tree`: what bodies read with the columns of the run, or properties name, and
  /// nothing derives.
  init(of tree: SyntaxTree) {
    var derived = Set(tree.rules.map(\.head.name))
    for fact in tree.facts { derived.insert(fact.atom.name) }
    var arities: [Symbol: Set<Int>] = [:]
    for rule in tree.rules {
      for atom in tree.atoms(of: rule) { arities[atom.name, default: []].insert(atom.columns.count) }
    }
    for name in tree.properties.lazy.flatMap(\.relations).map(\.name) {
      if let columns = Self.types(of: name), arities[name] == nil { arities[name] = [columns.count] }
    }
    names = Self.columnTypes.map(\.name).filter { name in
      name == .crash || !derived.contains(name) && arities[name] == [Self.types(of: name)?.count ?? 0]
    }
    assert(names.first == .crash, "every program has `crash`, and it comes first")
  }

  /// Whether `name` could be stated by the run.
  static func includes(_ name: Symbol) -> Bool { types(of: name) != nil }

  /// The types of the columns of `name`; nil where the program means a relation of its own.
  func columnTypes(of name: Symbol) -> [ColumnType?]? { names.contains(name) ? Self.types(of: name) : nil }

  private static func types(of name: Symbol) -> [ColumnType?]? {
    columnTypes.first { $0.name == name }?.types
  }
}
