// An analysis on the page. What is said first stands there as elements: the verdict, why it is so, the
// faults, what they break. A browser that executes no script shows this and the story. Everything else is
// data, once for all runs, from which the page draws what is looked at.

import Answers
import Dedalus
import Documents
import Evaluation
import Indices
import Properties
import Scenarios
import Texts

/// An analysis as a section of the page, under construction.
struct AnalysisSection {
  let analysis: ReportedAnalysis
  let number: Int
  let baseline: ReportedAnalysis.Run
  private var contents = SharedContents()
  /// The lines of the list of runs.
  private(set) var lines: [RunList.Line] = []
  private var data = Markup()
  private(set) var kinds: [ReportedAnalysis.Run.Kind] = []
  private(set) var breaking: [FaultSet] = []
  /// The numbers of the runs on the page that break the outcome.
  private var breakingNumbers: [Int] = []
  private var underFaults: MessagesUnderFaults
  /// The run that is shown first: what breaks the outcome, if something does.
  private(set) var opening: Opening?
  private var pictures: ReportPictures
  private var explanation: RunExplanation
  private let compiled: CompiledProgram
  /// The number of bytes available for runs.
  private let room: Int
  /// The number of runs for which there was no room.
  private(set) var omitted = 0
  /// The number of runs that were made without one of the faults.
  private var mildened = 0
  private let shouldStop: () -> Bool

  /// The largest number of runs that are made to show what happens without one of the faults.
  private static let mostMildened = 120

  /// What the page shows of a run before any script is executed.
  struct Opening {
    let run: ReportedAnalysis.Run
    let broken: [String]
    let chosen: String?
    let told: RunExplanation.Told
  }

  var question: Question { analysis.question }
  /// The messages of the run without faults and of the breaking runs, ranked.
  var criticalMessages: CriticalMessages {
    CriticalMessages(
      of: baseline.execution, question, breaking: breaking, underFaults: underFaults, shouldStop: shouldStop)
  }
  var nodes: Nodes { question.bounds.nodes }

  init(
    _ analysis: ReportedAnalysis, number: Int, baseline: ReportedAnalysis.Run, room: Int,
    _ shouldStop: @escaping () -> Bool
  ) {
    (self.room, self.shouldStop) = (room, shouldStop)
    self.analysis = analysis
    self.number = number
    self.baseline = baseline
    pictures = ReportPictures(analysis.question, baseline: baseline.execution)
    explanation = RunExplanation(analysis.question, baseline: baseline.execution)
    underFaults = MessagesUnderFaults(beside: baseline.execution)
    compiled = CompiledProgram(analysis.question.program, nodes: analysis.question.bounds.nodes)
    add(baseline)
  }

  // MARK: Runs

  /// Adds a run: a line of the list, and its data. Where there is no room for it, it is only counted.
  mutating func add(_ run: ReportedAnalysis.Run) {
    if run.kind == .counterexample {
      breaking.append(run.execution.faults)
      underFaults.add(run.execution)
    }
    guard hasRoom(for: run) else {
      omitted += 1
      return
    }
    let broken = violations(in: run.execution)
    if run.kind == .counterexample { breakingNumbers.append(run.number) }
    kinds.append(run.kind)
    addLine(of: run, broken)
    writeData(of: run, broken)
  }

  private func hasRoom(for run: ReportedAnalysis.Run) -> Bool {
    switch run.kind {
    case .baseline: true
    case .counterexample: data.text.utf8.count < room + room / 4
    case .trial: data.text.utf8.count < room
    }
  }

  private func violations(in execution: Execution) -> [Violation] {
    guard execution.ending == .complete else { return [] }
    return question.violations(in: execution, baseline: baseline.execution)
  }

  private mutating func addLine(of run: ReportedAnalysis.Run, _ broken: [Violation]) {
    let faults = run.execution.faults
    let what =
      switch run.kind {
      case .baseline: "Without faults"
      case .counterexample: counted(faults.count, "fault")
      case .trial: !broken.isEmpty ? "Tried: broken" : "Tried: survives"
      }
    lines.append(
      RunList.Line(run, what: what, breaking: broken, hasFingerprint: !question.bounds.isOfThePaper))
  }

  private mutating func writeData(of run: ReportedAnalysis.Run, _ broken: [Violation]) {
    let entered = contents.enter(run.execution)
    let told = explanation.explain(run, broken)
    // What is shown first explains itself; of the rest, the pictures of the first few.
    let drawn = pictures.pictures(of: run, violations: broken, in: contents)
    let without = mildenedRuns(of: run)
    let record = RunRecord(
      execution: run.execution, question: question, violations: broken, contents: contents)
    let members: [JSON.Member] =
      entered.members + record.members + told.members + [
        .init(key: "kind", value: .string(run.kind.rawValue)),
        .init(key: "note", value: note(on: run).map { .string($0) } ?? .null),
        .init(
          key: "marks",
          value: .array((FaultMarks(of: run.execution).legend + loopMark(of: run)).map { .string($0) })),
        .init(key: "loop", value: run.loop.map { .integer($0.first.position) } ?? .null),
        .init(key: "pictures", value: drawn), .init(key: "without", value: .array(without)),
      ]
    data.begin("script", ["type": "application/json", "id": "run-\(number)-\(run.number)"])
    data.write(trusted: JSON.object(members).scriptText)
    data.end()
    if opening == nil || (run.kind == .counterexample && opening?.run.kind != .counterexample) {
      opening = Opening(
        run: run, broken: question.sentences(about: broken), chosen: record.chosen, told: told)
    }
  }

  /// For each fault of a counterexample the run without just that fault; nothing where there are enough.
  private mutating func mildenedRuns(of run: ReportedAnalysis.Run) -> [JSON] {
    let faults = run.execution.faults.faults
    guard run.kind == .counterexample, run.execution.ending == .complete, faults.count > 0,
      mildened + faults.count <= Self.mostMildened, !pictures.areLeftOut, !shouldStop()
    else { return [] }
    mildened += faults.count
    return faults.map { fault in
      let rest = FaultSet(faults.filter { $0 != fault })
      let execution = compiled.run(
        question.setting, under: Scenario(rest, run.execution.scenario.inputs))
      let entered = contents.enter(execution)
      let record = RunRecord(
        execution: execution, question: question, violations: violations(in: execution), contents: contents)
      return .object(entered.members + record.members)
    }
  }

  /// What the mark of a loop means, where the run has one.
  private func loopMark(of run: ReportedAnalysis.Run) -> [String] {
    run.loop.map { ["∞ \($0.words), for ever"] } ?? []
  }

  private func note(on run: ReportedAnalysis.Run) -> String? {
    guard run.execution.ending == .complete else {
      return "This run did not come to its end: what follows is what it came to."
    }
    let notes = [
      run.isMinimum == true ? "No smaller set of faults breaks it: that was proved." : nil,
      pictures.areLeftOut
        ? "Too much happens in it for pictures of why: 'faultline graph --depth 3' draws a part." : nil,
      run.aftermath?.sentence,
    ].compactMap { $0 }
    return notes.isEmpty ? nil : notes.joined(separator: " ")
  }

  // MARK: Data of the whole analysis

  /// The scripts that contain the data.
  func scripts() -> String {
    var whole = data
    whole.begin("script", ["type": "application/json", "id": "shared-\(number)"])
    whole.write(trusted: shared.scriptText)
    whole.end()
    return whole.text
  }

  private var shared: JSON {
    let (program, schema) = (question.program, baseline.execution.schema)
    let held = contents.relations
    let shown = program.relations.indices.filter {
      !program.worldRelations.contains($0) && held.contains($0.position)
    }
    return .object(
      [
        .init(key: "eot", value: .integer(question.bounds.eot)),
        .init(key: "first", value: .integer(opening?.run.number ?? baseline.number)),
        .init(key: "baseline", value: .integer(baseline.number)),
        .init(key: "seeks", value: .bool(question.sought != nil)),
        .init(key: "breaking", value: JSON(breakingNumbers)),
        .init(key: "headline", value: .string(headline.showingEverything)),
        .init(key: "because", value: .string(analysis.explanation.showingEverything)),
        .init(key: "nodes", value: .array(nodes.names.map { .string($0.string.showingEverything) })),
        .init(key: "relations", value: .array(schema.entries.map { .string($0.name) })),
        .init(key: "shown", value: JSON(shown.map(\.position))),
        .init(
          key: "observed",
          value: JSON(program.relationsObserved(by: question.properties).map(\.position))),
        .init(key: "properties", value: .array(question.properties.map(\.json))),
        .init(key: "faultRelations", value: JSON(program.statedRelations.values.map(\.position).sorted())),
        .init(key: "rules", value: .array(program.rules.indices.map(rule))),
        .init(key: "facts", value: facts),
        .init(key: "pictures", value: .array(pictures.shared)),
      ] + contents.members(nodes: nodes))
  }

  /// The place of a rule, and its source text.
  private func rule(_ rule: RuleID) -> JSON {
    let text = question.program.text(of: question.program.rules[rule].range)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return [
      .string(baseline.execution.place(of: rule).showingEverything),
      .string(lines.map { String($0).showingEverything }.joined(separator: "\n")),
    ]
  }

  /// The tuples that the program gives, with their places.
  private var facts: JSON {
    let program = question.program
    let given = program.facts.compactMap { fact in
      contents.tuple(fact.relation, fact.values, in: Round(named: fact.round)).map { ($0, fact.range) }
    }
    let chosen = program.choices.flatMap { choice in
      PossibleInputs([OpenFact(choice, of: program)], upTo: question.bounds.eot).entries[0].alternatives
        .compactMap { $0.flatMap { contents.tuple(choice.relation, choice.values, in: $0) } }
        .map { ($0, choice.range) }
    }
    return .array(
      (given + chosen).map { tuple, range in
        [.integer(tuple), .string(program.place(of: range).showingEverything)]
      })
  }

  var headline: String {
    analysis.headline(isEmptyWithoutFaults: question.isEmptyWithoutFaults(baseline.execution))
  }
}
