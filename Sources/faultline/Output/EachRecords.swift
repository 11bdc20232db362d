import Properties
import Search
import Workbench

/// Records the answer for each property as an analysis of its own, as `--property` would record it. After the
/// first record that cannot be written nothing more is recorded, but the search goes on.
final class EachRecords {
  private var recorder: RunRecorder?
  /// Why an answer could not be recorded.
  private(set) var failures: [Refusal] = []

  /// An observer that records what it is told of, where `output` wants a record.
  func observer(_ output: AnswerOptions, _ console: Console) -> EachObserver {
    EachObserver(
      begin: { [self] question, patience in
        recorder = nil
        attempt { recorder = try output.begin(question, console) }
        recorder?.listen(to: &patience)
      },
      end: { [self] answer in attempt { try recorder?.finish(answer) } })
  }

  private func attempt(_ body: () throws -> Void) {
    guard failures.isEmpty else { return }
    do { try body() } catch { failures.append(Refusal(error)) }
  }
}
