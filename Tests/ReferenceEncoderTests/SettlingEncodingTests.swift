// Claims about every EOT with numbers drawn by chance: where the formula says that a claim is right, brute
// force with the reference evaluator finds nothing with any EOT from the first one to some beyond the last
// that the formula looks at.

import Dedalus
import ReferenceEvaluator
import Support
import Testing

@testable import ReferenceEncoder

@Suite("Claims about every EOT")
struct SettlingEncodingTests {
  /// Whether some run speaks against `question`; nil where it would follow from no formula.
  private func isSatisfiable(_ question: ReferenceQuestion) throws -> Bool? {
    do throws(UnfinishedFormula) {
      return try !ReferenceFormula(of: question).models(atMost: 1).isEmpty
    } catch {
      guard case .unfounded = error else { throw error }
      return nil
    }
  }

  @Test("that follow are so in every run with more rounds")
  func random() throws {
    var shares = Shares()
    for seed in Campaign.seeds(1600) {
      var random = SplitMix64(seed: seed ^ 0x5E77_1E00)
      let demanding = DemandingProtocol(seed: seed, limit: 40)
      let space = demanding.generated.space
      let text =
        seed % 3 == 0
        ? demanding.source.text(withBeatOf: 2, at: space.nodes[0].string, &random) : demanding.source.text
      guard let program = try? Program(text: text), let outcome = ReferenceSpecification(of: program) else {
        continue
      }
      let specifications = [outcome] + program.properties.map { ReferenceSpecification($0.form) }
      let specification = random.pick(specifications)
      let claim = ReferenceSettling(
        period: random.pick([1, 1, 2]), quiet: max(space.eff, 2) + random.number(in: 0...5),
        calm: random.number(in: 0...4))
      let question = ReferenceQuestion(
        program: program, space: space.with(eot: space.eot, for: program), crashView: demanding.crashView,
        specifications: [specification], settling: claim)
      guard let isWrong = try isSatisfiable(question) else {
        shares.note(["unfounded"])
        continue
      }
      shares.note([isWrong ? "wrong" : "right"])
      if isWrong { continue }
      let last = try Pumping(claim, of: question).eot
      for eot in space.eot...(last + 4) {
        let longer = space.with(eot: eot, for: program)
        if longer.count > 300 { break }
        let search = BruteForce(
          program: program, space: longer, specification: specification, crashView: demanding.crashView)
        let verdict = search.verdict()
        guard case .holds = verdict else {
          Issue.record("seed \(seed), EOT \(eot), \(claim), \(specification): \(verdict)\n\(text)")
          return
        }
        shares.note(
          ["compared"] + (claim.period > 1 ? ["longer period"] : []) + (eot > last ? ["beyond"] : [])
            + (longer.crashes > 0 ? ["with crashes"] : []))
      }
    }
    #expect(shares["right"] >= 200 * Campaign.factor && shares["wrong"] >= 200 * Campaign.factor, "\(shares)")
    #expect(
      shares.below(5, of: shares["compared"], ["beyond", "longer period", "with crashes"]) == [], "\(shares)")
  }

  /// A program, what it has to keep, and how a claim about it comes out: right, wrong, or why no formula
  /// says.
  static let cases:
    [(text: String, claim: ReferenceSettling, crashes: Int, view: ReferenceCrashView, outcome: String)] = [
      (turns, ReferenceSettling(period: 2, quiet: 3, calm: 2), 0, .silent, "right"),
      // Another period, an earlier round, a crash that is forgotten too soon.
      (turns, ReferenceSettling(period: 1, quiet: 3, calm: 1), 0, .silent, "wrong"),
      (chain, ReferenceSettling(period: 1, quiet: 4, calm: 1), 0, .silent, "right"),
      (chain, ReferenceSettling(period: 1, quiet: 3, calm: 1), 0, .silent, "wrong"),
      (grief, ReferenceSettling(period: 1, quiet: 6, calm: 4), 1, .silent, "right"),
      (grief, ReferenceSettling(period: 1, quiet: 6, calm: 3), 1, .silent, "wrong"),
      (
        turns, ReferenceSettling(period: 2, quiet: 2, calm: 2), 0, .silent,
        "round 2, or a crash, may be less than a period away"
      ),
      (
        turns, ReferenceSettling(period: 2, quiet: 4, calm: 1), 1, .silent,
        "round 4, or a crash, may be less than a period away"
      ),
      (
        turns + "never late; late(N) :- time(N, R, _), R > 90;",
        ReferenceSettling(period: 2, quiet: 3, calm: 2), 0,
        .silent, "the properties depend on the numbers of rounds"
      ),
      (
        turns + "never late; late(N) :- crash(N, N, R), R > 90;",
        ReferenceSettling(period: 2, quiet: 3, calm: 2), 1,
        .silent, "the properties depend on the rounds in which nodes crash"
      ),
      (
        turns + "durable two;", ReferenceSettling(period: 2, quiet: 3, calm: 2), 1, .failStop,
        "rules derive what is durable within a round"
      ),
      (turns + "durable two;", ReferenceSettling(period: 2, quiet: 3, calm: 2), 1, .silent, "right"),
      (
        turns, ReferenceSettling(period: 200_000, quiet: 300_000, calm: 2), 0, .silent,
        "its numbers are out of range"
      ),
      // What overflows in round 63 does not come to rest; a clock that nothing depends on may go on.
      (
        turns + #"d("a", 2)@1; d(N, T * 2)@next :- d(N, T);"#,
        ReferenceSettling(period: 2, quiet: 3, calm: 2), 0, .silent, "wrong"
      ),
      (
        turns + #"d("a", 2)@1; d(N, T + 2)@next :- d(N, T);"#,
        ReferenceSettling(period: 2, quiet: 3, calm: 2), 0, .silent, "right"
      ),
    ]
  private static let turns =
    #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1); never two; two(N) :- s(N, 2);"#
  private static let chain =
    #"s("a", 0)@1; s(N, T + 1)@next :- s(N, T), T < 2; s(N, 2)@next :- s(N, 2); never two; two(N) :- s(N, 7);"#
  /// Two rounds after a has fallen silent, b mourns for good.
  private static let grief = #"""
    up("a")@1; up("b")@1; up(N)@next :- up(N);
    beat("b")@async :- up("a"); beat("b")@1;
    quiet(N, 1)@next :- up(N), notin beat(N), N == "b"; quiet(N, T + 1)@next :- quiet(N, T), T < 3; quiet(N, 3)@next :- quiet(N, 3);
    never far; far(N) :- quiet(N, 9);
    """#

  @Test("come out right, wrong, or unfounded", arguments: cases.indices)
  func examples(_ index: Int) throws {
    let row = Self.cases[index]
    let program = try Program(text: row.text)
    let space = ReferenceFaultSpace(nodes: ["a", "b"], eot: 4, eff: 0, crashes: row.crashes)
    let question = ReferenceQuestion(
      program: program, space: space, crashView: row.view,
      specifications: program.properties.map { ReferenceSpecification($0.form) }, settling: row.claim)
    let outcome: String
    do throws(UnfinishedFormula) {
      outcome = try ReferenceFormula(of: question).models(atMost: 1).isEmpty ? "right" : "wrong"
    } catch {
      guard case .unfounded(let reason) = error else { throw error }
      outcome = reason
    }
    #expect(outcome == row.outcome)
  }
}
