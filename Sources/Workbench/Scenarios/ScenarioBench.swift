import Answers
import Dedalus
import Documents
import Evaluation
import Files
import Properties
import Scenarios
import Search
import Texts

/// Runs the scenarios of many programs; each program is read once.
package struct ScenarioBench: Sendable {
  private let threads: Int
  private let patience: Patience
  private let refusesWarnings: Bool

  /// Limits each scenario by `patience`; with `refusesWarnings`, one with a warning is not as expected.
  package init(threads: Int, patience: Patience, refusesWarnings: Bool = false) {
    self.threads = threads
    self.patience = patience
    self.refusesWarnings = refusesWarnings
  }

  /// A file with scenario lines, and its program.
  package struct Subject: Sendable {
    let path: String
    let scenarios: [Result<ScenarioLine, InvalidFile>]
    let program: Result<Program, Refusal>

    /// How many scenario lines the file has.
    package var scenarioCount: Int { scenarios.count }

    /// The paths of the files that were read for the program.
    package var paths: [String] {
      switch program {
      case .success(let program): program.paths
      case .failure(.program(let error)): error.sources.map(\.path)
      case .failure: []
      }
    }
  }

  /// The subjects of `files`, in order; a file without scenario lines is left out.
  package func subjects(of files: [String]) -> [Subject] {
    Workers.map(files.count, threads: threads) { Self.subject(files[$0]) }.compactMap { $0 }
  }

  /// The answers for `subjects`, in order, without those that an interruption leaves open.
  ///
  /// - Throws: `Disagreement`, which is a bug in Faultline.
  package func answers(about subjects: [Subject]) throws(Disagreement) -> [ScenarioAnswer] {
    let tasks = subjects.flatMap { subject in
      subject.scenarios.map { (subject: subject, scenario: $0) }
    }
    let answers = Workers.map(tasks.count, threads: threads) { number in
      patience.isInterrupted() ? nil : answer(tasks[number].scenario, of: tasks[number].subject)
    }
    var results: [ScenarioAnswer] = []
    for answer in answers {
      if let answer = try answer?.get(), !answer.isInterrupted { results.append(answer) }
    }
    return results
  }

  /// The file at `path`; nil where it has no scenario line.
  ///
  /// A file that cannot be read counts as a scenario that cannot be run, since its contents are unknown.
  private static func subject(_ path: String) -> Subject? {
    let source: SourceFile
    do throws(UnreadableFile) {
      source = try SourceFile(reading: path, atMost: Program.mostBytes)
    } catch {
      let failure = InvalidFile(path: path, code: "unreadable-file", message: error.phrase)
      return Subject(path: path, scenarios: [.failure(failure)], program: .failure(.file(failure)))
    }
    let scenarios = ScenarioLine.each(in: source)
    guard !scenarios.isEmpty else { return nil }
    let program = Result { () throws(InvalidProgram) in try Program(reading: [path]) }
    return Subject(path: path, scenarios: scenarios, program: program.mapError { .program($0) })
  }

  private func answer(
    _ scenario: Result<ScenarioLine, InvalidFile>, of subject: Subject
  ) -> Result<ScenarioAnswer, Disagreement> {
    let clock = ContinuousClock()
    let start = clock.now
    return Result { () throws(Disagreement) in
      let outcome = try outcome(scenario, of: subject)
      return ScenarioAnswer(
        path: subject.path, scenario: scenario, outcome: outcome, seconds: (clock.now - start).inSeconds)
    }
  }

  private func outcome(
    _ scenario: Result<ScenarioLine, InvalidFile>, of subject: Subject
  ) throws(Disagreement) -> ScenarioAnswer.Outcome {
    let line: ScenarioLine
    switch scenario {
    case .success(let readable): line = readable
    case .failure(let error): return .refused(.file(error))
    }
    let program: Program
    switch subject.program {
    case .success(let readable): program = readable
    case .failure(let refusal): return .refused(refusal)
    }
    let question: Question
    do throws(InvalidQuestion) {
      question = try line.question(about: program)
    } catch {
      return .refused(.file(InvalidFile(error, in: subject.path, line: line.line)))
    }
    let answer = try check(question, patience: patience)
    let finding = ScenarioAnswer.Finding(
      answer, warnings: program.warnings + program.warnings(about: line.inquiry, upTo: line.inquiry.eot))
    let objection = refusesWarnings ? finding.objection : nil
    return .found(finding, discrepancy: line.discrepancy(in: answer) ?? objection)
  }
}
