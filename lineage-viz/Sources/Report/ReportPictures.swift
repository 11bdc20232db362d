// The lineage of the outcome in one run, in up to three pictures: why it holds without faults, what happens
// under the faults, and the difference. The first is the same for most runs of an analysis, so the page
// stores it once.

import Answers
import Dedalus
import Documents
import Evaluation
import Indices
import Lineage
import Properties

/// The pictures of an analysis; pictures that several runs show are stored once.
struct ReportPictures {
  /// The pictures that runs refer to by number.
  private(set) var shared: [JSON] = []
  private var numbers: [[Violation]: Int] = [:]
  private let question: Question
  private let baseline: Execution

  /// The largest number of boxes that a page can show.
  private static let mostBoxes = 250
  /// The largest number of rows that are explained together.
  private static let mostRoots = 20
  /// The largest number of tuples of a run that is explained: its whole lineage must be searched.
  private static let mostTuples = 50_000

  /// The largest number of counterexamples that are explained in pictures; the page unfolds the lineage of
  /// any run, without a picture.
  private static let mostRuns = 12
  private var drawn = 0

  init(_ question: Question, baseline: Execution) {
    self.question = question
    self.baseline = baseline
  }

  /// Whether the runs are too large for pictures.
  var areLeftOut: Bool { baseline.store.tuples.count > Self.mostTuples }

  /// The pictures of `run`, in which there are `violations`; `contents` holds it already.
  mutating func pictures(
    of run: ReportedAnalysis.Run, violations: [Violation], in contents: SharedContents
  ) -> JSON {
    if areLeftOut || drawn == Self.mostRuns { return [] }
    drawn += run.kind == .counterexample ? 1 : 0
    var pictures: [JSON] = []
    if let number = goodPicture(of: violations, in: contents) { pictures.append(.integer(number)) }
    guard run.kind == .counterexample, run.execution.ending == .complete else { return .array(pictures) }
    if let bad = badPicture(of: run.execution, violations, in: contents) { pictures.append(bad) }
    if !violations.isEmpty {
      let counterexample = Counterexample(
        minimum: run.isMinimum ?? false, violations: violations, execution: run.execution)
      let breach = Breach(counterexample: counterexample, question: question, baseline: baseline)
      let picture = try? LineagePicture(of: breach, Self.view)
      let about =
        "What the faults take away, compared with the run without faults; the earliest missing tuples have a red frame."
      if let picture, !picture.boxes.isEmpty {
        pictures.insert(json(picture, "Difference", about, in: contents), at: 0)
      }
    }
    return .array(pictures)
  }

  private static var view: LineageView {
    var view = LineageView()
    view.limit = mostBoxes
    return view
  }

  /// The number of the picture of why the rows that `violations` lack, or else all of the outcome, hold
  /// without faults.
  private mutating func goodPicture(of violations: [Violation], in contents: SharedContents) -> Int? {
    let held = violations.filter { !tuples(lackedBy: $0, in: baseline).isEmpty }
    if let number = numbers[held] { return number }
    let roots =
      held.isEmpty ? outcomeTuples(in: baseline) : held.flatMap { tuples(lackedBy: $0, in: baseline) }
    let names = held.isEmpty ? question.outcome.map { [$0.name] } ?? [] : Set(held.map(\.property)).sorted()
    let about = "Why “\(names.joined(separator: "”, “"))” holds without faults."
    guard let picture = picture(of: roots, in: baseline) else { return nil }
    numbers[held] = shared.count
    shared.append(json(picture, "Without faults", about, in: contents))
    return shared.count - 1
  }

  /// Why rows hold in `execution` that demand what is missing or must not be there, or otherwise why the
  /// outcome holds there.
  private func badPicture(
    of execution: Execution, _ violations: [Violation], in contents: SharedContents
  ) -> JSON? {
    let demanding = violations.compactMap { violation -> (TupleID, Property)? in
      guard let property = question.property(named: violation.property),
        let place = property.evidence(for: violation).present
      else { return nil }
      return execution.tuple(of: violation, at: place).map { ($0, property) }
    }
    guard let property = demanding.first?.1, let pre = property.pre else {
      return picture(of: outcomeTuples(in: execution), in: execution).map {
        json(
          $0, "Under the faults", "Why “\(question.outcome?.name ?? "")” holds under the faults.",
          in: contents)
      }
    }
    let name = question.program.relations[pre].name
    let demand = property.post == nil ? "" : " and demands “\(property.name)”"
    return picture(of: demanding.map(\.0), in: execution).map {
      json($0, "Under the faults", "Why “\(name)” holds under the faults\(demand).", in: contents)
    }
  }

  /// The tuples whose absence makes `violation` one, where they hold in `execution`.
  private func tuples(lackedBy violation: Violation, in execution: Execution) -> [TupleID] {
    let evidence = question.property(named: violation.property)?.evidence(for: violation)
    return evidence?.absent.compactMap { execution.tuple(of: violation, at: $0) } ?? []
  }

  /// The rows of the outcome at the end of `execution`.
  private func outcomeTuples(in execution: Execution) -> [TupleID] {
    question.outcome.map { execution.tuples(of: $0.post, in: execution.lastRound) } ?? []
  }

  /// Why `roots` hold in `execution`; nil where there are none.
  private func picture(of roots: [TupleID], in execution: Execution) -> LineagePicture? {
    guard !roots.isEmpty else { return nil }
    return try? LineagePicture(of: Array(roots.prefix(Self.mostRoots)), in: execution, Self.view)
  }

  // MARK: As the page reads it

  private func json(
    _ picture: LineagePicture, _ name: String, _ about: String, in contents: SharedContents
  ) -> JSON {
    let positions = Dictionary(
      picture.boxes.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let arrows = picture.arrows.compactMap { arrow -> JSON? in
      guard let tail = positions[arrow.tail], let head = positions[arrow.head] else { return nil }
      let parts: [JSON] = [
        .integer(tail), .integer(head), .string(arrow.kind.word), .bool(arrow.isMissing),
      ]
      return .array(parts + (label(of: arrow).map { [.string($0)] } ?? []))
    }
    let note =
      picture.boxes.count < picture.total
      ? "showing \(grouped(picture.boxes.count)) of \(grouped(picture.total)) boxes" : nil
    return [
      "name": .string(name), "about": .string(about), "note": note.map { .string($0) } ?? .null,
      "boxes": .array(picture.boxes.map { json($0, in: contents) }), "arrows": .array(arrows),
    ]
  }

  private func json(_ box: LineagePicture.Box, in contents: SharedContents) -> JSON {
    let last = box.rounds.max()
    var tuple: Int?
    if case .row(let relation, let values) = box.subject, let last {
      tuple = contents.tuple(relation, values, in: last)
    }
    let excluded = box.excluded.map { "would hold without \(question.bounds.nodes.text(of: $0))" }
    let remarks = [box.reason, excluded, box.isOpen ? "…" : nil].compactMap { $0 }
    // Usual values are left out, because there are many boxes.
    var members: [JSON.Member] = [
      .init(key: "kind", value: .string(box.kind.word)),
      .init(key: "title", value: .string(box.title.showingEverything)),
    ]
    func add(_ key: String, _ value: JSON, if isUnusual: Bool = true) {
      if isUnusual { members.append(.init(key: key, value: value)) }
    }
    add("when", .string(roundsText(box.rounds)), if: box.kind != .fault && box.kind != .firing)
    if let place = box.place { add("place", .string(place.showingEverything)) }
    add("reason", .string(remarks.joined(separator: "; ").showingEverything), if: !remarks.isEmpty)
    if let node = box.location { add("node", .integer(node.position)) }
    add("root", true, if: box.isRoot)
    add("frontier", true, if: box.isFrontier)
    if let tuple {
      add("tuple", .integer(tuple))
      add("round", .integer(last?.position ?? 1))
    }
    return .object(members)
  }

  private func label(of arrow: LineagePicture.Arrow) -> String? {
    guard case .message(let sender, let receiver) = arrow.kind else { return nil }
    let names = question.bounds.nodes
    let from = sender.map { names[$0].string } ?? "_"
    return "\(from)→\(names[receiver]) @\(text(of: arrow.sent))".showingEverything
  }
}

extension StepKind {
  /// The word for it in the page's data.
  fileprivate var word: String {
    switch self {
    case .held: "held"
    case .missing: "missing"
    case .added: "added"
    case .firing: "firing"
    case .absence: "absence"
    case .fault: "fault"
    }
  }
}

extension ArrowKind {
  /// The word for it in the page's data.
  fileprivate var word: String {
    switch self {
    case .premise: "premise"
    case .absence: "absence"
    case .message: "message"
    case .cut: "cut"
    case .detour: "detour"
    }
  }
}
