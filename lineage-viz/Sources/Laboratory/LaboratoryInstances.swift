// The ways in which each tuple may come about, so that the page can say why one does not. An instance of a
// rule is numbers: its head, its rule, the round in which its body holds, what it needs and what it must not
// meet. What is so under all faults can be lacking nowhere, and is left out.
//
// Invariant: tuples are numbered as the laboratory lists them; those that it does not list follow.

import Dedalus
import Documents
import Evaluation
import Indices
import Lineage

/// The instances of a laboratory's circuit, ready for a page.
struct LaboratoryInstances {
  private let grounding: Grounding
  private let listedCount: Int
  private var numbers: [TupleID: Int] = [:]
  private var others: [TupleID] = []
  private var words: [Int] = []
  private var groups: [[Int]] = []

  private var program: Program { grounding.compiled.program }

  /// A page has instances of at most so many numbers, about five bytes each.
  private static let mostWords = 250_000

  /// The instances of `grounding`, which has recorded them; `tuples` are numbered first.
  init(_ grounding: Grounding, of tuples: [TupleID]) {
    self.grounding = grounding
    listedCount = tuples.count
    for (number, tuple) in tuples.enumerated() { numbers[tuple] = number }
    groups = grounding.groups.map { affected($0) }
    for head in grounding.store.tuples {
      for instance in grounding.instances[head] ?? [] where words.count <= Self.mostWords {
        write(instance, deriving: head)
      }
    }
  }

  /// Rules, further tuples, instances and groups; null where they would make the page too large.
  var json: JSON {
    if words.count > Self.mostWords { return .null }
    return [
      "rules": .array(program.rules.indices.map(rule)), "more": JSON(others.flatMap(tuple)),
      "instances": JSON(words), "groups": .array(groups.map { JSON($0) }),
    ]
  }

  /// The place of a rule, its text, and the relation that it derives.
  private func rule(_ id: RuleID) -> JSON {
    let rule = program.rules[id]
    let text = program.text(of: rule.range).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return [
      .string(program.place(of: rule.range)), .string(text), .integer(rule.headRelation.position),
    ]
  }

  private func tuple(_ tuple: TupleID) -> [Int] {
    let store = grounding.store
    return [
      store.row(of: tuple).position, store.round(of: tuple).position,
      Int(grounding.gate(of: tuple).rawValue),
    ]
  }

  /// Head, rule, round of the body, group, condition; premises, exclusions, conditions of the world, counts,
  /// each list after its length.
  private mutating func write(_ instance: RuleInstance, deriving head: TupleID) {
    let gates = instance.premises.map { grounding.gate(of: $0) }
    if gates.contains(.never) || grounding.gate(of: head) == .always { return }
    let world = instance.world.filter { $0 != .always }.map { Int($0.rawValue) }
    words += [
      number(of: head), rule(of: instance), bodyRound(of: instance, deriving: head), group(of: instance),
      Int(instance.condition.rawValue),
    ]
    for list in [affected(instance.premises), affected(instance.excluded), world] { write(list) }
    words.append(instance.counts.count)
    for count in instance.counts {
      words.append(Int(count.number))
      write(count.ways.map { Int($0.condition.rawValue) })
      write(affected(count.ways.flatMap { $0.premises + $0.excluded }))
    }
  }

  private mutating func write(_ list: [Int]) { words += [list.count] + list }

  private func rule(of instance: RuleInstance) -> Int {
    instance.rule?.position ?? (instance.origin == .staying ? -2 : -1)
  }

  private func group(of instance: RuleInstance) -> Int {
    if case .aggregate(let group) = instance.origin { group } else { -1 }
  }

  private func bodyRound(of instance: RuleInstance, deriving head: TupleID) -> Int {
    let round = grounding.store.round(of: head).position
    switch instance.origin {
    case .given: return round
    case .staying: return round - 1
    case .match(let round), .message(_, let round): return round.position
    case .aggregate: return instance.rule.map { program.rules[$0].timing } == .deductive ? round : round - 1
    }
  }

  /// The numbers of those of `tuples` that depend on the faults, each once.
  private mutating func affected(_ tuples: [TupleID]) -> [Int] {
    var seen: Set<TupleID> = []
    return tuples.filter {
      let gate = grounding.gate(of: $0)
      return gate != .always && gate != .never && seen.insert($0).inserted
    }.map { number(of: $0) }
  }

  private mutating func number(of tuple: TupleID) -> Int {
    if let number = numbers[tuple] { return number }
    let number = listedCount + others.count
    numbers[tuple] = number
    others.append(tuple)
    return number
  }
}
