import Dedalus
import Evaluation
import Properties
import Scenarios

/// What of a program the admissible runs use, beyond what that without faults does.
public struct AdmissibleCoverage: Sendable, Equatable {
  /// Rules that fire in some admissible run, but in none without faults.
  public package(set) var onlyUnderFaults: Set<RuleID> = []
  /// Rules that fire in some run without faults, but not under the inputs of the first one.
  public package(set) var onlyUnderOtherInputs: Set<RuleID> = []
  /// Rules that fire in no admissible run, each with the relation of its first premise that is never met;
  /// nil where each premise is met in some run, but never all in one.
  public package(set) var neverFiring: [RuleID: RelationID?] = [:]
  /// The properties of which no admissible run has a row that demands something.
  public package(set) var undemanding: [String] = []
  /// The properties of which some run has such a row, but each node that the row names crashes in that run.
  public package(set) var onlyOfCrashed: [String] = []

  package init() {}
}

extension Execution {
  /// The rules that never fire in the run.
  public var silentRules: Set<RuleID> {
    var silent = Set(program.rules.indices)
    for firing in firingIDs { if let rule = rule(of: firing) { silent.remove(rule) } }
    return silent
  }
}

extension AdmissibleCoverage {
  /// Cautions about what is never used.
  public func cautions(on question: Question, besides vacuous: [String]) -> [Caution] {
    let program = question.program
    var cautions: [Caution] = []
    if !neverFiring.isEmpty {
      let places = neverFiring.keys.sorted().map { program.place(of: program.rules[$0].range) }
      let shown = places.prefix(5).joined(separator: ", ")
      let rest = places.count > 5 ? " and \(places.count - 5) more" : ""
      cautions.append(
        Caution(
          code: "rule-never-fires",
          message: places.count == 1
            ? "The rule \(shown) fires in no run within the bounds."
            : "The rules \(shown)\(rest) fire in no run within the bounds."))
    }
    for name in undemanding where !vacuous.contains(name) {
      cautions.append(
        Caution(
          code: "vacuous-property",
          message: "'\(name)' demands nothing: no run within the bounds has a row on its left side."))
    }
    for name in onlyOfCrashed {
      cautions.append(
        Caution(
          code: "demand-of-crashed",
          message:
            "'\(name)' demands something of crashed nodes only: wherever its left side has a row, each node that the row names crashes in that run."
        ))
    }
    return cautions
  }
}
