import Dedalus
import Texts

extension Program {
  /// Every way to choose its inputs for runs of `eot` rounds, in canonical order: by the first statement of
  /// the program, then by the second, and so on; of one statement, absent first, then the earliest round.
  ///
  /// Rounds after the last one cannot be chosen. A statement that has no other rounds places nothing.
  public func allInputs(upTo eot: Int) -> [[ReferenceFact]] {
    var all: [[ReferenceFact]] = [[]]
    for statement in choices {
      let name = Text(relations[statement.relation].name)
      var ways: [[ReferenceFact]] = []
      for round in statement.rounds where round <= eot {
        ways.append([ReferenceFact(relation: name, values: statement.values, round: round)])
      }
      if statement.isOptional || ways.isEmpty { ways.insert([], at: 0) }
      all = all.flatMap { earlier in ways.map { earlier + $0 } }
    }
    assert(all.count == inputCount(upTo: eot), "as many ways are listed as are counted")
    return all
  }

  /// Whether `inputs` is one of the ways to choose its inputs for runs of `eot` rounds. Each fact must be one
  /// that some statement may place in that round. Each statement places at most one fact, and exactly one if
  /// it must place one and has a round for it.
  public func admits(_ inputs: [ReferenceFact], upTo eot: Int) -> Bool {
    var placed = 0
    for statement in choices {
      let name = Text(relations[statement.relation].name)
      let own = inputs.filter { fact in
        fact.relation == name && fact.values == statement.values && statement.rounds.contains(fact.round)
          && fact.round <= eot
      }
      let mustPlace = !statement.isOptional && statement.rounds.lowerBound <= eot
      guard own.count <= 1, !own.isEmpty || !mustPlace else { return false }
      placed += own.count
    }
    return placed == inputs.count
  }

  /// In how many ways its inputs can be chosen for runs of `eot` rounds, or the largest `Int`.
  public func inputCount(upTo eot: Int) -> Int {
    var count = 1
    for statement in choices {
      let rounds = max(0, min(statement.rounds.upperBound, eot) - statement.rounds.lowerBound + 1)
      let (larger, isTooLarge) = count.multipliedReportingOverflow(
        by: rounds + (statement.isOptional || rounds == 0 ? 1 : 0))
      if isTooLarge { return .max }
      count = larger
    }
    return count
  }
}
