import Dedalus
import Evaluation
import FaultInjection

/// What a replay found.
enum ReplayResult: String {
  case stillBroken = "still broken"
  case fixed
  case changed
  case unreadable
}

/// The answer for one file.
struct ReplayAnswer {
  let path: String
  let result: ReplayResult
  var hasProgramChanged = false
  var violated: [[Constant]] = []
  /// For `unreadable`: why, for standard error; with colours or not.
  var diagnosis: ((_ isColoured: Bool) -> String)?
}

/// Replays one file after another; a program that many files share is read and compiled once.
struct ReplayBench {
  private let programFiles: [String]
  private var programs: [[String]: Program] = [:]
  private var compiled: [Key: CompiledProgram] = [:]

  private struct Key: Hashable {
    let files: [String]
    let nodes: Nodes
  }

  /// `programFiles`, where there are any, stand for whatever program a counterexample names.
  init(programFiles: [String]) { self.programFiles = programFiles }

  /// Runs today's program under the faults in the file at `path`.
  mutating func replay(_ path: String) -> ReplayAnswer {
    do {
      return try answer(path)
    } catch {
      let refusal =
        switch error {
        case let error as InvalidQuestion:
          Refusal.file(InvalidFile(path: path, code: error.code, message: error.message, fix: error.fix))
        default: Refusal(error)
        }
      return ReplayAnswer(path: path, result: .unreadable, diagnosis: { refusal.text(coloured: $0) })
    }
  }

  private mutating func answer(_ path: String) throws -> ReplayAnswer {
    let saved = try SavedCounterexample(path)
    let file = saved.file
    let files = programFiles.isEmpty ? saved.files : programFiles
    let program = try self.program(files)
    let question = try file.question(about: program)
    let compiled = self.compiled(program, files, file.bounds.nodes)
    let trial = Trial(compiled, question.setting, question: question, faults: file.faults, budget: .standard)
    if let failure = trial.failure { throw Refusal.run(failure) }
    if case .exhausted(let resource, let round) = trial.execution.ending {
      throw InvalidFile(
        path: path, code: "budget",
        message: "the budget of \(resource.rawValue) is used up in round \(round.rawValue)")
    }
    return ReplayAnswer(
      path: path, result: Self.result(recorded: file.violated, found: trial.violated),
      hasProgramChanged: saved.hasChanged(program),
      violated: trial.violated)
  }

  /// Whether one of the rows that were broken still is.
  private static func result(recorded: [[Constant]], found: [[Constant]]) -> ReplayResult {
    if found.isEmpty { return .fixed }
    let found = Set(found)
    return recorded.contains { found.contains($0) } ? .stillBroken : .changed
  }

  private mutating func program(_ files: [String]) throws(InvalidProgram) -> Program {
    if let program = programs[files] { return program }
    let program = try Program(reading: files)
    programs[files] = program
    return program
  }

  private mutating func compiled(_ program: Program, _ files: [String], _ nodes: Nodes) -> CompiledProgram {
    let key = Key(files: files, nodes: nodes)
    if let known = compiled[key] { return known }
    let fresh = CompiledProgram(program, nodes: nodes)
    compiled[key] = fresh
    return fresh
  }
}
