/// Reads the steps of an LRAT file: `NUMBER LITERALS 0 HINTS 0` derives a clause, `NUMBER d CLAUSES 0`
/// deletes.
struct ProofReader {
  struct Step {
    enum Kind { case derive, delete }
    let kind: Kind
    let number: Int
    fileprivate let offset: Int
  }

  private var reader: NumberReader
  /// The literals of the clause of the last deriving step.
  private(set) var literals: [Int32] = []
  /// The hints of the last step, or the clauses that it deletes.
  private(set) var numbers: [Int] = []

  init(_ bytes: [UInt8]) { reader = NumberReader(bytes) }

  /// The next step; nil at the end.
  mutating func next() throws(FormatError) -> Step? {
    reader.skipSpaceAndComments()
    guard !reader.isAtEnd else { return nil }
    let offset = reader.offset
    let number = try reader.number("the number of a step", in: 1...Int.max)
    reader.skipSpace()
    let isDeletion = reader.skip("d")
    if !isDeletion {
      literals.removeAll(keepingCapacity: true)
      let greatest = ConjunctiveNormalForm.greatestVariableCount
      while case let literal = try reader.number("a literal", in: -greatest...greatest), literal != 0 {
        literals.append(Int32(literal))
      }
    }
    numbers.removeAll(keepingCapacity: true)
    let meaning = isDeletion ? "the number of a clause" : "a hint"
    while case let hint = try reader.number(meaning, in: -Int.max...Int.max), hint != 0 {
      numbers.append(hint)
    }
    return Step(kind: isDeletion ? .delete : .derive, number: number, offset: offset)
  }

  /// The line on which `step` starts, from 1.
  func line(of step: Step) -> Int { reader.line(at: step.offset) }
}
