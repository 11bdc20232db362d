// What is said to hold for every EOT, against runs: every admissible fault set with six more values of EOT.

import Dedalus
import Evaluation
import Foundation
import Properties
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Settling")
struct SettlingTests {
  private func question(
    _ text: String, eot: Int, eff: Int = 0, budgets: Budgets = Budgets(), crashView: CrashView = .silent
  ) throws -> Question {
    let program = try Program(text: text)
    let bounds = try Bounds(eot: eot, eff: eff, budgets: budgets, nodes: Nodes(program.defaultNodes))
    return try Question(program: program, bounds: bounds, crashView: crashView)
  }

  /// A settlement in comparable words.
  private func words(_ settlement: Settlement) -> String {
    switch settlement {
    case .settled(let settled):
      "settled from \(settled.from) at \(settled.eot), period \(settled.period), quiet from \(settled.quiet)"
        + (settled.calm.map { ", calm \($0)" } ?? "")
    case .broken(let answer): "broken at \(answer.question.bounds.eot): \(answer.verdict)"
    case .open(let reason): reason
    case .inconclusive(let limit): limit.words
    }
  }

  static let store = """
    up("a")@1; up("b")@1;
    m("b", 1)@async :- w("a", 1); w("a", 1)@1;
    k(N, V) :- m(N, V); k(N, V)@next :- k(N, V);
    """
  static let retry = """
    w("a", 1)@1; w(N, V)@next :- w(N, V); n("a", "b")@1; n("b", "a")@1;
    n(N, M)@next :- n(N, M);
    k(M, V)@async :- w(N, V), n(N, M); k(N, V)@next :- k(N, V);
    """
  static let spec = #"pre("x", V) :- w("a", V)@1; post("x", V) :- k("b", V);"#
  /// Whoever misses the second of three messages, and no other, blinks for ever: a every 3 rounds, b every 2.
  static let blinking = """
    tick("a", 1)@1; tick("b", 1)@1; tick(N, T + 1)@next :- tick(N, T), T < 3;
    other("a", "b")@1; other("b", "a")@1; other(N, M)@next :- other(N, M);
    m(M, T)@async :- tick(N, T), other(N, M);
    got(N, T) :- m(N, T); got(N, T)@next :- got(N, T);
    odd(N) :- got(N, 1), got(N, 3), notin got(N, 2);
    two("b", 1)@next :- odd("b"), notin two("b", 1);
    three("a", 1)@next :- odd("a"), notin three("a", 1), notin three("a", 2);
    three("a", 2)@next :- three("a", 1);
    known(N) :- got(N, _); blink(N) :- two(N, _); blink(N) :- three(N, _); always blink => known;
    """
  static let clock = #"c("a", 0)@1; c(N, T+1)@next :- c(N, T);"#

  /// A detector of crashes that needs a clock.
  static let detector =
    clock + #"down(N) :- crash(N, X, R), c(N, T), R < T; never gone; gone(N) :- down(N), c(N, 0)@1, off(N);"#
    + #"off("a")@9;"#

  /// A program, its bounds and what is to come out.
  static let cases: [(text: String, eot: Int, eff: Int, crashes: Int, last: Int?, words: String)] = [
    (store + "never lost; lost(N) :- k(N, 2);", 3, 0, 0, nil, "settled from 3 at 4, period 1, quiet from 4"),
    // A loss is made good as long as the sender lives: but only once the message is on its way again.
    (retry + spec, 5, 3, 0, nil, "settled from 5 at 5, period 1, quiet from 5"),
    // What crashes late has sent before.
    (
      retry + spec.replacing("pre(\"x\", V) :-", with: "pre(\"x\", V) :- notin crash(\"a\", \"a\", _),"),
      5, 3, 1, nil, "settled from 5 at 7, period 1, quiet from 5, calm 1"
    ),
    // Runs with one period are found after runs with another.
    (blinking, 8, 4, 0, nil, "settled from 8 at 13, period 6, quiet from 11"),
    // What counts is not asked for.
    (retry + spec + clock, 5, 3, 0, nil, "settled from 5 at 5, period 1, quiet from 5"),
    (clock + "never far; far(N) :- c(N, 50);", 4, 0, 0, nil, "Not settled by EOT 40: 'c' still changes."),
    (clock + "never far; far(N) :- c(N, 9);", 4, 0, 0, nil, "Not settled by EOT 40: 'c' still changes."),
    // Without crashes nothing depends on the clock that tells how long ago they were.
    (detector, 4, 0, 0, nil, "settled from 4 at 4, period 1, quiet from 2"),
    (
      detector, 4, 0, 1, nil,
      "Not settled: the properties depend on the round in which a node crashes."
    ),
    // Two states take turns, and one of them is wrong.
    (
      #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1); finally odd => none; odd(N) :- s(N, 1); none(N) :- s(N, 2);"#,
      5, 0, 0, nil, "broken at 6: badBaseline"
    ),
    (
      #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1); never two; two(N) :- s(N, 2);"#,
      3, 0, 0, nil, "settled from 3 at 4, period 2, quiet from 3"
    ),
    (
      #"w("a")@1; late(N) :- time(N, R, _), R > 8, w(N)@1; never late;"#, 4, 0, 0, nil,
      "Not settled: the properties depend on the numbers of rounds, which 'time' states."
    ),
    (
      #"w("a", 1)@1; p(N, R) :- crash(N, N, R), w(N, _)@1; never q; q(N) :- p(N, 7);"#, 4, 0, 1, nil,
      "Not settled: the properties depend on the round in which a node crashes."
    ),
    (
      #"w("a", 1)@1; p(N, R) :- crash(N, N, R), w(N, _)@1; never q; q(N) :- p(N, 7);"#, 4, 0, 1, 3,
      "settled from 4 at 4, period 1, quiet from 4"
    ),
  ]

  @Test("is found, or why not, at the EOT that the proof needs", arguments: cases.indices)
  func examples(_ index: Int) throws {
    let example = Self.cases[index]
    var budgets = Budgets.crashes(example.crashes)
    budgets.lastCrash = example.last
    let question = try question(
      example.text, eot: example.eot, eff: example.eff,
      budgets: budgets)
    #expect(try check(question).verdict == .holds)
    #expect(words(try settlement(of: question)) == example.words)
  }

  /// Every quiet round of `execution` is as the one a period before.
  private func repeats(_ execution: Execution, _ settled: Settled, _ invariance: TimeInvariance) -> Bool {
    let repetition = Repetition(execution, of: invariance.relations)
    return (settled.quiet...execution.setting.eot.position).allSatisfy { round in
      if let calm = settled.calm, let crash = repetition.latestCrash(after: invariance.base, upTo: round),
        crash >= round - calm
      {
        return true
      }
      return repetition.isRepeated(round, after: settled.period)
    }
  }

  @Test("what is settled holds in every run of up to six rounds more, and repeats itself there")
  func bruteForce() throws {
    var shares = Shares()
    for seed in Campaign.seeds(2000) {
      let generated = GeneratedProtocol(seed: seed &+ 90_000, limit: 120, hasEveryKind: seed % 3 > 0)
      var (program, text) = (generated.program, generated.source.text)
      if seed % 4 == 0 {
        var random = SplitMix64(seed: seed)
        let node = generated.space.nodes[0].string
        text =
          generated.source.text(withBeatOf: random.number(in: 2...3), at: node, &random)
          + "never off; off(N) :- beat(N, 7);"
        program = try Program(text: text)
      }
      let question = try Question(
        program: program, bounds: Bounds(generated.space), crashView: CrashView.allCases[Int(seed / 2 % 2)])
      guard try check(question).verdict == .holds else { continue }
      shares.note(["holds"])
      guard case .settled(let settled) = try settlement(of: question) else { continue }
      shares.note(["settled"] + (settled.period > 1 ? ["longer period"] : []))
      let invariance = TimeInvariance(of: question)
      let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
      for eot in (settled.eot + 1)...(settled.eot + 6) {
        let longer = try #require(question.with(eot: eot))
        let baseline = compiled.run(longer.setting)
        let sets = AdmissibleFaultSets(longer.bounds)
        let inputs = longer.possibleFaults.inputs.all
        if longer.bounds.admissibleSetCount > 300 { break }
        shares.note(["compared"])
        for scenario in sets.flatMap({ faults in inputs.map { Scenario(faults, $0) } }) {
          let faults = scenario.faults
          let run = compiled.run(longer.setting, under: scenario)
          let violations = longer.violations(in: run, baseline: baseline)
          try #require(
            violations.isEmpty && !longer.lacksDemand(after: baseline) && repeats(run, settled, invariance),
            "seed \(seed), EOT \(eot), \(faults.faults): \(violations)\n\(text)")
          if !faults.faults.isEmpty, eot == settled.eot + 6 { shares.note(["run with faults"]) }
          if faults.faults.contains(where: { $0.kind == .crash && $0.round.position > settled.eot }) {
            shares.note(["run with a later crash"])
          }
        }
      }
    }
    #expect(shares["settled"] >= 1000, "\(shares)")
    #expect(shares.below(10, of: shares["settled"], ["longer period"]) == [], "\(shares)")
    #expect(shares["run with faults"] >= 30_000 && shares["run with a later crash"] >= 20_000)
  }

  @Test("what is broken with a larger EOT is so there, and no earlier")
  func broken() throws {
    var found = 0
    for seed in Campaign.seeds(600) {
      let generated = GeneratedProtocol(seed: seed &+ 190_000, limit: 200, hasEveryKind: true)
      let question = try Question(program: generated.program, bounds: Bounds(generated.space))
      guard try check(question).verdict == .holds, case .broken(let answer) = try settlement(of: question)
      else { continue }
      found += 1
      #expect(answer.verdict != .holds && answer.verdict != .inconclusive, "seed \(seed)")
      for eot in question.bounds.eot..<answer.question.bounds.eot {
        let between = try #require(question.with(eot: eot))
        #expect(try check(between).verdict == .holds, "seed \(seed), EOT \(eot)")
      }
    }
    #expect(found >= 5, "\(found)")
  }
}

extension String {
  fileprivate func replacing(_ text: String, with other: String) -> String {
    components(separatedBy: text).joined(separator: other)
  }
}
