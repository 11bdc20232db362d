// The text for people: first the verdict, then the faults, then why to believe it, then what it cost.

import Answers
import Dedalus
import Evaluation
import Indices
import LineageViz
import Properties
import Scenarios
import Search
import Texts

extension Inputs {
  /// What is chosen, as a phrase: `with p("a", 1)@3 chosen`.
  var words: String { (phrase.map { "with \($0) chosen" } ?? "with nothing chosen").showingEverything }
}

extension Report {
  package func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    if !style.isFull, let counterexample = answer.counterexample, let text = briefText(counterexample, paint)
    {
      return text
    }
    var text = headline(paint) + "\n"
    for sentence in cautions.flatMap(\.sentences) { text += sentence + "\n" }
    switch answer.finding {
    case .counterexample(let first, let sets, let harmlessUpTo, let limit):
      text += counterexampleText(first, isListed: sets != nil, harmlessUpTo: harmlessUpTo, limit)
      text += storyText(first) + (sets.map { minimalSetsText($0, limit) } ?? "")
    case .holds: text += holdsText + settlementText
    case .inconclusive(let limit, let harmlessUpTo):
      text += inconclusiveText(limit, harmlessUpTo: harmlessUpTo)
    case .badBaseline(let violations): text += badBaselineText(violations)
    case .error: break
    }
    text += (whyNot == nil ? "" : "\n" + whyNotText.dropLast()) + (coverage?.text ?? "") + "\n" + table
    return answer.counterexample == nil ? text : text + headline(paint) + "\n"
  }

  /// Why a row does not hold, and a blank line; empty where that was not asked.
  var whyNotText: String { whyNot.map { $0.text(style) + "\n" } ?? "" }

  func headline(_ paint: Paint) -> String {
    if let sought = question.sought { return headline(of: sought.text.showingEverything, paint) }
    let names = question.quotedNames
    switch answer.finding {
    case .counterexample(let first, _, _, _):
      let count = first.faults.count
      let takesAway = !question.namesProperties && !answer.isEmptyWithoutFaults
      return paint.red("COUNTEREXAMPLE")
        + "  \(counted(count, "fault")) \(takesAway ? "take" : "break")\(count == 1 ? "s" : "") "
        + question.quotedNames(of: first.violations) + (takesAway ? " away" : "")
    case .holds:
      return paint.green("HOLDS") + "  no set of faults within the bounds breaks "
        + Question.quoted(question.properties.map(\.name), "or")
    case .inconclusive(let limit, _):
      return paint.yellow("INCONCLUSIVE") + "  \(limit.words)"
    case .badBaseline(let violations):
      return paint.red("BAD BASELINE")
        + (violations.isEmpty
          ? "  \(names) is empty without any fault"
          : "  \(question.quotedNames(of: violations)) is broken without any fault")
    case .error: return paint.red("ERROR") + "  the program computes what has no result"
    }
  }

  /// The headline where rows are looked for.
  private func headline(of rows: String, _ paint: Paint) -> String {
    switch answer.finding {
    case .counterexample(let first, _, _, _):
      let count = first.faults.count
      return paint.green("FOUND")
        + "  \(rows) holds in a run \(count == 0 ? "without faults" : "with \(counted(count, "fault"))")"
    case .holds: return paint.red("NONE") + "  no run within the bounds has a row \(rows)"
    case .inconclusive(let limit, _): return paint.yellow("INCONCLUSIVE") + "  \(limit.words)"
    case .badBaseline, .error: return paint.red("ERROR") + "  the program computes what has no result"
    }
  }

  // MARK: By verdict

  /// The faults, what they break, and what is known of smaller sets. Where minimal sets are listed, the list
  /// says what is not known.
  private func counterexampleText(
    _ counterexample: Counterexample, isListed: Bool, harmlessUpTo: Int?, _ limit: Limit?
  ) -> String {
    var text = ""
    for fault in counterexample.faults.faults { text += "\n  \(fault.sentence(nodes))" }
    text += inputText(counterexample.inputs)
    text += (text.isEmpty ? "\n" : "\n\n") + question.violationText(counterexample.violations) + "\n"
    return text + proofText(counterexample, isListed: isListed, harmlessUpTo: harmlessUpTo, limit)
  }

  /// What is known of smaller sets, and how the run was confirmed.
  func proofText(
    _ counterexample: Counterexample, isListed: Bool, harmlessUpTo: Int?, _ limit: Limit?
  ) -> String {
    var text = ""
    let size = counterexample.faults.count
    if counterexample.minimum, size > 0, question.sought != nil {
      text += "Fewer faults do not bring it about: that was proved.\n"
    } else if counterexample.minimum, size > 0 {
      text += "Fewer is impossible: \(harmlessWords(upTo: size - 1)).\n"
      if let limit, !isListed {
        text += "Whether another set of that size comes first in order is not known: \(limit.words).\n"
      }
    } else if counterexample.minimum {
      text += "No fault is needed.\n"
    } else if let limit {
      if counterexample.needsEach {
        text += "Each of them is needed: without any one of them nothing is broken.\n"
      }
      let proved = harmlessUpTo.map { "; \(harmlessWords(upTo: $0))" } ?? ""
      text += "Whether fewer suffice is not known: \(limit.words)\(proved).\n"
    } else {
      let name = answer.strategy.name.rawValue
      text += "Whether fewer suffice is not known: the strategy '\(name)' takes the first that it meets.\n"
    }
    if let milder = answer.milder {
      let sentences = milder.faults.faults.map { $0.sentence(nodes) }.joined(separator: "; ")
      let inputs = hasChoices ? ", \(milder.inputs.words)" : ""
      text += "A milder set of the same size breaks it, too: \(sentences)\(inputs).\n"
    }
    let inputs = hasChoices ? " and with these inputs" : ""
    return text + "Confirmed: the program was run under exactly these faults\(inputs).\n"
      + (aftermath.map { $0.sentence + "\n" } ?? "") + crashText
  }

  /// That the violation rests on what crashed nodes compute, where it does.
  private var crashText: String {
    guard !computingCrashed.isEmpty else { return "" }
    let names = computingCrashed.map { nodes[$0].string.showingEverything }
    let who =
      names.count == 1
      ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    return
      "It rests on what \(who) \(names.count == 1 ? "computes" : "compute") after the crash: with --crash-view "
      + "fail-stop these faults break nothing.\n"
  }

  /// Whether the program lets choose its inputs.
  var hasChoices: Bool { !question.program.choices.isEmpty }

  /// What is chosen, in a line; nothing where the program leaves nothing open.
  func inputText(_ inputs: Inputs) -> String { hasChoices ? "\n  \(inputs.words)" : "" }

  /// The story of `counterexample`; `baseline` is the run without faults. What is known of the first one is
  /// not found out again.
  package func story(
    of counterexample: Counterexample, baseline: Execution
  ) throws(Disagreement) -> Story {
    let isFirst = counterexample.execution.scenario == answer.counterexample?.execution.scenario
    return Story(
      counterexample, of: question,
      because: isFirst && reasoning != nil ? reasoning : try question.reasoning(about: counterexample),
      baseline: baseline, aftermath: isFirst ? aftermath : question.aftermath(of: counterexample),
      files: files)
  }

  private func storyText(_ counterexample: Counterexample) -> String {
    guard let baseline = answer.baseline(for: counterexample.execution) else { return "" }
    let story = Story(
      counterexample, of: question, because: reasoning, baseline: baseline, aftermath: aftermath,
      files: files)
    return "\n" + story.narrative
  }

  private var holdsText: String {
    answer.isVacuous
      ? "\nVacuously: \(answer.vacuityWords), so the specification demands nothing.\n"
      : "\nProved for every run within the bounds\(hasChoices ? " and for all inputs" : ""), not sampled.\n"
  }

  private func inconclusiveText(_ limit: Limit, harmlessUpTo: Int?) -> String {
    let filling = limit.largestRelation.map { ": \($0.words)" } ?? ""
    let reason =
      switch limit {
      case .memory:
        "The memory limit was reached before a counterexample was found or excluded; --memory-limit raises it."
      case .time: "The time limit was reached before a counterexample was found or excluded."
      case .interrupted: "Interrupted before a counterexample was found or excluded."
      case .budget(.tuples, _):
        "The tuple budget was used up\(filling), perhaps growing without end inside a round."
      case .budget(.firings, _): "The firing budget was used up\(filling); rules match in very many ways."
      case .budget(.gates, _):
        "The gate budget was used up\(filling); the circuit of all executions is too large for these bounds."
      case .runs: "All runs were made, and none broke it. That proves nothing: 'circuit' looks at every run."
      case .candidates:
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. Negated premises were "
          + "ignored, so that proves nothing: '--negation reach' follows them."
      case .arithmetic:
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. But the program computes "
          + "more than a clock does, and under faults that were not tried a computation may fail: 'circuit' sees that."
      }
    let raise = filling.isEmpty ? "" : "'--memory-limit' raises this budget with the others.\n"
    return "\n\(reason)\n\(raise)\(knownText(harmlessUpTo: harmlessUpTo))"
  }

  /// What was found out before the search stopped.
  private func knownText(harmlessUpTo: Int?) -> String {
    let cost = answer.cost
    var known: [String] = []
    if let harmlessUpTo, harmlessUpTo > 0 {
      known.append("\(harmlessWords(upTo: harmlessUpTo)); that is proved")
    }
    if answer.strategy == .circuit, cost[.gates] > 0, cost[.solverCalls] == 0 {
      known.append("the circuit had \(cost.words(.gates)) by then")
    }
    if cost[.executions] > 1 { known.append("\(cost.words(.executions)) were made, and none broke it") }
    return known.isEmpty ? "" : "Known so far: " + known.joined(separator: "; ") + ".\n"
  }

  // MARK: Figures

  /// A number with many digits in short form, e.g. 7.72e2345.
  static func shortened(_ digits: String) -> String {
    guard digits.utf8.count > 40 else { return digits }
    return "about \(digits.prefix(1)).\(digits.dropFirst().prefix(2))e\(digits.count - 1)"
  }

  private var table: String {
    figures.map(\.line).joined()
  }
}
