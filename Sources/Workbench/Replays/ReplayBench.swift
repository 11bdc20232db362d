import Dedalus
import Documents
import Evaluation
import Files
import Properties
import Scenarios
import Texts

/// Replays one file after another. A program that many files share is read, hashed and planned once.
package struct ReplayBench {
  private let programFiles: [String]
  private let chosen: [String]
  private var programs: [[Text]: Result<Source, InvalidProgram>] = [:]
  private var compiled: [Key: CompiledProgram] = [:]

  /// The present state of a program.
  private struct Source {
    let program: Program
    /// The digests of its files, sorted.
    let digests: [String]
  }

  private struct Key: Hashable {
    let files: [Text]
    let nodes: Nodes
  }

  /// If there are `programFiles`, they replace the program that each counterexample names. What `chosen` says
  /// of an open fact counts instead of what a counterexample says of it.
  package init(programFiles: [String], choosing chosen: [String] = []) {
    (self.programFiles, self.chosen) = (programFiles, chosen)
  }

  /// Runs today's program under the faults in the file at `path`.
  package mutating func replay(_ path: String) -> ReplayAnswer {
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = outcome(path)
    return ReplayAnswer(path: path, outcome: outcome, seconds: (clock.now - start).inSeconds)
  }

  /// The program files against which the file at `path` is replayed, as far as they can be read.
  package mutating func paths(of path: String) -> [String] {
    guard let files = programFiles.isEmpty ? try? SavedCounterexample(path).files : programFiles else {
      return []
    }
    return files + ((try? source(files))?.program.paths ?? [])
  }

  private mutating func outcome(_ path: String) -> ReplayAnswer.Outcome {
    do {
      return .ran(try findings(path))
    } catch let error as InvalidQuestion {
      return .unreadable(.file(InvalidFile(error, in: path)))
    } catch {
      return .unreadable(Refusal(error))
    }
  }

  private mutating func findings(_ path: String) throws -> ReplayAnswer.Findings {
    let saved = try SavedCounterexample(path)
    let file = saved.file
    let files = programFiles.isEmpty ? saved.files : programFiles
    let source = try self.source(files)
    let question = try file.asked.question(about: source.program)
    let compiled = self.compiled(source.program, files, file.asked.bounds.nodes)
    let inputs = try question.bounds.possibleInputs.inputs(choosing: chosen, otherwise: file.inputs)
    let trial = Trial(
      compiled, question.setting, question: question, Scenario(file.faults, inputs), budget: .standard)
    if let failure = trial.failure { throw Refusal.run(failure) }
    if case .exhausted(let resource, let round) = trial.execution.ending {
      throw InvalidFile(
        path: path, code: "budget",
        message:
          "the budget of \(resource.rawValue) is used up in round \(round.rawValue)\(trial.execution.filling)"
      )
    }
    let inert = question.inertFaults(of: trial.execution) { faults in
      compiled.run(question.setting, under: Scenario(faults, inputs), budget: .standard)
    }
    let difference = ReplayDifference(recorded: file.violations, trial: trial, question: question)
    return ReplayAnswer.Findings(
      result: inert.count == file.faults.count && !inert.isEmpty
        ? .inert : Self.result(recorded: file.violations, found: trial.violations),
      faults: file.faults, inputs: inputs, nodes: file.asked.bounds.nodes, inert: inert,
      hasProgramChanged: source.digests != saved.digests, violations: trial.violations, question: question,
      difference: difference.line, places: trial.placesOfViolatedRows)
  }

  /// Whether one of the recorded rows is still violated.
  private static func result(recorded: [Violation], found: [Violation]) -> ReplayResult {
    if found.isEmpty { return .fixed }
    let found = Set(found.rowsByProperty)
    return recorded.rowsByProperty.contains { found.contains($0) } ? .stillBroken : .changed
  }

  private mutating func source(_ files: [String]) throws(InvalidProgram) -> Source {
    let paths = files.map { Text($0) }
    if let known = programs[paths] { return try known.get() }
    let fresh = Result { () throws(InvalidProgram) in
      let program = try Program(reading: files)
      return Source(program: program, digests: program.sources.map { "sha256:" + $0.digest }.sorted())
    }
    programs[paths] = fresh
    return try fresh.get()
  }

  private mutating func compiled(_ program: Program, _ files: [String], _ nodes: Nodes) -> CompiledProgram {
    let key = Key(files: files.map { Text($0) }, nodes: nodes)
    if let known = compiled[key] { return known }
    let fresh = CompiledProgram(program, nodes: nodes)
    compiled[key] = fresh
    return fresh
  }
}

extension Trial {
  /// The rules (or facts) that derive the violated rows, each once: those of the rows that hold and demand
  /// something; or, where rows of the failure-free run are missing, those that derive these rows there.
  fileprivate var placesOfViolatedRows: [Place] {
    guard let question, !violations.isEmpty else { return [] }
    var places: [Place] = []
    for violation in violations {
      guard let evidence = question.property(named: violation.property)?.evidence(for: violation),
        let source = evidence.present ?? evidence.absent.first
      else { continue }
      let run = evidence.present == nil ? baseline ?? execution : execution
      guard let range = run.origin(of: violation, at: source) else { continue }
      let place = Place(range, in: run.program.sources)
      if !places.contains(place) { places.append(place) }
    }
    return places
  }
}

extension Execution {
  /// The rule of the first firing that derives the row at `place`, or else the fact that it is.
  fileprivate func origin(of violation: Violation, at place: Property.Evidence.Place) -> SourceRange? {
    guard let tuple = tuple(of: violation, at: place) else { return nil }
    if let rule = firingIDs.lazy.filter({ head(of: $0) == tuple }).compactMap({ rule(of: $0) }).first {
      return program.rules[rule].range
    }
    return program.facts.first { $0.relation == place.relation && $0.values == violation.row }?.range
      ?? program.choices.first { $0.relation == place.relation && $0.values == violation.row }?.range
  }
}
