import Files
import Foundation

/// Graphviz, which turns DOT into pictures.
public enum Graphviz {
  /// Why there is no picture.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// There is no `dot` in the search path.
    case notInstalled
    /// `dot` ended with a status other than 0; the text is its error message.
    case refused(status: Int32, message: String)
    /// `dot` could not be started, or did not accept its input.
    case unreachable(String)
    /// The caller stopped waiting.
    case stopped

    /// The reason as a phrase, with what to do about it.
    public var description: String {
      switch self {
      case .notInstalled:
        "drawing needs Graphviz, and there is no 'dot' in the search path; install it with"
          + " 'apt-get install graphviz' (Debian), 'dnf install graphviz' (Fedora) or 'brew install graphviz' (macOS)"
      case .refused(let status, let message): "'dot' ended with status \(status): \(message)"
      case .unreachable(let reason): "cannot run 'dot': \(reason)"
      case .stopped: "'dot' was stopped before the picture was drawn"
      }
    }
  }

  /// The SVG picture that Graphviz makes of `dot`. `shouldStop` is polled throughout, and ends Graphviz.
  public static func svg(from dot: String, shouldStop: () -> Bool = { false }) throws(Failure) -> String {
    try run(arguments: ["-Tsvg"], input: dot, shouldStop: shouldStop)
  }

  /// The output of `dot` when called with `arguments` and `input`.
  static func run(
    arguments: [String], input: String, searchPath: String = ChildProcess.searchPath,
    shouldStop: () -> Bool = { false }
  ) throws(Failure) -> String {
    guard let program = ChildProcess.program("dot", in: searchPath) else { throw .notInstalled }
    do {
      return try converse(with: program, arguments, input, shouldStop)
    } catch let failure as Failure {
      throw failure
    } catch ChildProcess.Failure.stopped {
      throw .stopped
    } catch ChildProcess.Failure.unreachable(let reason) {
      throw .unreachable(reason)
    } catch {
      throw .unreachable(error.localizedDescription)
    }
  }

  /// Both input and output go through files: with pipes, each process could wait for the other to read.
  private static func converse(
    with program: String, _ arguments: [String], _ input: String, _ shouldStop: () -> Bool
  ) throws -> String {
    guard let folder = TemporaryFolder() else {
      throw Failure.unreachable("there is no folder for temporary files: \(String(cString: strerror(errno)))")
    }
    let (source, picture, errors) = (
      folder.path + "/graph.dot", folder.path + "/graph.out", folder.path + "/errors.txt"
    )
    try Data(input.utf8).write(to: URL(fileURLWithPath: source))
    let status = try ChildProcess.run(
      program, arguments + [source], output: picture, errors: errors, shouldStop: shouldStop)
    guard status == 0 else {
      let message = String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
      throw Failure.refused(
        status: status, message: message.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: picture)), as: UTF8.self)
  }
}
