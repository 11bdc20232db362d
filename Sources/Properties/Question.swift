import Dedalus
import Evaluation
import Scenarios
import Texts

/// When a run counts as a counterexample; reference-faults.md, "The specification".
public enum Oracle: String, Hashable, Sendable, CaseIterable {
  /// Some row is in `pre` and not in `post` at EOT.
  case implication
  /// Some row that `post` has without faults is now in `pre` but not in `post`.
  case molly
}

/// A question about a program: can admissible faults break what it promises?
public struct Question: Sendable {
  /// The protocol and its specification.
  public let program: Program
  /// Which faults may occur, and how many.
  public let bounds: Bounds
  /// When a run counts as a counterexample.
  public let oracle: Oracle
  /// What a crash does to the node itself.
  public let crashView: CrashView
  /// `pre` and `post`, or the relation that is asked for instead; nil where only other properties are asked.
  public let outcome: Outcome?
  /// What must hold: the outcome first, then the properties in the order of declaration.
  public let properties: [Property]
  /// The names of the properties to which the question is restricted; empty where it is not.
  public let restriction: [String]
  /// The rows that are looked for, where the question is in which run there is one.
  public let sought: RowMatch?

  /// Asks about `program`; `outcome` names the relation whose rows must survive, ignoring any `pre`. Where
  /// `names` are given, only the properties with these names are asked.
  public init(
    program: Program, bounds: Bounds, oracle: Oracle = .implication, crashView: CrashView = .silent,
    outcome: String? = nil, properties names: [String] = []
  ) throws(InvalidQuestion) {
    self.program = program
    self.bounds = bounds.with(openFacts: program.openFacts)
    self.oracle = oracle
    self.crashView = crashView
    let asked: Outcome?
    (asked, properties) = try Self.properties(of: program, oracle, outcome: outcome, named: names)
    restriction = names
    sought = nil
    self.outcome = asked.flatMap { asked in names.isEmpty || names.contains(asked.name) ? asked : nil }
    guard !properties.isEmpty else {
      throw InvalidQuestion(
        code: "no-post", message: "the program has no relation 'post' that says what must hold",
        fix: "add rules for 'post' (and 'pre'), or name another relation with --outcome")
    }
    try checkChoices()
  }

  /// The outcome of `program`, or that called `outcome`, and all properties or those with these `names`.
  static func properties(
    of program: Program, _ oracle: Oracle, outcome: String?, named names: [String]
  ) throws(InvalidQuestion) -> (outcome: Outcome?, all: [Property]) {
    let outcome = try Outcome(of: program, named: outcome)
    let all = (outcome.map { [$0.property(oracle)] } ?? []) + program.properties.map { Property($0) }
    for name in names where !all.contains(where: { $0.name == name }) {
      throw InvalidQuestion(
        code: "unknown-property", message: "there is no property '\(name.showingEverything)'",
        fix: "the properties are \(all.map { "'\($0.name)'" }.joined(separator: ", "))")
    }
    return (outcome, names.isEmpty ? all : all.filter { names.contains($0.name) })
  }

  /// Asks in which run of `program` one of the rows `sought` holds in some round. As for any other question,
  /// a fault set is looked for that breaks a property: that there is no such row.
  public init(
    program: Program, bounds: Bounds, crashView: CrashView = .silent, seeking sought: RowMatch
  ) throws(InvalidQuestion) {
    let relation = try sought.relation(in: program)
    self.program = program.asking(for: relation)
    self.bounds = bounds.with(openFacts: program.openFacts)
    self.crashView = crashView
    self.sought = sought
    (oracle, outcome, restriction) = (.implication, nil, [])
    properties = [
      Property(name: sought.text, form: .neverMatching(relation, sought))
    ]
    assert(!sought.columns.isEmpty, "a relation has a column for the location at least")
  }

  /// A property that compares with the run without faults says nothing where there are several such runs.
  private func checkChoices() throws(InvalidQuestion) {
    guard !program.choices.isEmpty, let compared = properties.first(where: \.comparesWithBaseline) else {
      return
    }
    let (message, fix) =
      oracle == .molly && outcome?.pre != nil
      ? ("the oracle 'molly' compares with one run without faults", "leave --oracle out")
      : (
        "without 'pre', '\(compared.name.showingEverything)' is compared with one run without faults",
        "say in 'pre' which rows must survive, or declare a property"
      )
    throw InvalidQuestion(
      code: "choice-without-premise",
      message: "\(message), and the program leaves open which one that is: it lets choose when "
        + "\(program.openFacts[0].fact.text.showingEverything) is placed", fix: fix)
  }

  private init(_ other: Question, only name: String) {
    (program, bounds, oracle, crashView) = (other.program, other.bounds, other.oracle, other.crashView)
    restriction = [name]
    sought = nil
    properties = other.properties.filter { $0.name == name }
    outcome = other.outcome.flatMap { $0.name == name ? $0 : nil }
    assert(!properties.isEmpty, "a part asks for a property of the whole")
  }

  /// The questions about one of its properties each, in order: what `--property` asks with each name.
  public var parts: [Question] {
    var seen: Set<String> = []
    return properties.map(\.name).filter { seen.insert($0).inserted }.map { Question(self, only: $0) }
  }

  /// Whether the program declares properties, so that answers name those that are violated.
  public var namesProperties: Bool { sought != nil || !program.properties.isEmpty }

  /// The property called `name`.
  public func property(named name: String) -> Property? { properties.first { $0.name == name } }

  /// The setting of every run that the question is about.
  public var setting: Setting { Setting(nodes: bounds.nodes, eot: bounds.eot, crashView: crashView) }

  /// The faults that are inputs of its circuit.
  package var possibleFaults: PossibleFaults {
    PossibleFaults(bounds)
  }
}

/// The specification of a program.
public struct Outcome: Hashable, Sendable {
  /// The premise. Nil where there is none: then every row of `post` in the failure-free run must survive.
  public let pre: RelationID?
  /// The relation whose rows must hold.
  public let post: RelationID
  /// The name of the relation `post`.
  public let name: String

  /// The outcome called `name` or, without one, `post`; nil where the program has no `post`, or declares a
  /// property of that name.
  init?(of program: Program, named name: String?) throws(InvalidQuestion) {
    if let name {
      guard let relation = program.relation(named: name) else {
        throw InvalidQuestion(code: "unknown-outcome", message: "the program has no relation '\(name)'")
      }
      (pre, post, self.name) = (nil, relation, name)
      return
    }
    guard let post = program.relation(named: "post"),
      !program.properties.contains(where: { $0.name == "post" })
    else { return nil }
    let pre = program.relation(named: "pre")
    if let pre, program.relations[pre].arity != program.relations[post].arity {
      throw InvalidQuestion(
        code: "specification-arity",
        message: "'pre' has \(program.relations[pre].arity) columns and 'post' "
          + "\(program.relations[post].arity); they must have the same")
    }
    (self.pre, self.post, self.name) = (pre, post, "post")
  }

  /// What the outcome demands.
  func property(_ oracle: Oracle) -> Property {
    guard let pre else { return Property(name: name, form: .survival(post)) }
    return Property(
      name: name, form: oracle == .molly ? .finallyExpected(pre, post) : .finally(pre, post))
  }
}

extension Property {
  /// What `declaration` demands.
  init(_ declaration: PropertyDeclaration) {
    let form: Form =
      switch declaration.form {
      case .finally(let pre, let post): .finally(pre, post)
      case .always(let pre, let post): .always(pre, post)
      case .never(let relation): .never(relation)
      case .within(let slack, let pre, let post): .within(slack, pre, post)
      case .stable(let relation): .stable(relation)
      }
    self.init(name: declaration.name, form: form)
  }
}
