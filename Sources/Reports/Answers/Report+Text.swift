// The text for people: first the verdict, then the faults, then why to believe it, then what it cost.

import Dedalus
import Evaluation
import Indices
import LineageViz
import Search
import Texts

extension Report {
  package func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    var text = headline(paint) + "\n"
    for sentence in answer.cautions.flatMap(\.sentences) { text += sentence + "\n" }
    switch answer.verdict {
    case .counterexample: text += counterexampleText + storyText + minimalSetsText
    case .holds: text += holdsText
    case .inconclusive: text += inconclusiveText
    case .badBaseline: text += badBaselineText
    case .error: break
    }
    return text + "\n" + table
  }

  private func headline(_ paint: Paint) -> String {
    let name = question.outcome.name
    switch answer.verdict {
    case .counterexample:
      let count = answer.counterexamples.first?.faults.count ?? 0
      let verb = answer.isEmptyWithoutFaults ? "break" : "take"
      return paint.red("COUNTEREXAMPLE")
        + "  \(counted(count, "fault")) \(verb)\(count == 1 ? "s" : "") '\(name)'"
        + (answer.isEmptyWithoutFaults ? "" : " away")
    case .holds:
      return paint.green("HOLDS") + "  no set of faults within the bounds breaks '\(name)'"
    case .inconclusive:
      return paint.yellow("INCONCLUSIVE") + "  \(answer.limitWords ?? "stopped early")"
    case .badBaseline:
      return paint.red("BAD BASELINE")
        + (answer.counterexamples.isEmpty
          ? "  '\(name)' is empty without any fault" : "  '\(name)' is broken without any fault")
    case .error: return paint.red("ERROR") + "  the program computes what has no result"
    }
  }

  // MARK: By verdict

  private var counterexampleText: String {
    guard let counterexample = answer.counterexamples.first else { return "" }
    var text = "\n"
    for fault in counterexample.faults.faults { text += "  \(fault.sentence(nodes))\n" }
    text += "\n" + question.violationText(counterexample.violations) + "\n"
    let size = counterexample.faults.count
    if counterexample.minimum {
      text += "Fewer is impossible: \(harmlessWords(upTo: size - 1)).\n"
      if answer.minimalSets == nil, let limit = answer.limitWords {
        text += "Whether another set of that size comes first in order is not known: \(limit).\n"
      }
    } else if answer.limit == nil {
      let name = answer.strategy.rawValue
      text += "Whether fewer suffice is not known: the strategy '\(name)' takes the first that it meets.\n"
    } else {
      let proved = answer.harmlessUpTo.map { "; \(harmlessWords(upTo: $0))" } ?? ""
      text += "Whether fewer suffice is not known: \(answer.limitWords ?? "stopped")\(proved).\n"
    }
    return text + "Confirmed: the program was run under exactly these faults.\n"
  }

  private var storyText: String {
    guard let counterexample = answer.counterexamples.first, let baseline = answer.baseline else { return "" }
    return "\n" + Story(counterexample, of: question, baseline: baseline, files: files).narrative
  }

  private var holdsText: String {
    answer.vacuous
      ? "\nVacuously: no run within the bounds has a row in 'pre', so the specification demands nothing.\n"
      : "\nProved for every run within the bounds, not sampled.\n"
  }

  private var inconclusiveText: String {
    let reason =
      switch answer.limit {
      case .memory:
        "The memory limit was reached before a counterexample was found or excluded; --memory-limit raises it."
      case .time: "The time limit was reached before a counterexample was found or excluded."
      case .interrupted: "Interrupted before a counterexample was found or excluded."
      case .tuples: "The tuple budget was used up\(filling), perhaps growing without end inside a round."
      case .firings: "The firing budget was used up\(filling); rules match in very many ways."
      case .gates:
        "The gate budget was used up\(filling); the circuit of all executions is too large for these bounds."
      case .runs: "All runs were made, and none broke it. That proves nothing: 'circuit' looks at every run."
      case .candidates:
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. Negated premises were "
          + "ignored, so that proves nothing: '--negation reach' follows them."
      case .arithmetic:
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. But the program computes "
          + "more than a clock does, and under faults that were not tried a computation may fail: 'circuit' sees that."
      case nil: "The search stopped before a counterexample was found or excluded."
      }
    return "\n\(reason)\n\(raiseText)\(knownText)"
  }

  /// The relation that filled a budget.
  private var filling: String {
    answer.largestRelation.map { ": \($0.words)" } ?? ""
  }

  private var raiseText: String {
    answer.largestRelation == nil ? "" : "'--memory-limit' raises this budget with the others.\n"
  }

  /// What was found out before the search stopped.
  private var knownText: String {
    var known: [String] = []
    if let harmless = answer.harmlessUpTo, harmless > 0 {
      known.append("\(harmlessWords(upTo: harmless)); that is proved")
    }
    if answer.strategy == .circuit, answer.cost.gates > 0, answer.cost.solverCalls == 0 {
      known.append("the circuit had \(counted(answer.cost.gates, "gate")) by then")
    }
    if answer.cost.executions > 1 {
      known.append("\(counted(answer.cost.executions, "run")) were made, and none broke it")
    }
    return known.isEmpty ? "" : "Known so far: " + known.joined(separator: "; ") + ".\n"
  }

  private var badBaselineText: String {
    guard let counterexample = answer.counterexamples.first else {
      return
        "\n'\(question.outcome.name)' has no row in round \(question.bounds.eot) of the failure-free run: "
        + "there is nothing that faults could take away.\n"
        + "Perhaps the run needs more rounds (--eot), or a rule of the protocol never fires; 'faultline run' shows.\n"
    }
    return "\n" + question.violationText(counterexample.violations)
  }

  // MARK: Figures

  /// A number with many digits in short form, e.g. 7.72e2345.
  static func shortened(_ digits: String) -> String {
    guard digits.utf8.count > 40 else { return digits }
    return "about \(digits.prefix(1)).\(digits.dropFirst().prefix(2))e\(digits.count - 1)"
  }

  private var table: String {
    figures.map { figure in
      figure.name + String(repeating: " ", count: 13 - figure.name.count) + figure.words + "\n"
    }.joined()
  }
}

extension Answer {
  /// The limit that was reached, in words; for memory, with its size.
  var limitWords: String? { memoryLimit?.words ?? limit?.rawValue }
}
