import Dedalus

/// The tuples of every round so far, in order of derivation.
///
/// A class, because a match search holds it while derived tuples are added: a struct would be copied whole
/// for every rule that derives something.
final class History {
  private var ordered: [[RelationID: [GroundTuple]]]
  private var known: Set<GroundTuple> = []
  private let limit: Int

  /// Starts without tuples, for the rounds 1…`rounds`; `limit` is the largest number of tuples.
  init(rounds: Int, limit: Int) {
    ordered = Array(repeating: [:], count: rounds + 1)
    self.limit = limit
  }

  /// The tuples of `relation` that hold in `round`.
  func tuples(of relation: RelationID, in round: Int) -> [GroundTuple] {
    ordered[round][relation] ?? []
  }

  /// The tuples that hold in `round` so far, in any order.
  func tuples(in round: Int) -> [GroundTuple] { ordered[round].values.flatMap { $0 } }

  /// Every tuple of the rounds up to `round`, sorted.
  func tuples(upTo round: Int) -> [GroundTuple] {
    known.filter { $0.round <= round }.sorted()
  }

  /// Adds `tuple`; false where it already exists.
  func insert(_ tuple: GroundTuple) throws(ReferenceFailure) -> Bool {
    assert(1..<ordered.count ~= tuple.round, "a tuple holds in a round of the run")
    guard known.insert(tuple).inserted else { return false }
    if known.count > limit { throw .tupleLimit(round: tuple.round) }
    ordered[tuple.round][tuple.relation, default: []].append(tuple)
    return true
  }
}
