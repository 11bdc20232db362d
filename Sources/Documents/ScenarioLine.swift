// A program can state the expected answers next to its rules:
//
//   //! scenario eot=7 eff=4 crashes=1 nodes=a,b,c,C,Z expect=counterexample minimum=3 because="…"
//
// The tests of this project and `faultline test` read only these lines, so a mistake in one must never make a
// scenario disappear: a line that begins like a scenario and cannot be read is an error.

import Answers
import Dedalus
import Evaluation
import Files
import Properties
import Scenarios
import Texts

/// An expectation about a program, from a `//! scenario` comment in it.
public struct ScenarioLine: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// What the line asks.
  public var inquiry = Inquiry(eot: 0)
  /// The verdict that the line expects.
  public var expected = Verdict.holds
  /// The exact size of the smallest breaking fault set, where the line gives it.
  public var minimum: Int?
  /// Why a reader should believe the expectation.
  public var reason: String?

  init(line: Int) {
    self.line = line
    inquiry.medium = .line
  }

  /// The question of the scenario about `program`.
  public func question(about program: Program) throws(InvalidQuestion) -> Question {
    try inquiry.question(about: program)
  }
}

extension ScenarioLine {
  /// The scenarios of `source`, in order, without those of included files.
  ///
  /// - Throws: for the first line that begins like a scenario and cannot be read.
  public static func all(in source: SourceFile) throws(InvalidFile) -> [ScenarioLine] {
    var scenarios: [ScenarioLine] = []
    for scenario in each(in: source) { scenarios.append(try scenario.get()) }
    return scenarios
  }

  /// The same, but a line that begins like a scenario and cannot be read has its error in its place.
  public static func each(in source: SourceFile) -> [Result<ScenarioLine, InvalidFile>] {
    var scenarios: [Result<ScenarioLine, InvalidFile>] = []
    var number = 0
    for bytes in source.lines {
      number += 1
      guard bytes.contains(UInt8(ascii: "!")) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      guard var reader = ScenarioReader(line: number, text: text, path: source.path) else { continue }
      scenarios.append(Result { () throws(InvalidFile) in try reader.read() })
    }
    return scenarios
  }
}

extension SourceFile {
  /// The bytes of each line. LF, CRLF and a lone CR each end a line, as in a program; a byte-order mark is
  /// not part of a line.
  fileprivate var lines: [ArraySlice<UInt8>] {
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return text.split(separator: lineFeed, omittingEmptySubsequences: false).flatMap { piece in
      let isEndedByBoth = piece.last == carriageReturn && piece.endIndex < bytes.endIndex
      return (isEndedByBoth ? piece.dropLast() : piece)
        .split(separator: carriageReturn, omittingEmptySubsequences: false)
    }
  }
}

/// Reads the `key=value` parts of one line.
private struct ScenarioReader {
  private let path: String
  private let scalars: [Unicode.Scalar]
  private var next: Int
  private var scenario: ScenarioLine

  private static let keys =
    [
      "because", "crash-view", "eff", "eot", "expect", "minimum", "mode", "nodes", "oracle", "outcome",
      "property",
    ]
    + BudgetSetting.names

  /// Nil for a line that is not meant as a scenario.
  init?(line: Int, text: String, path: String) {
    let scalars = Array(text.unicodeScalars)
    var next = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.count
    guard scalars[next...].starts(with: "//!".unicodeScalars) else { return nil }
    next += 3
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    let word = "scenario".unicodeScalars
    guard scalars[next...].starts(with: word) else { return nil }
    self.next = next + word.count
    self.path = path
    self.scalars = scalars
    scenario = ScenarioLine(line: line)
  }

  mutating func read() throws(InvalidFile) -> ScenarioLine {
    let start = next
    var seen: [String] = []
    while skipSpace() {
      let place = next
      let key = readKey()
      guard next < scalars.count, scalars[next] == "=", !key.isEmpty else {
        throw error(at: place, "expected key=value, as in 'eot=6'")
      }
      next += 1
      guard !seen.contains(key) else { throw error(at: place, "'\(key)' is given twice") }
      seen.append(key)
      try assign(try readValue(), to: key, at: place)
    }
    for key in ["eot", "expect"] where !seen.contains(key) {
      throw error(at: start, "a scenario needs '\(key)='")
    }
    if scenario.inquiry.mode == .safety {
      guard !seen.contains("eff") else {
        throw error(at: start, "with 'mode=safety' faults may go on to EOT, and 'eff=' has no meaning")
      }
      scenario.inquiry.eff = scenario.inquiry.eot
    }
    if scenario.minimum != nil, scenario.expected != .counterexample {
      throw error(at: start, "'minimum=' goes with 'expect=counterexample' only")
    }
    return scenario
  }

  private mutating func assign(_ value: String, to key: String, at place: Int) throws(InvalidFile) {
    switch key {
    case "eot": scenario.inquiry.eot = try number(value, key, 1...1000, place)
    case "eff": scenario.inquiry.eff = try number(value, key, 0...1000, place)
    case _ where BudgetSetting.names.contains(key): try assignBudget(value, to: key, at: place)
    case "minimum": scenario.minimum = try number(value, key, 1...1_000_000, place)
    case "nodes":
      do { scenario.inquiry.nodes = try Nodes(list: value) } catch {
        throw self.error(at: place, error.message)
      }
    case "expect": scenario.expected = try choice(unquoted(value), key, place)
    case "mode": scenario.inquiry.mode = try choice(unquoted(value), key, place) as Mode
    case "oracle": scenario.inquiry.oracle = try choice(unquoted(value), key, place)
    case "crash-view": scenario.inquiry.crashView = try choice(unquoted(value), key, place)
    case "outcome": scenario.inquiry.name(outcome: unquoted(value))
    case "property": scenario.inquiry.properties = [unquoted(value)]
    case "because": scenario.reason = unquoted(value)
    default:
      throw error(
        at: place, "there is no '\(key)='; a scenario has \(Self.keys.sorted().joined(separator: ", "))")
    }
  }

  /// Takes a bound on faults. What is spared is checked once the nodes are known.
  private mutating func assignBudget(_ value: String, to key: String, at place: Int) throws(InvalidFile) {
    let setting = BudgetSetting(key, value)
    if key != "spare" {
      do throws(InvalidQuestion) {
        _ = try Budgets([setting], nodes: Nodes([])) { "'\($0)='" }
      } catch {
        throw self.error(at: place, error.message)
      }
    }
    scenario.inquiry.settings.append(setting)
  }

  // MARK: Parts

  /// Moves to the next part; false at the end of the line.
  private mutating func skipSpace() -> Bool {
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    return next < scalars.count
  }

  private mutating func readKey() -> String {
    let start = next
    while next < scalars.count, scalars[next] != "=", !scalars[next].properties.isWhitespace { next += 1 }
    return text(start..<next)
  }

  /// Reads up to the next space outside quotes. The quotes stay, because they matter in a list of nodes.
  private mutating func readValue() throws(InvalidFile) -> String {
    let start = next
    var isQuoted = false
    while next < scalars.count, isQuoted || !scalars[next].properties.isWhitespace {
      if scalars[next] == "\"" { isQuoted.toggle() }
      next += 1
    }
    guard !isQuoted else { throw error(at: start, "the quote that begins here is not closed") }
    guard next > start else { throw error(at: start, "a value is missing after '='") }
    return text(start..<next)
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private func unquoted(_ value: String) -> String {
    value.filter { $0 != "\"" }
  }

  private func number(
    _ value: String, _ key: String, _ range: ClosedRange<Int>, _ place: Int
  ) throws(InvalidFile) -> Int {
    guard let number = wholeNumber(value), range.contains(number) else {
      throw error(
        at: place,
        "'\(key)=' takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(value)'")
    }
    return number
  }

  private func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ value: String, _ key: String, _ place: Int
  ) throws(InvalidFile) -> Choice {
    guard let choice = Choice(rawValue: value) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(at: place, "'\(key)=' is one of \(choices), not '\(value)'")
    }
    return choice
  }

  private func error(at place: Int, _ message: String) -> InvalidFile {
    InvalidFile(
      path: path, position: .init(line: scenario.line, column: place + 1), code: "bad-scenario",
      message: message)
  }
}
