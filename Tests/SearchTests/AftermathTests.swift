// Late or lost. What is said of a counterexample whose run goes on is held against runs of the plain
// evaluator with each number of rounds, up to beyond the loop that is claimed; and a sweep must not call a
// program broken because its runs end too early.

import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Late or lost")
struct AftermathTests {
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

  /// Two states take turns; in one of three rounds the row is missing.
  private static let turns = #"""
    nodes "a", "b";
    x("a")@1; x(N)@next :- x(N); first("a")@1;
    m("b")@async :- first("a");
    s("b", 0)@1; s(N, T + 1)@next :- s(N, T), T < 2, notin m(N), notin got(N);
    s(N, 0)@next :- s(N, 2);
    got(N)@next :- m(N); got(N)@next :- got(N);
    pre("w") :- x("a");
    post("w") :- got("b");
    post("w") :- s("b", 0);
    """#

  /// An outbox that sends once.
  private static let forgetful = outbox.replacing(
    "owes(N, V)@next :- owes(N, V);", with: "owed(N, V)@next :- owes(N, V); owed(N, V)@next :- owed(N, V);"
  )
  .replacing("pre(V) :- owes(_, V);", with: "pre(V) :- owed(_, V);")
  private static let clock = #"c("a", 0)@1; c(N, T + 1)@next :- c(N, T);"#
  private static let held = "property post: finally owes => owes;"

  /// A program, its bounds, and what is said of its counterexample.
  static let sentences: [(text: String, eot: Int, eff: Int, sentence: String)] = [
    (outbox, 5, 4, "It heals in round 6: with the same faults and any EOT from 6 on nothing is broken."),
    (forgetful, 5, 2, "Broken for ever: from round 3 on every round is the same."),
    (turns, 6, 2, "Broken for ever: from round 3 the run repeats every 3 rounds, broken in 2 of them."),
    // A relation that nothing depends on may change for ever, one that matters must not.
    (forgetful + clock, 5, 2, "Broken for ever: from round 3 on every round is the same."),
    (
      forgetful + clock + "post(V) :- c(_, T), owed(_, V), T == 600;", 5, 2,
      "Not healed by round 500, and the run does not repeat itself: 'c' still changes."
    ),
    (
      outbox + "property soon: within 3 owes => got2; got2(N, V) :- got(_, V), owes(N, V);" + held, 8, 4,
      "Late, not lost: what is missing comes in round 5."
    ),
    (
      forgetful + #"property soon: within 3 owed => got2; got2("a", V) :- got(_, V);"# + held, 8, 2,
      "Broken for ever: from round 3 on every round is the same."
    ),
  ]

  @Test("what becomes of a counterexample is told in a sentence", arguments: sentences.indices)
  func words(_ index: Int) throws {
    let row = Self.sentences[index]
    let answer = try check(question(row.text, eot: row.eot, eff: row.eff))
    #expect(answer.aftermath?.sentence == row.sentence, "\(answer.verdict)")
  }

  @Test("a node that is down for good may keep a row that looks derived")
  func derivedDurable() throws {
    let text = #"""
      durable d;
      nodes "a", "b";
      t("b", 1)@1; t("b", 0)@next :- t("b", 1); t("b", 1)@next :- t("b", 0);
      sig("b")@next :- t("b", 0);
      d("a", 1)@next :- sig("b");
      d("a", 1) :- t(_, 0);
      """#
    let program = try Program(text: text)
    let nodes = Nodes(["a", "b"])
    let crash = Scenario(FaultSet([.crash(NodeID(0), Round(1))]))
    func run(_ eot: Int) -> Execution {
      Evaluation.run(program, Setting(nodes: nodes, eot: eot, crashView: .failStop), under: crash)
    }
    // Rounds 2 and 4 have the same rows, and rounds 3 and 5 differ.
    let rows = run(6).rowsByRound(of: program.allRelations)
    #expect(rows[1] == rows[3] && rows[2] != rows[4])
    #expect(run(4).recurrence == nil)
  }

  /// A run of the plain evaluator under the faults of a counterexample, with any number of rounds.
  private struct Longer {
    let part: Question
    let specification: ReferenceSpecification
    let faults: [ReferenceFault]
    let demanding: DemandingProtocol

    func run(_ eot: Int, _ faults: [ReferenceFault]) -> ReferenceExecution {
      ReferenceRun(
        program: part.program, nodes: demanding.generated.space.nodes, eot: eot,
        crashView: demanding.crashView, faults: faults
      ).execution(recordingFirings: false)
    }

    /// Those of `ends` that are last rounds of runs which break the property. Where no rule asks how many
    /// rounds there are, a run is the beginning of a longer one.
    func broken(_ ends: ClosedRange<Int>) -> [Int] {
      let last = ends.upperBound
      let long = part.program.time == nil ? (run(last, faults), run(last, [])) : nil
      return ends.filter { eot in
        let (run, baseline) = long ?? (run(eot, faults), self.run(eot, []))
        return specification.lacksDemand(after: baseline, eot: eot)
          || !specification.violations(in: run, baseline: baseline, eot: eot).isEmpty
      }
    }

    /// The same without faults.
    func brokenWithoutFaults(_ ends: ClosedRange<Int>) -> [Int] {
      Longer(part: part, specification: specification, faults: [], demanding: demanding).broken(ends)
    }

    /// The first round after that of a violation in which what is missing is there.
    func arrival(of violation: Violation, by last: Int) -> Int? {
      guard case .within(_, _, let post) = part.properties[0].form else { return nil }
      let run = run(last, faults)
      return (violation.round.position...last).first { run.rows(of: post, in: $0).contains(violation.row) }
    }

    /// What is wrong with `aftermath`, by runs of a few more rounds than it speaks of.
    func flaw(of aftermath: Aftermath, _ found: Counterexample) -> String? {
      let loop = aftermath.recurrence
      let last = max(part.healingHorizon, (loop?.first.position ?? 0) + 2 * (loop?.period ?? 0)) + 6
      guard last <= 70 else { return nil }
      if aftermath.hasDeadline {
        let arrivals = found.violations.map { arrival(of: $0, by: last) }
        switch aftermath.outcome {
        case .heals(let round):
          return arrivals.compactMap(\.self).max() == round.position ? nil : "\(arrivals)"
        case .isBrokenForEver: return arrivals.contains(nil) ? nil : "\(arrivals)"
        case .isOpen: return arrivals.contains(nil) ? nil : "\(arrivals)"
        }
      }
      let ends = (part.bounds.eot + 1)...last
      let broken = broken(ends)
      switch aftermath.outcome {
      case .heals(let round):
        let isLate = round.position == part.bounds.eot + 1 || broken.contains(round.position - 1)
        return broken.allSatisfy { $0 < round.position } && isLate ? nil : "\(round): \(broken)"
      case .isBrokenForEver(let count):
        guard let loop else { return "there is no loop" }
        let whole = ends.filter { $0 >= loop.first.position }.suffix(loop.period)
        return whole.filter(broken.contains).count == count ? nil : "\(loop), \(count): \(broken)"
      case .isOpen: return broken.contains(part.healingHorizon) ? nil : "\(broken)"
      }
    }
  }

  @Test("where with more rounds the run without faults is broken, too, nothing is said of the faults")
  func brokenWithoutFaults() throws {
    let vanishing = try Program(
      text: #"clk("b", 0)@1; clk(N, T + 1)@next :- clk(N, T), T < 3; x("a", 0)@1;"#)
    var inquiry = Inquiry(eot: 4)
    inquiry.eff = 2
    inquiry.settings = [BudgetSetting("pauses", "1")]
    inquiry.name(outcome: "clk")
    let answer = try check(inquiry.question(about: vanishing))
    #expect(answer.verdict == .counterexample && answer.aftermath == nil)
  }

  @Test("what is said of longer runs is so in runs of the plain evaluator with each number of rounds")
  func random() throws {
    var shares = Shares()
    for seed in Campaign.seeds(1400) {
      let demanding = DemandingProtocol(seed: seed, limit: 60)
      let space = demanding.generated.space
      var (text, random) = (demanding.source.text, SplitMix64(seed: seed))
      if seed % 3 == 0 {
        text = demanding.source.text(
          withBeatOf: random.number(in: 2...3), at: space.nodes[0].string, &random)
      }
      guard let program = try? Program(text: text), let specification = ReferenceSpecification(of: program)
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
        let longer = Longer(part: part, specification: specification, faults: faults, demanding: demanding)
        guard let aftermath = answer.aftermath else {
          let isAboutTheEnd = part.properties.contains(where: \.isAboutTheEnd)
          let ends = (part.bounds.eot + 1)...(part.healingHorizon + 6)
          #expect(
            !isAboutTheEnd || !longer.brokenWithoutFaults(ends).isEmpty,
            "seed \(seed), \(part.restriction)\n\(demanding.source.text)")
          shares.note(["broken", isAboutTheEnd ? "broken without faults" : "none"])
          continue
        }
        let flaw = longer.flaw(of: aftermath, found)
        try #require(
          flaw == nil,
          "seed \(seed), \(part.restriction): \(aftermath.sentence) \(flaw ?? "")\n\(demanding.source.text)")
        let word =
          switch aftermath.outcome {
          case .heals: aftermath.hasDeadline ? "late" : "heals"
          case .isBrokenForEver: aftermath.hasDeadline ? "never comes" : "for ever"
          case .isOpen: "open"
          }
        shares.note(["broken", word] + ((aftermath.recurrence?.period ?? 1) > 1 ? ["longer period"] : []))
      }
    }
    #expect(shares["broken"] >= 1000 * Campaign.factor, "\(shares)")
    #expect(
      shares.below(2, of: shares["broken"], ["heals", "for ever", "late", "never comes", "none"]) == [],
      "\(shares)")
    #expect(shares["longer period"] >= 50 && shares["for ever"] >= 300, "\(shares)")
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
    var sweep = try Sweep(over: Program(text: Self.forgetful), asking: Inquiry(eot: 1))
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
