// What is protocol, and what only judges it, shows in the messages: a rule belongs to the protocol if it
// sends a message, or if a rule of the protocol reads what it derives, in whatever round, also under `notin`
// or within the braces of a count.

import Indices

/// The rules of the protocol.
struct ProtocolRules {
  /// For each rule of the protocol: itself if it sends a message, otherwise the first rule in the order of
  /// the text whose message needs it. Nil for a rule that only judges.
  let message: IndexedArray<RuleID, RuleID?>

  init(of rules: IndexedArray<RuleID, Rule>, relationCount: Int) {
    var derivers = IndexedArray<RelationID, [RuleID]>(repeating: [], count: relationCount)
    for id in rules.indices { derivers[rules[id].headRelation].append(id) }
    let senders = rules.indices.filter { rules[$0].timing == .async }
    var message = IndexedArray<RuleID, RuleID?>(repeating: nil, count: rules.count)
    for sender in senders { message[sender] = sender }
    var isNeeded = IndexedArray<RelationID, Bool>(repeating: false, count: relationCount)
    for sender in senders {
      var open = [sender]
      while let id = open.popLast() {
        for atom in rules[id].atoms where !isNeeded[atom.relation] {
          isNeeded[atom.relation] = true
          for deriver in derivers[atom.relation] {
            if message[deriver] == nil { message[deriver] = sender }
            open.append(deriver)
          }
        }
      }
    }
    assert(senders.allSatisfy { message[$0] == $0 }, "who sends a message needs no other to be protocol")
    self.message = message
  }

  /// Whether `rule` belongs to the protocol.
  func contains(_ rule: RuleID) -> Bool { message[rule] != nil }
}
