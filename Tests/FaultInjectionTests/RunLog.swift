import Dedalus
import Evaluation
import FaultInjection
import Synchronization

/// The runs that a search has told of, in order.
final class RunLog: Sendable {
  private let told = Mutex<[(faults: FaultSet, violated: [[Constant]])]>([])

  var runs: [(faults: FaultSet, violated: [[Constant]])] { told.withLock { $0 } }

  /// `patience` that has a search tell this log.
  func listening(_ patience: Patience) -> Patience {
    var patience = patience
    patience.didRun = { execution, violated in
      self.told.withLock { $0.append((execution.faults, violated)) }
    }
    return patience
  }
}
