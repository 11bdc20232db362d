import Dedalus
import Indices
import Scenarios

/// A program with its rules planned for a set of nodes; usable for any number of runs.
public struct CompiledProgram: Sendable {
  /// The program whose rules are planned.
  public let program: Program
  /// The nodes for which the program is planned.
  public let nodes: Nodes
  /// Every relation, row relations included.
  public let schema: Schema
  /// The constants of the program.
  public let constants: ConstantPool
  /// The plans of rules that take effect in the next round: inductive ones and messages, in source order.
  public let timedPlans: [RulePlan]
  /// For each relation of the program: what of it outlasts rounds in which its node does not act.
  public let persistence: IndexedArray<RelationID, Persistence>

  private let indexLayout: IndexLayout
  private let factsOfRound: [Int: [PlacedFact]]
  /// The facts whose rounds are chosen, in the order of the program, each with its rounds.
  private let openFacts: [(fact: PlacedFact, rounds: ClosedRange<Int>)]
  private let deductivePlans: [RuleID: RulePlan]
  /// By the order of strata: rounds with the same order share a schedule, however many rounds an atom names
  /// with `@k`.
  private let schedules: [StrataOrder: [ScheduledStratum]]

  /// Plans the rules of `program`.
  public init(_ program: Program, nodes: Nodes) {
    self.program = program
    self.nodes = nodes
    let schema = Schema(program)
    self.schema = schema
    var constants = ConstantPool(nodes: nodes)
    var catalog = IndexCatalog(relationCount: schema.entries.count)
    var deductive: [RuleID: RulePlan] = [:]
    var timed: [RulePlan] = []
    for id in program.rules.indices {
      let derived = schema.rowRelation(of: id) ?? program.rules[id].headRelation
      guard
        let plan = RulePlanner.plan(
          id, of: program, deriving: derived, nodes: nodes, constants: &constants, catalog: &catalog)
      else { continue }
      if plan.timing == .deductive { deductive[id] = plan } else { timed.append(plan) }
    }
    var factsOfRound: [Int: [PlacedFact]] = [:]
    for fact in program.facts {
      factsOfRound[fact.round, default: []].append(PlacedFact(fact, of: program, &constants))
    }
    self.factsOfRound = factsOfRound
    openFacts = program.choices.map { (PlacedFact($0, of: program, &constants), $0.rounds) }
    self.constants = constants
    indexLayout = IndexLayout(catalog)
    deductivePlans = deductive
    timedPlans = timed

    persistence = IndexedArray(program.relations.indices.map { program.persistence(of: $0) })
    roundsOfStatements = Dictionary(
      uniqueKeysWithValues: program.statedRelations.map { ($0.value, program.rounds(reading: $0.value)) })
    var schedules: [StrataOrder: [ScheduledStratum]] = [:]
    for order in program.orders {
      schedules[order] = program.strata(in: order).compactMap {
        ScheduledStratum($0, order, deductive, schema)
      }
    }
    self.schedules = schedules
    assert(persistence.count == program.relations.count, "every relation of the program persists in some way")
  }

  /// A store without tuples, with the indexes that the plans need.
  public func emptyStore() -> TupleStore { TupleStore(indexLayout) }

  /// For each relation that the world states alike in every round: the rounds whose rows some rule may read.
  /// An atom without a time reads round 1.
  public let roundsOfStatements: [RelationID: Set<Round>]

  /// The facts that hold in `round`, in source order.
  public func facts(of round: Round) -> [PlacedFact] { factsOfRound[round.position] ?? [] }

  /// The facts that may be chosen for `round`, in the order of the program.
  public func openFacts(of round: Round) -> [PlacedFact] {
    openFacts.isEmpty ? [] : openFacts.filter { $0.rounds.contains(round.position) }.map(\.fact)
  }

  /// The row of `statement` at `observer`, whose rounds may be any that a fault can have; nil where the
  /// program means a relation of its own by that name.
  public func row(
    of statement: StatedFact, seenBy observer: NodeID, _ constants: inout ConstantPool
  ) -> WordBuffer? {
    guard let relation = program.relation(for: statement.relation) else { return nil }
    var words = WordBuffer([relation.rawValue])
    words.append(constants.symbol(of: observer).rawValue)
    words.append(constants.symbol(of: statement.node).rawValue)
    words.append(constants.intern(.integer(Int64(statement.round.rawValue))).rawValue)
    if let until = statement.until {
      words.append(constants.intern(.integer(Int64(until.rawValue))).rawValue)
    }
    return words
  }

  /// The row `time(node, round, eot)`; nil where the program does not read the clock.
  public func time(
    at node: NodeID, in round: Round, of setting: Setting, _ constants: inout ConstantPool
  ) -> WordBuffer? {
    guard let time = program.time else { return nil }
    var words = WordBuffer([time.rawValue])
    words.append(constants.symbol(of: node).rawValue)
    words.append(constants.intern(.integer(Int64(round.rawValue))).rawValue)
    words.append(constants.intern(.integer(Int64(setting.eot.rawValue))).rawValue)
    return words
  }

  /// The strata that are computed in `round`, in order.
  public func schedule(of round: Round) -> [ScheduledStratum] {
    schedules[program.order(of: round.position)] ?? []
  }
}

extension Program {
  /// The relations whose rows the world states alike in every round.
  public var statedRelations: [StatedRelation: RelationID] {
    var relations: [StatedRelation: RelationID] = [:]
    for stated in StatedRelation.allCases { relations[stated] = relation(for: stated) }
    return relations
  }

  /// The relation whose rows are those of `stated`; nil where the program has none, or means its own.
  fileprivate func relation(for stated: StatedRelation) -> RelationID? {
    switch stated {
    case .crash: crash
    case .outage: outage
    case .pause: pause
    }
  }

  /// What of `relation` outlasts rounds in which its node does not act.
  public func persistence(of relation: RelationID) -> Persistence {
    durable.contains(relation) ? .durable : staticRelations.contains(relation) ? .fixed : .volatile
  }

  fileprivate func rounds(reading relation: RelationID) -> Set<Round> {
    let isAsked = asked.contains(relation) || properties.contains { $0.form.relations.contains(relation) }
    var rounds: Set<Round> = isAsked ? [Round(1)] : []
    for rule in rules {
      for atom in rule.atoms where atom.relation == relation {
        rounds.insert(atom.round.map { Round(named: $0) } ?? Round(1))
      }
    }
    return rounds
  }
}

/// A fact as a row.
public struct PlacedFact: Sendable {
  /// The relation and the values of the fact.
  public let row: WordBuffer
  /// The node in the first column; nil where that does not name a node.
  public let location: NodeID?
  /// What of its relation outlasts rounds in which the node does not act.
  public let persistence: Persistence
  /// The fact by its name, where it may be missing.
  public let configured: TimedFact?
  /// The fact by its name, where its round is chosen.
  public let chosen: NamedFact?

  init(_ fact: Fact, of program: Program, _ constants: inout ConstantPool) {
    self.init(
      fact.relation, fact.values, of: program, &constants,
      configured: program.configuration.contains(fact.relation) ? TimedFact(fact, of: program) : nil)
  }

  init(_ choice: ChoiceStatement, of program: Program, _ constants: inout ConstantPool) {
    self.init(
      choice.relation, choice.values, of: program, &constants, chosen: OpenFact(choice, of: program).fact)
  }

  private init(
    _ relation: RelationID, _ values: [Constant], of program: Program, _ constants: inout ConstantPool,
    configured: TimedFact? = nil, chosen: NamedFact? = nil
  ) {
    assert(!values.isEmpty, "the first column of a relation is its location")
    let symbols = values.map { constants.intern($0) }
    row = WordBuffer([relation.rawValue] + symbols.map(\.rawValue))
    location = constants.node(symbols[0])
    persistence = program.persistence(of: relation)
    (self.configured, self.chosen) = (configured, chosen)
  }
}

/// A stratum, with the plans of its rules.
///
/// A class for the same reason as `RulePlan`: a run walks many small strata, and most of them have nothing to
/// match.
public final class ScheduledStratum: Sendable {
  /// The relations that are complete once the stratum is computed.
  public let relations: [RelationID]
  /// Rules that read nothing of this stratum: they are matched once, before the others.
  public let once: [RulePlan]
  /// Rules that read this stratum: they are matched until they derive nothing new.
  public let recursive: [RecursivePlan]
  /// Aggregate rules; their plans derive rows and read nothing of this stratum.
  public let aggregates: [RulePlan]

  /// Nil where the stratum has no rule: its relations then get rows only from other rounds, facts and faults.
  ///
  /// An atom that names a round and reads a relation of the stratum counts as reading the stratum where the
  /// order obeys it. In other rounds, what it reads is merely old; matching takes this into account.
  init?(_ stratum: Stratum, _ order: StrataOrder, _ plans: [RuleID: RulePlan], _ schema: Schema) {
    relations = stratum.relations
    let members = Set(stratum.relations)
    var once: [RulePlan] = []
    var recursive: [RecursivePlan] = []
    var aggregates: [RulePlan] = []
    for rule in stratum.rules {
      guard let plan = plans[rule] else { continue }
      let inside = plan.positives.indices.filter { position in
        let atom = plan.positives[position]
        return members.contains(atom.relation) && order.obeys(atom.round?.position)
      }
      if schema.rowRelation(of: rule) != nil {
        aggregates.append(plan)
      } else if inside.isEmpty {
        once.append(plan)
      } else {
        recursive.append(RecursivePlan(plan: plan, inside: inside))
      }
    }
    self.once = once
    self.recursive = recursive
    self.aggregates = aggregates
  }
}

/// A rule that reads relations of its own stratum.
public struct RecursivePlan: Sendable {
  /// The rule's plan.
  public let plan: RulePlan
  /// The indices of the positive atoms that read the stratum, ascending.
  public let inside: [Int]
}
