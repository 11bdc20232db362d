// First every claim is met that some nearest instance leads to, breadth first. Then the distances to faults
// are known, and backwards from there an instance is chosen for each rule. What is told are the claims that
// the chosen instances reach.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// Explores why rows do not hold.
struct WhyNotSearch {
  /// A rule, or a fact, with what its nearest instances lack.
  struct Candidates {
    let rule: RuleID?
    let round: Round
    var instances: [[WhyNot.Lack]]
  }

  let tables: RunTables
  /// The run without faults; nil where there are none, or where it does not end.
  private let baseline: RunTables?
  var candidates: [WhyNot.Claim: [Candidates]] = [:]
  var order: [WhyNot.Claim] = []
  private var steps = 0
  /// How far a claim is from a fault, and from an end of any kind.
  var toFault: [WhyNot.Claim: Int] = [:]
  var toEnd: [WhyNot.Claim: Int] = [:]

  /// The largest number of claims that are followed.
  private static let mostClaims = 2_000
  /// The largest number of steps for one rule, and for all.
  private static let (mostSteps, mostStepsOfAll) = (20_000, 3_000_000)

  init(_ execution: Execution, beside known: Execution?) {
    tables = RunTables(execution)
    guard execution.faults.count > 0 else {
      baseline = nil
      return
    }
    let calm = execution.scenario.withoutFaults
    assert(known.map { $0.scenario == calm } ?? true, "the run without faults has the same inputs")
    let better = known ?? run(execution.program, execution.setting, under: calm)
    baseline = better.ending == .complete ? RunTables(better) : nil
  }

  private var execution: Execution { tables.execution }

  // MARK: Exploring

  mutating func explore(from root: WhyNot.Claim) {
    var known: Set<WhyNot.Claim> = [root]
    var pending = [root]
    var next = 0
    while next < pending.count, order.count < Self.mostClaims {
      let claim = pending[next]
      next += 1
      order.append(claim)
      let found = claim.holds ? ways(of: claim) : obstacles(of: claim)
      candidates[claim] = found
      for lack in found.flatMap(\.instances).joined() {
        if let further = lack.claim, known.insert(further).inserted { pending.append(further) }
      }
    }
    toFault = distances(where: isDue) { $0.contains(where: \.isFault) }
    toEnd = distances(where: { _ in true }) { $0.contains { $0.claim == nil } }
  }

  /// Whether `lack` is due to faults: without them it would not be so.
  func isDue(_ lack: WhyNot.Lack) -> Bool {
    lack.isFault || lack.claim.map(isDue) ?? false
  }

  func isDue(_ claim: WhyNot.Claim) -> Bool {
    guard let baseline else { return false }
    return (baseline.tuple(of: claim) == nil) == claim.holds
  }

  private mutating func obstacles(of claim: WhyNot.Claim) -> [Candidates] {
    let rules = tables.rules[claim.relation] ?? []
    let prevented = preventedInstances(for: claim)
    return rules.map { rule in
      var found = candidates(of: rule, for: claim)
      let nearest = found.instances
      found.instances = []
      for lacks in (prevented[rule] ?? []).map({ Self.generalised($0, by: nearest) }) + nearest
      where !found.instances.contains(lacks) {
        found.instances.append(lacks)
      }
      return found
    } + facts(for: claim)
  }

  /// `lacks`, but where `nearest` say of a whole pattern that it is absent, so do they.
  private static func generalised(
    _ lacks: [WhyNot.Lack], by nearest: [[WhyNot.Lack]]
  ) -> [WhyNot.Lack] {
    let patterns = nearest.joined().compactMap(\.claim).filter { !$0.holds }
    return lacks.map { lack in
      guard case .claim(let claim) = lack, !claim.holds else { return lack }
      let pattern = patterns.first { pattern in
        pattern.relation == claim.relation && pattern.round == claim.round
          && pattern.columns.matches(claim.columns.compactMap { $0 })
      }
      return .claim(pattern ?? claim)
    }
  }

  /// For each rule: what its instances lack that derive matching rows without the faults.
  private func preventedInstances(for claim: WhyNot.Claim) -> [RuleID: [[WhyNot.Lack]]] {
    guard let baseline else { return [:] }
    var found: [RuleID: [[WhyNot.Lack]]] = [:]
    let matching = baseline.entries(of: claim.relation, in: claim.round).filter {
      claim.columns.matches($0.values)
    }
    for entry in matching.prefix(8) {
      for firing in baseline.firings(of: entry.tuple).prefix(8) {
        guard let rule = baseline.execution.rule(of: firing),
          !execution.program.rules[rule].isAggregate, let lacks = lacks(of: firing, in: baseline.execution),
          !(found[rule]?.contains(lacks) ?? false)
        else { continue }
        found[rule, default: []].append(lacks)
      }
    }
    return found
  }

  /// What `firing`, of the run without faults, lacks in the run; nil where that is not among its premises.
  private func lacks(of firing: FiringID, in good: Execution) -> [WhyNot.Lack]? {
    var lacks: [WhyNot.Lack] = []
    for (premise, atom) in good.premisesWithNegatedAtoms(of: firing) {
      switch premise {
      case .tuple(let tuple):
        let row = good.store.row(of: tuple)
        let values = good.values(of: row)
        let (relation, round) = (good.store.relation(of: row), good.store.round(of: tuple))
        if execution.tuple(relation, values, in: round) == nil {
          lacks.append(.claim(WhyNot.Claim(relation, values, in: round, holds: false)))
        }
      case .absence(let absence):
        let sought = good.absence(absence)
        let blocking = tables.entries(of: sought.relation, in: sought.round).first {
          sought.pattern.matches($0.values, as: atom)
        }
        if let blocking {
          lacks.append(.claim(WhyNot.Claim(sought.relation, blocking.values, in: sought.round, holds: true)))
        }
      }
    }
    if let (node, round) = good.placeAndRound(of: firing),
      let stop = execution.faults.stoppage(of: node, in: round, execution.setting.crashView)
    {
      lacks.append(.fault(stop))
    }
    return lacks.isEmpty ? nil : lacks
  }

  private mutating func candidates(of rule: RuleID, for claim: WhyNot.Claim) -> Candidates {
    let timing = execution.program.rules[rule].timing
    if timing != .deductive, claim.round <= Round(1) {
      return Candidates(rule: rule, round: claim.round, instances: [[.beginning]])
    }
    let round = timing == .deductive ? claim.round : Round(rawValue: claim.round.rawValue - 1)
    let losses = losses(of: rule, in: round, for: claim)
    if !losses.isEmpty { return Candidates(rule: rule, round: round, instances: losses) }
    let left = max(0, Self.mostStepsOfAll - steps)
    var search = RuleSearch(
      tables, rule, for: claim, bodyIn: round, mostSteps: min(Self.mostSteps, left))
    let instances = search.nearest()
    steps += search.steps
    return Candidates(rule: rule, round: round, instances: instances)
  }

  /// The faults because of which `rule` sends in `round` what would match, and it does not arrive.
  private func losses(of rule: RuleID, in round: Round, for claim: WhyNot.Claim) -> [[WhyNot.Lack]] {
    guard execution.program.rules[rule].timing == .async else { return [] }
    var faults: [Fault] = []
    for message in tables.unpunctual(of: rule, in: round) {
      guard claim.columns.matches(execution.values(of: message.row)),
        let fault = execution.fault(behind: message), !faults.contains(fault)
      else { continue }
      faults.append(fault)
    }
    return faults.map { [.fault($0)] }
  }

  /// The facts that the program states and that are not placed, because of a fault or because they are not
  /// chosen.
  private func facts(for claim: WhyNot.Claim) -> [Candidates] {
    let program = execution.program
    var found: [[WhyNot.Lack]] = []
    for fact in program.facts where fact.relation == claim.relation && Round(named: fact.round) == claim.round
    {
      guard claim.columns.matches(fact.values) else { continue }
      let lack = fault(removing: TimedFact(fact, of: program), of: fact.relation).map {
        WhyNot.Lack.fault($0)
      }
      found.append([lack ?? .unknown])
    }
    for choice in program.choices where choice.relation == claim.relation {
      guard choice.rounds.contains(claim.round.position), claim.columns.matches(choice.values) else {
        continue
      }
      let name = Text(program.relations[choice.relation].name)
      let timed = TimedFact(NamedFact(name, choice.values), in: claim.round)
      let isChosen = execution.inputs.contains(timed)
      let fault = isChosen ? fault(removing: timed, of: choice.relation) : nil
      found.append([fault.map { WhyNot.Lack.fault($0) } ?? (isChosen ? .unknown : .notChosen)])
    }
    return found.isEmpty ? [] : [Candidates(rule: nil, round: claim.round, instances: found)]
  }

  private func fault(removing timed: TimedFact, of relation: RelationID) -> Fault? {
    let (faults, setting) = (execution.faults, execution.setting)
    if let fault = faults.removal(of: timed, setting.crashView) { return fault }
    guard case .string(let name)? = timed.fact.values.first, let node = setting.nodes.id(of: name) else {
      return nil
    }
    return faults.bar(
      at: node, execution.program.persistence(of: relation), in: timed.round, setting.crashView)
  }

  /// How a row comes about that holds: each firing, with what may be due to faults.
  private func ways(of claim: WhyNot.Claim) -> [Candidates] {
    guard let tuple = tables.tuple(of: claim) else { return [] }
    if let fault = execution.fault(toldBy: execution.store.row(of: tuple)) {
      return [Candidates(rule: nil, round: claim.round, instances: [[.fault(fault)]])]
    }
    return tables.firings(of: tuple).map { firing in
      var lacks: [WhyNot.Lack] = execution.faults(enabling: firing).map { .fault($0) }
      for premise in execution.premises(of: firing) { lacks += claimOf(premise).map { [.claim($0)] } ?? [] }
      let (rule, round) = (execution.rule(of: firing), execution.bodyRound(of: firing) ?? claim.round)
      for lack in rule.map({ missingRows(of: $0, deriving: claim, in: round) }) ?? []
      where !lacks.contains(lack) {
        lacks.append(lack)
      }
      return Candidates(rule: rule, round: round, instances: [lacks])
    }
  }

  /// What the rows lack that an aggregate has without the faults and not in the run, where it derives
  /// `claim`: but for them it would take another value.
  private func missingRows(
    of rule: RuleID, deriving claim: WhyNot.Claim, in round: Round
  ) -> [WhyNot.Lack] {
    guard let baseline, let rows = execution.schema.rowRelation(of: rule) else { return [] }
    let group = zip(execution.program.rules[rule].head, claim.columns).map { column, value -> Constant? in
      if case .expression = column { value } else { nil }
    }
    return baseline.entries(of: rows, in: round).filter { entry in
      group.matches(entry.values) && tables.first(rows, entry.values, in: round) == nil
    }.prefix(8).flatMap { entry in
      baseline.firings(of: entry.tuple).prefix(4).flatMap { lacks(of: $0, in: baseline.execution) ?? [] }
    }
  }

  /// A premise as a claim; nil for one whose pattern does not say all.
  private func claimOf(_ premise: Premise) -> WhyNot.Claim? {
    let store = execution.store
    switch premise {
    case .tuple(let tuple):
      let row = store.row(of: tuple)
      return WhyNot.Claim(
        store.relation(of: row), execution.values(of: row), in: store.round(of: tuple), holds: true)
    case .absence(let absence):
      let pattern = execution.absence(absence)
      if tables.first(pattern.relation, pattern.pattern, in: pattern.round) != nil { return nil }
      return WhyNot.Claim(pattern.relation, pattern.pattern, in: pattern.round, holds: false)
    }
  }
}

extension WhyNot.Lack {
  var isFault: Bool { if case .fault = self { true } else { false } }
}
