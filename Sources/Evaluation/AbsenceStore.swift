import Dedalus
import Indices

/// The absences that firings rely on, each pattern once.
///
/// A pattern is a run of words: relation, round, then two for each column: 0 for any value, or 1 and the symbol.
struct AbsenceStore: Sendable {
  private var patterns = WordTable()

  /// The number of the pattern of `atom` in `round` (the current round) under `registers`.
  mutating func intern(
    _ atom: NegativeAtom, _ registers: IndexedArray<Register, Symbol>, _ round: Round,
    scratch: inout WordBuffer
  ) -> AbsenceID {
    scratch.begin(with: atom.relation.rawValue)
    scratch.append((atom.round ?? round).rawValue)
    var next = 0
    for column in 0..<atom.arity {
      guard next < atom.boundColumns.count, atom.boundColumns[next] == column else {
        scratch.append(0)
        scratch.append(0)
        continue
      }
      scratch.append(1)
      switch atom.key[next] {
      case .register(let register): scratch.append(registers[register].rawValue)
      case .constant(let symbol): scratch.append(symbol.rawValue)
      }
      next += 1
    }
    return AbsenceID(rawValue: patterns.intern(scratch))
  }

  /// The pattern numbered `id`.
  func absence(_ id: AbsenceID, in constants: ConstantPool) -> Absence {
    let words = Array(patterns[id.rawValue])
    let pattern = stride(from: 2, to: words.count, by: 2).map { position in
      words[position] == 0 ? nil : constants[Symbol(rawValue: words[position + 1])]
    }
    return Absence(
      relation: RelationID(rawValue: words[0]), round: Round(rawValue: words[1]), pattern: pattern)
  }
}
