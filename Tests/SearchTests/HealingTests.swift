// Late or lost. What is said to heal is held against runs of the plain evaluator with each number of rounds
// up to the horizon; and a sweep must not call a program broken because its runs end too early.

import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Search

@Suite("Late or lost")
struct HealingTests {
  /// An outbox: what is owed is sent until it is acknowledged.
  private static let outbox = #"""
    nodes "a", "b";
    owes("a", 1)@1;
    owes(N, V)@next :- owes(N, V);
    push("b", N, V)@async :- owes(N, V), notin acked(N, V);
    got(N, V)@next :- push(N, _, V);
    got(N, V)@next :- got(N, V);
    ack(N, V)@async :- push("b", N, V);
    acked(N, V)@next :- ack(N, V);
    acked(N, V)@next :- acked(N, V);
    pre(V) :- owes(_, V);
    post(V) :- got(_, V);
    """#

  private func question(_ text: String, eot: Int, eff: Int, crashes: Int = 0) throws -> Question {
    let program = try Program(text: text)
    return try Question(
      program: program,
      bounds: Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(program.defaultNodes)))
  }

  @Test("a counterexample heals in the round from which on more rounds meet the specification")
  func examples() throws {
    // What a sends in round 4 is got in round 6.
    #expect(try check(question(Self.outbox, eot: 5, eff: 4)).healing == 6)
    #expect(try check(question(Self.outbox, eot: 6, eff: 4)).verdict == .holds)
    // A crash in round 1 is for good.
    let crash = try check(question(Self.outbox, eot: 5, eff: 0, crashes: 1))
    #expect(crash.counterexample?.faults.faults == [.crash(NodeID(0), Round(1))] && crash.healing == nil)
    // The deadline of 'within' has passed, and what is forbidden has happened.
    let strict = Self.outbox + "property soon: within 3 owes => got2; got2(N, V) :- got(_, V), owes(N, V);"
    let late = try Question(
      program: Program(text: strict), bounds: Bounds(eot: 8, eff: 4, nodes: Nodes(["a", "b"])),
      properties: ["soon"])
    let answer = try check(late)
    #expect(answer.verdict == .counterexample && answer.healing == nil)
  }

  @Test("a rule that reads how many rounds there are is asked with each number")
  func time() throws {
    let text = #"""
      nodes "a", "b";
      x("a")@1; x(N)@next :- x(N);
      m("b")@async :- x("a");
      m(N)@next :- m(N);
      pre("p") :- time("a", _, E), E > 7;
      pre("q") :- x("a");
      post("q") :- m("b");
      """#
    // With an EOT of 8 or more there is a row of `pre` that nothing meets.
    #expect(try check(question(text, eot: 3, eff: 3)).healing == nil)
    let shorter = text.replacing("E > 7", with: "E == 5")
    #expect(try check(question(shorter, eot: 3, eff: 3)).healing == 6)
  }

  @Test("what is said to heal does, with each number of rounds; what is not said to heal does not")
  func random() throws {
    var shares = Shares()
    for seed in Campaign.seeds(1200) {
      let demanding = DemandingProtocol(seed: seed, limit: 60)
      let space = demanding.generated.space
      guard let program = try? Program(text: demanding.source.text),
        let specification = ReferenceSpecification(of: program)
      else { continue }
      let whole = try Question(
        program: program, bounds: Bounds(space),
        crashView: demanding.crashView == .silent ? .silent : .failStop)
      let specifications =
        [specification] + program.properties.map { ReferenceSpecification($0.form) }
      for (part, specification) in zip(whole.parts, specifications) {
        let answer = try check(part)
        guard let found = answer.counterexample else { continue }
        let faults = try #require(
          space.sets(ofSize: found.faults.count)
            .first { FaultSet($0, among: part.bounds.nodes) == found.faults })
        func run(_ eot: Int, _ faults: [ReferenceFault]) -> ReferenceExecution {
          ReferenceRun(
            program: program, nodes: space.nodes, eot: eot, crashView: demanding.crashView, faults: faults
          ).execution(recordingFirings: false)
        }
        var good: [Int] = []
        for eot in (space.eot + 1)...part.healingHorizon {
          let baseline = run(eot, [])
          let isLacking = specification.lacksDemand(after: baseline, eot: eot)
          let broken = specification.violations(in: run(eot, faults), baseline: baseline, eot: eot)
          if broken.isEmpty, !isLacking { good.append(eot) } else { good = [] }
        }
        let isAboutTheEnd = part.properties.allSatisfy(\.isAboutTheEnd)
        let expected = isAboutTheEnd ? good.first : nil
        try #require(
          answer.healing == expected, "seed \(seed), \(part.restriction)\n\(demanding.source.text)")
        shares.note(["broken"] + (expected == nil ? ["lost"] : ["heals"]))
      }
    }
    #expect(shares["broken"] >= 1000 * Campaign.factor, "\(shares["broken"])")
    #expect(shares.below(5, of: shares["broken"], ["heals", "lost"]) == [])
  }

  @Test("a sweep goes on where what is missing is only late, and says how many rounds it takes")
  func sweep() throws {
    let program = try Program(text: Self.outbox)
    var sweep = try Sweep(over: program, asking: Inquiry(eot: 1))
    for _ in 0..<12 {
      guard let question = sweep.question else { break }
      try sweep.take(check(question))
    }
    let result = try #require(sweep.result)
    #expect(sweep.question != nil && result.answer.verdict == .holds)
    #expect(result.late?.rounds == 3 && result.proved.count >= 8)
    let bounds = try #require(result.proved.last)
    #expect(bounds.eot - bounds.eff == 2 && bounds.budgets.lastCrash == nil)
  }

  @Test("a sweep still ends where something is lost")
  func lost() throws {
    let forgetful = Self.outbox.replacing(
      "owes(N, V)@next :- owes(N, V);", with: "owed(N, V)@next :- owes(N, V); owed(N, V)@next :- owed(N, V);"
    )
    .replacing("pre(V) :- owes(_, V);", with: "pre(V) :- owed(_, V);")
    var sweep = try Sweep(over: Program(text: forgetful), asking: Inquiry(eot: 1))
    let result = try sweep.run(within: Patience())
    #expect(result.answer.verdict == .counterexample && result.answer.healing == nil)
    #expect(result.answer.counterexample?.faults.faults.count == 1)
  }

  @Test("a sweep admits crashes only as long as the protocol has time to recover")
  func takeover() throws {
    // b takes over one round after it has missed a, which it does one round after a has crashed.
    let program = try Program(
      text: #"""
        nodes "a", "b";
        up("a")@1; up("b")@1; up(N)@next :- up(N);
        beat("b", 0)@1;
        beat("b", 0)@async :- up("a");
        quiet("b")@next :- up("b"), notin beat("b", _);
        quiet("b")@next :- quiet("b");
        pre("w") :- up("b"), notin crash("b", "b", _);
        post("w") :- beat("b", _);
        post("w") :- quiet("b");
        """#)
    var inquiry = Inquiry(eot: 1)
    inquiry.settings = [BudgetSetting("crashes", "1")]
    var sweep = try Sweep(over: program, asking: inquiry)
    for _ in 0..<12 {
      guard let question = sweep.question else { break }
      try sweep.take(check(question))
    }
    let result = try #require(sweep.result)
    #expect(
      sweep.question != nil && result.answer.verdict == .holds,
      "\(String(describing: result.answer.counterexample?.faults.faults))")
    #expect(result.late != nil)
  }
}
