import Foundation
import ProofChecker
import Support
import Testing

@testable import Satisfiability

@Suite struct SecondCheckerTests {
  private static let script = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("SecondChecker/lrat.py").path

  /// What a command prints; nil where it cannot be run or fails.
  private static func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }

  @Test(
    "a checker in Python accepts the same proofs, whole and damaged",
    .needs(.python))
  func agreement() throws {
    let folder = NSTemporaryDirectory() + "faultline-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var expected: [String: String] = [:]
    var seed: UInt64 = 0
    while expected.count < 500 {
      defer { seed += 1 }
      guard let (formula, proof) = Self.refuted(seed: seed) else { continue }
      for (kind, text) in [("whole", proof), ("damaged", Self.damaged(proof, seed: seed))] {
        let name = "\(seed)-\(kind)"
        try formula.write(toFile: "\(folder)/\(name).cnf", atomically: false, encoding: .utf8)
        try text.write(toFile: "\(folder)/\(name).lrat", atomically: false, encoding: .utf8)
        let isAccepted = (try? Verification(of: Array(formula.utf8), by: Array(text.utf8))) != nil
        #expect(isAccepted || kind == "damaged", "seed \(seed)")
        expected[name] = isAccepted ? "accepted" : "rejected"
      }
    }
    let answers = try #require(Self.output(of: ["python3", Self.script, folder]))
    let pairs = answers.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) }) == expected)
    #expect(expected.values.count { $0 == "rejected" } > 150)
  }

  /// A formula without a model, and the solver's proof as it is streamed to a file, deletions included.
  private static func refuted(seed: UInt64) -> (formula: String, proof: String)? {
    var random = SplitMix64(seed: seed)
    let families: [Family] = [.threshold, .mixedWidths, .parity, .cardinality]
    let formula =
      seed % 50 == 0 ? Formula.pigeons(6, holes: 5) : Formula.random(families[Int(seed % 4)], using: &random)
    var proof: [UInt8] = []
    var solver = Solver.checking(formula, reportingTo: .lrat(givenCount: formula.clauseCount) { proof += $0 })
    guard solver.solve() == .unsatisfiable else { return nil }
    return (formula.dimacs(), String(decoding: proof, as: UTF8.self))
  }

  /// `proof` with one number changed that ends neither clause nor hints.
  private static func damaged(_ proof: String, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var lines = proof.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    guard let place = lines.indices.randomElement(using: &random) else { return proof }
    let open = lines[place].indices.dropFirst().filter { Int(lines[place][$0]).map { $0 != 0 } ?? false }
    guard let word = open.randomElement(using: &random) else { return proof }
    lines[place][word] = String(Int.random(in: 1...9, using: &random))
    return lines.map { $0.joined(separator: " ") + "\n" }.joined()
  }
}
