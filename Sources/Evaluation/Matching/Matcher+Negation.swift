import Dedalus
import Indices

/// A walk over the tuples that match a negated atom.
public struct NegativeMatches {
  fileprivate enum Place {
    case row(TupleID?)
    case chain(TupleIndex.Entry)
  }
  fileprivate var place: Place
}

extension Matcher {
  /// Begins a walk over the tuples that match `atom` under the registers.
  public mutating func matches(of atom: NegativeAtom, in plan: RulePlan) -> NegativeMatches {
    let read = round(read: atom.round, of: atom.relation)
    guard read <= round else { return NegativeMatches(place: .row(nil)) }
    switch atom.access {
    case .row:
      return NegativeMatches(place: .row(lookUp(atom.relation, atom.key, of: plan, in: read)))
    case .index(let index):
      return NegativeMatches(place: .chain(firstEntry(of: index, atom.key, of: plan, in: read)))
    }
  }

  /// The next tuple of the walk, or nil at its end.
  public mutating func next(
    _ walk: inout NegativeMatches, of atom: NegativeAtom, in plan: RulePlan
  ) -> TupleID? {
    switch walk.place {
    case .row(let tuple):
      walk.place = .row(nil)
      return tuple
    case .chain(var entry):
      while entry != .none {
        let (tuple, next) = store.step(entry)
        entry = next
        tried &+= 1
        if agrees(store.row(of: tuple), atom.equalColumns, plan) {
          walk.place = .chain(entry)
          return tuple
        }
      }
      walk.place = .chain(.none)
      return nil
    }
  }

  private mutating func agrees(_ row: RowID, _ equalColumns: Range<Int>, _ plan: RulePlan) -> Bool {
    for position in equalColumns {
      let columns = plan.tables.equalColumns[position]
      if store.symbol(row, columns.first) != store.symbol(row, columns.second) { return false }
    }
    return true
  }
}
