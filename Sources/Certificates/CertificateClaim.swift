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
  /// The files of the call, in order, with paths relative to the certificate.
  public let files: [CounterexampleFile.Source]
  /// The files that those of the call include, directly or not.
  public let included: [CounterexampleFile.Source]
  /// The bounds of the question.
  public let bounds: Bounds
  /// When a run counts as a counterexample.
  public let oracle: Oracle
  /// The name of the relation whose rows must not be violated.
  public let outcome: String
  /// Whether the call named the outcome, so that `pre` is ignored.
  public let ignoresPre: Bool
  /// What a crash does to the node itself.
  public let crashView: CrashView
  /// The counterexample that is claimed to be minimum; empty where the claim is that there is none.
  public let faults: FaultSet
  /// The rows that the counterexample violates, sorted.
  public let violated: [[Constant]]

  /// The largest number of faults that is claimed to be harmless; nil where any number is.
  public var harmlessUpTo: Int? { faults.count == 0 ? nil : faults.count - 1 }

  /// The claim in words.
  public var statement: String {
    guard let harmlessUpTo else { return "no set of faults within the bounds breaks '\(outcome)'" }
    return switch harmlessUpTo {
    case 0: "this fault breaks '\(outcome)', which holds without faults"
    case 1: "these faults break '\(outcome)', and no single one within the bounds does"
    default: "these faults break '\(outcome)', and no \(harmlessUpTo) within the bounds do"
    }
  }

  /// The claim that `answer` justifies; nil where it proves nothing.
  public init?(
    _ answer: Answer, files: [CounterexampleFile.Source], included: [CounterexampleFile.Source]
  ) {
    switch answer.verdict {
    case .holds: (faults, violated) = (.none, [])
    case .counterexample:
      guard let counterexample = answer.counterexamples.first, counterexample.minimum else { return nil }
      (faults, violated) = (counterexample.faults, counterexample.violations.rows)
    case .inconclusive, .badBaseline, .error: return nil
    }
    let question = answer.question
    self.files = files
    self.included = included
    bounds = question.bounds
    oracle = question.oracle
    outcome = question.outcome.name
    ignoresPre = question.outcome.pre == nil && question.program.relation(named: "pre") != nil
    crashView = question.crashView
  }

  /// The claim about `program`, read from the files that the claim names.
  public func claim(about program: Program) throws(InvalidQuestion) -> Claim {
    let isNamed = ignoresPre || outcome != "post"
    let question = try Question(
      program: program, bounds: bounds, oracle: oracle, crashView: crashView, outcome: isNamed ? outcome : nil
    )
    let specification: ReferenceSpecification =
      switch (question.outcome.pre, oracle) {
      case (nil, _): .survival(of: question.outcome.post)
      case (let pre?, .implication): .implication(pre: pre, post: question.outcome.post)
      case (let pre?, .molly): .molly(pre: pre, post: question.outcome.post)
      }
    let nodes = bounds.nodes
    return Claim(
      space: ReferenceFaultSpace(
        nodes: Array(nodes.names), eot: bounds.eot, eff: bounds.eff, crashes: bounds.crashes),
      crashView: crashView == .silent ? .silent : .failStop, specification: specification,
      counterexample: harmlessUpTo.map { _ in
        Claim.Counterexample(
          faults: faults.faults.map { ReferenceFault($0, nodes: nodes) }, violated: violated)
      })
  }
}

extension ReferenceFault {
  /// `fault` in the terms of the reference evaluator.
  init(_ fault: Fault, nodes: Nodes) {
    let names = fault.subject.nodes.map { nodes[$0] }
    guard let known = ReferenceFault(fault.meaning.name, names, round: fault.round.position) else {
      preconditionFailure("the reference evaluator knows every kind of fault")
    }
    self = known
  }
}

extension CertificateClaim {
  static let keys = [
    "statement", "program", "bounds", "oracle", "outcome", "ignoresPre", "crashView", "harmlessUpTo",
    "faults",
    "violated",
  ]

  /// The claim as a document.
  public var json: JSON {
    [
      "statement": .string(statement),
      "program": CounterexampleFile.json(files, including: included),
      "bounds": JSON(bounds),
      "oracle": .string(oracle.rawValue),
      "outcome": .string(outcome),
      "ignoresPre": .bool(ignoresPre),
      "crashView": .string(crashView.rawValue),
      "harmlessUpTo": harmlessUpTo.map { .integer($0) } ?? .null,
      "faults": JSON(faults, nodes: bounds.nodes),
      "violated": JSON(rows: violated),
    ]
  }

  /// The claim as the formula's header repeats it, line by line.
  public var lines: [Text] { json.text.split(separator: "\n").map { Text(String($0)) } }

  init(_ value: StrictJSON) throws(JSONError) {
    let object = try StrictObject(value, keys: Self.keys)
    (files, included) = try CounterexampleFile.program(object["program"])
    bounds = try object["bounds"].bounds()
    oracle = try object["oracle"].choice()
    outcome = try object["outcome"].string()
    ignoresPre = try object["ignoresPre"].bool()
    crashView = try object["crashView"].choice()
    faults = try object["faults"].faults(within: bounds)
    violated = try object["violated"].rows()
  }
}
