import Dedalus
import Files
import Texts

extension CounterexampleFile {
  private static let keys = ["format"] + AskedQuestion.keys + ["faults", "minimum", "confirmed", "violated"]

  /// The counterexample in `file`, which must hold exactly one and nothing else.
  public init(reading file: SourceFile) throws(InvalidFile) {
    do throws(JSONError) {
      try self.init(StrictJSONReader.read(file.bytes))
    } catch {
      throw InvalidFile(error, in: file, code: "bad-counterexample")
    }
  }

  private init(_ document: StrictJSON) throws(JSONError) {
    try document.checkFormat(Self.format, of: "a counterexample file")
    let object = try StrictObject(
      document, keys: Self.keys, optional: AskedQuestion.optionalKeys + ["violations", "inputs"])
    asked = try AskedQuestion(object)
    faults = try object["faults"].faults(within: asked.bounds)
    inputs = try object.inputs(within: asked.bounds)
    minimum = try object["minimum"].bool()
    guard try object["confirmed"].bool() else {
      throw JSONError(message: "only confirmed counterexamples are saved", offset: object["confirmed"].offset)
    }
    violations = try object.violations(of: asked)
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
