import Foundation
import Reports
import Testing

/// What a replay notices besides whether the program still breaks: faults that test nothing any more, what
/// differs, and where to look.
@Suite("What replay notices")
struct ReplayFindingTests {
  private static let program = """
    node("a", "b")@1; node("a", "c")@1;
    node(X, Y)@next :- node(X, Y);
    log(Y, P)@async :- say(X, P), node(X, Y);
    log(X, P)@next :- log(X, P);
    say("a", "hello")@1;
    pre(X, P) :- log(X, P), notin crash(X, X, _);
    post("b", P) :- log("b", P);
    post("c", P) :- log("c", P), log("b", P);
    """
  private let here: Workplace
  private let name = "p-7c983886cdd8.cex.json"

  init() throws {
    here = try Workplace(["p.ded": Self.program])
    _ = try here.shell("mkdir saved; $FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save saved")
  }

  private func change(_ old: String, _ new: String) throws {
    let text = Self.program.replacingOccurrences(of: old, with: new)
    #expect(text != Self.program)
    try here.write("p.ded", Data(text.utf8))
  }

  private func edit(_ old: String, _ new: String) throws {
    let text = try here.read("saved/\(name)")
    try here.write("saved/\(name)", Data(text.replacingOccurrences(of: old, with: new).utf8))
  }

  // MARK: Inert faults

  @Test("a counterexample whose message is not sent any more tests nothing, and that is no success")
  func inert() throws {
    try change("say(\"a\", \"hello\")@1", "say(\"a\", \"hello\")@2")
    let outcome = try here.faultline("replay", "saved")
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        inert         saved/\(name)  (the program has changed since)
                      a sends nothing to b in round 1; post("c", "hello") holds now
        0 of 1 as expected

        """)
    #expect(try here.faultline("replay", "saved", "--expect", "broken").status == 1)
  }

  @Test("also where the program breaks without any fault")
  func inertAndBroken() throws {
    try change("say(\"a\", \"hello\")@1", "say(\"a\", \"hello\")@2; log(\"c\", \"hi\")@4")
    let outcome = try here.faultline("replay", "saved", "--expect", "broken")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("a sends nothing to b in round 1; post(\"c\", \"hello\") holds now; "))
    #expect(outcome.output.contains("post(\"c\", \"hi\") is violated now\n"))
  }

  @Test("where only some faults touch nothing, that is a warning")
  func partlyInert() throws {
    try edit("\"crashes\": 0", "\"crashes\": 1")
    try edit("\"faults\": [", "\"faults\": [{\"kind\": \"crash\", \"node\": \"z\", \"round\": 2}, ")
    try edit("\"nodes\": [", "\"nodes\": [\"z\", ")
    let outcome = try here.faultline("replay", "saved")
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        still broken  saved/\(name)
                      warning: 'crash z 2' touches nothing any more: z does nothing from round 2 on
        0 of 1 as expected

        """)
    #expect(try here.faultline("replay", "saved", "--expect", "broken").status == 0)
    let document = try json(here.faultline("replay", "saved", "--json").output)
    let entry = try #require((document["replays"] as? [[String: Any]])?.first)
    let fault = try #require((entry["inertFaults"] as? [[String: Any]])?.first)
    #expect(fault["kind"] as? String == "crash" && fault["node"] as? String == "z")
  }

  // MARK: What differs

  @Test("a row that is broken beside the old ones is told")
  func moreBroken() throws {
    try change("say(\"a\", \"hello\")@1", "say(\"a\", \"hello\")@1; say(\"a\", \"bye\")@1")
    let outcome = try here.faultline("replay", "saved")
    #expect(outcome.output.hasPrefix("still broken  saved/\(name)  (the program has changed since)\n"))
    #expect(outcome.output.contains("\n              post(\"c\", \"bye\") is violated now\n"))
  }

  @Test("of many rows, the first are told, and how many more there are")
  func manyRows() throws {
    let more = (1...5).map { "say(\"a\", \"m\($0)\")@1; " }.joined()
    try change("say(\"a\", \"hello\")@1", more + "say(\"a\", \"hello\")@1")
    let outcome = try here.faultline("replay", "saved")
    #expect(outcome.output.contains("post(\"c\", \"m3\") is violated now; and so on for 2 more\n"))
  }

  @Test("a program that other files share is diagnosed once")
  func sharedDiagnosis() throws {
    try change("node(\"a\", \"b\")@1", "node(\"a\")@1")
    let alone = try here.faultline("replay", "saved")
    #expect(alone.status == 2 && alone.errors.contains("[arity-mismatch]"))
    let outcome = try here.shell("cp saved/\(name) saved/again.cex.json; $FAULTLINE replay saved")
    #expect(outcome.output.components(separatedBy: "unreadable ").count == 3)
    #expect(outcome.errors == alone.errors)
  }

  // MARK: Annotations

  @Test("annotations stand on the rule that derives the violated row")
  func annotations() throws {
    let outcome = try here.faultline("replay", "saved", "--github")
    #expect(
      outcome.output == """
        still broken  saved/\(name)
        0 of 1 as expected
        ::error file=p.ded,line=6,endLine=6,col=1,title=faultline%3A still broken::saved/\(name): \
        expected fixed, found still broken; under 'omit a b 1'

        """)
    #expect(
      try here.faultline("replay", "saved", "--github", "--expect", "broken").output.contains("::") == false)
  }

  @Test("a missing row of a named outcome is derived in the run without faults")
  func annotationWithoutPre() throws {
    let outcome = try here.shell(
      """
      rm saved/*; $FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --outcome log --save saved >/dev/null
      $FAULTLINE replay saved --github
      """)
    #expect(outcome.output.contains("\n::error file=p.ded,line=4,endLine=4,col=1,"))
  }

  @Test("where no rule is to blame, they stand on the file; warnings too")
  func annotationOfFile() throws {
    try change("say(\"a\", \"hello\")@1", "say(\"a\", \"hello\")@2")
    let inert = try here.faultline("replay", "saved", "--github").output
    #expect(inert.contains("\n::error file=saved/\(name),line=1,col=1,title=faultline%3A inert::"))
    let odd = try here.shell("mkdir 'a,b:c%'; cp saved/\(name) 'a,b:c%'; $FAULTLINE replay 'a,b:c%' --github")
      .output
    #expect(odd.contains("::error file=a%2Cb%3Ac%25/\(name),line=1,col=1,title="))
    #expect(odd.contains("::a,b:c%25/\(name): expected fixed, found "))
  }

  @Test("a file or a program that cannot be read is annotated where it is wrong")
  func annotationOfError() throws {
    try change("log(X, P)@next :- log(X, P);", "log(X, P)@next :- log(X, P)")
    let outcome = try here.shell("echo '{}' > saved/z.cex.json; $FAULTLINE replay saved --github --json")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("::error file=p.ded,line=4,"))
    #expect(
      outcome.errors.contains("::error file=saved/z.cex.json,line=1,col=1,title=faultline%3A unreadable::"))
    #expect(try json(outcome.output)["format"] as? String == "faultline-replay/1")
  }

  // MARK: Speed

  @Test("a thousand counterexamples of several programs take less than two seconds of CPU time")
  func thousand() throws {
    let outcome = try here.shell(
      """
      set -e
      mkdir many
      save() { $FAULTLINE check $PROGRAMS/"$@" --save many >/dev/null || [ $? = 1 ]; }
      save kafka/kafka.ded --eot 7 --eff 4 --crashes 1 --nodes a,b,c,C,Z
      save commit/3pc.ded --eot 9 --eff 7 --crashes 1
      save delivery/retry-deliv.ded --eot 6 --eff 3 --crashes 1
      save commit/2pc.ded --eot 6 --crashes 1
      for file in many/*.cex.json; do
        for number in $(seq 249); do cp "$file" "${file%.cex.json}-$number.cex.json"; done
      done
      TIMEFORMAT='%U %S'
      time $FAULTLINE replay many --expect broken | tail -1
      """)
    #expect(outcome.output == "1000 of 1000 as expected\n")
    let seconds = outcome.errors.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
    #expect(seconds.count == 2)
    #expect(seconds.reduce(0, +) < 2, "\(seconds)")
  }
}
