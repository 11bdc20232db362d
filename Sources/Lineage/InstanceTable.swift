import Evaluation
import Indices

/// The instances of the tuples that are open, chained by the tuple they derive.
struct InstanceTable {
  private var conditions: IndexedArray<InstanceID, Edge> = []
  private var nexts: IndexedArray<InstanceID, InstanceID> = []
  private var premiseStarts: [UInt32] = [0]
  private var premises: [TupleID] = []
  private var firsts: IndexedArray<TupleID, InstanceID> = []

  /// Makes room for the next tuple.
  mutating func addHead() { firsts.append(.none) }

  /// Adds an instance that derives `head` where `condition` and all of the open `premises` hold.
  mutating func append(of head: TupleID, where condition: Edge, _ premises: [TupleID]) {
    self.premises.append(contentsOf: premises)
    premiseStarts.append(UInt32(self.premises.count))
    nexts.append(firsts[head])
    firsts[head] = conditions.append(condition)
  }

  /// Forgets all instances; no tuple may be open.
  mutating func removeAll() {
    conditions.removeAll()
    nexts.removeAll()
    premiseStarts = [0]
    premises.removeAll(keepingCapacity: true)
  }

  /// The instances of `head`, newest first.
  func instances(of head: TupleID) -> [(condition: Edge, premises: ArraySlice<TupleID>)] {
    var list: [(condition: Edge, premises: ArraySlice<TupleID>)] = []
    var instance = firsts[head]
    while instance != .none {
      let position = instance.position
      list.append(
        (
          conditions[instance],
          premises[Int(premiseStarts[position])..<Int(premiseStarts[position + 1])]
        ))
      instance = nexts[instance]
    }
    return list
  }
}
