import Answers
import Dedalus
import Documents
import Search

/// A rule with `//! essential` on the line above, which says that the fault tolerance of its program rests on
/// it.
struct EssentialRule {
  static let mark = "//! essential"
  let rule: Rule

  /// The marked rules of `program` and its parts, in source order; of a rule in several instances of a part,
  /// the first.
  static func all(in program: Program) -> [EssentialRule] {
    var seen: Set<SourceRange> = []
    return program.rules.elements.filter { rule in
      guard seen.insert(rule.range).inserted else { return false }
      let before = program.sources[rule.range.file].bytes[..<rule.range.lower]
      return before.suffix(mark.utf8.count + 1).elementsEqual("\(mark)\n".utf8)
    }.map(EssentialRule.init)
  }

  /// How many lines of `program` and its parts are marks, whatever follows them.
  static func marks(in program: Program) -> Int {
    program.sources.elements.reduce(0) { sum, source in
      sum + source.bytes.split(separator: UInt8(ascii: "\n")).count { $0.elementsEqual(mark.utf8) }
    }
  }

  /// `program` without this rule.
  func removed(from program: Program) throws -> Program {
    var sources = program.sources
    let source = sources[rule.range.file]
    var bytes = source.bytes
    for index in rule.range.lower..<rule.range.upper { bytes[index] = UInt8(ascii: " ") }
    sources[rule.range.file] = SourceFile(path: source.path, bytes: bytes)
    return try Program(rereading: sources.elements)
  }

  /// The rule as it is written.
  func text(in program: Program) -> String {
    let range = rule.range
    return String(decoding: program.sources[range.file].bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// The verdicts on `program` without this rule in `scenarios`, up to the first counterexample.
  func verdicts(without program: Program, in scenarios: [ScenarioLine]) throws -> [Verdict] {
    let rest = try removed(from: program)
    var verdicts: [Verdict] = []
    for scenario in scenarios where verdicts.last != .counterexample {
      verdicts.append(try check(scenario.question(about: rest)).verdict)
    }
    return verdicts
  }
}
