import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios

// The answers for each property as JSON.

extension EachReport {
  /// The answers in the format `faultline-each/1`.
  package var json: JSON {
    let question = found.question
    let head: JSON = [
      "format": "faultline-each/1",
      "program": JSON(question.program, files: files),
      "bounds": JSON(question.bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": question.outcome.map { .string($0.name) } ?? .null,
      "crashView": .string(question.crashView.rawValue),
      "warnings": .array(
        warnings.map { JSON($0, sources: question.program.sources) } + sharedCautions.map { JSON($0) }),
      "faultSpace": question.bounds.faultSpaceText.map { .string($0) } ?? .null,
      "properties": .array(zip(found.answers, reports).map(json)),
    ]
    let covered = coverage.map { [JSON.Member(key: "coverage", value: $0.json)] } ?? []
    return .object(
      head.members + Report.figureMembers(of: found.cost) + covered + [
        .init(key: "seconds", value: JSON(seconds: found.cost))
      ])
  }

  private func json(_ answer: Answer, _ report: Report) -> JSON {
    let head: JSON = [
      "property": .string(answer.question.restriction.first ?? ""),
      "verdict": .string(answer.verdict.rawValue),
      "vacuous": .bool(answer.isVacuous),
      "warnings": .array(answer.cautions.filter { !sharedCautions.contains($0) }.map { JSON($0) }),
      "forever": report.aftermath.map { JSON($0) } ?? .null,
      "counterexamples": report.counterexamplesJSON,
    ]
    let proofs: JSON = [
      "proofs": ["checked": .integer(answer.cost[.proofs]), "steps": .integer(answer.cost[.proofSteps])]
    ]
    return .object(head.members + report.milderMembers + proofs.members + report.stoppedMembers)
  }
}

extension JSON {
  /// `caution` as a warning.
  init(_ caution: Caution) { self.init(.warning, caution.message, code: caution.code, fix: caution.fix) }
}
