import Dedalus
import Indices

/// The absences that firings rely on, each pattern once.
///
/// A pattern is a run of words: relation, round, then two for each column: 0 for any value, or 1 and the symbol.
struct AbsenceStore: Sendable {
  private var patterns = WordTable()

  private var words = WordBuffer()

  /// The number of the pattern of `atom` under what `matcher` has bound.
  mutating func intern(_ atom: NegativeAtom, of plan: RulePlan, _ matcher: borrowing Matcher) -> AbsenceID {
    words.begin(with: atom.relation.rawValue)
    words.append((atom.round ?? matcher.round).rawValue)
    for position in atom.pattern {
      if let source = plan.tables.patterns[position] {
        words.append(1)
        words.append(matcher.symbol(of: source).rawValue)
      } else {
        words.append(0)
        words.append(0)
      }
    }
    return AbsenceID(rawValue: patterns.intern(words))
  }

  /// The number of `absence`.
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

  /// Takes back every pattern after the first `count`.
  mutating func truncate(to count: Int) { patterns.truncate(to: count) }

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
