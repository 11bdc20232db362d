// The two-watched-literal scheme (Moskewicz et al., "Chaff", DAC 2001), with blocking literals (Sörensson &
// Eén, "MiniSat 2.1", SAT Race 2008).
//
// Invariant, whenever the queue is empty and there is no conflict: each clause is watched through its
// literals 0 and 1, and if one of them is false then the clause is satisfied by a literal that was true no
// later. Backtracking only unassigns, latest first, so nothing is done on the way back.

extension Solver {
  /// Assigns everything the clauses force.
  ///
  /// - Returns: the first clause found to be false, or nil when the queue is empty.
  mutating func propagate() -> ClauseReference? {
    let start = trail.head
    defer {
      statistics.propagations &+= trail.head &- start
      if trail.level == 0 { proveFacts() }
    }
    while let literal = trail.nextToPropagate() {
      if let conflict = visitWatches(of: !literal) { return conflict }
    }
    return nil
  }

  /// Restores the invariant for the clauses that watch `falsified`, which has just become false.
  @inline(__always)
  private mutating func visitWatches(of falsified: Literal) -> ClauseReference? {
    let list = watches[falsified]
    let end = list.end
    var next = list.start
    var kept = list.start
    var conflict: ClauseReference?
    while next < end {
      let watch = watches[next]
      next &+= 1
      // Usually true, and the only test that need not read the clause.
      let blocker = trail.value(watch.blocker)
      if blocker > 0 {
        watches[kept] = watch
        kept &+= 1
        continue
      }
      let outcome =
        watch.isBinary
        ? WatchOutcome(ofLastLiteral: watch.blocker, value: blocker, in: watch)
        : rewatch(watch, awayFrom: falsified)
      guard case .keep(let renewed, let forced) = outcome else { continue }
      watches[kept] = renewed
      kept &+= 1
      switch forced {
      case .nothing: continue
      case .unit: trail.assign(renewed.blocker, because: Reason(watch.clause))
      case .conflict: conflict = watch.clause
      }
      if conflict != nil { break }
    }
    // After a conflict, the remaining watches stay.
    while next < end && next != kept {
      watches[kept] = watches[next]
      kept &+= 1
      next &+= 1
    }
    if next < end { kept = end }
    watches.truncate(falsified, to: kept &- list.start)
    return conflict
  }

  /// The result for a clause one of whose watched literals has become false.
  private enum WatchOutcome {
    enum Forced { case nothing, unit, conflict }
    /// Another literal is watched in its place.
    case moved
    /// The false literal stays watched: the clause is satisfied, or its truth depends on the blocker.
    case keep(Watch, Forced)

    @inline(__always)
    init(ofLastLiteral literal: Literal, value: Int8, in watch: Watch) {
      self = .keep(watch, value < 0 ? .conflict : value > 0 ? .nothing : .unit)
    }
  }

  /// Finds a literal to watch in place of `falsified`.
  @inline(__always)
  private mutating func rewatch(_ watch: Watch, awayFrom falsified: Literal) -> WatchOutcome {
    let clause = watch.clause
    let other = Literal(
      rawValue: clauses[clause, 0].rawValue ^ clauses[clause, 1].rawValue ^ falsified.rawValue)
    assert(
      clauses[clause, 0] == falsified || clauses[clause, 1] == falsified,
      "a clause is watched through its first two literals")
    let otherValue = trail.value(other)
    let renewed = Watch(clause, blocker: other, isBinary: false)
    if otherValue > 0 { return .keep(renewed, .nothing) }
    let size = clauses.size(clause)
    var position = 2
    while position < size {
      let candidate = clauses[clause, position]
      if trail.value(candidate) >= 0 {
        clauses[clause, 0] = other
        clauses[clause, 1] = candidate
        clauses[clause, position] = falsified
        watches.append(renewed, to: candidate)
        return .moved
      }
      position &+= 1
    }
    return WatchOutcome(ofLastLiteral: other, value: otherValue, in: renewed)
  }

  /// Watches the first two literals of `clause`.
  mutating func watch(_ clause: ClauseReference) {
    let isBinary = clauses.size(clause) == 2
    let (first, second) = (clauses[clause, 0], clauses[clause, 1])
    watches.append(Watch(clause, blocker: second, isBinary: isBinary), to: first)
    watches.append(Watch(clause, blocker: first, isBinary: isBinary), to: second)
  }
}
