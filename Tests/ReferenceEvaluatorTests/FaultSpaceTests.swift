import Dedalus
import ReferenceEvaluator
import Testing
import Texts

@Suite("Spaces of faults")
struct FaultSpaceTests {
  /// The space of `budgets` for EOT and EFF `eff`, without omissions unless there is a budget for them.
  private func bounds(
    _ eff: Int, _ budgets: [ReferenceFault.Kind: Int], on nodes: [Text] = ["a", "b"]
  ) -> ReferenceFaultSpace {
    ReferenceFaultSpace(
      nodes: nodes, eot: eff, eff: eff, budgets: budgets.merging([.omission: 0]) { own, _ in own })
  }

  /// For two nodes, EOT and EFF 4, one fault of each kind.
  static let numbers: [(ReferenceFault.Kind, Int)] = [
    (.crash, 6), (.omission, 6), (.delay, 6), (.duplicate, 6), (.pause, 10), (.restart, 6), (.partition, 5),
    (.wipe, 6), (.missing, 0),
  ]

  @Test("how many faults of each kind there are", arguments: numbers)
  func count(_ kind: ReferenceFault.Kind, _ number: Int) {
    let faults = bounds(4, [kind: 1]).faults
    #expect(faults.count == number)
    #expect(faults.allSatisfy { $0.kind == kind })
    #expect(faults == faults.sorted())
  }

  @Test("what little time admits")
  func little() {
    let all = Dictionary(uniqueKeysWithValues: ReferenceFault.Kind.allCases.map { ($0, 1) })
    func kinds(eff: Int) -> Set<ReferenceFault.Kind> {
      Set(ReferenceFaultSpace(nodes: ["a", "b"], eot: 9, eff: eff, budgets: all).faults.map(\.kind))
    }
    #expect(kinds(eff: 1) == [.crash])
    #expect(kinds(eff: 2) == [.crash, .omission, .pause, .partition])
    #expect(kinds(eff: 3) == Set(ReferenceFault.Kind.allCases).subtracting([.missing]))
  }

  @Test("a window is over at the end of the run, and not too long")
  func windows() {
    var space = ReferenceFaultSpace(nodes: ["a"], eot: 4, eff: 9, budgets: [.pause: 1])
    func pauses() -> [[Int]] { space.faults.filter { $0.kind == .pause }.map { [$0.round, $0.until ?? 0] } }
    #expect(pauses() == [[1, 2], [1, 3], [2, 3], [2, 4], [3, 4]])
    space.window = 1
    #expect(pauses() == [[1, 2], [2, 3], [3, 4]])
    space.window = 3
    #expect(pauses() == [[1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4]])
  }

  @Test("a late message is as if it had been sent later")
  func late() {
    var space = bounds(4, [.delay: 1])
    func delays() -> [[Int]] {
      space.faults.filter { $0.nodes == ["a", "b"] }.map { [$0.round, $0.late ?? 0] }
    }
    #expect(delays() == [[1, 1], [1, 2], [2, 1]])
    space.late = 1
    #expect(delays() == [[1, 1], [2, 1]])
  }

  @Test("each partition has one name")
  func sides() {
    func sides(_ nodes: [Text], _ split: ReferenceFaultSpace.Split = .any) -> [[Text]] {
      var space = bounds(2, [.partition: 1], on: nodes)
      space.split = split
      return space.faults.map(\.nodes)
    }
    #expect(sides(["a"]) == [])
    #expect(sides(["b", "a"]) == [["a"]])
    #expect(sides(["a", "b", "c"]) == [["a"], ["b"], ["c"]])
    #expect(
      sides(["a", "b", "c", "d"]) == [["a"], ["a", "b"], ["a", "c"], ["a", "d"], ["b"], ["c"], ["d"]])
    #expect(sides(["a", "b", "c", "d"], .one) == [["a"], ["b"], ["c"], ["d"]])
    #expect(sides(["a", "b", "c", "d"], .half) == [["a", "b"], ["a", "c"], ["a", "d"]])
    #expect(sides(["a", "b"], .one) == [["a"]])
    #expect(sides(["a", "b", "c"], .half) == [["a"], ["b"], ["c"]])
    #expect(bounds(2, [:], on: ["a", "b", "c"]).nameOfPartition(with: ["c", "b"]) == ["a"])
    #expect(bounds(2, [:], on: ["a", "b", "c", "d"]).nameOfPartition(with: ["c", "d"]) == ["a", "b"])
  }

  @Test("nothing goes wrong at what is spared, but a partition cuts it")
  func spared() {
    let all = Dictionary(uniqueKeysWithValues: ReferenceFault.Kind.allCases.map { ($0, 1) })
    var space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 4, eff: 4, budgets: all)
    space.sparedNodes = ["a"]
    space.sparedLinks = [.init(from: "a", to: "b")]
    for fault in space.faults {
      switch fault {
      case .crash(let node, _), .pause(let node, _, _), .restart(let node, _, _), .wipe(let node, _, _):
        #expect(node == "b")
      case .omission(let from, _, _), .delay(let from, _, _, _), .duplicate(let from, _, _, _):
        #expect(from == "b")
      case .partition(let side, _, _): #expect(side == ["a"])
      case .missing: Issue.record("no fact may be missing")
      }
    }
    #expect(Set(space.faults.map(\.kind)) == Set(ReferenceFault.Kind.allCases).subtracting([.missing]))
  }

  @Test("any fact of the configuration may be missing, by round, then relation, then row")
  func missing() throws {
    let program = try Program(
      text: #"""
        configuration member, quorum; quorum("a", 2)@2; quorum("a", 1)@2; member("a", "b")@2; member("b", "a")@1;
        p("a")@1; q(N) :- p(N), member(N, _), quorum(N, _);
        """#)
    var space = bounds(4, [.missing: 2])
    space.configuration = program.configurationFacts.reversed()
    let names = space.faults.compactMap(\.fact).map { "\($0.relation)(\($0.values.text))@\($0.round)" }
    #expect(names == ["member(b a)@1", "member(a b)@2", "quorum(a 1)@2", "quorum(a 2)@2"])
    #expect(space.count == 1 + 4 + 6)
  }

  @Test("kinds in order, then rounds, then names and numbers")
  func order() {
    let ordered: [ReferenceFault] = [
      .crash(node: "b", round: 5), .omission(from: "a", to: "b", round: 1),
      .delay(from: "b", to: "a", round: 1, late: 9), .delay(from: "a", to: "b", round: 2, late: 2),
      .delay(from: "a", to: "c", round: 2, late: 1), .duplicate(from: "a", to: "b", round: 1, late: 1),
      .duplicate(from: "a", to: "b", round: 1, late: 10), .pause(node: "a", round: 1, until: 3),
      .pause(node: "b", round: 1, until: 2), .restart(node: "a", round: 2, until: 3),
      .partition(side: ["a"], round: 1, until: 3), .partition(side: ["a", "b"], round: 1, until: 2),
      .partition(side: ["a", "b"], round: 1, until: 3), .partition(side: ["b"], round: 1, until: 2),
      .wipe(node: "a", round: 2, until: 3),
      .missing(fact: ReferenceFact(relation: "p", values: [.string("a"), .integer(2)], round: 1)),
      .missing(fact: ReferenceFact(relation: "p", values: [.string("a"), .integer(10)], round: 1)),
      .missing(fact: ReferenceFact(relation: "a", values: [.string("a")], round: 2)),
    ]
    #expect(ordered.reversed().sorted() == ordered)
    for fault in ordered {
      let same = ReferenceFault(
        fault.name, fault.nodes, round: fault.round, until: fault.until, late: fault.late, fact: fault.fact)
      #expect(same == fault)
    }
    #expect(ReferenceFault("restart", ["a"], round: 2) == nil)
    #expect(ReferenceFault("delay", ["a"], round: 2, late: 1) == nil)
    #expect(ReferenceFault("mute", ["a"], round: 2) == nil)
  }
}
