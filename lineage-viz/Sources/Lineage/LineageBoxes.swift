// Folding makes a lineage smaller without changing what is reachable from what:
// - a chain of plain frame copies (the same row in consecutive rounds, each resting only on the one before)
//   is one box, "rounds 2–6". It is entered at its first round only, so no path is lost and no false path is
//   created;
// - a firing that is the only one of its tuple is part of the tuple's box: arrows into a box mean "all of
//   these". Where a tuple has several firings, each is drawn: arrows from firings mean "any one of these";
// - the same row or absence in several rounds (a retry, a heartbeat) is one box, unless that would create a
//   false path.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Names a box of a lineage.
struct BoxID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A lineage whose steps are gathered in boxes.
struct LineageBoxes {
  /// An arrow between two boxes.
  struct Arrow: Hashable {
    let tail: BoxID
    let head: BoxID
    let kind: ArrowKind
    let isMissing: Bool
  }

  let lineage: LineageSteps
  /// The steps of each box, in order of discovery.
  let members: IndexedArray<BoxID, [StepID]>
  let boxOfStep: IndexedArray<StepID, BoxID>
  let arrows: [Arrow]
  /// For each message arrow: the rounds in which it is sent.
  let sent: [Arrow: Set<Round>]

  /// Puts every step of `lineage` into its own box.
  init(unfolded lineage: LineageSteps) {
    self.init(lineage, Partition(count: lineage.steps.count))
  }

  /// Folds `lineage` into boxes.
  init(folding lineage: LineageSteps) {
    var folding = Folding(lineage)
    folding.foldCopies()
    folding.foldAcrossRounds()
    folding.absorbSingleFirings()
    self.init(lineage, folding.partition)
  }

  /// The boxes that `partition` defines.
  private init(_ lineage: LineageSteps, _ partition: Partition) {
    self.lineage = lineage
    var members: IndexedArray<BoxID, [StepID]> = []
    var boxOfStep = IndexedArray<StepID, BoxID>(repeating: BoxID(0), count: lineage.steps.count)
    var boxes: [StepID: BoxID] = [:]
    for step in lineage.steps.indices {
      let leader = partition.leader(of: step)
      let box = boxes[leader] ?? members.append([])
      boxes[leader] = box
      members[box].append(step)
      boxOfStep[step] = box
    }
    self.members = members
    self.boxOfStep = boxOfStep
    (arrows, sent) = Self.arrows(of: lineage, between: boxOfStep)
  }

  /// The arrows between different boxes. Where a firing that sends is part of what it derives, the arrow that
  /// leads to the firing is the message.
  private static func arrows(
    of lineage: LineageSteps, between boxOfStep: IndexedArray<StepID, BoxID>
  ) -> ([Arrow], [Arrow: Set<Round>]) {
    var absorbed: [StepID: LineageSteps.Arrow] = [:]
    for arrow in lineage.arrows where arrow.sent != nil && boxOfStep[arrow.tail] == boxOfStep[arrow.head] {
      absorbed[arrow.tail] = arrow
    }
    var (arrows, sent): ([Arrow], [Arrow: Set<Round>]) = ([], [:])
    var seen: Set<Arrow> = []
    for arrow in lineage.arrows where boxOfStep[arrow.tail] != boxOfStep[arrow.head] {
      let carries = arrow.kind == .premise && lineage.steps[arrow.tail].kind != .fault
      let message = carries ? absorbed[arrow.head] : nil
      let folded = Arrow(
        tail: boxOfStep[arrow.tail], head: boxOfStep[arrow.head], kind: (message ?? arrow).kind,
        isMissing: arrow.isMissing)
      if seen.insert(folded).inserted { arrows.append(folded) }
      if let round = (message ?? arrow).sent { sent[folded, default: []].insert(round) }
    }
    return (arrows, sent)
  }

  /// The kind of the box; a tuple together with its firing counts as a tuple.
  func kind(of box: BoxID) -> StepKind { lineage.steps[principal(of: box)].kind }

  /// The step that gives the box its name.
  func principal(of box: BoxID) -> StepID {
    members[box].first { lineage.steps[$0].kind != .firing } ?? members[box][0]
  }

  /// The boxes on which each box rests.
  var supports: [[Int]] {
    var supports = Array(repeating: [Int](), count: members.count)
    for arrow in arrows { supports[arrow.head.position].append(arrow.tail.position) }
    return supports
  }
}

/// Disjoint sets of steps, each named by one of its steps (Galler and Fisher, "An Improved Equivalence
/// Algorithm", CACM 1964). Chains are joined from their older end, so the path to the leader stays short
/// without path compression.
struct Partition {
  private var parents: IndexedArray<StepID, StepID>

  init(count: Int) { parents = IndexedArray((0..<count).map { StepID($0) }) }

  /// The step that stands for the set of `step`.
  func leader(of step: StepID) -> StepID {
    var step = step
    while parents[step] != step { step = parents[step] }
    return step
  }

  /// Joins the set of `step` to that of `other`.
  mutating func join(_ step: StepID, to other: StepID) {
    parents[leader(of: step)] = leader(of: other)
  }
}
