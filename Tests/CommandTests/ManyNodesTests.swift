// A question has at most 256 nodes: whatever is written about it can be read again.

import Testing

@Suite("Many nodes")
struct ManyNodesTests {
  /// A program whose facts name so many nodes.
  private static func program(nodes count: Int) -> String {
    let facts = (0..<count).map { "node(\"n\($0)\", \"n0\")@1; " }.joined()
    return """
      //! scenario eot=2 eff=2 expect=counterexample
      \(facts)
      node(X, Y)@next :- node(X, Y);
      heard(Y)@async :- node(X, Y), X == "n1";
      pre("x") :- node("n0", _);
      post("x") :- heard("n0");

      """
  }

  @Test(
    "one too many is refused by every verb, before anything is written, with what to do",
    arguments: [
      "check p.ded -t 2 -f 2 --save out --certificate proof --store runs.sqlite", "check p.ded",
      "sweep p.ded",
      "frontier p.ded -t 2 -f 2", "run p.ded -t 2", "graph p.ded -t 2",
    ])
  func tooMany(call: String) throws {
    let here = try Workplace(["p.ded": Self.program(nodes: 257)])
    let outcome = try here.shell("$FAULTLINE \(call)")
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(
      outcome.errors == """
        error: there are 257 nodes; at most 256 are possible [too-many-nodes]
          fix: name those that the question is about with --nodes a,b,c

        """)
    #expect(here.names == ["p.ded"])
    let named = try here.shell("$FAULTLINE \(call) -N n0,n1 2>&1")
    #expect(named.status != 2, "\(named.output)")
  }

  @Test("a scenario line about too many is an error of its own")
  func scenario() throws {
    let here = try Workplace(["p.ded": Self.program(nodes: 257)])
    let outcome = try here.faultline("test", "p.ded")
    #expect(outcome.status == 1)
    #expect((outcome.output + outcome.errors).contains("there are 257 nodes; at most 256 are possible"))
  }

  @Test("of as many as possible everything that is written can be read")
  func most() throws {
    let here = try Workplace(["p.ded": Self.program(nodes: 256)])
    let found = try here.shell(
      "$FAULTLINE check p.ded -t 2 -f 2 --save out --certificate proof --store runs.sqlite")
    #expect(found.status == 1, "\(found.errors)")
    #expect(try here.shell("$FAULTLINE replay out --expect broken").status == 0)
    #expect(try here.shell("$FAULTLINE graph out/*.cex.json").status == 0)
    #expect(try here.shell("$FAULTLINE graph --store runs.sqlite --run 1 --space-time").status == 0)
    #expect(try here.shell("$FAULTLINE verify proof").status == 0)
  }
}
