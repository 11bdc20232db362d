// A saved counterexample is a regression test. It says what was asked, which faults broke the outcome with
// which inputs, which rows they broke, and where the program is, so that today's program can be run in the
// same way.

import Answers
import Dedalus
import Evaluation
import Files
import Properties
import Scenarios
import Texts

/// One saved counterexample: `NAME.cex.json`.
public struct CounterexampleFile: Hashable, Sendable {
  /// What was asked.
  public let asked: AskedQuestion
  /// The faults that break the outcome.
  public let faults: FaultSet
  /// The inputs with which they do. Whether the program has them, is for its reader to see.
  public let inputs: Inputs
  /// Whether every smaller fault set was proved harmless.
  public let minimum: Bool
  /// What was violated.
  public let violations: [Violation]

  /// The format that this version writes.
  static let format = "faultline-counterexample/1"
  /// The largest number of faults in a file.
  public static let mostFaults = 10_000
  /// The largest file that is read, in bytes.
  public static let largestFile = 16 << 20

  /// The file for `counterexample`, found for the question that was `asked`.
  public init(_ counterexample: Counterexample, to asked: AskedQuestion) {
    self.asked = asked
    (faults, inputs) = (counterexample.faults, counterexample.inputs)
    minimum = counterexample.minimum
    violations = counterexample.violations
  }

  /// `NAME` in the file names for this counterexample: the program's name, those of the properties to which
  /// the question is restricted, and a digest of these and of the faults and inputs.
  public var name: String {
    let path = asked.files.first?.path ?? "program"
    let name = Text(path).parts(separatedBy: "/").last ?? "program"
    let stem = String(name.string.unicodeScalars.dropLast(name.hasSuffix(".ded") ? 4 : 0))
    let properties = asked.inquiry.properties
    let lines = faults.faults.map { $0.text(asked.bounds.nodes) } + inputs.facts.map(\.choiceText)
    let sought = asked.inquiry.sought.map { [$0.text] } ?? []
    let text = (properties + sought + lines).map { $0 + "\n" }.joined()
    let digest = SHA256.hexadecimalDigest(of: Array(text.utf8)).prefix(12)
    return ([stem] + properties.prefix(2)).map(Self.plain).joined(separator: "-") + "-\(digest)"
  }

  /// The beginning of `text`, with `_` for what file names had better not have.
  private static func plain(_ text: String) -> String {
    let characters = text.unicodeScalars.prefix(64).map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    return String(characters)
  }
}

extension CounterexampleFile {
  /// The counterexample as a document.
  public var json: JSON {
    .object(
      [.init(key: "format", value: .string(Self.format))] + asked.members + [
        .init(key: "faults", value: JSON(faults, nodes: asked.bounds.nodes))
      ] + JSON.members(inputs) + [
        .init(key: "minimum", value: .bool(minimum)),
        .init(key: "confirmed", value: .bool(true)),
      ] + JSON.members(violations, of: asked.outcome, named: asked.namesProperties))
  }
}
