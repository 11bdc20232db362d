import Answers
import Dedalus
import Documents
import Indices

extension JSON {
  /// `program` with the files of the call, as given, and its digest.
  init(_ program: Program, files: [String]) {
    self = ["files": .array(files.map { .string($0) }), "digest": .string(program.digest)]
  }

  /// The members of an object; of anything else none.
  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The warnings of a document that says of them only where there are some.
  static func members(
    warnings: [Diagnostic], _ cautions: [Caution] = [], sources: IndexedArray<FileID, SourceFile>
  ) -> [Member] {
    let all = warnings.map { JSON($0, sources: sources) } + cautions.map { JSON($0) }
    return all.isEmpty ? [] : [Member(key: "warnings", value: .array(all))]
  }
}
