import Dedalus
import FaultInjection
import Glibc
import ProofChecker
import Satisfiability

/// A formula as it was given: a DIMACS file, or standard input.
struct FormulaFile {
  /// What it says.
  let formula: ConjunctiveNormalForm

  /// The largest file that is read, in bytes.
  private static let largest = 1 << 30

  /// Reads the file at `path`, or standard input where that is `-`.
  init(_ path: String) throws {
    let name = path == "-" ? "standard input" : path
    let bytes = try Self.bytes(path)
    do throws(FormatError) {
      formula = try ConjunctiveNormalForm(dimacs: bytes)
    } catch {
      throw InvalidFile(
        path: name, position: .init(line: error.line, column: error.column), code: "bad-dimacs",
        message: error.reason)
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    if path == "-" { return try standardInput() }
    do throws(UnreadableFile) {
      return try RegularFile.bytes(of: path, atMost: largest)
    } catch {
      throw InvalidFile(path: path, code: "unreadable-file", message: error.phrase)
    }
  }

  private static func standardInput() throws(InvalidFile) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &part, part.count)
      if count < 0, errno == EINTR, !Interruption.isRequested { continue }
      guard count >= 0 else { throw unreadable("it cannot be read: \(String(cString: strerror(errno)))") }
      if count == 0 { return bytes }
      bytes += part[..<count]
      guard bytes.count <= largest else { throw unreadable("it is larger than \(largest >> 20) MB") }
    }
  }

  private static func unreadable(_ phrase: String) -> InvalidFile {
    InvalidFile(path: "standard input", code: "unreadable-file", message: phrase)
  }
}

/// Which variables of a file the solver knows, and under which numbers: those that occur in a clause, in order. A
/// file may announce millions that do not.
struct OccurringVariables {
  /// The numbers in the file, from 1, ascending.
  let numbers: [Int32]
  /// Whether these are 1, 2, 3, …, so that the solver's differ from them by 1 only.
  private let isDense: Bool

  init(of formula: ConjunctiveNormalForm) {
    var occurs = [Bool](repeating: false, count: formula.variableCount + 1)
    for position in 0..<formula.clauseCount {
      for literal in formula[position] { occurs[Int(literal.magnitude)] = true }
    }
    numbers = occurs.indices.filter { occurs[$0] }.map(Int32.init)
    isDense = Int(numbers.last ?? 0) == numbers.count
  }

  /// The solver's literal for `literal` of the file.
  func literal(_ literal: Int32) -> Literal {
    let number = Int32(literal.magnitude)
    return Literal(Variable(isDense ? Int(number) - 1 : place(of: number)), negated: literal < 0)
  }

  /// Where `number` stands in `numbers`, by bisection.
  private func place(of number: Int32) -> Int {
    var range = numbers.indices
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = numbers[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    assert(numbers[range.lowerBound] == number, "every variable of a clause occurs")
    return range.lowerBound
  }

  /// `sink` for a solver whose variables are numbered anew: it hears of those of the file.
  func original(_ sink: ProofSink) -> ProofSink {
    guard !isDense else { return sink }
    func original(_ clause: [Literal]) -> [Literal] {
      clause.map { Literal(Variable(Int(numbers[$0.variable.position]) - 1), negated: $0.isNegated) }
    }
    return ProofSink(
      given: { sink.given($0, original($1)) },
      learned: { sink.learned($0, original($1), $2) },
      deleted: { sink.deleted($0, original($1)) })
  }
}
