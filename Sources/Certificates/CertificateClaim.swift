import Dedalus
import Documents
import Evaluation
import Properties
import ReferenceEvaluator
import Scenarios
import Search
import Texts

/// The claim of a certificate, which is in its `claim.json` and, word for word, in the header of its formula.
public struct CertificateClaim: Hashable, Sendable {
  /// What was asked, with paths relative to the certificate.
  public let asked: AskedQuestion
  /// The counterexample that is claimed to be minimum; empty where the claim is that there is none.
  public let faults: FaultSet
  /// What the counterexample violates.
  public let violations: [Violation]

  /// The largest number of faults that is claimed to be harmless; nil where any number is.
  public var harmlessUpTo: Int? { faults.count == 0 ? nil : faults.count - 1 }

  /// The claim in words.
  public var statement: String {
    let what = asked.namesProperties ? "a property" : "'\(asked.outcome)'"
    guard let harmlessUpTo else { return "no set of faults within the bounds breaks \(what)" }
    return switch harmlessUpTo {
    case 0: "this fault breaks \(what), which holds without faults"
    case 1: "these faults break \(what), and no single one within the bounds does"
    default: "these faults break \(what), and no \(harmlessUpTo) within the bounds do"
    }
  }

  /// The claim that `answer` justifies; nil where it proves nothing.
  public init?(_ answer: Answer, files: [AskedQuestion.Source], included: [AskedQuestion.Source]) {
    switch answer.finding {
    case .holds: (faults, violations) = (.none, [])
    case .counterexample(let first, _, _, _):
      guard first.minimum else { return nil }
      (faults, violations) = (first.faults, first.violations)
    case .inconclusive, .badBaseline, .error: return nil
    }
    asked = AskedQuestion(answer.question, files: files, included: included)
  }

  /// The claim about `program`, read from the files that the claim names.
  public func claim(about program: Program) throws(InvalidQuestion) -> Claim {
    let question = try asked.question(about: program)
    let bounds = asked.bounds
    let nodes = bounds.nodes
    return Claim(
      space: ReferenceFaultSpace(question.bounds),
      crashView: asked.crashView == .silent ? .silent : .failStop,
      properties: question.properties.map { ($0.name, ReferenceSpecification($0)) },
      namesProperties: question.namesProperties,
      counterexample: harmlessUpTo.map { _ in
        Claim.Counterexample(
          faults: faults.faults.map { ReferenceFault($0, nodes: nodes) },
          breaches: violations.map {
            Claim.Breach(property: $0.property, round: $0.round.position, row: $0.row)
          })
      })
  }
}

extension ReferenceFault {
  /// `fault` in the terms of the reference evaluator.
  package init(_ fault: Fault, nodes: Nodes) {
    var fact: ReferenceFact?
    if case .fact(let missing) = fault.subject {
      fact = ReferenceFact(
        relation: missing.relation, values: missing.values, round: fault.round.position)
    }
    let known = ReferenceFault(
      fault.meaning.name, fault.subject.nodes.map { nodes[$0] }, round: fault.round.position,
      until: fault.meaning.measure == .until ? fault.until.position : nil,
      late: fault.meaning.measure == .late ? fault.extent : nil, fact: fact)
    guard let known else { preconditionFailure("the reference evaluator knows every kind of fault") }
    self = known
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
      if let known = KindID(named: kind.name) { budgets[kind] = bounds.most(of: known) }
    }
    self.init(nodes: Array(nodes.names), eot: bounds.eot, eff: bounds.eff, budgets: budgets)
    (window, late) = (bounds.budgets.window, bounds.budgets.late)
    split =
      switch bounds.budgets.split {
      case .any: .any
      case .one: .one
      case .half: .half
      }
    sparedNodes = Set(bounds.budgets.spared.nodes.map { nodes[$0] })
    sparedLinks = Set(
      bounds.budgets.spared.links.map { Link(from: nodes[$0.sender], to: nodes[$0.receiver]) })
    configuration = bounds.facts.map {
      ReferenceFact(relation: $0.fact.relation, values: $0.fact.values, round: $0.round.position)
    }
  }
}

extension CertificateClaim {
  static let keys = ["statement"] + AskedQuestion.keys + ["harmlessUpTo", "faults", "violated"]

  /// The claim as a document.
  public var json: JSON {
    .object(
      [.init(key: "statement", value: .string(statement))] + asked.members + [
        .init(key: "harmlessUpTo", value: harmlessUpTo.map { .integer($0) } ?? .null),
        .init(key: "faults", value: JSON(faults, nodes: asked.bounds.nodes)),
      ] + JSON.members(violations, of: asked.outcome, named: asked.namesProperties))
  }

  /// The claim as the formula's header repeats it, line by line.
  public var lines: [Text] { json.text.split(separator: "\n").map { Text(String($0)) } }

  init(_ value: StrictJSON) throws(JSONError) {
    let object = try StrictObject(
      value, keys: Self.keys, optional: AskedQuestion.optionalKeys + ["violations"])
    asked = try AskedQuestion(object)
    faults = try object["faults"].faults(within: asked.bounds)
    violations = try object.violations(of: asked)
  }
}
