// What is asked, in the terms of the reference evaluator and encoder.

import Properties
import ReferenceEvaluator
import Scenarios

extension ReferenceFault {
  /// `fault` in the terms of the reference evaluator.
  package init(_ fault: Fault, nodes: Nodes) {
    var fact: ReferenceFact?
    if case .fact(let missing) = fault.subject {
      fact = ReferenceFact(TimedFact(missing, in: fault.round))
    }
    let known = ReferenceFault(
      fault.meaning.name, fault.subject.nodes.map { nodes[$0] }, round: fault.round.position,
      until: fault.meaning.measure == .until ? fault.until.position : nil,
      late: fault.meaning.measure == .late ? fault.extent : nil, fact: fact)
    guard let known else { preconditionFailure("the reference evaluator knows every kind of fault") }
    self = known
  }
}

extension ReferenceFact {
  /// `fact` in the terms of the reference evaluator.
  package init(_ fact: TimedFact) {
    self.init(relation: fact.fact.relation, values: fact.fact.values, round: fact.round.position)
  }
}

extension ReferenceSpecification {
  /// What `property` demands, in the terms of the reference evaluator.
  package init(_ property: Property) {
    switch property.form {
    case .finally(let pre, let post): self = .implication(pre: pre, post: post)
    case .finallyExpected(let pre, let post): self = .molly(pre: pre, post: post)
    case .survival(let outcome): self = .survival(of: outcome)
    case .always(let pre, let post): self = .always(pre: pre, post: post)
    case .never(let relation): self = .never(relation)
    case .neverMatching(let relation, let match):
      self = .neverMatching(relation, columns: match.columns, round: match.round)
    case .within(let slack, let pre, let post): self = .within(slack: slack, pre: pre, post: post)
    case .stable(let relation): self = .stable(relation)
    }
  }
}

extension ReferenceFaultSpace {
  /// The fault sets within `bounds`, in the terms of the reference evaluator.
  package init(_ bounds: Bounds) {
    let nodes = bounds.nodes
    var budgets: [ReferenceFault.Kind: Int] = [:]
    for kind in ReferenceFault.Kind.allCases {
      assert(KindID(named: kind.name) != nil, "the kinds have the same names here and there")
      if let known = KindID(named: kind.name) { budgets[kind] = bounds.most(of: known) }
    }
    self.init(nodes: Array(nodes.names), eot: bounds.eot, eff: bounds.eff, budgets: budgets)
    (window, late, lastCrash) = (bounds.budgets.window, bounds.budgets.late, bounds.budgets.lastCrash)
    split =
      switch bounds.budgets.split {
      case .any: .any
      case .one: .one
      case .half: .half
      }
    sparedNodes = Set(bounds.budgets.spared.nodes.map { nodes[$0] })
    sparedLinks = Set(
      bounds.budgets.spared.links.map { Link(from: nodes[$0.sender], to: nodes[$0.receiver]) })
    configuration = bounds.facts.map(ReferenceFact.init)
  }
}
