import Evaluation
import Scenarios

/// What an earlier search for the same answer found out before a limit cut it off.
///
/// A search that is given one makes the same runs again, for whoever is told of them, but does not ask the solver
/// again what it knows; and the time that it takes to come as far as the earlier one is not counted.
public struct EarlierSearch: Hashable, Sendable {
  /// A run that was made.
  public struct Run: Hashable, Sendable {
    /// The faults that it ran under.
    public let faults: FaultSet
    /// Whether they break the outcome.
    public let isBreaking: Bool
    /// Whether every smaller fault set is proved harmless.
    public let isMinimum: Bool

    /// A run under `faults`.
    public init(_ faults: FaultSet, isBreaking: Bool, isMinimum: Bool) {
      self.faults = faults
      self.isBreaking = isBreaking
      self.isMinimum = isMinimum
    }
  }

  /// In the order in which they were made, that without faults first.
  public var runs: [Run]
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public var harmlessUpTo: Int?

  /// A search that made these runs.
  public init(runs: [Run] = [], harmlessUpTo: Int? = nil) {
    self.runs = runs
    self.harmlessUpTo = harmlessUpTo
  }

  /// The best that was found.
  var best: FaultSet? { listed.first ?? runs.last { $0.isBreaking && $0.faults.count > 0 }?.faults }

  /// The minimal sets that were listed, in order; empty where not even the first was proved to be one.
  var listed: [FaultSet] {
    let breaking = runs.filter { $0.isBreaking && $0.faults.count > 0 }
    return breaking.first?.isMinimum == true ? breaking.map(\.faults) : []
  }
}
