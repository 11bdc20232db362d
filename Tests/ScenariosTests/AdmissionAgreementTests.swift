// What is admissible is read twice: by the kinds of faults, for all of the engine, and by the reference
// evaluator. Within random bounds, both must list the same faults and the same sets, and answer alike for
// faults that are not admissible.

import Dedalus
import ReferenceEvaluator
import Support
import Testing
import Texts

@testable import Scenarios

@Suite("Admission agrees with the reference evaluator")
struct AdmissionAgreementTests {
  /// Random bounds, mostly small, on up to four nodes, with up to four facts.
  private func space(_ random: inout SplitMix64) -> ReferenceFaultSpace {
    let nodes = ["a", "b", "c", "d"].prefix(random.pick([1, 2, 2, 3, 3, 4])).map { Text($0) }
    let eot = random.number(in: 1...6)
    var space = ReferenceFaultSpace(
      nodes: nodes, eot: eot, eff: random.number(in: 0...eot), budgets: [:])
    for kind in ReferenceFault.Kind.allCases where random.chance(35) {
      let budget = random.number(in: 0...3)
      space.budgets[kind] = kind == .crash ? min(budget, nodes.count) : budget
    }
    if random.chance(70) { space.budgets[.omission] = random.number(in: 0...2) }
    space.configuration = (0..<random.number(in: 0...4)).map { _ in fact(&random, nodes, eot) }
    space.configuration = Set(space.configuration).sorted()
    space.varyExtents(using: &random)
    return space
  }

  private func fact(_ random: inout SplitMix64, _ nodes: [Text], _ eot: Int) -> ReferenceFact {
    ReferenceFact(
      relation: random.pick(["p", "q"]),
      values: [.string(random.pick(nodes)), .integer(random.pick([1, 2, 10]))],
      round: random.number(in: 1...eot))
  }

  /// A fault, mostly near the bounds of `space`, admissible or not.
  private func fault(_ random: inout SplitMix64, _ space: ReferenceFaultSpace) -> ReferenceFault {
    let round = random.number(in: 1...(space.eot + 1))
    let node = random.pick(space.nodes)
    let extent = random.number(in: 1...4)
    let other = random.pick(space.nodes.filter { $0 != node } + (space.nodes.count == 1 ? [node] : []))
    switch random.pick(ReferenceFault.Kind.allCases) {
    case .crash: return .crash(node: node, round: round)
    case .omission: return .omission(from: node, to: other, round: round)
    case .delay: return .delay(from: node, to: other, round: round, late: extent)
    case .duplicate: return .duplicate(from: node, to: other, round: round, late: extent)
    case .pause: return .pause(node: node, round: round, until: round + extent)
    case .restart: return .restart(node: node, round: round, until: round + extent)
    case .wipe: return .wipe(node: node, round: round, until: round + extent)
    case .partition:
      let side = space.nodes.filter { _ in random.chance(50) }
      return .partition(side: side, round: round, until: round + extent)
    case .missing:
      let known = space.configuration.randomElement(using: &random)
      let fact = random.chance(70) ? known : nil
      return .missing(fact: fact ?? self.fact(&random, space.nodes, space.eot))
    }
  }

  @Test("possible faults are those of the reference evaluator, and each has its number")
  func possible() throws {
    var shares = Shares()
    for seed in Campaign.seeds(600) {
      var random = SplitMix64(seed: seed)
      let space = space(&random)
      let bounds = try Bounds(space)
      let possible = PossibleFaults(bounds)
      let all = Array(possible.all)
      try #require(
        all.map(\.fault) == space.faults.map { FaultSet([$0], among: bounds.nodes).faults[0] },
        "seed \(seed), \(space)")
      #expect(zip(all, all.dropFirst()).allSatisfy { $0.choice < $1.choice && $0.fault < $1.fault })
      for (choice, fault) in all {
        #expect(possible.choice(of: fault) == choice && possible.fault(choice) == fault)
        #expect(bounds.covers(fault), "\(fault)")
      }
      for kind in KindID.allIDs {
        #expect(possible.count(of: kind) == all.count { $0.fault.kind == kind }, "seed \(seed), \(kind)")
      }
      let late = all.filter { $0.fault.meaning.measure == .late }.map(\.fault.extent)
      if let most = late.max() { #expect(possible.mostLate == most, "seed \(seed)") }
      shares.note(all.map(\.fault.meaning.name))
    }
    #expect(shares.below(5, of: 600, KindID.all.map(\.name)) == [])
  }

  @Test("faults strike links and subjects as the list of all of them says")
  func sources() throws {
    for seed in Campaign.seeds(200) {
      var random = SplitMix64(seed: seed &+ 1000)
      let bounds = try Bounds(space(&random))
      let possible = PossibleFaults(bounds)
      let all = Array(possible.all)
      for form in Fault.Subject.Form.allCases {
        var found: [Fault] = []
        possible.eachFault(striking: form) { fault, choice in
          found.append(fault)
          #expect(possible.choice(of: fault) == choice)
        }
        #expect(found == all.map(\.fault).filter { $0.subject.form == form }, "seed \(seed)")
      }
      for from in bounds.nodes.ids {
        for to in bounds.nodes.ids {
          for round in 1...bounds.eot {
            let link = Link(from: from, to: to)
            var found: [LinkFault] = []
            possible.eachFault(on: link, in: Round(round)) { found.append($0) }
            let expected = all.filter { $0.fault.subject == .link(link) && $0.fault.round == Round(round) }
            #expect(found.map(\.choice) == expected.map(\.choice), "seed \(seed)")
            #expect(found.map(\.late) == expected.map(\.fault.extent), "seed \(seed)")
          }
        }
      }
    }
  }

  @Test("admissible sets are those of the reference evaluator, in its order, and counted without being made")
  func sets() throws {
    var (compared, counted) = (0, 0)
    for seed in Campaign.seeds(800) {
      var random = SplitMix64(seed: seed &+ 2000)
      let space = space(&random)
      let bounds = try Bounds(space)
      guard space.count < 200_000 else { continue }
      #expect("\(bounds.admissibleSetCount)" == "\(space.count)", "seed \(seed), \(space)")
      counted += 1
      guard space.count <= 2000 else { continue }
      compared += 1
      let expected = (0...space.largestSize).flatMap { space.sets(ofSize: $0) }
      let sets = Array(AdmissibleFaultSets(bounds))
      try #require(sets == expected.map { FaultSet($0, among: bounds.nodes) }, "seed \(seed), \(space)")
      #expect(sets.allSatisfy { bounds.admits($0) }, "seed \(seed)")
    }
    #expect(compared >= 300 && counted >= 400, "\(compared), \(counted)")
  }

  @Test("random sets are admitted, or contradict each other, just as the reference evaluator says")
  func admission() throws {
    var (admitted, refused, conflicts) = (0, 0, 0)
    for seed in Campaign.seeds(4000) {
      var random = SplitMix64(seed: seed &+ 5000)
      let space = space(&random)
      let bounds = try Bounds(space)
      let isLikely = random.chance(50)
      let drawn = (isLikely ? 0 : 1)...(isLikely ? 1 : 4)
      let faults = Set(
        (isLikely ? space.randomSet(using: &random) : [])
          + (0..<random.number(in: drawn)).map { _ in fault(&random, space) }
      ).sorted()
      let set = FaultSet(faults, among: bounds.nodes)
      if space.nodes.count > 1 {
        for fault in faults where fault.until == nil || fault.nodes.count > 0 {
          let covered = bounds.covers(FaultSet([fault], among: bounds.nodes).faults[0])
          #expect(covered == space.isAdmissible(fault), "seed \(seed), \(fault), \(space)")
        }
        #expect(bounds.admits(set) == space.admits(faults), "seed \(seed), \(faults), \(space)")
      }
      let conflict = ReferenceFault.conflict(in: faults)
      #expect((set.conflict == nil) == (conflict == nil), "seed \(seed), \(faults)")
      if conflict != nil { conflicts += 1 }
      if space.admits(faults) { admitted += 1 } else { refused += 1 }
    }
    #expect(admitted >= 200 && refused >= 1000 && conflicts >= 60, "\(admitted), \(refused), \(conflicts)")
  }

  /// Faults at one place are cut into groups of which one fault each may occur; that must be pairwise
  /// exclusion.
  @Test("two faults exclude each other where they are in one group, and only there")
  func exclusions() throws {
    var excluded = 0
    for seed in Campaign.seeds(300) {
      var random = SplitMix64(seed: seed &+ 9000)
      let bounds = try Bounds(space(&random))
      let faults = PossibleFaults(bounds).all.map(\.fault)
      guard faults.count <= 150 else { continue }
      let groups = bounds.exclusions(among: faults).map(Set.init)
      for (first, fault) in faults.enumerated() {
        for second in faults.indices.dropFirst(first + 1) {
          let isExcluded = FaultSet([fault, faults[second]]).conflict != nil
          let isTogether = groups.contains { $0.contains(first) && $0.contains(second) }
          #expect(isExcluded == isTogether, "seed \(seed): \(fault), \(faults[second])")
          if isExcluded { excluded += 1 }
        }
      }
    }
    #expect(excluded >= 1000)
  }

  @Test("a partition is named by the same side, whichever is given")
  func sides() {
    for count in 2...9 {
      let nodes = Nodes((0..<count).map { Text("n\($0)") })
      let space = ReferenceFaultSpace(nodes: Array(nodes.names), eot: 3, eff: 3, budgets: [:])
      for bits in 1..<((1 << count) - 1) {
        let side = (0..<count).filter { bits >> $0 & 1 == 1 }.map { NodeID($0) }
        let others = nodes.ids.filter { !side.contains($0) }
        let name = NodeSet(side).side(ofNodes: count)
        #expect(name == NodeSet(others).side(ofNodes: count) && name.count * 2 <= count)
        #expect(name.nodes.map { nodes[$0] } == space.nameOfPartition(with: side.map { nodes[$0] }))
        #expect(name.nodes.allSatisfy { name.contains($0) } && name.nodes.count == name.count)
      }
    }
  }

  @Test("a set of nodes is what was put into it, up to the last of 256")
  func nodeSets() {
    for seed in Campaign.seeds(200) {
      var random = SplitMix64(seed: seed)
      let chosen = Set((0..<random.number(in: 1...12)).map { _ in random.number(in: 0...255) }).sorted()
      let others = Set((0..<random.number(in: 1...12)).map { _ in random.number(in: 0...255) }).sorted()
      let (set, other) = (NodeSet(chosen.map { NodeID($0) }), NodeSet(others.map { NodeID($0) }))
      #expect(set.nodes.map(\.position) == chosen && set.count == chosen.count)
      #expect(
        (set == other) == (chosen == others) && (set < other) == chosen.lexicographicallyPrecedes(others))
      #expect((0...255).allSatisfy { set.contains(NodeID($0)) == chosen.contains($0) })
    }
  }
}
