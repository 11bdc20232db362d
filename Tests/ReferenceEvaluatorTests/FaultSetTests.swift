import ReferenceEvaluator
import Support
import Testing
import Texts

@Suite("Sets of faults")
struct FaultSetTests {
  static let apart: [[ReferenceFault]] = [
    [.restart(node: "a", round: 2, until: 4), .crash(node: "a", round: 3)],
    [.pause(node: "a", round: 2, until: 3), .restart(node: "a", round: 3, until: 4)],
    [.restart(node: "a", round: 3, until: 4), .wipe(node: "a", round: 2, until: 3)],
    [.pause(node: "a", round: 2, until: 3), .pause(node: "a", round: 2, until: 4)],
    [.pause(node: "a", round: 2, until: 4), .crash(node: "a", round: 4)],
    [.crash(node: "a", round: 1), .pause(node: "a", round: 4, until: 5)],
    [.crash(node: "a", round: 1), .crash(node: "a", round: 4)],
    [.delay(from: "a", to: "b", round: 1, late: 1), .delay(from: "a", to: "b", round: 1, late: 2)],
    [.duplicate(from: "a", to: "b", round: 1, late: 1), .duplicate(from: "a", to: "b", round: 1, late: 2)],
  ]

  static let together: [[ReferenceFault]] = [
    [.restart(node: "a", round: 2, until: 3), .pause(node: "a", round: 4, until: 5)],
    [.pause(node: "a", round: 2, until: 3), .crash(node: "a", round: 4)],
    [.restart(node: "a", round: 2, until: 4), .wipe(node: "b", round: 2, until: 4)],
    [.delay(from: "a", to: "b", round: 1, late: 1), .duplicate(from: "a", to: "b", round: 1, late: 1)],
    [.delay(from: "a", to: "b", round: 1, late: 1), .delay(from: "a", to: "b", round: 2, late: 1)],
    [.delay(from: "a", to: "b", round: 1, late: 1), .delay(from: "b", to: "a", round: 1, late: 1)],
    [.omission(from: "a", to: "b", round: 1), .delay(from: "a", to: "b", round: 1, late: 1)],
    [.partition(side: ["a"], round: 1, until: 3), .partition(side: ["a"], round: 2, until: 4)],
    [.partition(side: ["a"], round: 2, until: 3), .restart(node: "a", round: 2, until: 3)],
  ]

  @Test("what cannot happen together", arguments: apart)
  func conflict(_ faults: [ReferenceFault]) {
    let sorted = faults.sorted()
    let isMessage = sorted[0].late != nil
    let expected: ReferenceConflict =
      isMessage ? .sameMessages(sorted[0], sorted[1]) : .overlap(sorted[0], sorted[1])
    #expect(ReferenceFault.conflict(in: faults) == expected)
    #expect(ReferenceFault.conflict(in: faults + faults.reversed()) == expected)
    #expect(!space.admits(faults))
  }

  @Test("what can", arguments: together)
  func noConflict(_ faults: [ReferenceFault]) {
    #expect(ReferenceFault.conflict(in: faults) == nil)
    #expect(space.admits(faults))
    #expect(space.admits(faults.reversed()))
  }

  private var space: ReferenceFaultSpace {
    let all = Dictionary(uniqueKeysWithValues: ReferenceFault.Kind.allCases.map { ($0, 2) })
    return ReferenceFaultSpace(nodes: ["a", "b"], eot: 6, eff: 6, budgets: all)
  }

  @Test("a budget is the largest number of a kind")
  func budgets() {
    let losses = (1...3).map { ReferenceFault.omission(from: "a", to: "b", round: $0) }
    #expect(space.admits(Array(losses.prefix(2))))
    #expect(!space.admits(losses))
    #expect(ReferenceFaultSpace(nodes: ["a", "b"], eot: 6, eff: 6, crashes: 0).admits(losses))
    let limited = ReferenceFaultSpace(
      nodes: ["a", "b"], eot: 3, eff: 3, budgets: [.omission: 2, .duplicate: 1])
    #expect(limited.faults.count == 4 + 2)
    #expect(limited.count == (1 + 4 + 6) * (1 + 2))
  }

  @Test("no set is larger than the budgets and the bounds allow")
  func largest() {
    let space = ReferenceFaultSpace(
      nodes: ["a", "b"], eot: 3, eff: 3, budgets: [.crash: 1, .omission: 3, .pause: 5])
    #expect(space.largestSize == 1 + 3 + 5)
    #expect(space.sets(ofSize: space.largestSize).isEmpty)
    #expect(ReferenceFaultSpace(nodes: ["a", "b"], eot: 3, eff: 3, crashes: 2).largestSize == 6)
  }

  /// Small spaces of all kinds of faults.
  private func randomSpace(_ random: inout SplitMix64) -> ReferenceFaultSpace {
    let kinds = ReferenceFault.Kind.allCases
    let nodes: [Text] = random.chance(50) ? ["a", "b"] : ["a", "b", "c"]
    let eot = random.number(in: 2...4)
    var space = ReferenceFaultSpace(
      nodes: nodes, eot: eot, eff: random.number(in: 1...eot), budgets: [:])
    for _ in 1...2 { space.budgets[random.pick(kinds)] = random.number(in: 1...2) }
    if space.eff > 2 || nodes.count > 2 { space.budgets[.omission] = random.number(in: 0...1) }
    space.window = random.number(in: 1...3)
    space.late = random.number(in: 1...2)
    space.split = random.pick(ReferenceFaultSpace.Split.allCases)
    if random.chance(30) { space.sparedNodes = ["a"] }
    if random.chance(30) { space.sparedLinks = [.init(from: "a", to: "b")] }
    space.configuration = [ReferenceFact(relation: "p", values: [.string("a")], round: 1)]
    return space
  }

  @Test("every admissible set, once, in canonical order")
  func sets() {
    for seed in Campaign.seeds(100) {
      var random = SplitMix64(seed: seed)
      let space = randomSpace(&random)
      var total = 0
      for size in 0...space.largestSize {
        let sets = space.sets(ofSize: size)
        total += sets.count
        #expect(zip(sets, sets.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
        #expect(sets.allSatisfy { $0 == $0.sorted() && ReferenceFault.conflict(in: $0) == nil })
      }
      #expect(total == space.count, "seed \(seed)")
      let faults = space.faults
      let pairs = faults.indices.flatMap { first in
        faults[(first + 1)...].map { [faults[first], $0] }
      }.filter { pair in
        ReferenceFault.conflict(in: pair) == nil && (pair[0].kind != pair[1].kind || mayRepeat(pair[0].kind))
      }
      func mayRepeat(_ kind: ReferenceFault.Kind) -> Bool { space.budget(of: kind).map { $0 > 1 } ?? true }
      #expect(space.sets(ofSize: 2) == pairs, "seed \(seed)")
      let drawn = space.randomSet(using: &random)
      #expect(space.admits(drawn) && drawn == drawn.sorted(), "seed \(seed)")
    }
  }
}
