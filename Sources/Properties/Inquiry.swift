// A question in words: what calls, scenario lines, saved counterexamples, claims and the record say of it,
// apart from the program. From an inquiry about a program comes a question, and from a question its inquiry.

import Dedalus
import Evaluation
import Scenarios
import Texts

/// What is asked, whatever the program.
public struct Inquiry: Hashable, Sendable {
  /// Where the inquiry stands, which decides how its settings are written in messages.
  public enum Medium: Hashable, Sendable {
    /// In options, as in `--restarts 1`.
    case call
    /// In a scenario line, as in `restarts=1`.
    case line
  }

  /// The last round.
  public var eot: Int
  /// The round before which faults that pass are over.
  public var eff = 0
  /// How many faults of each kind there may be, and how far they may go.
  public var settings: [BudgetSetting] = []
  /// The nodes; nil for those that the program's facts name.
  public var nodes: Nodes?
  /// When a run counts as a counterexample.
  public var oracle = Oracle.implication
  /// What a crash does to the node itself.
  public var crashView = CrashView.silent
  /// The relation whose rows must not be violated.
  public var outcome = "post"
  /// Whether any `pre` is ignored, because the outcome was named.
  public var ignoresPre = false
  /// The names of the properties that are asked; empty for all.
  public var properties: [String] = []
  /// Whether only properties of safety or of liveness are asked, with the faults that belong to them.
  public var mode: Mode?
  /// The rows that are looked for, where the question is in which run there is one.
  public var sought: RowMatch?
  /// Where the inquiry stands.
  public var medium = Medium.call

  /// An inquiry about runs of `eot` rounds.
  public init(eot: Int) { self.eot = eot }

  /// Names the relation whose rows must survive, instead of `pre` and `post`; nil keeps these.
  public mutating func name(outcome: String?) {
    guard let outcome else { return }
    (self.outcome, ignoresPre) = (outcome, true)
  }

  /// The outcome as a call names it; nil where it is `post`, with `pre` if there is one.
  public var namedOutcome: String? { ignoresPre || outcome != "post" ? outcome : nil }

  /// The nodes of an analysis of `program`.
  public func nodes(of program: Program) -> Nodes { nodes ?? Nodes(program.defaultNodes) }

  /// The bounds of the inquiry about `program`.
  public func bounds(_ program: Program) throws(InvalidQuestion) -> Bounds {
    let nodes = nodes(of: program)
    let budgets = try Budgets(settings, nodes: nodes) { medium == .call ? "--\($0)" : "'\($0)='" }
    return try Bounds(
      eot: eot, eff: eff, budgets: budgets, nodes: nodes, facts: program.configuredFacts,
      openFacts: program.openFacts)
  }

  /// The question about `program`.
  public func question(about program: Program) throws(InvalidQuestion) -> Question {
    let plain = try withoutMode(about: program)
    let bounds = try plain.bounds(program)
    try bounds.checkEFF()
    try checkRecovery(bounds)
    return try plain.question(about: program, within: bounds)
  }

  /// The question about `program` at `eot` and `eff`, where budgets may wait for a larger EFF.
  public func question(about program: Program, eot: Int, eff: Int) throws(InvalidQuestion) -> Question {
    var inquiry = self
    (inquiry.eot, inquiry.eff) = (eot, eff)
    inquiry = try inquiry.withoutMode(about: program)
    return try inquiry.question(about: program, within: inquiry.bounds(program))
  }

  private func question(
    about program: Program, within bounds: Bounds
  ) throws(InvalidQuestion) -> Question {
    assert(mode == nil, "a mode is told as an EFF and properties before it is asked for")
    if let sought {
      return try Question(program: program, bounds: bounds, crashView: crashView, seeking: sought)
    }
    return try Question(
      program: program, bounds: bounds, oracle: oracle, crashView: crashView, outcome: namedOutcome,
      properties: properties)
  }

  /// Whether `program` has a specification for this inquiry.
  public func hasSpecification(in program: Program) -> Bool {
    sought != nil || namedOutcome != nil || program.relation(named: "post") != nil
      || !program.properties.isEmpty
  }

  /// The setting of the inquiry's runs of `program`.
  public func setting(_ program: Program) -> Setting {
    Setting(nodes: nodes(of: program), eot: eot, crashView: crashView)
  }
}

extension Inquiry {
  /// The inquiry that asks `question`.
  public init(_ question: Question) {
    let bounds = question.bounds
    self.init(eot: bounds.eot)
    eff = bounds.eff
    settings = bounds.budgets.settings(bounds.nodes)
    nodes = bounds.nodes
    oracle = question.oracle
    crashView = question.crashView
    if let asked = question.outcome {
      outcome = asked.name
      ignoresPre = asked.pre == nil && question.program.relation(named: "pre") != nil
    }
    properties = question.restriction
    sought = question.sought
  }

  /// The same where nothing may go wrong: what a call of `run` asks, which names its faults itself.
  public var withoutFaults: Inquiry {
    var calm = self
    (calm.eff, calm.settings) = (0, [])
    return calm
  }

  /// The words of a call that asks it, from `--eot` on. What is as usual is left out.
  public var options: [String] {
    var words = ["--eot", "\(eot)"]
    if eff > 0 { words += ["--eff", "\(eff)"] }
    words += settings.filter(\.matters).map { shellOption("--" + $0.name, $0.value) }
    if let nodes { words.append(shellOption("--nodes", nodes.list)) }
    if oracle != .implication { words += ["--oracle", oracle.rawValue] }
    if crashView != .silent { words += ["--crash-view", crashView.rawValue] }
    if let namedOutcome { words.append(shellOption("--outcome", namedOutcome)) }
    words += properties.map { shellOption("--property", $0) }
    return words
  }
}
