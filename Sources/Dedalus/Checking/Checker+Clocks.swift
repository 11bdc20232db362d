// `time` is for specifications and for the logs of test clients. A protocol that reads it has synchronised
// clocks, which is more than most publications assume. What is protocol, and what only judges it, shows in
// the messages: a rule belongs to the protocol if it sends a message, or if a rule of the protocol reads its
// head, positively or under `notin`, in whatever round. All other rules may read `time`.

import Indices

extension Checker {
  /// Warns once for each rule of the protocol that reads `time`, at the first such premise.
  mutating func reportSynchronisedClocks(_ rules: IndexedArray<RuleID, Rule>, time: RelationID) {
    let messages = firstMessages(dependingOn: rules)
    for id in rules.indices where diagnostics.hasRoomForWarnings {
      guard let message = messages[id] else { continue }
      for atom in rules[id].atoms where atom.relation == time {
        diagnostics.report(
          .synchronisedClocks(atom.range, message: message == id ? nil : rules[message].headRange))
        break
      }
    }
  }

  /// For each rule of the protocol: itself if it sends a message, otherwise the first rule in the order of
  /// the text whose message needs it.
  private func firstMessages(dependingOn rules: IndexedArray<RuleID, Rule>) -> IndexedArray<RuleID, RuleID?> {
    var derivers = IndexedArray<RelationID, [RuleID]>(repeating: [], count: relations.entries.count)
    for id in rules.indices { derivers[rules[id].headRelation].append(id) }
    let senders = rules.indices.filter { rules[$0].timing == .async }
    var messages = IndexedArray<RuleID, RuleID?>(repeating: nil, count: rules.count)
    for sender in senders { messages[sender] = sender }
    var isNeeded = IndexedArray<RelationID, Bool>(repeating: false, count: relations.entries.count)
    for sender in senders {
      var open = [sender]
      while let id = open.popLast() {
        for atom in rules[id].atoms where !isNeeded[atom.relation] {
          isNeeded[atom.relation] = true
          for deriver in derivers[atom.relation] {
            if messages[deriver] == nil { messages[deriver] = sender }
            open.append(deriver)
          }
        }
      }
    }
    return messages
  }
}
