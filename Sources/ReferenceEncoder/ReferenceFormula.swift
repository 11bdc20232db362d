// What must be trusted of a certificate beside this module: that the parser and the checker of `Dedalus` read
// the program as it is meant, and that `ProofChecker` accepts nothing but proofs. This module says in clauses
// what the program and the bounds mean. It is the plainest way that we know, so that it can be read:
//
//     ReferenceFormula     the question and the formula that asks it
//     Condition            literals, clauses, "all of", "any of", "at most"
//     Encoder              round by round: facts, strata, recursion, timed rules, what stays
//     Encoder+Matches      nested loops over the rows that are possible
//     Encoder+Conditions   comparisons and arithmetic
//     Encoder+Aggregates   an aggregate by cases
//     Encoder+World        what faults do: the five questions that a rule asks of the world
//     Encoder+Demands      which faults may occur together; what breaks the specification
//     ReferenceSettling    why what holds with one EOT holds with every later one
//     RoundReading         which rounds are known by their numbers, and what depends on what
//     Encoder+Settling     the clauses of that
//
// It shares the checked program with the rest of Faultline, and with the reference evaluator the words in
// which a question is put: faults, which of them a space admits, and what is specified. It has nothing of
// Evaluation, Lineage, Scenarios, Search or the solver.
//
// A row is possible if some rule instance derives it from possible rows. Each possible row of a round has a
// variable, and so has each instance: the instance is the AND of its premises, of the negations of what its
// `notin`s read, and of what the world answers; the row is the OR of its instances. The variables that choose
// come first, a variable for each fault and for each round of a chosen fact; they decide all others.
//
// The formula is satisfiable exactly if an admissible choice breaks the specification, or leads to arithmetic
// that has no result. So a refutation proves that none does. Everything is listed in the order of the
// program, of rounds and of faults: the same question gives the same bytes.

public import Dedalus
public import ReferenceEvaluator
import Texts

/// What a formula asks: whether some choice of faults and inputs breaks a program.
public struct ReferenceQuestion: Sendable {
  /// The program.
  public let program: Program
  /// The faults that may occur, and how many.
  public let space: ReferenceFaultSpace
  /// What a crash does to the node itself.
  public let crashView: ReferenceCrashView
  /// What must not be broken.
  public let specifications: [ReferenceSpecification]
  /// Only sets of at most so many faults are asked for; nil for all.
  public let mostFaults: Int?
  /// Sets that are known; no set is asked for that contains one of them.
  public let known: [[ReferenceFault]]
  /// Where it is asked of every EOT from that of the space on: from when on runs are said to repeat
  /// themselves.
  public let settling: ReferenceSettling?

  /// Asks whether a set of `space` breaks one of `specifications`: one of at most `mostFaults` faults that
  /// contains none of the `known` sets. With `settling`, the formula also says that runs do not repeat
  /// themselves so.
  public init(
    program: Program, space: ReferenceFaultSpace, crashView: ReferenceCrashView,
    specifications: [ReferenceSpecification], mostFaults: Int? = nil, known: [[ReferenceFault]] = [],
    settling: ReferenceSettling? = nil
  ) {
    self.settling = settling
    self.program = program
    self.space = space
    self.crashView = crashView
    self.specifications = specifications
    self.mostFaults = mostFaults
    self.known = known
  }
}

/// The formula that asks a question.
public struct ReferenceFormula: Sendable {
  /// Something that may be chosen.
  public enum Choice: Hashable, Sendable {
    /// This fault occurs.
    case fault(ReferenceFault)
    /// The chosen fact of a statement of the program, by its position, is placed in this round.
    case placing(statement: Int, round: Int)
  }

  /// The choices, each with its variable.
  public let choices: [(choice: Choice, variable: Int32)]
  /// Whether a specification asks that what holds without faults holds, and nothing does.
  public let demandsNothing: Bool
  private let clauses: Clauses

  /// The number of variables; they count from 1.
  public var variableCount: Int { Int(clauses.variableCount) }
  /// The number of clauses.
  public var clauseCount: Int { clauses.clauseCount }
  /// The literals of all clauses as in a DIMACS file; each clause ends with a 0.
  public var numbers: [Int32] { clauses.numbers }

  /// Makes the formula for `question`. `shouldStop` is asked every few hundred steps.
  public init(
    of question: ReferenceQuestion, shouldStop: @escaping (ReferenceProgress) -> Bool = { _ in false }
  ) throws(UnfinishedFormula) {
    let pumping = try question.settling.map { settling throws(UnfinishedFormula) in
      try Pumping(settling, of: question)
    }
    let question = pumping.map { question.longer(eot: $0.eot) } ?? question
    var baseline: Encoder?
    if question.specifications.contains(where: { $0.comparesWithBaseline }) {
      var calm = ReferenceFaultSpace(
        nodes: question.space.nodes, eot: question.space.eot, eff: 0, budgets: [:])
      calm.configuration = question.space.configuration
      // Without faults there is nothing to choose, and every condition folds to a constant.
      var run = Encoder(
        ReferenceQuestion(
          program: question.program, space: calm, crashView: question.crashView, specifications: []),
        shouldStop)
      try run.encodeRounds()
      baseline = run
    }
    var encoder = Encoder(question, shouldStop)
    try encoder.demandAdmissibleChoices()
    try encoder.encodeRounds()
    if let pumping {
      try encoder.demandUnsettled(pumping, expecting: baseline)
    } else {
      encoder.demandViolation(expecting: baseline)
    }
    clauses = encoder.clauses
    choices =
      encoder.faults.map { (.fault($0.fault), $0.condition.literal) }
      + encoder.placings.map {
        (.placing(statement: $0.statement, round: $0.round), $0.condition.literal)
      }
    demandsNothing = question.specifications.contains { specification in
      guard case .survival = specification else { return false }
      return baseline?.expectedRows(of: specification, in: question.space.eot).isEmpty ?? false
    }
  }
}

/// How far a formula has come.
public struct ReferenceProgress: Hashable, Sendable {
  /// The round that is being encoded.
  public let round: Int
  /// The number of variables so far.
  public let variables: Int

  /// So many variables by this round.
  public init(round: Int, variables: Int) { (self.round, self.variables) = (round, variables) }
}

/// Why a formula was not finished.
public enum UnfinishedFormula: Error, Hashable, Sendable {
  /// The caller asked to stop.
  case stopped
  /// The formula has more than this number of variables or literals, by this round.
  case tooLarge(Int, round: Int)
  /// What is claimed of every EOT would not follow from any formula, for this reason.
  case unfounded(String)
}

extension ReferenceQuestion {
  /// The same question about runs of `eot` rounds.
  fileprivate func longer(eot: Int) -> ReferenceQuestion {
    ReferenceQuestion(
      program: program, space: space.with(eot: eot, for: program), crashView: crashView,
      specifications: specifications,
      mostFaults: mostFaults, known: known, settling: settling)
  }
}

extension ReferenceFormula {
  /// The formula in the DIMACS format, with `comments` in front, one line each.
  public func dimacs(comments: [String] = []) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(clauses.numbers.count * 6)
    for comment in comments { bytes += "c \(comment)\n".utf8 }
    bytes += "p cnf \(variableCount) \(clauseCount)\n".utf8
    for number in clauses.numbers { bytes.append(number) }
    return bytes
  }
}

extension [UInt8] {
  /// Appends a number of a clause and a blank, or the end of its line after a 0.
  fileprivate mutating func append(_ number: Int32) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let start = count
    var rest = number.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
    append(number == 0 ? UInt8(ascii: "\n") : UInt8(ascii: " "))
  }
}
