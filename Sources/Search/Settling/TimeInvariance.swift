// From some round on nothing comes from outside any more: passing faults are over, facts and the rounds that
// rules name lie behind. From then on each round follows from the one before by one and the same function, as
// long as nothing crashes. This file finds that round, the relations that matter for what is asked, and those
// among them whose rows come into a round. All others are derived in a round from these. (A relation may have
// rows of both sorts. Then all its rows count, and what is derived from them is the same where they are.)

import Dedalus
import Indices
import Properties
import Scenarios

/// From which round on the rounds of a question's runs follow from each other in the same way.
struct TimeInvariance {
  /// The relations on which the properties depend, directly or through rules, and those on which it depends
  /// whether a computation fails. The rules that derive them, and may fire, read no others.
  let relations: Set<RelationID>
  /// Those of them that have rows which come into a round. All other rows of a round follow from theirs.
  let carriers: Set<RelationID>
  /// After this round nothing comes from outside, and all rounds that rules name are over; but nodes may
  /// crash.
  let base: Int
  /// Why runs with other last rounds cannot be compared, as a phrase; nil where they can.
  let obstacle: String?

  init(of question: Question) {
    let program = question.program
    let rules = LiveRules(of: program, without: question.admitsCrashes ? [] : [program.crash])
    let asked = question.relationsAsked
    let relations = rules.cone(of: asked.union(program.relationsThatMayFail))
    self.relations = relations
    carriers = rules.relationsThatCome.intersection(relations)
    base = max(
      rules.lastNamedRound(about: relations), question.bounds.eff, question.sought?.round ?? 1,
      question.admitsCrashes ? question.bounds.budgets.lastCrash ?? 1 : 1)
    obstacle =
      if rules.tellRounds(whereTheyDerive: relations) || asked.contains(where: { $0 == program.time }) {
        "the properties depend on the numbers of rounds, which 'time' states"
      } else if question.hasLateCrashes,
        asked.contains(program.crash)
          || rules.distinguish([2], of: program.crash, whereTheyDerive: relations)
      {
        "the properties depend on the round in which a node crashes"
      } else if question.crashView == .failStop, question.admitsCrashes,
        let name = rules.nameOfDerivedDurable(among: relations)
      {
        "rules derive the durable '\(name)' within a round, and a crashed node keeps only what came into it"
      } else {
        nil
      }
  }
}

extension Question {
  /// Whether nodes may crash.
  var admitsCrashes: Bool { bounds.most(of: .crash) != 0 }

  /// Whether a longer run may have later crashes.
  var hasLateCrashes: Bool { admitsCrashes && bounds.budgets.lastCrash == nil }
}
