import Dedalus
import Evaluation
import Scenarios
import Search
import Synchronization

/// The runs that a search has told of, in order.
package final class RunLog: Sendable {
  private let told = Mutex<[(faults: FaultSet, violated: [[Constant]])]>([])

  package init() {}

  package var runs: [(faults: FaultSet, violated: [[Constant]])] { told.withLock { $0 } }

  /// `patience` that has a search tell this log.
  package func listening(_ patience: Patience) -> Patience {
    var patience = patience
    patience.didRun = { execution, violated in
      self.told.withLock { $0.append((execution.faults, violated)) }
    }
    return patience
  }
}
