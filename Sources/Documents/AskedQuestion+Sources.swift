import Dedalus
import Texts

extension AskedQuestion.Source {
  /// The sources of `program` with the paths that a file in `folder` uses: the `files` of the call, and what
  /// they include.
  package static func all(
    of program: Program, files: [String], seenFrom folder: String
  ) -> (given: [Self], included: [Self]) {
    let named = Set(files.map { Text($0) })
    var (given, included): ([Self], [Self]) = ([], [])
    for source in program.sources {
      let entry = Self(path: SourcePath(source.path).relative(to: folder), digest: "sha256:" + source.digest)
      if named.contains(Text(source.path)) { given.append(entry) } else { included.append(entry) }
    }
    return (given, included)
  }
}
