// How much the lines of a telling say, so that a short one keeps those that say most.
//
// Beside what the violated rows rest on, those lines tell most through which most of what a fault does
// passes on its way. Who walks back from the violated rows, at each line to one of its reasons by lot, ends
// at a fault; the *share* of a line is the chance that such a walk led through it, for the fault for which
// that chance is greatest. So each fault has its own story, however many others there are, and where
// everything must pass one line, that line is told. (It is the betweenness of Freeman, "A Set of Measures of
// Centrality Based on Betweenness", Sociometry 1977, with random walks in the place of shortest paths.)

import Dedalus
import Indices

/// Weighs the lines of a telling.
struct LineWeights {
  /// The lines that only give another name to what a line with a gloss says, up to the violated rows; these
  /// among them.
  private(set) var names: Set<Int> = []
  /// The chance that a walk to a fault leads through a line.
  private(set) var shares: [Double] = []
  private(set) var weights: [Int] = []

  private let lines: [Telling.Line]
  private let spells: Spells
  private let isGlossed: (RelationID) -> Bool

  /// Weighs `lines`, of which `ends` are about the violated rows and are not told, and `last` are so, too,
  /// but worth telling.
  init(
    _ lines: [Telling.Line], _ spells: Spells, ends: Set<Int>, last: Set<Int>,
    _ isGlossed: @escaping (RelationID) -> Bool
  ) {
    (self.lines, self.spells, self.isGlossed) = (lines, spells, isGlossed)
    let last = last.union(reasonsBeyondNames(of: ends)).subtracting(names)
    let nearlyLast = Set(last.filter { !hasGloss($0) }.flatMap { lines[$0].reasons })
    shares = shares(from: last)
    weights = lines.indices.map { place in
      weight(of: place, isLast: last.contains(place), isNearlyLast: nearlyLast.contains(place))
    }
  }

  /// What `ends` rest on; names for the same are followed, and noted.
  private mutating func reasonsBeyondNames(of ends: Set<Int>) -> Set<Int> {
    var found: Set<Int> = []
    var pending = Array(ends)
    while let end = pending.popLast() {
      guard names.insert(end).inserted else { continue }
      for place in lines[end].reasons {
        if isName(place) { pending.append(place) } else { found.insert(place) }
      }
    }
    return found
  }

  private func isName(_ place: Int) -> Bool {
    let reasons = lines[place].reasons
    return reasons.count == 1 && !lines[place].isOfFaults && !hasGloss(place)
      && !lines[reasons[0]].isOfFaults && hasGloss(reasons[0])
  }

  private func hasGloss(_ place: Int) -> Bool { spell(of: place).map { isGlossed($0.relation) } ?? true }

  private func spell(of place: Int) -> Spells.Spell? {
    guard case .spells(let members) = lines[place].subject else { return nil }
    return members.first.map { spells.spells[$0] }
  }

  private func weight(of place: Int, isLast: Bool, isNearlyLast: Bool) -> Int {
    guard let spell = spell(of: place) else { return .max }
    var weight = Int(Value.wholeShare * shares[place])
    if isLast {
      weight += hasGloss(place) ? Value.last : Value.lastAsTerm
    } else if isNearlyLast {
      weight += Value.nearlyLast
    }
    if lines[place].reasons.allSatisfy({ lines[$0].isOfFaults }) { weight += Value.first }
    if hasGloss(place) { weight += Value.gloss }
    if spell.isAsWithoutFaults { weight += Value.unchanged } else if spell.holds { weight += Value.event }
    return weight
  }

  /// What counts how much. Tried were some hundred other values: anything near these names as often what the
  /// authors of the programs name.
  private enum Value {
    /// That everything passes the line which one of the faults does.
    static let wholeShare = 80.0
    /// That the violated rows rest on it; or would, if it had a gloss.
    static let (last, lastAsTerm) = (100, 60)
    /// That one rests on it which the violated rows rest on, and which has no gloss.
    static let nearlyLast = 60
    /// That it rests on faults alone: often the first belief that is wrong.
    static let first = 20
    static let gloss = 30
    /// That something holds which does not without faults.
    static let event = 40
    /// That the same is so without faults.
    static let unchanged = -50
  }

  private func shares(from ends: Set<Int>) -> [Double] {
    let faults = lines.indices.filter { lines[$0].isOfFaults }
    /// For each line, with which chance a walk from it ends at each fault.
    var landing: [[Double]] = []
    for (place, line) in lines.enumerated() {
      var chances = faults.map { $0 == place ? 1.0 : 0 }
      for reason in line.reasons {
        for fault in chances.indices { chances[fault] += landing[reason][fault] / Double(line.reasons.count) }
      }
      landing.append(chances)
    }
    var passing = lines.map { _ in 0.0 }
    for end in ends { passing[end] = 1 }
    for (place, line) in lines.enumerated().reversed() {
      for reason in line.reasons { passing[reason] += passing[place] / Double(line.reasons.count) }
    }
    return lines.indices.map { place in
      let chances = faults.indices.filter { passing[faults[$0]] > 0 }.map { fault in
        passing[place] * landing[place][fault] / passing[faults[fault]]
      }
      return chances.max() ?? 0
    }
  }
}
