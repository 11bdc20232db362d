import Dedalus
import FaultInjection

/// A counterexample file, with the paths of its sources as seen from here.
struct SavedCounterexample {
  let file: CounterexampleFile
  /// The files of the program that it names.
  let files: [String]

  /// Reads the file at `path`.
  init(_ path: String) throws(InvalidFile) {
    let source: SourceFile
    do throws(UnreadableFile) {
      source = try SourceFile(reading: path, atMost: CounterexampleFile.largestFile)
    } catch {
      throw InvalidFile(path: path, code: "unreadable-file", message: error.phrase)
    }
    file = try CounterexampleFile(reading: source)
    let folder = SourcePath(path).folder
    files = file.files.map { SourcePath.resolve($0.path, in: folder) }
  }

  /// Whether `program` differs from the one that was checked.
  func hasChanged(_ program: Program) -> Bool {
    program.sources.map { "sha256:" + $0.digest }.sorted()
      != (file.files + file.included).map(\.digest).sorted()
  }
}
