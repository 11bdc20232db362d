import Properties
import Scenarios

/// The circuit and a concrete run contradict each other: a bug in Faultline.
public struct Disagreement: Error {
  /// The question that was searched.
  public let question: Question
  /// The faults and inputs under which the circuit and the run differ.
  public let scenario: Scenario
  /// What the circuit says and what the run shows.
  public let description: String

  package init(question: Question, scenario: Scenario, description: String) {
    self.question = question
    self.scenario = scenario
    self.description = description
  }
}
