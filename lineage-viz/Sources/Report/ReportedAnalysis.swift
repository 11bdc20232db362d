import Dedalus
import Evaluation
import Properties
import Search

/// An analysis as a report tells it.
public struct ReportedAnalysis {
  /// A figure, or a remark, with its name.
  public struct Fact: Hashable, Sendable {
    /// What it is, in a word or two.
    public let name: String
    /// What is said of it.
    public let text: String

    /// `name: text`
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A run and why it was made.
  public struct Run {
    /// Why a run is told about.
    public enum Kind: String, Hashable, Sendable {
      /// The run without faults.
      case baseline
      /// A run that breaks the outcome.
      case counterexample
      /// A run that a search made on its way.
      case trial
    }

    /// Its number, each once.
    public let number: Int
    /// Why it is told about.
    public let kind: Kind
    /// The run.
    public let execution: Execution
    /// For a counterexample: whether every smaller fault set is proved harmless.
    public let isMinimum: Bool?

    /// A run with its number.
    public init(number: Int, kind: Kind, execution: Execution, isMinimum: Bool? = nil) {
      self.number = number
      self.kind = kind
      self.execution = execution
      self.isMinimum = isMinimum
    }
  }

  /// What was asked.
  public let question: Question
  /// The program, as the page calls it.
  public let name: String
  /// The answer; nil where the analysis did not come to one.
  public let verdict: Verdict?
  /// The answer in a sentence or two.
  public let explanation: String
  /// What else there is to say, in order.
  public let facts: [Fact]

  /// What `verdict` says about `question`.
  public init(
    _ question: Question, name: String, verdict: Verdict?, explanation: String, facts: [Fact]
  ) {
    self.question = question
    self.name = name
    self.verdict = verdict
    self.explanation = explanation
    self.facts = facts
  }
}
