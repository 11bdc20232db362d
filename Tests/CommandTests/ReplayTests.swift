import Documents
import Foundation
import Properties
import Support
import Testing

@Suite("replay")
struct ReplayTests {
  private static let protocolText = """
    node("a", "b")@1; node("a", "c")@1;
    node(X, Y)@next :- node(X, Y);
    log(Y, P)@async :- say(X, P), node(X, Y);
    log(X, P)@next :- log(X, P);
    say("a", "hello")@1;
    pre(X, P) :- log(X, P), notin crash(X, X, _);
    post("b", P) :- log("b", P);
    post("c", P) :- log("c", P), log("b", P);
    """
  private static let mended = protocolText + "\nsay(X, P)@next :- say(X, P);\n"
  private let here: Workplace
  private let name = "p-7c983886cdd8.cex.json"

  init() throws {
    here = try Workplace(["p.ded": Self.protocolText])
    _ = try here.shell("mkdir saved; $FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save saved")
  }

  private func write(_ text: String, _ name: String = "p.ded") throws {
    try here.write(name, Data(text.utf8))
  }

  private func replay(_ arguments: String...) throws -> Outcome {
    try here.faultline(["replay"] + arguments)
  }

  @Test("a counterexample of today's program is still broken")
  func stillBroken() throws {
    let outcome = try replay("saved")
    #expect(outcome.status == 1)
    #expect(outcome.output == "still broken  saved/\(name)\n0 of 1 as expected\n")
    #expect(try replay("saved", "--expect", "broken").status == 0)
  }

  @Test("one unreadable file among others makes the exit code that of wrong input")
  func unreadableAmongOthers() throws {
    try write("{}", "saved/z.cex.json")
    let outcome = try replay("saved", "--expect", "broken")
    #expect(outcome.status == 2)
    #expect(outcome.output.hasPrefix("still broken  saved/\(name)\nunreadable    saved/z.cex.json\n"))
    #expect(outcome.output.hasSuffix("\n1 of 2 as expected\n"), "\(outcome.output)")
  }

  @Test(
    "a folder that cannot be read is an error that names it", .needs(.permissions),
    arguments: ["replay saved", "test saved"])
  func unreadableFolder(call: String) throws {
    let outcome = try here.shell(
      "mkdir saved/x; chmod 0 saved/x; \(Permissions.hold) $FAULTLINE \(call); status=$?; chmod 755 saved/x; exit $status"
    )
    #expect(outcome.status == 2)
    #expect(
      outcome.firstError
        == "saved/x: error: the folder cannot be read: Permission denied [unreadable-folder]")
  }

  @Test("a program that was mended is fixed, and the answer says that it has changed")
  func fixed() throws {
    try write(Self.mended)
    let outcome = try replay("saved/\(name)")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        fixed         saved/\(name)  (the program has changed since)
                      post("c", "hello") holds now
        1 of 1 as expected

        """)
    #expect(try replay("saved", "--expect", "broken").status == 1)
  }

  @Test("a program that breaks elsewhere is changed")
  func changed() throws {
    try write(Self.protocolText.replacingOccurrences(of: "hello", with: "good day"))
    let outcome = try replay("saved")
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        changed       saved/\(name)  (the program has changed since)
                      pre("c", "hello") does not hold any more; post("c", "good day") is violated now
        0 of 1 as expected

        """)
  }

  @Test("another program can be named")
  func otherProgram() throws {
    try write(Self.mended, "q.ded")
    #expect(try replay("saved", "--program", "q.ded").status == 0)
    #expect(try replay("saved", "--program", "p.ded").status == 1)
  }

  @Test("a folder can move with its programs")
  func moved() throws {
    let outcome = try here.shell(
      "mkdir deeper; mv saved p.ded deeper; $FAULTLINE replay deeper --expect broken")
    #expect(outcome.status == 0)
  }

  @Test("JSON says the same")
  func document() throws {
    let document = try json(replay("saved", "--json").output)
    let entry = try #require((document["replays"] as? [[String: Any]])?.first)
    #expect(entry["result"] as? String == "still broken")
    #expect(entry["asExpected"] as? Bool == false && entry["programChanged"] as? Bool == false)
    #expect(entry["violated"] as? [[String]] == [["c", "hello"]])
    #expect(entry["difference"] is NSNull && (entry["inertFaults"] as? [Any])?.isEmpty == true)
    let rule = try #require((entry["rules"] as? [[String: Any]])?.first)
    #expect(rule["file"] as? String == "p.ded" && rule["line"] as? Int == 6 && rule["column"] as? Int == 1)
  }

  struct Damage: CustomTestStringConvertible, Sendable {
    let row: Int
    let script: String
    let error: String
    var testDescription: String { "row \(row): \(script)" }
  }

  /// Rows 41 to 44 and 46: `$F` is the file.
  static let damages = [
    Damage(
      row: 41, script: "truncate -s 100 $F",
      error: "$F:6:17: error: the string that begins here has no end"),
    Damage(row: 41, script: "echo x >> $F", error: "$F:22:1: error: nothing may follow the document"),
    Damage(
      row: 41, script: "sed -i 's/\"minimum\"/\"confirmed\"/' $F",
      error: "$F:19:3: error: the key \"confirmed\" stands here twice"),
    Damage(
      row: 41, script: "sed -i 's/\"minimum\"/\"smallest\"/' $F",
      error: "$F:18:3: error: there is no key \"smallest\" here"),
    Damage(
      row: 41, script: "sed -i 's/\"eot\": 4/\"eot\": 4.0/' $F",
      error: "$F:12:21: error: expected an integer, found a decimal number"),
    Damage(
      row: 41, script: "sed -i '1s/^/\\xef\\xbb\\xbf/' $F",
      error: "$F:1:1: error: the file begins with a byte-order mark; it must be plain UTF-8"),
    Damage(
      row: 41, script: "iconv -f utf-8 -t utf-16 -o $F $F",
      error: "$F:1:1: error: the file is not UTF-8; it looks like UTF-16 or UTF-32"),
    Damage(row: 42, script: "rm p.ded", error: "error: 'p.ded': there is no such file"),
    Damage(
      row: 43, script: "sed -i 's/\"from\": \"a\"/\"from\": \"z\"/' $F",
      error: "$F:17:43: error: there is no node 'z' in the bounds"),
    Damage(
      row: 43, script: "sed -i 's/\"round\": 1/\"round\": 2/' $F",
      error: "$F:17:14: error: the fault 'omit a b 2' lies outside the bounds: "
        + "with EOT 4 and EFF 2 it begins in round 1"),
    Damage(
      row: 44, script: "head -c 100000 /dev/zero | tr '\\0' '[' > $F",
      error: "$F:1:33: error: nesting deeper than 32"),
    Damage(row: 44, script: "truncate -s 100M $F", error: "$F: error: it is larger than 16 MB"),
    Damage(row: 44, script: "rm $F; mkfifo $F", error: "$F: error: it is not a regular file"),
    Damage(
      row: 46, script: "sed -i 's/example\\/1/example\\/2/' $F",
      error: "$F:2:13: error: made by a newer version: the format is faultline-counterexample/2"),
  ]

  @Test("a file that was damaged is unreadable, and the place is shown", arguments: damages)
  func damaged(_ damage: Damage) throws {
    let path = "saved/\(name)"
    let outcome = try here.shell("F=\(path); \(damage.script); timeout 300 $FAULTLINE replay $F")
    #expect(outcome.status == 2)
    #expect(outcome.firstError.hasPrefix(damage.error.replacingOccurrences(of: "$F", with: path)))
    #expect(outcome.output.hasPrefix("unreadable    \(path)"))
  }

  @Test("nothing to replay is an error of the call")
  func nothing() throws {
    let outcome = try here.shell("mkdir empty; $FAULTLINE replay empty")
    #expect(outcome.status == 2)
    #expect(
      outcome.firstError == "error: there is no counterexample (*.cex.json) in empty [nothing-to-replay]")
  }

  @Test("saving twice is one file; another file in its place stays unless forced")
  func savingTwice() throws {
    let save = "$FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save saved"
    #expect(try here.shell(save).status == 1)
    let kept = try here.read("saved/\(name)")
    try write("mine", "saved/\(name)")
    let outcome = try here.shell(save)
    #expect(outcome.status == 1)
    #expect(outcome.firstError == "error: 'saved/\(name)' is already there [output]")
    #expect(try here.read("saved/\(name)") == "mine")
    #expect(try here.shell(save + " --force").status == 1)
    #expect(try here.read("saved/\(name)") == kept)
  }

  @Test("a link in the place of an output is not followed")
  func link() throws {
    let outcome = try here.shell(
      "cp p.ded kept; rm saved/\(name); ln -s ../kept saved/\(name); "
        + "$FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save saved --force")
    #expect(outcome.status == 1 && outcome.firstError.hasSuffix("links are not followed [output]"))
    #expect(try here.read("kept") == Self.protocolText)
  }
}
