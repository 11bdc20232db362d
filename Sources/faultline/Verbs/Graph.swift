import ArgumentParser
import Dedalus
import Evaluation
import Files
import LineageViz
import Properties
import Reports
import RunStore
import Scenarios
import Search
import Workbench

/// `graph`: draws pictures of runs.
struct Graph: Verb {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract:
      "Draws why a row holds, why a counterexample breaks the outcome, or who sent what to whom when.",
    discussion: """
      Give the files of a program with --eot and any faults, or one counterexample file (*.cex.json), or a run of a \
      store (--store runs.sqlite --run 2), which needs no program. Writes DOT, or with --svg a picture, to standard \
      output or to a file. No other program is needed.

      Without --row and --space-time, a counterexample is explained: why the outcome holds without the faults, what \
      they take away, and why it is then demanded in vain. For a program it is why the outcome holds in the last round.

      A picture has a column for each node, and time runs down. What is the same in several rounds is one box; \
      --full takes it apart. --depth, --focus and --rule show a part; dotted arrows lead through what is not shown.

      Exit code: 0 drawn, 2 wrong input or call.
      """)

  @Argument(help: "The files of a program, or one counterexample file.")
  var files: [String] = []
  @OptionGroup var stored: StoredRunOptions
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var faultOptions: FaultOptions

  @Option(
    help: ArgumentHelp("Why this row holds, as in 'post(\"Data1\")' or 'log(_, 3)@4'.", valueName: "row"))
  var row: String?
  @Option(
    help: ArgumentHelp(
      "Why this row does not hold: what each rule lacks that could derive it, down to faults.",
      valueName: "row"))
  var whyNot: String?
  @OptionGroup var lineage: LineageOptions
  @Flag(help: "Draw the space-time diagram: processes, rounds, messages, losses, faults.")
  var spaceTime = false
  @Flag(help: "Give a picture as SVG instead of DOT.")
  var svg = false
  @Flag(help: "Give who sent what to whom as a sequence diagram for Markdown, in Mermaid's text form.")
  var mermaid = false
  @Option(name: [.long, .customShort("o")], help: ArgumentHelp("Write to this file.", valueName: "file"))
  var output: String?
  @Flag(help: "Replace a file that is already there.")
  var force = false

  func validate() throws {
    let pictures = [("--row", row != nil), ("--why-not", whyNot != nil), ("--space-time", spaceTime)]
      .filter(\.1).map(\.0)
    if pictures.count > 1 {
      throw ValidationError("\(pictures[0]) and \(pictures[1]) are two different pictures")
    }
    if lineage.areGiven, spaceTime {
      throw ValidationError("--full, --depth, --focus and --rule are about lineage, not about --space-time")
    }
    if mermaid, row != nil || whyNot != nil || lineage.areGiven || svg {
      throw ValidationError("--mermaid is text about messages: it goes neither with --svg nor with lineage")
    }
    if files.isEmpty, stored.store == nil {
      throw ValidationError("what shall be drawn? Name a file or a --store")
    }
  }

  func execute(_ console: Console) throws -> ExitStatus {
    var outputs = OutputFiles(replacing: force)
    outputs.add(file: output == "-" ? nil : output)
    try outputs.check(reading: files + (stored.store.map { RunStore.paths(of: $0) } ?? []))
    let subject = try self.subject(&outputs, console)
    if let failure = subject.trial.failure { throw Refusal.run(failure) }
    console.reportCut(of: subject.trial.execution, hasLimit: false)
    try outputs.put(try text(subject), at: output, or: console)
    return .success
  }

  // MARK: Subjects

  /// A run; for a saved counterexample, also the run without faults.
  private struct Subject {
    let trial: Trial
    var counterexample: (question: Question, baseline: Execution, isMinimum: Bool)?
    let title: String
  }

  private func subject(_ outputs: inout OutputFiles, _ console: Console) throws -> Subject {
    if let store = stored.store { return try storedSubject(store, &outputs, console) }
    if files.count == 1, files[0].hasSuffix(".json") { return try savedSubject(files[0], &outputs) }
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a run needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let program = try Program(reading: files)
    program.report(program.warnings, console)
    let inquiry = try places.inquiry(eot: eot, specification)
    let scenario = try faultOptions.scenario(of: program, inquiry.nodes(of: program), eot: eot)
    try outputs.begin(reading: program.paths)
    let trial = try Trial(program, inquiry, scenario, budget: .standard)
    return Subject(trial: trial, title: files.joined(separator: " "))
  }

  private func savedSubject(_ path: String, _ outputs: inout OutputFiles) throws -> Subject {
    try refuseQuestion("a counterexample file")
    let saved = try SavedCounterexample(path)
    let program = try Program(reading: saved.files)
    let question = try saved.file.asked.question(about: program)
    try outputs.begin(reading: program.paths)
    let compiled = CompiledProgram(program, nodes: question.bounds.nodes)
    let inputs = try question.bounds.possibleInputs.inputs(choosing: saved.file.inputs.facts)
    let scenario = Scenario(saved.file.faults, inputs)
    let trial = Trial(compiled, question.setting, question: question, scenario, budget: .standard)
    let baseline = compiled.run(question.setting, under: scenario.withoutFaults)
    return Subject(trial: trial, counterexample: (question, baseline, saved.file.minimum), title: path)
  }

  private func storedSubject(
    _ path: String, _ outputs: inout OutputFiles, _ console: Console
  ) throws -> Subject {
    try refuseQuestion("a store")
    guard files.isEmpty else {
      throw Refusal.call(
        "bad-call", "a store has the program in it", fix: "name either files or a store")
    }
    try outputs.begin()
    let (trial, baseline, isMinimum) = try stored.read(path, console)
    let isCounterexample = !trial.violations.isEmpty && trial.execution.faults.count > 0
    let counterexample = isCounterexample ? trial.question.map { ($0, baseline, isMinimum) } : nil
    return Subject(
      trial: trial, counterexample: counterexample,
      title: trial.execution.program.sources.elements.first?.path ?? path)
  }

  /// Refuses options that ask a question: a recorded run has its own.
  private func refuseQuestion(_ record: String) throws(Refusal) {
    let given = [
      ("--eot", rounds.eot != nil), ("--max-eot", rounds.maxEot != nil), ("--nodes", places.nodes != nil),
      ("--crash-view", places.givenCrashView != nil), ("--oracle", specification.givenOracle != nil),
      ("--outcome", specification.outcome != nil), ("--property", !specification.properties.isEmpty),
      ("--fault", !faultOptions.texts.isEmpty), ("--choose", !faultOptions.chosen.isEmpty),
    ].filter(\.1).map(\.0)
    guard given.isEmpty else {
      throw .call(
        "bad-call", "\(record) says itself what was asked and which faults strike",
        fix: "leave \(given.joined(separator: " and ")) out")
    }
  }

  /// The picture in the requested format.
  private func text(_ subject: Subject) throws -> String {
    if mermaid { return SequenceDiagram.mermaid(of: subject.trial.execution) }
    guard spaceTime else {
      var view = try lineage.view(of: subject.trial.execution.program)
      if svg { view.limit = LineageOptions.mostBoxes }
      let diagram: LineageDiagram
      do {
        diagram = try self.diagram(subject, view)
      } catch let miss as LineageView.Miss {
        throw lineage.refusal(of: miss)
      }
      return svg ? diagram.svg(title: subject.title) : diagram.dot
    }
    guard svg else { return SpaceTimeDOT.diagram(of: subject.trial.execution, title: subject.title) }
    return SpaceTimeSVG.diagram(
      of: subject.trial.execution, question: subject.trial.question, baseline: subject.trial.baseline,
      title: subject.title)
  }

  private func diagram(_ subject: Subject, _ view: LineageView) throws -> LineageDiagram {
    let execution = subject.trial.execution
    if let row {
      return try LineageDiagram(of: try RowPattern(row).tuples(in: execution), in: execution, view)
    }
    if let whyNot {
      let absence = try RowPattern(whyNot).absence(
        in: execution, beside: subject.counterexample?.baseline ?? subject.trial.baseline)
      return try LineageDiagram(of: absence, in: execution, view)
    }
    if let (question, baseline, isMinimum) = subject.counterexample {
      if let cut = execution.ending.cut {
        throw Refusal.call(
          "cut-run", "whether today's program is broken under these faults is not known: \(cut.words)",
          fix: "draw what there is of it with --row or --space-time")
      }
      guard !subject.trial.violations.isEmpty else {
        throw Refusal.call(
          "fixed", "today's program is not broken under these faults: there is nothing to explain",
          fix: "draw the run itself with --row or --space-time")
      }
      let counterexample = Counterexample(
        minimum: isMinimum, violations: subject.trial.violations, execution: execution)
      return try LineageDiagram(of: counterexample, of: question, baseline: baseline, view)
    }
    guard let outcome = subject.trial.question?.outcome else {
      throw Refusal.call(
        "no-post", "the program has no relation 'post' to draw", fix: "name a row with --row")
    }
    let arity = execution.program.relations[outcome.post].arity
    let all = "\(outcome.name)(\(Array(repeating: "_", count: arity).joined(separator: ", ")))"
    return try LineageDiagram(of: try RowPattern(all).tuples(in: execution), in: execution, view)
  }
}
