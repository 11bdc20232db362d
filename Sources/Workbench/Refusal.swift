import Dedalus
import Documents
import Files
import RunStore
import Scenarios
import Texts

/// Why a call got no answer: exit code 2 for every reason.
package enum Refusal: Error {
  /// The program is invalid.
  case program(InvalidProgram)
  /// The call asks an invalid question.
  case question(InvalidQuestion)
  /// A file other than a program cannot be used.
  case file(InvalidFile)
  /// The arguments do not fit any verb; the second text shows the usage.
  case usage(String, usage: String)
  /// The requested output could not be written.
  case output(String, fix: String? = nil)
  /// A computation of the program has no result.
  case run(RunFailure)
  /// Nobody is reading the output any more.
  case silent

  /// The refusal for `error`, which is not a bug in Faultline.
  package init(_ error: any Error) {
    switch error {
    case let error as Refusal: self = error
    case let error as InvalidProgram: self = .program(error)
    case let error as InvalidQuestion: self = .question(error)
    case let error as InvalidFile: self = .file(error)
    case let error as OutputFailure: self = .output(error.message, fix: error.fix)
    case let error as StoreError: self = .call(error.code, error.message, fix: error.fix)
    default: self = .output("\(error)")
    }
  }

  /// A refusal of a call that breaks a rule of the command.
  package static func call(_ code: String, _ message: String, fix: String? = nil) -> Refusal {
    .question(InvalidQuestion(code: code, message: message, fix: fix))
  }
}

extension Refusal {
  /// The text for standard error.
  package func text(coloured: Bool) -> String {
    switch self {
    case .program(let error):
      DiagnosticRenderer(sources: error.sources, colored: coloured).render(error.diagnostics)
    case .question(let error): Self.line(error.message, error.code, error.fix)
    case .file(let error): error.description + "\n"
    case .usage(let message, let usage): Self.line(message, "usage", nil) + usage
    case .output(let message, let fix): Self.line(message, "output", fix)
    case .run(let failure): failure.text(coloured: coloured)
    case .silent: ""
    }
  }

  private static func line(_ message: String, _ code: String, _ fix: String?) -> String {
    "error: \(message.showingEverything) [\(code)]\n" + (fix.map { "  fix: \($0.showingEverything)\n" } ?? "")
  }

  /// The first error, in one line.
  package var summary: String {
    switch self {
    case .program(let error):
      let errors = error.diagnostics.filter { $0.severity == .error }
      let more = errors.count > 1 ? "; and \(counted(errors.count - 1, "more error"))" : ""
      return (errors.first?.message ?? "the program is wrong") + more
    case .question(let error): return error.message
    case .file(let error): return error.message
    case .usage(let message, _), .output(let message, _): return message
    case .run(let failure): return failure.message
    case .silent: return "nobody reads the answer"
    }
  }

  /// The place of the first error; nil where it is not in a file.
  var place: Place? {
    switch self {
    case .program(let error):
      guard let range = error.diagnostics.first(where: { $0.severity == .error })?.range else { return nil }
      return Place(range, in: error.sources)
    case .file(let error):
      return Place(
        file: error.path, line: error.position?.line ?? 1, column: error.position?.column ?? 1)
    case .question, .usage, .output, .run, .silent: return nil
    }
  }

  /// The document for standard output under `--json`.
  package var json: JSON {
    ["format": "faultline-verdict/1", "verdict": "error", "diagnostics": .array(diagnostics)]
  }

  /// All errors of the refusal.
  package var diagnostics: [JSON] {
    switch self {
    case .program(let error): error.diagnostics.map { JSON($0, sources: error.sources) }
    case .question(let error): [JSON(error: error.message, code: error.code, fix: error.fix)]
    case .file(let error):
      [JSON(error: error.message, code: error.code, fix: error.fix, file: error.path, at: error.position)]
    case .usage(let message, _): [JSON(error: message, code: "usage", fix: nil)]
    case .output(let message, let fix): [JSON(error: message, code: "output", fix: fix)]
    case .run(let failure): [failure.json]
    case .silent: []
    }
  }
}

extension InvalidFile {
  /// The question that the file at `path` asks, perhaps in this line, is invalid.
  init(_ error: InvalidQuestion, in path: String, line: Int? = nil) {
    self.init(
      path: path, position: line.map { .init(line: $0, column: 1) }, code: error.code, message: error.message,
      fix: error.fix)
  }
}
