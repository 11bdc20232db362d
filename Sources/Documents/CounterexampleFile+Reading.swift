import Dedalus
import Files
import Texts

extension CounterexampleFile {
  private static let keys = [
    "format", "program", "bounds", "oracle", "outcome", "ignoresPre", "crashView", "faults", "minimum",
    "confirmed",
    "violated",
  ]

  /// The counterexample in `file`, which must hold exactly one and nothing else.
  public init(reading file: SourceFile) throws(InvalidFile) {
    do throws(JSONError) {
      try self.init(StrictJSONReader.read(file.bytes))
    } catch {
      let position = file.position(of: error.offset)
      throw InvalidFile(
        path: file.path, position: .init(line: position.line, column: position.column),
        code: "bad-counterexample", message: error.message)
    }
  }

  private init(_ document: StrictJSON) throws(JSONError) {
    try document.checkFormat(Self.format, of: "a counterexample file")
    let object = try StrictObject(document, keys: Self.keys)
    (files, included) = try Self.program(object["program"])
    bounds = try object["bounds"].bounds()
    oracle = try object["oracle"].choice()
    outcome = try object["outcome"].string()
    ignoresPre = try object["ignoresPre"].bool()
    crashView = try object["crashView"].choice()
    faults = try object["faults"].faults(within: bounds)
    minimum = try object["minimum"].bool()
    guard try object["confirmed"].bool() else {
      throw JSONError(message: "only confirmed counterexamples are saved", offset: object["confirmed"].offset)
    }
    violated = try object["violated"].rows()
  }

  /// The files of a program: those of the call and those that they include.
  package static func program(_ value: StrictJSON) throws(JSONError) -> (files: [Source], included: [Source])
  {
    let program = try StrictObject(value, keys: ["files", "included"])
    let files = try sources(program["files"])
    let included = try sources(program["included"])
    guard !files.isEmpty else {
      throw JSONError(
        message: "a program has at least one file", offset: program["files"].offset, wrongness: .meaning)
    }
    return (files, included)
  }

  private static func sources(_ value: StrictJSON) throws(JSONError) -> [Source] {
    var sources: [Source] = []
    for element in try value.elements(atMost: 1000) {
      let object = try StrictObject(element, keys: ["path", "digest"])
      let digest = try object["digest"].string()
      guard isDigest(digest) else {
        throw JSONError(
          message: "a digest is 'sha256:' and 64 hexadecimal digits", offset: object["digest"].offset,
          wrongness: .meaning)
      }
      sources.append(Source(path: try object["path"].string(), digest: digest))
    }
    return sources
  }

  package static func isDigest(_ text: String) -> Bool {
    let digits = text.dropFirst("sha256:".count)
    return text.hasPrefix("sha256:") && digits.utf8.count == 64
      && digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}

extension StrictJSON {
  /// The document must say that its format is `format`, such as `faultline-counterexample/1`. This is checked
  /// first, because a newer format may have keys that this version does not know.
  package func checkFormat(_ format: String, of what: String) throws(JSONError) {
    guard case .object(let members) = content, let member = members.first(where: { $0.key == "format" })
    else {
      throw JSONError(message: "this is not \(what): it has no \"format\"", offset: offset)
    }
    let found = try member.value.string()
    guard found != format else { return }
    let family = String(format.prefix { $0 != "/" }) + "/"
    if found.hasPrefix(family), let version = wholeNumber(String(found.dropFirst(family.count))), version > 1
    {
      throw JSONError(message: "made by a newer version: the format is \(found)", offset: member.value.offset)
    }
    throw JSONError(
      message: "the format is \(JSON.literal(found)), not \"\(format)\"", offset: member.value.offset)
  }
}
