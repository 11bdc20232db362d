import Dedalus
import Evaluation
import ReferenceEvaluator
import Scenarios
import Support
import Testing
import Texts

@testable import Lineage

/// One implementation answers for one run and for all: its gates must say under each set of faults what the
/// run's truth values say, and the reference evaluator must say the same.
@Suite("The world of one run and of all")
struct WorldAgreementTests {
  /// The answers to every question about a world, as text.
  private func answers<Algebra: TruthAlgebra, Faults: FaultSource>(
    _ world: World<Algebra, Faults>, _ setting: Setting, _ algebra: inout Algebra,
    _ isTrue: ([Algebra.Truth]) -> Bool
  ) -> [String] {
    var found: [String] = []
    func note(_ text: String, _ ask: (inout [Algebra.Truth], inout Algebra) -> Bool) {
      var conditions: [Algebra.Truth] = []
      let isPossible = ask(&conditions, &algebra)
      found.append("\(text): \(isTrue(conditions) && isPossible)")
    }
    for number in 1...setting.eot.position {
      let round = Round(number)
      for node in setting.nodes.ids {
        note("\(node) acts in \(number)") {
          world.addConditions(ofActing: node, in: round, to: &$0, &$1)
          return true
        }
        note("\(node) is in reach in \(number)") {
          world.addConditions(ofReaching: node, in: round, to: &$0, &$1)
          return true
        }
        for persistence in Persistence.allCases {
          note("\(node) gets \(persistence) facts in \(number)") {
            world.addConditions(ofPlacingAt: node, persistence, in: round, to: &$0, &$1)
            return true
          }
          note("\(persistence) rows stay at \(node) in \(number)") {
            guard let stays = world.staying(persistence, at: node, in: round, &$1) else { return false }
            $0.append(stays)
            return true
          }
        }
        for other in setting.nodes.ids {
          let link = Link(from: node, to: other)
          for late in 0...2 {
            note("what \(node) sends \(other) in \(number) comes \(late) late") {
              world.addConditions(ofSendingOn: link, in: round, to: &$0, &$1)
              return world.addConditions(ofArrivalOn: link, sentIn: round, late: late, to: &$0, &$1)
            }
          }
        }
      }
    }
    return found
  }

  private static let program = """
    p("a")@1; p("b")@1; p("c")@1; q(N) :- p(N); d(N)@next :- p(N); d(N)@next :- d(N); f("a")@1;
    f(N)@next :- f(N); durable d; configuration p;

    """

  @Test("gates and truth values agree under random admissible sets, in both views")
  func agreement() throws {
    let program = try Program(text: Self.program)
    let nodes = Nodes(["a", "b", "c"])
    var (struck, tried) = (0, 0)
    for seed in Campaign.seeds(200) {
      var random = SplitMix64(seed: seed)
      var space = ReferenceFaultSpace(nodes: ["a", "b", "c"], eot: 5, eff: 4, budgets: [:])
      for kind in ReferenceFault.Kind.allCases where kind != .omission {
        space.budgets[kind] = random.number(in: 0...2)
      }
      space.configuration = program.configurationFacts
      let reference = space.randomSet(using: &random)
      let view = CrashView.allCases[Int(seed % 2)]
      let setting = Setting(nodes: nodes, eot: 5, crashView: view)
      let faults = FaultSet(reference, among: nodes)
      let possible = PossibleFaults(try Bounds(space))
      var circuit = Circuit()
      let all = World(setting, possible, &circuit)
      var gates: [[Edge]] = []
      let questions = answers(all, setting, &circuit) {
        gates.append($0)
        return true
      }
      circuit.checkInvariants()
      let values = circuit.values(possible.values(under: faults))
      let byGates = zip(questions, gates).map { question, gates in
        question.hasSuffix("true") && gates.allSatisfy { values[$0.gate] != $0.isNegated }
      }
      var run = OneRun()
      let text = answers(RunWorld(setting, faults), setting, &run) { $0.allSatisfy { $0 } }
      let byRun = text.map { $0.hasSuffix("true") }
      #expect(byGates == byRun, "seed \(seed): \(zip(text, byGates).filter { $0.hasSuffix("true") != $1 })")
      let reading = expected(
        ReferenceRun(
          program: program, nodes: ["a", "b", "c"], eot: 5, crashView: view == .silent ? .silent : .failStop,
          faults: reference))
      #expect(text.count == reading.count)
      let differences = zip(text, reading).filter { $0 != $1 }.map(\.0)
      #expect(differences == [], "seed \(seed): \(reference)")
      tried += 1
      if byRun.contains(false) { struck += 1 }
    }
    #expect(struck > tried / 2, "\(struck) of \(tried)")
  }

  /// What the reference evaluator's reading of faults says.
  private func expected(_ run: ReferenceRun) -> [String] {
    var found: [String] = []
    for round in 1...run.eot {
      for (number, node) in run.nodes.enumerated() {
        let id = NodeID(number)
        found.append("\(id) acts in \(round): \(run.acts(node, in: round))")
        found.append("\(id) is in reach in \(round): \(run.isInReach(node, in: round))")
        for persistence in Persistence.allCases {
          let getsFacts = run.getsFacts(node, in: round, ofStaticRelation: persistence == .fixed)
          found.append("\(id) gets \(persistence) facts in \(round): \(getsFacts)")
          found.append(
            "\(persistence) rows stay at \(id) in \(round): \(stays(persistence, node, round, run))")
        }
        for (other, receiver) in run.nodes.enumerated() {
          let arrivals = run.copies(from: node, to: receiver, sentIn: round)
          for late in 0...2 {
            let arrives = arrivals.contains(round + 1 + late)
            found.append("what \(id) sends \(NodeID(other)) in \(round) comes \(late) late: \(arrives)")
          }
        }
      }
    }
    return found
  }

  private func stays(_ persistence: Persistence, _ node: Text, _ round: Int, _ run: ReferenceRun) -> Bool {
    let name =
      switch persistence {
      case .volatile: "q"
      case .durable: "d"
      case .fixed: "f"
      }
    guard let relation = run.program.relation(named: name) else { return false }
    return run.stays(GroundTuple(relation: relation, values: [.string(node)], round: round))
  }
}
