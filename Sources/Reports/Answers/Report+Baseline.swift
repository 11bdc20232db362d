// Why the run without faults is no baseline: how the rows came about that break a property there, or why the
// outcome is empty in the last round, with the call that shows the run.

import Dedalus
import Evaluation
import Indices
import LineageViz
import Properties
import Scenarios
import Texts

extension Report {
  /// The call that asks the question of the answer.
  var call: String { Self.call("check", files, Inquiry(question)) }

  fileprivate static func call(
    _ verb: String, _ files: [String], _ inquiry: Inquiry, _ more: [String] = []
  ) -> String {
    (["faultline", verb] + files.map { shellPath($0) } + inquiry.options + more).joined(separator: " ")
  }

  /// Why the baseline is bad, and the call that shows it.
  func badBaselineText(_ violations: [Violation]) -> String {
    BadBaseline(
      question: question, execution: answer.baseline, inputs: inputText(answer.inputs), files: files
    )
    .text(violations)
  }
}

/// The run without faults of a question, which is no baseline.
struct BadBaseline {
  let question: Question
  let execution: Execution?
  /// What is chosen, as it is told.
  let inputs: String
  /// The files of the call; empty where they are not known.
  let files: [String]

  /// Why it is bad, in which there are these violations, and the call that shows it.
  func text(_ violations: [Violation]) -> String {
    guard !violations.isEmpty else { return "\n" + emptyOutcomeText + call }
    var text = (inputs.isEmpty ? "\n" : inputs + "\n\n") + question.violationText(violations) + "\n"
    let story = execution.map { BaselineStory(violations, of: question, in: $0).text } ?? ""
    if !story.isEmpty { text += "How it comes about without faults\n" + story + "\n" }
    return text + call
  }

  private var call: String {
    if files.isEmpty { return "" }
    let call = Report.call(
      "run", files, Inquiry(question).withoutFaults, (execution?.inputs ?? .none).options)
    return "To see the whole run: \(call.showingEverything)\n"
  }

  private var emptyOutcomeText: String {
    let (name, eot) = (question.quotedNames, question.bounds.eot)
    var text =
      "\(name) has no row in round \(eot) of the failure-free run: there is nothing that faults could take away.\n"
    guard let baseline = execution, let post = question.outcome?.post else { return text }
    if let last = baseline.lastRows(of: post) {
      let row = baseline.text(of: last.rows[0]).showingEverything
      let more = last.rows.count > 1 ? " and \(counted(last.rows.count - 1, "more row"))" : ""
      text += "The last round that has one is round \(last.round.rawValue), with \(row)\(more).\n"
      text += "Perhaps the row is not kept: a rule with @next would carry it on.\n"
    } else {
      text += baseline.reasonsForNoRow(in: post).map { "\($0)\n" }.joined()
      text += "Perhaps the run needs more rounds (--eot).\n"
    }
    return text
  }
}

extension Execution {
  /// The last round in which `relation` has rows, and these; nil where it has none in any round.
  fileprivate func lastRows(of relation: RelationID) -> (round: Round, rows: [RowID])? {
    for round in (1...max(1, setting.eot.position)).reversed() {
      let found = tuples(of: relation, in: Round(round))
      if !found.isEmpty { return (Round(round), found.map { store.row(of: $0) }) }
    }
    return nil
  }

  /// Why `relation` has no row in any round, a sentence for each relation that is to blame: which premises of
  /// its rules are never met and, where a premise is a relation without rows, why that has none.
  fileprivate func reasonsForNoRow(in relation: RelationID) -> [String] {
    var populated: Set<RelationID> = []
    for tuple in store.tuples { populated.insert(store.relation(of: store.row(of: tuple))) }
    var (sentences, seen, open): ([String], Set<RelationID>, [RelationID]) = ([], [relation], [relation])
    while let next = open.first, sentences.count < 8 {
      open.removeFirst()
      let rules = program.rules.indices.filter { program.rules[$0].headRelation == next }
      let name = program.relations[next].name
      if rules.isEmpty {
        sentences.append(
          "'\(name)' has no row in any round: no rule and no fact of these rounds derives one.")
      }
      for rule in rules {
        let place = program.place(of: program.rules[rule].range)
        let missing = program.rules[rule].body.compactMap { term -> RelationID? in
          guard case .atom(let atom) = term, !atom.isNegated, !populated.contains(atom.relation) else {
            return nil
          }
          return atom.relation
        }
        guard let first = missing.first else {
          let isSent = program.rules[rule].timing == .async
          sentences.append(
            "\(place) never derives '\(name)': its premises are never met together"
              + (isSent ? ", or what it sends comes to no node." : "."))
          continue
        }
        guard first != next else { continue }
        sentences.append(
          "\(place) never derives '\(name)': its premise '\(program.relations[first].name)' is never met.")
        if seen.insert(first).inserted { open.append(first) }
      }
    }
    return sentences.map(\.showingEverything)
  }
}
