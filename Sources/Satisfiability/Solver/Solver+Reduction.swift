// Learned clauses are kept by glue (Audemard & Simon, "Predicting Learnt Clauses Quality", IJCAI 2009) in
// three tiers (Oh, "Improving SAT Solvers by Exploiting Empirical Characteristics of CDCL", 2016): with glue
// up to 2 for good; up to 6 while used now and then; the rest while used recently. Most of the others are
// deleted.
import Indices

/// When the number of learned clauses is reduced.
struct ReductionSchedule {
  /// Between reductions n and n + 1 lie this many conflicts times the square root of n.
  private let interval: Int
  static let keptGlue = 2
  private static let middleGlue = 6

  private var next: Int
  private var count = 0
  /// The number of facts when satisfied clauses were last removed.
  var simplifiedFacts = 0

  init(every interval: Int = 500) {
    self.interval = interval
    next = interval
  }

  func isDue(at conflicts: Int) -> Bool { conflicts >= next }

  mutating func done(at conflicts: Int) {
    count += 1
    next = conflicts + Int(Double(interval) * Double(count + 1).squareRoot())
  }

  /// The number of unprotected clauses that stay, the best of them. Uniform random formulas and pigeon holes
  /// need few: with 1/2, or with intervals that grow linearly, they took 1.5 to 3 times as long.
  static func kept(of count: Int) -> Int { count / 5 }

  /// For how many reductions a clause is safe after use.
  static func recency(ofGlue glue: Int) -> Int { glue <= middleGlue ? 2 : 1 }
}

extension Solver {
  /// Records that a learned clause took part in a conflict, and measures its glue again.
  mutating func noteUse(of clause: ClauseReference) {
    let glue = clauses.glue(clause)
    if glue > ReductionSchedule.keptGlue {
      let measured = measureGlue(of: clause, atMost: glue)
      if measured < glue { clauses.setGlue(clause, to: measured) }
    }
    clauses.setRecency(clause, to: ReductionSchedule.recency(ofGlue: clauses.glue(clause)))
  }

  private mutating func measureGlue(of clause: ClauseReference, atMost limit: Int) -> Int {
    analysis.openLevelSet()
    var glue = 0
    for position in 0..<clauses.size(clause) where glue < limit {
      if analysis.insertLevel(Int(trail[clauses[clause, position].variable].level)) { glue += 1 }
    }
    return glue
  }

  /// Deletes the least promising learned clauses, and the clauses that facts satisfy.
  mutating func reduce() {
    statistics.reductions += 1
    releaseFacts()
    if trail.factCount > reductions.simplifiedFacts { deleteSatisfied() }
    deleteWorst(of: candidates())
    collectGarbage()
    reductions.done(at: statistics.conflicts)
  }

  /// The reason of a fact is never needed, so it may be deleted.
  mutating func releaseFacts() {
    for position in 0..<trail.factCount {
      trail[trail.literals[position].variable].reason = .decision
    }
  }

  private mutating func deleteSatisfied() {
    forEachClause { solver, clause in
      for position in 0..<solver.clauses.size(clause) {
        let literal = solver.clauses[clause, position]
        if solver.trail.isTrue(literal) && solver.trail[literal.variable].level == 0 {
          return solver.delete(clause)
        }
      }
    }
    reductions.simplifiedFacts = trail.factCount
  }

  /// Calls `body` for each clause that is not deleted, except those that `body` adds.
  mutating func forEachClause(_ body: (inout Solver, ClauseReference) -> Void) {
    let end = clauses.wordCount
    var cursor = clauses.first
    while let clause = cursor, clause.position < end {
      if !clauses.isDeleted(clause) { body(&self, clause) }
      cursor = clauses.next(after: clause)
    }
  }

  /// Learned clauses that may be deleted, as numbers that order them from good to bad; the reference is in
  /// the low bits.
  private mutating func candidates() -> [UInt64] {
    var found: [UInt64] = []
    forEachClause { solver, clause in
      guard solver.clauses.isLearned(clause), !solver.isReason(clause) else { return }
      let glue = solver.clauses.glue(clause)
      if glue <= ReductionSchedule.keptGlue { return }
      let recency = solver.clauses.recency(clause)
      if recency > 0 { return solver.clauses.setRecency(clause, to: recency - 1) }
      let size = min(solver.clauses.size(clause), 0xFFFF)
      found.append(UInt64(min(glue, 0xFFFF)) << 48 | UInt64(size) << 32 | UInt64(clause.rawValue))
    }
    return found
  }

  private mutating func deleteWorst(of candidates: [UInt64]) {
    let sorted = candidates.sorted()
    for candidate in sorted[ReductionSchedule.kept(of: sorted.count)...] {
      statistics.deletedClauses += 1
      delete(ClauseReference(rawValue: UInt32(truncatingIfNeeded: candidate)))
    }
  }

  mutating func delete(_ clause: ClauseReference) {
    assert(!isReason(clause), "nothing rests on a clause that goes")
    reportDeletion(of: clause)
    clauses.delete(clause)
  }

  func reportDeletion(of clause: ClauseReference) {
    if proof.isOn { proof.delete(clauses.identifier(clause), literals(of: clause)) }
  }

  func literals(of clause: ClauseReference) -> [Literal] {
    (0..<clauses.size(clause)).map { clauses[clause, $0] }
  }

  /// Whether `clause` is the reason of an assigned literal that is not a fact.
  func isReason(_ clause: ClauseReference) -> Bool {
    for position in 0..<2 {
      let literal = clauses[clause, position]
      if trail.isTrue(literal) && trail[literal.variable].reason == Reason(clause) { return true }
    }
    return false
  }

  /// Compacts the arena and updates the references in watches and reasons.
  mutating func collectGarbage() {
    guard clauses.wasted > 0 else { return }
    let compact = clauses.compacted()
    let old = exchange(&clauses, with: compact)
    watches.rewrite { watch in
      old.forwarded(watch.clause).map { Watch($0, blocker: watch.blocker, isBinary: watch.isBinary) }
    }
    for position in trail.factCount..<trail.count {
      let variable = trail.literals[position].variable
      guard let reason = trail[variable].reason.clause else { continue }
      guard let moved = old.forwarded(reason) else { preconditionFailure("a reason was deleted") }
      trail[variable].reason = Reason(moved)
    }
  }
}

/// Puts `new` into `place` and returns the old arena.
private func exchange(_ place: inout ClauseArena, with new: consuming ClauseArena) -> ClauseArena {
  let old = place
  place = new
  return old
}
