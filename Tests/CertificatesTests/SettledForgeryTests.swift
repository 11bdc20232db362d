// Claims about every EOT that are false: with other numbers, with other bounds, with the proof for one EOT.

import Answers
import Dedalus
import Documents
import ReferenceEncoder
import ReferenceEvaluator
import Search
import Testing

@testable import Certificates

@Suite("Forged certificates about every EOT")
struct SettledForgeryTests {
  /// Lets nodes be what the programs are about, unless they are given.
  private func words(_ words: String) -> String { words.contains("nodes=") ? words : words + " nodes=a,b" }

  /// What holds for every EOT, with the true numbers, and false ones.
  static let restless:
    [(what: String, program: String, words: String, lie: String, numbers: ReferenceSettling)] = [
      (
        "another period", turns, "eot=5", "eot=5", ReferenceSettling(period: 1, quiet: 3, calm: 1)
      ),
      ("an earlier round", chain, "eot=6", "eot=6", ReferenceSettling(period: 1, quiet: 3, calm: 1)),
      (
        "a shorter calm", grief, "eot=5 crashes=1", "eot=5 crashes=1",
        ReferenceSettling(period: 1, quiet: 3, calm: 3)
      ),
      (
        "a larger EFF", late, "eot=6 eff=2", "eot=6 eff=4", ReferenceSettling(period: 1, quiet: 6, calm: 1)
      ),
      (
        "a crash", late, "eot=6 eff=2", "eot=6 eff=2 crashes=1",
        ReferenceSettling(period: 1, quiet: 6, calm: 1)
      ),
    ]
  private static let turns =
    #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1); never two; two(N) :- s(N, 2);"#
  private static let chain = #"""
    s("a", 0)@1; s(N, T + 1)@next :- s(N, T), T < 2; s(N, 2)@next :- s(N, 2); never two; two(N) :- s(N, 7);
    """#
  private static let grief = #"""
    up("a")@1; up("b")@1; up(N)@next :- up(N);
    beat("b")@async :- up("a"); beat("b")@1;
    quiet(N, 1)@next :- up(N), notin beat(N), N == "b"; quiet(N, T + 1)@next :- quiet(N, T), T < 3;
    quiet(N, 3)@next :- quiet(N, 3);
    never far; far(N) :- quiet(N, 9);
    """#
  private static let late = #"""
    w("a", 1)@1; w(N, V)@next :- w(N, V);
    k("b", V)@async :- w("a", V); k(N, V)@next :- k(N, V);
    pre("x") :- w("a", _)@1; post("x") :- k("b", _)@4; post("x") :- k("b", _)@3;
    """#

  @Test("about every EOT are rejected, though everything fits but the truth", arguments: restless.indices)
  func everyEOT(_ index: Int) throws {
    let row = Self.restless[index]
    let desk = try ForgersDesk(row.program)
    let question = try desk.question(words(row.words))
    let answer = try check(question)
    guard case .settled(let settled) = try settlement(of: question) else {
      Issue.record("\(row.what): not settled")
      return
    }
    let truth = try #require(CertificateClaim(answer, settled, files: desk.files, included: []))
    #expect(try desk.review(Certificate(of: answer, truth, patience: Patience())).verdict == .valid)

    let lie = CertificateClaim(
      AskedQuestion(try desk.question(words(row.lie)), files: desk.files), .holdsForEver(row.numbers))
    let honest = try truth.claim(about: desk.program).question(about: desk.program)
    let forged = try desk.forge(lie, from: honest)
    #expect(forged.verdict == .rejected && forged.findings.count == 1, "\(forged.findings)")
    #expect(forged.findings.first?.path == desk.folder["formula.cnf"])
    let unproved = try desk.forge(lie, from: honest, usesOwnFormula: true)
    #expect(unproved.verdict == .rejected, "\(unproved.findings)")
    #expect(unproved.findings.first?.path == desk.folder["proof.lrat"], "\(unproved.findings)")
  }

  @Test("about every EOT that prove one EOT only, or nothing, are rejected")
  func oneEOT() throws {
    // It holds with EOT 5, and not with 6.
    let desk = try ForgersDesk(
      #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1); finally odd => none; odd(N) :- s(N, 1); none(N) :- s(N, 2);"#
    )
    let question = try desk.question("eot=5 nodes=a,b")
    let truth = CertificateClaim(AskedQuestion(question, files: desk.files), .holds)
    let honest = truth.claim(of: question).question(about: desk.program)
    let lie = CertificateClaim(truth.asked, .holdsForEver(ReferenceSettling(period: 2, quiet: 3, calm: 2)))
    let forged = try desk.forge(lie, from: honest)
    #expect(forged.findings.map(\.path) == [desk.folder["formula.cnf"]])
    // The pause before the first quiet round is too short for the argument.
    let hasty = CertificateClaim(truth.asked, .holdsForEver(ReferenceSettling(period: 2, quiet: 2, calm: 2)))
    let unfounded = try desk.forge(hasty, from: honest)
    #expect(
      unfounded.findings.map(\.message) == [
        "what it claims of every EOT would follow from no formula: round 2, or a crash, may be less than a period away"
      ])
    #expect(unfounded.verdict == .rejected)
  }
}
