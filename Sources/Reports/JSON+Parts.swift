import Dedalus
import Documents

extension JSON {
  /// `program` with the files of the call, as given, and its digest.
  init(_ program: Program, files: [String]) {
    self = ["files": .array(files.map { .string($0) }), "digest": .string(program.digest)]
  }

  /// The members of an object; of anything else none.
  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }
}
