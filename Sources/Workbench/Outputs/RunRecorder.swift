import Answers
import Dedalus
import Evaluation
import Properties
import RunStore
import Synchronization
import Texts

/// Records every run of a search while the search goes on, and reports how many are on disk.
///
/// A failure to write does not stop the search, whose answer may be hours away; it is reported at the end.
package final class RunRecorder: Sendable {
  private struct State: ~Copyable, Sendable {
    var recording: Recording
    var trouble: StoreError?
    /// The number of saved runs in the last report.
    var told = 0
  }

  /// What the search may take over from an earlier one.
  private let known: EarlierSearch
  private let state: Mutex<State>
  private let path: String
  private let report: @Sendable (String) -> Void

  /// Records the runs of `recording` in the store at `path`; `report` gets lines for whoever waits.
  package init(
    _ recording: consuming Recording, in path: String, report: @escaping @Sendable (String) -> Void
  ) {
    if let analysis = recording.analysis, recording.savedRuns > 0 {
      report(
        "\(path): analysis \(analysis.number) is continued; \(Self.saved(recording.savedRuns))\n")
    }
    known = recording.known
    state = Mutex(State(recording: recording))
    self.path = path
    self.report = report
  }

  /// Begins the record of the search for an answer to `question` in the store at `path`, or continues an
  /// unfinished one. The record survives whatever happens to this process.
  package convenience init(
    of question: Question, by plan: SearchPlan, in path: String, report: @escaping @Sendable (String) -> Void
  ) throws {
    let recording = try RunStore(creatingOrOpening: path).begin(question, by: plan)
    self.init(recording, in: path, report: report)
  }

  /// Makes a search with `patience` report its runs, and start with what an earlier one found out.
  package func listen(to patience: inout Patience) {
    patience.didRun = { execution, violations in
      self.attempt { (recording) throws(StoreError) in
        try recording.record(execution, violations: violations)
      }
      self.tell()
    }
    let didProgress = patience.didProgress
    patience.didProgress = { progress in
      didProgress?(progress)
      self.attempt { (recording) throws(StoreError) in try recording.keepUp() }
      self.tell()
    }
    patience.earlier = known
  }

  /// Continues the record, unless it has failed.
  private func attempt(_ body: (inout Recording) throws(StoreError) -> Void) {
    state.withLock { state in
      guard state.trouble == nil else { return }
      do throws(StoreError) {
        try body(&state.recording)
      } catch {
        state.trouble = error
      }
    }
  }

  /// Reports the number of runs that are safely on disk, each time it has doubled.
  private func tell() {
    let news = state.withLock { state -> Int? in
      let saved = state.recording.savedRuns
      guard saved > 0, saved >= 2 * state.told else { return nil }
      state.told = saved
      return saved
    }
    if let news { report("\(path): \(Self.saved(news))\n") }
  }

  private static func saved(_ count: Int) -> String {
    "\(counted(count, "run")) \(count == 1 ? "is" : "are") saved"
  }

  /// Records the answer, which completes the analysis.
  package func finish(_ answer: Answer) throws(StoreError) {
    attempt { (recording) throws(StoreError) in try recording.finish(answer) }
    let (number, trouble) = state.withLock { ($0.recording.analysis?.number, $0.trouble) }
    if let trouble { throw trouble }
    guard let number, let limit = answer.limit?.kind, limit.isCutOff else { return }
    let call = [.interrupted, .time].contains(limit) ? "the same call" : "the same call with a higher limit"
    report("\(path): analysis \(number) ended early (\(limit.rawValue)); \(call) continues it\n")
  }
}
