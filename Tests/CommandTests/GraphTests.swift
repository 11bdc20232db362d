import Foundation
import Support
import Testing

@Suite("graph, and the files of a counterexample")
struct GraphTests {
  private let here: Workplace
  private let stem = "kafka-cfcceefddbcc"

  init() throws {
    here = try Workplace()
    _ = try here.shell("$FAULTLINE check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z --save .")
  }

  @Test("a counterexample is four files; the story names faults, losses and what is broken")
  func files() throws {
    #expect(here.names == ["\(stem).cex.json", "\(stem).dot", "\(stem).svg", "\(stem).txt"])
    let story = try here.read("\(stem).txt")
    for line in [
      "  a crashes in round 5", "    (9) a crashes in round 5.",
      "  in round 7 pre(\"Data1\") holds and post(\"Data1\") does not",
    ] {
      #expect(story.contains("\n\(line)\n"))
    }
    #expect(try here.read("\(stem).dot") == here.faultline("graph", "\(stem).cex.json").output)
  }

  @Test("the call at the end of the story shows the same violation")
  func replayFromStory() throws {
    let story = try here.read("\(stem).txt")
    let call = try #require(story.split(separator: "\n").last).dropFirst("  faultline".count)
    let outcome = try here.shell("$FAULTLINE\(call)")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasSuffix("in round 7 pre(\"Data1\") holds and post(\"Data1\") does not\n"))
  }

  @Test(
    "every picture is DOT that Graphviz accepts", .needs(.graphviz),
    arguments: [
      "$stem.cex.json", "$stem.cex.json --row 'pre(\"Data1\")'", "$stem.cex.json --row 'member(_, _)@2'",
      "$stem.cex.json --full", "$stem.cex.json --depth 2",
      "$stem.cex.json --focus 'behind(_, _, _)' --depth 1",
      "$stem.cex.json --focus 'acknowledged(_, _)@5'", "$stem.cex.json --rule acknowledged",
      "$stem.cex.json --space-time", "$PROGRAMS/delivery/simple-deliv.ded -t 3",
      "$PROGRAMS/delivery/simple-deliv.ded -t 3 --fault 'omit a b 1' --space-time",
    ])
  func pictures(arguments: String) throws {
    let outcome = try here.shell(
      "set -o pipefail; stem=\(stem); $FAULTLINE graph \(arguments) | dot -Tplain"
    )
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test("processes that write the same files at once leave them whole")
  func simultaneously() throws {
    let alone = try here.names.map { try here.read($0) }
    let call = "$FAULTLINE check $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z --save . --force"
    let outcome = try here.shell("for i in 1 2 3 4; do \(call) & done; wait")
    #expect(outcome.errors.isEmpty)
    #expect(try here.names.map { try here.read($0) } == alone)
  }

  @Test("a picture goes to a file, and never over an input")
  func output() throws {
    #expect(try here.faultline("graph", "\(stem).cex.json", "-o", "x.dot").status == 0)
    #expect(try here.read("x.dot") == here.read("\(stem).dot"))
    let outcome = try here.faultline("graph", "\(stem).cex.json", "-o", "\(stem).cex.json", "--force")
    #expect(outcome.status == 2)
    #expect(
      outcome.firstError
        == "error: '\(stem).cex.json' is read by this call, so it cannot be its output [output]")
  }

  @Test("the space-time diagram needs no Graphviz to be a picture")
  func spaceTimePicture() throws {
    let outcome = try here.shell("PATH=/nowhere $FAULTLINE graph \(stem).cex.json --space-time --svg")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("<svg ") && outcome.output.hasSuffix("</svg>\n"))
    for text in ["a crashes in round 5", "✗ heartbeat(&quot;b&quot;) → Z", "log(&quot;Data1&quot;)"] {
      #expect(outcome.output.contains(">\(text)<"))
    }
  }

  @Test(
    "a part of a picture says how much it is of the whole, and a rule is named by its place or its relation")
  func parts() throws {
    let whole = try here.read("\(stem).dot")
    let text = try here.shell("grep -n 'acknowledged(C, D)@async' $PROGRAMS/kafka/kafka.ded | cut -d: -f1")
      .output
    let line = text.split(separator: "\n").first ?? ""
    let outcome = try here.faultline(
      "graph", "\(stem).cex.json", "--rule", "kafka.ded:\(line)", "--depth", "1")
    #expect(
      outcome.status == 0 && outcome.output.contains("no behind") && outcome.output.contains("showing "))
    #expect(outcome.output.count < whole.count && !whole.contains("showing "))
    let full = try here.faultline("graph", "\(stem).cex.json", "--full")
    #expect(full.output.count > whole.count)
  }

  @Test("a picture of lineage needs no other program")
  func lineagePicture() throws {
    let outcome = try here.shell("PATH=/nowhere $FAULTLINE graph \(stem).cex.json --svg")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("<svg ") && outcome.output.hasSuffix("</svg>\n"))
    for text in ["crash a @5", "omit b→Z @1", "omit c→Z @1", "post(&quot;Data1&quot;)"] {
      #expect(outcome.output.contains(">\(text)<"))
    }
  }

  @Test("of the options that a counterexample file leaves no room for, those are named that were given")
  func given() throws {
    let outcome = try here.shell(
      "$FAULTLINE graph \(stem).cex.json --oracle molly --fault 'crash a 1' --nodes a --outcome log")
    #expect(outcome.errors.hasSuffix("  fix: leave --nodes and --oracle and --outcome and --fault out\n"))
  }

  @Test(
    "what cannot be drawn says why",
    arguments: [
      ("--row 'pst(_)'", "error: the program has no relation 'pst' [unknown-relation]"),
      ("--row 'post(_, _)'", "error: 'post' has 1 column, not 2 [bad-row]"),
      (
        "--row 'post(\"Data1\")'", "error: post(\"Data1\") does not hold in round 7 of this run [no-such-row]"
      ),
      ("--row 'post(\"Data1'", "error: 'post(\"Data1' is no row [bad-row]"),
      ("--row 'post(Data1)'", "error: 'post(Data1)' is no row [bad-row]"),
      (
        "--eot 4",
        "error: a counterexample file says itself what was asked and which faults strike [bad-call]"
      ),
      (
        "--oracle implication",
        "error: a counterexample file says itself what was asked and which faults strike [bad-call]"
      ),
      (
        "--crash-view silent",
        "error: a counterexample file says itself what was asked and which faults strike [bad-call]"
      ),
      (
        "--max-eot 1000",
        "error: a counterexample file says itself what was asked and which faults strike [bad-call]"
      ),
      ("--row 'post(_)' --space-time", "error: --row and --space-time are two different pictures [usage]"),
      (
        "--full --space-time",
        "error: --full, --depth, --focus and --rule are about lineage, not about --space-time [usage]"
      ),
      ("--depth x", "error: 'x' is no depth [bad-depth]"),
      ("--focus 'pending(\"C\", 3)'", "error: pending(\"C\", 3) is no part of this lineage [no-such-row]"),
      ("--rule pending", "error: pending does not fire in this lineage [no-such-rule]"),
    ])
  func refused(arguments: String, error: String) throws {
    let outcome = try here.shell("$FAULTLINE graph \(stem).cex.json \(arguments)")
    #expect(outcome.status == 2)
    #expect(outcome.firstError == error)
    #expect(outcome.output.isEmpty)
  }
}
