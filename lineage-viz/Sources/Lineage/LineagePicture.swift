// The contents of a lineage diagram, independent of how it is drawn: boxes with their texts, and arrows.

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

/// The boxes and arrows of a lineage diagram.
struct LineagePicture {
  /// A box, or the place of a firing.
  struct Box {
    let id: BoxID
    let kind: StepKind
    /// What the box is about: a row or an absence as written in a program, a fault in words, or the place of
    /// a rule.
    let title: String
    /// The rounds in which it holds, is missing or is absent; the round of a fault; the rounds in which a
    /// firing happens.
    let rounds: Set<Round>
    /// The node to which it belongs; nil where there is none.
    let location: NodeID?
    /// The rule that derives it, as `file:line`, or that it stays; nil where it is not one rule.
    let place: String?
    /// Whether it holds because it stays at a node that does not act, and for no other reason.
    let isStaying: Bool
    /// Why an absence is absent, where no arrow shows the reason.
    let reason: String?
    /// For something missing: the one fault without which it would hold, although it would not hold without
    /// any faults.
    let excluded: Fault?
    /// Whether the diagram explains this box.
    let isRoot: Bool
    /// Whether it is among the earliest missing tuples.
    let isFrontier: Bool
    /// Whether it rests on a hidden box.
    let isOpen: Bool
    /// The subject in terms of the program.
    let subject: Subject
  }

  /// An arrow from what is needed to what rests on it.
  struct Arrow {
    let tail: BoxID
    let head: BoxID
    let kind: ArrowKind
    /// Whether the arrow is missing under the faults.
    let isMissing: Bool
    /// The rounds in which a message is sent.
    let sent: Set<Round>
  }

  /// The boxes in order of discovery.
  let boxes: [Box]
  let arrows: [Arrow]
  /// The number of boxes of the whole lineage.
  let total: Int
  let nodes: Nodes
  /// What the picture tells.
  let purpose: Purpose

  /// What a picture tells: why something holds, how two runs differ, or why something does not hold.
  enum Purpose {
    case lineage, comparison, absence
  }
}

extension LineagePicture {
  /// Why `roots` hold in `execution`.
  init(of roots: [TupleID], in execution: Execution, _ view: LineageView = LineageView()) throws(LineageView
    .Miss)
  {
    var builder = LineageStepBuilder(execution)
    builder.add(DerivationGraph(of: roots, in: execution))
    try self.init(builder.result, of: execution, .lineage, view)
  }

  /// Why `breach` happens: the lineage of the rows that it violates, without the faults and under them, in
  /// one picture.
  init(of breach: Breach, _ view: LineageView = LineageView()) throws(LineageView.Miss) {
    try self.init(breach.steps, of: breach.counterexample.execution, .comparison, view)
  }

  /// Why a row does not hold in `execution`.
  init(of whyNot: WhyNot, in execution: Execution, _ view: LineageView = LineageView()) throws(LineageView
    .Miss)
  {
    var builder = LineageStepBuilder(execution)
    builder.add(whyNot)
    try self.init(builder.result, of: execution, .absence, view)
  }

  /// The complete explanation of `breach`, whatever its size.
  init(ofAll breach: Breach) {
    var view = LineageView()
    view.limit = .max
    do {
      try self.init(of: breach, view)
    } catch {
      preconditionFailure("without a focus nothing is missed")
    }
  }

  private init(
    _ steps: LineageSteps, of execution: Execution, _ purpose: Purpose, _ view: LineageView
  ) throws(LineageView.Miss) {
    let whole = view.isFull ? LineageBoxes(unfolded: steps) : LineageBoxes(folding: steps)
    let cut = try LineageCut(whole, view)
    let labels = LineageLabels(whole, execution)
    boxes = cut.boxes.map { labels.box($0, isOpen: cut.open.contains($0)) }
    arrows = cut.arrows.map { arrow in
      Arrow(
        tail: arrow.tail, head: arrow.head, kind: arrow.kind, isMissing: arrow.isMissing,
        sent: whole.sent[arrow] ?? [])
    }
    total = whole.members.count
    nodes = execution.setting.nodes
    self.purpose = purpose
  }
}
