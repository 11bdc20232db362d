// A variable that occurs in few clauses is resolved away: all resolvents on it replace the clauses that
// contain it, if there are no more of them (Subbarayan & Pradhan, "NiVER", SAT 2004; Eén & Biere, "Effective
// Preprocessing in SAT Through Variable and Clause Elimination", SAT 2005). The remaining clauses have a
// model exactly if the original ones have.
//
// Invariant: an eliminated variable is unassigned and in no clause of the arena. The removed clauses are
// kept: they give the variable a value once there is a model of the rest, and they are restored, with those
// of variables that were eliminated later, before the variable is used again (Fazekas, Biere & Scholl,
// "Incremental Inprocessing in SAT Solving", SAT 2019).
import Indices

/// Decides when variables are eliminated.
struct EliminationSchedule {
  private let interval: Int?
  /// Scanning many clauses takes long, so the search must have taken about as long before.
  private let clausesPerConflict: Int
  private var next: Int
  private var rounds = 0

  init(first: Int, every interval: Int?, clausesPerConflict: Int = .max) {
    self.interval = interval
    self.clausesPerConflict = clausesPerConflict
    next = first
  }

  static var never: EliminationSchedule { EliminationSchedule(first: .max, every: nil) }
  /// Many formulas are decided within a few conflicts, and faster without elimination.
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

/// A clause in the list of one of its literals; all its literals list it.
struct Occurrence {
  let clause: ClauseReference
  /// One bit of 32 for each variable in the clause. A clause with a bit that another lacks is not part of the
  /// other.
  let signature: UInt32
}

/// The state of an elimination, and what was eliminated before.
struct Elimination: ~Copyable {
  var schedule = EliminationSchedule.never
  /// For each literal; empty between eliminations. Deleted clauses may be listed.
  var occurrences = IndexedArray<Literal, [Occurrence]>()
  /// Clauses that may subsume or strengthen others.
  var fresh: [Occurrence] = []
  /// For each variable: whether the clauses with it have changed since it was last tried.
  var isTouched = IndexedArray<Variable, Bool>()
  /// For each literal: whether it is in the current clause.
  var marks = Column<Literal, Bool>()
  /// The number of literals that may still be visited.
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

  /// Removes and returns the clauses of the eliminated `variable`, which from now on is like any other.
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

  /// The eliminated variables; nil where the variable has been restored.
  private var entries: [Entry?] = []
  /// For each variable: the index of its entry. Most formulas are decided without elimination, so it only
  /// grows when needed.
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

  /// Adds an entry for `variable`, with the last `count` clauses that were appended.
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

  /// Gives each eliminated variable a value that satisfies its clauses, the latest first, since the clauses
  /// of an earlier one may contain it. A variable is true if one of its clauses has no other true literal;
  /// the resolvents ensure that no clause then needs it to be false.
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
