import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Texts

/// Puts faults and rows into words: by glosses where there are any, otherwise as terms.
struct WhyWords {
  private let schema: Schema
  private let nodes: Nodes
  private let sentences: [RelationID: GlossSentence]

  private static let mostRows = 3

  init(_ program: Program, _ nodes: Nodes) {
    schema = Schema(program)
    self.nodes = nodes
    sentences = program.glosses.compactMapValues(GlossSentence.init)
  }

  func isGlossed(_ relation: RelationID) -> Bool { sentences[relation] != nil }

  // MARK: Rows

  /// What it means that `rows` of `relation` hold, or do not.
  func sentence(_ relation: RelationID, _ rows: [[Constant]], holds: Bool) -> String {
    guard let gloss = sentences[relation] else { return terms(relation, rows, holds: holds) }
    let columns = rows[0].indices.map { column in
      Set(rows.map { $0[column] }).sorted().map(Self.plain)
    }
    let combinations = columns.reduce(1) { $0.multipliedReportingOverflow(by: $1.count).partialValue }
    if combinations == rows.count, columns.allSatisfy({ $0.count <= 2 * Self.mostRows }) {
      return gloss.text(columns, denied: !holds)
    }
    let shown = rows.sorted { $0.lexicographicallyPrecedes($1) }.prefix(Self.mostRows).map { row in
      gloss.text(row.map { [Self.plain($0)] }, denied: !holds)
    }
    let rest = rows.count - shown.count
    return listed(shown + (rest > 0 ? ["so on for \(rest) more"] : []), "and")
  }

  /// The same as terms.
  func terms(_ relation: RelationID, _ rows: [[Constant]], holds: Bool) -> String {
    let shown = rows.sorted { $0.lexicographicallyPrecedes($1) }.prefix(Self.mostRows).map { row in
      "\(schema[relation].name)(\(row.map(Self.term).joined(separator: ", ")))"
    }
    let rest = rows.count - shown.count
    let list = listed(shown + (rest > 0 ? ["\(rest) more"] : []), "and")
    let isOne = rows.count == 1
    return list + (holds ? (isOne ? " holds" : " hold") : (isOne ? " is missing" : " are missing"))
  }

  private static func term(_ value: Constant) -> String {
    shortened(value.description.showingEverything, to: 60)
  }

  /// A value as a word of a sentence: a string that is one word stands without quotes.
  private static func plain(_ value: Constant) -> String {
    guard case .string(let text) = value else { return value.description }
    let isWord =
      !text.string.isEmpty
      && text.string.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_.".unicodeScalars.contains($0)
      }
    return isWord ? shortened(text.string.showingEverything, to: 40) : term(value)
  }

  // MARK: Faults

  /// What goes wrong with `faults`, which are one or losses that are told together.
  func sentence(_ faults: [Fault]) -> String {
    guard faults.count > 1 else { return faults[0].sentence(nodes) }
    func names(_ ends: [NodeID]) -> String {
      listed(Set(ends).sorted().map { shortened(nodes[$0].string.showingEverything, to: 40) }, "and")
    }
    let links = faults.compactMap { fault -> Link? in
      if case .link(let link) = fault.subject { link } else { nil }
    }
    let rounds = Self.roundsText(Set(faults.map(\.round)))
    return "what \(names(links.map(\.sender))) \(Set(links.map(\.sender)).count == 1 ? "sends" : "send") to "
      + "\(names(links.map(\.receiver))) in \(rounds) is lost"
  }

  /// `round 3`, `rounds 3–9`, `rounds 1, 3 and 5–7`.
  static func roundsText(_ rounds: Set<Round>) -> String {
    var parts: [String] = []
    var open: ClosedRange<UInt32>?
    func close() {
      guard let run = open else { return }
      parts.append(run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)–\(run.upperBound)")
    }
    for round in rounds.map(\.rawValue).sorted() {
      if let run = open, run.upperBound + 1 == round {
        open = run.lowerBound...round
      } else {
        close()
        open = round...round
      }
    }
    close()
    return (rounds.count == 1 ? "round " : "rounds ") + listed(parts, "and")
  }
}
