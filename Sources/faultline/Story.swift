// A counterexample told in order of time, for somebody who knows the protocol and not the tool: what was lost and
// when, what that made different from the run without faults, and what is broken in the end.

import Dedalus
import Evaluation
import FaultInjection
import Indices

/// The story of a counterexample: `NAME.txt`.
struct Story {
  private let counterexample: Counterexample
  private let question: Question
  private let baseline: Execution
  private let files: [String]

  init(_ counterexample: Counterexample, of question: Question, baseline: Execution, files: [String]) {
    self.counterexample = counterexample
    self.question = question
    self.baseline = baseline
    self.files = files
  }

  private var nodes: Nodes { question.bounds.nodes }
  private var execution: Execution { counterexample.execution }

  /// The whole text.
  var text: String {
    var text =
      "\(counted(counterexample.faults.count, "fault")) \(counterexample.faults.count == 1 ? "breaks" : "break") "
    text += "'\(question.outcome.name)' of \(files.map(\.showingEverything).joined(separator: " "))\n"
    text += "within \(question.bounds.words).\n\nThe faults\n"
    for fault in counterexample.faults.faults { text += "  - \(fault.sentence(nodes))\n" }
    text += "\nWhat happened, and what did not (compared with the run without faults)\n"
    for round in 1...question.bounds.eot { text += chapter(Round(round)) }
    text += "\nWhat is broken\n" + Report.violationText(counterexample.violated, question)
    text +=
      counterexample.minimum
      ? "\nNo smaller set of faults does this: that was proved.\n"
      : "\nWhether a smaller set of faults does this is not known.\n"
    return text + "\nTo see it again:\n  \(command)\n"
  }

  /// What one round adds to the story; empty where nothing of note happens.
  private func chapter(_ round: Round) -> String {
    var lines: [String] = []
    for crash in counterexample.faults.crashes where crash.round == round {
      lines.append("\(nodes[crash.node].string.showingEverything) crashes.")
    }
    lines += lostMessages(in: round)
    let (here, there) = (rows(of: execution, in: round), rows(of: baseline, in: round))
    let before = round.rawValue > 1 ? Round(rawValue: round.rawValue - 1) : nil
    let missingBefore =
      before.map { difference(rows(of: baseline, in: $0), rows(of: execution, in: $0)) } ?? []
    let addedBefore = before.map { difference(rows(of: execution, in: $0), rows(of: baseline, in: $0)) } ?? []
    lines += told(difference(there, here).filter { !missingBefore.contains($0) }, "is missing")
    lines += told(difference(here, there).filter { !addedBefore.contains($0) }, "holds, which it did not")
    return lines.isEmpty ? "" : "  round \(round.rawValue)\n" + lines.map { "    \($0)\n" }.joined()
  }

  private func lostMessages(in round: Round) -> [String] {
    var lines: [String] = []
    for message in execution.messages where message.sent == round && message.fate != .delivered {
      let sender = message.sender.map { nodes[$0].string.showingEverything } ?? "_"
      let reason = message.fate == .omitted ? "is lost" : "is never sent: \(sender) has crashed"
      let line =
        "\(execution.text(of: message.row).showingEverything) from \(sender) to "
        + "\(nodes[message.receiver].string.showingEverything) \(reason)."
      if !lines.contains(line) { lines.append(line) }
    }
    return lines
  }

  private func told(_ rows: [String], _ what: String) -> [String] {
    let shown = rows.prefix(12).map { "\($0) \(what)." }
    return rows.count > 12 ? shown + ["and \(rows.count - 12) more"] : shown
  }

  /// What holds in `round`, as text, in the order of the program; without `crash` rows.
  private func rows(of execution: Execution, in round: Round) -> [String] {
    execution.program.relations.indices.filter { $0 != execution.program.crash }.flatMap { relation in
      execution.tuples(of: relation, in: round).map {
        execution.text(of: execution.store.row(of: $0)).showingEverything
      }
    }
  }

  private func difference(_ rows: [String], _ others: [String]) -> [String] {
    let others = Set(others)
    return rows.filter { !others.contains($0) }
  }

  private var command: String {
    let faults = counterexample.faults.faults.map { " --fault '\($0.text(nodes).showingEverything)'" }
      .joined()
    return
      "faultline run \(files.map(\.showingEverything).joined(separator: " ")) --eot \(question.bounds.eot)"
      + " --nodes '\(nodes.list.showingEverything)' --crash-view \(question.crashView.rawValue)\(faults)"
  }
}
