import Documents
import Properties
import ReferenceEncoder
import Scenarios

extension CertificateClaim {
  static let keys = ["statement"] + AskedQuestion.keys + ["harmlessUpTo", "faults", "violated"]
  static let optionalKeys = AskedQuestion.optionalKeys + ["inputs", "violations", "minimalSets", "settled"]

  /// The claim as a document.
  public var json: JSON {
    let first = breaking.first ?? BreakingFaults(faults: .none, inputs: .none, violations: [])
    var members =
      [JSON.Member(key: "statement", value: .string(statement))] + asked.members + [
        JSON.Member(key: "harmlessUpTo", value: harmlessUpTo.map { .integer($0) } ?? .null)
      ] + self.members(first)
    if case .minimalSets(let sets, let isComplete) = conclusion {
      members.append(
        .init(
          key: "minimalSets",
          value: ["complete": .bool(isComplete), "sets": .array(sets.map { .object(self.members($0)) })]))
    }
    if let settling {
      members.append(
        .init(
          key: "settled",
          value: [
            "period": .integer(settling.period), "quiet": .integer(settling.quiet),
            "calm": .integer(settling.calm),
          ]))
    }
    return .object(members)
  }

  private func members(_ set: BreakingFaults) -> [JSON.Member] {
    [.init(key: "faults", value: JSON(set.faults, nodes: asked.bounds.nodes))] + JSON.members(set.inputs)
      + JSON.members(set.violations, of: asked.outcome, named: asked.namesProperties)
  }

  init(_ value: StrictJSON) throws(JSONError) {
    let object = try StrictObject(value, keys: Self.keys, optional: Self.optionalKeys)
    asked = try AskedQuestion(object)
    let first = try BreakingFaults(object, of: asked)
    if let settled = object.value(of: "settled") {
      guard first.faults.count == 0, object.value(of: "minimalSets") == nil else {
        throw JSONError(
          message: "runs that come to rest are not claimed of what breaks", offset: settled.offset,
          wrongness: .meaning)
      }
      conclusion = .holdsForEver(try ReferenceSettling(settled))
      return
    }
    guard let listed = object.value(of: "minimalSets") else {
      conclusion = first.faults.count == 0 ? .holds : .minimum(first)
      if case .holds = conclusion, let inputs = object.value(of: "inputs") {
        throw JSONError(
          message: "inputs belong to faults, and there are none", offset: inputs.offset, wrongness: .meaning)
      }
      return
    }
    let list = try StrictObject(listed, keys: ["complete", "sets"])
    var sets: [BreakingFaults] = []
    for element in try list["sets"].elements(atMost: 1_000_000) {
      let keys = ["faults", "violated"]
      sets.append(
        try BreakingFaults(StrictObject(element, keys: keys, optional: ["inputs", "violations"]), of: asked))
    }
    if let flaw = Self.flaw(of: sets, first) {
      throw JSONError(message: flaw, offset: listed.offset, wrongness: .meaning)
    }
    conclusion = .minimalSets(sets, isComplete: try list["complete"].bool())
  }

  /// Why `sets` are not all minimal sets that there are up to some size; nil where they may be. A set that
  /// contains none of the others, while every breaking set contains one, is minimal.
  static func flaw(of sets: [BreakingFaults], _ first: BreakingFaults) -> String? {
    guard sets.first == first, first.faults.count > 0 else {
      return "the first of the sets is not the smallest"
    }
    for (position, set) in sets.enumerated() {
      let earlier = sets[..<position]
      if let last = earlier.last, last.faults.count > set.faults.count {
        return "a set stands here before a smaller one"
      }
      let faults = Set(set.faults.faults)
      if earlier.contains(where: { faults.isSuperset(of: $0.faults.faults) }) {
        return "one of these sets contains another"
      }
    }
    return nil
  }
}

extension ReferenceSettling {
  fileprivate init(_ value: StrictJSON) throws(JSONError) {
    let object = try StrictObject(value, keys: ["period", "quiet", "calm"])
    let largest = Int(Int32.max)
    self.init(
      period: try object["period"].integer(in: 1...largest),
      quiet: try object["quiet"].integer(in: 1...largest),
      calm: try object["calm"].integer(in: 0...largest))
  }
}

extension CertificateClaim.BreakingFaults {
  fileprivate init(_ object: StrictObject, of asked: AskedQuestion) throws(JSONError) {
    faults = try object["faults"].faults(within: asked.bounds)
    inputs = try object.inputs(within: asked.bounds)
    violations = try object.violations(of: asked)
  }
}
