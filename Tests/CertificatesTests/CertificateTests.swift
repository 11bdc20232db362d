// Certificates of random protocols, made by circuit, encoder and solver, against the plain evaluator, under
// every admissible fault set; and formulas that have been changed, which must be caught.

import Certificates
import Dedalus
import Evaluation
import ProofChecker
import Properties
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@Suite("Certificates")
struct CertificateTests {
  /// A certificate and what it speaks of.
  private struct Example {
    let program: Program
    let claim: Claim
    let certificate: Certificate

    /// The certificate of a generated protocol; nil where nothing is proved of it.
    init?(seed: UInt64) throws { try self.init(GeneratedProtocol(seed: seed), seed: seed) }

    /// The certificate of `generated`; nil where nothing is proved of it.
    init?(_ generated: GeneratedProtocol, seed: UInt64) throws {
      guard let program = try? Program(text: generated.source.text),
        let bounds = try? Bounds(generated.space),
        let question = try? Question(
          program: program, bounds: bounds, oracle: seed % 5 == 0 ? .molly : .implication,
          crashView: CrashView.allCases[Int(seed % 2)])
      else { return nil }
      let answer = try check(question)
      guard let claim = CertificateClaim(answer, files: [.init(path: "p.ded", digest: "")], included: []),
        let certificate = try Certificate(of: answer, claim, patience: Patience())
      else { return nil }
      self.program = program
      self.claim = try claim.claim(about: program)
      self.certificate = certificate
    }

    func audit(
      _ bytes: [UInt8]? = nil, samples: Int, program: Program? = nil, space: ReferenceFaultSpace? = nil
    ) throws -> Audit.Result {
      let formula = try #require(try CertificateFormula(bytes ?? certificate.formula))
      let claim = Claim(
        space: space ?? claim.space, crashView: claim.crashView, properties: claim.properties,
        namesProperties: claim.namesProperties, counterexample: claim.counterexample)
      var audit = Audit(of: formula, program: program ?? self.program, claim: claim)
      return audit.result(samples: samples, seed: 1)
    }
  }

  @Test("formula and program agree under the admissible fault sets of random protocols")
  func agreement() throws {
    var (certified, exhaustive, minimum) = (0, 0, 0)
    for seed in Campaign.seeds(60) {
      guard let example = try Example(seed: seed) else { continue }
      let result = try example.audit(samples: 512)
      #expect(result.findings.isEmpty, "seed \(seed): \(result.findings)")
      certified += 1
      if result.isExhaustive { exhaustive += 1 }
      if example.claim.counterexample != nil { minimum += 1 }
    }
    #expect(certified >= 30 && exhaustive >= 5 && minimum >= 10, "\(certified), \(exhaustive), \(minimum)")
  }

  @Test("formula and program agree under faults of every kind")
  func everyKind() throws {
    var (certified, shares) = (0, Shares())
    for seed in Campaign.seeds(150) {
      let generated = GeneratedProtocol(seed: seed, limit: 20_000, hasEveryKind: true)
      guard let example = try Example(generated, seed: seed) else { continue }
      let result = try example.audit(samples: 200)
      #expect(result.findings.isEmpty, "seed \(seed): \(result.findings)")
      certified += 1
      shares.note(generated.space.faults.map(\.name))
    }
    #expect(certified >= 75, "\(certified)")
    #expect(shares.below(15, of: certified, ReferenceFault.Kind.allCases.map(\.name)) == [])
  }

  /// The names of the ways in which a claim can speak of more fault sets than the formula.
  private static let changes =
    ReferenceFault.Kind.allCases.filter { $0 != .omission }.map(\.name)
    + ["window", "late", "split", "spared nodes", "spared links"]

  /// `space` with more faults in one way; nil where it admits the same.
  private func changed(_ space: ReferenceFaultSpace, _ change: String) -> ReferenceFaultSpace? {
    var changed = space
    switch change {
    case "window": changed.window += 1
    case "late": changed.late += 1
    case "split": changed.split = .any
    case "spared nodes": changed.sparedNodes = []
    case "spared links": changed.sparedLinks = []
    default:
      guard let kind = ReferenceFault.Kind.allCases.first(where: { $0.name == change }),
        let budget = space.budgets[kind], budget > 0
      else { return nil }
      changed.budgets[kind] = budget + 1
      return changed
    }
    return changed.faults == space.faults ? nil : changed
  }

  /// A change can have no effect: where nothing that matters is admitted by it. Then brute force must confirm
  /// the changed claim, so that nothing wrong is accepted.
  @Test(
    "claims about larger budgets, longer windows or less that is spared are rejected, unless they are true")
  func changedClaims() throws {
    var (rejected, confirmed) = (Shares(), 0)
    for seed in Campaign.seeds(250) {
      let generated = GeneratedProtocol(seed: seed &+ 7000, limit: 2000, hasEveryKind: true)
      guard let example = try Example(generated, seed: 1), example.claim.counterexample == nil else {
        continue
      }
      for name in Self.changes {
        guard let space = changed(example.claim.space, name) else { continue }
        if try !example.audit(samples: 100, space: space).findings.isEmpty {
          rejected.note([name])
        } else if space.count <= 3000 {
          let search = BruteForce(
            program: example.program, space: space, specification: example.claim.properties[0].specification,
            crashView: example.claim.crashView)
          guard case .holds = search.verdict() else {
            Issue.record("seed \(seed), \(name): accepted\n\(generated.source.text)\(space)")
            continue
          }
          confirmed += 1
        }
      }
    }
    // A split restricts nothing where there are three nodes, as mostly here.
    #expect(rejected.below(1, of: 100, Self.changes.filter { $0 != "split" }) == [], "\(rejected)")
    #expect(confirmed >= 20, "\(confirmed)")
  }

  @Test("a certificate of a program with durable relations is no certificate of one without")
  func durable() throws {
    var (tried, rejected) = (0, 0)
    for seed in Campaign.seeds(200) {
      let generated = GeneratedProtocol(seed: seed &+ 9000, limit: 5000, hasEveryKind: true)
      guard generated.space.faults.contains(where: { $0.kind == .restart }),
        !generated.program.durable.isEmpty,
        let example = try Example(generated, seed: 1)
      else { continue }
      var source = generated.source
      source.declarations.removeAll { $0.kind == .durable }
      let result = try example.audit(samples: 50, program: Program(text: source.text))
      tried += 1
      if !result.findings.isEmpty { rejected += 1 }
    }
    #expect(tried >= 15 && rejected * 3 >= tried, "\(rejected) of \(tried)")
  }

  @Test("most clauses with a literal negated are caught, by the proof or by a run")
  func mutatedClauses() throws {
    var (caught, tried) = (0, 0)
    for seed in Campaign.seeds(40) {
      guard let example = try Example(seed: seed) else { continue }
      var random = SplitMix64(seed: seed)
      for _ in 0..<8 {
        guard let changed = negatedLiteral(in: example.certificate.formula, using: &random) else { continue }
        tried += 1
        let isProved = (try? Verification(of: changed, by: example.certificate.proof)) != nil
        let result = try example.audit(changed, samples: 64)
        if !isProved || !result.findings.isEmpty { caught += 1 }
      }
    }
    #expect(tried > 150 && caught * 100 >= tried * 70, "\(caught) of \(tried)")
  }

  @Test("a name that is given to another literal is caught, and its line named")
  func mutatedNames() throws {
    var (caught, tried) = (0, 0)
    for seed in Campaign.seeds(40) {
      guard let example = try Example(seed: seed) else { continue }
      var lines = lines(of: example.certificate.formula)
      guard let place = lines.lastIndex(where: { $0.hasPrefix("c tuple ") }) else { continue }
      var words = lines[place].split(separator: " ", maxSplits: 3).map(String.init)
      words[2] = negated(words[2])
      lines[place] = words.joined(separator: " ")
      tried += 1
      let result = try example.audit(bytes(of: lines), samples: 16)
      if result.findings.first?.line == place + 1 { caught += 1 }
    }
    #expect(tried > 15 && caught == tried, "\(caught) of \(tried)")
  }

  @Test("a formula must say what is claimed to be impossible, and its names must be literals")
  func malformed() throws {
    for (text, reason) in [
      ("p cnf 1 1\n1 0\n", "line 1, column 1: no 'c broken LITERAL' says what is claimed to be impossible"),
      ("c broken 2\np cnf 1 1\n1 0\n", "line 1, column 10: a literal is expected here"),
      ("c broken 0\np cnf 1 1\n1 0\n", "line 1, column 10: a literal is expected here"),
      ("c fault x crash\np cnf 1 1\n1 0\n", "line 1, column 9: a literal is expected here"),
    ] {
      do {
        _ = try CertificateFormula(Array(text.utf8))
        Issue.record("accepted: \(text)")
      } catch {
        #expect(error.description == reason)
      }
    }
  }

  /// `formula` with one literal of one clause negated.
  private func negatedLiteral(in formula: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
    var lines = lines(of: formula)
    guard let header = lines.firstIndex(where: { $0.hasPrefix("p ") }), header + 1 < lines.count else {
      return nil
    }
    let place = Int.random(in: header + 1..<lines.count, using: &random)
    var words = lines[place].split(separator: " ").map(String.init)
    guard words.count > 1 else { return nil }
    let word = Int.random(in: 0..<words.count - 1, using: &random)
    words[word] = negated(words[word])
    lines[place] = words.joined(separator: " ")
    return bytes(of: lines)
  }

  private func negated(_ literal: String) -> String {
    literal.hasPrefix("-") ? String(literal.dropFirst()) : "-" + literal
  }

  private func lines(of bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func bytes(of lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
}
