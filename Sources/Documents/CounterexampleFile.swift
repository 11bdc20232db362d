// A saved counterexample is a regression test. It says what was asked, which faults broke the outcome, which
// rows they broke, and where the program is, so that today's program can be run under the same faults.
// Sources are named by paths relative to the file, so that a folder can move together with its programs; and
// by digest, so that a replay can report that the program has changed.

import Dedalus
import Evaluation
import Files
import Properties
import Scenarios
import Search
import Texts

/// One saved counterexample: `NAME.cex.json`.
public struct CounterexampleFile: Hashable, Sendable {
  /// A source file of the program.
  public struct Source: Hashable, Sendable {
    /// The path relative to the folder of the counterexample file, or absolute.
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
  /// The name of the relation whose rows are violated.
  public let outcome: String
  /// Whether the call named the outcome, so that `pre` is ignored.
  public let ignoresPre: Bool
  /// What a crash does to the node itself.
  public let crashView: CrashView
  /// The faults that break the outcome.
  public let faults: FaultSet
  /// Whether every smaller fault set was proved harmless.
  public let minimum: Bool
  /// The rows that were violated, sorted.
  public let violated: [[Constant]]

  /// The format that this version writes.
  static let format = "faultline-counterexample/1"
  /// The largest number of faults in a file.
  public static let mostFaults = 10_000
  /// The largest file that is read, in bytes.
  public static let largestFile = 16 << 20

  /// The file for `counterexample`, found for `question`.
  public init(_ counterexample: Counterexample, to question: Question, files: [Source], included: [Source]) {
    self.files = files
    self.included = included
    bounds = question.bounds
    oracle = question.oracle
    outcome = question.outcome.name
    ignoresPre = question.outcome.pre == nil && question.program.relation(named: "pre") != nil
    crashView = question.crashView
    faults = counterexample.faults
    minimum = counterexample.minimum
    violated = counterexample.violations.rows
  }

  /// The saved question about `program`, which may have changed since.
  public func question(about program: Program) throws(InvalidQuestion) -> Question {
    let isNamed = ignoresPre || outcome != "post"
    return try Question(
      program: program, bounds: bounds, oracle: oracle, crashView: crashView, outcome: isNamed ? outcome : nil
    )
  }

  /// `NAME` in the file names for this counterexample: the program's name and a digest of the faults.
  public var name: String {
    let path = files.first?.path ?? "program"
    let name = Text(path).parts(separatedBy: "/").last ?? "program"
    let stem = name.string.unicodeScalars.dropLast(name.hasSuffix(".ded") ? 4 : 0)
    let safe = stem.prefix(64).map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    let text = faults.faults.map { $0.text(bounds.nodes) + "\n" }.joined()
    return String(safe) + "-" + SHA256.hexadecimalDigest(of: Array(text.utf8)).prefix(12)
  }
}

extension CounterexampleFile {
  /// The counterexample as a document.
  public var json: JSON {
    [
      "format": .string(Self.format),
      "program": Self.json(files, including: included),
      "bounds": JSON(bounds),
      "oracle": .string(oracle.rawValue),
      "outcome": .string(outcome),
      "ignoresPre": .bool(ignoresPre),
      "crashView": .string(crashView.rawValue),
      "faults": JSON(faults, nodes: bounds.nodes),
      "minimum": .bool(minimum),
      "confirmed": true,
      "violated": JSON(rows: violated),
    ]
  }

  /// The files of a program, as certificates and counterexamples name them.
  package static func json(_ files: [Source], including included: [Source]) -> JSON {
    ["files": json(files), "included": json(included)]
  }

  private static func json(_ sources: [Source]) -> JSON {
    .array(sources.map { ["path": .string($0.path), "digest": .string($0.digest)] })
  }
}
