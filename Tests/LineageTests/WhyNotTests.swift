// Everything that is told of an absent row must be so in the run as the reference evaluator computes it, and
// no rule may be passed over.

import Dedalus
import Evaluation
import Indices
import ReferenceEvaluator
import Scenarios
import Support
import Testing
import Texts

@testable import Lineage

@Suite("Why a row does not hold")
struct WhyNotTests {
  // MARK: Random programs

  /// How often something was met.
  private struct Tally {
    var (asked, faulty, unknown, obstacles) = (0, 0, 0, 0)
  }

  @Test("on random programs under random faults, what is told is so, and every rule is named")
  func randomPrograms() throws {
    var tally = Tally()
    for seed in Campaign.seeds(1500) {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 13 &+ 11)
      let space = ReferenceFaultSpace(
        for: generated.program, nodes: generated.nodes, eot: generated.eot, using: &random)
      let run = ReferenceRun(
        program: generated.program, nodes: generated.nodes, eot: generated.eot,
        crashView: random.pick(ReferenceCrashView.allCases), faults: space.randomSet(using: &random),
        inputs: generated.program.randomInputs(upTo: generated.eot, using: &random))
      let reference = run.execution(tupleLimit: 2000)
      guard reference.failure == nil else { continue }
      let execution = Self.execution(of: run)
      for _ in 0..<6 {
        guard let goal = Self.goal(in: reference, generated, &random) else { continue }
        let whyNot = WhyNot(goal.relation, goal.columns, in: goal.round, of: execution)
        let mistake = Self.mistake(in: whyNot, reference, execution, &tally)
        if let mistake {
          Issue.record("seed \(seed): \(mistake), asked for \(goal) in\n\(generated.source.text)")
          return
        }
      }
    }
    #expect(tally.asked >= 3000 && tally.faulty * 20 >= tally.asked)
    #expect(tally.unknown * 100 <= tally.obstacles, "\(tally)")
  }

  private static func execution(of run: ReferenceRun) -> Execution {
    let nodes = Nodes(run.nodes)
    let setting = Setting(nodes: nodes, eot: run.eot, crashView: CrashView(run.crashView))
    return Evaluation.run(
      run.program, setting, under: Scenario(FaultSet(run.faults, among: nodes), Inputs(run.inputs)))
  }

  /// A row that does not hold, made of one that does: in another round, with another value in a column, or a
  /// pattern.
  private static func goal(
    in reference: ReferenceExecution, _ generated: GeneratedProgram, _ random: inout SplitMix64
  ) -> WhyNot.Claim? {
    guard !reference.tuples.isEmpty else { return nil }
    let tuple = random.pick(reference.tuples)
    var columns: [Constant?] = tuple.values
    let other = random.pick(reference.tuples).values
    let place = random.number(in: 0...(columns.count - 1))
    switch random.number(in: 0...3) {
    case 0: columns[place] = nil
    case 1: columns[place] = random.pick(other)
    case 2: columns[place] = .string(random.pick(generated.nodes))
    default: break
    }
    let round = random.number(in: 1...generated.eot)
    let claim = WhyNot.Claim(tuple.relation, columns, in: Round(round), holds: false)
    return matches(of: claim, in: reference).isEmpty ? claim : nil
  }

  private static func matches(of claim: WhyNot.Claim, in reference: ReferenceExecution) -> [[Constant]] {
    reference.rows(of: claim.relation, in: claim.round.position).filter { row in
      zip(row, claim.columns).allSatisfy { $1 == nil || $0 == $1 }
    }
  }

  /// What `whyNot` says and is not so; nil where all is.
  private static func mistake(
    in whyNot: WhyNot, _ reference: ReferenceExecution, _ execution: Execution, _ tally: inout Tally
  ) -> String? {
    let program = execution.program
    tally.asked += 1
    if whyNot.nodes[0].distance != nil { tally.faulty += 1 }
    for node in whyNot.nodes {
      let isRow = execution.schema[node.claim.relation].aggregateRule != nil
      if !isRow, matches(of: node.claim, in: reference).isEmpty == node.claim.holds {
        return "\(node.claim) is not so"
      }
      guard node.isFollowed, !node.claim.holds else { continue }
      let rules = program.rules.indices.filter { program.rules[$0].headRelation == node.claim.relation }
      if !isRow, node.obstacles.compactMap(\.rule) != Array(rules) {
        return "of \(node.claim) some rules are not told"
      }
      for obstacle in node.obstacles {
        tally.obstacles += 1
        if obstacle.lacks == [.unknown] { tally.unknown += 1 }
        if let wrong = mistake(in: obstacle, of: node.claim, whyNot, reference, execution) { return wrong }
      }
    }
    return nil
  }

  private static func mistake(
    in obstacle: WhyNot.Obstacle, of claim: WhyNot.Claim, _ whyNot: WhyNot, _ reference: ReferenceExecution,
    _ execution: Execution
  ) -> String? {
    if obstacle.lacks.isEmpty { return "an obstacle to \(claim) is none" }
    for lack in ([obstacle.lacks] + obstacle.others).joined() {
      if let further = lack.claim, whyNot.number(of: further) == nil { return "\(further) is not told" }
      guard case .fault(let fault) = lack else { continue }
      if !execution.faults.faults.contains(fault) { return "\(fault) does not happen" }
      guard let rule = obstacle.rule, execution.program.rules[rule].timing == .async else { continue }
      let isSent = reference.messages.contains { message in
        message.rule == rule && message.round == obstacle.round.position
          && !message.arrives.contains(claim.round.position)
          && zip(message.head.values, claim.columns).allSatisfy { $1 == nil || $0 == $1 }
      }
      let isStopped =
        fault.subject.node.map {
          execution.faults.stoppage(of: $0, in: obstacle.round, execution.setting.crashView) != nil
        } ?? false
      if !isSent, !isStopped { return "\(fault) loses nothing that would match \(claim)" }
    }
    return nil
  }

  // MARK: Examples

  private static let delivery = """
    bcast("a", "x")@1;
    node("a", "b")@1;
    node(N, M)@next :- node(N, M);
    log(M, P)@async :- bcast(N, P), node(N, M);
    log(N, P)@next :- log(N, P);
    done(N) :- log(N, P), notin bad(N, P);
    bad(N, P) :- log(N, P), node(N, "z");
    """

  private func lines(
    _ text: String, _ faults: String..., asking relation: String, _ columns: Constant?..., eot: Int = 3
  )
    throws -> [String]
  {
    let example = try LineageExample(text, eot: eot)
    let run = try example.run(faults)
    let id = try #require(run.program.relation(named: relation))
    return WhyNot(id, columns, in: run.setting.eot, of: run).lines(in: run)
  }

  @Test("a lost message is at the end of the shortest way, whatever copies the row")
  func lostMessage() throws {
    #expect(
      try lines(Self.delivery, "omit a b 1", asking: "log", .string(Text("b")), .string(Text("x"))) == [
        #"no log("b", "x")@3: rule 1 no bcast(_, "x")@2; rule 2 no log("b", "x")@2"#,
        #"no log("b", "x")@2: rule 1 omission; rule 2 no log("b", "x")@1"#,
        #"no bcast(_, "x")@2:"#,
        #"no log("b", "x")@1: rule 1 beginning; rule 2 beginning"#,
      ])
  }
}

extension WhyNot {
  /// Every claim with what keeps its rules from deriving it.
  fileprivate func lines(in execution: Execution) -> [String] {
    nodes.map { node in
      let obstacles = node.obstacles.map { obstacle in
        "\(obstacle.rule.map { "rule \($0.rawValue)" } ?? "fact") "
          + obstacle.lacks.map { $0.text(in: execution) }.joined(separator: ", ")
      }
      return (["\(node.claim.text(in: execution)):"] + [obstacles.joined(separator: "; ")])
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}

extension WhyNot.Claim {
  fileprivate func text(in execution: Execution) -> String {
    let values = columns.map { $0?.description ?? "_" }.joined(separator: ", ")
    return "\(holds ? "" : "no ")\(execution.schema[relation].name)(\(values))@\(round.rawValue)"
  }
}

extension WhyNot.Lack {
  fileprivate func text(in execution: Execution) -> String {
    switch self {
    case .claim(let claim): claim.text(in: execution)
    case .fault(let fault): fault.meaning.noun
    case .beginning: "beginning"
    case .aggregate(let claim): "aggregate " + (claim?.text(in: execution) ?? "")
    case .condition(_, let values):
      "false for " + values.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    default: "\(self)"
    }
  }
}
