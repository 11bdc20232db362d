import Dedalus
import Documents
import Evaluation
import Files
import Glibc
import Properties
import Reports
import Search
import Texts

/// A bug in Faultline: exit code 70, and a file that reproduces it.
struct InternalError {
  private let disagreement: Disagreement

  init(_ disagreement: Disagreement) { self.disagreement = disagreement }

  private var question: Question { disagreement.question }

  /// Saves what reproduces the bug in the first writable folder of `folders`, and reports it.
  func report(_ console: Console, folders: [String] = [".", "/tmp"]) -> ExitStatus {
    let scenario = disagreement.scenario
    let faults =
      (scenario.faults.faults.map { $0.text(question.bounds.nodes) } + scenario.inputs.facts.map(\.choiceText))
      .map { "'\($0.showingEverything)'" }
    var text = """
      internal error: \(disagreement.description.showingEverything)
        this is a fault of Faultline, not of the program
        faults: \(faults.joined(separator: ", "))

      """
    let paths = folders.map { "\($0)/faultline-disagreement-\(getpid()).json" }
    let saved = paths.first { path in
      (try? AtomicFile.write(Array(record.text.utf8), to: path, replacing: true)) != nil
    }
    if let saved { text += "  what reproduces it: \(saved); please report it\n" }
    console.report(text)
    return .internalError
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
