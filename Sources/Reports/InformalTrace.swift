// The Informal Trace Format, which viewers of other tools open: a JSON object of variables and states. A
// state is a round and a variable a relation, whose value is the set of its rows. Format: Apalache's document
// ADR-015, "Informal Trace Format in JSON".

import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Search

/// One run in the Informal Trace Format.
package struct InformalTrace {
  private let execution: Execution
  private let files: [String]

  /// The trace of `execution`, whose program was read from `files`.
  package init(_ execution: Execution, files: [String]) {
    self.execution = execution
    self.files = files
    names = execution.program.relations.map(\.name)
  }

  /// The trace of `counterexample`. Where it is broken for ever and all of its rows repeat themselves, the
  /// trace goes on until they do.
  package init(of counterexample: Counterexample, _ aftermath: Aftermath?, files: [String]) {
    var execution = counterexample.execution
    if let aftermath, case .isBrokenForEver = aftermath.outcome, aftermath.execution.recurrence != nil {
      execution = aftermath.execution
    }
    self.init(execution, files: files)
  }

  /// The trace as a document. Where the run repeats itself for ever, it ends with the last new round, and
  /// `loop` is the number of the state that follows again.
  package var json: JSON {
    let recurrence = execution.recurrence
    let count = recurrence.map { $0.first.position + $0.period - 1 } ?? execution.setting.eot.position
    let faults = execution.faults.faults.map { JSON.string($0.text(execution.setting.nodes)) }
    var members: [JSON.Member] = [
      .init(
        key: "#meta",
        value: [
          "format": "ITF", "source": .string(files.joined(separator: " ")), "faults": .array(faults),
        ]),
      .init(key: "vars", value: .array(names.map { .string($0) })),
      .init(key: "states", value: .array(Array(states.prefix(count)))),
    ]
    if let recurrence { members.append(.init(key: "loop", value: .integer(recurrence.first.position - 1))) }
    return .object(members)
  }

  private let names: [String]

  /// For each round the state of all relations.
  private var states: [JSON] {
    let variables = execution.program.relations.indices.map { (names[$0.position], execution.rows(of: $0)) }
    return (0..<execution.lastRound.position).map { place in
      let meta = JSON.Member(key: "#meta", value: ["index": .integer(place), "round": .integer(place + 1)])
      let values = variables.map { name, rounds in
        let rows = rounds[place].map { JSON.object([.init(key: "#tup", value: .array($0.row.map(value)))]) }
        return JSON.Member(key: name, value: .object([.init(key: "#set", value: .array(rows))]))
      }
      return .object([meta] + values)
    }
  }

  private func value(_ constant: Constant) -> JSON {
    switch constant {
    case .integer(let number): .object([.init(key: "#bigint", value: .string(String(number)))])
    case .string(let text): .string(text.string)
    }
  }
}
