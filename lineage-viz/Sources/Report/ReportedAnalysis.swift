import Answers
import Dedalus
import Evaluation
import Properties
import Search

/// An analysis in the form that a report needs.
public struct ReportedAnalysis {
  /// A named figure or remark.
  public struct Fact: Hashable, Sendable {
    /// The name, of a word or two.
    public let name: String
    /// The text next to the name.
    public let text: String

    /// The fact `name: text`.
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A run, and the reason why it was made.
  public struct Run {
    /// The reason why a run is shown.
    public enum Kind: String, Hashable, Sendable {
      /// The run without faults.
      case baseline
      /// A run that breaks the outcome.
      case counterexample
      /// A run that the search made on its way.
      case trial
    }

    /// The number of the run, unique in the analysis.
    public let number: Int
    /// The reason why the run is shown.
    public let kind: Kind
    /// The run itself.
    public let execution: Execution
    /// For a counterexample: whether every smaller fault set is proved harmless.
    public let isMinimum: Bool?
    /// For a counterexample: what becomes of it when its run goes on, where that is known.
    public let aftermath: Aftermath?
    /// For a counterexample: why it is one, where that is known already.
    public let reasoning: Reasoning?

    /// A run with its number in the analysis.
    public init(
      number: Int, kind: Kind, execution: Execution, isMinimum: Bool? = nil, aftermath: Aftermath? = nil,
      because reasoning: Reasoning? = nil
    ) {
      self.reasoning = reasoning
      self.number = number
      self.kind = kind
      self.execution = execution
      self.isMinimum = isMinimum
      self.aftermath = aftermath
    }

    /// Where the run repeats itself for ever and stays broken, if that is within its rounds.
    var loop: Recurrence? {
      guard let aftermath, case .isBrokenForEver = aftermath.outcome, let loop = aftermath.recurrence,
        loop.first <= execution.lastRound
      else { return nil }
      return loop
    }
  }

  /// The question of the analysis.
  public let question: Question
  /// The name of the program on the page.
  public let name: String
  /// The answer; nil where the analysis has none.
  public let verdict: Verdict?
  /// The answer in a sentence or two.
  public let explanation: String
  /// Where the program itself is at fault: what the terminal says of it, line by line; otherwise empty.
  public let complaint: String
  /// Further facts, in order.
  public let facts: [Fact]
  /// What of the program is used, part by part; empty where that was not asked for.
  public let coverage: [Fact]
  /// The counters and times of the search; nil where it has not ended.
  public let cost: Cost?

  /// The analysis of `question` with the answer `verdict`.
  public init(
    _ question: Question, name: String, verdict: Verdict?, explanation: String, complaint: String = "",
    facts: [Fact], coverage: [Fact] = [], cost: Cost? = nil
  ) {
    self.question = question
    self.name = name
    self.verdict = verdict
    self.explanation = explanation
    self.complaint = complaint
    self.facts = facts
    self.coverage = coverage
    self.cost = cost
  }
}
