import Answers
import Dedalus
import Documents
import Evaluation
import Files
import Glibc
import Properties
import Scenarios
import Search
import Texts

/// The report of a bug in Faultline, with a file that reproduces it.
package struct DisagreementReport {
  private let disagreement: Disagreement

  /// The report of `disagreement`.
  package init(_ disagreement: Disagreement) { self.disagreement = disagreement }

  private var question: Question { disagreement.question }

  /// Saves what reproduces the bug in the first writable folder of `folders`, and says where.
  package func save(in folders: [String]) -> String {
    let scenario = disagreement.scenario
    let faults =
      (scenario.faults.faults.map { $0.text(question.bounds.nodes) } + scenario.inputs.facts.map(\.choiceText))
      .map { "'\($0.showingEverything)'" }
    let text = """
      internal error: \(disagreement.description.showingEverything)
        this is a fault of Faultline, not of the program
        faults: \(faults.joined(separator: ", "))

      """
    let paths = folders.map { "\($0)/faultline-disagreement-\(getpid()).json" }
    let saved = paths.first { path in
      (try? AtomicFile.write(Array(record.text.utf8), to: path, replacing: true)) != nil
    }
    return text + (saved.map { "  what reproduces it: \($0); please report it\n" } ?? "")
  }

  /// Everything that the search depended on.
  private var record: JSON {
    let head: JSON = [
      "format": "faultline-disagreement/1",
      "description": .string(disagreement.description),
      "call": .string(call),
      "faults": JSON(disagreement.scenario.faults, nodes: question.bounds.nodes),
    ]
    let sources: JSON = [
      "sources": .array(
        question.program.sources.map {
          ["path": .string($0.path), "text": .string(String(decoding: $0.bytes, as: UTF8.self))]
        })
    ]
    guard case .object(let first) = head, case .object(let last) = sources else { return head }
    return .object(first + JSON.members(disagreement.scenario.inputs) + last)
  }

  private var call: String {
    let paths = question.program.sources.map { shellPath($0.path) }
    return (["faultline", "check"] + paths + Inquiry(question).options).joined(separator: " ")
  }
}
