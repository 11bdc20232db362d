extension Solver {
  /// Checks that trail, watches, heap and clause store are consistent. Tests call it, and make the search
  /// call it after every step with `checksInvariants`.
  func checkInvariants() {
    guard !outcome.isRefuted else { return }
    trail.checkInvariants()
    undecided.checkInvariants()
    clauses.checkInvariants()
    watches.checkInvariants()
    checkUndecided()
    checkClauses()
    checkReasons()
  }

  private func checkUndecided() {
    for variable in (0..<variableCount).map({ Variable($0) }) {
      let isOpen = trail.value(variable.positive) == 0
      let isEliminated = elimination.isEliminated(variable)
      precondition(isOpen || !isEliminated, "an eliminated variable is unassigned")
      precondition(
        !isOpen || isEliminated || undecided.contains(variable), "an unassigned variable can be decided")
    }
  }

  private func checkClauses() {
    var watchCount = 0
    var cursor = clauses.first
    while let clause = cursor {
      cursor = clauses.next(after: clause)
      if clauses.isDeleted(clause) { continue }
      for place in 0..<clauses.size(clause) {
        let isGone = elimination.isEliminated(clauses[clause, place].variable)
        precondition(!isGone, "an eliminated variable is in no clause")
      }
      precondition(clauses.size(clause) >= 2, "a clause in the store has two literals to watch")
      for position in 0..<2 { checkWatch(of: clause, at: position) }
      watchCount += 2
    }
    var listed = 0
    for number in 0..<(2 * variableCount) { listed += Int(watches[Literal(number)].count) }
    precondition(listed == watchCount, "each clause is watched twice, and nothing else is")
  }

  private func checkWatch(of clause: ClauseReference, at position: Int) {
    let literal = clauses[clause, position]
    let list = watches[literal]
    let isListed = (list.start..<list.end).contains { watches[$0].clause == clause }
    precondition(isListed, "a clause is in the lists of its first two literals")
    guard trail.isFalse(literal), trail[literal.variable].position < trail.head else { return }
    let level = trail[literal.variable].level
    let isSatisfied = (0..<clauses.size(clause)).contains {
      let other = clauses[clause, $0]
      return trail.isTrue(other) && trail[other.variable].level <= level
    }
    precondition(isSatisfied, "a clause with a false watch is satisfied, and stays so as long")
  }

  private func checkReasons() {
    for position in 0..<trail.count {
      let literal = trail.literals[position]
      guard let reason = trail[literal.variable].reason.clause else { continue }
      precondition(!clauses.isDeleted(reason), "a reason is not deleted")
      for place in 0..<clauses.size(reason) where clauses[reason, place] != literal {
        let premise = clauses[reason, place]
        precondition(
          trail.isFalse(premise) && trail[premise.variable].position < position,
          "the other literals of a reason were false before")
      }
    }
  }
}

extension ClauseArena {
  func checkInvariants() {
    var deleted = 0
    var end = 1
    var cursor = first
    while let clause = cursor {
      precondition(clause.position == end, "clauses lie one behind the other")
      end = clause.position + Self.headerSize + size(clause)
      if isDeleted(clause) { deleted += size(clause) + Self.headerSize }
      cursor = next(after: clause)
    }
    precondition(end == wordCount, "the last clause ends where the arena does")
    precondition(deleted == wasted, "what is wasted belongs to deleted clauses")
  }
}

extension Trail {
  func checkInvariants() {
    precondition(head <= count, "only what is assigned is propagated")
    var level = 0
    for position in 0..<count {
      while level < self.level && start(ofLevel: level + 1) <= position { level += 1 }
      let literal = literals[position]
      precondition(isTrue(literal) && isFalse(!literal), "a literal on the trail is true")
      let assignment = self[literal.variable]
      precondition(assignment.position == position, "a variable stands on the trail where it says")
      precondition(assignment.level == level, "a variable has the level of its place")
    }
    precondition(assignedCount == count, "what is not on the trail is unassigned")
  }
}
