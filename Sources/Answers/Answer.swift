import Dedalus
import Evaluation
import Properties
import Scenarios

/// The answer to a question, and what it cost.
public struct Answer: Sendable {
  /// The question that was answered.
  public let question: Question
  /// How the answer was found.
  public let strategy: Strategy
  /// What the search found.
  public let finding: Finding
  /// The run without faults; nil where the search was stopped before its end.
  public let baseline: Execution?
  /// Where only one of the fault sets that are renamings of each other was tried: the number of renamings.
  public let renamings: Int?
  /// For the loop: the number of runs of an exhaustive search, once the loop has made more runs or solver
  /// calls than that.
  public let exhaustiveRuns: Int?
  /// Beside a counterexample with faults of other kinds than the paper's: a milder set of the same size that
  /// breaks the outcome, too. Nil where the counterexample itself is the mildest found.
  public let milder: BreakingSet?
  /// What of the program the admissible runs use, where that was asked for and could be found out.
  public let coverage: AdmissibleCoverage?
  /// Whether it holds, and no possible fault touches a row that the question is about.
  public let isUntouched: Bool
  /// The counters and times of the search.
  public let cost: Cost

  /// What a search by `strategy` found.
  package init(
    to question: Question, by strategy: Strategy, _ finding: Finding, baseline: Execution?,
    renamings: Int? = nil, exhaustiveRuns: Int? = nil, milder: BreakingSet? = nil,
    coverage: AdmissibleCoverage? = nil, isUntouched: Bool = false, cost: Cost = Cost()
  ) {
    assert(renamings ?? 1 >= 1, "the first renaming changes nothing, and is one")
    assert(baseline.map { $0.faults.count == 0 } ?? true, "the baseline has no faults")
    self.question = question
    self.strategy = strategy
    self.finding = finding
    self.baseline = baseline
    self.renamings = renamings
    self.exhaustiveRuns = exhaustiveRuns
    self.milder = milder
    self.coverage = coverage
    self.isUntouched = isUntouched
    self.cost = cost
  }
}

extension Answer {
  /// What was found, in a word.
  public var verdict: Verdict { finding.verdict }

  /// The fault set that breaks the outcome, where one was found.
  public var counterexample: Counterexample? {
    if case .counterexample(let first, _, _, _) = finding { first } else { nil }
  }

  /// The rows that are violated, under the faults of the counterexample or already without faults.
  public var violations: [Violation] {
    switch finding {
    case .counterexample(let first, _, _, _): first.violations
    case .badBaseline(let violations): violations
    case .holds, .inconclusive, .error: []
    }
  }

  /// What is chosen in the run that the answer shows: the counterexample, or the run without faults that is
  /// broken. Nothing where the answer shows none.
  public var inputs: Inputs {
    switch finding {
    case .counterexample(let first, _, _, _): first.inputs
    case .badBaseline: baseline?.inputs ?? .none
    case .error(_, let scenario, _, _): scenario.inputs
    case .holds, .inconclusive: .none
    }
  }

  /// The minimal sets, where there are any and they were asked for.
  public var minimalSets: MinimalSets? {
    if case .counterexample(_, let sets, _, _) = finding { sets } else { nil }
  }

  /// The properties that hold because they demand nothing in any admissible run.
  public var vacuousProperties: [String] {
    if case .holds(let vacuous) = finding { vacuous } else { [] }
  }

  /// Whether everything that is asked holds because it demands nothing in any admissible run.
  public var isVacuous: Bool {
    !vacuousProperties.isEmpty && vacuousProperties.count == question.properties.count
  }

  /// The limit that ended the search before its own end.
  public var limit: Limit? {
    switch finding {
    case .counterexample(_, _, _, let limit), .error(_, _, _, let limit): limit
    case .inconclusive(let limit, _): limit
    case .holds, .badBaseline: nil
    }
  }

  /// The largest number of faults that is proved harmless, where the outcome is not proved to hold; nil when
  /// nothing is proved.
  public var harmlessUpTo: Int? {
    switch finding {
    case .counterexample(_, _, let number, _), .error(_, _, let number, _), .inconclusive(_, let number):
      number
    case .holds, .badBaseline: nil
    }
  }
}

extension Answer {
  /// The same search with another finding.
  package func finding(_ finding: Finding) -> Answer {
    Answer(
      to: question, by: strategy, finding, baseline: baseline, renamings: renamings,
      exhaustiveRuns: exhaustiveRuns, milder: milder, coverage: coverage,
      isUntouched: isUntouched, cost: cost)
  }

  /// The same answer as the end of a series of searches that took `seconds` in total.
  package func lasting(_ seconds: Double) -> Answer {
    var cost = cost
    cost[.total] = seconds
    return Answer(
      to: question, by: strategy, finding, baseline: baseline, renamings: renamings,
      exhaustiveRuns: exhaustiveRuns, milder: milder, coverage: coverage,
      isUntouched: isUntouched, cost: cost)
  }
}
