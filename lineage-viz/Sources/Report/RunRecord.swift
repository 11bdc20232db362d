// What the page knows of one run: numbers of the shared tuples and firings, what the faults do to whom and
// when, and what is violated. The page draws diagrams, tables and lineage from these, so that a run costs a
// few hundred bytes instead of pictures.

import Answers
import Dedalus
import Documents
import Evaluation
import Indices
import Properties
import Scenarios

/// The data of a run, of which the shared contents hold the tuples already.
struct RunRecord {
  let execution: Execution
  let question: Question
  let violations: [Violation]
  let contents: SharedContents
  /// What is chosen of the inputs, in words; nil where the program leaves nothing open.
  var chosen: String? {
    execution.program.choices.isEmpty
      ? nil : execution.inputs.phrase.map { "with \($0) chosen" } ?? "with nothing chosen"
  }

  private var nodes: Nodes { question.bounds.nodes }
  private var rounds: ClosedRange<Int> { 1...execution.setting.eot.position }

  /// The largest number of violated rows that are explained one by one.
  private static let mostViolations = 20

  /// The members of the run's object, beside its tuples and firings.
  var members: [JSON.Member] {
    let marks = FaultMarks(of: execution)
    return [
      .init(key: "faults", value: .array(execution.faults.faults.map { .string($0.sentence(nodes)) })),
      .init(key: "chosen", value: chosen.map { .string($0.showingEverything) } ?? .null),
      .init(
        key: "broken",
        value: .array(question.sentences(about: violations).map { .string($0.showingEverything) })),
      .init(key: "violations", value: .array(violations.prefix(Self.mostViolations).map(json))),
      .init(key: "brokenIn", value: .array(question.properties.map(brokenRounds))),
      .init(key: "remarks", value: .array(remarks(marks))),
      .init(key: "spans", value: .array(spans(marks))),
      .init(
        key: "cuts",
        value: .array(
          marks.cuts.map { side, rounds in
            [
              JSON(side.nodes.map(\.position)), .integer(rounds.lowerBound.position),
              .integer(rounds.upperBound.position),
            ]
          })),
    ]
  }

  // MARK: What is violated

  /// Property, round, the tuple that demands, and those that are missing; where no run has such a tuple,
  /// its text.
  private func json(_ violation: Violation) -> JSON {
    let number = question.properties.firstIndex { $0.name == violation.property } ?? 0
    let evidence = question.properties[number].evidence(for: violation)
    func place(_ place: Property.Evidence.Place) -> JSON {
      if let tuple = contents.tuple(place.relation, violation.row, in: place.round) {
        return .integer(tuple)
      }
      let columns = violation.row.map(\.description).joined(separator: ", ")
      let name = question.program.relations[place.relation].name
      return .string("\(name)(\(columns)) in round \(place.round.rawValue)".showingEverything)
    }
    return [
      .integer(number), .integer(violation.round.position), evidence.present.map(place) ?? .null,
      .array(evidence.absent.map(place)),
    ]
  }

  private func brokenRounds(of property: Property) -> JSON {
    JSON(Set(violations.of(property.name).map(\.round.position)).sorted())
  }

  // MARK: What the faults do

  /// What begins or ends at a node in a round: node, round, kind, words.
  private func remarks(_ marks: FaultMarks) -> [JSON] {
    var remarks: [JSON] = []
    guard execution.faults.count > 0 else { return remarks }
    for round in rounds {
      for node in nodes.ids {
        func add(_ kind: String, _ text: String) {
          remarks.append(
            [.integer(node.position), .integer(round), .string(kind), .string(text.showingEverything)])
        }
        for remark in marks.endings(at: node, in: Round(round)) { add("back", "↻ \(remark.text)") }
        for remark in marks.beginnings(at: node, in: Round(round)) {
          add(remark.fault.meaning.isForGood ? "crash" : "trouble", remark.text)
        }
      }
    }
    return remarks
  }

  /// In which rounds a node is in trouble: node, first and last round, kind.
  private func spans(_ marks: FaultMarks) -> [JSON] {
    var spans: [JSON] = []
    guard execution.faults.count > 0 else { return spans }
    for node in nodes.ids {
      var open: (kind: String, first: Int)?
      for round in 1...(rounds.upperBound + 1) {
        let kind = round > rounds.upperBound ? nil : self.kind(of: node, in: Round(round), marks)
        if kind == open?.kind { continue }
        if let open {
          spans.append(
            [.integer(node.position), .integer(open.first), .integer(round - 1), .string(open.kind)])
        }
        open = kind.map { ($0, round) }
      }
    }
    return spans
  }

  private func kind(of node: NodeID, in round: Round, _ marks: FaultMarks) -> String? {
    guard let (fault, trouble) = marks.trouble(of: node, in: round) else { return nil }
    if fault.meaning.isForGood { return marks.isUnheard(node, in: round) ? "unheard" : "dead" }
    return switch trouble {
    case .down: "down"
    case .paused: "paused"
    case .silent: "off"
    }
  }
}

extension Property {
  /// Name, relation of the rows that demand and of those demanded (−1 for none), and whether any row of the
  /// first breaks it, for the bands beside a diagram.
  var json: JSON {
    [
      .string(name.showingEverything), .integer(pre?.position ?? -1), .integer(post?.position ?? -1),
      .bool(post == nil),
    ]
  }
}
