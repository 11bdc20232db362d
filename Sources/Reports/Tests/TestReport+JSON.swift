import Dedalus
import Documents
import Properties
import Scenarios
import Texts
import Workbench

extension TestReport {
  /// The results as `faultline-test/1`.
  package var json: JSON {
    [
      "format": "faultline-test/1",
      "scenarios": .array(answers.map(Self.json)),
      "counts": .object(
        [
          .init(key: "programs", value: .integer(programs.count)),
          .init(key: "scenarios", value: .integer(answers.count)),
          .init(key: "asExpected", value: .integer(answers.count - failures.count)),
        ] + (open > 0 ? [.init(key: "open", value: .integer(open))] : [])),
      "seconds": ["total": .decimal(seconds)],
    ]
  }

  private static func json(_ answer: ScenarioAnswer) -> JSON {
    [
      "file": .string(answer.path),
      "line": answer.line.map { .integer($0) } ?? .null,
      "scenario": (try? answer.scenario.get()).map(json) ?? .null,
      "found": json(answer.outcome),
      "asExpected": .bool(answer.isAsExpected),
      "complaint": answer.complaint.map { .string($0) } ?? .null,
      "seconds": ["total": .decimal(answer.seconds)],
    ]
  }

  private static func json(_ scenario: ScenarioLine) -> JSON {
    let inquiry = scenario.inquiry
    let settings = [BudgetSetting("crashes", "0")] + inquiry.settings
    let budgets = Dictionary(settings.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let bounds = BudgetSetting.names.compactMap { name in
      budgets[name].map { JSON.Member(key: name, value: wholeNumber($0).map { .integer($0) } ?? .string($0)) }
    }
    let rounds: [JSON.Member] = [
      .init(key: "eot", value: .integer(inquiry.eot)), .init(key: "eff", value: .integer(inquiry.eff)),
    ]
    let rest: KeyValuePairs<String, JSON> = [
      "nodes": inquiry.nodes.map { .array($0.names.map { .string($0.string) }) } ?? .null,
      "oracle": .string(inquiry.oracle.rawValue),
      "outcome": inquiry.namedOutcome.map { .string($0) } ?? .null,
      "crashView": .string(inquiry.crashView.rawValue),
      "expect": .string(scenario.expected.rawValue),
      "minimum": scenario.minimum.map { .integer($0) } ?? .null,
      "because": scenario.reason.map { .string($0) } ?? .null,
    ]
    let asked: [JSON.Member] =
      inquiry.properties.isEmpty
      ? [] : [.init(key: "properties", value: .array(inquiry.properties.map { .string($0) }))]
    let mode = inquiry.mode.map { [JSON.Member(key: "mode", value: .string($0.rawValue))] } ?? []
    return .object(rounds + bounds + asked + mode + rest.map { JSON.Member(key: $0.key, value: $0.value) })
  }

  private static func json(_ outcome: ScenarioAnswer.Outcome) -> JSON {
    switch outcome {
    case .refused(let refusal): return refusal.json
    case .found(let finding, _):
      let head: JSON = [
        "verdict": .string(finding.verdict.rawValue),
        "vacuous": .bool(finding.isVacuous),
        "faults": finding.faults.map { JSON($0, nodes: finding.bounds.nodes) } ?? .null,
      ]
      let minimum: JSON = ["minimum": .bool(finding.isMinimum)]
      let limit: JSON = [
        "limit": finding.limit.map { .string($0.kind.rawValue) } ?? .null
      ]
      let warnings = JSON.members(
        warnings: finding.warnings, finding.cautions, sources: finding.question.program.sources)
      return .object(
        head.members + JSON.members(finding.inputs) + minimum.members
          + JSON.members(finding.violations, in: finding.question) + limit.members + warnings)
    }
  }
}
