import Indices

/// The relations of a program, in order of first mention.
struct RelationTable {
  /// A relation whose columns are still being typed.
  struct Entry {
    let name: Symbol
    let arity: Int
    /// The range of its first mention.
    let range: SourceRange?
    /// The type variable of the first column; those of the other columns follow it.
    let firstColumn: TypeVariable
  }

  private(set) var entries = IndexedArray<RelationID, Entry>()
  private var numbers: [RelationID?]
  private let world: WorldRelations

  /// No relations; those of `world` will have the types that the language gives them.
  init(symbolCount: Int, world: WorldRelations) {
    numbers = Array(repeating: nil, count: symbolCount)
    self.world = world
  }

  subscript(relation: RelationID) -> Entry { entries[relation] }

  func relation(named name: Symbol) -> RelationID? { numbers[name.position] }

  /// The type of a column, counted from 0.
  func column(_ column: Int, of relation: RelationID) -> TypeVariable {
    assert(column < entries[relation].arity, "a column of this relation, and not of the next one")
    return TypeVariable(entries[relation].firstColumn.position + column)
  }

  /// The relation called `name`; declared with `arity` columns unless it is already known.
  mutating func declare(
    _ name: Symbol, arity: Int, range: SourceRange?, types: inout TypeInference
  ) -> RelationID {
    if let known = numbers[name.position] { return known }
    let declared = world.columnTypes(of: name) ?? Array(repeating: nil, count: arity)
    let columns = declared.map { types.makeVariable($0) }
    assert(
      columns.enumerated().allSatisfy { $0.element.position == columns[0].position + $0.offset },
      "the first column tells where the others are")
    let relation = entries.append(
      Entry(name: name, arity: columns.count, range: range, firstColumn: columns[0]))
    numbers[name.position] = relation
    return relation
  }
}
