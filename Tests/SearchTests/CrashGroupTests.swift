import Dedalus
import Evaluation
import Testing

@testable import Scenarios
@testable import Search

@Suite("Sets that differ only in the round of one crash")
struct CrashGroupTests {
  private let nodes = Nodes(["a", "b", "c"])

  private func groups(_ sets: [[String]]) throws -> [String] {
    let list = try sets.map { FaultSet(try $0.map { try Fault($0, nodes: nodes) }) }
    return CrashGroup.groups(of: list).map { group in
      "\(group.members) \(group.node.map { nodes[$0].string } ?? "-") \(group.roundsText)"
    }
  }

  @Test("are one group, told by its rounds")
  func rounds() throws {
    #expect(
      try groups([["crash a 1"], ["crash a 2"], ["crash b 2"]]) == ["[0, 1] a 2 at the latest", "[2] - "])
    #expect(try groups([["crash a 4"], ["crash a 2"], ["crash a 3"]]) == ["[1, 2, 0] a 2, 3 or 4"])
    #expect(try groups([["crash a 1"], ["crash a 3"]]) == ["[0, 1] a 1 or 3"])
    #expect(try groups([]) == [])
  }

  @Test("agree in everything else")
  func others() throws {
    #expect(
      try groups([
        ["crash a 1", "omit b c 1"], ["crash a 2", "omit b c 2"], ["crash a 2", "omit b c 1"], ["omit b c 3"],
      ]) == ["[0, 2] a 2 at the latest", "[1] - ", "[3] - "])
  }

  @Test("a set with two crashes is where the most others are, and in one place only")
  func twoCrashes() throws {
    #expect(
      try groups([
        ["crash a 1", "crash b 1"], ["crash a 2", "crash b 1"], ["crash a 1", "crash b 2"],
        ["crash a 1", "crash b 3"], ["crash a 2", "crash b 2"],
      ]) == ["[0, 2, 3] b 3 at the latest", "[1, 4] b 2 at the latest"])
  }
}
