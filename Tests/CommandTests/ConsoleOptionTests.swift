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

  struct Quiet: CustomTestStringConvertible {
    let call: String
    var status: Int32 = 1
    var lines = ["COUNTEREXAMPLE  1 fault takes 'post' away"]
    var testDescription: String { call }
  }

  @Test(
    "of an answer --quiet shows the verdict alone, and nothing on standard error",
    arguments: [
      Quiet(call: "check \(bounds)"),
      Quiet(call: "check \(bounds) --each", lines: ["EACH  1 property: 1 counterexample"]),
      Quiet(call: "check once.ded --nodes a,b"),
      Quiet(call: "sweep once.ded --nodes a,b"),
      Quiet(
        call: "find 'got(_, 1)' \(bounds)", status: 0,
        lines: ["FOUND  got(_, 1) holds in a run without faults"]),
      Quiet(call: "run once.ded --eot 4 --nodes a,b", status: 0, lines: ["MET  without faults"]),
      Quiet(
        call: "run once.ded --eot 4 --nodes a,b --fault 'omit a b 1'",
        lines: ["VIOLATED  under 'omit a b 1'", "  in round 4 pre(1) holds and post(1) does not"]),
    ])
  func quiet(_ expected: Quiet) throws {
    let outcome = try here.shell("$FAULTLINE \(expected.call) --quiet")
    #expect(outcome.status == expected.status)
    #expect(outcome.output.split(separator: "\n").map(String.init) == expected.lines)
    #expect(outcome.errors.isEmpty)
    #expect(
      try expected.call.hasPrefix("run") || !here.shell("$FAULTLINE \(expected.call)").errors.isEmpty,
      "there is a warning to be left out")
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
    for when in ["auto", "never"] {
      let outcome = try here.shell("$FAULTLINE \(call) --color \(when)")
      #expect(!outcome.output.contains(red) && !outcome.errors.contains(red))
    }
    #expect(try here.shell("$FAULTLINE \(call) --color sometimes").status == 2)
  }
}
