// The facts and costs of an answer: the rows below the text, and members of the JSON document. Each row is
// made here together with the members that say the same, so that neither can have a figure that the other
// lacks. What a search counts is listed in `Cost`.

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
    if cost[.tuples] > 0 { figures.append(row("circuit", [.tuples, .gates, .faultVariables])) }
    if cost[.solverCalls] > 0 {
      figures.append(row("solver", [.variables, .clauses, .solverCalls, .conflicts]))
    }
    if cost[.proofs] > 0 {
      let words = "\(cost.words(.proofs)) of \(cost.words(.proofSteps)) checked"
      figures.append(Figure(name: "proofs", words: words))
    }
    if answer.strategy != .circuit { figures.append(Figure(name: "strategy", words: strategyWords)) }
    if let renamings = answer.renamings {
      figures.append(
        Figure(
          name: "symmetry",
          words: renamings == 1
            ? "no two nodes are interchangeable"
            : "\(renamings) ways to name the nodes, \(cost.words(.skipped)) skipped"))
    }
    if let sweep { figures.append(Figure(name: "sweep", words: sweep.words)) }
    for path in written { figures.append(Figure(name: "written", words: path.showingEverything)) }
    let phases = Cost.Phase.allCases.filter { $0 != .total }
      .map { "\($0.word) \(seconds(cost[$0]))" }.joined(separator: ", ")
    return figures + [Figure(name: "seconds", words: "\(seconds(cost[.total])) (\(phases))")]
  }

  /// The members of the document that say the same as the rows, except bounds and files.
  var figureMembers: [JSON.Member] {
    var members: [JSON.Member] = [.init(key: "executions", value: .integer(answer.cost[.executions]))]
    members += ["circuit", "cnf", "solver", "proofs"].map { .init(key: $0, value: .object(counters(in: $0))) }
    if let renamings = answer.renamings {
      let symmetry = [JSON.Member(key: "renamings", value: .integer(renamings))] + counters(in: "symmetry")
      members.append(.init(key: "symmetry", value: .object(symmetry)))
    }
    if let sweep { members.append(.init(key: "sweep", value: sweep.json)) }
    return members
  }

  /// The parameters that distinguish two searches with the same strategy.
  var strategyMembers: [JSON.Member] {
    let name = JSON.Member(key: "strategy", value: .string(answer.strategy.name.rawValue))
    return switch answer.strategy {
    case .circuit, .exhaustive: [name]
    case .random(let seed, _): [name, .init(key: "seed", value: .integer(Int(clamping: seed)))]
    case .loop(let negation): [name, .init(key: "negation", value: .string(negation.rawValue))]
    }
  }

  private var strategyWords: String {
    let parameter =
      switch answer.strategy {
      case .circuit, .exhaustive: ""
      case .random(let seed, _): ", seed \(seed)"
      case .loop(let negation): ", negation \(negation.words)"
      }
    return "\(answer.strategy.name.rawValue)\(parameter), \(answer.cost.words(.executions))"
  }

  private func row(_ name: String, _ counters: [Cost.Counter]) -> Figure {
    Figure(name: name, words: counters.map(answer.cost.words).joined(separator: ", "))
  }

  /// The counters that the document has in the member `group`.
  private func counters(in group: String) -> [JSON.Member] {
    Cost.Counter.allCases.compactMap { counter in
      guard let place = counter.place, place.group == group else { return nil }
      return JSON.Member(key: place.key, value: .integer(answer.cost[counter]))
    }
  }
}

extension Cost.Counter {
  /// The member of the document that contains the counter, and its key there; nil for the runs, which are a
  /// member of their own, and for rule instances, which the store has.
  fileprivate var place: (group: String, key: String)? {
    switch self {
    case .executions, .instances: nil
    case .skipped: ("symmetry", rawValue)
    case .tuples, .gates, .faultVariables: ("circuit", rawValue)
    case .variables, .clauses: ("cnf", rawValue)
    case .conflicts, .decisions, .propagations: ("solver", rawValue)
    case .solverCalls: ("solver", "calls")
    case .proofs: ("proofs", "checked")
    case .proofSteps: ("proofs", "steps")
    }
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
