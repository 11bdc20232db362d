// The facts and costs of an answer: the rows below the text, and members of the JSON document. Each row is
// made here together with the members that say the same, so that neither can have a figure that the other
// lacks. What a search counts is listed in `Cost`.

import Answers
import Dedalus
import Documents
import Evaluation
import Properties
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

extension Figure {
  init(name: String, _ words: String) { (self.name, self.words) = (name, words) }

  /// How long a search took, in all and phase by phase.
  static func seconds(_ cost: Cost) -> Figure {
    let phases = Cost.Phase.allCases.filter { $0 != .total }
      .map { "\($0.word) \(Texts.seconds(cost[$0]))" }.joined(separator: ", ")
    return Figure(name: "seconds", "\(Texts.seconds(cost[.total])) (\(phases))")
  }

  /// The row as text.
  var line: String { name.padded(to: 13) + words + "\n" }
}

extension Report {
  /// The rows about `question` and a search for its answer that cost so much.
  static func figures(of question: Question, _ cost: Cost) -> [Figure] {
    func row(_ name: String, _ counters: [Cost.Counter]) -> Figure {
      Figure(name: name, counters.map(cost.words).joined(separator: ", "))
    }
    var figures = [
      Figure(
        name: "bounds",
        words: "\(question.bounds.words); oracle \(question.oracle.rawValue), "
          + "crash view \(question.crashView.rawValue)")
    ]
    if let space = question.bounds.faultSpaceText {
      figures.append(Figure(name: "fault space", counted(Self.shortened(space), "combination")))
    }
    if cost[.tuples] > 0 { figures.append(row("circuit", [.tuples, .gates, .faultVariables])) }
    if cost[.solverCalls] > 0 {
      figures.append(row("solver", [.variables, .clauses, .solverCalls, .conflicts]))
    }
    if cost[.proofs] > 0 {
      figures.append(
        Figure(name: "proofs", "\(cost.words(.proofs)) of \(cost.words(.proofSteps)) checked"))
    }
    return figures
  }

  var figures: [Figure] {
    let cost = answer.cost
    var figures = Self.figures(of: question, cost)
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
    return figures + [Figure.seconds(cost)]
  }

  /// The members of the document that say the same as the rows, except bounds and files.
  var figureMembers: [JSON.Member] {
    var members = Self.figureMembers(of: answer.cost)
    if let renamings = answer.renamings {
      let symmetry =
        [JSON.Member(key: "renamings", value: .integer(renamings))]
        + Self.counters(of: answer.cost, in: "symmetry")
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

  /// The members for the counters of a search that cost so much.
  static func figureMembers(of cost: Cost) -> [JSON.Member] {
    [.init(key: "executions", value: .integer(cost[.executions]))]
      + ["circuit", "cnf", "solver", "proofs"].map {
        .init(key: $0, value: .object(counters(of: cost, in: $0)))
      }
  }

  /// The counters that the document has in the member `group`.
  private static func counters(of cost: Cost, in group: String) -> [JSON.Member] {
    Cost.Counter.allCases.compactMap { counter in
      guard let place = counter.place, place.group == group else { return nil }
      return JSON.Member(key: place.key, value: .integer(cost[counter]))
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
      return "no bounds were proved" + lateWords
        + (next.map { "; a limit stopped it at EOT \($0.eot), EFF \($0.eff)" } ?? "")
    }
    let which = proved.count == 1 ? "" : "the largest "
    return "\(counted(proved.count, "bound")) proved, \(which)EOT \(largest.eot), EFF \(largest.eff)"
      + lateWords
      + (next.map {
        "; a limit stopped it at EOT \($0.eot), EFF \($0.eff): --from \($0.eot),\($0.eff) goes on there"
      } ?? "")
  }

  /// What became of the counterexamples that were only late.
  private var lateWords: String {
    late.map { late in
      "; \(counted(late.count, "counterexample")) healed with more rounds: it takes up to "
        + "\(counted(late.rounds, "round")) after the last fault"
    } ?? ""
  }

  fileprivate var json: JSON {
    func json(_ bounds: Bounds?) -> JSON {
      bounds.map { ["eot": .integer($0.eot), "eff": .integer($0.eff)] } ?? .null
    }
    let late: [JSON.Member] =
      late.map {
        [.init(key: "late", value: ["counterexamples": .integer($0.count), "rounds": .integer($0.rounds)])]
      } ?? []
    let members: JSON = [
      "proved": .integer(proved.count), "largest": json(proved.last), "stoppedAt": json(next),
    ]
    return .object(members.members + late)
  }
}
