// What the admissible runs use of a program. A rule that fires without faults needs no question. Of another
// one the grounding has the conditions under which it fires: where all of them fold to false it never does,
// which decides most; otherwise the solver is asked for an admissible fault set. So with premises that are
// never met, and with the left sides of properties. The questions have a solver of their own, so that the
// search for the answer is what it is without them.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios

extension Search {
  /// Finds out what the admissible runs use, `baseline` being that without faults. Where a limit is reached,
  /// nothing is said.
  mutating func cover(_ grounding: Grounding, after baseline: Execution) throws(Disagreement) {
    assert(baseline.faults.count == 0, "what is used under faults is compared with a run without any")
    guard draft.limit == nil, neverFails else { return }
    var circuit = grounding.circuit
    let silent = baseline.silentRules.sorted()
    let rules = silent.map { rule in
      RuleEdges(
        rule: rule, firing: circuit.or(grounding.firings[rule] ?? []),
        premises: grounding.premises(of: rule, &circuit))
    }
    let demands = question.judgedProperties.map { property in
      DemandEdges(
        property: property.name, demand: property.demand(in: grounding, &circuit),
        ofLiving: property.demandOfLiving(in: grounding, &circuit))
    }
    let edges =
      rules.flatMap { [$0.firing] + $0.premises.map(\.edge) } + demands.flatMap { [$0.demand, $0.ofLiving] }
    var model = self.model(of: grounding, circuit, goals: edges.filter { $0 != .never }, later: [])
    defer { if draft.coverage == nil { draft.limit = nil } }
    guard model.isComplete else { return }
    var coverage = AdmissibleCoverage()
    for rule in rules {
      guard let fires = try isPossible(rule.firing, &model) else { return }
      if fires {
        let firesWithoutFaults =
          possible.inputs.entries.isEmpty ? false : try isPossible(rule.firing, atMost: 0, &model)
        guard let firesWithoutFaults else { return }
        if firesWithoutFaults {
          coverage.onlyUnderOtherInputs.insert(rule.rule)
        } else {
          coverage.onlyUnderFaults.insert(rule.rule)
        }
        continue
      }
      var unmet: RelationID?
      for premise in rule.premises where unmet == nil {
        guard let isMet = try isPossible(premise.edge, &model) else { return }
        if !isMet { unmet = premise.relation }
      }
      coverage.neverFiring[rule.rule] = .some(unmet)
    }
    for demand in demands {
      guard let isSome = try isPossible(demand.demand, &model),
        let isOfLiving = try isPossible(demand.ofLiving, &model)
      else { return }
      if !isSome { coverage.undemanding.append(demand.property) }
      if isSome, !isOfLiving { coverage.onlyOfCrashed.append(demand.property) }
    }
    assert(
      coverage.onlyUnderFaults.union(coverage.onlyUnderOtherInputs).isDisjoint(
        with: coverage.neverFiring.keys),
      "what never fires fires nowhere")
    draft.coverage = coverage
  }

  private struct RuleEdges {
    let rule: RuleID
    let firing: Edge
    let premises: [(relation: RelationID, edge: Edge)]
  }

  private struct DemandEdges {
    let property: String
    let demand: Edge
    let ofLiving: Edge
  }

  /// Whether `edge` is true under some inputs and some admissible set of at most `size` faults; nil where
  /// patience ends first.
  private mutating func isPossible(
    _ edge: Edge, atMost size: Int? = nil, _ model: inout FaultModel
  ) throws(Disagreement) -> Bool? {
    if edge == .always || edge == .never { return edge == .always }
    return switch try prove(&model, .init(goals: [edge], atMost: size)) {
    case .satisfiable: true
    case .unsatisfiable: false
    case .unknown: nil
    }
  }
}

extension Search {
  /// Notes where the question holds and no possible fault touches a row that it is about, in whatever round.
  /// Where faults delay such a row and it is there in the end, they have been made good.
  mutating func noteUntouched(in grounding: Grounding) {
    assert(!draft.isUntouched, "this is found out once")
    guard case .holds = draft.decision, question.bounds.admitsFaults else { return }
    let relations = Set(question.properties.flatMap { [$0.pre, $0.post].compactMap(\.self) })
    let edges = relations.flatMap { grounding.rows(of: $0).flatMap { $0.map(\.condition) } }
    draft.isUntouched = grounding.circuit.inputs(of: edges).isEmpty
  }
}

extension Bounds {
  /// Whether the bounds admit any fault.
  fileprivate var admitsFaults: Bool {
    let possible = PossibleFaults(self)
    return KindID.allIDs.contains { possible.count(of: $0) > 0 }
  }
}

extension Grounding {
  /// For each positive premise of `rule`: that some row meets it in some round.
  fileprivate func premises(
    of rule: RuleID, _ circuit: inout Circuit
  ) -> [(relation: RelationID, edge: Edge)] {
    compiled.program.rules[rule].body.compactMap { term in
      guard case .atom(let atom) = term, !atom.isNegated else { return nil }
      let conditions = rows(of: atom.relation).enumerated().flatMap { place, rows in
        atom.round != nil && atom.round != place + 1
          ? [] : rows.filter { atom.mayMatch($0.row) }.map(\.condition)
      }
      return (atom.relation, circuit.or(conditions))
    }
  }
}

extension Atom {
  /// Whether `row` has the constants of the atom.
  fileprivate func mayMatch(_ row: [Constant]) -> Bool {
    assert(columns.count == row.count, "an atom has a column for each value of its relation")
    return zip(columns, row).allSatisfy { column, value in
      if case .constant(let wanted) = column { wanted == value } else { true }
    }
  }
}

extension Property {
  /// Under which condition a row demands something of which not every node that it names crashes in that run.
  /// A row that names no node counts.
  fileprivate func demandOfLiving(in grounding: Grounding, _ circuit: inout Circuit) -> Edge {
    guard let pre, let rounds = demandingRounds(upTo: grounding.lastRound) else { return .never }
    var crashes: [NodeID: [Edge]] = [:]
    for (choice, fault) in grounding.faults.all where fault.kind == .crash {
      if case .node(let node) = fault.subject { crashes[node, default: []].append(circuit.truth(of: choice)) }
    }
    if crashes.isEmpty { return demand(in: grounding, &circuit) }
    let nodes = grounding.setting.nodes
    var conditions: [Edge] = []
    let rows = grounding.rows(of: pre)
    for round in rounds {
      for (row, condition) in rows[round - 1] {
        let named = row.compactMap { value -> NodeID? in
          if case .string(let name) = value { nodes.id(of: name) } else { nil }
        }
        let living = named.map { !circuit.or(crashes[$0] ?? []) }
        conditions.append(named.isEmpty ? condition : circuit.and([condition, circuit.or(living)]))
      }
    }
    return circuit.or(conditions)
  }
}
