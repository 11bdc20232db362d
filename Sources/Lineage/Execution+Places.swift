import Dedalus
import Evaluation
import Indices
import Scenarios

extension Execution {
  /// The row of `other`, a run of the same program, that equals `row` of this run.
  func counterpart(of row: RowID, in other: Execution) -> RowID? {
    var words = WordBuffer([store.relation(of: row).rawValue])
    for value in values(of: row) {
      guard let symbol = other.constants.symbol(of: value) else { return nil }
      words.append(symbol.rawValue)
    }
    return other.store.findRow(words)
  }

  /// The tuple of `other`, a run of the same program, that equals `tuple` of this run.
  public func counterpart(of tuple: TupleID, in other: Execution) -> TupleID? {
    counterpart(of: store.row(of: tuple), in: other)
      .flatMap { other.store.tuple($0, in: store.round(of: tuple)) }
  }

  /// The fault because of which no copy of `message` arrives in the round after that of sending; nil for a
  /// message that is on time.
  public func fault(behind message: Message) -> Fault? {
    if message.isOnTime { return nil }
    let link = Link(from: message.sender ?? message.receiver, to: message.receiver)
    if let loss = faults.loss(on: link, in: message.sent, setting.crashView) { return loss.fault }
    let delay = faults.shifts(on: link, in: message.sent).first { $0.meaning.transmission == .delays }
    return delay ?? faults.isolation(of: message.receiver, in: message.sent.next, setting.crashView)
  }

  /// The faults without which `firing` would not derive its head: one that keeps a row, or one that lets a
  /// message come late.
  public func faults(enabling firing: FiringID) -> [Fault] {
    guard let head = head(of: firing) else { return [] }
    let round = store.round(of: head)
    if rule(of: firing) == nil {
      guard let node = constants.node(store.symbol(head, 0)) else { return [] }
      let persistence = program.persistence(of: store.relation(of: store.row(of: head)))
      let before = Round(rawValue: round.rawValue - 1)
      return faults.keeping(persistence, at: node, in: before, setting.crashView).map { [$0] } ?? []
    }
    guard let message = message(of: firing), let sender = message.sender, round > message.sent.next else {
      return []
    }
    let late = round.position - message.sent.position - 1
    return faults.shifts(on: Link(from: sender, to: message.receiver), in: message.sent)
      .filter { $0.extent == late }
  }

  /// The fault that a row reports because the world states it; nil for any other row.
  public func fault(toldBy row: RowID) -> Fault? {
    let relation = store.relation(of: row)
    guard let stated = program.statedRelations.first(where: { $0.value == relation })?.key,
      let node = constants.node(store.symbol(row, 1))
    else { return nil }
    let rounds = store.symbols(of: row).dropFirst(2).map { symbol -> Round in
      guard case .integer(let round) = constants[symbol] else { return Round(0) }
      return Round(rawValue: UInt32(clamping: round))
    }
    guard let first = rounds.first else { return nil }
    let statement = StatedFact(stated, node, first, until: rounds.count > 1 ? rounds[1] : nil)
    return faults.fault(stating: statement, setting.crashView)
  }

  /// The tuple that `firing` copies from the round before: the only premise, with the same row.
  public func copiedTuple(of firing: FiringID) -> TupleID? {
    guard let head = head(of: firing), copiesRows(rule(of: firing)) else { return nil }
    let premises = premises(of: firing)
    guard premises.count == 1, case .tuple(let origin) = premises[0],
      store.row(of: origin) == store.row(of: head)
    else { return nil }
    return origin
  }

  private func copiesRows(_ rule: RuleID?) -> Bool {
    rule.map { program.rules[$0].timing == .inductive } ?? true
  }

  /// The premises of `firing`, each absence with the negated or counted atom that gives it its pattern.
  func premisesWithNegatedAtoms(of firing: FiringID) -> [(premise: Premise, atom: Atom?)] {
    let rule = rule(of: firing).map { program.rules[$0] }
    var negations = (rule?.body ?? []).lazy.compactMap { term -> Atom? in
      if case .atom(let atom) = term, atom.isNegated { atom } else { nil }
    }.makeIterator()
    return premises(of: firing).map { premise in
      guard case .absence(let absence) = premise else { return (premise, nil) }
      if let atom = negations.next() { return (premise, atom) }
      // What remains are counts of a single atom that find nothing.
      let relation = place(of: absence).relation
      return (premise, rule?.counts.lazy.flatMap(\.atoms).first { $0.relation == relation })
    }
  }

  /// The node and round in which `firing` happened. Nil for a rule whose location is not a node, for an
  /// aggregate (its rows have places), for a row that stays and for the firing of a lost message.
  public func placeAndRound(of firing: FiringID) -> (node: NodeID, round: Round)? {
    guard let rule = rule(of: firing), let round = bodyRound(of: firing) else { return nil }
    return location(of: firing, program.rules[rule]).map { ($0, round) }
  }

  /// The node in the first column of the first body atom.
  private func location(of firing: FiringID, _ rule: Rule) -> NodeID? {
    switch rule.location {
    case .unconstrained: return nil
    case .constant(let constant): return constants.symbol(of: constant).flatMap { constants.node($0) }
    case .variable: break
    }
    let isNegated = rule.firstAtomIsNegated
    for premise in premises(of: firing) {
      switch premise {
      case .tuple(let tuple) where !isNegated:
        let isRow = store.relation(of: store.row(of: tuple)).position >= program.relations.count
        return isRow ? nil : constants.node(store.symbol(tuple, 0))
      case .absence(let absence) where isNegated:
        let place = self.absence(absence).pattern.first.flatMap { $0 }
        return place.flatMap { constants.symbol(of: $0) }.flatMap { constants.node($0) }
      default: continue
      }
    }
    return nil
  }
}

extension Rule {
  fileprivate var firstAtomIsNegated: Bool {
    for term in body { if case .atom(let atom) = term { return atom.isNegated } }
    return false
  }
}

extension [Constant?] {
  /// Whether a row with `values` matches this pattern. `atom` is the negated atom that the pattern comes
  /// from: where the same existential variable is in several of its columns, these must agree.
  func matches(_ values: [Constant], as atom: Atom?) -> Bool {
    guard matches(values) else { return false }
    guard let atom else { return true }
    var bindings: [VariableID: Constant] = [:]
    for (position, column) in atom.columns.enumerated() where self[position] == nil {
      guard case .variable(let variable) = column else { continue }
      if let bound = bindings[variable], bound != values[position] { return false }
      bindings[variable] = values[position]
    }
    return true
  }
}
