/// Why files do not prove that a formula has no model.
public enum Rejection: Error, Equatable, CustomStringConvertible {
  /// The formula cannot be read.
  case formula(FormatError)
  /// The proof cannot be read.
  case proof(FormatError)
  /// A step, on this line of the proof, is not justified.
  case step(Flaw, line: Int)
  /// All steps are justified, but none derives the empty clause.
  case unfinished
  /// The caller asked to stop; this number of steps is justified.
  case stopped(after: Int)

  /// The reason as a phrase.
  public var description: String {
    switch self {
    case .formula(let error): "formula, \(error)"
    case .proof(let error): "proof, \(error)"
    case .step(let flaw, let line): "proof, line \(line): \(flaw)"
    case .unfinished: "the proof does not derive the empty clause"
    case .stopped(let count): "stopped after \(count) \(count == 1 ? "step" : "steps")"
    }
  }
}

/// The size of an accepted proof.
public struct Verification: Equatable, Sendable {
  /// The number of clauses of the formula.
  public let givenCount: Int
  /// The number of derived clauses.
  public let derivedCount: Int
  /// The number of hints followed.
  public let hintCount: Int

  /// Checks that the LRAT file `proof` refutes the DIMACS file `formula`. `shouldStop` is polled every few
  /// hundred steps, with the number of steps justified so far.
  public init(
    of formula: [UInt8], by proof: [UInt8], shouldStop: (Int) -> Bool = { _ in false }
  ) throws(Rejection) {
    let found: ConjunctiveNormalForm?
    do { found = try ConjunctiveNormalForm(dimacs: formula) { shouldStop(0) } } catch {
      throw .formula(error)
    }
    guard let given = found else { throw .stopped(after: 0) }
    var checker = ProofChecker()
    for position in 0..<given.clauseCount {
      if position & 0xFFFF == 0xFFFF, shouldStop(0) { throw .stopped(after: 0) }
      do { try checker.assume(Array(given[position]), as: position + 1) } catch {
        throw .step(error, line: 0)
      }
    }
    try Self.follow(proof, with: &checker, shouldStop)
    guard checker.hasRefuted else { throw .unfinished }
    givenCount = given.clauseCount
    derivedCount = checker.derivedCount
    hintCount = checker.hintCount
  }

  private static func follow(
    _ proof: [UInt8], with checker: inout ProofChecker, _ shouldStop: (Int) -> Bool
  ) throws(Rejection) {
    var steps = ProofReader(proof)
    var count = 0
    while true {
      if count % 256 == 0, shouldStop(checker.derivedCount) { throw .stopped(after: checker.derivedCount) }
      count += 1
      let step: ProofReader.Step?
      do { step = try steps.next() } catch { throw .proof(error) }
      guard let step else { return }
      do {
        switch step.kind {
        case .derive: try checker.derive(steps.literals, as: step.number, by: steps.numbers)
        case .delete: for number in steps.numbers { try checker.delete(number, in: step.number) }
        }
      } catch {
        throw .step(error, line: steps.line(of: step))
      }
    }
  }
}
