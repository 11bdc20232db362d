import Foundation
import Testing

@Suite("check --all as people read it")
struct MinimalSetTextTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  /// The lines from the number of sets to what many have in common.
  private func list(_ call: String) throws -> String {
    let output = try here.shell("$FAULTLINE check $PROGRAMS/\(call) --all --explain full").output
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

  /// `greet` comes in round 1 or 2. A greeting is lost by an omission, or by the crash of whoever greets.
  private static let greeting = """
    nodes "a", "b";
    greet("a", "b")@{1..2};
    hello(M, N)@async :- greet(N, M);
    heard(N)@next :- hello(N, _);
    heard(N)@next :- heard(N);
    given(M)@next :- greet(N, M);
    given(N)@next :- given(N);
    pre(N) :- given(N);
    post(N) :- heard(N);
    """

  @Test("where inputs are chosen, a set is listed once, and later forms of a set are counted behind it")
  func inputs() throws {
    try here.write("greet.ded", Data(Self.greeting.utf8))
    let call = "$FAULTLINE check greet.ded --eot 5 --eff 3 --crashes 1 --all"
    let output = try here.shell(call + " --explain full").output
    #expect(
      output.contains(
        """
        All minimal fault sets: 4, each confirmed by a run; proved that there are no others.
        A set is listed once, with the first inputs that go with it; it may break with others, too.
        Sets that are another one in later rounds, faults and inputs alike, are counted behind it.
          crash a 1, with greet("a", "b")@1 chosen  (and 1 that is the same, later)
          omit a b 1, with greet("a", "b")@1 chosen  (and 1 that is the same, later)

        How many
        """), "\(output)")
    let sets = try json(here.shell(call + " --json").output)["minimalSets"] as? [String: Any]
    #expect(sets?["inputs"] as? String == "first")
    #expect((sets?["laterThan"] as? [Any])?.map { $0 as? Int } == [nil, 0, nil, 2])
    let plain = try here.shell("$FAULTLINE check $PROGRAMS/commit/2pc.ded -t 6 -c 1 --all --json").output
    #expect((try json(plain)["minimalSets"] as? [String: Any])?["inputs"] == nil)
    #expect(try here.shell(call + " --report p.html").status == 1)
    #expect(try here.read("p.html").contains("omit a→b @2, with greet("))
  }

  @Test("where inputs are chosen, sets with one run share a line")
  func inputsOfDisguises() throws {
    try here.write("greet.ded", Data(Self.greeting.utf8))
    let output = try here.shell(
      "$FAULTLINE check greet.ded --eot 5 --eff 3 --partitions 1 --omissions 1 --all --explain full"
    ).output
    #expect(
      output.contains(
        """
        Sets with the same run share a line; harsher forms of a set are counted behind it.
          omit a b 1, with greet("a", "b")@1 chosen  (2 other sets with the same run, and 2 that are the same, later)

        How many
        """), "\(output)")
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
