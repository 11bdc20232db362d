// A lineage in single steps, before anything is folded: each tuple in each round, each firing, each absence
// and each fault is one step, whichever run it comes from. Runs number their rows differently, so the subject
// of a step is a relation with values. The two runs that are compared determine the kind of a tuple: it holds
// in both, or only in the bad one (added), or only in the good one (missing).

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

/// Names a step of a lineage.
struct StepID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names the subject of a step.
struct SubjectID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The kind of a step, or of a box of several steps.
enum StepKind: Hashable, Sendable {
  /// A tuple that holds; where runs are compared, one that holds in both.
  case held
  /// A tuple that does not hold under the faults, but would without some or all of them.
  case missing
  /// A tuple that holds only under the faults.
  case added
  /// A rule instance.
  case firing
  /// A pattern that nothing matches.
  case absence
  /// A fault of the run.
  case fault

  /// Whether it is a tuple of either run.
  var isTuple: Bool { self == .held || self == .missing || self == .added }
}

/// The subject of a step.
enum Subject: Hashable, Sendable {
  case row(RelationID, [Constant])
  case pattern(RelationID, [Constant?])
  case rule(RuleID)
  /// A rule with what keeps it from firing, in words.
  case obstacle(RuleID?, String)
  /// A row stays for the next round, because its node does not act.
  case staying
  case fault(Fault)
}

/// How one step leads to another.
enum ArrowKind: Hashable, Sendable {
  /// From a premise to a firing, or from a firing to what it derives.
  case premise
  /// From an absence that a rule needs.
  case absence
  /// A message, from the node of the rule (nil for location `_`) to another.
  case message(NodeID?, NodeID)
  /// From a fault, or what follows from it, to what it prevents.
  case cut
  /// Stands for a path through hidden boxes.
  case detour
}

/// A lineage in single steps.
struct LineageSteps {
  struct Step {
    let kind: StepKind
    let subject: SubjectID
    /// The round of a tuple, absence or fault; for a firing, the round of its body.
    let round: Round
    /// The node where it is; nil where there is none.
    let location: NodeID?
    /// For a firing: whether it only copies a row into the next round.
    var isCopy = false
    /// For a firing: whether it does not happen under the faults.
    var isBlocked = false
    /// For a missing tuple: the one fault without which it would hold, although it would not hold without any
    /// faults.
    var excluded: Fault?
    /// Whether it is among the earliest missing tuples.
    var isFrontier = false
  }

  /// An arrow from what is needed to what rests on it.
  struct Arrow: Hashable {
    let tail: StepID
    let head: StepID
    let kind: ArrowKind
    /// Whether the arrow is missing under the faults.
    let isMissing: Bool
    /// For a message: the round in which it is sent.
    var sent: Round?
  }

  private(set) var steps: IndexedArray<StepID, Step> = []
  private(set) var arrows: [Arrow] = []
  private(set) var subjects: IndexedArray<SubjectID, Subject> = []
  /// The steps that the lineage explains, in order.
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
