// What the laboratory knows: the circuit of all runs, with a gate for each possible row of a round, for each
// message and its arrivals, for each violation; the faults and inputs that are the circuit's inputs; and what
// makes a choice of them admissible. The page evaluates gates in their order, children first, and so shows
// any admissible run without an evaluator and without a server.
//
// Invariant: everything is numbered densely and listed in a fixed order, so that the same question gives the
// same bytes. An edge is `2 * gate + 1` where it negates, as in the circuit.

import Dedalus
import Documents
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Texts

/// The circuit of a question, ready for a page.
struct LaboratoryData {
  private let question: Question
  private let grounding: Grounding
  private let violations: [(violation: Violation, condition: Edge)]
  private let circuit: Circuit
  private let files: [String]
  private let start: Scenario

  private var nodes: Nodes { question.bounds.nodes }
  private var program: Program { question.program }

  /// The data of `grounding`, which has recorded its messages. `expected` are the rows that the outcome has
  /// without faults; `start` is shown first.
  init(
    _ question: Question, _ grounding: Grounding, expecting expected: [[Constant]], files: [String],
    startingWith start: Scenario
  ) {
    self.question = question
    self.grounding = grounding
    self.files = files
    self.start = start
    var circuit = grounding.circuit
    violations = question.possibleViolations(in: grounding, expecting: expected, &circuit)
      .filter { $0.condition != .never }
    self.circuit = circuit
  }

  /// Everything; a laboratory that has the page for itself `isAlone`.
  func json(isAlone: Bool) -> JSON {
    let faults = Array(grounding.faults.all)
    return [
      "isAlone": .bool(isAlone), "seeks": .bool(question.sought != nil),
      "start": [
        "faults": .array(start.faults.faults.map { .string($0.text(nodes)) }),
        "inputs": .array(start.inputs.facts.map { .string($0.text) }),
      ],
      "eot": .integer(question.bounds.eot), "eff": .integer(question.bounds.eff),
      "nodes": .array(nodes.names.map { .string($0.string) }),
      "call": .array(call.map { .string($0) }),
      "kinds": .array(KindID.allIDs.map(kind)),
      "faults": .array(faults.map { fault($0.choice, $0.fault) }),
      "exclusions": .array(question.bounds.exclusions(among: faults.map(\.fault)).map { JSON($0) }),
      "inputs": .array(grounding.faults.inputs.entries.map(input)),
      "gates": gates,
      "relations": .array(grounding.compiled.schema.entries.map { .string($0.name) }),
      "arities": JSON(grounding.compiled.schema.entries.map(\.arity)),
      "stated": JSON(program.worldRelations.map(\.position)),
      "observed": JSON(program.relationsObserved(by: question.properties).map(\.position)),
      "rows": .array((0..<grounding.store.rowCount).map { row(RowID($0)) }),
      "tuples": JSON(tuples.flatMap(words)),
      "why": LaboratoryInstances(grounding, of: tuples).json,
      "messages": .array(grounding.messages.map(message)),
      "properties": .array(question.properties.map { .string($0.name) }),
      "violations": .array(violations.map(violation)),
      "errors": .array(
        grounding.errors.map { error in
          [
            .integer(Int(error.condition.rawValue)),
            .string("in round \(error.error.round.rawValue) a computation has no result"),
          ]
        }),
    ]
  }

  /// The words of a call of `run` for this question, but for its faults.
  private var call: [String] {
    ["faultline", "run"] + files.map(shellPath) + Inquiry(question).withoutFaults.options
  }

  private func kind(_ kind: KindID) -> JSON {
    [
      "name": .string(kind.meaning.name), "word": .string(kind.meaning.word),
      "most": question.bounds.most(of: kind).map { .integer($0) } ?? .null,
      "count": .integer(grounding.faults.count(of: kind)),
    ]
  }

  private func fault(_ choice: ChoiceID, _ fault: Fault) -> JSON {
    let subjects: [Int] =
      switch fault.subject {
      case .node(let node): [node.position]
      case .link(let link): [link.sender.position, link.receiver.position]
      case .side(let side): side.nodes.map(\.position)
      case .fact: []
      }
    return [
      "input": .integer(choice.position), "kind": .integer(fault.kind.position),
      "text": .string(fault.text(nodes)), "says": .string(fault.sentence(nodes)),
      "round": .integer(fault.round.position), "nodes": JSON(subjects),
      "until": fault.meaning.measure == .until ? .integer(fault.until.position) : .null,
    ]
  }

  private func input(_ entry: PossibleInputs.Entry) -> JSON {
    let choices = entry.choices
    return [
      "fact": .string(entry.open.fact.text),
      "ways": .array(
        entry.alternatives.map { round -> JSON in
          guard let round else { return ["text": .null, "input": .null] }
          let choice = choices.first { $0.round == round }?.choice.position
          return [
            "text": .string(entry.placed(in: round).text), "round": .integer(round.position),
            "input": choice.map { .integer($0) } ?? .null,
          ]
        }),
    ]
  }

  /// For each gate the number of its children, then the children; -1 and a number for an input; 0 for the
  /// constant.
  private var gates: JSON {
    var words: [Int] = []
    for number in 0..<circuit.gateCount {
      switch circuit.kind(of: GateID(number)) {
      case .constant: words.append(0)
      case .input(let input): words += [-1, input]
      case .and(let children): words += [children.count] + children.map(Int.init)
      }
    }
    return JSON(words)
  }

  /// The relation, the node at which the row is or -1, its columns without the node.
  private func row(_ row: RowID) -> JSON {
    let store = grounding.store
    let relation = store.relation(of: row)
    let symbols = store.symbols(of: row)
    let node = grounding.constants.node(symbols[0])
    let columns = symbols.prefix(shownArity(of: relation)).map { grounding.constants[$0].description }
    return [
      .integer(relation.position), .integer(node?.position ?? -1),
      .string(columns.dropFirst(node == nil ? 0 : 1).joined(separator: ", ")),
    ]
  }

  /// The number of columns that say something: a row of an aggregate has more than those of its head.
  private func shownArity(of relation: RelationID) -> Int {
    let entry = grounding.compiled.schema[relation]
    guard let rule = entry.aggregateRule else { return entry.arity }
    return program.rules[rule].head.count
  }

  /// The tuples that may hold. What the world states by itself, the same in every round, is left out, and so
  /// are relations that only the evaluator knows.
  private var tuples: [TupleID] {
    let store = grounding.store
    return store.tuples.filter { tuple in
      let relation = store.relation(of: store.row(of: tuple))
      return grounding.gate(of: tuple) != .never && relation.position < program.relations.count
        && !program.worldRelations.contains(relation)
    }
  }

  /// Row, round and edge of `tuple`.
  private func words(_ tuple: TupleID) -> [Int] {
    let store = grounding.store
    return [
      store.row(of: tuple).position, store.round(of: tuple).position,
      Int(grounding.gate(of: tuple).rawValue),
    ]
  }

  private func message(_ message: Grounding.PossibleMessage) -> JSON {
    let head = [
      message.row.position, message.link.sender.position, message.link.receiver.position,
      message.sent.position, Int(message.condition.rawValue),
    ]
    return JSON(head + message.arrivals.flatMap { [$0.round.position, Int($0.condition.rawValue)] })
  }

  private func violation(_ found: (violation: Violation, condition: Edge)) -> JSON {
    let property = question.properties.firstIndex { $0.name == found.violation.property } ?? 0
    return [
      .integer(property), .integer(found.violation.round.position),
      .string(question.sentence(about: found.violation)), .integer(Int(found.condition.rawValue)),
      .string("(" + found.violation.row.map(\.description).joined(separator: ", ") + ")"),
    ]
  }
}
