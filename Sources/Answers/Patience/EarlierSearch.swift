import Evaluation
import Scenarios

/// What an earlier search for the same answer found out before a limit cut it off.
///
/// A search that continues an earlier one repeats its runs, because the caller may listen for them, but does
/// not ask the solver again for what is known. The time until it has caught up is not counted.
public struct EarlierSearch: Hashable, Sendable {
  /// A run that the search made.
  public struct Run: Hashable, Sendable {
    /// The faults of the run, and what is chosen in it.
    public let scenario: Scenario
    /// Whether they break the outcome.
    public let isBreaking: Bool
    /// Whether every smaller fault set is proved harmless.
    public let isMinimum: Bool

    /// A run under `scenario`.
    public init(_ scenario: Scenario, isBreaking: Bool, isMinimum: Bool) {
      self.scenario = scenario
      self.isBreaking = isBreaking
      self.isMinimum = isMinimum
    }

    /// The faults of the run.
    public var faults: FaultSet { scenario.faults }
  }

  /// The runs in the order in which they were made, starting with the failure-free run.
  public var runs: [Run]
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public var harmlessUpTo: Int?

  /// An earlier search that made these runs.
  public init(runs: [Run] = [], harmlessUpTo: Int? = nil) {
    self.runs = runs
    self.harmlessUpTo = harmlessUpTo
  }

  /// The best counterexample that was found.
  package var best: Scenario? { listed.first ?? runs.last { $0.isBreaking && $0.faults.count > 0 }?.scenario }

  /// The minimal sets that were listed, in order; empty where not even the first was proved minimum.
  package var listed: [Scenario] {
    let breaking = runs.filter { $0.isBreaking && $0.faults.count > 0 }
    return breaking.first?.isMinimum == true ? breaking.map(\.scenario) : []
  }
}
