import Dedalus
import Documents
import Files

/// A counterexample file, with the paths of its sources relative to the current folder.
package struct SavedCounterexample {
  package let file: CounterexampleFile
  /// The files of the program that it names.
  package let files: [String]

  package init(_ path: String) throws(InvalidFile) {
    let source: SourceFile
    do throws(UnreadableFile) {
      source = try SourceFile(reading: path, atMost: CounterexampleFile.largestFile)
    } catch {
      throw InvalidFile(path: path, code: "unreadable-file", message: error.phrase)
    }
    file = try CounterexampleFile(reading: source)
    let folder = SourcePath(path).folder
    files = file.asked.files.map { SourcePath.resolve($0.path, in: folder) }
  }

  /// The digests of the program that was checked, sorted.
  var digests: [String] { (file.asked.files + file.asked.included).map(\.digest).sorted() }
}
