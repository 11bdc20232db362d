// A node's decisions are what the specification depends on. To find them, the rules that derive `pre` and
// `post` are followed back through relations computed in the same round, to relations that keep, receive or
// are given their rows. In a commit protocol these are the decisions, in a replication protocol the logs and
// the acknowledgements.

import Dedalus
import Evaluation
import Indices
import Properties

extension Program {
  /// The relations of state on which `properties` depend, ascending.
  func relationsObserved(by properties: [Property]) -> [RelationID] {
    var derivations = IndexedArray<RelationID, [Rule]>(repeating: [], count: relations.count)
    for rule in rules { derivations[rule.headRelation].append(rule) }
    let given = Set(facts.map(\.relation))
    let asked = properties.flatMap { [$0.post, $0.pre].compactMap { $0 } }
    var pending = asked
    var seen = Set(pending)
    var observed: [RelationID] = []
    while let relation = pending.popLast() {
      let isState = given.contains(relation) || derivations[relation].contains { $0.timing != .deductive }
      if isState { observed.append(relation) }
      guard !isState || asked.contains(relation) else { continue }
      for atom in derivations[relation].flatMap(\.atoms)
      where !worldRelations.contains(atom.relation) && seen.insert(atom.relation).inserted {
        pending.append(atom.relation)
      }
    }
    return observed.sorted()
  }
}
