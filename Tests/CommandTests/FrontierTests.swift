import Documents
import Foundation
import Testing

@Suite("frontier")
struct FrontierTests {
  private let here: Workplace

  init() throws {
    here = try Workplace(["empty.ded": "p(\"a\", 1)@1; post(X) :- p(X, V), V > 5;"])
  }

  private static let kafka = "frontier $PROGRAMS/kafka/kafka.ded -t 7 -f 4 -c 1 -N a,b,c,C,Z"

  @Test("the table shows the boundary")
  func table() throws {
    let outcome = try here.shell("$FAULTLINE \(Self.kafka)")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let expected = """
      FRONTIER  which faults 'post' survives

                omissions
      crashes     0    1    2  any
            0     .    .    .    .
            1     .    .    3    3

        .  holds: proved for every such fault set
        n  breaks, and n faults are the fewest that do it

        with 0 crashes it holds, whatever is lost
        with 1 crash it breaks from 2 omissions on: crash a 5, omit b Z 1, omit c Z 1

      bounds       EOT 7, EFF 4, 1 crash, nodes C, Z, a, b, c; oracle implication, crash view silent

      """
    #expect(outcome.output.hasPrefix(expected))
  }

  @Test("JSON has every cell, as wide as it was asked for")
  func cells() throws {
    let document = try json(here.shell("$FAULTLINE \(Self.kafka) --omissions 3 --json").output)
    #expect(document["format"] as? String == "faultline-frontier/1" && document["complete"] as? Bool == true)
    let cells = try #require(document["cells"] as? [[String: Any]])
    #expect(cells.count == 8)
    #expect(cells.map { $0["omissions"] as? Int } == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(
      cells.map { $0["verdict"] as? String } == Array(repeating: "holds", count: 6)
        + Array(repeating: "breaks", count: 2))
    #expect(cells.suffix(2).allSatisfy { ($0["faults"] as? [Any])?.count == 3 })
  }

  @Test("with --every-eff tables that say the same stand together")
  func everyEFF() throws {
    let call = "$FAULTLINE frontier $PROGRAMS/delivery/retry-deliv.ded --eot 4 --eff 3 -c 1 --every-eff"
    let outcome = try here.shell(call)
    let expected = """
      FRONTIER  which faults 'post' survives

      EFF 0, 1
                omissions
      crashes     0    1  any
            0     .    .    .
            1     .    .    .

        with 0 crashes it holds, whatever is lost
        with 1 crash it holds, whatever is lost

      EFF 2, 3
      """
    #expect(outcome.status == 0 && outcome.output.hasPrefix(expected))
    #expect(outcome.output.contains("with 1 crash it breaks from 1 omission on: crash a 2, omit a b 1\n"))
    let cells = try #require(try json(here.shell(call + " --json").output)["cells"] as? [[String: Any]])
    #expect(cells.map { $0["eff"] as? Int } == (0...3).flatMap { Array(repeating: $0, count: 6) })
  }

  @Test("without a baseline there is no frontier")
  func badBaseline() throws {
    let outcome = try here.faultline("frontier", "empty.ded", "--eot", "3")
    #expect(outcome.status == 4 && outcome.output.hasPrefix("BAD BASELINE"))
    let unbounded = try here.faultline("frontier", "empty.ded")
    #expect(unbounded.status == 2 && unbounded.firstError.hasPrefix("error: a frontier needs its last round"))
  }
}
