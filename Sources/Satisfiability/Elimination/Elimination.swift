// A variable that occurs in few clauses is resolved away: all resolvents on it take the place of the clauses with it,
// if they are no more (Subbarayan & Pradhan, "NiVER", SAT 2004; Eén & Biere, "Effective Preprocessing in SAT Through
// Variable and Clause Elimination", SAT 2005). What remains has a model exactly if there was one before.
//
// Invariant: an eliminated variable is unassigned and in no clause of the arena. The clauses that it took along are
// kept: they give it a value once there is a model of the rest, and they come back, with those of variables that were
// eliminated later, before anybody speaks of it again (Fazekas, Biere & Scholl, "Incremental Inprocessing in SAT
// Solving", SAT 2019).
import Indices

/// When variables are eliminated.
struct EliminationSchedule {
  private let interval: Int?
  /// Many clauses take long to look through; the search must have taken about as long before that.
  private let clausesPerConflict: Int
  private var next: Int
  private var rounds = 0

  init(first: Int, every interval: Int?, clausesPerConflict: Int = .max) {
    self.interval = interval
    self.clausesPerConflict = clausesPerConflict
    next = first
  }

  static var never: EliminationSchedule { EliminationSchedule(first: .max, every: nil) }
  /// Many a formula is decided within a few conflicts, and faster so.
  static var usual: EliminationSchedule {
    EliminationSchedule(first: 30, every: 2_000, clausesPerConflict: 10)
  }

  func isDue(at conflicts: Int, clauseCount: Int) -> Bool {
    conflicts >= next && conflicts >= clauseCount / clausesPerConflict
  }

  mutating func done(at conflicts: Int) {
    rounds += 1
    next = interval.map { conflicts + $0 * (rounds + 1) * (rounds + 1) } ?? .max
  }
}

/// A clause in the list of one of its literals, while all its literals list it.
struct Occurrence {
  let clause: ClauseReference
  /// Of every variable in the clause one bit of 32: a clause with other bits than another is no part of it.
  let signature: UInt32
}

/// The state of an elimination, and what was eliminated before.
struct Elimination: ~Copyable {
  var schedule = EliminationSchedule.never
  /// By literal; empty between eliminations. Deleted clauses may be listed.
  var occurrences = IndexedArray<Literal, [Occurrence]>()
  /// Clauses that may subsume or strengthen others.
  var fresh: [Occurrence] = []
  /// By variable: whether the clauses with it have changed since it was last tried.
  var isTouched = IndexedArray<Variable, Bool>()
  /// By literal: whether it is in the clause under consideration.
  var marks = Column<Literal, Bool>()
  /// How many more literals may be looked at.
  var budget = 0
  var removed = EliminatedClauses()

  /// Makes room for the occurrences of `count` variables.
  mutating func open(variableCount count: Int) {
    occurrences = IndexedArray(repeating: [], count: 2 * count)
    isTouched = IndexedArray(repeating: true, count: count)
    while marks.count < 2 * count { marks.append(false) }
    fresh.removeAll()
  }

  mutating func close() { occurrences.removeAll() }

  func isEliminated(_ variable: Variable) -> Bool { removed.isEliminated(variable) }

  /// What `variable` took along when it was eliminated; from now on it is as any other.
  mutating func restore(_ variable: Variable) -> [EliminatedClauses.Clause] { removed.restore(variable) }
}

/// The clauses of eliminated variables, in the order of elimination.
struct EliminatedClauses {
  struct Clause {
    let literals: [Literal]
    let identifier: ClauseIdentifier
  }

  private struct Entry {
    let variable: Variable
    let clauses: Range<Int>
  }

  /// nil where the variable is back.
  private var entries: [Entry?] = []
  /// By variable: where its entry is. Most formulas are decided without, so that it has room only for what it needs.
  private var places = IndexedArray<Variable, Int?>()
  /// The clauses of all entries, end to end; `ends[i]` is where clause i ends.
  private var literals: [Literal] = []
  private var ends: [Int] = []
  private var identifiers: [ClauseIdentifier] = []

  /// Whether no variable was ever eliminated.
  var isUnused: Bool { places.isEmpty }

  func isEliminated(_ variable: Variable) -> Bool {
    variable.position < places.count && places[variable] != nil
  }

  /// Enters `variable`, with the last `count` of the clauses that were appended.
  mutating func append(_ variable: Variable, withLast count: Int) {
    assert(!isEliminated(variable), "a variable is eliminated once")
    while places.count <= variable.position { places.append(nil) }
    places[variable] = entries.count
    entries.append(Entry(variable: variable, clauses: (ends.count - count)..<ends.count))
  }

  mutating func append(_ literal: Literal) { literals.append(literal) }

  /// Ends the clause of the literals appended so far.
  mutating func endClause(identifier: ClauseIdentifier) {
    ends.append(literals.count)
    identifiers.append(identifier)
  }

  private func clause(at position: Int) -> ArraySlice<Literal> {
    literals[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
  }

  mutating func restore(_ variable: Variable) -> [Clause] {
    guard isEliminated(variable), let place = places[variable], let entry = entries[place] else { return [] }
    entries[place] = nil
    places[variable] = nil
    return entry.clauses.map { Clause(literals: Array(clause(at: $0)), identifier: identifiers[$0]) }
  }

  /// Gives each eliminated variable a value that satisfies its clauses, the latest first: those of an earlier one may
  /// contain it. A variable is true where one of its clauses says nothing else; that none demands it to be false as
  /// well, the resolvents have seen to.
  func extend(_ model: inout [Bool]) {
    func isTrue(_ literal: Literal) -> Bool { model[literal.variable.position] != literal.isNegated }
    for case .some(let entry) in entries.reversed() {
      let own = entry.variable.positive
      model[entry.variable.position] = entry.clauses.contains { position in
        let clause = clause(at: position)
        return clause.contains(own) && !clause.contains { $0 != own && isTrue($0) }
      }
    }
  }
}
