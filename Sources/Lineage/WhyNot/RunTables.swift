import Dedalus
import Evaluation
import Indices
import Scenarios

/// The rows and messages of a run, where rules look for them.
struct RunTables {
  /// A tuple with its values.
  struct Entry {
    let tuple: TupleID
    let values: [Constant]
  }

  let execution: Execution
  let rules: [RelationID: [RuleID]]
  private let entries: [RelationInRound: [Entry]]
  private let unpunctual: [Sending: [Message]]
  private let firings: IndexedArray<TupleID, [FiringID]>

  private struct Sending: Hashable {
    let rule: RuleID
    let sent: Round
  }

  init(_ execution: Execution) {
    self.execution = execution
    var rules: [RelationID: [RuleID]] = [:]
    for rule in execution.program.rules.indices {
      rules[execution.program.rules[rule].headRelation, default: []].append(rule)
    }
    var entries: [RelationInRound: [Entry]] = [:]
    let store = execution.store
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      let place = RelationInRound(relation: store.relation(of: row), round: store.round(of: tuple))
      entries[place, default: []].append(Entry(tuple: tuple, values: execution.values(of: row)))
    }
    var unpunctual: [Sending: [Message]] = [:]
    for message in execution.messages where !message.isOnTime {
      guard let rule = execution.rule(of: message.firing) else { continue }
      unpunctual[Sending(rule: rule, sent: message.sent), default: []].append(message)
    }
    // Sorted, so that what is found first is the same in every round.
    for place in Array(entries.keys) {
      entries[place]?.sort { $0.values.lexicographicallyPrecedes($1.values) }
    }
    (self.rules, self.entries, self.unpunctual) = (rules, entries, unpunctual)
    firings = execution.firingsByHead()
  }

  /// The tuples of `relation` in `round`, sorted by their values.
  func entries(of relation: RelationID, in round: Round) -> [Entry] {
    entries[RelationInRound(relation: relation, round: round)] ?? []
  }

  /// The first tuple of `relation` in `round` that matches `columns`.
  func first(_ relation: RelationID, _ columns: [Constant?], in round: Round) -> Entry? {
    entries(of: relation, in: round).first { columns.matches($0.values) }
  }

  /// The messages that `rule` sends in `round` and that do not arrive in the next round.
  func unpunctual(of rule: RuleID, in round: Round) -> [Message] {
    unpunctual[Sending(rule: rule, sent: round)] ?? []
  }

  /// The firings that derive `tuple`.
  func firings(of tuple: TupleID) -> [FiringID] { firings[tuple] }

  /// The tuple about which `claim` is; nil where no row matches.
  func tuple(of claim: WhyNot.Claim) -> TupleID? {
    first(claim.relation, claim.columns, in: claim.round)?.tuple
  }
}
