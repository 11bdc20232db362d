import Answers
import GRDB
import Properties

extension RunStore {
  /// The verdict of a finished analysis of `question` by `plan`; nil where there is none, or where
  /// a limit cut it off.
  public func verdict(
    on question: Question, by plan: SearchPlan = .circuit
  ) throws(StoreError) -> Verdict? {
    try read { database in
      guard let program = try database.number(of: question.program) else { return nil }
      let verdict = try String.fetchOne(
        database,
        sql: """
          SELECT verdict FROM analyses WHERE verdict IS NOT NULL AND stopped_by IS NULL AND \(Database.sameQuestion)
          ORDER BY id LIMIT 1
          """, arguments: Database.arguments(question, program: program, plan))
      return verdict.flatMap(Verdict.init)
    }
  }
}
