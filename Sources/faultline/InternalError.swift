import FaultInjection
import Glibc

/// A fault of ours: exit code 70, and a file that reproduces it.
struct InternalError {
  private let disagreement: Disagreement

  init(_ disagreement: Disagreement) { self.disagreement = disagreement }

  /// Saves what reproduces it in the current folder, or where that is not possible in the temporary one, and says so.
  func report(_ console: Console) -> ExitStatus {
    let question = disagreement.question
    var text = "internal error: \(disagreement.description)\n"
    let paths = question.program.sources.map { SourcePath($0.path).absolute }
    let faults = disagreement.faults.faults.map { "--fault '\($0.text(question.bounds.nodes))'" }
    let call =
      "faultline check \(paths.joined(separator: " ")) --eot \(question.bounds.eot) --eff \(question.bounds.eff) "
      + "--crashes \(question.bounds.crashes) --nodes '\(question.bounds.nodes.list)' --oracle \(question.oracle.rawValue) "
      + "--crash-view \(question.crashView.rawValue) --outcome \(question.outcome.name)"
    let record: JSON = [
      "format": "faultline-disagreement/1",
      "description": .string(disagreement.description),
      "call": .string(call),
      "bounds": JSON(question.bounds),
      "faults": JSON(disagreement.faults, nodes: question.bounds.nodes),
      "sources": .array(
        question.program.sources.map {
          ["path": .string($0.path), "text": .string(String(decoding: $0.bytes, as: UTF8.self))]
        }),
    ]
    text += "  this is a fault of Faultline, not of the program\n  faults: \(faults.joined(separator: " "))\n"
    for folder in [".", "/tmp"] {
      let path = "\(folder)/faultline-disagreement-\(getpid()).json"
      guard (try? AtomicFile.write(Array(record.text.utf8), to: path, replacing: false)) != nil else {
        continue
      }
      text += "  what reproduces it: \(path); please report it\n"
      break
    }
    console.report(text)
    return .internalError
  }
}
