import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Synchronization

/// The runs that a search has told of, in order.
package final class RunLog: Sendable {
  private let told = Mutex<[(faults: FaultSet, violations: [Violation])]>([])

  package init() {}

  package var runs: [(faults: FaultSet, violations: [Violation])] { told.withLock { $0 } }

  /// `patience` that has a search tell this log.
  package func listening(_ patience: Patience) -> Patience {
    var patience = patience
    patience.didRun = { execution, violations in
      self.told.withLock { $0.append((execution.faults, violations)) }
    }
    return patience
  }
}
