import Foundation
import Testing

@Suite("check --certificate, verify")
struct VerifyTests {
  private let here: Workplace

  /// A certificate that a protocol holds in `holds`, and that a counterexample of another is minimum in
  /// `minimum`.
  init() throws {
    here = try Workplace()
    let outcome = try here.shell(
      """
      set -e; cp -r $PROGRAMS/delivery .; mkdir holds minimum
      $FAULTLINE check delivery/ack-deliv.ded -t 6 -f 3 -c 1 --certificate holds > /dev/null
      $FAULTLINE check delivery/retry-deliv.ded -t 6 -f 3 -c 1 --certificate minimum > /dev/null || [ $? = 1 ]
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("a certificate is valid, and says what is proved and what is trusted")
  func valid() throws {
    let outcome = try here.faultline("verify", "holds")
    #expect(outcome.status == 0, "\(outcome.output)")
    let lines = outcome.output.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0] == "VALID  no set of faults within the bounds breaks 'post'")
    #expect(
      lines[1].hasPrefix("  proved   the formula of the claim (")
        && lines[1].contains("made again from the program, cannot be satisfied"))
    #expect(
      lines[2]
        == "  trusted  the parser and the checker of programs, the reference encoder and the proof checker")
    #expect(try here.faultline("verify", "holds") == outcome)
  }

  @Test("that a counterexample is a smallest one has a certificate too")
  func minimum() throws {
    let outcome = try here.faultline("verify", "minimum", "--json")
    #expect(outcome.status == 0, "\(outcome.output)")
    let document = try json(outcome.output)
    #expect(document["verdict"] as? String == "valid")
    #expect(
      document["claim"] as? String == "these faults break 'post', and no single one within the bounds does")
    #expect(document["runs"] as? Int == 1 && (document["formula"] as? [String: Any])?["variables"] is Int)
    let text = try here.faultline("verify", "minimum").output
    #expect(text.contains("\n  run      1 counterexample, by the reference evaluator\n"), "\(text)")
    #expect(text.contains("the reference encoder, the reference evaluator and the proof checker\n"))
  }

  @Test("a list of all minimal sets has a certificate, which proves that there are no others")
  func minimalSets() throws {
    for (limit, claim) in [
      ("", "every set within the bounds that does contains one of them"),
      ("--limit 2", "every set of at most 1 fault within the bounds that does contains one of them"),
    ] {
      let made = try here.shell(
        """
        rm -rf all && mkdir all
        $FAULTLINE check delivery/retry-deliv.ded -t 6 -f 3 -c 1 --all \(limit) --certificate all
        """)
      #expect(made.status == 1 && made.errors.isEmpty, "\(made.errors)")
      let outcome = try here.faultline("verify", "all")
      #expect(outcome.status == 0 && outcome.output.contains(claim), "\(outcome.output)")
    }
  }

  @Test("a certificate with interchangeable nodes is about the first set, and says so")
  func symmetry() throws {
    let made = try here.shell(
      """
      mkdir all
      $FAULTLINE check delivery/retry-deliv.ded -t 6 -f 3 -c 1 --all --symmetry --certificate all > /dev/null
      """)
    #expect(made.errors.contains("it does not prove the list"), "\(made.errors)")
    #expect(try here.faultline("verify", "all").status == 0)
  }

  @Test("the verdict names the certificate; without a proof there is none")
  func verdict() throws {
    let certified = try here.shell(
      "mkdir c; $FAULTLINE check delivery/ack-deliv.ded -t 4 -f 2 --certificate c --json")
    #expect(try json(certified.output)["certificate"] as? String == "c")
    #expect(try here.faultline("verify", "c").status == 0)
    let again = try here.faultline(
      "check", "delivery/ack-deliv.ded", "-t", "4", "-f", "2", "--certificate", "minimum")
    #expect(again.status == 2 && again.errors.contains("'minimum/formula.cnf' is already there"))
    try here.write("empty.ded", Data("p(\"a\", 1)@1; post(X) :- p(X, V), V > 5;".utf8))
    let none = try here.shell("$FAULTLINE check empty.ded -t 3 --certificate d/e")
    #expect(none.errors == "note: nothing is proved, so there is no certificate\n")
    #expect(!here.names.contains("d"), "no folder without a file")
    #expect(try here.faultline("check", "empty.ded", "-t", "3", "--certificate", "missing").status == 4)
  }

  @Test("one step is a step")
  func singular() throws {
    let outcome = try here.shell(
      """
      echo 'p("a", 1)@1; pre(X) :- p(X, _); post(X) :- p(X, _);' > one.ded
      $FAULTLINE check one.ded -t 1 --certificate one > /dev/null && $FAULTLINE verify one
      """)
    let expected =
      #/  proved   the formula of the claim \(1 variable, 2 clauses\), .* cannot be satisfied: 1 step, \d+ hints?\n/#
    #expect(try expected.firstMatch(in: outcome.output) != nil, "\(outcome)")
    #expect(try #/\b1 (variables|clauses|steps|hints)/#.firstMatch(in: outcome.output) == nil)
  }

  @Test("a limit, and Ctrl-C, end the check, which then says how far it came")
  func limits() throws {
    let short = try here.faultline("verify", "holds", "--time-limit", "0.000001")
    #expect(
      short.status == 3
        && short.output == """
          INCONCLUSIVE  time limit

          Nothing was found to be wrong until then.
            claimed  no set of faults within the bounds breaks 'post'
            made     0 rounds of the formula of the claim

          """,
      "\(short.output)")
    let document = try json(
      try here.faultline("verify", "holds", "--time-limit", "0.000001", "--json").output)
    #expect(document["verdict"] as? String == "inconclusive")
    #expect((document["stopped"] as? [String: Any])?["by"] as? String == "time limit")
    let endless = try here.shell(
      """
      echo 'p("a", 1)@1; pre(N) :- p(N, _); post(N) :- p(N, _);' > endless.ded; mkdir endless
      $FAULTLINE check endless.ded -t 3 --certificate endless > /dev/null
      echo 'p("a", 1)@1; p(N, X + 1) :- p(N, X); pre(N) :- p(N, _); post(N) :- p(N, _);' > endless.ded
      sum=$(sha256sum < endless.ded | cut -c1-64)
      sed -i "/endless.ded/,/digest/s/sha256:[0-9a-f]*/sha256:$sum/" endless/claim.json
      """)
    #expect(endless.status == 0)
    let long = try here.interrupted("verify endless", once: .hasComputed(1))
    #expect(long.status == 3 && long.output.hasPrefix("INCONCLUSIVE  interrupted\n"), "\(long.output)")
    #expect(long.output.hasSuffix("\n  made     0 rounds of the formula of the claim\n"), "\(long.output)")
  }

  @Test("what is wrong is said also where a limit ends the check")
  func wrongAndLimited() throws {
    let change = try here.shell("\(Self.digest)\ncd holds && sed -i '2s/ [0-9]* 0$/ 1 0/' proof.lrat")
    #expect(change.status == 0)
    let outcome = try here.faultline("verify", "holds", "--time-limit", "0.000001")
    #expect(outcome.status == 1 && outcome.output.hasPrefix("REJECTED  "), "\(outcome.output)")
  }

  struct Tampering: CustomTestStringConvertible, Sendable {
    let what: String
    /// Done in the folder of the certificate; `digest` then makes the digests fit again.
    let command: String
    let folder: String
    let finding: String
    var testDescription: String { what }

    init(_ what: String, _ command: String, in folder: String = "holds", _ finding: String) {
      (self.what, self.command, self.folder, self.finding) = (what, command, folder, finding)
    }
  }

  private static let digest = """
    digest() {
      for f in formula.cnf proof.lrat; do
        sum=$(sha256sum < $f | cut -c1-64)
        sed -i "/\\"file\\": \\"$f\\"/,/digest/s/sha256:[0-9a-f]*/sha256:$sum/" claim.json
      done
    }
    """

  static let tamperings = [
    Tampering(
      "a bound", "sed -i 's/\"eff\": 3/\"eff\": 2/' claim.json",
      "holds/formula.cnf:21: it is not the formula of the claim and its program, which has"),
    Tampering(
      "the statement", "sed -i 's/no set of/hardly any set of/' claim.json",
      "holds/claim.json: 'statement' and 'harmlessUpTo' do not say what the rest of the claim says"),
    Tampering(
      "the size that is claimed to be harmless",
      "sed -i 's/\"harmlessUpTo\": 1/\"harmlessUpTo\": 2/' claim.json",
      in: "minimum", "minimum/claim.json: 'statement' and 'harmlessUpTo'"),
    Tampering(
      "a digest", "sed -i '/proof.lrat/,/digest/s/sha256:\\(.*\\)\\(.\\)\"/sha256:\\2\\1\"/' claim.json",
      "holds/proof.lrat: its digest is not the one in claim.json"),
    Tampering(
      "a source", "echo '// later' >> ../delivery/ack-deliv.ded",
      "delivery/ack-deliv.ded: its digest is not the one of the claim"),
    Tampering(
      "an included source", "echo '// later' >> ../delivery/broadcast.ded",
      "delivery/broadcast.ded: its digest is not the one of the claim"),
    Tampering(
      "a hint", "sed -i '2s/ [0-9]* 0$/ 1 0/' proof.lrat; digest", "holds/proof.lrat:2: step "),
    Tampering(
      "a literal of a step", "sed -i '2s/^\\([0-9]* \\)/\\1-1 1 /;s/ 1 -1 1 / /' proof.lrat",
      "holds/proof.lrat: "),
    Tampering(
      "a step", "sed -i '1d' proof.lrat; digest", "there is no clause"),
    Tampering(
      "the last step", "sed -i '$d' proof.lrat; digest",
      "holds/proof.lrat: the proof does not derive the empty clause"),
    Tampering("a clause", "sed -i '$d' formula.cnf; echo '1 0' >> formula.cnf; digest", notTheFormula),
    Tampering("another formula", "echo 'p cnf 1 1' > formula.cnf; digest", notTheFormula),
    Tampering(
      "what a variable stands for",
      "sed -i 's/^c fault \\([0-9]*\\) omit \"a\" \"b\" 1/c fault \\1 omit \"a\" \"b\" 9/' formula.cnf; digest",
      notTheFormula),
    Tampering("a clause, so that the formula is none", "sed -i '$s/ 0$//' formula.cnf", notTheFormula),
    Tampering(
      "a step, so that the proof is none", "sed -i '3s/.*/3 x/' proof.lrat",
      "holds/proof.lrat:3: in column 3: a literal is expected here"),
    Tampering(
      "a word of the claim", "sed -i 's/\"implication\"/\"implied\"/' claim.json",
      "holds/claim.json:24:15: expected \"implication\" or \"molly\", found \"implied\""),
    Tampering(
      "bounds that contradict each other", "sed -i 's/\"eff\": 3/\"eff\": 7/' claim.json",
      "holds/claim.json:23:15: EFF (7) must not be larger than EOT (6)"),
    Tampering(
      "the outcome", "sed -i 's/\"outcome\": \"post\"/\"outcome\": \"most\"/' claim.json formula.cnf; digest",
      "holds/claim.json: 'statement'"),
    Tampering(
      "the outcome, wherever it stands",
      "sed -i \"s/outcome\\\": \\\"post/outcome\\\": \\\"most/;s/'post'/'most'/\" claim.json formula.cnf; digest",
      "holds/claim.json: it cannot be true of its program: "),
    Tampering(
      "bounds in claim and header alike",
      "sed -i 's/\"eot\": 6, \"eff\": 3/\"eot\": 6, \"eff\": 4/' claim.json formula.cnf; digest",
      notTheFormula),
  ]

  private static let notTheFormula = "it is not the formula of the claim and its program, which has"

  @Test("whatever is changed, the certificate is rejected and the place named", arguments: tamperings)
  func tampered(_ row: Tampering) throws {
    let change = try here.shell("\(Self.digest)\ncd \(row.folder) && { \(row.command); }")
    #expect(change.status == 0, "\(change.errors)")
    let outcome = try here.faultline("verify", row.folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix("REJECTED  ") && outcome.output.contains(row.finding), "\(outcome.output)")
  }

  @Test(
    "what cannot be read is refused",
    arguments: [
      ("rm proof.lrat", "holds/proof.lrat: error: there is no such file [unreadable-file]"),
      (
        "rm ../delivery/ack-deliv.ded",
        "delivery/ack-deliv.ded: error: there is no such file [unreadable-file]"
      ),
      ("echo '{' > claim.json", "holds/claim.json:2:1: error: "),
      (
        "sed -i 's:certificate/1:certificate/2:' claim.json",
        "holds/claim.json:2:13: error: made by a newer version: the format is faultline-certificate/2"
      ),
      ("sed -i 's/\"oracle\"/\"oracles\"/' claim.json", "holds/claim.json:24:5: error: there is no key"),
      (
        "echo '1 x' > proof.lrat; digest",
        "holds/proof.lrat:1:3: error: a literal is expected here [bad-proof]"
      ),
      (
        "echo '-1 0 0' > proof.lrat; digest",
        "holds/proof.lrat:1:1: error: the number of a step must be between"
      ),
    ])
  func unreadable(command: String, error: String) throws {
    _ = try here.shell("\(Self.digest)\ncd holds && { \(command); }")
    let outcome = try here.faultline("verify", "holds")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError.hasPrefix(error), "\(outcome.errors)")
  }
}
