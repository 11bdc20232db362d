import Dedalus
import Evaluation
import FaultInjection
import RunStore
import Synchronization

/// Records every run of a search while the search goes on, and says on standard error how many are on disk.
///
/// What cannot be written does not stop the search, whose answer may be hours away: it is told at the end.
final class RunRecorder: Sendable {
  private struct State: ~Copyable, Sendable {
    var recording: Recording
    var trouble: StoreError?
    /// How many saved runs were last told of.
    var told = 0
  }

  /// What the search may take from an earlier one.
  private let known: EarlierSearch
  private let state: Mutex<State>
  /// The number of the analysis.
  private let number: Int
  private let path: String
  private let console: Console

  /// Records what `recording` begins or continues in the store at `path`.
  init(_ recording: consuming Recording, in path: String, _ console: Console) {
    if recording.savedRuns > 0 {
      console.report(
        "\(path): analysis \(recording.analysis.number) is continued; \(recording.savedRuns) runs are saved\n"
      )
    }
    number = recording.analysis.number
    known = recording.known
    state = Mutex(State(recording: recording))
    self.path = path
    self.console = console
  }

  /// Has a search with `patience` tell of its runs, and begin with what an earlier one found out.
  func listen(to patience: inout Patience) {
    patience.didRun = { self.record($0, violated: $1) }
    patience.earlier = known
  }

  /// Takes down a run of the search and the rows that are violated in it.
  private func record(_ execution: Execution, violated: [[Constant]]) {
    state.withLock { state in
      guard state.trouble == nil else { return }
      do throws(StoreError) {
        try state.recording.record(execution, violated: violated)
      } catch {
        state.trouble = error
      }
      tell(&state)
    }
  }

  /// Says how many runs will be there whatever happens now: each time that there are twice as many.
  private func tell(_ state: inout State) {
    let saved = state.recording.savedRuns
    guard saved > 0, saved >= 2 * state.told else { return }
    state.told = saved
    console.report("\(path): \(saved) runs are saved\n")
  }

  /// Records the answer, with which the analysis ends.
  func finish(_ answer: Answer) throws(StoreError) {
    let trouble = state.withLock { state in
      if state.trouble == nil {
        do throws(StoreError) {
          try state.recording.finish(answer)
        } catch {
          state.trouble = error
        }
      }
      return state.trouble
    }
    if let trouble { throw trouble }
    guard let limit = answer.limit, limit.isCutOff else { return }
    let call = [.interrupted, .time].contains(limit) ? "the same call" : "the same call with a higher limit"
    console.report("\(path): analysis \(number) ended early (\(limit.rawValue)); \(call) continues it\n")
  }
}
