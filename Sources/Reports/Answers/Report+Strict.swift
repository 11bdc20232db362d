import Answers
import Properties
import Texts
import Workbench

extension [Report] {
  /// The error of a call under `--strict` whose answers these are, unless their verdicts say everything that
  /// one should know. What several answers say counts once, and so do the `cautions` that all share.
  package func strictError(besides cautions: [Caution] = []) -> Refusal? {
    let warnings = Set(flatMap(\.cautions) + cautions).count + count { $0.answer.isVacuous }
    guard warnings > 0 else { return nil }
    let (answers, them) = (
      count == 1 ? "answer has" : "answers have", warnings == 1 ? "it an error" : "them errors"
    )
    return .call("strict", "the \(answers) \(counted(warnings, "warning")), and --strict makes \(them)")
  }
}
