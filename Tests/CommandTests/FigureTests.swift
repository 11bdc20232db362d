// The table below an answer and the JSON document tell the same figures.

import Documents
import Foundation
import Reports
import Testing

@Suite("Figures in text and JSON")
struct FigureTests {
  /// Of each row of the table, where the document has its numbers, in the order in which the row has them.
  /// `seconds` differ from call to call and are only looked for.
  private static let places: [String: [String]] = [
    "bounds": ["bounds.eot", "bounds.eff", "bounds.crashes"],
    "fault space": ["faultSpace"],
    "circuit": ["circuit.tuples", "circuit.gates", "circuit.faultVariables"],
    "solver": ["cnf.variables", "cnf.clauses", "solver.calls", "solver.conflicts"],
    "proofs": ["proofs.checked", "proofs.steps"],
    "strategy": ["seed", "executions"],
    "symmetry": ["symmetry.renamings", "symmetry.skipped"],
    "sweep": ["sweep.proved", "sweep.largest.eot", "sweep.largest.eff"],
    "seconds": [
      "seconds.total", "seconds.grounding", "seconds.solving", "seconds.checking", "seconds.confirming",
    ],
  ]

  @Test(
    "every figure of every row is in the document",
    arguments: [
      "check $PROGRAMS/delivery/simple-deliv.ded -t 4 -f 2",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 5 -f 3 -c 1",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 4 -f 2 --strategy exhaustive --symmetry",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 4 -f 2 --strategy random --runs 20",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 4 -f 2 --strategy random --runs 20 --seed 7 --symmetry",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 4 -f 2 --strategy loop",
      "sweep $PROGRAMS/delivery/simple-deliv.ded",
    ])
  func figures(_ call: String) throws {
    let here = try Workplace()
    let text = try here.shell("$FAULTLINE \(call) --explain full").output
    let document = try json(try here.shell("$FAULTLINE \(call) --json").output)
    let start = try #require(text.range(of: "\nbounds  ")).lowerBound
    for row in text[start...].split(separator: "\n") where !row.hasPrefix("COUNTEREXAMPLE") {
      let name = row.prefix(13).trimmingCharacters(in: .whitespaces)
      let places = try #require(Self.places[name], "no figure of the row '\(name)' is known")
      let numbers = row.dropFirst(13).matches(of: #/\d+(\.\d+)?/#).map { String($0.output.0) }
      let known = places.compactMap { Self.value(at: $0, in: document) }
      if name == "seconds" {
        #expect(numbers.count == known.count && known.count == places.count, "\(row)")
      } else {
        #expect(numbers == known, "\(row)")
      }
    }
  }

  @Test("random search tells its seed, also where it was not given")
  func seed() throws {
    let here = try Workplace()
    for (option, seed) in [("", 1), ("--seed 9", 9)] {
      let call =
        "$FAULTLINE check $PROGRAMS/delivery/ack-deliv.ded -t 4 -f 2 --strategy random --runs 20 \(option)"
      #expect(try here.shell(call).output.contains("\nstrategy     random, seed \(seed), 21 runs\n"))
      #expect(try json(try here.shell("\(call) --json").output)["seed"] as? Int == seed)
    }
  }

  private static func value(at path: String, in document: [String: Any]) -> String? {
    var value: Any? = document
    for key in path.split(separator: ".") { value = (value as? [String: Any])?[String(key)] }
    return (value as? NSNumber).map { "\($0)" } ?? value as? String
  }
}
