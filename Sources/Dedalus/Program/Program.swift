import Indices
import Texts

/// A Dedalus program that has been read, checked and stratified.
///
///     let program = try Program(reading: ["simple-deliv.ded"])
///
/// There is no unchecked `Program`: its types are inferred, its variables are bound, negation and aggregation
/// are stratified in every round, and rules that can never fire have been removed.
public struct Program: Sendable {
  /// The files in the order of reading: those given, each followed by the files that it includes.
  public let sources: IndexedArray<FileID, SourceFile>
  /// Every relation, in order of first mention, including `crash` even where the program does not mention it.
  public let relations: IndexedArray<RelationID, Relation>
  /// The rules that can fire, in source order, without duplicates.
  public let rules: IndexedArray<RuleID, Rule>
  /// The facts in source order, without duplicates.
  public let facts: [Fact]
  /// The facts whose rounds are chosen, in source order, without duplicates. One that must be in a certain
  /// round is a fact.
  public let choices: [ChoiceStatement]
  /// What the program demands of its runs, in the order of declaration, each under a name of its own.
  public let properties: [PropertyDeclaration]
  /// The nodes that the program names, in the order of declaration; nil where it names none.
  public let declaredNodes: [Text]?
  /// Warnings about legal but suspicious statements, in source order.
  public let warnings: [Diagnostic]
  /// The relation of crash rows (observer, crashed node, round), which only faults fill.
  public let crash: RelationID
  /// The relation of restarts and wipes (observer, node, from, until), which only faults fill; nil where no
  /// body reads it, or where the program has a relation of its own by this name.
  public let outage: RelationID?
  /// The relation of pauses (observer, node, from, until), which only faults fill; nil as for `outage`.
  public let pause: RelationID?
  /// The relation of the clock (node, round, last round), which every run fills; nil as for `outage`.
  public let time: RelationID?
  /// The relations declared `durable`, whose rows survive a restart of their node.
  public let durable: Set<RelationID>
  /// The relations declared `configuration`, whose facts may be missing.
  public let configuration: Set<RelationID>
  /// The relations that every node finds again after a restart or wipe: nothing derives them but their own
  /// frame rule, and they are neither declared durable nor filled by the run.
  public let staticRelations: Set<RelationID>

  /// The relations that somebody asks for from outside, beside the properties of the program.
  public private(set) var asked: Set<RelationID> = []

  /// The relations that the first file defines and that no rule reads but those that derive them.
  let unread: [RelationID]
  /// The relations that are read and never derived.
  let undefined: [RelationID]
  let stratification: Stratification
}

extension Program {
  /// The program of which somebody asks for `relation`, beside its properties.
  public func asking(for relation: RelationID) -> Program {
    var program = self
    program.asked.insert(relation)
    return program
  }

  /// The source text of `range`.
  public func text(of range: SourceRange) -> String {
    let bytes = sources[range.file].bytes
    return String(decoding: bytes[(range.lower..<range.upper).clamped(to: bytes.indices)], as: UTF8.self)
  }
}

/// A tuple given by the program, in one round.
public struct Fact: Hashable, Sendable {
  /// The relation of the tuple.
  public let relation: RelationID
  /// A value for each column of the relation.
  public let values: [Constant]
  /// The round in which it holds, at least 1.
  public let round: Int
  /// The statement in the source.
  public let range: SourceRange
}

/// Relations that are computed together in one round, after everything that they negate or aggregate.
public struct Stratum: Hashable, Sendable {
  /// A strongly connected component of the dependencies that the order of the strata obeys, ascending.
  public let relations: [RelationID]
  /// The deductive rules whose heads are these relations, ascending.
  public let rules: [RuleID]
  /// Whether some rule reads a relation of this stratum, by a dependency that the order obeys.
  public let isRecursive: Bool
}

extension Program {
  /// The relation called `name`, or nil.
  public func relation(named name: String) -> RelationID? {
    relations.indices.first { Text(relations[$0].name) == Text(name) }
  }

  /// The strata of a round, from 1, in the order in which they are computed; together they contain every
  /// relation.
  ///
  /// Rounds differ because `p(…)@k` is a same-round dependency only in round k.
  public func strata(in round: Int) -> [Stratum] { strata(in: order(of: round)) }

  /// The order in which the strata of `round` are computed.
  public func order(of round: Int) -> StrataOrder { stratification.order(in: round) }

  /// Every order that some round has, and always the plain one.
  public var orders: some Collection<StrataOrder> { stratification.strata.keys }

  /// The strata of an order that some round has.
  public func strata(in order: StrataOrder) -> [Stratum] {
    assert(stratification.strata[order] != nil, "only an order that some round has is asked for")
    return stratification.strata[order] ?? []
  }
}

extension Program {
  /// The files that were read, in order.
  public var paths: [String] { sources.map(\.path) }
}
