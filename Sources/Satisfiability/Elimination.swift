// A variable that occurs in few clauses is resolved away: all resolvents on it take the place of the clauses with it,
// if they are no more (Subbarayan & Pradhan, "NiVER", SAT 2004; Eén & Biere, "Effective Preprocessing in SAT Through
// Variable and Clause Elimination", SAT 2005). What remains has a model exactly if there was one before.
//
// Invariant: an eliminated variable is unassigned and in no clause of the arena. The clauses that it took along are
// kept: they give it a value once there is a model of the rest, and they come back, with those of variables that were
// eliminated later, before anybody speaks of it again (Fazekas, Biere & Scholl, "Incremental Inprocessing in SAT
// Solving", SAT 2019).
import Indices

/// When variables are eliminated, and how many clauses that may cost.
struct EliminationSchedule {
  private let interval: Int?
  private var next: Int
  private var rounds = 0

  init(first: Int, every interval: Int?) {
    self.interval = interval
    next = first
  }

  static var never: EliminationSchedule { EliminationSchedule(first: .max, every: nil) }
  /// Many a formula is decided within a few conflicts, and faster so.
  static var usual: EliminationSchedule { EliminationSchedule(first: 30, every: 2_000) }

  func isDue(at conflicts: Int) -> Bool { conflicts >= next }

  mutating func done(at conflicts: Int) {
    rounds += 1
    next = interval.map { conflicts + $0 * (rounds + 1) * (rounds + 1) } ?? .max
  }

  /// How many more resolvents there may be than clauses that they replace.
  var growth: Int { 0 }
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
  private(set) var removed = EliminatedClauses()

  mutating func addVariable() {
    for _ in 0..<2 { marks.append(false) }
    removed.addVariable()
  }

  /// Makes room for the occurrences of `count` variables.
  mutating func open(variableCount count: Int) {
    occurrences = IndexedArray(repeating: [], count: 2 * count)
    isTouched = IndexedArray(repeating: true, count: count)
    fresh.removeAll()
  }

  mutating func close() { occurrences.removeAll() }

  func isEliminated(_ variable: Variable) -> Bool { removed.isEliminated(variable) }

  mutating func remove(_ variable: Variable, with clauses: [EliminatedClauses.Clause]) {
    removed.append(variable, with: clauses)
  }

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
    var clauses: [Clause]
  }

  private var entries: [Entry?] = []
  /// By variable: where its entry is.
  private var places = IndexedArray<Variable, Int?>()

  mutating func addVariable() { places.append(nil) }

  func isEliminated(_ variable: Variable) -> Bool { places[variable] != nil }

  mutating func append(_ variable: Variable, with clauses: [Clause]) {
    assert(!isEliminated(variable), "a variable is eliminated once")
    places[variable] = entries.count
    entries.append(Entry(variable: variable, clauses: clauses))
  }

  mutating func restore(_ variable: Variable) -> [Clause] {
    guard let place = places[variable], let entry = entries[place] else { return [] }
    entries[place] = nil
    places[variable] = nil
    while let last = entries.last, last == nil { entries.removeLast() }
    return entry.clauses
  }

  /// Gives each eliminated variable a value that satisfies its clauses, the latest first: those of an earlier one may
  /// contain it. A variable is true where one of its clauses says nothing else; that none demands it to be false as
  /// well, the resolvents have seen to.
  func extend(_ model: inout [Bool]) {
    func isTrue(_ literal: Literal) -> Bool { model[literal.variable.position] != literal.isNegated }
    for case .some(let entry) in entries.reversed() {
      let own = entry.variable.positive
      model[entry.variable.position] = entry.clauses.contains { clause in
        clause.literals.contains(own) && !clause.literals.contains { $0 != own && isTrue($0) }
      }
    }
  }
}
