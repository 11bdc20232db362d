// A crash in round 1 and a crash of the same node in round 2 are two faults. Where the node sends nothing in
// round 1, both have the same effect, so a list of minimal sets says one thing several times. Sets that
// differ only in the round of one crash, and break with the same inputs, are shown as one line.

import Evaluation
import Scenarios

/// Fault sets of a list that differ only in the round of one crash.
public struct CrashGroup: Hashable, Sendable {
  /// The indices of the sets in the list, ordered by the round of that crash; at least one.
  public let members: [Int]
  /// The crashed node; nil where the group has one set.
  public let node: NodeID?
  /// The rounds of its crash, ascending.
  public let rounds: [Round]

  /// Groups the sets of `list`, each with the inputs with which it breaks; groups are ordered by their first
  /// sets. A set with two crashes joins the largest group that it fits.
  public static func groups(of list: [Scenario]) -> [CrashGroup] {
    var sets: [Rest: [Int]] = [:]
    for (place, set) in list.enumerated() {
      for rest in Rest.all(of: set) { sets[rest, default: []].append(place) }
    }
    var isTaken = Array(repeating: false, count: list.count)
    var groups: [CrashGroup] = []
    for (place, set) in list.enumerated() where !isTaken[place] {
      var best: (rest: Rest, members: [Int])?
      for rest in Rest.all(of: set) {
        let members = (sets[rest] ?? []).filter { !isTaken[$0] }
        if members.count > best?.members.count ?? 1 { best = (rest, members) }
      }
      let group =
        best.map { CrashGroup($0.members, crashing: $0.rest.node, in: list) }
        ?? CrashGroup(members: [place], node: nil, rounds: [])
      assert(group.members.allSatisfy { !isTaken[$0] }, "a set is in one group")
      for member in group.members { isTaken[member] = true }
      groups.append(group)
    }
    assert(groups.reduce(0) { $0 + $1.members.count } == list.count, "every set is in a group")
    return groups
  }

  private init(members: [Int], node: NodeID?, rounds: [Round]) {
    (self.members, self.node, self.rounds) = (members, node, rounds)
  }

  private init(_ members: [Int], crashing node: NodeID, in list: [Scenario]) {
    let timed = members.compactMap { place in
      list[place].faults.lastingFault(at: node).map { (place: place, round: $0.round) }
    }.sorted { $0.round < $1.round }
    self.init(members: timed.map(\.place), node: node, rounds: timed.map(\.round))
  }

  /// The rounds of the crash in words: `2 at the latest` for rounds 1 and 2, `3, 4 or 6`.
  public var roundsText: String {
    guard let last = rounds.last, rounds.count > 1 else { return rounds.first.map { "\($0.rawValue)" } ?? "" }
    if last.position == rounds.count { return "\(last.rawValue) at the latest" }
    return rounds.dropLast().map { "\($0.rawValue)" }.joined(separator: ", ") + " or \(last.rawValue)"
  }

  /// A fault set without the round of one of its crashes, and its inputs.
  private struct Rest: Hashable {
    let node: NodeID
    let others: [Fault]
    let inputs: Inputs

    static func all(of set: Scenario) -> [Rest] {
      set.faults.faults.compactMap { fault in
        guard case .node(let node) = fault.subject, fault.meaning.isForGood else { return nil }
        return Rest(node: node, others: set.faults.faults.filter { $0 != fault }, inputs: set.inputs)
      }
    }
  }
}

extension FaultSet {
  /// The first fault at `node` that lasts to the end of the run.
  fileprivate func lastingFault(at node: NodeID) -> Fault? {
    faults.first { $0.subject == .node(node) && $0.meaning.isForGood }
  }
}

extension CrashGroup {
  /// Whether `fault` is the crash whose round differs between the sets of the group.
  public func varies(_ fault: Fault) -> Bool {
    node.map { fault.subject == .node($0) && fault.meaning.isForGood } ?? false
  }
}
