import Documents
import Foundation
import Reports
import Support
import Testing

@Suite("test")
struct TestVerbTests {
  private static let rules = UnrepeatedBroadcast.program
  private static let good = """
    //! scenario eot=4 eff=2 nodes=a,b,c expect=counterexample minimum=1 because="nobody repeats it"
    //! scenario eot=4 nodes=a,b,c expect=holds because="nothing is lost"

    """ + rules
  private static let wrong = """
    //! scenario eot=4 eff=2 nodes=a,b,c expect=holds because="somebody repeats it"
    //! scenario eot=4 eff=2 nodes=a,b,c expect=counterexample minimum=2
    //! scenario eot=4 eff=5 nodes=a,b,c expect=holds
    //! scenario eot=4 eff=2 nodes=a,,c expect=holds
    //! scenario eot=4 eff=2 crashes=1 nodes=a,b,c expect=counterexample minimum=1

    """ + rules
  private static let header =
    "each program's scenarios in order, as ⟨EOT, EFF, crashes⟩ and what was found\n"

  /// What was printed, without the line that tells the time.
  private func timeless(_ output: String) -> String {
    output.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("seconds  ") }
      .joined(separator: "\n")
  }

  @Test("what is as expected is a cell of the matrix; parts and programs of others do not count")
  func good() throws {
    let here = try Workplace(["p.ded": Self.good, "part.ded": Self.rules, "q.txt": Self.good])
    let outcome = try here.faultline("test", ".")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      timeless(outcome.output) == """
        MATRIX  \(Self.header)\
        p.ded  ⟨4,2,0⟩ 1 fault  ⟨4,0,0⟩ holds

        2 of 2 scenarios as expected, in 1 program

        """)
  }

  @Test("what is not as expected is shown with place, reason and the call that repeats it")
  func wrong() throws {
    let here = try Workplace(["p.ded": Self.good, "w.ded": Self.wrong])
    let outcome = try here.faultline("test", "w.ded", "p.ded")
    #expect(outcome.status == 1)
    #expect(
      timeless(outcome.output) == """
        w.ded:1: FAILED  expected holds, found counterexample
          because  somebody repeats it
          found    what a sends to b in round 1 is lost
          again    faultline check w.ded --eot 4 --eff 2 --nodes a,b,c

        w.ded:2: FAILED  expected minimum=2, but 1 fault will do
          found    what a sends to b in round 1 is lost
          again    faultline check w.ded --eot 4 --eff 2 --nodes a,b,c

        w.ded:3: FAILED  it does not run: EFF (5) must not be larger than EOT (4)
          again    faultline check w.ded --eot 4 --eff 5 --nodes a,b,c

        w.ded:4: FAILED  it does not run: a name in the list of nodes is empty

        MATRIX  \(Self.header)\
        w.ded  ⟨4,2,0⟩ ✗ 1 fault       ⟨4,2,0⟩ ✗ 1 fault       ⟨4,5,0⟩ ✗ does not run  ✗ does not run
               ⟨4,2,1⟩ 1 fault
        p.ded  ⟨4,2,0⟩ 1 fault         ⟨4,0,0⟩ holds

        3 of 7 scenarios as expected, in 2 programs

        """)
    #expect(
      outcome.errors == """
        w.ded:3:1: error: EFF (5) must not be larger than EOT (4) [bad-bounds]
        w.ded:4:26: error: a name in the list of nodes is empty [bad-scenario]

        """)
  }

  @Test(
    "a scenario whose program is no program any more fails, and says why once",
    arguments: [
      (
        "sed -i 's/say(/say(Q, /' p.ded",
        "p.ded:6:5: error: the columns of a fact are constants, and 'Q' is a variable"
      ),
      ("sed -i '/^post/d' p.ded", "p.ded:1:1: error: the program has no relation 'post' that says"),
      (
        "sed -i '4iinclude \"gone.ded\";' p.ded",
        "p.ded:4:1: error: 'gone.ded' cannot be included: there is no such file"
      ),
      ("rm p.ded; mkfifo p.ded", "p.ded: error: it is not a regular file"),
    ])
  func broken(change: String, error: String) throws {
    let here = try Workplace(["p.ded": Self.good])
    let outcome = try here.shell("\(change); timeout 300 $FAULTLINE test p.ded")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("FAILED  it does not run: "))
    #expect(outcome.output.contains("\n0 of "))
    #expect(outcome.errors.contains(error), "\(outcome.errors)")
  }

  @Test("a computation that fails where that is not expected is shown")
  func failingComputation() throws {
    let here = try Workplace([
      "p.ded": "//! scenario eot=2 expect=holds\np(\"a\", 0)@1; post(X, 10 / Y) :- p(X, Y);\n"
    ])
    let outcome = try here.faultline("test", "p.ded")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("p.ded:1: FAILED  expected holds, found error\n"))
    #expect(outcome.errors.contains("'10 / 0' divides by zero"))
  }

  @Test(
    "where there is nothing to test, that is an error of the call",
    arguments: [
      ("empty", "error: there is no scenario line in empty [nothing-to-test]"),
      ("part.ded", "error: there is no scenario line in part.ded [nothing-to-test]"),
      ("part.ded gone", "error: there is no file or folder 'gone' [no-such-path]"),
      ("part.ded --jobs 0", "error: --jobs takes a whole number from 1 to 256, not '0' [bad-number]"),
      ("", "error: Missing expected argument '<paths> ...' [usage]"),
    ])
  func nothing(arguments: String, error: String) throws {
    let outcome = try Workplace(["part.ded": Self.rules]).shell(
      "mkdir empty; $FAULTLINE test \(arguments)")
    #expect(outcome.status == 2)
    #expect(outcome.firstError == error)
    #expect(outcome.output.isEmpty)
  }

  @Test("the programs of this repository come out as expected, and those of 'invalid' do not count")
  func library() throws {
    let here = try Workplace()
    let outcome = try here.shell("cd $PROGRAMS/.. && $FAULTLINE test programs")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(!outcome.output.contains("invalid"))
    let lines = try here.shell("grep -rh --include='*.ded' '^ *//! scenario ' $PROGRAMS | wc -l")
    let count = lines.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(outcome.output.contains("\n\(count) of \(count) scenarios as expected, in "))
    #expect(try here.faultline("test", Binary.program("invalid")).firstError.hasSuffix("[nothing-to-test]"))
  }

  @Test("however many run at a time, the bytes are the same", arguments: ["", "--json"])
  func jobs(format: String) throws {
    let here = try Workplace(["w.ded": Self.wrong])
    let outcomes = try ["1", "2", "7", "256"].map { jobs in
      try here.shell(
        "$FAULTLINE test w.ded $PROGRAMS --jobs \(jobs) \(format) | sed 's/\"seconds\".*//' | grep -v ^seconds"
      )
    }
    #expect(outcomes[0].output.utf8.count > 1000)
    for outcome in outcomes.dropFirst() { #expect(outcome == outcomes[0]) }
  }

  @Test("JSON says the same")
  func document() throws {
    let here = try Workplace(["p.ded": Self.good, "w.ded": Self.wrong])
    let document = try json(here.faultline("test", ".", "--json").output)
    #expect(document["format"] as? String == "faultline-test/1")
    #expect(
      document["counts"] as? [String: Int] == ["programs": 2, "scenarios": 7, "asExpected": 3])
    let scenarios = try #require(document["scenarios"] as? [[String: Any]])
    #expect(scenarios.map { $0["line"] as? Int } == [1, 2, 1, 2, 3, 4, 5])
    #expect(scenarios.map { $0["asExpected"] as? Bool } == [true, true, false, false, false, false, true])
    let found = try #require(scenarios[0]["found"] as? [String: Any])
    #expect(found["verdict"] as? String == "counterexample")
    let fault = try #require((found["faults"] as? [[String: Any]])?.first)
    #expect(fault["from"] as? String == "a" && fault["to"] as? String == "b")
    let asked = try #require(scenarios[0]["scenario"] as? [String: Any])
    #expect(asked["because"] as? String == "nobody repeats it" && asked["minimum"] as? Int == 1)
    #expect(scenarios[5]["scenario"] is NSNull)
  }

  @Test("a limit holds for each scenario, and one that reaches it fails")
  func limit() throws {
    let endless =
      "//! scenario eot=3 expect=holds\nn(\"a\", 1)@1; n(X, Y + 1) :- n(X, Y); post(X) :- n(X, _);\n"
    let here = try Workplace(["e.ded": endless, "p.ded": Self.good])
    let outcome = try here.faultline("test", ".", "--memory-limit", "24")
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix("e.ded:1: FAILED  expected holds, found inconclusive (tuple budget)\n"))
    #expect(outcome.output.contains("\n2 of 3 scenarios as expected, in 2 programs\n"))
  }
}
