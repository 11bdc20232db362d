import Answers
import Properties
import Search

extension SearchPlan {
  /// Searches for the answer to `question` as the plan says.
  ///
  /// - Throws: `InvalidQuestion` where the plan does not fit the question, and `Disagreement`, which is a bug
  ///   in Faultline.
  public func answer(
    to question: Question, patience: Patience = Patience(), covering: Bool = false
  ) throws -> Answer {
    switch self {
    case .circuit: return try check(question, patience: patience, covering: covering)
    case .minimalSets(let limit, let symmetry):
      return try checkAll(
        question, atMost: limit ?? .max, symmetry: symmetry, patience: patience, covering: covering)
    case .exhaustive(let symmetry):
      return try checkExhaustively(question, symmetry: symmetry, patience: patience)
    case .random(let seed, let runs, let symmetry):
      return checkRandomly(question, seed: seed, runs: runs, symmetry: symmetry, patience: patience)
    case .loop(let negation, let symmetry):
      try question.checkLoop()
      return try checkByLoop(question, negation: negation, symmetry: symmetry, patience: patience)
    }
  }
}
