import Foundation
import Testing

@Suite("check --settle, sweep, verify of what is settled, --mode")
struct SettleCallTests {
  private let here: Workplace

  /// A broadcast that is repeated for ever in `resend.ded`, a count of rounds in `count.ded`, and a row in
  /// `late.ded` that is there for eight rounds.
  init() throws {
    here = try Workplace([
      "resend.ded": """
      friend("a", "b")@1;
      friend(N, F)@next :- friend(N, F);
      hello(F, N)@async :- friend(N, F);
      hello(F, N)@next :- hello(F, N);
      pre(N, F) :- friend(N, F), notin crash(N, N, _);
      post(N, F) :- hello(F, N);
      never odd;
      odd(F) :- hello(F, N), notin friend(N, F);
      """,
      "count.ded": """
      turn("a", 1)@1;
      turn(N, T + 1)@next :- turn(N, T);
      never late;
      late(N, T) :- turn(N, T), T > 100;
      """,
      "late.ded": """
      turn("a", 1)@1;
      turn(N, T + 1)@next :- turn(N, T), T < 8;
      pre(N) :- turn(N, _)@1;
      post(N) :- turn(N, T);
      """,
    ])
  }

  private static let bounds = "--eot 6 --eff 3 --crashes 1 --nodes a,b"

  @Test("that it holds for every EOT is said, is in the document, and has a certificate that verify accepts")
  func settled() throws {
    let made = try here.shell(
      "mkdir kept && $FAULTLINE check resend.ded \(Self.bounds) --settle --certificate kept")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("Settled: it holds for every EOT from 6 on.\n"), "\(made.output)")
    let valid = try here.faultline("verify", "kept")
    #expect(
      valid.status == 0 && valid.output.hasPrefix("VALID") && valid.output.contains("with any EOT from 6 on"),
      "\(valid.output)")
    let document = try json(here.shell("$FAULTLINE check resend.ded \(Self.bounds) --settle --json").output)
    let settled = try #require(document["settled"] as? [String: Any])
    #expect(settled["from"] as? Int == 6 && settled["period"] as? Int == 1)
  }

  @Test("a claim of settling that was changed is refused")
  func forged() throws {
    let outcome = try here.shell(
      """
      mkdir kept && $FAULTLINE check resend.ded \(Self.bounds) --settle --certificate kept > /dev/null
      grep -l '"quiet"' -r kept | xargs sed -i -E 's/("quiet": *)[0-9]+/\\14/'
      $FAULTLINE verify kept
      """)
    #expect(outcome.status != 0 && !outcome.output.contains("VALID  "), "\(outcome.output)\(outcome.errors)")
  }

  @Test("what only counts is named where nothing can be said")
  func open() throws {
    let outcome = try here.shell("$FAULTLINE check count.ded --eot 5 --settle")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("Not settled by EOT 40: 'turn' still changes.\n"), "\(outcome.output)")
    #expect(
      try json(here.shell("$FAULTLINE check count.ded --eot 5 --settle --json").output)["settled"] is NSNull)
  }

  @Test("where a larger EOT breaks it, that is said with the EOT; the answer stays")
  func broken() throws {
    let outcome = try here.shell("$FAULTLINE check late.ded --eot 6 --settle")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("HOLDS"), "\(outcome.output)\(outcome.errors)")
    #expect((outcome.output + outcome.errors).contains("With EOT 9 it does not hold"), "\(outcome.output)")
  }

  @Test("a sweep ends where it has settled")
  func sweep() throws {
    let outcome = try here.shell("$FAULTLINE sweep resend.ded --eff 3 --crashes 1 --nodes a,b")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("Settled: it holds for every EOT from"), "\(outcome.output)")
  }

  @Test("faults without end never settle; another strategy proves nothing")
  func refused() throws {
    for (options, code) in [("--mode safety", "bad-mode"), ("--strategy exhaustive", "bad-strategy")] {
      let outcome = try here.shell("$FAULTLINE check resend.ded --eot 6 --nodes a,b --settle \(options)")
      #expect(outcome.status == 2 && outcome.errors.contains("[\(code)]"), "\(options): \(outcome.errors)")
    }
  }

  @Test("safety asks for what never happens, liveness for what must have happened, each with its faults")
  func modes() throws {
    let safety = try here.shell("$FAULTLINE check resend.ded --eot 6 --nodes a,b --mode safety")
    #expect(safety.status == 0 && safety.output.contains("EFF 6"), "\(safety.output)\(safety.errors)")
    let liveness = try here.shell("$FAULTLINE check resend.ded \(Self.bounds) --mode liveness")
    #expect(liveness.status == 0 && !liveness.output.contains("odd"), "\(liveness.output)")
    let late = try here.shell("$FAULTLINE check resend.ded --eot 6 --eff 5 --nodes a,b --mode liveness")
    #expect(late.status == 2 && late.errors.contains("[no-time-to-recover]"), "\(late.errors)")
  }
}
