import ArgumentParser
import Dedalus
import Evaluation
import Files
import LineageViz
import Properties
import Reports
import RunStore
import Scenarios
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

  @OptionGroup var shown: ConsoleOptions

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
    let run = try drawnRun(&outputs, console)
    if let failure = run.trial.failure { throw Refusal.run(failure) }
    console.reportCut(of: run.trial.execution, hasLimit: false)
    try outputs.put(try picture.text(of: run), at: output, or: console)
    return .success
  }

  /// The run that is drawn: of a store, of a counterexample file, or of the program.
  private func drawnRun(_ outputs: inout OutputFiles, _ console: Console) throws -> DrawnRun {
    if let store = stored.store {
      try refuseQuestion("a store")
      guard files.isEmpty else {
        throw Refusal.call(
          "bad-call", "a store has the program in it", fix: "name either files or a store")
      }
      try outputs.begin()
      return DrawnRun(try stored.read(store, console), storedIn: store)
    }
    if files.count == 1, files[0].hasSuffix(".json") {
      try refuseQuestion("a counterexample file")
      return try DrawnRun(saved: files[0], writing: &outputs)
    }
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a run needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let program = try Program(reading: files)
    program.report(program.warnings, console)
    let inquiry = try places.inquiry(eot: eot, specification)
    let scenario = try faultOptions.scenario(of: program, inquiry.nodes(of: program), eot: eot)
    try outputs.begin(reading: program.paths)
    return try DrawnRun(program, inquiry, scenario, title: files.joined(separator: " "))
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

  /// The picture that the options describe.
  private var picture: Picture {
    let subject: Picture.Subject =
      if let row { .row(row) } else if let whyNot { .absence(whyNot) } else {
        spaceTime ? .spaceTime : .outcome
      }
    return Picture(subject, as: mermaid ? .mermaid : svg ? .svg : .dot, part: lineage.part)
  }
}
