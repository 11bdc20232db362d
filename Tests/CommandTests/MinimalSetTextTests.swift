import Search
import Testing

@Suite("check --all as people read it")
struct MinimalSetTextTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  /// The lines from the number of sets to what many have in common.
  private func list(_ call: String) throws -> String {
    let output = try here.shell("$FAULTLINE check $PROGRAMS/\(call) --all").output
    let start = try #require(output.range(of: "All minimal fault sets"))
    let end = try #require(output.range(of: "\nHow many of them contain"))
    return String(output[start.lowerBound..<end.lowerBound])
  }

  @Test("sets that differ only in the round of one crash share a line")
  func crashes() throws {
    #expect(
      try list("commit/2pc.ded -t 6 -c 1") == """
        All minimal fault sets: 8, each confirmed by a run; proved that there are no others.
        Sets that differ only in the round of one crash share a line.
          crash a from round 2 at the latest
          crash b from round 2 at the latest
          crash d from round 2 at the latest
          crash C from round 2 or 3

        """)
  }

  @Test("others stand alone, and the document has every set")
  func others() throws {
    #expect(
      try list("delivery/retry-deliv.ded -t 4 -f 2 -c 1") == """
        All minimal fault sets: 2, each confirmed by a run; proved that there are no others.
          crash a 2, omit a b 1
          crash a 2, omit a c 1

        """)
    let outcome = try here.shell("$FAULTLINE check $PROGRAMS/commit/2pc.ded -t 6 -c 1 --all --json")
    #expect((try json(outcome.output)["counterexamples"] as? [Any])?.count == 8)
  }

  @Test("a smallest set of one, two or more faults says what fewer do")
  func fewer() throws {
    for (call, words) in [
      ("delivery/simple-deliv.ded -t 4 -f 2", "it holds without faults"),
      ("delivery/retry-deliv.ded -t 4 -f 2 -c 1", "no single fault breaks it"),
      ("kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z", "no set of 2 faults or fewer breaks it"),
    ] {
      let output = try here.shell("$FAULTLINE check $PROGRAMS/\(call)").output
      #expect(output.contains("\nFewer is impossible: \(words).\n"), "\(output)")
    }
    let holds = try here.shell("$FAULTLINE check $PROGRAMS/delivery/simple-deliv.ded -t 4").output
    #expect(holds.contains("\nfault space  1 combination\n"))
  }
}
