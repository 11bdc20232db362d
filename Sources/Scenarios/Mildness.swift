// Different faults often disguise the same effect: a message that is late, lost, or cut off may all be missed
// alike. One fault is milder than another if whatever it does, the other does too and more: a shorter window
// inside, a later crash, a smaller delay; a delay is milder than the loss of the message, which is milder
// than a partition or a crash that loses it; a pause is milder than a restart, and that than a wipe. All of
// this follows from the effects of faults.

import Indices

extension Fault {
  /// Whether the fault is milder than `other`.
  public func isMilder(than other: Fault, _ view: CrashView) -> Bool {
    self != other && isCovered(by: other, view) && !other.isCovered(by: self, view)
  }

  /// Whether `other` does everything that this fault does.
  private func isCovered(by other: Fault, _ view: CrashView) -> Bool {
    if self == other { return true }
    if let transmission = meaning.transmission { return covers(transmission, other, view) }
    let others = other.effects(in: view)
    let mine = effects(in: view).filter { if case .states = $0 { false } else { true } }
    return !mine.isEmpty && mine.allSatisfy { $0.isCovered(by: others) }
  }

  /// Whether `other` changes the messages of this fault's link and round at least as much as `transmission`.
  private func covers(_ transmission: Transmission, _ other: Fault, _ view: CrashView) -> Bool {
    guard case .link(let link) = subject else { return false }
    let isAlike = other.kind == kind && other.subject == subject && other.round == round
    switch transmission {
    case .repeats: return isAlike && extent <= other.extent
    case .delays where isAlike: return extent <= other.extent
    case .delays, .loses: return FaultSet([other]).loss(on: link, in: round, view) != nil
    }
  }
}

extension Effect {
  /// Whether one of `others` is the same effect for at least the same rounds.
  fileprivate func isCovered(by others: [Effect]) -> Bool {
    switch self {
    case .stops(let node, let span):
      others.contains { if case .stops(node, let wider) = $0 { wider.contains(span) } else { false } }
    case .silences(let node, let span):
      others.contains { if case .silences(node, let wider) = $0 { wider.contains(span) } else { false } }
    case .isolates(let node, let span):
      others.contains { if case .isolates(node, let wider) = $0 { wider.contains(span) } else { false } }
    case .bars(let node, let span, let spared):
      others.contains { other in
        guard case .bars(node, let wider, let fewer) = other else { return false }
        return wider.contains(span) && fewer.allSatisfy(spared.contains)
      }
    case .keeps(let node, _, let kept):
      others.allSatisfy { other in
        if case .keeps(node, _, let fewer) = other { fewer.allSatisfy(kept.contains) } else { true }
      }
    case .separates(let side, let span):
      others.contains { if case .separates(side, let wider) = $0 { wider.contains(span) } else { false } }
    case .removes, .states: others.contains(self)
    }
  }
}

extension Effect.Span {
  /// Whether every round of `other` is in this span.
  fileprivate func contains(_ other: Effect.Span) -> Bool {
    contains(other.first) && (last == nil || other.last.map { contains($0) } ?? false)
  }
}

extension FaultSet {
  /// Whether the set is milder than `other`, which has as many faults: the faults can be paired so that each
  /// is milder than its partner or equal to it, and one at least is milder.
  public func isMilder(than other: FaultSet, _ view: CrashView) -> Bool {
    guard count == other.count, self != other else { return false }
    assert(faults.count == other.faults.count, "only sets of one size are paired")
    var isTaken = Array(repeating: false, count: count)
    func pair(_ position: Int) -> Bool {
      if position == count { return true }
      for (place, partner) in other.faults.enumerated() where !isTaken[place] {
        guard faults[position] == partner || faults[position].isMilder(than: partner, view) else { continue }
        isTaken[place] = true
        if pair(position + 1) { return true }
        isTaken[place] = false
      }
      return false
    }
    return pair(0)
  }
}
