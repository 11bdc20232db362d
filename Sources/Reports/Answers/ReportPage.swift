// An answer or a store as an HTML page: this is where the page's words about an analysis come from. Figures
// get their names here once, whether they come from an answer or from a record of one.

import Answers
import Certificates
import Dedalus
import Documents
import Evaluation
import LineageViz
import Properties
import Scenarios
import Texts

/// What a page says about an analysis, apart from its runs.
struct ReportPage {
  let question: Question
  let verdict: Verdict?
  var isVacuous = false
  /// Cautions about the verdict.
  var cautions: [Caution] = []
  var harmlessUpTo: Int?
  /// The limit that stopped the search; nil where none did.
  var stoppedBy: Limit.Kind?
  let strategy: Strategy
  /// The counters and times of the search; nil where it has not ended.
  var cost: Cost?
  /// The number of breaking fault sets, and the size of the smallest.
  var sets: (count: Int, smallest: Int, isComplete: Bool)?
  /// What of the program is used, where that was asked for.
  var coverage: [ReportedAnalysis.Fact] = []
  /// Where the program itself is at fault: what the terminal says of it.
  var complaint = ""
  /// The facts about a certificate.
  var certificate: [ReportedAnalysis.Fact] = []

  /// The analysis in the form that the page needs.
  var analysis: ReportedAnalysis {
    ReportedAnalysis(
      question, name: question.program.name, verdict: verdict,
      explanation: ([explanation] + cautions.flatMap(\.sentences)).joined(separator: " "),
      complaint: complaint, facts: facts, coverage: coverage, cost: cost)
  }

  // MARK: The answer in words

  private var explanation: String {
    if question.sought != nil, verdict == .counterexample {
      return
        "The run below has it, under exactly these faults; \(harmlessUpTo == nil ? "" : "fewer do not bring it about, which was proved; ")"
        + "it was made, not only computed."
    }
    return switch verdict {
    case .counterexample: counterexampleWords
    case .holds where isVacuous:
      "Vacuously: no run within the bounds has a row that demands something."
    case .holds: "Proved for every run within the bounds, not sampled."
    case .inconclusive: inconclusiveWords
    case .badBaseline:
      "The run without faults already breaks the specification, or its outcome is empty: look at that run first."
    case .error: "Under some faults within the bounds arithmetic has no result, which ends the run."
    case nil: "The search was stopped from outside. What it had tried until then is here."
    }
  }

  private var inconclusiveWords: String {
    switch stoppedBy {
    case .interrupted: "The search was interrupted. What it had tried until then is here."
    case .runs: "All runs were made, and none breaks it. That proves nothing."
    case .candidates:
      "All that the lineage of the runs suggests was tried, and none breaks it. That proves nothing."
    case .arithmetic:
      "All that the lineage of the runs suggests was tried, and none breaks it. But a run that was not made may fail."
    case let limit?: "The search stopped at its \(limit.rawValue). What it had tried until then is here."
    case nil: "The search stopped early."
    }
  }

  private var counterexampleWords: String {
    guard let sets else { return "The runs below show it." }
    let smallest = counted(sets.smallest, "fault")
    var text =
      sets.count == 1
      ? "\(smallest) \(sets.smallest == 1 ? "suffices" : "suffice")"
      : "\(sets.count) fault sets break it, the smallest with \(smallest)"
    if let harmlessUpTo, harmlessUpTo + 1 >= sets.smallest {
      text += sets.smallest == 1 ? "; it holds without faults" : "; fewer is impossible, which was proved"
    }
    if sets.isComplete { text += "; these are all minimal sets, which was proved" }
    return text + ". Each was confirmed by a run under exactly these faults."
  }

  // MARK: Figures

  private var facts: [ReportedAnalysis.Fact] {
    var facts = [
      ReportedAnalysis.Fact("Program", "\(question.program.files), \(question.program.digest.prefix(19))…"),
      ReportedAnalysis.Fact("Bounds", question.bounds.words),
      ReportedAnalysis.Fact(
        "Reading", "oracle \(question.oracle.rawValue), crash view \(question.crashView.rawValue)"),
    ]
    if let space = question.bounds.faultSpaceText {
      facts.append(ReportedAnalysis.Fact("Fault space", counted(Report.shortened(space), "combination")))
    }
    if let kept = question.program.keptOverRestarts {
      facts.append(ReportedAnalysis.Fact("Found again after a restart", kept))
    }
    facts.append(ReportedAnalysis.Fact("Strategy", strategyWords))
    if let cost, cost[.gates] > 0 {
      facts.append(.init("Circuit of all runs", cost.words([.tuples, .gates, .faultVariables])))
    }
    if let cost, cost[.solverCalls] > 0 {
      facts.append(.init("Solver", cost.words([.variables, .clauses, .solverCalls, .conflicts])))
    }
    if let harmlessUpTo, verdict != .holds {
      facts.append(
        ReportedAnalysis.Fact("Proved harmless", Self.harmless(upTo: harmlessUpTo)))
    }
    if let stoppedBy, stoppedBy.isCutOff { facts.append(.init("Ended early", stoppedBy.rawValue)) }
    return facts + certificate
  }

  private static func harmless(upTo count: Int) -> String {
    switch count {
    case 0: "the run without faults"
    case 1: "every single fault"
    default: "every set of \(count) faults or fewer"
    }
  }

  private var strategyWords: String {
    strategy.name.rawValue + (cost.map { ", \($0.words(.executions))" } ?? "")
  }
}

extension Program {
  /// The name of the first file, without folders.
  fileprivate var name: String {
    let path = sources.first { _ in true }?.path ?? ""
    return SourcePath(path).name.showingEverything
  }

  /// The files in a few words.
  fileprivate var files: String {
    let path = (sources.first { _ in true }?.path ?? "").showingEverything
    return sources.count == 1 ? path : "\(path) with \(counted(sources.count - 1, "more file"))"
  }
}

// MARK: From an answer

extension Report {
  /// What the terminal says of a program that is itself at fault; nothing of any other.
  fileprivate var complaint: String {
    let text =
      switch answer.finding {
      case .badBaseline(let violations): badBaselineText(violations)
      case .error: failure?.text(coloured: false) ?? ""
      case .counterexample, .holds, .inconclusive: ""
      }
    return text.trimmingNewlines
  }

  /// The page's facts about the proof of the answer.
  fileprivate var certificateFacts: [ReportedAnalysis.Fact] {
    guard let certificate, let file = certificateFile else {
      guard answer.verdict == .holds else { return [] }
      let words = "not kept; 'check --certificate FOLDER' keeps it, for 'verify' to check"
      return [.init("Proof", "\(answer.cost.words(.proofSteps)), checked; \(words)")]
    }
    return [
      .init("Certified", file.claim.statement),
      .init("Certificate", "\(certificate.showingEverything); check it with 'faultline verify'"),
      .init("Formula", file.formulaDigest), .init("Proof", file.proofDigest),
    ]
  }
}

extension ReportPage {
  /// The page's contents for `report`.
  init(_ report: Report) {
    let answer = report.answer
    question = report.question
    verdict = answer.verdict
    isVacuous = answer.isVacuous
    cautions = report.cautions
    coverage = report.coverage?.facts ?? []
    harmlessUpTo = answer.harmlessUpTo
    stoppedBy = answer.limit?.kind
    strategy = answer.strategy
    cost = answer.cost
    if case .counterexample(let first, let listed, _, _) = answer.finding {
      let elements = listed?.elements.map(\.faults) ?? [first.faults]
      sets = elements.first.map { (elements.count, $0.count, listed?.isComplete ?? false) }
    }
    certificate = report.certificateFacts
    complaint = report.complaint
  }
}

extension String {
  /// The same without empty lines before and after it.
  var trimmingNewlines: String {
    String(drop { $0.isNewline }.reversed().drop { $0.isNewline }.reversed())
  }
}

extension Cost {
  /// The values of `counters` with their units.
  fileprivate func words(_ counters: [Counter]) -> String {
    counters.map(words).joined(separator: ", ")
  }
}
