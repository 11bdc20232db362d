import Workbench

extension ReplayReport {
  /// The answers as test results, one for each file. An unreadable file is an error; an unexpected result is
  /// a failure.
  package var junit: JUnitDocument {
    JUnitDocument([.init(name: "faultline replay", cases: answers.map(test))])
  }

  private func test(_ answer: ReplayAnswer) -> JUnitDocument.Case {
    .init(name: answer.path, group: "faultline.replay", seconds: answer.seconds, result: result(answer))
  }

  private func result(_ answer: ReplayAnswer) -> JUnitDocument.Result {
    switch answer.outcome {
    case .unreadable(let refusal):
      return .error(message: refusal.summary, details: refusal.lines)
    case .ran where isExpected(answer): return .passed
    case .ran(let findings):
      var details = findings.faults.faults.map { $0.sentence(findings.nodes) }
      if let chosen = findings.inputs.phrase { details.append("\(chosen) chosen") }
      if let remark = answer.remark { details.append(remark) }
      details += findings.places.map { "\($0.file):\($0.line)" }
      return .failed(message: complaint(about: answer), details: details)
    }
  }
}

extension Refusal {
  /// The text for standard error, line by line.
  var lines: [String] { text(coloured: false).split(separator: "\n").map(String.init) }
}
