// Chooses, for each tuple that must be explained, one option of each group, so that few different rows have
// to be told. What a tuple costs is the set of rows and faults that its whole explanation tells, whatever
// the rounds; a row that is as it is without faults counts twice, because it tells less. So what is shared
// is counted once, and what is carried on from round to round costs nothing. The sets are exact for what has
// been chosen; the choice itself is greedy, tuple by tuple, with what a tuple rests on before it. A best
// choice for all at once would be a smallest derivation in an AND-OR graph, which is NP-hard to find.
//
// Within a round tuples may depend on each other. One that holds has a derivation without a cycle. Of those
// that do not hold, some lack nothing but each other: such an *unfounded set* (Van Gelder, Ross and Schlipf,
// "The Well-Founded Semantics for General Logic Programs", JACM 1991) is one step, which denies all of them
// at once. Invariant: apart from that, the options of a tuple rest on tuples that were settled before it.

import Evaluation
import Indices
import Scenarios

/// One option of each group, for every tuple that some tuples rest on.
struct ChainChoice {
  /// What has been chosen for a tuple.
  struct Settled {
    let options: [Decisions.Option]
    fileprivate let told: BitSet
    /// Its place in the order of settling.
    let place: Int
    /// The number of the unfounded set to which it belongs; nil for a tuple that stands for itself.
    let unfounded: Int?
  }

  private(set) var settled: [TupleID: Settled] = [:]
  private let decisions: Decisions
  private var groups: [TupleID: [[Decisions.Option]]] = [:]
  private var keys: [Key: Int] = [:]
  private var nextKey: Int
  private var unfoundedCount = 0

  private struct Key: Hashable {
    let row: RowID
    let holds: Bool
  }

  /// Chooses for everything on which `roots` rest, which must be affected by the faults.
  init(for roots: [TupleID], _ decisions: Decisions) {
    self.decisions = decisions
    nextKey = decisions.record.faults.count
    let all = 0..<decisions.record.grounding.store.tupleCount
    let components = Components(from: roots, among: all) { tuple in
      groups[tuple] = decisions.groups(of: tuple)
      return premises(of: tuple)
    }
    for component in components.list {
      if component.isCyclic { settleCycle(component.tuples) } else { settle(component.tuples[0]) }
    }
  }

  private func premises(of tuple: TupleID) -> [TupleID] {
    var seen: Set<TupleID> = []
    return (groups[tuple] ?? []).joined().flatMap(\.reasons).compactMap { reason in
      guard case .tuple(let premise) = reason, seen.insert(premise).inserted else { return nil }
      return premise
    }
  }

  // MARK: Choosing

  private mutating func settle(_ tuple: TupleID) {
    guard let choice = choice(for: tuple) else {
      assertionFailure("what is as it is has a reason")
      return
    }
    settled[tuple] = Settled(
      options: choice.options, told: choice.told.union(own(tuple)), place: settled.count, unfounded: nil)
  }

  /// The cheapest options of `tuple` that rest on settled tuples; nil where there are none.
  private func choice(for tuple: TupleID) -> (options: [Decisions.Option], told: BitSet)? {
    var told = BitSet()
    var chosen: [Decisions.Option] = []
    let groups = (groups[tuple] ?? []).sorted { $0.count < $1.count }
    for group in groups {
      var best: (option: Decisions.Option, told: BitSet)?
      for option in group {
        guard let cost = self.told(option.reasons, beside: told) else { continue }
        if best.map({ cost.count < $0.told.count }) ?? true { best = (option, cost) }
      }
      guard let best else { return nil }
      chosen.append(best.option)
      told = best.told
    }
    if chosen.isEmpty { return nil }
    let needed = withoutDetours(chosen, from: groups)
    return self.told(needed.flatMap(\.reasons), beside: BitSet()).map { (needed, $0) }
  }

  /// `chosen`, changed so that no reason can be left out: one after another, those go without which each
  /// group still has an option.
  private func withoutDetours(
    _ chosen: [Decisions.Option], from groups: [[Decisions.Option]]
  ) -> [Decisions.Option] {
    var chosen = chosen
    var uses: [Decisions.Reason: Set<Int>] = [:]
    for (group, option) in chosen.enumerated() {
      for reason in option.reasons { uses[reason, default: []].insert(group) }
    }
    for reason in chosen.flatMap(\.reasons) {
      guard let users = uses[reason], !users.isEmpty else { continue }
      let others = users.map { group in
        groups[group].first { option in
          option.reasons.allSatisfy { $0 != reason && uses[$0]?.isEmpty == false }
        }
      }
      if others.contains(where: { $0 == nil }) { continue }
      for (group, other) in zip(users, others) {
        guard let other else { continue }
        for reason in chosen[group].reasons { uses[reason]?.remove(group) }
        for reason in other.reasons { uses[reason]?.insert(group) }
        chosen[group] = other
      }
    }
    return chosen
  }

  /// `others` with all that `reasons` tell; nil where some are not settled.
  private func told(_ reasons: [Decisions.Reason], beside others: BitSet) -> BitSet? {
    var told = others
    for reason in reasons {
      switch reason {
      case .fault(let fault): told.insert(fault)
      case .tuple(let tuple):
        guard let known = settled[tuple] else { return nil }
        told.formUnion(known.told)
      }
    }
    return told
  }

  /// What `tuple` adds to what is told. The rows of an aggregate are told as what they rest on.
  private mutating func own(_ tuple: TupleID) -> BitSet {
    let grounding = decisions.record.grounding
    let row = grounding.store.row(of: tuple)
    var told = BitSet()
    if grounding.compiled.schema[grounding.store.relation(of: row)].aggregateRule != nil { return told }
    let key = Key(row: row, holds: decisions.holds(tuple))
    let number = keys[key] ?? nextKey
    if keys[key] == nil {
      keys[key] = nextKey
      nextKey += 2
    }
    told.insert(number)
    if decisions.isAsWithoutFaults(tuple) { told.insert(number + 1) }
    return told
  }

  // MARK: Cycles

  /// Settles tuples of a cycle as soon as they rest on settled ones, always the cheapest; then all others,
  /// none of which holds, together.
  private mutating func settleCycle(_ tuples: [TupleID]) {
    var open = tuples.sorted()
    while true {
      var best: (place: Int, cost: Int)?
      for (place, tuple) in open.enumerated() {
        guard let choice = choice(for: tuple) else { continue }
        if best.map({ choice.told.count < $0.cost }) ?? true { best = (place, choice.told.count) }
      }
      guard let best else { break }
      settle(open.remove(at: best.place))
    }
    if !open.isEmpty { settleUnfounded(open) }
  }

  private mutating func settleUnfounded(_ tuples: [TupleID]) {
    assert(!tuples.contains(where: decisions.holds), "what holds has a derivation without a cycle")
    var told = BitSet()
    var chosen: [[Decisions.Option]] = []
    for tuple in tuples {
      var options: [Decisions.Option] = []
      for group in groups[tuple] ?? [] {
        let founded = group.filter { self.told($0.reasons, beside: told) != nil }
        guard let option = founded.first ?? group.first else { continue }
        if let more = self.told(option.reasons, beside: told) { told = more }
        options.append(option)
      }
      chosen.append(options)
      told.formUnion(own(tuple))
    }
    let place = settled.count
    for (tuple, options) in zip(tuples, chosen) {
      settled[tuple] = Settled(options: options, told: told, place: place, unfounded: unfoundedCount)
    }
    unfoundedCount += 1
  }
}

/// A set of small numbers.
private struct BitSet {
  private var words: [UInt64] = []
  /// The number of members.
  private(set) var count = 0

  mutating func insert(_ number: Int) {
    while words.count <= number / 64 { words.append(0) }
    let bit: UInt64 = 1 << (number % 64)
    if words[number / 64] & bit == 0 { count += 1 }
    words[number / 64] |= bit
  }

  mutating func formUnion(_ other: BitSet) {
    while words.count < other.words.count { words.append(0) }
    for (place, word) in other.words.enumerated() where word & ~words[place] != 0 {
      count += (word & ~words[place]).nonzeroBitCount
      words[place] |= word
    }
  }

  func union(_ other: BitSet) -> BitSet {
    var union = self
    union.formUnion(other)
    return union
  }
}
