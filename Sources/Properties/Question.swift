import Dedalus
import Evaluation
import Scenarios

/// When a run counts as a counterexample; reference-faults.md, "The specification".
public enum Oracle: String, Hashable, Sendable, CaseIterable {
  /// Some row is in `pre` and not in `post` at EOT.
  case implication
  /// Some row that `post` has without faults is now in `pre` but not in `post`.
  case molly
}

/// A question about a program: can admissible faults break its outcome?
public struct Question: Sendable {
  /// The protocol and its specification.
  public let program: Program
  /// Which faults may occur, and how many.
  public let bounds: Bounds
  /// When a run counts as a counterexample.
  public let oracle: Oracle
  /// What a crash does to the node itself.
  public let crashView: CrashView
  /// The relations that specify what must hold.
  public let outcome: Outcome

  /// Asks about `program`; `outcome` names the relation whose rows must survive, ignoring any `pre`.
  public init(
    program: Program, bounds: Bounds, oracle: Oracle = .implication, crashView: CrashView = .silent,
    outcome: String? = nil
  ) throws(InvalidQuestion) {
    self.program = program
    self.bounds = bounds
    self.oracle = oracle
    self.crashView = crashView
    self.outcome = try Outcome(of: program, named: outcome)
  }

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

  init(of program: Program, named name: String?) throws(InvalidQuestion) {
    if let name {
      guard let relation = program.relation(named: name) else {
        throw InvalidQuestion(code: "unknown-outcome", message: "the program has no relation '\(name)'")
      }
      (pre, post, self.name) = (nil, relation, name)
      return
    }
    guard let post = program.relation(named: "post") else {
      throw InvalidQuestion(
        code: "no-post", message: "the program has no relation 'post' that says what must hold",
        fix: "add rules for 'post' (and 'pre'), or name another relation with --outcome")
    }
    let pre = program.relation(named: "pre")
    if let pre, program.relations[pre].arity != program.relations[post].arity {
      throw InvalidQuestion(
        code: "specification-arity",
        message: "'pre' has \(program.relations[pre].arity) columns and 'post' "
          + "\(program.relations[post].arity); they must have the same")
    }
    (self.pre, self.post, self.name) = (pre, post, "post")
  }
}
