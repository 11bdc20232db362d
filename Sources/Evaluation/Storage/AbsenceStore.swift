import Dedalus
import Indices
import Scenarios

/// The absences that firings rely on, each pattern once.
///
/// A pattern is a sequence of words: relation, round, then for each column 0 for any value, or 1 and the
/// symbol.
struct AbsenceStore: Sendable {
  private var patterns = WordTable()

  private var words = WordBuffer()

  /// The number of the pattern of `atom` under `registers`, in `round` unless the atom names another round.
  mutating func intern(
    _ atom: NegativeAtom, of plan: RulePlan, in round: Round, _ registers: IndexedArray<Register, Symbol>
  ) -> AbsenceID {
    words.begin(with: atom.relation.rawValue)
    words.append((atom.round ?? round).rawValue)
    for position in atom.pattern {
      if let source = plan.tables.patterns[position] {
        words.append(1)
        words.append(source.symbol(registers).rawValue)
      } else {
        words.append(0)
        words.append(0)
      }
    }
    return AbsenceID(rawValue: patterns.intern(words))
  }

  mutating func intern(
    _ absence: Absence, _ constants: inout ConstantPool, scratch: inout WordBuffer
  ) -> AbsenceID {
    scratch.begin(with: absence.relation.rawValue)
    scratch.append(absence.round.rawValue)
    for value in absence.pattern {
      scratch.append(value == nil ? 0 : 1)
      scratch.append(value.map { constants.intern($0).rawValue } ?? 0)
    }
    return AbsenceID(rawValue: patterns.intern(scratch))
  }

  var count: Int { patterns.count }

  /// Removes every pattern after the first `count`.
  mutating func truncate(to count: Int) { patterns.truncate(to: count) }

  /// The relation and the round that were read.
  func place(of id: AbsenceID) -> (relation: RelationID, round: Round) {
    (RelationID(rawValue: patterns[id.rawValue, 0]), Round(rawValue: patterns[id.rawValue, 1]))
  }

  /// Column `column` of the pattern numbered `id`; nil for any value.
  func symbol(_ id: AbsenceID, _ column: Int) -> Symbol? {
    assert(column >= 0 && id.position < count, "patterns are numbered from 0, and so are their columns")
    return symbol(at: column, of: id)
  }

  private func symbol(at column: Int, of id: AbsenceID) -> Symbol? {
    patterns[id.rawValue, 2 + 2 * column] == 0
      ? nil : Symbol(rawValue: patterns[id.rawValue, 3 + 2 * column])
  }

  func absence(_ id: AbsenceID, in constants: ConstantPool) -> Absence {
    let words = Array(patterns[id.rawValue])
    let pattern = stride(from: 2, to: words.count, by: 2).map { position in
      words[position] == 0 ? nil : constants[Symbol(rawValue: words[position + 1])]
    }
    return Absence(
      relation: RelationID(rawValue: words[0]), round: Round(rawValue: words[1]), pattern: pattern)
  }
}
