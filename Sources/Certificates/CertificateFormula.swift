// The formula of a certificate is a DIMACS file. Comments before the problem line say what it is about:
//
//     c claim TEXT            the claim of claim.json, line by line
//     c fault VARIABLE NAME   true where the fault happens
//     c tuple LITERAL NAME    true where the tuple holds
//     c violated LITERAL ROW  true where the row is missing from the outcome
//     c failure LITERAL       true where some computation has no result
//     c limit LITERAL N       if it is true, at most N faults happen
//     c broken LITERAL        true where a row is violated or a computation fails
//
// The last clauses demand what is claimed to be impossible: the limit, if there is one, and that the outcome
// is broken. All clauses before them only say how the rest follows from the faults, and which fault sets are
// admissible.

import Dedalus
import ProofChecker
import Texts

/// A formula, and what its literals stand for.
public struct CertificateFormula: Sendable {
  /// A literal that stands for something.
  public struct Name: Hashable, Sendable {
    /// The literal, as in the file.
    public let literal: Int32
    /// What the literal stands for.
    public let text: Text
    /// The line of the file that says so.
    public let line: Int
  }

  /// The clauses of the formula.
  public let clauses: ConjunctiveNormalForm
  /// The claim that the header repeats, line by line.
  public private(set) var claim: [Text] = []
  /// The line of the file on which the claim begins.
  public private(set) var claimLine = 1
  private(set) var faults: [Name] = []
  private(set) var tuples: [Name] = []
  private(set) var violated: [Name] = []
  private(set) var failure: Name?
  private(set) var limit: Name?
  private(set) var broken: Name?

  /// Reads a file; nil where `shouldStop` ends that.
  public init?(_ bytes: [UInt8], shouldStop: () -> Bool = { false }) throws(FormatError) {
    guard let clauses = try ConjunctiveNormalForm(dimacs: bytes, shouldStop: shouldStop) else { return nil }
    self.clauses = clauses
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.first == UInt8(ascii: "p") { break }
      guard line.starts(with: "c ".utf8) else { continue }
      try read(Line(line.dropFirst(2), number))
    }
    guard broken != nil else {
      throw FormatError(
        line: number, column: 1, reason: "no 'c broken LITERAL' says what is claimed to be impossible")
    }
  }

  /// One comment line, without its mark.
  private struct Line {
    let number: Int
    let word: String
    let rest: Substring

    init(_ bytes: ArraySlice<UInt8>, _ number: Int) {
      self.number = number
      let text = String(decoding: bytes, as: UTF8.self)
      word = String(text.prefix { $0 != " " })
      rest = text.dropFirst(word.count + 1)
    }
  }

  private mutating func read(_ line: Line) throws(FormatError) {
    switch line.word {
    case "claim":
      if claim.isEmpty { claimLine = line.number }
      claim.append(Text(String(line.rest)))
    case "fault": faults.append(try name(line))
    case "tuple": tuples.append(try name(line))
    case "violated": violated.append(try name(line))
    case "failure": failure = try name(line)
    case "limit": limit = try name(line)
    case "broken": broken = try name(line)
    default: break
    }
  }

  private func name(_ line: Line) throws(FormatError) -> Name {
    let number = line.rest.prefix { $0 != " " }
    guard let literal = Int32(number), literal != 0, literal.magnitude <= clauses.variableCount else {
      throw FormatError(line: line.number, column: line.word.count + 4, reason: "a literal is expected here")
    }
    let text = Text(String(line.rest.dropFirst(number.count + 1)))
    return Name(literal: literal, text: text, line: line.number)
  }
}
