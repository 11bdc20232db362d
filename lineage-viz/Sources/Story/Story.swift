// A counterexample told in order of time, for readers who know the protocol but not the tool: the whole in a
// sentence; what happens without faults and why the outcome holds there; then what is so because of the
// faults, round by round, up to the row that is demanded in vain.

import Answers
import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios
import Search
import Texts

/// The story of a counterexample: `NAME.txt`.
public struct Story {
  private let breach: Breach
  private let files: [String]
  private let aftermath: Aftermath?
  private let plot: StoryPlot
  private let sentences: StorySentences
  /// Why it is a counterexample; nil where there is no fault, or too much to be explained.
  private let why: WhyText?

  /// The story of `counterexample`, which `reasoning` explains; `baseline` is the run without faults,
  /// `aftermath` what becomes of it when its run goes on, where that is known, and `files` are those of the
  /// program, as given.
  public init(
    _ counterexample: Counterexample, of question: Question, because reasoning: Reasoning?,
    baseline: Execution, aftermath: Aftermath? = nil, files: [String]
  ) {
    why = reasoning.map { WhyText($0, of: question, in: counterexample.execution) }
    self.aftermath = aftermath
    breach = Breach(counterexample: counterexample, question: question, baseline: baseline)
    self.files = files
    plot = StoryPlot(LineagePicture(ofAll: breach))
    sentences = StorySentences(of: counterexample.execution)
  }

  private var counterexample: Counterexample { breach.counterexample }
  private var question: Question { breach.question }
  private var nodes: Nodes { question.bounds.nodes }

  /// The contents of the file.
  public var text: String {
    let count = counterexample.faults.count
    if let sought = question.sought { return text(seeking: sought.text) }
    var text = "\(counted(count, "fault")) \(count == 1 ? "breaks" : "break") "
    text +=
      "\(question.quotedNames(of: counterexample.violations)) of \(files.map(\.showingEverything).joined(separator: " "))\n"
    text += "within \(question.bounds.words).\n\n"
    for fault in counterexample.faults.faults { text += "  \(fault.sentence(nodes))\n" }
    if let inputs = inputSentence { text += "  \(inputs)\n" }
    text +=
      counterexample.minimum
      ? "\nNo smaller set of faults does this: that was proved.\n"
      : "\nWhether a smaller set of faults does this is not known.\n"
    if let aftermath { text += aftermath.sentence + "\n" }
    return text + summary + "\n" + narrative + "\nTo see it again:\n  \(command)\n"
  }

  /// The whole in a sentence, as a paragraph.
  private var summary: String { why.map { "\n" + $0.summary.map { $0 + "\n" }.joined() } ?? "" }

  /// The contents of the file, where rows are looked for.
  private func text(seeking rows: String) -> String {
    var text = "\(rows.showingEverything) holds in a run of "
    text += "\(files.map(\.showingEverything).joined(separator: " "))\nwithin \(question.bounds.words).\n\n"
    for fault in counterexample.faults.faults { text += "  \(fault.sentence(nodes))\n" }
    if counterexample.faults.count == 0 { text += "  without faults\n" }
    if let inputs = inputSentence { text += "  \(inputs)\n" }
    if counterexample.faults.count > 0 {
      text +=
        counterexample.minimum
        ? "\nFewer faults do not bring it about: that was proved.\n"
        : "\nWhether fewer faults bring it about is not known.\n"
    }
    return text + summary + "\n" + narrative + "\nTo see it again:\n  \(command)\n"
  }

  /// What is chosen; nil where the program leaves nothing open.
  private var inputSentence: String? {
    if question.program.choices.isEmpty { return nil }
    return (counterexample.inputs.phrase.map { "with \($0) chosen" } ?? "with nothing chosen")
      .showingEverything
  }

  /// The events, and the chart of messages.
  public var narrative: String {
    if counterexample.faults.count == 0 {
      return question.violationText(counterexample.violations) + "\nThe messages\n"
        + MessageChart(counterexample.execution).text
    }
    return "Without faults (only what the faults will change)\n" + undisturbed + "\nUnder the faults\n"
      + disturbed
      + "\nThe messages under the faults\n" + MessageChart(counterexample.execution).text + loop
  }

  /// The messages of the rounds that come again and again while what is broken stays so, told once; nothing
  /// where all rounds are the same in the end.
  private var loop: String {
    guard let aftermath, case .isBrokenForEver = aftermath.outcome, let loop = aftermath.recurrence,
      loop.period > 1
    else { return "" }
    let last = loop.first.position + loop.period - 1
    return "\nThe messages that come again and again, every \(loop.period) rounds\n"
      + MessageChart(aftermath.execution, rounds: loop.first.position...last).text
  }

  // MARK: Chapters

  private var undisturbed: String {
    let prevented = plot.events.filter { event in
      event.kind == .missing && event.boxes[0].excluded == nil && !isRowOfAggregate(event.boxes[0])
    }
    let chapters = chapters(of: prevented, sentences.undisturbed)
    return chapters + demands.map { "    \($0)\n" }.joined()
  }

  private func isRowOfAggregate(_ box: LineagePicture.Box) -> Bool {
    guard case .row(let relation, _) = box.subject else { return false }
    return breach.baseline.schema[relation].aggregateRule != nil
  }

  /// What the violated rows demand without faults, a sentence for each property that demands rows.
  private var demands: [String] {
    question.properties.compactMap { property in
      let broken = counterexample.violations.of(property.name)
      guard !broken.isEmpty, let pre = property.pre, property.post != nil else { return nil }
      let name = question.program.relations[pre].name
      let held = broken.filter { breach.baseline.tuple(of: $0, in: pre) != nil }
      guard let last = held.last?.round else { return "\(name) demands nothing of this yet." }
      return "\(RowGroup(name: name, rows: held.rows).text) \(held.count == 1 ? "holds" : "hold") in round "
        + "\(last.rawValue), too: what is demanded is there."
    }
  }

  private var disturbed: String {
    (why?.full ?? "  it is too much to be explained within the budget\n")
      + question.violationText(counterexample.violations)
  }

  /// `events` grouped by rounds, each with the sentence that `tell` gives it.
  private func chapters(of events: [StoryPlot.Event], _ tell: (StoryPlot.Event) -> String) -> String {
    let rounds = Dictionary(grouping: events, by: \.round).sorted { $0.key < $1.key }
    return rounds.map { round, events in
      let lines = events.prefix(Self.longestChapter).map(tell)
      let rest = events.count - Self.longestChapter
      return "  round \(round.rawValue)\n" + lines.map(Self.wrapped).joined()
        + (rest > 0 ? "    and \(rest) more\n" : "")
    }.joined()
  }

  /// The largest number of events that are told for one round.
  private static let longestChapter = 40

  /// `line` in lines of up to about a hundred columns, the first indented by four and the others by eight.
  /// Rows are not broken.
  private static func wrapped(_ line: String) -> String {
    var lines: [String] = []
    var current = "    "
    var isFresh = true
    for word in words(of: line) {
      if !isFresh, current.count + word.count >= 100 {
        lines.append(current)
        current = "        " + word
      } else {
        current += (isFresh ? "" : " ") + word
      }
      isFresh = false
    }
    return (lines + [current]).map { $0 + "\n" }.joined()
  }

  /// The parts of `line` between spaces outside all parentheses; a reference stays with its word.
  private static func words(of line: String) -> [String] {
    var words = [""]
    var depth = 0
    for (position, character) in zip(line.indices, line) {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth = max(0, depth - 1) }
      let isGlue = line[position...].hasPrefix(" (")
      if character == " ", depth == 0, !isGlue {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }

  private var command: String {
    let paths = files.map { shellPath($0.showingEverything) }.joined(separator: " ")
    let faults = counterexample.faults.faults
      .map { " " + shellOption("--fault", $0.text(nodes).showingEverything) }.joined()
    let inputs = counterexample.inputs.options.map { " " + $0.showingEverything }.joined()
    return "faultline run \(paths) --eot \(question.bounds.eot)"
      + " \(shellOption("--nodes", nodes.list.showingEverything))"
      + " --crash-view \(question.crashView.rawValue)\(faults)\(inputs)"
  }
}
