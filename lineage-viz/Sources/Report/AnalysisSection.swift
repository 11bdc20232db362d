import Dedalus
import Documents
import Evaluation
import Indices
import Properties
import Scenarios
import Search
import Texts

/// An analysis as a section of the page, under construction.
struct AnalysisSection {
  private let analysis: ReportedAnalysis
  private let number: Int
  private let baseline: ReportedAnalysis.Run
  private var contents = SharedContents()
  /// The lines of the list of runs.
  private var lines: [RunList.Line] = []
  private var data = Markup()
  private var kinds: [ReportedAnalysis.Run.Kind] = []
  private(set) var breaking: [FaultSet] = []
  private var underFaults: MessagesUnderFaults
  private var firstBroken: Int?
  private var pictures: ReportPictures
  /// The number of bytes available for runs.
  private let room: Int
  /// The number of runs for which there was no room.
  private var omitted = 0
  private let shouldStop: () -> Bool

  var question: Question { analysis.question }
  /// The messages of the run without faults and of the breaking runs, ranked.
  var criticalMessages: CriticalMessages {
    CriticalMessages(
      of: baseline.execution, question, breaking: breaking, underFaults: underFaults, shouldStop: shouldStop)
  }
  private var nodes: Nodes { question.bounds.nodes }

  init(
    _ analysis: ReportedAnalysis, number: Int, baseline: ReportedAnalysis.Run, room: Int,
    _ shouldStop: @escaping () -> Bool
  ) {
    (self.room, self.shouldStop) = (room, shouldStop)
    self.analysis = analysis
    self.number = number
    self.baseline = baseline
    pictures = ReportPictures(analysis.question, baseline: baseline.execution)
    underFaults = MessagesUnderFaults(beside: baseline.execution)
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
    let broken = violations(in: run)
    kinds.append(run.kind)
    if run.kind == .counterexample { firstBroken = firstBroken ?? run.number }
    addLine(of: run, isBroken: !broken.isEmpty)
    writeData(of: run, broken)
  }

  private func hasRoom(for run: ReportedAnalysis.Run) -> Bool {
    switch run.kind {
    case .baseline: true
    case .counterexample: data.text.utf8.count < room + room / 4
    case .trial: data.text.utf8.count < room
    }
  }

  private func violations(in run: ReportedAnalysis.Run) -> [Violation] {
    guard run.execution.ending == .complete else { return [] }
    return question.violations(in: run.execution, baseline: baseline.execution)
  }

  private mutating func addLine(of run: ReportedAnalysis.Run, isBroken: Bool) {
    let faults = run.execution.faults
    let what =
      switch run.kind {
      case .baseline: "Without faults"
      case .counterexample: counted(faults.count, "fault")
      case .trial: isBroken ? "Tried: broken" : "Tried: survives"
      }
    lines.append(RunList.Line(run, what: what, hasFingerprint: !question.bounds.isOfThePaper))
  }

  private mutating func writeData(of run: ReportedAnalysis.Run, _ broken: [Violation]) {
    let execution = run.execution
    let entered = contents.enter(execution)
    let members: [JSON.Member] =
      entered.members + [
        .init(
          key: "faults",
          value: .array(execution.faults.faults.map { .string($0.sentence(nodes)) })),
        .init(
          key: "broken",
          value: .array(question.sentences(about: broken).map { .string($0.showingEverything) })),
        .init(key: "note", value: note(on: run).map { .string($0) } ?? .null),
        .init(
          key: "marks",
          value: .array((FaultMarks(of: execution).legend + loopMark(of: run)).map { .string($0) })),
        .init(key: "pictures", value: pictures.pictures(of: run, violations: broken, in: contents)),
      ]
    writeScript("application/json", "run-\(number)-\(run.number)", JSON.object(members).scriptText)
    writeScript(
      "image/svg+xml", "time-\(number)-\(run.number)",
      SpaceTimeSVG.figure(of: execution, question, loop: run.loop))
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

  private mutating func writeScript(_ type: String, _ id: String, _ text: String) {
    data.begin("script", ["type": type, "id": id])
    data.write(trusted: text)
    data.end()
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
        .init(key: "first", value: .integer(firstBroken ?? baseline.number)),
        .init(key: "baseline", value: .integer(baseline.number)),
        .init(key: "nodes", value: .array(nodes.names.map { .string($0.string.showingEverything) })),
        .init(key: "relations", value: .array(schema.entries.map { .string($0.name) })),
        .init(key: "shown", value: JSON(shown.map(\.position))),
        .init(key: "faultRelations", value: JSON(program.statedRelations.values.map(\.position).sorted())),
        .init(key: "rules", value: .array(program.rules.indices.map(rule))),
        .init(key: "facts", value: facts),
        .init(key: "pictures", value: .array(pictures.shared)),
      ] + contents.members(nodes: nodes))
  }

  /// The place of a rule, and its source text.
  private func rule(_ rule: RuleID) -> JSON {
    let range = question.program.rules[rule].range
    let text = String(
      decoding: question.program.sources[range.file].bytes[range.lower..<range.upper], as: UTF8.self)
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

  // MARK: The visible part

  func markup() -> String {
    var section = Markup()
    section.begin("section", ["class": "analysis", "id": "analysis-\(number)", "data-id": "\(number)"])
    writeAnswer(&section)
    writeCriticalMessages(&section)
    section.begin("div", ["class": "work"])
    writeList(&section)
    section.element("main", ["class": "run"], text: "")
    section.end()
    section.end()
    return section.text
  }

  private func writeAnswer(_ section: inout Markup) {
    let word = analysis.verdict?.rawValue ?? "unfinished"
    section.begin("header", ["class": "answer"])
    section.begin("p")
    section.element("span", ["class": "badge \(word)"], text: word.uppercased())
    section.end()
    section.element(
      "h2", ["class": "headline"],
      text: analysis.headline(isEmptyWithoutFaults: question.isEmptyWithoutFaults(baseline.execution)))
    section.element("p", ["class": "because"], text: analysis.explanation)
    write(analysis.facts, &section)
    if !analysis.coverage.isEmpty { writeCoverage(&section) }
    if let cost = analysis.cost { writeCost(cost, &section) }
    section.end()
  }

  private func write(_ facts: [ReportedAnalysis.Fact], _ section: inout Markup) {
    section.begin("dl", ["class": "facts"])
    for fact in facts {
      section.begin("div")
      section.element("dt", text: fact.name)
      section.element("dd", text: fact.text)
      section.end()
    }
    section.end()
  }

  /// What of the program is used; it is hidden until somebody asks for it.
  private func writeCoverage(_ section: inout Markup) {
    section.begin("details", ["class": "cost"])
    section.element("summary", text: "What of the program is used")
    write(analysis.coverage, &section)
    section.end()
  }

  /// All counters and times; they are hidden until somebody asks for them.
  private func writeCost(_ cost: Cost, _ section: inout Markup) {
    section.begin("details", ["class": "cost"])
    section.element("summary", text: "All counters and times")
    let counters = Cost.Counter.allCases.map { counter in
      (counter.rawValue, counted(grouped(cost[counter]), counter.unit), counter.help)
    }
    let times = Cost.Phase.allCases.map { phase in
      (phase.rawValue, "\(seconds(cost[phase])) s", phase.help)
    }
    write((counters + times).map { .init("\($0): \($2)", $1) }, &section)
    section.end()
  }

  private static func omissionNote(_ shown: Int, of all: Int) -> String {
    "Showing \(grouped(shown)) of \(grouped(all)) runs: a page holds no more. Of the others, "
      + "'faultline graph --store FILE --run N' draws one, and SQL tells of all."
  }

  private func writeList(_ section: inout Markup) {
    section.begin("nav", ["class": "runs", "aria-label": "Runs"])
    section.begin("div", ["class": "search"])
    section.leaf(
      "input",
      [
        "type": "search", "class": "filter", "placeholder": "Filter, e.g. crash a",
        "aria-label": "Filter the runs",
      ])
    let present = [ReportedAnalysis.Run.Kind.baseline, .counterexample, .trial].filter { kinds.contains($0) }
    if present.count > 1 {
      section.begin("select", ["class": "role", "aria-label": "Which runs"])
      section.element("option", ["value": ""], text: "all runs")
      for kind in present { section.element("option", ["value": kind.rawValue], text: kind.words) }
      section.end()
    }
    section.end()
    section.element("p", ["class": "count"], text: counted(kinds.count, "run"))
    if omitted > 0 {
      section.element("p", ["class": "note"], text: Self.omissionNote(kinds.count, of: kinds.count + omitted))
    }
    section.begin("ol")
    section.write(
      trusted: RunList(lines, within: question.bounds, question.crashView).items().text)
    section.end()
    section.end()
  }
}

extension ReportedAnalysis.Run.Kind {
  fileprivate var words: String {
    switch self {
    case .baseline: "without faults"
    case .counterexample: "counterexamples"
    case .trial: "tried"
    }
  }
}
