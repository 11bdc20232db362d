import Evaluation
import Indices

/// The tuples that the bad run has for other reasons than the good one. One firing is considered for each
/// tuple; somewhere in this lineage there is a tuple that the good run lacks, or an absence that it does not
/// have. Rows that an aggregate lost do not count where its value is the same without them.
///
/// Chosen firings rest on tuples derived earlier, so one pass in order of derivation settles a lineage.
struct Rederivations {
  private let difference: Difference
  private var answers: [TupleID: Bool] = [:]

  init(_ difference: Difference) { self.difference = difference }

  /// Whether `tuple` of the bad run is rederived.
  mutating func contains(_ tuple: TupleID) -> Bool {
    for member in lineage(of: tuple).sorted() { answers[member] = differs(member) }
    assert(answers[tuple] != nil, "a tuple is part of its own lineage")
    return answers[tuple] ?? false
  }

  /// The tuples in the lineage of `tuple` that are not settled yet.
  private func lineage(of tuple: TupleID) -> Set<TupleID> {
    var lineage: Set<TupleID> = []
    var pending = [tuple]
    while let next = pending.popLast() {
      guard answers[next] == nil, lineage.insert(next).inserted,
        let firing = difference.badSide.chosenFiring(of: next)
      else { continue }
      for case .tuple(let premise) in difference.bad.premises(of: firing) { pending.append(premise) }
    }
    return lineage
  }

  private func differs(_ tuple: TupleID) -> Bool {
    guard difference.badSide.counterparts[tuple] != nil else { return true }
    guard let firing = difference.badSide.chosenFiring(of: tuple) else { return false }
    let premises = difference.bad.premisesWithNegatedAtoms(of: firing)
    return premises.contains { premise, atom in
      switch premise {
      case .tuple(let premise):
        assert(premise < tuple, "a chosen firing rests on what was derived before")
        return answers[premise] ?? false
      case .absence(let absence): return !difference.expected(at: absence, of: atom).isEmpty
      }
    }
  }
}
