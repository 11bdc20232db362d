// From some round on nothing comes from outside any more: passing faults are over, facts and the rounds that
// rules name lie behind. From then on each round follows from the one before by one and the same function, as
// long as nothing crashes. This file finds that round, and the relations that matter for what is asked.

import Dedalus
import Indices
import Properties
import Scenarios

/// From which round on the rounds of a question's runs follow from each other in the same way.
struct TimeInvariance {
  /// The relations on which the properties depend, directly or through rules. The rules that derive them read
  /// no others.
  let relations: Set<RelationID>
  /// From this round on, each round follows from the one before in the same way, but for crashes.
  let base: Int
  /// Why runs with other last rounds cannot be compared, as a phrase; nil where they can.
  let obstacle: String?

  init(of question: Question) {
    let program = question.program
    relations = program.cone(of: question.properties)
    var rounds = [program.lastNamedRound(about: relations), question.bounds.eff]
    if let last = question.bounds.budgets.lastCrash, question.admitsCrashes { rounds.append(last + 1) }
    base = rounds.max() ?? 1
    if program.tellsRounds(whereItDerives: relations) {
      obstacle = "the properties depend on the numbers of rounds, which 'time' states"
    } else if question.hasLateCrashes,
      program.distinguishes([2], of: program.crash, whereItDerives: relations)
    {
      obstacle = "the properties depend on the round in which a node crashes"
    } else {
      obstacle = nil
    }
  }
}

extension Question {
  /// Whether nodes may crash.
  var admitsCrashes: Bool { bounds.most(of: .crash) != 0 }

  /// Whether a longer run may have later crashes.
  var hasLateCrashes: Bool { admitsCrashes && bounds.budgets.lastCrash == nil }
}

extension Program {
  /// The relations of `properties`, and those on which they depend through rules.
  fileprivate func cone(of properties: [Property]) -> Set<RelationID> {
    var cone = Set(properties.flatMap { [$0.pre, $0.post] }.compactMap(\.self))
    var waiting = Array(cone)
    while let relation = waiting.popLast() {
      for rule in rules where rule.headRelation == relation {
        for atom in rule.atoms where cone.insert(atom.relation).inserted { waiting.append(atom.relation) }
      }
    }
    return cone
  }
}
