import Dedalus
import Indices
import Texts

/// The relation with the most tuples, which explains why a budget is used up.
public struct LargestRelation: Hashable, Sendable {
  /// The relation's name; for the rows of an aggregate, the name of the head.
  public let name: String
  /// The number of its tuples, in all rounds together.
  public let tuples: Int
  /// The number of tuples of all relations.
  public let all: Int

  /// The relation of `store` with the most tuples, the first of several; nil where there are no tuples.
  public init?(of store: TupleStore, _ compiled: CompiledProgram) {
    self.init(of: store, compiled.program, compiled.schema)
  }

  init?(of store: TupleStore, _ program: Program, _ schema: Schema) {
    var counts = Array(repeating: 0, count: program.relations.count)
    for tuple in store.tuples {
      let relation = store.relation(of: store.row(of: tuple))
      let named = schema[relation].aggregateRule.map { program.rules[$0].headRelation } ?? relation
      counts[named.position] += 1
    }
    guard let most = counts.max(), most > 0, let position = counts.firstIndex(of: most) else { return nil }
    name = program.relations[RelationID(position)].name
    tuples = most
    all = store.tupleCount
  }
}

extension Execution {
  /// The relation with the most tuples.
  public var largestRelation: LargestRelation? { LargestRelation(of: store, program, schema) }
}

extension LargestRelation {
  /// A sentence for the message about the budget.
  public var words: String { "'\(name)' has \(tuples) of \(counted(all, "tuple"))" }
}
