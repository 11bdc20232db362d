import Foundation
import Testing

@Suite("--color and --quiet")
struct ConsoleOptionTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "once.ded": """
      m("b", V)@async :- s("a", V); s("a", 1)@1; got(N, V)@next :- m(N, V); got(N, V)@next :- got(N, V);
      pre(V) :- s(_, V)@1; post(V) :- got("b", V); odd(N) :- s(N, _);
      //! scenario eot=4 eff=3 nodes=a,b expect=counterexample minimum=1
      //! scenario eot=4 eff=3 nodes=a,b expect=holds
      """
    ])
  }

  private static let bounds = "once.ded --eot 4 --eff 3 --nodes a,b"

  @Test(
    "of an answer --quiet shows the verdict alone, and nothing on standard error",
    arguments: [
      ("check \(bounds)", 1, ["COUNTEREXAMPLE  1 fault takes 'post' away"]),
      ("check \(bounds) --each", 1, ["EACH  1 property: 1 counterexample"]),
      ("check once.ded --nodes a,b", 1, ["COUNTEREXAMPLE  1 fault takes 'post' away"]),
      ("sweep once.ded --nodes a,b", 1, ["COUNTEREXAMPLE  1 fault takes 'post' away"]),
      ("find 'got(_, 1)' \(bounds)", 0, ["FOUND  got(_, 1) holds in a run without faults"]),
      ("run once.ded --eot 4 --nodes a,b", 0, ["MET  without faults"]),
      (
        "run once.ded --eot 4 --nodes a,b --fault 'omit a b 1'", 1,
        [
          "VIOLATED  under 'omit a b 1'", "  in round 4 pre(1) holds and post(1) does not",
        ]
      ),
    ])
  func quiet(_ call: String, _ status: Int32, _ lines: [String]) throws {
    let outcome = try here.shell("$FAULTLINE \(call) --quiet")
    #expect(outcome.status == status)
    #expect(outcome.output.split(separator: "\n").map(String.init) == lines)
    #expect(outcome.errors.isEmpty)
    #expect(try !here.shell("$FAULTLINE \(call)").errors.isEmpty, "there is a warning to be left out")
  }

  @Test("a quiet test and a quiet replay tell what is not as expected, and how much is")
  func suites() throws {
    let test = try here.shell("$FAULTLINE test once.ded --quiet")
    #expect(test.status == 1)
    #expect(test.output.hasPrefix("once.ded:4: FAILED  "))
    #expect(test.output.hasSuffix("\n1 of 2 scenarios as expected, in 1 program\n"))
    #expect(!test.output.contains("MATRIX"))
    _ = try here.shell("$FAULTLINE check \(Self.bounds) --save out")
    let broken = try here.shell("$FAULTLINE replay out --quiet")
    #expect(broken.status == 1 && broken.output.hasPrefix("still broken  out/"))
    let expected = try here.shell("$FAULTLINE replay out --expect broken --quiet")
    #expect(expected.status == 0 && expected.output == "1 of 1 as expected\n")
  }

  @Test("errors are told, and --json is as without it")
  func errors() throws {
    let wrong = try here.shell("$FAULTLINE check once.ded --eot x --quiet")
    #expect(wrong.status == 2 && wrong.output.isEmpty && wrong.errors.hasPrefix("error: "))
    let document = try here.shell("$FAULTLINE check \(Self.bounds) --json --quiet")
    #expect(try json(document.output)["verdict"] as? String == "counterexample")
    #expect(document.errors.isEmpty)
  }

  @Test("colours are used always, never, or on a terminal; NO_COLOR is only a default")
  func colours() throws {
    let (red, call) = ("\u{1B}[", "check \(Self.bounds)")
    #expect(try !here.shell("$FAULTLINE \(call)").output.contains(red))
    for option in ["--color always", "--color=always"] {
      let outcome = try here.shell("NO_COLOR=1 $FAULTLINE \(call) \(option)")
      #expect(outcome.output.contains(red) && outcome.errors.contains(red))
    }
    #expect(try here.shell("$FAULTLINE check once.ded --eot x --color always").errors.contains(red))
    for when in ["auto", "never"] {
      let outcome = try here.shell("$FAULTLINE \(call) --color \(when)")
      #expect(!outcome.output.contains(red) && !outcome.errors.contains(red))
    }
    #expect(try here.shell("$FAULTLINE \(call) --color sometimes").status == 2)
  }
}
