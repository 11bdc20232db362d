// Calls that are shown can be repeated by pasting them.

import Dedalus
import Testing
import Texts

@Suite("Calls to repeat")
struct ShellWordTests {
  @Test(
    "a word is to the shell what it was before",
    arguments: ["", "a,b", "a b", "it's", "''", "$HOME", "a\"b", "\\", "*", "~", "é", "-x", "a;b", "\n"])
  func words(text: String) throws {
    let here = try Workplace()
    #expect(try here.shell("printf %s \(shellWord(text))").output == text)
    #expect(try here.shell("ls -d -- \(shellWord(text)) > /dev/null; echo done").output == "done\n")
  }

  private static let program = """
    node("-1", "b c")@1;
    node(X, Y)@next :- node(X, Y);
    log(Y, P)@async :- say(X, P), node(X, Y);
    log(X, P)@next :- log(X, P);
    say("-1", "hello")@1;
    pre(P) :- say(_, P)@1;
    post(P) :- log(_, P);
    //! scenario eot=3 eff=2 nodes=-1,"b c" expect=holds

    """

  @Test("the call at the end of a story shows the counterexample")
  func story() throws {
    let here = try Workplace(["-my program.ded": Self.program])
    let found = try here.shell(
      "$FAULTLINE check './-my program.ded' -t 3 -f 2 --nodes='-1,\"b c\"' --save out")
    #expect(found.status == 1, "\(found.errors)")
    let call = try #require(try here.shell("tail -1 out/*.txt").output.firstMatch(of: #/faultline (.*)\n/#))
    #expect(call.1.contains(" --nodes='-1,\"b c\"' "))
    let repeated = try here.shell("$FAULTLINE \(call.1)")
    #expect(repeated.status == 1 && repeated.output.contains("pre(\"hello\") holds"), "\(repeated)")
  }

  @Test("the call that a failed scenario shows asks the same")
  func scenario() throws {
    let here = try Workplace(["-my program.ded": Self.program])
    let tested = try here.shell("$FAULTLINE test ./*.ded").output
    let call = try #require(try #/again +faultline (.*)\n/#.firstMatch(in: tested), "\(tested)")
    #expect(call.1 == "check './-my program.ded' --eot 3 --eff 2 --nodes='-1,\"b c\"'")
    #expect(try here.shell("$FAULTLINE \(call.1)").status == 1)
  }

  @Test("a node that is advised is one that the call takes")
  func advice() throws {
    let here = try Workplace(["p.ded": Self.program])
    let first = try here.shell("$FAULTLINE check p.ded -t 3 -f 2").errors
    let option = try #require(try #/name it in (--nodes.*)\n/#.firstMatch(in: first), "\(first)")
    let second = try here.shell("$FAULTLINE check p.ded -t 3 -f 2 \(option.1)")
    #expect(second.status == 1 && second.errors.isEmpty, "\(second.errors)")
  }

  @Test("an option whose value looks like one is shown with the value attached")
  func hint() throws {
    let outcome = try Workplace().faultline("check", "p.ded", "--nodes", "-1,\"b c\"")
    #expect(outcome.firstError.hasSuffix("follows a '=': --nodes='-1,\"b c\"' [usage]"), "\(outcome)")
  }
}
