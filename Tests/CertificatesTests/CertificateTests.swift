// Certificates of random protocols and of the library: what the search says, the formula of the reference
// encoder proves, and a review makes the same formula again.

import Answers
import Dedalus
import Documents
import Evaluation
import Files
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@testable import Certificates

@Suite("Certificates")
struct CertificateTests {
  /// The question that `generated` asks: of four one looks for rows. Nil where it asks none.
  private func question(_ generated: GeneratedProtocol, _ seed: UInt64) throws -> (String, Question)? {
    let crashView = CrashView.allCases[Int(seed % 2)]
    let bounds = try Bounds(generated.space).with(openFacts: generated.program.openFacts)
    if seed % 4 == 3 {
      var random = SplitMix64(seed: seed)
      let (source, rows) = generated.soughtRows(using: &random)
      guard let program = try? Program(text: source.text) else { return nil }
      let question = try? Question(program: program, bounds: bounds, crashView: crashView, seeking: rows)
      return question.map { (source.text, $0) }
    }
    let (program, text) = (generated.program, generated.source.text)
    let comparesWithPre = program.relation(named: "pre") != nil && program.choices.isEmpty
    let oracle: Oracle = comparesWithPre && seed % 5 == 0 ? .molly : .implication
    return (text, try Question(program: program, bounds: bounds, oracle: oracle, crashView: crashView))
  }

  @Test("what the search says of random protocols is proved, and the proof is valid")
  func protocols() throws {
    var shares = Shares()
    let seeds = Campaign.seeds(240)
    for seed in seeds {
      let generated = GeneratedProtocol(
        seed: seed, limit: 5000, hasEveryKind: seed % 4 != 0, hasChoices: seed % 3 == 0)
      guard let (text, question) = try question(generated, seed) else { continue }
      let answer =
        seed % 8 < 4 ? try check(question) : try checkAll(question, atMost: seed % 5 == 1 ? 50 : 2)
      let desk = try ForgersDesk(text)
      guard let claim = CertificateClaim(answer, files: desk.files, included: []) else { continue }
      let certificate = try Certificate(of: answer, claim, patience: Patience())
      let review = try desk.review(certificate)
      #expect(review.verdict == .valid, "seed \(seed): \(review.findings)\n\(text)")
      if question.sought != nil { shares.note(["rows", claim.breaking.isEmpty ? "no row" : "some row"]) }
      if !question.program.choices.isEmpty {
        shares.note(["open", claim.breaking.isEmpty ? "for all inputs" : "with inputs"])
      }
      switch claim.conclusion {
      case .holds, .holdsForEver: shares.note(["certified", "holds"])
      case .minimum: shares.note(["certified", "minimum"])
      case .minimalSets(let sets, let isComplete):
        shares.note(
          ["certified", isComplete ? "all sets" : "some sets"] + (sets.count > 1 ? ["several"] : []))
        #expect(review.confirmedCount == sets.count)
      }
    }
    #expect(shares["certified"] * 10 >= seeds.count * 6, "\(shares)")
    let parts = [
      "holds", "minimum", "all sets", "some sets", "several", "no row", "some row", "for all inputs",
      "with inputs",
    ]
    #expect(shares.below(3, of: seeds.count, parts) == [], "\(shares)")
  }

  @Test("what holds for every EOT is proved, and the proof is valid")
  func everyEOT() throws {
    var shares = Shares()
    for seed in Campaign.seeds(260) {
      let generated = GeneratedProtocol(seed: seed &+ 5_000, limit: 2000, hasEveryKind: seed % 3 > 0)
      var (text, random) = (generated.source.text, SplitMix64(seed: seed))
      if seed % 3 == 0 {
        let node = generated.space.nodes[0].string
        text = generated.source.text(withBeatOf: 2, at: node, &random) + "never off; off(N) :- beat(N, 7);"
      }
      let desk = try ForgersDesk(text)
      let question = try Question(
        program: desk.program, bounds: Bounds(generated.space), crashView: .allCases[Int(seed / 2 % 2)])
      let answer = try check(question)
      guard answer.verdict == .holds, case .settled(let settled) = try settlement(of: question) else {
        continue
      }
      let claim = try #require(CertificateClaim(answer, settled, files: desk.files, included: []))
      let certificate = try Certificate(of: answer, claim, patience: Patience())
      let review = try desk.review(certificate)
      #expect(review.verdict == .valid, "seed \(seed): \(review.findings)\n\(text)")
      #expect(claim.statement.hasPrefix("with any EOT from \(question.bounds.eot) on, no set of faults"))
      shares.note(
        ["certified"] + (settled.period > 1 ? ["longer period"] : [])
          + (settled.calm == nil ? [] : ["with crashes"])
          + (settled.eot > question.bounds.eot ? ["more rounds"] : []))
    }
    #expect(shares["certified"] >= 100 * Campaign.factor, "\(shares)")
    #expect(
      shares.below(5, of: shares["certified"], ["longer period", "with crashes", "more rounds"]) == [],
      "\(shares)")
  }

  @Test("every sixth scenario of the library has a certificate, unless its formula is large")
  func library() throws {
    var certified = 0
    for (number, scenario) in try ProgramLibrary.scenarios.get().enumerated()
    where number % 6 == 0 && scenario.line.inquiry.eot <= 14 {
      let answer = try check(try scenario.question)
      let path = ProgramLibrary.folder.appendingPathComponent(scenario.path).path
      guard let claim = CertificateClaim(answer, files: [.init(path: path, digest: "")], included: []) else {
        continue
      }
      _ = try Certificate(of: answer, claim, patience: Patience())
      certified += 1
    }
    #expect(certified >= 30, "\(certified)")
  }

  @Test("a list of minimal sets must be one")
  func lists() throws {
    let desk = try ForgersDesk(Forgery.once)
    let answer = try checkAll(desk.question("eot=5 eff=5 omissions=1 delays=1 nodes=a,b"))
    let claim = try #require(CertificateClaim(answer, files: desk.files, included: []))
    #expect(
      claim.statement
        == "each of these 3 sets breaks 'post', and every set within the bounds that does contains one of them"
    )
    let sets = claim.breaking
    for (wrong, message) in [
      ([sets[1], sets[0]], "the first of the sets is not the smallest"),
      ([sets[0], sets[1], sets[0]], "one of these sets contains another"),
    ] {
      let changed = desk.document(claim, listing: wrong)
      do throws(InvalidFile) {
        _ = try CertificateFile(reading: SourceFile(path: "claim.json", bytes: Array(changed.utf8)))
        Issue.record("accepted: \(changed)")
      } catch {
        #expect(error.message == message && error.code == CertificateFile.impossibleClaim)
      }
    }
  }
}
