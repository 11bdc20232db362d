import Foundation
import Support
import Testing

@testable import Dedalus

@Suite("Damaged programs")
struct MutationTests {
  /// The programs of the repository, without those that are invalid on purpose.
  static let programs: [[UInt8]] = {
    let files = FileManager.default.enumerator(atPath: programsFolder)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".ded") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: programsFolder + "/" + name).map { Array($0.replacingIncludes) }
    }
  }()

  static let pieces = [
    "(", ")", ",", ";", "@", "@next", "@async", "@3", ":-", "notin ", "<", "==", "+", "-", "\"", "/*", "//",
    "_", "X",
    "count<X>", "9223372036854775808", "\0", "\u{202E}", "\u{FEFF}", "é", "\r", "p(X) :- q(X);", "crash",
    "include \"x\";", "durable ", "configuration ", "durable log, term;", "time(N, _, _)",
    "never ", "property p: ", "within 2 ", "finally log => log;", " => ", ": ", "stable log;", "maybe ",
    "@{2..5}",
    "{", "..", "}", "nodes ", "let log = ", "let X = 3;", " for X in log, ", " = ", " as x", " with p = q",
    "optional log(N, P);",
  ].map { Array($0.utf8) }

  @Test("no damage makes the front end trap or lose its place", arguments: 0..<20 as Range<UInt64>)
  func damage(block: UInt64) throws {
    for seed in (block * 100)..<(block * 100 + 100) {
      var random = SplitMix64(seed: seed)
      var bytes = try #require(Self.programs.randomElement(using: &random))
      for _ in 0..<Int.random(in: 1...6, using: &random) { Self.mutate(&bytes, &random) }
      if let trouble = trouble(with: bytes) { Issue.record("seed \(seed): \(trouble)") }
    }
  }

  /// What the front end answers to `bytes` that it must not; nil when all is well.
  private func trouble(with bytes: [UInt8]) -> String? {
    do throws(InvalidProgram) {
      let program = try Program(bytes: bytes)
      return program.warnings.allSatisfy { isPlaced($0, in: program.sources.elements) }
        ? nil : "place of a warning"
    } catch {
      if error.errors.isEmpty { return "no error" }
      guard error.diagnostics.allSatisfy({ isPlaced($0, in: error.sources.elements) }) else { return "place" }
      let text = DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
      return text.split(separator: "\n").allSatisfy { $0.count < 400 } ? nil : "a line without end"
    }
  }

  private func isPlaced(_ diagnostic: Diagnostic, in sources: [SourceFile]) -> Bool {
    ([diagnostic.range] + diagnostic.notes.map(\.range)).allSatisfy { range in
      guard let range else { return true }
      return range.lower <= range.upper && range.upper <= sources[range.file.position].bytes.count
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = min(Int.random(in: 0...12, using: &random), bytes.count - place)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(place..<(place + length))
    case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
    case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
    case 3: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
    default: bytes.removeSubrange(place...)
    }
  }
}

extension Data {
  /// The text without includes, which would need the folder of the program.
  fileprivate var replacingIncludes: Data {
    Data(String(decoding: self, as: UTF8.self).replacing(/include[^;]*;/, with: "").utf8)
  }
}
