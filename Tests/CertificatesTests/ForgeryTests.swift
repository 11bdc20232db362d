// A certificate was forged once: a program whose outcome breaks only under one set of eight losses, and a
// formula that agreed with every fault set that was sampled. Here are it and its kind: claim, formula, proof
// and digests all fit each other, and only the truth does not fit them.

import Answers
import Dedalus
import Documents
import Properties
import ReferenceEncoder
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing
import Texts

@testable import Certificates

/// A false claim, and the true one whose proof is put in its place.
struct Forgery: CustomTestStringConvertible, Sendable {
  let what: String
  let program: String
  /// What holds, in the words of a scenario line.
  let proved: String
  /// What is claimed to hold, and does not.
  let claimed: String
  var testDescription: String { what }

  init(_ what: String, _ program: String, _ proved: String, _ claimed: String) {
    (self.what, self.program, self.proved, self.claimed) = (what, program, proved, claimed)
  }

  /// What a sends b must arrive in round 3 and not again in round 4.
  static let once = """
    configuration link;
    go("a", "b")@2; link("a", "b")@2;
    m(Y, X)@async :- go(X, Y), link(X, Y);
    pre("x") :- go("a", _)@2;
    post("x") :- m("b", "a")@3, notin m("b", "a")@4;
    """

  /// What a sends b must arrive in round 3 or 4.
  static let soon = """
    go("a", "b")@2;
    m(Y, X)@async :- go(X, Y);
    pre("x") :- go("a", _)@2;
    post("x") :- m("b", "a")@3;
    post("x") :- m("b", "a")@4;
    """

  /// Somebody must hear of it.
  static let anybody = """
    go("a", "b")@2; go("a", "c")@2; go("a", "d")@2;
    m(Y, X)@async :- go(X, Y);
    pre("x") :- go("a", _)@2;
    post("x") :- m(_, "a")@3;
    """

  static let kept = """
    s("a", 1)@1; k(N, V)@next :- s(N, V); k(N, V)@next :- k(N, V);
    pre(V) :- s(_, V)@1;
    post(V) :- k("a", V);
    """

  static let clock = """
    c("a", 1)@1; c(N, T + 1)@next :- c(N, T);
    pre(N) :- c(N, _);
    post(N) :- c(N, T), T < 5;
    """

  static let demands = """
    go("a", "b")@1;
    m(Y, X)@async :- go(X, Y);
    got("x") :- m(_, _)@2;
    sent("x") :- go(_, _)@1;
    property one: finally sent => sent;
    property two: finally sent => got;
    """

  static let outcomes = """
    go("a", "b")@1;
    m(Y, X)@async :- go(X, Y);
    post("x") :- m(_, _)@2;
    good("x") :- go(_, _)@1;
    """

  static let appearing = """
    go("a", "u")@1; go(N, V)@next :- go(N, V);
    pre(V) :- go(_, V);
    pre("v") :- go(_, _), crash(_, _, _);
    post(V) :- go(_, V);
    """

  static let division = """
    go("a", "b")@1; z("a", 0)@1; z("b", 0)@1; z(N, V)@next :- z(N, V);
    m(Y, X)@async :- go(X, Y);
    pre("x") :- go("a", _)@1;
    post("x") :- go("a", _)@1;
    bad(N, 1 / V) :- z(N, V), time(N, 2, _), notin m("b", "a")@2;
    """

  static let stranger = """
    go("a", "u")@1; go(N, V)@next :- go(N, V);
    pre(V) :- go(_, V);
    post(V) :- go("a", V), notin crash("a", "c", _);
    """

  /// The outcome breaks only if exactly eight messages of sixteen are lost.
  static let needle: String = {
    let lost = stride(from: 2, through: 16, by: 2).map { #"notin m("b","a")@\#($0), m("b","a")@\#($0 + 1)"# }
    return """
      go("a", "b")@1;
      go(X, Y)@next :- go(X, Y);
      m(Y, X)@async :- go(X, Y);
      bad("b") :- go("a", B), \(lost.joined(separator: ", "));
      pre("x") :- go(_, _);
      post("x") :- go("a", _), notin bad(_);
      """
  }()
}

@Suite("Forged certificates")
struct ForgeryTests {
  static let forgeries = [
    Forgery("a needle in a haystack", Forgery.needle, "eot=18 eff=2", "eot=18 eff=17"),
    Forgery("a larger EFF", Forgery.once, "eot=5 eff=2", "eot=5 eff=3"),
    Forgery("a later EOT", Forgery.clock, "eot=4", "eot=5"),
    Forgery("a crash", Forgery.once, "eot=5", "eot=5 crashes=1"),
    Forgery("an omission", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=1"),
    Forgery("any number of omissions", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5"),
    Forgery("a delay", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 delays=1"),
    Forgery("a duplicate", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 duplicates=1"),
    Forgery("a pause", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 pauses=1"),
    Forgery("a restart", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 restarts=1"),
    Forgery("a partition", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 partitions=1"),
    Forgery("a wipe", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 wipes=1"),
    Forgery("a missing fact", Forgery.once, "eot=5 eff=5 omissions=0", "eot=5 eff=5 omissions=0 missing=1"),
    Forgery(
      "a longer window", Forgery.soon, "eot=6 eff=6 omissions=0 pauses=1 window=1",
      "eot=6 eff=6 omissions=0 pauses=1 window=2"),
    Forgery(
      "longer delays", Forgery.soon, "eot=6 eff=6 omissions=0 delays=1 late=1",
      "eot=6 eff=6 omissions=0 delays=1 late=2"),
    Forgery(
      "other sides of a partition", Forgery.anybody,
      "eot=5 eff=5 omissions=0 partitions=1 split=half nodes=a,b,c,d",
      "eot=5 eff=5 omissions=0 partitions=1 split=one nodes=a,b,c,d"),
    Forgery("a node that is not spared", Forgery.once, "eot=5 crashes=1 spare=a", "eot=5 crashes=1"),
    Forgery("a link that is not spared", Forgery.once, "eot=5 eff=5 spare=a>b", "eot=5 eff=5"),
    Forgery("the other crash view", Forgery.kept, "eot=4 crashes=1", "eot=4 crashes=1 crash-view=fail-stop"),
    Forgery("another property", Forgery.demands, "eot=4 eff=3 property=one", "eot=4 eff=3 property=two"),
    Forgery("all properties", Forgery.demands, "eot=4 eff=3 property=one", "eot=4 eff=3"),
    Forgery("another outcome", Forgery.outcomes, "eot=4 eff=3 outcome=good", "eot=4 eff=3"),
    Forgery("the other oracle", Forgery.appearing, "eot=4 crashes=1 oracle=molly", "eot=4 crashes=1"),
    Forgery("another node", Forgery.stranger, "eot=4 crashes=1 nodes=a", "eot=4 crashes=1 nodes=a,c"),
    Forgery("arithmetic that fails", Forgery.division, "eot=4 eff=1", "eot=4 eff=3"),
  ]

  /// Lets nodes be what the programs are about, unless they are given.
  private func words(_ words: String) -> String { words.contains("nodes=") ? words : words + " nodes=a,b" }

  @Test("are rejected, though everything fits but the truth", arguments: forgeries)
  func claims(_ row: Forgery) throws {
    let desk = try ForgersDesk(row.program)
    let (honest, larger) = (try desk.question(words(row.proved)), try desk.question(words(row.claimed)))
    let (answer, truthOfLie) = (try check(honest), try check(larger))
    #expect(answer.verdict == .holds && truthOfLie.verdict != .holds)
    let truth = try #require(CertificateClaim(answer, files: desk.files, included: []))
    let certificate = try Certificate(of: answer, truth, patience: Patience())
    #expect(try desk.review(certificate).verdict == .valid)

    let lie = CertificateClaim(AskedQuestion(larger, files: desk.files), .holds)
    let question = try truth.claim(about: desk.program).question(about: desk.program)
    let forged = try desk.forge(lie, from: question)
    #expect(forged.verdict == .rejected && forged.findings.count == 1, "\(forged.findings)")
    #expect(forged.findings.first?.path == desk.folder["formula.cnf"])
    #expect(forged.findings.first?.message.hasPrefix("it is not the formula of the claim") ?? false)

    // With the formula that belongs to the claim, no proof fits.
    let unproved = try desk.forge(lie, from: question, usesOwnFormula: true)
    #expect(unproved.verdict == .rejected, "\(unproved.findings)")
    #expect(unproved.findings.first?.path == desk.folder["proof.lrat"], "\(unproved.findings)")
  }

  @Test("with a formula of one variable are rejected")
  func shortest() throws {
    let desk = try ForgersDesk(Forgery.needle)
    let lie = CertificateClaim(
      AskedQuestion(try desk.question("eot=18 eff=17 nodes=a,b"), files: desk.files), .holds)
    let header = lie.json.text.split(separator: "\n").map { "c claim \($0)\n" }.joined()
    let formula = Array((header + "c broken 1\np cnf 1 2\n-1 0\n1 0\n").utf8)
    let proof = Array("3 0 1 2 0\n".utf8)
    let review = try desk.review(CertificateFile(lie, formula: formula, proof: proof), formula, proof)
    #expect(review.verdict == .rejected)
    #expect(review.findings.map(\.path) == [desk.folder["formula.cnf"]])
  }

  @Test("of a smallest set that is none are rejected")
  func smallest() throws {
    let desk = try ForgersDesk(Forgery.once)
    let (honest, larger) = (
      try desk.question("eot=5 eff=2 nodes=a,b"), try desk.question("eot=5 eff=5 nodes=a,b")
    )
    let single = try #require(try checkAll(larger).minimalSets?.elements.first)
    #expect(single.faults.count == 1)
    let other = try Fault("omit b a 1", nodes: larger.bounds.nodes)
    let more = CertificateClaim.BreakingFaults(
      faults: FaultSet(single.faults.faults + [other]), inputs: .none, violations: single.violations)
    let lie = CertificateClaim(AskedQuestion(larger, files: desk.files), .minimum(more))
    let truth = CertificateClaim(AskedQuestion(honest, files: desk.files), .holds)
    let review = try desk.forge(lie, from: truth.claim(of: honest).question(about: desk.program))
    #expect(review.verdict == .rejected)
    #expect(review.findings.first?.path == desk.folder["formula.cnf"], "\(review.findings)")
  }

  @Test("of all minimal sets that lack one are rejected, complete or not")
  func lists() throws {
    let desk = try ForgersDesk(Forgery.once)
    let question = try desk.question("eot=5 eff=5 omissions=1 delays=1 nodes=a,b")
    let answer = try checkAll(question)
    let truth = try #require(CertificateClaim(answer, files: desk.files, included: []))
    #expect(try desk.review(Certificate(of: answer, truth, patience: Patience())).verdict == .valid)
    let sets = truth.breaking
    #expect(sets.count == 3)
    for position in sets.indices {
      let fewer = sets[..<position] + sets[(position + 1)...]
      let lie = CertificateClaim(truth.asked, .minimalSets(Array(fewer), isComplete: true))
      let review = try desk.forge(lie, from: truth.claim(of: question).question(about: desk.program))
      #expect(review.verdict == .rejected)
      #expect(review.findings.first?.path == desk.folder["formula.cnf"], "\(review.findings)")
    }
  }

  @Test("of a set that breaks nothing are rejected, whatever is proved of others")
  func harmless() throws {
    let desk = try ForgersDesk(Forgery.once)
    let question = try desk.question("eot=5 eff=5 nodes=a,b")
    let answer = try check(question)
    let truth = try #require(CertificateClaim(answer, files: desk.files, included: []))
    let breaking = try #require(truth.breaking.first)
    let other = try Fault("omit b a 1", nodes: question.bounds.nodes)
    let harmless = CertificateClaim.BreakingFaults(
      faults: FaultSet([other]), inputs: .none, violations: breaking.violations)
    let lie = CertificateClaim(truth.asked, .minimum(harmless))
    let review = try desk.forge(lie, from: lie.claim(of: question).question(about: desk.program))
    #expect(
      review.findings.map(\.message) == [
        #"under omit "b" "a" 1, the run violates nothing, not what is claimed"#
      ])
  }

  /// What a sends b, in some round, must arrive before round 5.
  private static func open(_ rounds: String) -> String {
    """
    go("a", "b")@\(rounds); go(X, Y)@next :- go(X, Y);
    m(Y, X)@async :- go(X, Y); m(Y, X)@next :- m(Y, X);
    sent("x") :- go("a", _)@4;
    came("x") :- m("b", "a")@5;
    property arrives: finally sent => came;
    """
  }

  @Test("about fewer inputs than the program lets choose are rejected, and so are inputs that it does not")
  func inputs() throws {
    let (few, many) = (try ForgersDesk(Self.open("{1..2}")), try ForgersDesk(Self.open("{1..4}")))
    let words = "eot=5 eff=5 omissions=1 nodes=a,b"
    let (honest, larger) = (try few.question(words), try many.question(words))
    let (holds, breaks) = (try check(honest), try check(larger))
    #expect(holds.verdict == .holds)
    #expect(breaks.counterexample?.inputs.facts.map(\.text) == [#"go("a", "b")@4"#])
    let lie = CertificateClaim(AskedQuestion(larger, files: many.files), .holds)
    let other = CertificateClaim(AskedQuestion(honest, files: few.files), .holds)
    let review = try many.forge(lie, from: other.claim(of: honest).question(about: few.program))
    #expect(review.verdict == .rejected)
    #expect(review.findings.first?.path == many.folder["formula.cnf"], "\(review.findings)")

    let truth = try #require(CertificateClaim(breaks, files: many.files, included: []))
    #expect(try many.review(Certificate(of: breaks, truth, patience: Patience())).verdict == .valid)
    let first = try #require(truth.breaking.first)
    for (inputs, finding) in [
      ([], #"omit "a" "b" 4: the program does not let choose these inputs"#),
      ([5], #"omit "a" "b" 4, choose go("a", "b")@5: the program does not let choose these inputs"#),
      (
        [3, 4],
        #"omit "a" "b" 4, choose go("a", "b")@3, choose go("a", "b")@4: the program does not let choose "#
          + "these inputs"
      ),
      ([3], #"under omit "a" "b" 4, choose go("a", "b")@3, the run violates nothing, not what is claimed"#),
    ] {
      let facts = try inputs.map { try TimedFact(#"go("a", "b")@\#($0)"#) }
      let wrong = CertificateClaim.BreakingFaults(
        faults: first.faults, inputs: Inputs(facts), violations: first.violations)
      let lie = CertificateClaim(truth.asked, .minimum(wrong))
      let review = try many.forge(lie, from: lie.claim(of: larger).question(about: many.program))
      #expect(review.findings.map(\.message) == [finding])
    }
  }

  @Test("that a row is never there are rejected where only another, or another round, was proved")
  func rows() throws {
    let desk = try ForgersDesk(Forgery.once)
    func question(_ row: String, in round: Int?) throws -> Question {
      try Question(
        program: desk.program,
        bounds: Bounds(eot: 5, eff: 5, nodes: Nodes(["a", "b"])),
        seeking: RowMatch("m", [.string(Text(row)), nil], in: round))
    }
    for (proved, claimed) in [
      (try question("a", in: nil), try question("b", in: nil)),
      (try question("b", in: 4), try question("b", in: 3)),
      (try question("b", in: 4), try question("b", in: nil)),
    ] {
      #expect(try check(proved).verdict == .holds && check(claimed).verdict == .counterexample)
      let lie = CertificateClaim(AskedQuestion(claimed, files: desk.files), .holds)
      let truth = CertificateClaim(AskedQuestion(proved, files: desk.files), .holds)
      let review = try desk.forge(lie, from: truth.claim(of: proved).question(about: desk.program))
      #expect(review.verdict == .rejected)
      #expect(review.findings.first?.path == desk.folder["formula.cnf"], "\(review.findings)")
    }
  }

  @Test("of another program are rejected")
  func durable() throws {
    let (keeping, losing) = (try ForgersDesk("durable k;\n" + Forgery.kept), try ForgersDesk(Forgery.kept))
    let words = "eot=5 eff=5 omissions=0 restarts=1 nodes=a,b"
    let question = try losing.question(words)
    #expect(try check(keeping.question(words)).verdict == .holds)
    #expect(try check(question).verdict == .counterexample)
    let lie = CertificateClaim(AskedQuestion(question, files: losing.files), .holds)
    let truth = CertificateClaim(AskedQuestion(question, files: keeping.files), .holds)
    let review = try losing.forge(
      lie, from: truth.claim(about: keeping.program).question(about: keeping.program))
    #expect(review.verdict == .rejected)
    #expect(review.findings.first?.path == losing.folder["formula.cnf"], "\(review.findings)")
  }
}
