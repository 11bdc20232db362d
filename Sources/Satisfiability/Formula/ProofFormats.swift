// The two file formats of proofs: LRAT, a line of text with hints for each step; and binary DRAT (Wetzler,
// Heule & Hunt, "DRAT-trim", SAT 2014), a few bytes without hints for each step.

extension ProofSink {
  /// Writes each step as a line of LRAT. The formula must have `givenCount` clauses in all, because the
  /// numbers of the steps come after theirs.
  public static func lrat(givenCount: Int, to write: @escaping ([UInt8]) -> Void) -> ProofSink {
    func number(of identifier: ClauseIdentifier) -> Int {
      identifier.isLearned ? givenCount + identifier.number : identifier.number
    }
    var last = givenCount
    return ProofSink(
      given: { identifier, _ in
        precondition(identifier.number <= givenCount, "the formula has more clauses than was said")
      },
      learned: { identifier, clause, hints in
        var line: [UInt8] = []
        last = number(of: identifier)
        line.appendStep(last, clause: clause, hints: hints.map(number))
        write(line)
      },
      deleted: { identifier, _ in write(Array("\(last) d \(number(of: identifier)) 0\n".utf8)) })
  }

  /// Writes each step in binary DRAT.
  public static func binaryDRAT(to write: @escaping ([UInt8]) -> Void) -> ProofSink {
    func step(_ kind: Character, _ clause: [Literal]) -> [UInt8] {
      var bytes = kind.asciiValue.map { [$0] } ?? []
      for literal in clause { bytes.appendVariableLength(literal.rawValue + 2) }
      return bytes + [0]
    }
    return ProofSink(
      given: { _, _ in },
      learned: { _, clause, _ in write(step("a", clause)) },
      deleted: { _, clause in write(step("d", clause)) })
  }
}

extension [UInt8] {
  /// Appends a line of LRAT.
  mutating func appendStep(_ number: Int, clause: [Literal], hints: [Int]) {
    appendDecimal(number)
    for literal in clause { appendDecimal(literal.dimacs) }
    appendDecimal(0)
    for hint in hints { appendDecimal(hint) }
    append(contentsOf: "0\n".utf8)
  }

  private mutating func appendDecimal(_ number: Int) {
    append(contentsOf: String(number).utf8)
    append(UInt8(ascii: " "))
  }

  /// Appends `number` in groups of seven bits, the lowest first; all but the last group carry the eighth bit.
  fileprivate mutating func appendVariableLength(_ number: UInt32) {
    var rest = number
    while rest >= 128 {
      append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
