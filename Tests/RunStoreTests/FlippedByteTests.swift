// Any byte of a store may come back wrong from a disk. Whatever byte it is: what is read is what was written,
// or an error says that it is not. Never another run, and never a trap.

import Dedalus
import Evaluation
import Files
import Foundation
import Support
import Testing

@testable import RunStore

@Suite("Flipped bytes")
struct FlippedByteTests {
  /// Everything that the library says about a store, but for times.
  private func reading(of path: String) throws(StoreError) -> [String] {
    let store = try RunStore(reading: path)
    var lines: [String] = []
    for analysis in try store.analyses() {
      lines.append(
        "\(analysis.id) \(analysis.paths) \(analysis.digest) \(analysis.plan)")
      lines.append("\(analysis.verdict.map { "\($0)" } ?? "-") \(analysis.runCount)")
      let recorded = try store.analysis(analysis.id)
      lines.append("\(recorded.question.bounds) \(recorded.question.oracle) \(recorded.question.crashView)")
      for run in recorded.runs {
        lines.append("\(run.number) \(run.role) \(run.minimum.map { "\($0)" } ?? "-") \(run.digest)")
        lines += try recorded.execution(of: run).story
      }
    }
    try store.close()
    return lines
  }

  @Test("are read as they were, or refused")
  func flips() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path("whole"))
    try store.record(try Example.lossy())
    try store.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path("whole")))
    let expected = try reading(of: folder.path("whole"))
    // Pages are mostly free space; what is not zero matters.
    let places = whole.indices.filter { whole[$0] != 0 }
    var (same, refused) = (0, 0)
    for seed in Campaign.seeds(1000) {
      var random = SplitMix64(seed: seed)
      let place = seed % 4 == 0 ? random.number(in: 0...(whole.count - 1)) : random.pick(places)
      var bytes = whole
      bytes[place] ^= UInt8(1 << random.number(in: 0...7))
      try bytes.write(to: URL(fileURLWithPath: folder.path()))
      switch Result(catching: { () throws(StoreError) in try reading(of: folder.path()) }) {
      case .success(let found):
        try #require(found == expected, "seed \(seed), byte \(place)")
        same += 1
      case .failure(let error):
        let codes = ["damaged-store", "foreign-schema", "not-a-store", "other-schema-number"]
        try #require(codes.contains(error.code), "seed \(seed), byte \(place): \(error)")
        refused += 1
      }
      for name in folder.names where name != "whole" { unlink(folder.path(name)) }
    }
    #expect(same > 20 && refused > 100, "\(same) the same, \(refused) refused")
  }
}
