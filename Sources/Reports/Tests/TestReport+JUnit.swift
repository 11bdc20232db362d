import Workbench

extension TestReport {
  /// The scenarios as test results, a suite for each program.
  package var junit: JUnitDocument {
    JUnitDocument(
      programs.map { program in
        .init(name: program.path, cases: program.answers.map(Self.test))
      })
  }

  private static func test(_ answer: ScenarioAnswer) -> JUnitDocument.Case {
    var name = answer.line.map { "line \($0)" } ?? "the whole file"
    if case .success(let scenario) = answer.scenario {
      name += ": \(answer.bounds ?? "") \(scenario.expected.rawValue)"
    }
    return .init(name: name, group: answer.path, seconds: answer.seconds, result: result(answer))
  }

  private static func result(_ answer: ScenarioAnswer) -> JUnitDocument.Result {
    guard let complaint = answer.complaint else { return .passed }
    switch answer.outcome {
    case .refused(let refusal): return .error(message: complaint, details: refusal.lines)
    case .found:
      let notes = answer.notes.map { "\($0.name): \($0.text)" }
      return .failed(message: complaint, details: [answer.place] + notes)
    }
  }
}
