import Evaluation
import Indices

extension Explanation {
  /// The earliest missing tuples: their causes are faults and no other missing tuples. Everything else that
  /// is missing follows from them.
  ///
  /// Within a round tuples may support each other, so "earlier" means by round, then by order of derivation.
  public func frontier(in difference: Difference) -> [CauseID] {
    nodes.indices.filter { id in
      guard case .missing(let tuple) = nodes[id] else { return false }
      return !reaches(fromCausesOf: id) { other in
        guard case .missing(let other) = nodes[other] else { return false }
        return difference.good.isEarlier(other, than: tuple)
      }
    }
  }

  /// Whether a node that `isSought` is among the direct or indirect causes of `start`.
  private func reaches(fromCausesOf start: CauseID, _ isSought: (CauseID) -> Bool) -> Bool {
    var seen = IndexedArray<CauseID, Bool>(repeating: false, count: nodes.count)
    var pending = causes[start]
    while let node = pending.popLast() {
      guard !seen[node] else { continue }
      seen[node] = true
      if isSought(node) { return true }
      pending += causes[node]
    }
    return false
  }
}

extension Execution {
  fileprivate func isEarlier(_ tuple: TupleID, than other: TupleID) -> Bool {
    (store.round(of: tuple), tuple) < (store.round(of: other), other)
  }
}
