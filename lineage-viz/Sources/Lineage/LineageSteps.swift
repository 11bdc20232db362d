// A lineage in single steps, before anything is folded: each tuple in each round, each firing, each absence and each
// fault is one step, whichever run it comes from. Runs number their rows differently, so what a step is about is a
// relation with values. A tuple is told by the two runs that are compared: it holds in both, or only in the bad one
// (added), or not in the bad one (missing).

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

/// Names a step.
struct StepID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names what a step is about.
struct SubjectID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// What a step, or a box of several, stands for.
enum StepKind: Hashable, Sendable {
  /// A tuple that holds; where runs are compared, in both.
  case held
  /// A tuple that does not hold under the faults, and would without them or without some of them.
  case missing
  /// A tuple that holds only under the faults.
  case added
  /// A rule instance.
  case firing
  /// A pattern that nothing matches.
  case absence
  /// A fault of the run.
  case fault

  /// Whether it is a tuple, of whichever run.
  var isTuple: Bool { self == .held || self == .missing || self == .added }
}

/// What a step is about.
enum Subject: Hashable, Sendable {
  case row(RelationID, [Constant])
  case pattern(RelationID, [Constant?])
  case rule(RuleID)
  case fault(Fault)
}

/// How one step leads to another.
enum ArrowKind: Hashable, Sendable {
  /// What a rule needs, or what it derives.
  case premise
  /// A rule needs that something is absent.
  case absence
  /// What a rule sends: from its node (nil for one with location `_`) to another.
  case message(NodeID?, NodeID)
  /// A fault or what follows from it takes something away.
  case cut
  /// Stands for a way through what is not shown.
  case detour
}

/// A lineage in single steps.
struct LineageSteps {
  struct Step {
    let kind: StepKind
    let subject: SubjectID
    /// The round of a tuple, absence or fault; for a firing, the round in which its body is looked at.
    let round: Round
    /// The node where it is; nil for none.
    let location: NodeID?
    /// For a firing: it merely carries a row to the next round.
    var isCopy = false
    /// For a firing: it does not happen under the faults.
    var isBlocked = false
    /// For a missing tuple: it would hold without these faults, though not without all.
    var excluded: Fault?
    /// Whether it is among the earliest missing tuples.
    var isFrontier = false
  }

  /// From what is needed to what rests on it.
  struct Arrow: Hashable {
    let tail: StepID
    let head: StepID
    let kind: ArrowKind
    /// Whether it is missing under the faults.
    let isMissing: Bool
    /// For a message: the round in which it is sent.
    var sent: Round?
  }

  private(set) var steps: IndexedArray<StepID, Step> = []
  private(set) var arrows: [Arrow] = []
  private(set) var subjects: IndexedArray<SubjectID, Subject> = []
  /// What the lineage is about, in order.
  private(set) var roots: [StepID] = []

  private var subjectNumbers: [Subject: SubjectID] = [:]
  private var arrowSet: Set<Arrow> = []

  mutating func subject(_ subject: Subject) -> SubjectID {
    if let number = subjectNumbers[subject] { return number }
    let number = subjects.append(subject)
    subjectNumbers[subject] = number
    return number
  }

  mutating func add(_ step: Step) -> StepID { steps.append(step) }

  mutating func update(_ step: StepID, _ body: (inout Step) -> Void) { body(&steps[step]) }

  mutating func addRoot(_ step: StepID) { if !roots.contains(step) { roots.append(step) } }

  mutating func connect(
    _ tail: StepID, _ head: StepID, _ kind: ArrowKind, isMissing: Bool = false, sent: Round? = nil
  ) {
    let arrow = Arrow(tail: tail, head: head, kind: kind, isMissing: isMissing, sent: sent)
    if arrowSet.insert(arrow).inserted { arrows.append(arrow) }
  }
}
