import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Search
import Workbench

extension Report {
  /// The verdict as JSON, in the format `faultline-verdict/1`.
  ///
  /// Where all minimal sets were asked for, a member `minimalSets` at the end describes the list. Where a
  /// limit stopped the search, `stopped` says which limit, how many faults are proved harmless and, for a
  /// budget, which relation filled it; for memory, how much that is.
  package var json: JSON {
    if let failure { return Refusal.run(failure).json }
    var members = document.members
    if let minimalSetsJSON { members.append(.init(key: "minimalSets", value: minimalSetsJSON)) }
    if let whyNot { members.append(whyNot.member) }
    return .object(members + stoppedMembers)
  }

  /// Which limit stopped the search, and what is known nevertheless; none where none did.
  var stoppedMembers: [JSON.Member] {
    guard let limit = answer.limit else { return [] }
    var stopped: [JSON.Member] = [
      .init(key: "by", value: .string(limit.kind.rawValue)),
      .init(key: "harmlessUpTo", value: answer.harmlessUpTo.map { .integer($0) } ?? .null),
    ]
    if let largest = limit.largestRelation {
      let value: JSON = [
        "name": .string(largest.name), "tuples": .integer(largest.tuples), "of": .integer(largest.all),
      ]
      stopped.append(.init(key: "largestRelation", value: value))
    }
    if let memory = limit.memoryLimit {
      stopped.append(.init(key: "memoryLimit", value: .integer(memory.mebibytes)))
    }
    return [.init(key: "stopped", value: .object(stopped))]
  }

  private var document: JSON {
    let bounds = question.bounds
    let before: JSON = [
      "format": question.sought == nil ? "faultline-verdict/1" : "faultline-find/1",
      "program": JSON(question.program, files: files),
      "bounds": JSON(bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": question.outcome.map { .string($0.name) } ?? .null,
      "crashView": .string(question.crashView.rawValue),
    ]
    let verdict: JSON = [
      "verdict": .string(verdictWord),
      "vacuous": .bool(answer.isVacuous),
      "warnings": .array(warningsJSON),
      "settled": settledJSON,
      "forever": aftermath.map { JSON($0) } ?? .null,
      "faultSpace": bounds.faultSpaceText.map { .string($0) } ?? .null,
      "counterexamples": counterexamplesJSON,
    ]
    let after: JSON = [
      "certificate": certificate.map { .string($0) } ?? .null,
      "seconds": JSON(seconds: answer.cost),
    ]
    let asked =
      question.sought.map { [JSON.Member(key: "find", value: JSON($0))] }
      ?? (question.namesProperties
        ? [JSON.Member(key: "properties", value: .array(question.properties.map { .string($0.name) }))] : [])
    let covered = coverage.map { [JSON.Member(key: "coverage", value: $0.json)] } ?? []
    return .object(
      before.members + asked + strategyMembers + verdict.members + crashedMembers + milderMembers
        + figureMembers
        + covered + after.members)
  }

  /// The crashed nodes on which the counterexample rests, where there are some.
  private var crashedMembers: [JSON.Member] {
    let crashed = computingCrashed.map { JSON.string(nodes[$0].string) }
    return crashed.isEmpty ? [] : [.init(key: "computingCrashed", value: .array(crashed))]
  }

  /// A milder set beside the counterexample, where there is one.
  var milderMembers: [JSON.Member] {
    guard let set = answer.milder else { return [] }
    let faults = JSON.Member(key: "faults", value: JSON(set.faults, nodes: nodes))
    return [
      .init(
        key: "milder",
        value: .object(
          [faults] + JSON.members(set.inputs) + JSON.members(set.violations, in: question)))
    ]
  }

  /// The verdict in a word; where rows are looked for, whether one is found.
  private var verdictWord: String {
    guard question.sought != nil else { return answer.verdict.rawValue }
    return switch answer.verdict {
    case .counterexample: "found"
    case .holds: "none"
    case .inconclusive, .badBaseline, .error: answer.verdict.rawValue
    }
  }

  /// The program's warnings at these bounds, and the cautions about the verdict.
  private var warningsJSON: [JSON] {
    warnings.map { JSON($0, sources: question.program.sources) }
      + cautions.map { JSON($0) }
  }

  func json(_ scenario: Scenario, isMinimum: Bool, _ violations: [Violation]) -> JSON {
    let faults: JSON = ["faults": JSON(scenario.faults, nodes: nodes)]
    let rest: JSON = ["minimum": .bool(isMinimum), "confirmed": true]
    return .object(
      faults.members + JSON.members(scenario.inputs) + rest.members
        + JSON.members(violations, in: question))
  }
}

extension JSON {
  /// `{"heals": 9}`, `{"from": 12, "period": 3}` where it is broken for ever, or null.
  init(_ aftermath: Aftermath) {
    switch (aftermath.outcome, aftermath.recurrence) {
    case (.heals(let round), _): self = ["heals": .integer(round.position)]
    case (.isBrokenForEver, let loop?):
      self = ["from": .integer(loop.first.position), "period": .integer(loop.period)]
    case (.isBrokenForEver, nil), (.isOpen, _): self = .null
    }
  }
}
