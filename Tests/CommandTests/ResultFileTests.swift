import Foundation
import Properties
import Search
import Support
import Testing

/// Results for build servers and browsers: JUnit's XML and the page, from `test` and from `replay`.
@Suite("Files of results", .needs(.python))
struct ResultFileTests {
  private static let rules = UnrepeatedBroadcast.program
  private static let hostile = "</failure><script>alert(1)</script>&]]>'<img src=x onerror=alert(1)>"
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "p.ded": """
      //! scenario eot=4 eff=2 nodes=a,b,c expect=counterexample minimum=1 because="nobody repeats it"
      //! scenario eot=4 eff=2 nodes=a,b,c,<b> expect=holds because="\(Self.hostile)"
      //! scenario eot=4 eff=9 nodes=a,b,c expect=holds

      """ + Self.rules,
      "<i>&'.ded": "//! scenario eot=4 nodes=a,b,c expect=holds\n" + Self.rules,
    ])
  }

  /// What the checker of Tests/JUnit says about a file.
  private func check(_ name: String) throws -> Outcome {
    try here.shell("python3 $PROGRAMS/../Tests/JUnit/check.py \(name)")
  }

  @Test("scenarios as JUnit's test cases keep to the schema")
  func scenarios() throws {
    #expect(try here.faultline("test", ".", "--junit", "r.xml").status == 1)
    let outcome = try check("r.xml")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(
      outcome.output == """
        passed\t<i>&'.ded\tline 1: ⟨4,0,0⟩ holds
        passed\tp.ded\tline 1: ⟨4,2,0⟩ counterexample
        failure\tp.ded\tline 2: ⟨4,2,0⟩ holds
        error\tp.ded\tline 3: ⟨4,9,0⟩ holds

        """)
  }

  @Test("replays as JUnit's test cases keep to the schema")
  func replays() throws {
    let outcome = try here.shell(
      """
      mkdir -p '</testcase>'; $FAULTLINE check p.ded -t 4 -f 2 -N a,b,c --save '</testcase>' >/dev/null
      echo '[' > '</testcase>/z.cex.json'
      $FAULTLINE replay '</testcase>' --junit r.xml
      """)
    #expect(outcome.status == 2)
    #expect(outcome.output.hasSuffix("\n0 of 2 as expected\nwritten: r.xml\n"))
    let checked = try check("r.xml")
    #expect(checked.errors.isEmpty)
    #expect(
      checked.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == ["failure", "error"])
  }

  /// A checker that accepts everything would check nothing.
  @Test(
    "the checker sees what is wrong",
    arguments: [
      "s/ timestamp=\"[^\"]*\"//", "s/tests=\"3\"/tests=\"4\"/", "s/failures=\"1\"/failures=\"0\"/",
      "s/errors=\"1\"/errors=\"one\"/", "s/<system-out\\/>//", "s/ type=\"faultline\"//",
      "s/ classname=/ class=/",
      "s/<testsuites>/<testsuites name=\"x\">/", "s/time=\"[0-9.]*\"/time=\"fast\"/", "s/id=\"1\"/id=\"0\"/",
      "s/<property /<property more=\"\" /", "s/<\\/testcase>/<note\\/><\\/testcase>/",
      "s/T\\([0-9:]*\\)\"/ \\1\"/",
    ])
  func checker(damage: String) throws {
    _ = try here.faultline("test", ".", "--junit", "r.xml")
    let outcome = try here.shell("sed -i '\(damage)' r.xml; python3 $PROGRAMS/../Tests/JUnit/check.py r.xml")
    #expect(outcome.status == 1 && outcome.errors.hasPrefix("check.py: "))
  }

  private static let elements = """
    import html.parser, sys
    class Reader(html.parser.HTMLParser):
      def handle_starttag(self, tag, attributes):
        print(tag, *sorted(name for name, _ in attributes))
    Reader(convert_charrefs=True).feed(open(sys.argv[1], encoding="utf-8").read())
    """

  /// The elements of the page and their attributes.
  private static let ours = """
    a href title
    body
    caption
    code
    dd
    div class
    dl
    dt
    fieldset
    h1
    h2
    h3
    head
    html lang
    input checked id name type
    input id name type
    label class
    legend
    meta charset
    meta content http-equiv
    meta content name
    p class
    section class id
    span class
    style
    table
    td class
    th scope
    title
    tr

    """

  @Test("the page has no element and no attribute but ours, whatever names and reasons say")
  func page() throws {
    #expect(try here.faultline("test", ".", "--html", "r.html").status == 1)
    try here.write("elements.py", Data(Self.elements.utf8))
    let outcome = try here.shell("python3 elements.py r.html | sort -u")
    #expect(outcome.output == Self.ours)
    let text = try here.read("r.html")
    #expect(text.contains("Content-Security-Policy") && text.contains("3 of 4 scenarios") == false)
    #expect(text.contains("2 of 4 scenarios as expected, in 2 programs"))
    #expect(!text.contains("<script") && !text.contains("<img"))
  }

  @Test("the same scenarios are the same page, however many run at a time")
  func deterministic() throws {
    _ = try here.shell(
      "$FAULTLINE test p.ded $PROGRAMS --html 1.html --jobs 1; "
        + "$FAULTLINE test p.ded $PROGRAMS --html 2.html --jobs 5")
    #expect(try here.read("1.html") == here.read("2.html"))
    #expect(try here.read("1.html").utf8.count > 10_000)
  }

  @Test(
    "a file that is in the way stays, and that is told before anything is run",
    arguments: [
      (
        "test p.ded --junit p.ded", "error: 'p.ded' is read by this call, so it cannot be its output [output]"
      ),
      ("test p.ded --html kept", "error: 'kept' is already there [output]"),
      ("test p.ded --html x --junit x", "error: two files are to be written as 'x' [output]"),
      (
        "test p.ded --junit kept/r.xml", "error: 'kept/r.xml' cannot be written: Not a directory [output]"
      ),
      (
        "test p.ded --junit link --force",
        "error: 'link' is a symbolic link, and links are not followed [output]"
      ),
      ("replay p.ded --junit kept", "error: 'kept' is already there [output]"),
      ("replay p.ded --junit .", "error: '.' is a directory [output]"),
    ])
  func inTheWay(arguments: String, error: String) throws {
    let outcome = try here.shell("echo mine > kept; ln -s kept link; $FAULTLINE \(arguments)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError == error)
    #expect(try here.read("kept") == "mine\n" && here.read("p.ded").hasSuffix(Self.rules))
  }

  @Test("with --force it is replaced")
  func force() throws {
    let outcome = try here.shell("echo mine > kept; $FAULTLINE test p.ded --junit kept --force")
    #expect(outcome.output.contains("\nwritten      kept\n"))
    #expect(try check("kept").status == 0)
  }

  @Test("where a file cannot be written after all, the answer is given nevertheless", .needs(.strace))
  func fullDisk() throws {
    let outcome = try here.shell(
      "strace -f -o /dev/null -e inject=fsync:error=ENOSPC $FAULTLINE test p.ded --junit r.xml")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("1 of 3 scenarios as expected"))
    #expect(outcome.errors.contains("error: 'r.xml' cannot be written: No space left on device [output]"))
    #expect(!here.names.contains { $0.hasPrefix("r.xml") })
  }
}
