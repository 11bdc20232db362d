import Dedalus
import Indices

/// A walk over the tuples that match a negated atom.
public struct NegativeMatches {
  fileprivate enum Place {
    case row(TupleID?)
    case chain(IndexID, TupleIndex.Entry)
  }
  fileprivate var place: Place
}

extension Matcher {
  /// Begins a walk over the tuples that match `atom` under the registers.
  public mutating func matches(of atom: NegativeAtom) -> NegativeMatches {
    let read = round(read: atom.round, of: atom.relation)
    guard read <= round else { return NegativeMatches(place: .row(nil)) }
    switch atom.access {
    case .row:
      loadKey(atom.key, after: atom.relation.rawValue)
      let tuple = store.findRow(key).flatMap { store.tuple($0, in: read) }
      return NegativeMatches(place: .row(tuple))
    case .index(let index):
      loadKey(atom.key, after: read.rawValue)
      return NegativeMatches(place: .chain(index, store.firstEntry(index, key)))
    }
  }

  /// The next tuple of the walk, or nil at its end.
  public func next(_ walk: inout NegativeMatches, of atom: NegativeAtom) -> TupleID? {
    switch walk.place {
    case .row(let tuple):
      walk.place = .row(nil)
      return tuple
    case .chain(let index, var entry):
      while entry != .none {
        let (tuple, next) = store.step(index, entry)
        entry = next
        let row = store.row(of: tuple)
        if atom.equalColumns.allSatisfy({ store.symbol(row, $0.first) == store.symbol(row, $0.second) }) {
          walk.place = .chain(index, entry)
          return tuple
        }
      }
      walk.place = .chain(index, .none)
      return nil
    }
  }
}
