import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios

/// A run of which a picture is drawn.
package struct DrawnRun {
  package let trial: Trial
  /// For a counterexample: what was asked, the run without its faults, and whether no smaller set breaks it.
  package let counterexample: (question: Question, baseline: Execution, isMinimum: Bool)?
  package let title: String

  /// The run of `program` that `inquiry` and `scenario` describe.
  package init(_ program: Program, _ inquiry: Inquiry, _ scenario: Scenario, title: String) throws {
    trial = try Trial(program, inquiry, scenario, budget: .standard)
    counterexample = nil
    self.title = title
  }

  /// The run of today's program under the faults of the counterexample file at `path`. The call writes
  /// `outputs`, which must not be a file of the program.
  package init(saved path: String, writing outputs: inout OutputFiles) throws {
    let saved = try SavedCounterexample(path)
    let program = try Program(reading: saved.files)
    let question = try saved.file.asked.question(about: program)
    try outputs.begin(reading: program.paths)
    let compiled = CompiledProgram(program, nodes: question.bounds.nodes)
    let inputs = try question.bounds.possibleInputs.inputs(choosing: saved.file.inputs.facts)
    let scenario = Scenario(saved.file.faults, inputs)
    trial = Trial(compiled, question.setting, question: question, scenario, budget: .standard)
    let baseline = compiled.run(question.setting, under: scenario.withoutFaults)
    counterexample = (question, baseline, saved.file.minimum)
    title = path
  }

  /// A run that is on record in the store at `path`.
  package init(_ run: StoredRun, storedIn path: String) {
    trial = run.trial
    let isCounterexample = !trial.violations.isEmpty && trial.execution.faults.count > 0
    counterexample = isCounterexample ? trial.question.map { ($0, run.baseline, run.isMinimum) } : nil
    title = trial.execution.program.sources.elements.first?.path ?? path
  }
}
