// Graphviz runs in a process of its own, which must not outlive the call. A script takes its place here that
// tells when it has begun and would never end.

import Foundation
import Properties
import Testing

@Suite("graph, and the process that draws")
struct GraphChildTests {
  private let here: Workplace

  init() throws {
    let pairs = (0..<10).map { from in
      (0..<10).map { "node(\"n\(from)\", \"n\($0)\")@1;" }.joined(separator: " ")
    }
    here = try Workplace([
      "endless": "#!/bin/sh\necho $$ >child.tmp && mv child.tmp child\nexec sleep 100000\n",
      "quick": "#!/bin/sh\necho '<svg/>'\n",
      "small.ded": "p(\"a\")@1; post(X) :- p(X);\n",
      "large.ded": pairs.joined(separator: "\n") + """

        node(X, Y)@next :- node(X, Y);
        r("n0", 0)@1;
        r(Y, 0)@async :- r(X, _), node(X, Y);
        r(X, Y)@next :- r(X, Y);
        post(X) :- r(X, _);

        """,
    ])
  }

  /// Runs `line` where `dot` is the script called `dot`.
  private func run(_ line: String, dot: String) throws -> Outcome {
    try here.shell(
      "mkdir -p bin tmp; chmod +x endless quick; cp -p \(dot) bin/dot; export TMPDIR=$PWD/tmp PATH=$PWD/bin:$PATH; \(line)"
    )
  }

  /// Tells what is left, and ends it: what waits for this test would wait for it.
  private static let remains =
    "kill -KILL $(cat child) 2>/dev/null && echo 'it lives'; ls tmp; ls *.svg 2>/dev/null"

  @Test("a signal ends Graphviz too, and leaves nothing", arguments: ["TERM", "INT"])
  func signal(name: String) throws {
    let outcome = try run(
      """
      $FAULTLINE graph small.ded --eot 1 --svg -o x.svg & call=$!
      until [ -e child ]; do sleep 0.02; done
      kill -\(name) $call; wait $call; echo $?; \(Self.remains)
      """, dot: "endless")
    #expect(outcome.output == "3\n")
    #expect(outcome.errors == "the call was interrupted while Graphviz drew the picture: there is none\n")
  }

  @Test("a time limit ends Graphviz, and leaves nothing")
  func timeLimit() throws {
    let outcome = try run(
      "$FAULTLINE graph small.ded --eot 1 --svg -o x.svg --time-limit 0.2; echo $?; [ ! -e child ] || { \(Self.remains); }; ls tmp",
      dot: "endless")
    #expect(outcome.output == "3\n")
    #expect(outcome.errors == "the time limit was reached while Graphviz drew the picture: there is none\n")
  }

  @Test("few file descriptors are no trap", arguments: 5...9)
  func descriptors(count: Int) throws {
    let outcome = try run(
      "(ulimit -n \(count); exec $FAULTLINE graph small.ded --eot 1 --svg); echo $?", dot: "quick")
    #expect(["0", "2"].contains(outcome.output.split(separator: "\n").last), "\(outcome)")
  }

  @Test("what would take Graphviz minutes is refused with the way to a part, which is drawn")
  func tooLarge() throws {
    let refused = try run("$FAULTLINE graph large.ded --eot 30 --svg; echo $?", dot: "endless")
    #expect(refused.output == "2\n" && !here.names.contains("child"))
    #expect(
      refused.errors == """
        error: the picture has 3,492 boxes and 9,002 arrows, and Graphviz takes minutes for more than 1,000 or 3,000 \
        [too-large]
          fix: show a part with --depth, --focus or --rule, or leave --svg out

        """)
    let part = try run("$FAULTLINE graph large.ded --eot 30 --svg --depth 1; echo $?", dot: "quick")
    #expect(part.output == "<svg/>\n0\n")
  }
}
