// Nothing that a call reads is destroyed by what it writes, whatever names lead to the file; what would end a
// call is told before the search; and a file that cannot be written does not take the answer away, nor its
// exit code.

import Foundation
import Support
import Testing

/// A call that writes a file, and what it reads.
struct WritingCall: CustomTestStringConvertible, Sendable {
  let verb: String
  let option: String
  /// `OUT` stands for the path of the output.
  let arguments: String
  let inputs: [String]

  var testDescription: String { arguments }

  init(_ verb: String, _ option: String, _ arguments: String, reads inputs: String...) {
    (self.verb, self.option, self.inputs) = (verb, option, inputs)
    self.arguments = "\(verb) \(arguments)"
  }
}

@Suite("What a call writes")
struct OutputFileTests {
  private static let files = [
    "p.ded": """
    //! scenario eot=4 eff=2 nodes=a,b,c expect=counterexample minimum=1
    include "part.ded";

    """ + UnrepeatedBroadcast.rules,
    "part.ded": UnrepeatedBroadcast.members,
    "f.cnf": "p cnf 1 2\n1 0\n-1 0\n",
    "kept": "mine\n",
  ]
  private static let bounds = "-t 4 -f 2 -N a,b,c"
  private let here: Workplace

  init() throws { here = try Workplace(Self.files) }

  /// Adds the files that calls of the command make: a store and a counterexample.
  private func record() throws {
    let outcome = try here.shell(
      "$FAULTLINE check p.ded \(Self.bounds) --store s.sqlite --save saved >/dev/null; mv saved/*.json saved/x.cex.json"
    )
    #expect(outcome.status == 0)
  }

  static let calls = [
    WritingCall("check", "--report", "p.ded \(bounds) --report OUT", reads: "p.ded", "part.ded"),
    WritingCall("check", "--itf", "p.ded \(bounds) --itf OUT", reads: "p.ded", "part.ded"),
    WritingCall("sweep", "--itf", "p.ded --itf OUT", reads: "p.ded", "part.ded"),
    WritingCall("run", "--itf", "p.ded -t 4 -N a,b,c --itf OUT", reads: "p.ded", "part.ded"),
    WritingCall("check", "--store", "p.ded \(bounds) --store OUT", reads: "p.ded", "part.ded"),
    WritingCall("check", "--certificate", "p.ded folder/claim.json \(bounds) --certificate folder"),
    WritingCall("check", "--save", "p.ded \(bounds) --save p.ded"),
    WritingCall("sweep", "--report", "p.ded --report OUT", reads: "p.ded", "part.ded"),
    WritingCall("sweep", "--store", "p.ded --store OUT", reads: "p.ded", "part.ded"),
    WritingCall("sweep", "--certificate", "p.ded folder/claim.json --certificate folder"),
    WritingCall("sweep", "--save", "p.ded --save p.ded"),
    WritingCall("test", "--html", "p.ded --html OUT", reads: "p.ded", "part.ded"),
    WritingCall("test", "--junit", ". --junit OUT", reads: "p.ded", "part.ded"),
    WritingCall("replay", "--junit", "saved --junit OUT", reads: "saved/x.cex.json", "p.ded", "part.ded"),
    WritingCall("replay", "--junit", "saved --program part.ded --junit OUT", reads: "part.ded"),
    WritingCall("graph", "--output", "p.ded -t 4 -N a,b,c -o OUT", reads: "p.ded", "part.ded"),
    WritingCall(
      "graph", "--output", "saved/x.cex.json -o OUT", reads: "saved/x.cex.json", "p.ded", "part.ded"),
    WritingCall("graph", "--output", "--store s.sqlite --run 1 -o OUT", reads: "s.sqlite"),
    WritingCall("report", "--output", "s.sqlite -o OUT", reads: "s.sqlite"),
    WritingCall("solve", "--proof", "f.cnf --proof OUT", reads: "f.cnf"),
    WritingCall("solve", "--proof", "- <f.cnf --proof OUT", reads: "f.cnf"),
  ]

  @Test("is nothing that it reads, by whatever name", arguments: calls)
  func inputs(call: WritingCall) throws {
    try record()
    _ = try here.shell("mkdir folder; ln -s . round; cp part.ded folder/claim.json")
    for input in call.inputs {
      for (name, preparation) in [
        (input, "true"), ("round/\(input)", "true"), ("hard", "ln -f \(input) hard"),
      ] {
        let line = call.arguments.replacingOccurrences(of: "OUT", with: name)
        let force = call.option == "--store" || line.hasSuffix("--force") ? line : line + " --force"
        let outcome = try here.shell(
          "\(preparation); cksum * saved/* 2>/dev/null >.before; $FAULTLINE \(force) >.out 2>.err; status=$?; "
            + "cat .err; cksum * saved/* 2>/dev/null | cmp - .before >&2 || exit 99; exit $status")
        #expect(outcome.status == 2, "\(line): \(outcome.output)\(outcome.errors)")
        #expect(
          outcome.output.hasSuffix(" read by this call, so it cannot be its output [output]\n"),
          "\(line): \(outcome.output)")
      }
    }
    guard call.inputs.isEmpty else { return }
    let outcome = try here.shell("$FAULTLINE \(call.arguments) --force")
    #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(
      outcome.firstError.hasSuffix("read by this call, so it cannot be its output [output]")
        || outcome.firstError == "error: 'p.ded' is not a folder [output]")
  }

  @Test("is in this table, whatever option names it")
  func everyOption() throws {
    let inputs: Set<String> = ["replay --program", "graph --store"]
    var found: Set<String> = []
    for verb in ["check", "sweep", "run", "graph", "report", "replay", "test", "frontier", "solve", "verify"]
    {
      let help = try here.faultline("help", verb).output
      for option in help.matches(of: /(--[a-z-]+) <(?:file|folder)>/) { found.insert("\(verb) \(option.1)") }
    }
    #expect(found.subtracting(inputs) == Set(Self.calls.map { "\($0.verb) \($0.option)" }))
  }

  @Test(
    "is never one file for two things",
    arguments: [
      ("check p.ded \(bounds) --report x --store x", "two files are to be written as 'x'"),
      ("check p.ded \(bounds) --report x-journal --store x", "are one file, and the call writes both"),
      (
        "check p.ded \(bounds) --report c/claim.json --certificate c/",
        "two files are to be written as 'c/claim.json'"
      ),
      (
        "check p.ded \(bounds) --report new/x --store new/../new/./x",
        "are one file, and the call writes both"
      ),
      ("check p.ded \(bounds) --report kept --store round/kept", "are one file, and the call writes both"),
      ("test p.ded --html x --junit round/x", "are one file, and the call writes both"),
      ("test p.ded --html new/x --junit round/new/x", "are one file, and the call writes both"),
      ("check p.ded \(bounds) --report out >out", "are one file, and the call writes both"),
    ])
  func twice(arguments: String, reason: String) throws {
    let outcome = try here.shell("ln -s . round; $FAULTLINE \(arguments) --force")
    #expect(outcome.status == 2 && outcome.firstError.hasSuffix("\(reason) [output]"), "\(outcome.errors)")
    #expect(try here.read("kept") == "mine\n" && !here.names.contains("new"))
  }

  @Test(
    "is looked at before the search",
    arguments: [
      ("--report kept", "error: 'kept' is already there [output]"),
      ("--report kept/x", "error: 'kept/x' cannot be written: Not a directory [output]"),
      ("--report x/", "error: 'x/' is the name of a folder, and not of a file [output]"),
      ("--certificate kept", "error: 'kept' is not a folder [output]"),
      ("--certificate full", "error: 'full/claim.json' is already there [output]"),
      ("--save kept/x", "error: the folder 'kept/x' cannot be written: Not a directory [output]"),
      ("--store kept/x", "error: 'kept/x' cannot be written: Not a directory [output]"),
    ])
  func before(arguments: String, error: String) throws {
    for verb in ["check p.ded \(Self.bounds)", "sweep p.ded"] {
      let outcome = try here.shell(
        "mkdir -p full; echo mine >full/claim.json; $FAULTLINE \(verb) \(arguments)")
      #expect(
        outcome.status == 2 && outcome.output.isEmpty && outcome.firstError == error, "\(outcome.errors)")
      #expect(try here.read("kept") == "mine\n" && here.read("full/claim.json") == "mine\n")
    }
  }

  @Test("is put into folders that are made with those above them, and a refused call makes none")
  func folders() throws {
    let refused = try here.shell("$FAULTLINE check p.ded \(Self.bounds) --crash-view x --report a/b/r.html")
    #expect(refused.status == 2 && !here.names.contains("a"))
    let wrong = try here.shell("$FAULTLINE check kept \(Self.bounds) --report a/b/r.html")
    #expect(wrong.status == 2 && !here.names.contains("a"))
    let outcome = try here.shell(
      """
      $FAULTLINE check p.ded \(Self.bounds) --report a/b/r.html --save c/d --store e/f/s.sqlite --certificate g/h/i
      echo $?; $FAULTLINE graph p.ded -t 4 -N a,b,c -o j/k.dot; echo $?; $FAULTLINE report e/f/s.sqlite -o l/m.html
      echo $?; $FAULTLINE replay c --junit n/o.xml >/dev/null; echo $?; $FAULTLINE solve f.cnf --proof p/q.lrat
      echo $?; ls a/b e/f g/h/i j l n p
      """)
    #expect(outcome.output.hasPrefix("COUNTEREXAMPLE") && outcome.errors.hasPrefix("c "), "\(outcome.errors)")
    #expect(
      outcome.output.hasSuffix(
        """
        1
        0
        0
        1
        s UNSATISFIABLE
        20
        a/b:
        r.html

        e/f:
        s.sqlite

        g/h/i:
        claim.json
        formula.cnf
        proof.lrat

        j:
        k.dot

        l:
        m.html

        n:
        o.xml

        p:
        q.lrat

        """))
  }

  @Test(
    "leave no folder behind where nothing is written",
    arguments: [
      "check p.ded -t 4 -N a,b,c --save new/saved", "check p.ded -t 4 -N a,b,c --save saved/",
      "graph p.ded -t 4 --row 'post(\"none\")' -o new/x.dot",
    ])
  func noFolder(arguments: String) throws {
    let before = here.names
    #expect([0, 2].contains(try here.shell("$FAULTLINE \(arguments)").status))
    #expect(here.names == before)
  }

  @Test(
    "may fail after the answer, whose exit code stays",
    arguments: [
      ("check p.ded \(bounds) --report r.html", 1), ("check p.ded \(bounds) --save saved", 1),
      ("check p.ded \(bounds) --certificate c", 1), ("check p.ded -t 4 -N a,b,c --report r.html", 0),
      ("check p.ded -N a,b,c --report r.html", 1), ("sweep p.ded -N a,b,c --save saved", 1),
      ("test p.ded --html r.html", 0), ("test p.ded --junit r.xml", 0),
      ("replay x.cex.json --junit r.xml", 1), ("solve f.cnf --proof r.lrat", 20),
    ])
  func failure(arguments: String, status: Int) throws {
    try record()
    // No file may grow. The signal that the system sends then must not end the process.
    let outcome = try here.shell(
      """
      cp saved/x.cex.json .; sed -i 's:\\.\\./::' x.cex.json; rm -r saved
      (ulimit -f 0; $FAULTLINE \(arguments); echo exit $?) 2>&1 | cat
      """)
    #expect(outcome.output.hasSuffix("\nexit \(status)\n"), "\(outcome.output)")
    #expect(outcome.output.contains(" cannot be written: File too large [output]\n"), "\(outcome.output)")
    guard !arguments.hasPrefix("solve") else { return }
    let document = try json(
      try here.shell("rm -rf saved c; (ulimit -f 0; $FAULTLINE \(arguments) --json 2>/dev/null) | cat").output
    )
    let failures = try #require(document["failures"] as? [[String: Any]])
    #expect(failures.count == 1 && failures[0]["code"] as? String == "output")
    #expect((failures[0]["message"] as? String)?.hasSuffix(" cannot be written: File too large") == true)
    #expect(!here.names.contains { $0.hasSuffix(".partial") })
  }

  @Test(
    "what a killed process left of it, the next call for the same file removes, and nothing of a living one")
  func abandoned() throws {
    let outcome = try here.shell(
      """
      mkdir saved; touch r.html.0123456789abcdef.partial saved/x.dot.0123456789abcdef.partial r.html.17.partial
      $FAULTLINE check p.ded \(Self.bounds) --report r.html --save saved >/dev/null; ls . saved | grep partial
      """)
    #expect(outcome.output == "r.html.17.partial\n")
  }

  @Test("a name that is no UTF-8 is refused, and no other file is made")
  func noUnicode() throws {
    let outcome = try here.shell(
      "$FAULTLINE check p.ded \(Self.bounds) --report $'caf\\xe9.html'; echo $?; ls *.html")
    #expect(outcome.output == "2\n")
    #expect(outcome.firstError == "error: the argument 'caf\\xE9.html' is not UTF-8 [usage]")
    let folder = try here.shell("mkdir d; cp p.ded part.ded d; cp p.ded d/$'caf\\xe9.ded'; $FAULTLINE test d")
    #expect(folder.status == 2)
    #expect(
      folder.firstError
        == "d: error: the folder holds a name that is not UTF-8: 'caf\\xE9.ded' [unreadable-folder]")
  }
}
