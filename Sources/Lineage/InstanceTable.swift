import Evaluation
import Indices

/// Names a rule instance of the current round.
struct InstanceID: DenseIndex {
  let rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
  static let none = InstanceID(rawValue: .max)
}

/// The instances of the open tuples, chained by the tuple that they derive.
struct InstanceTable {
  private var conditions: IndexedArray<InstanceID, Edge> = []
  private var nexts: IndexedArray<InstanceID, InstanceID> = []
  private var premiseStarts: [UInt32] = [0]
  private var premises: [TupleID] = []
  private var firsts: IndexedArray<TupleID, InstanceID> = []
  /// Whether an instance added since `beginStratum` rests on an open tuple.
  private(set) var dependsOnOpen = false

  /// Resets `dependsOnOpen` for a new stratum.
  mutating func beginStratum() { dependsOnOpen = false }

  /// Makes room for the next tuple.
  mutating func addHead() { firsts.append(.none) }

  /// Adds an instance that derives `head` where `condition` and all the open `premises` hold.
  mutating func append(of head: TupleID, where condition: Edge, _ premises: [TupleID]) {
    if !premises.isEmpty {
      self.premises.append(contentsOf: premises)
      dependsOnOpen = true
    }
    premiseStarts.append(UInt32(self.premises.count))
    nexts.append(firsts[head])
    firsts[head] = conditions.append(condition)
    assert(premiseStarts.count == conditions.count + 1, "an instance ends where the next one begins")
  }

  /// Removes all instances; no tuple may be open.
  mutating func removeAll() {
    conditions.removeAll()
    nexts.removeAll()
    premiseStarts.removeAll(keepingCapacity: true)
    premiseStarts.append(0)
    premises.removeAll(keepingCapacity: true)
  }

  /// The newest instance of `head`, or `.none`.
  func first(of head: TupleID) -> InstanceID { firsts[head] }

  /// The next older instance of the same head, or `.none`.
  func next(after instance: InstanceID) -> InstanceID { nexts[instance] }

  /// What must hold in addition to the open premises.
  func condition(of instance: InstanceID) -> Edge { conditions[instance] }

  func premises(of instance: InstanceID) -> ArraySlice<TupleID> {
    let position = instance.position
    return premises[Int(premiseStarts[position])..<Int(premiseStarts[position + 1])]
  }

  /// Calls `body` for each open premise of each instance of `head`.
  func forEachPremise(of head: TupleID, _ body: (TupleID) -> Void) {
    var instance = first(of: head)
    while instance != .none {
      for premise in premises(of: instance) { body(premise) }
      instance = next(after: instance)
    }
  }
}
