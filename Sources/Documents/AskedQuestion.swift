// What was asked, in the one form in which all files of ours say it: saved counterexamples, and claims of
// certificates. Sources are named by paths relative to the file, so that a folder can move together with its
// programs; and by digest, so that a replay can report that the program has changed.

import Dedalus
import Evaluation
import Properties
import Scenarios

/// A question as a file holds it: with the names of its program's files instead of the program.
public struct AskedQuestion: Hashable, Sendable {
  /// A source file of the program.
  public struct Source: Hashable, Sendable {
    /// The path relative to the folder of the file that holds the question, or absolute.
    public let path: String
    /// `sha256:` and 64 hexadecimal digits.
    public let digest: String

    /// The file at `path` with this digest.
    public init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  /// The files of the call, in order.
  public let files: [Source]
  /// The files that those of the call include, directly or not.
  public let included: [Source]
  /// What is asked of the program.
  public let inquiry: Inquiry
  /// Whether the program declares properties, so that violations name them.
  public let namesProperties: Bool
  /// The bounds of the question. The facts that may be missing, or be chosen, are those of the program.
  public let bounds: Bounds

  /// The name of the relation whose rows must not be violated.
  public var outcome: String { inquiry.outcome }
  /// When a run counts as a counterexample.
  public var oracle: Oracle { inquiry.oracle }
  /// What a crash does to the node itself.
  public var crashView: CrashView { inquiry.crashView }

  /// `question` about a program that consists of these files.
  public init(_ question: Question, files: [Source] = [], included: [Source] = []) {
    self.files = files
    self.included = included
    inquiry = Inquiry(question)
    namesProperties = question.namesProperties
    bounds = question.bounds.with(facts: []).with(openFacts: [])
  }

  /// The question about `program`, which may have changed since.
  public func question(about program: Program) throws(InvalidQuestion) -> Question {
    try inquiry.question(about: program)
  }
}

extension AskedQuestion {
  /// The keys of its members, in order.
  package static let keys = ["program"] + inquiryKeys

  /// The keys of the members that say what is asked of the program.
  private static let inquiryKeys = ["bounds", "oracle", "outcome", "ignoresPre", "crashView"]

  /// The keys of its members that only some questions have.
  package static let optionalKeys = ["properties", "find"]

  /// The members that say it in a document.
  package var members: [JSON.Member] {
    [.init(key: "program", value: ["files": Self.json(files), "included": Self.json(included)])]
      + inquiryMembers
  }

  /// The members that say what is asked of the program.
  private var inquiryMembers: [JSON.Member] {
    let values: [JSON] = [
      JSON(bounds), .string(oracle.rawValue), .string(outcome), .bool(inquiry.ignoresPre),
      .string(crashView.rawValue),
    ]
    let members = zip(Self.inquiryKeys, values).map { JSON.Member(key: $0, value: $1) }
    if let sought = inquiry.sought { return members + [.init(key: "find", value: JSON(sought))] }
    if !namesProperties { return members }
    return members + [.init(key: "properties", value: .array(inquiry.properties.map { .string($0) }))]
  }

  /// What is asked of the program, as the record has it.
  package var record: JSON { .object(inquiryMembers) }

  /// The reverse of `record`.
  package init(record: StrictJSON) throws(JSONError) {
    (files, included) = ([], [])
    let object = try StrictObject(record, keys: Self.inquiryKeys, optional: Self.optionalKeys)
    (inquiry, bounds) = try Self.inquiry(object)
    namesProperties = object.value(of: "properties") != nil || inquiry.sought != nil
  }

  private static func json(_ sources: [Source]) -> JSON {
    .array(sources.map { ["path": .string($0.path), "digest": .string($0.digest)] })
  }

  /// The question that these members of `object` say.
  package init(_ object: StrictObject) throws(JSONError) {
    (files, included) = try Self.program(object["program"])
    (inquiry, bounds) = try Self.inquiry(object)
    namesProperties = object.value(of: "properties") != nil || inquiry.sought != nil
  }

  private static func inquiry(
    _ object: StrictObject
  ) throws(JSONError) -> (inquiry: Inquiry, bounds: Bounds) {
    let bounds = try object["bounds"].bounds()
    var inquiry = Inquiry(eot: bounds.eot)
    (inquiry.eff, inquiry.nodes) = (bounds.eff, bounds.nodes)
    inquiry.settings = bounds.budgets.settings(bounds.nodes)
    inquiry.oracle = try object["oracle"].choice()
    inquiry.outcome = try object["outcome"].string()
    inquiry.ignoresPre = try object["ignoresPre"].bool()
    inquiry.crashView = try object["crashView"].choice()
    for name in try object.value(of: "properties")?.elements(atMost: 10_000) ?? [] {
      inquiry.properties.append(try name.string())
    }
    inquiry.sought = try object.value(of: "find")?.rowMatch()
    return (inquiry, bounds)
  }

  /// The files of a program: those of the call and those that they include.
  private static func program(
    _ value: StrictJSON
  ) throws(JSONError) -> (files: [Source], included: [Source]) {
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
      let digest = try object["digest"].digest()
      sources.append(Source(path: try object["path"].string(), digest: digest))
    }
    return sources
  }
}
