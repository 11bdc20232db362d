import Indices

/// The relations that can have rows: those that are `given`, and repeatedly the heads of rules all of whose
/// needed relations can. The least fixpoint is found by counting down for each rule what it still needs.
///
/// Rules have a head and a relation for each premise; there are `count` relations.
func possibleRelations(
  given: [RelationID], rules: [(head: RelationID, needs: [RelationID])], among count: Int
) -> IndexedArray<RelationID, Bool> {
  var possible = IndexedArray<RelationID, Bool>(repeating: false, count: count)
  var readers = IndexedArray<RelationID, [Int]>(repeating: [], count: count)
  var open = rules.map(\.needs.count)
  for (number, rule) in rules.enumerated() {
    for relation in rule.needs { readers[relation].append(number) }
  }
  var found = given + rules.filter(\.needs.isEmpty).map(\.head)
  while let relation = found.popLast() {
    guard !possible[relation] else { continue }
    possible[relation] = true
    for reader in readers[relation] {
      open[reader] -= 1
      assert(open[reader] >= 0, "each need of a rule is met once")
      if open[reader] == 0 { found.append(rules[reader].head) }
    }
  }
  return possible
}
