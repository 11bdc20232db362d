import Dedalus
import Evaluation
import Testing

@testable import Answers
@testable import Scenarios

@Suite("Sets that differ only in the round of one crash")
struct CrashGroupTests {
  private let nodes = Nodes(["a", "b", "c"])

  /// `round`: in which round, for each set, `p("a")` is chosen.
  private func groups(_ sets: [[String]], round: [Int] = []) throws -> [String] {
    let list = try sets.enumerated().map { place, faults in
      let chosen = round.isEmpty ? [] : [TimedFact(NamedFact("p", [.string("a")]), in: Round(round[place]))]
      return Scenario(FaultSet(try faults.map { try Fault($0, nodes: nodes) }), Inputs(chosen))
    }
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

  @Test("break with the same inputs")
  func inputs() throws {
    let sets = [["crash a 1"], ["crash a 2"], ["crash a 3"]]
    #expect(try groups(sets, round: [1, 1, 1]) == ["[0, 1, 2] a 3 at the latest"])
    #expect(try groups(sets, round: [1, 2, 1]) == ["[0, 2] a 1 or 3", "[1] - "])
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

@Suite("Sets that are another one in later rounds")
struct LaterFormTests {
  private let nodes = Nodes(["a", "b"])

  private func origins(_ sets: [(faults: [String], round: Int?)]) throws -> [Int?] {
    LaterForms(
      in: try sets.map { set in
        let chosen = set.round.map { TimedFact(NamedFact("p", [.string("a")]), in: Round($0)) }
        return Scenario(
          FaultSet(try set.faults.map { try Fault($0, nodes: nodes) }), Inputs(chosen.map { [$0] } ?? []))
      }
    ).origins
  }

  @Test("have faults and inputs moved alike")
  func moved() throws {
    #expect(
      try origins([
        (["omit a b 2"], 1), (["omit a b 3"], 1), (["omit a b 3"], 2), (["omit a b 4"], 3),
        (["omit b a 3"], 2),
      ]) == [nil, nil, 0, 0, nil])
    #expect(try origins([(["crash a 1"], 2), (["crash a 3"], 4), (["crash a 3"], 5)]) == [nil, 0, nil])
    #expect(
      try origins([
        (["pause a 1 3", "omit a b 3"], 1), (["pause a 2 4", "omit a b 4"], 2),
        (["pause a 2 3", "omit a b 4"], 2),
      ]) == [nil, 0, nil])
  }

  @Test("are none where nothing is chosen")
  func withoutInputs() throws {
    #expect(
      try origins([(["omit a b 1"], nil), (["omit a b 2"], nil), (["omit a b 3"], 1)]) == [nil, nil, nil])
  }
}
