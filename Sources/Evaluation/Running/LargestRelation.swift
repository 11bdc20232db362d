import Dedalus
import Indices
import Texts

/// The relation that fills a store: what a reader wants to know when a budget is used up.
public struct LargestRelation: Hashable, Sendable {
  /// Its name; that of the head for the rows of an aggregate.
  public let name: String
  /// How many tuples it has in all rounds together.
  public let tuples: Int
  /// How many there are of all relations.
  public let all: Int

  /// The one with the most tuples of `store`, the first of several; nil where there is no tuple.
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
  /// In a sentence about what was used up.
  public var words: String { "'\(name)' has \(tuples) of \(counted(all, "tuple"))" }
}
