// A fact whose round is chosen is checked like a fact of the first of its rounds. Here such facts are
// separated from those that are in every run.

import Indices

extension Checker {
  /// The facts that are in every run; `facts` are those of the tree.
  func certain(_ facts: [Fact]) -> [Fact] {
    assert(facts.count == tree.facts.count, "each fact has its statement in the tree")
    return zip(tree.facts, facts).filter { !$0.0.isChoice }.map(\.1)
  }

  /// The facts of which something is chosen; `facts` are those of the tree.
  func choices(among facts: [Fact]) -> [ChoiceStatement] {
    assert(facts.count == tree.facts.count, "each fact has its statement in the tree")
    return zip(tree.facts, facts).filter { $0.0.isChoice }.map { syntax, fact in
      ChoiceStatement(
        relation: fact.relation, values: fact.values, rounds: syntax.rounds, isOptional: syntax.isOptional,
        range: fact.range)
    }
  }

  /// Reports pairs of statements that may place the same row in the same round.
  mutating func checkChoices(_ facts: [Fact]) {
    guard tree.facts.contains(where: \.isChoice) else { return }
    let chosen = Set(zip(tree.facts, facts).filter { $0.0.isChoice }.map { Row($0.1) })
    let rivals = Dictionary(grouping: facts.indices.filter { chosen.contains(Row(facts[$0])) }) { number in
      Row(facts[number])
    }
    for numbers in rivals.values.sorted(by: { $0[0] < $1[0] }) where numbers.count > 1 {
      let sorted = numbers.sorted {
        (tree.facts[$0].rounds.lowerBound, $0) < (tree.facts[$1].rounds.lowerBound, $1)
      }
      var widest = sorted[0]
      for number in sorted.dropFirst() {
        let last = tree.facts[widest].rounds.upperBound
        if tree.facts[number].rounds.lowerBound <= last { reportRivals(widest, number, facts) }
        if tree.facts[number].rounds.upperBound > last { widest = number }
      }
    }
  }

  /// Reports two facts, by their places in the tree, at the one that comes later.
  private mutating func reportRivals(_ one: Int, _ other: Int, _ facts: [Fact]) {
    let (first, second) = (min(one, other), max(one, other))
    let round = max(tree.facts[one].rounds.lowerBound, tree.facts[other].rounds.lowerBound)
    assert(
      tree.facts[one].rounds.contains(round) && tree.facts[other].rounds.contains(round),
      "both may place the row in the round that is told")
    diagnostics.report(
      .overlappingChoices(
        at: facts[second].range, first: facts[first].range, round: round,
        isGiven: !tree.facts[first].isChoice || !tree.facts[second].isChoice))
  }

  /// What a fact places, whenever it does.
  private struct Row: Hashable {
    let relation: RelationID
    let values: [Constant]

    init(_ fact: Fact) { (relation, values) = (fact.relation, fact.values) }
  }
}
