// Why a row does not hold, for people: a sentence, then for each row that is missing, or holds and must not,
// what each of its rules lacks. Rounds in which it is the same are one part. What is near to faults comes
// first; so in short the beginning is shown, as far as whole parts fit.

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Texts

/// The explanation of an absent row as text.
public struct WhyNotText {
  private let whyNot: WhyNot
  private let execution: Execution
  private let words: WhyWords
  private let lacks: LackWords
  /// One row or pattern in all rounds in which it is told, with what is behind it.
  private let parts: [Part]
  private let partOfClaim: [WhyNot.Claim: Int]

  private struct Part {
    let claim: WhyNot.Claim
    var rounds: Set<Round> = []
    var obstacles: [(shape: Shape, rounds: Set<Round>, further: Int, isDue: Bool)] = []
    var isFollowed = true
    var distance: Int?

    func renumbered(_ places: [Int: Int]) -> Part {
      var part = self
      part.obstacles = obstacles.map { entry in
        let instances = entry.shape.instances.map { $0.map { $0.renumbered(places) } }
        let shape = Shape(rule: entry.shape.rule, instances: instances)
        return (shape, entry.rounds, entry.further, entry.isDue)
      }
      return part
    }
  }

  /// What an obstacle is in every round in which it is the same.
  fileprivate struct Shape: Hashable {
    enum Lack: Hashable {
      case part(Int)
      /// The row that an aggregate derives instead.
      case instead(Int)
      /// The same row in an earlier round.
      case earlier
      /// The same row in the same round: it rests on itself.
      case itself
      case other(WhyNot.Lack)

      var part: Int? {
        switch self {
        case .part(let number), .instead(let number): number
        default: nil
        }
      }

      func renumbered(_ places: [Int: Int]) -> Lack {
        switch self {
        case .part(let number): .part(places[number] ?? number)
        case .instead(let number): .instead(places[number] ?? number)
        default: self
        }
      }
    }

    let rule: RuleID?
    /// What each of the instances lacks that are told.
    let instances: [[Lack]]
  }

  /// The text of `whyNot`, which is about `execution`.
  public init(_ whyNot: WhyNot, of execution: Execution) {
    (self.whyNot, self.execution) = (whyNot, execution)
    words = WhyWords(execution.program, execution.setting.nodes)
    lacks = LackWords(execution)
    var numbers: [Pattern: Int] = [:]
    var parts: [Part] = []
    var partOfClaim: [WhyNot.Claim: Int] = [:]
    for node in whyNot.nodes {
      let key = Pattern(node.claim)
      let number = numbers[key] ?? parts.count
      if number == parts.count { parts.append(Part(claim: node.claim)) }
      numbers[key] = number
      partOfClaim[node.claim] = number
    }
    for node in whyNot.nodes {
      let number = partOfClaim[node.claim] ?? 0
      parts[number].rounds.insert(node.claim.round)
      parts[number].isFollowed = parts[number].isFollowed && node.isFollowed
      if let distance = node.distance {
        parts[number].distance = min(parts[number].distance ?? distance, distance)
      }
      for obstacle in node.obstacles {
        Self.add(obstacle, of: node.claim, to: &parts[number], number, partOfClaim)
      }
    }
    let order = Self.order(of: parts)
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    self.parts = order.map { parts[$0].renumbered(places) }
    self.partOfClaim = partOfClaim.compactMapValues { places[$0] }
  }

  /// The parts as they are referred to: next always comes what is nearest to a fault.
  private static func order(of parts: [Part]) -> [Int] {
    var order: [Int] = []
    var known: Set<Int> = [0]
    var pending = [0]
    while let place = pending.indices.min(by: {
      (parts[pending[$0]].distance ?? .max, $0) < (parts[pending[$1]].distance ?? .max, $1)
    }) {
      let number = pending.remove(at: place)
      order.append(number)
      for lack in parts[number].obstacles.flatMap(\.shape.instances).joined() {
        if let next = lack.part, known.insert(next).inserted { pending.append(next) }
      }
    }
    return order
  }

  private struct Pattern: Hashable {
    let relation: RelationID
    let columns: [Constant?]
    let holds: Bool

    init(_ claim: WhyNot.Claim) {
      (relation, columns, holds) = (claim.relation, claim.columns, claim.holds)
    }
  }

  private static func add(
    _ obstacle: WhyNot.Obstacle, of claim: WhyNot.Claim, to part: inout Part, _ number: Int,
    _ partOfClaim: [WhyNot.Claim: Int]
  ) {
    let instances = ([obstacle.lacks] + obstacle.others).map { lacks in
      lacks.map { lack -> Shape.Lack in
        guard let further = lack.claim, let other = partOfClaim[further] else { return .other(lack) }
        if case .aggregate = lack { return .instead(other) }
        if other != number { return .part(other) }
        return further.round < claim.round ? .earlier : .itself
      }
    }
    let shape = Shape(rule: obstacle.rule, instances: instances)
    if let place = part.obstacles.firstIndex(where: { $0.shape == shape }) {
      part.obstacles[place].rounds.insert(claim.round)
      part.obstacles[place].further = max(part.obstacles[place].further, obstacle.further)
      part.obstacles[place].isDue = part.obstacles[place].isDue || obstacle.isDue
    } else {
      part.obstacles.append((shape, [claim.round], obstacle.further, obstacle.isDue))
    }
  }

  // MARK: Lines

  /// The explanation in at most `most` lines of `width` columns, with what is left out as the last.
  public func brief(width: Int, most: Int) -> [String] {
    let whole = lines(of: parts.count, width)
    if whole.count <= most { return whole }
    // Whole parts, and the beginning of the next one.
    var shown = 1
    while shown < parts.count, lines(of: shown, width, inShort: true).count < most - 1 { shown += 1 }
    return lines(of: shown, width, inShort: true).prefix(most - 1) + [Self.rest]
  }

  private static let rest = "  … more with --explain full"

  /// Every line.
  public func full(width: Int) -> [String] { lines(of: parts.count, width) }

  /// The lines of the first parts. In short, what would be as it is without faults, too, is left out beside
  /// what is due to them, but not of the row that was asked for.
  private func lines(of shown: Int, _ width: Int, inShort: Bool = false) -> [String] {
    var lines = wrapped(sentence, width: width)
    for number in 0..<shown {
      let label = "(\(number + 1)) "
      lines += wrapped("  " + label + header(of: number), width: width, hanging: 2 + label.count)
      for text in obstacleTexts(of: number, shown, inShort: inShort && number > 0) {
        lines += wrapped("      " + text, width: width, hanging: 8)
      }
    }
    return lines
  }

  /// The whole in a sentence: what does not hold, the faults that are nearest, and when it holds.
  private var sentence: String {
    let root = parts[0].claim
    let faults = faultsBehind
    var cause = ""
    if !faults.isEmpty {
      let told = faults.prefix(3).map { words.sentence([$0]) }
      let rest = faults.count - told.count
      cause = ", because " + listed(told + (rest > 0 ? [counted(rest, "more fault") + " happen"] : []), "and")
    } else if execution.faults.count > 0 {
      cause = whyNot.nodes[0].isDue ? "; without faults it does" : ", nor does it without faults"
    }
    return "\(row(root)) does not hold in round \(root.round.rawValue)\(cause).\(heldRounds(root))"
  }

  private func heldRounds(_ claim: WhyNot.Claim) -> String {
    var rounds: Set<Round> = []
    for tuple in execution.store.tuples {
      let row = execution.store.row(of: tuple)
      guard execution.store.relation(of: row) == claim.relation else { continue }
      if claim.columns.matches(execution.values(of: row)) { rounds.insert(execution.store.round(of: tuple)) }
    }
    return rounds.isEmpty ? "" : " It holds in \(WhyWords.roundsText(rounds))."
  }

  /// The faults without which what was asked would hold, as far as the explanation follows them.
  private var faultsBehind: [Fault] {
    var faults: Set<Fault> = []
    var known: Set<WhyNot.Claim> = [whyNot.nodes[0].claim]
    var pending = whyNot.nodes[0].distance == nil ? [] : [whyNot.nodes[0]]
    while let node = pending.popLast() {
      for obstacle in node.obstacles where obstacle.isDue {
        for lack in ([obstacle.lacks] + obstacle.others).joined() {
          if case .fault(let fault) = lack { faults.insert(fault) }
          if let claim = lack.claim, known.insert(claim).inserted, let number = whyNot.number(of: claim) {
            pending.append(whyNot.nodes[number])
          }
        }
      }
    }
    return faults.sorted()
  }

  // MARK: Parts

  private func header(of number: Int) -> String {
    let part = parts[number]
    let isPlain = !part.claim.columns.contains { $0 == nil }
    var text = WhyWords.roundsText(part.rounds) + ": "
    if isPlain, words.isGlossed(part.claim.relation) {
      text += words.sentence(
        part.claim.relation, [part.claim.columns.compactMap { $0 }], holds: part.claim.holds)
      text += part.claim.holds ? "" : ": no \(row(part.claim))"
    } else {
      text += part.claim.holds ? "\(row(part.claim)) holds" : "no \(row(part.claim))"
    }
    if !part.isFollowed { return text + "; not followed further" }
    return part.obstacles.isEmpty ? text + end(of: part.claim) : text
  }

  /// Why nothing is behind `claim`.
  private func end(of claim: WhyNot.Claim) -> String {
    let program = execution.program
    if claim.holds { return "" }
    if let stated = program.statedRelations.first(where: { $0.value == claim.relation })?.key {
      return "; no such \(stated.rawValue) happens"
    }
    if program.time == claim.relation { return "" }
    let isDerived = program.rules.contains { $0.headRelation == claim.relation }
    return isDerived ? "" : "; no rule derives it, and no fact states it"
  }

  private func row(_ claim: WhyNot.Claim) -> String { lacks.row(claim) }

  private func obstacleTexts(of number: Int, _ shown: Int, inShort: Bool) -> [String] {
    var part = parts[number]
    if inShort, part.distance != nil { part.obstacles.removeAll { !$0.isDue } }
    var texts: [String] = []
    var others: [String] = []
    var told: Set<RuleID?> = []
    for rule in part.obstacles.map(\.shape.rule) where told.insert(rule).inserted {
      var mine = part.obstacles.filter { $0.shape.rule == rule }
      if mine.allSatisfy({ $0.shape.instances == [[.other(.otherRows)]] }) {
        if let rule { others.append(execution.place(of: rule)) }
        continue
      }
      if mine.count > 1 { mine.removeAll { $0.shape.instances == [[.other(.beginning)]] } }
      mine.sort { $0.shape.isFault && !$1.shape.isFault }
      let place = rule.map { execution.place(of: $0) + ": " } ?? ""
      for (shape, rounds, further, _) in mine {
        let when = mine.count > 1 ? "in \(WhyWords.roundsText(rounds)) " : ""
        let more = further > 0 && !part.claim.holds ? "; \(counted(further, "other way")) as near" : ""
        texts.append(place + when + text(of: shape, part, shown) + more)
      }
    }
    if !others.isEmpty { texts.append("\(listed(others, "and")): derives other rows only") }
    return texts
  }

  private func text(of shape: Shape, _ part: Part, _ shown: Int) -> String {
    func reference(_ number: Int) -> String { number < shown ? " (\(number + 1))" : "" }
    let instances = shape.instances.map { lacks in
      listed(
        lacks.map { lack in
          switch lack {
          case .part(let number): self.lacks.text(of: .claim(parts[number].claim)) + reference(number)
          case .instead(let number):
            self.lacks.text(of: .aggregate(parts[number].claim)) + reference(number)
          case .earlier: part.claim.holds ? "it held before" : "it did not hold before, either"
          case .itself: "it would rest on itself"
          case .other(let lack): self.lacks.text(of: lack)
          }
        }, "and")
    }
    let reasons = instances.joined(separator: "; or ")
    guard part.claim.holds else { return reasons }
    return [shape.rule == nil ? "" : "derives it", reasons].filter { !$0.isEmpty }.joined(
      separator: ", since ")
  }
}

extension WhyNotText.Shape {
  fileprivate var isFault: Bool {
    instances.joined().contains { if case .other(.fault) = $0 { true } else { false } }
  }
}
