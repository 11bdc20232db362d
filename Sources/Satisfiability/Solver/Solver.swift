// Conflict-driven clause learning (Marques-Silva & Sakallah, "GRASP", ICCAD 1996; Moskewicz et al., "Chaff",
// DAC 2001; Eén & Sörensson, "An Extensible SAT-solver", SAT 2003). The steps of the algorithm are extensions
// of `Solver` in files of their own:
//
//     Solver+Search        decide, propagate, learn, until there is a model or none can be
//     Solver+Propagation   two watched literals
//     Solver+Analysis      first unique implication point, minimisation
//     Solver+Learning      learned clauses, backjumping
//     Solver+Reduction     throwing learned clauses away
//     Solver+Elimination   resolving variables away; Solver+Subsumption, Solver+Occurrences
//     Solver+Restoring     bringing them back
//     Solver+Assumptions   which assumptions are to blame
//     Solver+Proof         the hints that justify each learned clause

/// Decides whether a formula in conjunctive normal form has a model.
///
///     var solver = Solver()
///     let rain = solver.newVariable(), wet = solver.newVariable()
///     solver.add([rain.negative, wet.positive])
///     solver.solve(assuming: [rain.positive, wet.negative])  // .unsatisfiable
///     solver.failedAssumptions                               // both
///
/// Clauses may be added between calls; what was learned stays. The same calls give the same answers: nothing
/// here depends on time or on chance.
public struct Solver: ~Copyable {
  /// What a call of `solve` found out.
  public enum Answer: Sendable, Equatable {
    /// There is a model; `value` reads it.
    case satisfiable
    /// There is no model in which the assumptions hold.
    case unsatisfiable
    /// A limit was reached first. The solver can be used again.
    case unknown
  }

  /// The clauses as they were added; every model is checked against them.
  public private(set) var formula = Formula()
  /// What has been done so far.
  public internal(set) var statistics = Statistics()

  var clauses = ClauseArena()
  var watches = Watches()
  var trail = Trail()
  var undecided = DecisionHeap()
  var phases = Phases()
  var analysis = ConflictAnalysis()
  var restarts = RestartPolicy()
  var reductions = ReductionSchedule()
  var elimination = Elimination()
  var proof: ProofLog
  var outcome = Outcome()
  /// Whether variables are eliminated when a search becomes long. A clause or an assumption with an
  /// eliminated variable restores it, so this is meant for formulas that are complete from the start.
  public var eliminatesVariables = false {
    didSet { elimination.schedule = eliminatesVariables ? .usual : .never }
  }
  /// Whether variables that no conflict has touched for long are decided in the order of their activities.
  /// Otherwise a decision costs less, which suits many short calls about ever more variables, most of which
  /// are idle.
  public var ordersIdleVariables: Bool {
    get { undecided.ordersIdle }
    set { undecided.ordersIdle = newValue }
  }
  /// Whether the search checks its invariants after every step; for tests.
  var checksInvariants = false

  /// A solver without variables and clauses.
  public init() { proof = ProofLog(sink: nil) }

  /// A solver without variables and clauses that reports every step of its reasoning to `sink`.
  public init(reportingTo sink: ProofSink) { proof = ProofLog(sink: sink) }

  /// The number of variables; they are numbered from 0.
  public var variableCount: Int { formula.variableCount }

  /// The number of clauses that were added.
  public var clauseCount: Int { formula.clauseCount }

  /// Makes room for the given numbers of clauses and literals, so that they need not be moved later.
  public mutating func reserve(clauses: Int, literals: Int) {
    formula.reserve(clauses: clauses, literals: literals)
    self.clauses.reserve(clauses: clauses, literals: literals)
  }

  /// Creates a variable that occurs in no clause yet.
  public mutating func newVariable() -> Variable {
    watches.addLiteral()
    watches.addLiteral()
    trail.addVariable()
    undecided.addVariable()
    phases.addVariable()
    analysis.addVariable()
    proof.addVariable()
    return formula.newVariable()
  }

  /// Demands that one of `clause` be true from now on. The clause may have any length and contain
  /// repetitions.
  public mutating func add(_ clause: [Literal]) {
    formula.add(clause)
    backtrack(to: 0)
    restore(variablesOf: clause)
    attachGiven(clause, identifier: proof.give(clause))
    if checksInvariants { checkInvariants() }
  }

  /// Searches for a model in which `assumptions` hold, within `limits`.
  public mutating func solve(assuming assumptions: [Literal] = [], limits: Limits = .none) -> Answer {
    for literal in assumptions {
      precondition(
        literal.variable.position < variableCount, "an assumption speaks of a variable that exists")
    }
    statistics.calls += 1
    backtrack(to: 0)
    outcome.forget()
    restore(variablesOf: assumptions)
    let answer = search(assuming: assumptions, within: limits)
    if answer == .satisfiable { adoptModel(under: assumptions) }
    if checksInvariants { checkInvariants() }
    outcome.answer = answer
    return answer
  }

  /// The value of `literal` in the last model, which can be read until the next call of `solve`.
  public func value(_ literal: Literal) -> Bool {
    precondition(outcome.answer == .satisfiable, "only a satisfiable answer comes with a model")
    return outcome.isTrue(literal)
  }

  /// After an unsatisfiable answer: some of the assumptions that already contradict the clauses. Empty when
  /// the clauses have no model at all.
  public var failedAssumptions: [Literal] {
    precondition(outcome.answer == .unsatisfiable, "only an unsatisfiable answer has failed assumptions")
    return outcome.failed
  }
}

extension Solver {
  /// After an unsatisfiable answer of a solver that reports its reasoning: the clause that says so. Its
  /// literals are the negated failed assumptions; nil where two of these contradict each other and nothing
  /// had to be derived.
  public var conclusion: ClauseIdentifier? {
    precondition(outcome.answer == .unsatisfiable, "only an unsatisfiable answer has a conclusion")
    return outcome.isRefuted ? outcome.refutation : outcome.blame
  }
}

/// The result of the last call, and whether the clauses have been refuted for good.
struct Outcome {
  var answer = Solver.Answer.unknown
  var failed: [Literal] = []
  /// Whether the clauses have no model, whatever is assumed.
  var isRefuted = false
  /// The empty clause of the proof, once there is one.
  var refutation: ClauseIdentifier?
  /// The clause of the proof that says that not all failed assumptions are true.
  var blame: ClauseIdentifier?
  /// For each variable: its value in the model.
  private var model: [Bool] = []

  func isTrue(_ literal: Literal) -> Bool {
    precondition(literal.variable.position < model.count, "the variable is younger than the model")
    return model[literal.variable.position] != literal.isNegated
  }

  mutating func forget() {
    answer = .unknown
    failed = []
    blame = nil
    model.removeAll(keepingCapacity: true)
  }

  mutating func adopt(_ trail: borrowing Trail, completedBy removed: EliminatedClauses, variableCount: Int) {
    for number in 0..<variableCount { model.append(trail.isTrue(Variable(number).positive)) }
    removed.extend(&model)
  }

  mutating func refute(by identifier: ClauseIdentifier) {
    isRefuted = true
    refutation = identifier == .none ? nil : identifier
  }
}

extension Solver {
  /// Keeps the assignment as the model, after checking it against the clauses and the assumptions.
  private mutating func adoptModel(under assumptions: [Literal]) {
    outcome.adopt(trail, completedBy: elimination.removed, variableCount: variableCount)
    let found = outcome
    precondition(formula.isSatisfied(by: found.isTrue), "a model satisfies the clauses as they were given")
    precondition(assumptions.allSatisfy(found.isTrue), "a model satisfies the assumptions")
  }
}
