import Dedalus
import Evaluation
import Indices
import Scenarios

/// Decides which steps of a lineage share a box; LineageBoxes has the rules.
struct Folding {
  private(set) var partition: Partition

  private let lineage: LineageSteps
  private let tails: IndexedArray<StepID, [StepID]>
  private let sending: Set<StepID>

  /// The number of steps beyond which a lineage is not folded across rounds: the paths between all of them
  /// must be known.
  private static let largest = 12_000
  /// The largest number of attempts for a lineage, if it has many steps.
  private static func mostAttempts(_ steps: Int) -> Int { steps <= 1_000 ? .max : 40 }

  init(_ lineage: LineageSteps) {
    self.lineage = lineage
    partition = Partition(count: lineage.steps.count)
    var tails = IndexedArray<StepID, [StepID]>(repeating: [], count: lineage.steps.count)
    var sending: Set<StepID> = []
    for arrow in lineage.arrows {
      tails[arrow.head].append(arrow.tail)
      if arrow.sent != nil { sending.insert(arrow.tail) }
    }
    self.tails = tails
    self.sending = sending
  }

  /// Folds copies into what they copy, in order of rounds, so that the beginning of a chain is folded before
  /// the rest joins it.
  mutating func foldCopies() {
    let tuples = lineage.steps.indices.filter { lineage.steps[$0].kind.isTuple }
      .sorted { (lineage.steps[$0].round, $0) < (lineage.steps[$1].round, $1) }
    for tuple in tuples {
      guard tails[tuple].count == 1, let origin = copied(by: tails[tuple][0], to: tuple) else { continue }
      partition.join(tails[tuple][0], to: origin)
      partition.join(tuple, to: origin)
    }
  }

  /// The tuple of the round before that `firing` only copies; nil for any other firing.
  private func copied(by firing: StepID, to tuple: StepID) -> StepID? {
    guard lineage.steps[firing].isCopy, tails[firing].count == 1, let origin = tails[firing].first,
      lineage.steps[origin].subject == lineage.steps[tuple].subject,
      lineage.steps[origin].kind == lineage.steps[tuple].kind
    else { return nil }
    return origin
  }

  /// Makes the only firing of a box part of it. A firing that sends a message stays separate where it rests
  /// on several tuples, so that the message is one arrow.
  mutating func absorbSingleFirings() {
    var firings: [StepID: Set<StepID>] = [:]
    var feeding: [StepID: Set<StepID>] = [:]
    for arrow in lineage.arrows {
      let (tail, head) = (partition.leader(of: arrow.tail), partition.leader(of: arrow.head))
      guard tail != head else { continue }
      if lineage.steps[arrow.tail].kind == .firing {
        firings[head, default: []].insert(tail)
      } else if lineage.steps[arrow.tail].kind.isTuple, arrow.kind == .premise {
        feeding[head, default: []].insert(tail)
      }
    }
    for step in lineage.steps.indices {
      guard let found = firings[step], found.count == 1, let firing = found.first else { continue }
      if sending.contains(firing) && feeding[firing]?.count != 1 { continue }
      partition.join(firing, to: step)
    }
  }

  // MARK: The same in several rounds

  /// The same thing in several rounds.
  private struct Recurrence: Hashable {
    let kind: StepKind
    let subject: SubjectID
    let excluded: Fault?
    /// Whether it is not followed further.
    let isLeaf: Bool
  }

  /// Joins the steps about one row, or one absence, in several rounds, as far as that creates no false path.
  /// First all are joined; then, as long as there is a path that did not exist before, the steps at its bend
  /// are separated again.
  mutating func foldAcrossRounds() {
    let groups = recurrences()
    guard lineage.steps.count <= Self.largest else { return }
    let paths = PathOracle(lineage)
    var apart: Set<StepID> = []
    for _ in 0..<Self.mostAttempts(lineage.steps.count) {
      var attempt = partition
      for group in groups where !apart.contains(group[0]) {
        for step in group.dropFirst() { attempt.join(step, to: group[0]) }
      }
      joinFirings(in: &attempt)
      guard let bend = paths.bendOfFalsePath(in: attempt) else {
        partition = attempt
        return
      }
      guard let group = groups.first(where: { !apart.contains($0[0]) && !bend.isDisjoint(with: $0) }) else {
        assertionFailure("only what was joined bends a path")
        return
      }
      apart.insert(group[0])
    }
  }

  /// The groups of two or more steps about one thing.
  private func recurrences() -> [[StepID]] {
    var groups: [Recurrence: [StepID]] = [:]
    var order: [Recurrence] = []
    for step in lineage.steps.indices {
      let content = lineage.steps[step]
      guard content.kind.isTuple || content.kind == .absence else { continue }
      let key = Recurrence(
        kind: content.kind, subject: content.subject, excluded: content.excluded, isLeaf: tails[step].isEmpty)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(step)
    }
    return order.compactMap { groups[$0] }.filter { $0.count > 1 }
  }

  /// Joins firings of one rule for one box from the same boxes; joins copies within a box to that box.
  private func joinFirings(in partition: inout Partition) {
    struct Alike: Hashable {
      let rule: SubjectID
      let head: StepID
      let tails: Set<StepID>
    }
    var known: [Alike: StepID] = [:]
    for arrow in lineage.arrows where lineage.steps[arrow.tail].kind == .firing {
      let (firing, head) = (arrow.tail, partition.leader(of: arrow.head))
      let tails = Set(self.tails[firing].map { partition.leader(of: $0) })
      if tails == [head] {
        partition.join(firing, to: head)
      } else {
        let key = Alike(rule: lineage.steps[firing].subject, head: head, tails: tails)
        if let other = known[key] { partition.join(firing, to: other) } else { known[key] = firing }
      }
    }
  }
}

/// Knows every path of a lineage, to detect false paths in a partition of its steps.
private struct PathOracle {
  private let lineage: LineageSteps
  private let paths: Reachability

  init(_ lineage: LineageSteps) {
    self.lineage = lineage
    paths = Reachability(LineageBoxes(unfolded: lineage).supports)
  }

  /// The steps of a set through which `partition` has a false path: a path between two sets although no step
  /// of the first reaches any step of the second. Nil where there is no false path. Firings are only passed
  /// through.
  func bendOfFalsePath(in partition: Partition) -> Set<StepID>? {
    let sets = Sets(lineage, partition)
    let foldedPaths = Reachability(sets.supports)
    for start in sets.members.indices where !sets.isFiring[start] {
      let real = realEnds(of: start, sets)
      for end in sets.members.indices where start != end && !sets.isFiring[end] {
        guard foldedPaths.reaches(start, end), !real[end] else { continue }
        return bend(from: start, to: end, real, sets)
      }
    }
    return nil
  }

  /// For each set: whether a step of the set `start` reaches one of its steps.
  private func realEnds(of start: Int, _ sets: Sets) -> [Bool] {
    var real = Array(repeating: false, count: sets.members.count)
    for step in paths.reached(from: sets.members[start].map(\.position)) { real[sets.setOfStep[step]] = true }
    return real
  }

  /// The last set on a shortest false path that its start really reaches.
  private func bend(from start: Int, to end: Int, _ real: [Bool], _ sets: Sets) -> Set<StepID> {
    let path = sets.shortestPath(from: start, to: end)
    let broken = path.dropFirst().first { !real[$0] }
    let last = path.prefix { $0 != broken }.last { !sets.isFiring[$0] }
    return Set(last.map { sets.members[$0] } ?? [])
  }

  /// A partition as a graph.
  private struct Sets {
    var members: [[StepID]] = []
    var setOfStep: [Int] = []
    var isFiring: [Bool] = []
    var supports: [[Int]] = []

    init(_ lineage: LineageSteps, _ partition: Partition) {
      var numbers: [StepID: Int] = [:]
      for step in lineage.steps.indices {
        let leader = partition.leader(of: step)
        let number = numbers[leader] ?? members.count
        if number == members.count { members.append([]) }
        numbers[leader] = number
        members[number].append(step)
        setOfStep.append(number)
      }
      isFiring = members.map { $0.allSatisfy { lineage.steps[$0].kind == .firing } }
      supports = Array(repeating: [], count: members.count)
      for arrow in lineage.arrows {
        let (tail, head) = (setOfStep[arrow.tail.position], setOfStep[arrow.head.position])
        if tail != head { supports[head].append(tail) }
      }
    }

    func shortestPath(from start: Int, to end: Int) -> [Int] {
      var previous: [Int: Int] = [:]
      var ring = [start]
      while previous[end] == nil, !ring.isEmpty {
        var further: [Int] = []
        for set in ring {
          for next in supports[set] where next != start && previous[next] == nil {
            previous[next] = set
            further.append(next)
          }
        }
        ring = further
      }
      var path = [end]
      while let before = previous[path[path.count - 1]] { path.append(before) }
      return path.reversed()
    }
  }
}
