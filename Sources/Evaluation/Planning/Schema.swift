import Dedalus
import Indices

/// The relations of a run: those of the program under their own numbers, then one row relation for each
/// aggregate rule.
public struct Schema: Sendable {
  /// A relation of a run.
  public struct Entry: Sendable {
    /// For a row relation: the head relation's name and the rule's number, e.g. `votes#3`, which no program
    /// can write.
    public let name: String
    /// The number of columns. A row relation has those of the head and, where groups have a sender, one for
    /// the sender.
    public let arity: Int
    /// The aggregate rule whose rows these are; nil for a relation of the program.
    public let aggregateRule: RuleID?
  }

  /// Every relation of the run, indexed by its ID.
  public let entries: IndexedArray<RelationID, Entry>
  private let rowRelations: [RuleID: RelationID]

  /// The relations of a run of `program`.
  public init(_ program: Program) {
    var entries = IndexedArray<RelationID, Entry>(
      program.relations.map { Entry(name: $0.name, arity: $0.arity, aggregateRule: nil) })
    var rowRelations: [RuleID: RelationID] = [:]
    for rule in program.rules.indices where program.rules[rule].isAggregate {
      let head = program.relations[program.rules[rule].headRelation]
      let arity = head.arity + (program.rules[rule].groupsBySender ? 1 : 0)
      rowRelations[rule] = entries.append(
        Entry(name: "\(head.name)#\(rule.rawValue)", arity: arity, aggregateRule: rule))
    }
    self.entries = entries
    self.rowRelations = rowRelations
  }

  /// The relation numbered `relation`.
  public subscript(relation: RelationID) -> Entry { entries[relation] }

  /// The row relation of an aggregate rule; nil for any other rule.
  public func rowRelation(of rule: RuleID) -> RelationID? { rowRelations[rule] }
}
