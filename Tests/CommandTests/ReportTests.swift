import Foundation
import Support
import Testing
import Texts

@Suite("report, and check --report")
struct ReportTests {
  private let here: Workplace
  private static let kafka = "$PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z"

  init() throws { here = try Workplace(["text.sqlite": "This is no database.\n"]) }

  private func size(_ name: String) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: "\(here.path)/\(name)")).count
  }

  @Test("a store becomes a page with every analysis and run, the same bytes each time", .needs(.htmlParser))
  func store() throws {
    let outcome = try here.shell(
      """
      $FAULTLINE check \(Self.kafka) --store runs.sqlite >/dev/null
      $FAULTLINE check $PROGRAMS/delivery/ack-deliv.ded -t 6 -f 3 -c 1 --store runs.sqlite >/dev/null
      $FAULTLINE report runs.sqlite -o report.html && $FAULTLINE report runs.sqlite | cmp - report.html
      """)
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    let elements = try here.elements(of: "report.html")
    // A section for each analysis, and one for the story of the counterexample.
    #expect(elements["section"] == 2 + 1 && elements["main"] == 2)
    // A block of data for each run, one for each analysis, and the program of the page.
    #expect(elements["script"] == 3 + 2 + 1)
    let page = try here.read("report.html")
    for text in [
      ">COUNTEREXAMPLE<", ">HOLDS<", "3 faults suffice; fewer is impossible, which was proved",
      "Proved for every run within the bounds, not sampled.", "EOT 7, EFF 4, 1 crash, nodes C, Z, a, b, c",
      ">1: ", ">2: ", "a crashes in round 5", "C has been told that Data1 is safe",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(try size("report.html") < 500_000)
  }

  @Test("one analysis of a store", .needs(.htmlParser))
  func oneAnalysis() throws {
    let outcome = try here.shell(
      """
      for eot in 4 5; do $FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t $eot --store s >/dev/null; done
      $FAULTLINE report s --analysis 2 -o report.html
      """)
    #expect(outcome.status == 0)
    #expect(try here.elements(of: "report.html")["section"] ?? 0 >= 1)
    let page = try here.read("report.html")
    #expect(page.contains("EOT 5, EFF 0") && !page.contains("EOT 4, EFF 0"))
  }

  @Test(
    "an answer becomes a page: what it says first",
    .needs(.htmlParser),
    arguments: [
      (kafka, 1, "C has been told that Data1 is safe and b and c have not stored Data1, because", 3),
      ("$PROGRAMS/commit/3pc.ded -t 8 -c 1", 0, "No set of faults within the bounds breaks “post” of", 0),
      ("$PROGRAMS/delivery/retry-deliv.ded -t 4 -f 2 -c 1 --all", 1, "all minimal sets, which was proved", 3),
      ("$PROGRAMS/language/link-state.ded -t 2", 4, "To see the whole run: faultline run", 0),
      ("$PROGRAMS/delivery/simple-deliv.ded -t 4", 0, "No fault was admitted: EFF and crashes are 0.", 0),
    ])
  func answer(arguments: String, status: Int32, text: String, least: Int) throws {
    let outcome = try here.shell("$FAULTLINE check \(arguments) --report report.html")
    #expect(outcome.status == status && outcome.output.contains("\nwritten      report.html\n"))
    #expect(try here.read("report.html").contains(text))
    #expect(try here.elements(of: "report.html")["li"] ?? 0 >= least)
    #expect(try size("report.html") < 5_000_000)
  }

  @Test(
    "a page of a program that is itself at fault says what the terminal says, also from a store",
    arguments: [
      ("$PROGRAMS/language/link-state.ded -t 2", 4, "How it comes about without faults"),
      ("empty.ded -t 2", 4, "Perhaps the run needs more rounds"),
      ("$PROGRAMS/language/division.ded -t 3 -f 2 -N a,b,w", 2, "&#39;12 / 0&#39; divides by zero"),
      ("always.ded -t 2", 2, "divides by zero"),
    ])
  func complaint(call: String, status: Int32, words: String) throws {
    try here.write("empty.ded", Data("p(\"a\")@1;\nq(X) :- p(X)@5;\npost(X) :- q(X);\n".utf8))
    try here.write(
      "always.ded",
      Data("p(\"a\", 0)@1;\nq(X, 3 / N) :- p(X, N);\npre(X) :- p(X, _);\npost(X) :- q(X, _);\n".utf8))
    let outcome = try here.shell("$FAULTLINE check \(call) --report one.html --store runs.sqlite")
    #expect(outcome.status == status)
    _ = try here.shell("$FAULTLINE report runs.sqlite -o all.html")
    // What the terminal says between the verdict and the figures, or of the program.
    let said = status == 2 ? outcome.errors : outcome.output.components(separatedBy: "\nbounds ")[0]
    let lines = said.split(separator: "\n").dropFirst(status == 2 ? 0 : 1).map(String.init)
    for (page, isComplete) in [("one.html", true), ("all.html", false)] {
      let text = try here.read(page)
      #expect(text.contains(words), "\(page)\n\(said)")
      for line in lines where isComplete || !line.hasPrefix("To see the whole run") {
        #expect(text.contains(Self.inMarkup(line)), "\(page): \(line)")
      }
    }
  }

  private static func inMarkup(_ text: String) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")].reduce(text) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }

  @Test("what is empty without faults cannot be taken away: the headline says that it is broken")
  func emptyOutcome() throws {
    let program = """
      sent("a")@1; due("b")@3;
      got("b")@async :- sent("a");
      got(N)@next :- got(N);
      late(N)@next :- due(N), notin got(N);
      pre(N) :- late(N);
      post(N) :- late(N), got(N);
      """
    try here.write("empty.ded", Data(program.utf8))
    let outcome = try here.faultline(
      "check", "empty.ded", "-t", "4", "-f", "2", "-N", "a,b", "--report", "empty.html")
    #expect(outcome.status == 1 && outcome.output.contains("1 fault breaks 'post'\n"))
    #expect(try here.read("empty.html").contains("\"headline\":\"Faults break “post” of empty.ded"))
  }

  @Test("what a certificate claims stands on the page")
  func certificate() throws {
    let outcome = try here.shell(
      "mkdir proof; $FAULTLINE check $PROGRAMS/commit/3pc.ded -t 8 -c 1 --certificate proof --report report.html"
    )
    #expect(outcome.status == 0)
    let page = try here.read("report.html")
    let claim = try #require(json(here.read("proof/claim.json"))["proof"] as? [String: Any])
    #expect(page.contains(try #require(claim["digest"] as? String)))
    #expect(page.contains("no set of faults within the bounds breaks &#39;post&#39;"))
  }

  @Test("the messages that matter are ranked: by the sets that lose them, then by what their loss does")
  func criticalMessages() throws {
    _ = try here.shell(
      "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4 -f 2 --all --report report.html")
    let page = try here.read("report.html")
    let rows = page.components(separatedBy: "<tbody>")[1].components(separatedBy: "</tbody>")[0]
    let first = rows.components(separatedBy: "</tr>")[0]
    #expect(first.contains("a → b") && first.contains(">1 of 2<") && first.contains("breaks the outcome"))
  }

  @Test("messages that are sent under faults only are among those that matter, with their numbers")
  func messagesUnderFaults() throws {
    _ = try here.shell("$FAULTLINE check $PROGRAMS/commit/3pc.ded -t 9 -f 7 --all --report report.html")
    let page = try here.read("report.html")
    #expect(page.contains("ranked by how many of the 15 breaking fault sets lose it, then by what"))
    let table = page.components(separatedBy: "<tbody>")[1].components(separatedBy: "</tbody>")[0]
    let rows = table.components(separatedBy: "</tr>").map { row in
      row.matches(of: #/<td[^>]*>([^<]*)<\/td>/#).map { String($0.1) }
    }
    for receiver in ["a", "b", "d"] {
      let row = try #require(rows.first { $0.first == "C → \(receiver)" && $0[1] == "6" })
      #expect(
        Array(row[2...]) == [
          "announced(&quot;T1&quot;, &quot;abort&quot;)", "5 of 15", "is not sent then", "0",
        ])
    }
    #expect(rows.filter { $0.count == 6 && $0[1] == "6" }.count == 3)
  }

  @Test(
    "what is counted is told in the right number",
    arguments: [
      (
        "simple-deliv.ded -t 4", "1 combination<",
        "of the run without faults, ranked by what its loss alone does"
      ),
      (
        "simple-deliv.ded -t 4 -f 2", "4096 combinations<",
        "ranked by whether the breaking fault set loses it, then"
      ),
      ("retry-deliv.ded -t 4 -f 2 -c 1", " combinations<", "every single fault"),
    ])
  func numbers(call: String, space: String, ranking: String) throws {
    _ = try here.shell("$FAULTLINE check $PROGRAMS/delivery/\(call) --report report.html")
    let page = try here.read("report.html")
    #expect(page.contains(space) && page.contains(ranking))
  }

  @Test("sets that differ only in the round of one crash share an item, and so do renamings of each other")
  func crashGroups() throws {
    _ = try here.shell("$FAULTLINE check $PROGRAMS/commit/2pc.ded -t 6 -c 1 --all --report report.html")
    let list = try here.read("report.html").components(separatedBy: "<ol>")[1].components(
      separatedBy: "</ol>")[0]
    let items = list.components(separatedBy: "</li>").map { item in
      item.matches(of: #/class="which">([^<]*)</#).map { String($0.1) }
    }
    #expect(
      items.dropLast() == [
        ["what should happen"],
        [
          "crash a @2 at the latest", "crash a @1", "crash b @2", "crash b @1", "crash d @2", "crash d @1",
        ], ["crash C @2 or 3", "crash C @2"],
      ])
  }

  @Test(
    "what cannot be reported says why, and nothing is written",
    arguments: [
      ("missing.sqlite -o x.html", "'missing.sqlite': there is no such file [no-such-file]"),
      ("text.sqlite -o x.html", "[not-a-store]"),
      ("runs.sqlite -o runs.sqlite --force", "so it cannot be its output [output]"),
      ("runs.sqlite --analysis 7 -o x.html", "the store holds no analysis 7 [no-analysis]"),
      ("runs.sqlite --analysis 0 -o x.html", "[bad-number]"),
      ("runs.sqlite -o text.sqlite", "[output]"), ("runs.sqlite -o text.sqlite/x.html", "[output]"),
      ("-o x.html", "[usage]"),
    ])
  func refused(arguments: String, ending: String) throws {
    let outcome = try here.shell(
      "$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4 --store runs.sqlite >/dev/null;"
        + " $FAULTLINE report \(arguments)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.firstError.hasSuffix(ending), "\(outcome.firstError)")
    #expect(here.names == ["runs.sqlite", "text.sqlite"])
    #expect(try here.read("text.sqlite") == "This is no database.\n")
  }

  @Test("a reader finds what there is, by mouse and by key, on a desk and on a phone", .needs(.browser))
  func reading() throws {
    _ = try here.shell("$FAULTLINE check \(Self.kafka) --report report.html")
    #expect(try here.browse("report.html", with: "report.py") == "")
  }

  @Test("many sets are groups that mean the same, and a map of where they strike", .needs(.browser))
  func sets() throws {
    _ = try here.shell("$FAULTLINE check $PROGRAMS/commit/3pc.ded -t 9 -f 7 -c 1 --all --report report.html")
    #expect(try here.browse("report.html", with: "sets.py") == "")
  }

  @Test(
    "a fault and a violated row are seen on opening, whichever program has a counterexample", .needs(.browser)
  )
  func firstScreen() throws {
    let outcome = try here.shell(
      "timeout 1800 python3 -B '\(PageReaders.folder)/firstscreen.py' $FAULTLINE $PROGRAMS")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect((Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 50)
  }
}

@Suite("Reports on hostile programs")
struct HostileReportTests {
  private static let strings = [
    "</script><script>pwned=1</script>", "<img src=x onerror=pwned=1>", "javascript:pwned=1",
    "' onclick='pwned=1",
    "<!--<script>", "]]></svg>", "\u{202E}reversed", "&lt;b&gt;", "\u{2028}", "</style>", "\\u003cb>",
    "${pwned=1}",
  ]

  /// A program whose nodes and payloads are all of them, or harmless ones in their places.
  private static func program(hostile: Bool) -> String {
    let words = strings.indices.map { hostile ? strings[$0] : "word\($0)" }
    return
      (zip(words, words.dropFirst()).map { node, payload in
        "bcast(\"\(node)\", \"\(payload)\")@1;\n"
      } + [
        """
        log(M, P)@async :- bcast(N, P), peer(M);
        log(N, P)@next :- log(N, P);
        log(N, P)@next :- bcast(N, P);
        pre(N, P) :- bcast(N, P)@1, log(N, P);
        post(N, P) :- log(_, P), peer(M), log(N, P), log(M, P), bcast(N, P)@1;
        peer("\(words[0])")@1; peer(N)@next :- peer(N);
        """
      ]).joined()
  }

  @Test("are pages with the elements of harmless ones", .needs(.htmlParser))
  func elements() throws {
    let here = try Workplace([
      "plain.ded": Self.program(hostile: false), "hostile.ded": Self.program(hostile: true),
    ])
    for name in ["plain", "hostile"] {
      let outcome = try here.shell("$FAULTLINE check \(name).ded -t 3 -f 2 -c 1 --report \(name).html")
      #expect(outcome.status == 1, "\(outcome.errors)")
    }
    #expect(try here.elements(of: "hostile.html") == here.elements(of: "plain.html"))
  }

  @Test("bring nothing to life in a browser", .needs(.browser))
  func browsing() throws {
    let here = try Workplace(["hostile.ded": Self.program(hostile: true)])
    _ = try here.shell("$FAULTLINE check hostile.ded -t 3 -f 2 -c 1 --report hostile.html")
    #expect(try here.browse("hostile.html", with: "hostile.py") == "")
  }
}
