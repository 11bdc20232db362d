import Foundation

/// Graphviz, which turns DOT into pictures.
public enum Graphviz {
  /// Why there is no picture.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// There is no `dot` in the search path.
    case notInstalled
    /// `dot` ended with a status other than 0; the text is what it said.
    case refused(status: Int32, message: String)
    /// `dot` could not be started or spoken to.
    case unreachable(String)

    /// One phrase, with what to do about it.
    public var description: String {
      switch self {
      case .notInstalled:
        "drawing needs Graphviz, and there is no 'dot' in the search path; install it with"
          + " 'apt-get install graphviz' (Debian), 'dnf install graphviz' (Fedora) or 'brew install graphviz' (macOS)"
      case .refused(let status, let message): "'dot' ended with status \(status): \(message)"
      case .unreachable(let reason): "cannot run 'dot': \(reason)"
      }
    }
  }

  /// The picture of `dot` as SVG.
  public static func svg(from dot: String) throws(Failure) -> String {
    try run(arguments: ["-Tsvg"], input: dot)
  }

  /// What `dot` writes when called with `arguments` and `input` on its standard input.
  static func run(
    arguments: [String], input: String, searchPath: String? = ProcessInfo.processInfo.environment["PATH"]
  ) throws(Failure) -> String {
    guard let program = executable(in: searchPath ?? "/usr/local/bin:/usr/bin:/bin") else {
      throw .notInstalled
    }
    do {
      return try converse(with: program, arguments, input)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .unreachable(error.localizedDescription)
    }
  }

  private static func executable(in searchPath: String) -> URL? {
    searchPath.split(separator: ":")
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent("dot") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// The input goes through a file: a pipe would fill up while `dot` fills the one it writes to.
  private static func converse(with program: URL, _ arguments: [String], _ input: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("faultline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, picture, errors) = (
      folder.appendingPathComponent("graph.dot"), folder.appendingPathComponent("graph.out"),
      folder.appendingPathComponent("errors.txt")
    )
    try Data(input.utf8).write(to: source)
    try Data().write(to: errors)

    let process = Process()
    process.executableURL = program
    process.arguments = arguments + ["-o", picture.path, source.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()

    guard process.terminationStatus == 0 else {
      let message = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      throw Failure.refused(
        status: process.terminationStatus, message: message.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return String(decoding: try Data(contentsOf: picture), as: UTF8.self)
  }
}
