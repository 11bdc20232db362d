import Answers
import Properties
import Search

/// Records the answers to several questions, each as an analysis of its own. After the first record that
/// cannot be written nothing more is recorded, but the search goes on.
package final class AnalysisRecords {
  private let begin: (Question) throws -> RunRecorder?
  private var recorder: RunRecorder?
  /// Why an answer could not be recorded.
  package private(set) var failures: [Refusal] = []

  /// `begin` begins the record of the search for an answer; nil where none is wanted.
  package init(_ begin: @escaping (Question) throws -> RunRecorder?) { self.begin = begin }

  /// What `search` answers to `question`, which is recorded.
  package func recording(
    _ question: Question, _ patience: Patience, _ search: (Patience) throws -> Answer
  ) rethrows -> Answer {
    var patience = patience
    start(question, &patience)
    let answer = try search(patience)
    finish(answer)
    return answer
  }

  /// An observer of a search for several answers, which are recorded.
  package var observer: EachObserver {
    EachObserver(
      begin: { [self] question, patience in start(question, &patience) },
      end: { [self] answer in finish(answer) })
  }

  private func start(_ question: Question, _ patience: inout Patience) {
    recorder = nil
    attempt { recorder = try begin(question) }
    recorder?.listen(to: &patience)
  }

  private func finish(_ answer: Answer) {
    attempt { try recorder?.finish(answer) }
  }

  private func attempt(_ body: () throws -> Void) {
    guard failures.isEmpty else { return }
    do { try body() } catch { failures.append(Refusal(error)) }
  }
}
