// A conflict is resolved with the reasons of its literals, latest first, until one literal of the current
// level is left: the first unique implication point (Zhang, Madigan, Moskewicz & Malik, ICCAD 2001). Then
// every literal that the others imply is taken out (Sörensson & Biere, "Minimizing Learned Clauses", SAT
// 2009).

extension Solver {
  /// Derives the clause to learn from `conflict` into `analysis.lesson`.
  mutating func analyze(_ conflict: ClauseReference) {
    analysis.clear()
    deriveUniqueImplicationPoint(from: conflict)
    measureGlue()
    minimizeLesson()
    chooseJumpLevel()
    for position in 0..<analysis.reached.count { undecided.bump(analysis.reached[position]) }
    undecided.decay(by: restarts.activityDecay)
  }

  private mutating func deriveUniqueImplicationPoint(from conflict: ClauseReference) {
    analysis.lesson.append(Literal(rawValue: 0))  // keeps the place of the asserting literal
    var open = reach(conflict)
    assert(open > 0, "what is false only now contains a literal of the current level")
    var position = trail.count
    while true {
      repeat { position -= 1 } while !analysis[trail.literals[position].variable].contains(.seen)
      let literal = trail.literals[position]
      open -= 1
      guard open > 0, let reason = trail[literal.variable].reason.clause else {
        analysis.lesson[0] = !literal
        return
      }
      open += reach(reason)
    }
  }

  /// Marks the literals of `clause` that were not reached before and puts those of lower levels into the
  /// lesson.
  ///
  /// - Returns: the number of new literals of the current level.
  private mutating func reach(_ clause: ClauseReference) -> Int {
    if clauses.isLearned(clause) { noteUse(of: clause) }
    var open = 0
    for position in 0..<clauses.size(clause) {
      let literal = clauses[clause, position]
      let variable = literal.variable
      let level = Int(trail[variable].level)
      guard level > 0, !analysis[variable].contains(.seen) else { continue }
      analysis.mark(variable, .seen)
      analysis.reached.append(variable)
      if level == trail.level { open += 1 } else { analysis.lesson.append(literal) }
    }
    return open
  }

  /// The number of levels in the lesson. Minimisation does not change it: the last literal of a level is
  /// never implied by literals of other levels.
  private mutating func measureGlue() {
    analysis.openLevelSet()
    analysis.glue = 0
    for position in 0..<analysis.lesson.count {
      let level = Int(trail[analysis.lesson[position].variable].level)
      if analysis.insertLevel(level) { analysis.glue += 1 }
    }
  }

  private mutating func minimizeLesson() {
    var kept = 1
    for position in 1..<max(analysis.lesson.count, 1) {
      let literal = analysis.lesson[position]
      if isImplied(literal.variable) { continue }
      analysis.lesson[kept] = literal
      kept += 1
    }
    statistics.minimizedLiterals += analysis.lesson.count - kept
    analysis.lesson.truncate(to: kept)
  }

  /// Whether the literal of `root` in the lesson follows from the others: each path back from it ends in them
  /// or in a fact. Depth first, with the stack in `analysis.frames`.
  private mutating func isImplied(_ root: Variable) -> Bool {
    guard trail[root].reason.clause != nil else { return false }
    analysis.frames.removeAll()
    analysis.frames.append(.init(variable: root, position: 0))
    while let frame = analysis.frames.popLast() {
      guard let reason = trail[frame.variable].reason.clause, frame.position < clauses.size(reason) else {
        analysis.mark(frame.variable, .removable)
        continue
      }
      analysis.frames.append(.init(variable: frame.variable, position: frame.position + 1))
      let premise = clauses[reason, frame.position].variable
      if premise == frame.variable || isKnownImplied(premise) { continue }
      guard mayBeImplied(premise) else {
        while let blocked = analysis.frames.popLast() { analysis.mark(blocked.variable, .needed) }
        return false
      }
      analysis.frames.append(.init(variable: premise, position: 0))
    }
    return true
  }

  private func isKnownImplied(_ variable: Variable) -> Bool {
    trail[variable].level == 0 || !analysis[variable].isDisjoint(with: [.seen, .removable])
  }

  private func mayBeImplied(_ variable: Variable) -> Bool {
    let assignment = trail[variable]
    return assignment.reason.clause != nil && !analysis[variable].contains(.needed)
      && analysis.containsLevel(Int(assignment.level))
  }

  /// Moves a literal of the highest level, the asserting one aside, to position 1.
  private mutating func chooseJumpLevel() {
    guard analysis.lesson.count > 1 else { return }
    var highest = 1
    for position in 2..<max(analysis.lesson.count, 2)
    where trail[analysis.lesson[position].variable].level > trail[analysis.lesson[highest].variable].level {
      highest = position
    }
    let literal = analysis.lesson[highest]
    assert(
      trail[literal.variable].level < trail.level, "one literal of the current level is left, and it is first"
    )
    analysis.lesson[highest] = analysis.lesson[1]
    analysis.lesson[1] = literal
  }
}
