// The facts and costs of an answer: the rows below the text, and members of the JSON document. Each row is
// made here together with the members that say the same, so that neither can have a figure that the other
// lacks.

import Dedalus
import Documents
import Evaluation
import Scenarios
import Search
import Texts

/// A row of the table below an answer.
struct Figure {
  /// The first word of the row.
  let name: String
  /// The rest of the row.
  let words: String
}

/// A number that a search counts.
private struct Counter {
  let singular: String
  let plural: String?
  /// The member of the document that contains it, and its key there.
  let group: String, key: String
  let value: Int

  init(_ singular: String, _ plural: String? = nil, in group: String, _ key: String, _ value: Int) {
    (self.singular, self.plural, self.group, self.key, self.value) = (singular, plural, group, key, value)
  }

  var words: String { counted(value, singular, plural) }
}

extension Report {
  var figures: [Figure] {
    let cost = answer.cost
    var figures = [
      Figure(
        name: "bounds",
        words: "\(question.bounds.words); oracle \(question.oracle.rawValue), "
          + "crash view \(question.crashView.rawValue)")
    ]
    if let space = question.bounds.faultSpaceText {
      figures.append(Figure(name: "fault space", words: counted(Self.shortened(space), "combination")))
    }
    if cost.tuples > 0 { figures.append(row("circuit", circuitCounters)) }
    if cost.solverCalls > 0 {
      figures.append(row("solver", formulaCounters + [solverCounters[3], solverCounters[0]]))
    }
    if cost.proofs > 0 {
      let words = "\(counted(cost.proofs, "proof")) of \(counted(cost.proofSteps, "step")) checked"
      figures.append(Figure(name: "proofs", words: words))
    }
    if answer.strategy != .circuit { figures.append(Figure(name: "strategy", words: strategyWords)) }
    if let renamings = answer.renamings {
      figures.append(
        Figure(
          name: "symmetry",
          words: renamings == 1
            ? "no two nodes are interchangeable"
            : "\(renamings) ways to name the nodes, \(counted(cost.skipped, "fault set")) skipped"))
    }
    if let sweep { figures.append(Figure(name: "sweep", words: sweep.words)) }
    for path in written { figures.append(Figure(name: "written", words: path.showingEverything)) }
    let phases = cost.phases.map { "\($0.word) \(seconds($0.seconds))" }.joined(separator: ", ")
    return figures + [Figure(name: "seconds", words: "\(seconds(cost.total)) (\(phases))")]
  }

  /// The members of the document that say the same as the rows, except bounds and files.
  var figureMembers: [JSON.Member] {
    let cost = answer.cost
    var members: [JSON.Member] = [.init(key: "executions", value: .integer(cost.executions))]
    members +=
      group(circuitCounters) + group(formulaCounters) + group(solverCounters)
    members += group(proofCounters)
    if let renamings = answer.renamings {
      let symmetry: JSON = ["renamings": .integer(renamings), "skipped": .integer(cost.skipped)]
      members.append(.init(key: "symmetry", value: symmetry))
    }
    if let sweep { members.append(.init(key: "sweep", value: sweep.json)) }
    return members
  }

  /// The parameters that distinguish two searches with the same strategy.
  var strategyMembers: [JSON.Member] {
    var members: [JSON.Member] = [.init(key: "strategy", value: .string(answer.strategy.rawValue))]
    if let negation = answer.negation {
      members.append(.init(key: "negation", value: .string(negation.rawValue)))
    }
    if let seed = answer.seed { members.append(.init(key: "seed", value: .integer(Int(clamping: seed)))) }
    return members
  }

  /// The seconds, in total and by phase.
  var secondsJSON: JSON {
    let total = JSON.Member(key: "total", value: .decimal(answer.cost.total))
    return .object([total] + answer.cost.phases.map { .init(key: $0.key, value: .decimal($0.seconds)) })
  }

  private var strategyWords: String {
    let negation = answer.negation.map { ", negation \($0.words)" } ?? ""
    let seed = answer.seed.map { ", seed \($0)" } ?? ""
    return "\(answer.strategy.rawValue)\(negation)\(seed), \(counted(answer.cost.executions, "run"))"
  }

  // MARK: Counters

  private var circuitCounters: [Counter] {
    let cost = answer.cost
    return [
      Counter("tuple", in: "circuit", "tuples", cost.tuples),
      Counter("gate", in: "circuit", "gates", cost.gates),
      Counter("fault variable", in: "circuit", "faultVariables", cost.faultVariables),
    ]
  }

  private var formulaCounters: [Counter] {
    let cost = answer.cost
    return [
      Counter("variable", in: "cnf", "variables", cost.variables),
      Counter("clause", in: "cnf", "clauses", cost.clauses),
    ]
  }

  /// The counters of the solver, in the order of the document. The text shows two of them.
  private var solverCounters: [Counter] {
    let cost = answer.cost
    return [
      Counter("conflict", in: "solver", "conflicts", cost.conflicts),
      Counter("decision", in: "solver", "decisions", cost.decisions),
      Counter("propagation", in: "solver", "propagations", cost.propagations),
      Counter("call", in: "solver", "calls", cost.solverCalls),
    ]
  }

  private var proofCounters: [Counter] {
    [
      Counter("proof", in: "proofs", "checked", answer.cost.proofs),
      Counter("step", in: "proofs", "steps", answer.cost.proofSteps),
    ]
  }

  private func row(_ name: String, _ counters: [Counter]) -> Figure {
    Figure(name: name, words: counters.map(\.words).joined(separator: ", "))
  }

  /// The member of the document for `counters`, which are of one group.
  private func group(_ counters: [Counter]) -> [JSON.Member] {
    guard let name = counters.first?.group else { return [] }
    return [
      .init(
        key: name,
        value: .object(counters.map { JSON.Member(key: $0.key, value: .integer($0.value)) }))
    ]
  }
}

extension Cost {
  /// The parts of the time: the word in the text, the key in the document, the seconds.
  fileprivate var phases: [(word: String, key: String, seconds: Double)] {
    [
      ("grounding", "grounding", grounding), ("solving", "solving", solving),
      ("checking", "checking", checking), ("running", "confirming", confirming),
    ]
  }
}

extension Negation {
  fileprivate var words: String { self == .reach ? "followed" : "ignored" }
}

extension SweepResult {
  fileprivate var words: String {
    guard let largest = proved.last else {
      return "no bounds were proved"
        + (next.map { "; a limit stopped it at EOT \($0.eot), EFF \($0.eff)" } ?? "")
    }
    let which = proved.count == 1 ? "" : "the largest "
    return "\(counted(proved.count, "bound")) proved, \(which)EOT \(largest.eot), EFF \(largest.eff)"
      + (next.map {
        "; a limit stopped it at EOT \($0.eot), EFF \($0.eff): --from \($0.eot),\($0.eff) goes on there"
      } ?? "")
  }

  fileprivate var json: JSON {
    func json(_ bounds: Bounds?) -> JSON {
      bounds.map { ["eot": .integer($0.eot), "eff": .integer($0.eff)] } ?? .null
    }
    return ["proved": .integer(proved.count), "largest": json(proved.last), "stoppedAt": json(next)]
  }
}
