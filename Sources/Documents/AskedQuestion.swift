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
  /// The bounds of the question.
  public let bounds: Bounds
  /// When a run counts as a counterexample.
  public let oracle: Oracle
  /// The name of the relation whose rows must not be violated.
  public let outcome: String
  /// Whether the call named the outcome, so that `pre` is ignored.
  public let ignoresPre: Bool
  /// What a crash does to the node itself.
  public let crashView: CrashView

  /// `question` about a program that consists of these files.
  public init(_ question: Question, files: [Source] = [], included: [Source] = []) {
    self.files = files
    self.included = included
    bounds = question.bounds.with(facts: [])
    oracle = question.oracle
    outcome = question.outcome.name
    ignoresPre = question.outcome.pre == nil && question.program.relation(named: "pre") != nil
    crashView = question.crashView
  }

  /// The outcome as the call named it; nil where it was `post`, with `pre` if there is one.
  public var namedOutcome: String? { ignoresPre || outcome != "post" ? outcome : nil }

  /// The question about `program`, which may have changed since.
  public func question(about program: Program) throws(InvalidQuestion) -> Question {
    try Question(
      program: program, bounds: bounds.with(facts: program.configuredFacts), oracle: oracle, crashView: crashView, outcome: namedOutcome)
  }
}

extension AskedQuestion {
  /// The keys of its members, in order.
  package static let keys = ["program", "bounds", "oracle", "outcome", "ignoresPre", "crashView"]

  /// The members that say it in a document.
  package var members: [JSON.Member] {
    let values: [JSON] = [
      ["files": Self.json(files), "included": Self.json(included)], JSON(bounds), .string(oracle.rawValue),
      .string(outcome), .bool(ignoresPre), .string(crashView.rawValue),
    ]
    return zip(Self.keys, values).map { JSON.Member(key: $0, value: $1) }
  }

  private static func json(_ sources: [Source]) -> JSON {
    .array(sources.map { ["path": .string($0.path), "digest": .string($0.digest)] })
  }

  /// The question that these members of `object` say.
  package init(_ object: StrictObject) throws(JSONError) {
    (files, included) = try Self.program(object["program"])
    bounds = try object["bounds"].bounds()
    oracle = try object["oracle"].choice()
    outcome = try object["outcome"].string()
    ignoresPre = try object["ignoresPre"].bool()
    crashView = try object["crashView"].choice()
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
